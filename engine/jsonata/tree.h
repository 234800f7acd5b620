#pragma once
// The tree of an expression. The parser makes it as written, path_builder.h turns the operators of paths into paths of
// steps, resolve.h gives variables their places. Private to engine/jsonata.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/jsonata/signature.h"
#include "engine/value/value.h"

namespace stepglass::jsonata {

enum class Kind : std::uint8_t {
  // Only while parsing.
  Dot,          // a.b
  Filter,       // a[b]
  GroupBy,      // a{b: c}
  OrderBy,      // a^(b)
  Focus,        // a@$b
  Index,        // a#$b
  Word,         // and, or, in where a name can stand
  Placeholder,  // ? in a partial application
  End,
  // To be evaluated.
  Path,
  Binary,
  Negate,
  Array,
  Object,
  Name,
  Literal,
  Wildcard,
  Descendants,
  Parent,
  Condition,  // a ? b : c
  Default,    // a ?: b
  Coalesce,   // a ?? b
  Block,
  Bind,
  Regex,
  Call,
  Partial,
  Variable,
  Context,  // $
  Root,     // $$
  Lambda,
  Apply,
  Transform,
  Sort,
};

enum class Operator : std::uint8_t {
  None,
  Add,
  Subtract,
  Multiply,
  Divide,
  Modulo,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Concatenate,
  And,
  Or,
  In,
  Range,
};

struct Node;
using NodePtr = std::unique_ptr<Node>;

/// Where the ancestor that a % names is found: how many steps up, and the slot that holds it.
struct Ancestor {
  int level = 1;
  /// Ancestors of the same step share a label; each label gets a slot.
  int label = 0;
};

/// A predicate of a step, or the number that a # gives to each item.
struct Stage {
  NodePtr filter;  // null: an index
  std::string index;
  std::uint32_t slot = 0;
};

struct Term {
  NodePtr expression;
  bool descending = false;
};

/// Where a variable can be found: `hops` frames out, in `slot`.
struct Place {
  std::uint16_t hops = 0;
  std::uint16_t slot = 0;
};

inline constexpr std::uint32_t kNoSlot = UINT32_MAX;

struct Node {
  Kind kind = Kind::End;
  Operator op = Operator::None;
  /// Byte offset behind the token, as the reference counts it.
  std::uint32_t position = 0;

  bool keep_array = false;      // followed by []
  bool keep_singleton = false;  // a path one of whose steps is followed by []
  bool constructed = false;     // an array constructor whose array is not flattened
  bool tuple = false;           // carries bindings of @, # or % from step to step
  bool tail = false;            // a call in tail position of a lambda
  bool plain_names = false;     // a path of names, perhaps behind a variable, and nothing else
  bool plain_keys = false;      // an object whose keys are different literals
  bool own_frame = false;       // a block whose variables a function inside it can keep alive
  bool has_closure = false;     // a lambda or transform is somewhere below
  bool has_post = false;        // predicates, a group or keep_array are to be applied behind it

  /// A literal; the regular expression.
  Value value;
  /// Of a name, a variable, what := binds.
  String name;

  /// Operands, steps, items, expressions of a block, arguments, the body of a lambda; pattern, update and deletion.
  std::vector<NodePtr> nodes;
  /// Of a call or partial application.
  NodePtr procedure;
  /// Of an object or a group.
  std::vector<std::pair<NodePtr, NodePtr>> pairs;
  std::vector<Term> terms;

  /// Applied to what the node gives.
  std::vector<Stage> predicates;
  /// Applied to what it gives for each item, as a step.
  std::vector<Stage> stages;
  NodePtr group;

  /// Names that @ and # bind, and their slots.
  std::string focus, index;
  std::uint32_t focus_slot = kNoSlot, index_slot = kNoSlot;
  /// Of a step that a % refers to: the label, later the slot, of the ancestor that it is.
  std::shared_ptr<Ancestor> ancestor;
  std::uint32_t ancestor_slot = kNoSlot;
  /// Of a %: what it looks for.
  std::shared_ptr<Ancestor> sought;
  /// What is looked for further out than this node reaches.
  std::vector<std::shared_ptr<Ancestor>> seeking;

  // Of a lambda.
  std::vector<String> parameters;
  std::shared_ptr<const Signature> signature;
  std::uint32_t frame_size = 0;  // of a lambda, or a block with own_frame

  // Of a block: its variables when it has no frame of its own.
  std::uint32_t first_slot = 0, slot_count = 0;

  // Of a variable, a Bind, a %.
  std::vector<Place> places;
  std::uint32_t external = kNoSlot;
};

/// "+", "<=", …
std::string_view operator_spelling(Operator op);
/// What S0217 calls a node.
std::string_view kind_name(Kind kind);

}  // namespace stepglass::jsonata
