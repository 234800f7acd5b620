#pragma once
// A payload template (Parameters, ResultSelector, ItemSelector, BatchInput, Assign …): JSON in which the members whose
// key ends in ".$" are paths or intrinsic calls. Compiled when the definition is loaded.
//
// The service writes the members of each object in an order of its own: first those that are copied, as written, then
// the evaluated ones in the order of a Java HashMap over their names. All 140 templates of the recordings follow it.

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/intrinsic/intrinsic.h"
#include "engine/path/query.h"
#include "engine/support/failure.h"
#include "engine/support/random.h"
#include "engine/value/value.h"

namespace stepglass {

struct TemplateNode;

/// A member `key.$`.
struct DynamicMember {
  String key;         // without .$
  std::string field;  // with .$, as messages name it
  std::variant<path::Query, intrinsic::Call> source;
  /// For a path that ends in [index]: the path without it. An index behind the end of the array gives null, while any
  /// other miss fails. Measured on the service.
  std::optional<path::Query> indexed;
};

/// An object with at least one dynamic member somewhere below it.
struct TemplateObject {
  struct Copied {
    String key;
    std::vector<TemplateNode> node;  // exactly one; a vector because the type is not complete yet
  };
  std::vector<Copied> copied;          // as written
  std::vector<DynamicMember> dynamic;  // in the order in which they are evaluated and written
};

struct TemplateArray {
  std::vector<TemplateNode> items;
};

struct TemplateNode {
  std::variant<Value, TemplateObject, TemplateArray> content;  // Value: nothing dynamic below, shared as it is
};

class Template {
 public:
  explicit Template(TemplateNode root) : root_(std::move(root)) {}

  /// What the template gives for `document`. A path that finds nothing fails with States.Runtime and the sentence
  /// "The JSONPath '…' specified for the field '…' could not be found in the input '…'"; the caller puts the prefix in
  /// front. `input` is what that sentence shows for context and variable paths.
  Result<Value, Failure> evaluate(const Value& document, const Value& input, path::Surroundings& surroundings,
                                  Random& random) const;
  const TemplateNode& root() const { return root_; }

 private:
  TemplateNode root_;
};

/// The order of a java.util.HashMap over `keys`, as indexes into it: by bucket (hash spread over the table that holds
/// so many keys), within a bucket as inserted.
std::vector<std::size_t> java_hash_order(const std::vector<std::string>& keys);

}  // namespace stepglass
