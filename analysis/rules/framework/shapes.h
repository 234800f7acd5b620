#pragma once
// Shapes: what is known of a JSON value without running anything. Unknown is never wrong: it answers every question
// with "may be".

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/rules/framework/reads.h"
#include "engine/document/document.h"
#include "engine/intrinsic/function.h"
#include "engine/value/value.h"

namespace stepglass::analysis {

/// Members of an object that are kept apart; what has more is unknown in part, so that joining stays cheap.
inline constexpr std::size_t kMaxShapeMembers = 64;

struct ShapeNode;
/// Null: unknown.
using Shape = std::shared_ptr<const ShapeNode>;

struct ShapeNode {
  enum class Kind : std::uint8_t { Text, Number, Boolean, Null, Array, Object };
  /// What made it, for the message.
  enum class Origin : std::uint8_t { Literal, Template, Integration, Error, Branches };
  struct Member {
    String name;
    Shape shape;
    /// It is there on some ways only.
    bool maybe = false;
  };
  Kind kind;
  Origin origin = Origin::Literal;
  /// The state that made it.
  const State* maker = nullptr;
  /// Objects: there are no members besides these.
  bool closed = true;
  std::vector<Member> members;  // by name
  /// Arrays: how many items, when that is known.
  std::optional<std::size_t> count;
};

/// What a path finds in a shape.
struct Found {
  enum class Kind : std::uint8_t {
    Something,     // it may be there
    Missing,       // it is surely not there: the object has no such member
    MaybeMissing,  // not on every way
    OnArray,       // a name where an array is
    OnScalar,      // a name where a text, number, boolean or null is
    PastEnd,       // an index behind the last item
  };
  Kind kind = Kind::Something;
  Shape shape;
  /// How many steps lead to `at`, the value that lacks the next one.
  std::size_t depth = 0;
  Shape at;
};
Found find_in(const Shape& shape, const Steps& steps);

/// `shape` with `value` at `steps`, making objects on the way: what ResultPath does.
Shape with_shape_at(const Shape& shape, const std::vector<Steps::Step>& steps, Shape value);

/// What can be either of the two.
Shape join(const Shape& a, const Shape& b, std::size_t depth = 0);
bool same(const Shape& a, const Shape& b, std::size_t depth = 0);

/// What an intrinsic function gives; nothing when that can be anything.
std::optional<ShapeNode::Kind> kind_of(intrinsic::Type type);

/// "a text", "an object", …
std::string_view kind_words(ShapeNode::Kind kind);

Shape scalar_shape(ShapeNode::Kind kind);
/// The shape of JSON as it stands.
Shape literal_shape(Node node, const State* maker);

}  // namespace stepglass::analysis
