// Each node gets a set of types from those of its parts. What takes nothing from outside is not inferred but evaluated,
// as a whole, by the evaluator itself:
//
//   $states.input.x - $uppercase("a")
//       $uppercase("a") takes nothing from outside: evaluated, it is "A", a string
//       $states.input.x can be anything
//       so the right side of - is never a number: T2002

#include "engine/jsonata/inference.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/jsonata/evaluator.h"
#include "engine/jsonata/program.h"
#include "engine/jsonata/signature.h"
#include "engine/support/sort.h"

namespace stepglass::jsonata {
namespace {

/// What all evaluations of parts of one expression may use up together, and each of them. A definition can hold tens of
/// thousands of expressions.
constexpr std::uint64_t kSteps = 2'000;
constexpr std::uint64_t kBytes = 32'768;

/// Functions whose results or failures are not made of their arguments alone.
bool is_predictable(std::string_view function) {
  for (const std::string_view other : {"assert", "error", "millis", "now", "random", "shuffle", "uuid"}) {
    if (function == other) return false;
  }
  return true;
}

/// What a signature promises, where that is sure: arrays of one item come as this item.
Types result_of(const Function& function) {
  const std::size_t colon = function.signature.rfind(':');
  if (function.name == "eval" || colon == std::string_view::npos || colon + 3 != function.signature.size()) {
    return type::kAnything;
  }
  switch (function.signature[colon + 1]) {
    case 's':
      return type::kString | type::kNothing;
    case 'n':
      // A date that does not exist is null.
      return type::kNumber | type::kNothing | (function.name == "toMillis" ? type::kNull : 0);
    case 'b':
      return function.name == "exists" ? type::kBoolean : type::kBoolean | type::kNothing;
    default:
      return type::kAnything;
  }
}

class NoEnvironment : public Environment {
 public:
  const Value* variable(std::string_view) override { return nullptr; }
  Random& random() override { return random_; }
  std::int64_t now_ms() override { return 0; }

 private:
  Random random_{0};
};

class Analysis {
 public:
  Analysis(const Expression::Program& program, const KnownPath& known) : program_(program), known_(known) {}

  Inference run() {
    Inference inference;
    const bool has_document = program_.dialect == Dialect::Standard;
    inference.types = settle(*program_.root, look(*program_.root, true, has_document), true);
    sort_stable(mistakes_, [](const Mistake& a, const Mistake& b) { return a.error.position < b.error.position; });
    inference.mistakes = std::move(mistakes_);
    return inference;
  }

 private:
  struct Known {
    Types types = type::kAnything;
    /// Takes nothing from outside but the context.
    bool pure = false;
    bool uses_context = false;
    bool is_closed() const { return pure && !uses_context; }
  };

  /// What `node` gives. `always`: it is evaluated each time. `has_context`: $ is an item of something.
  // The parser bounds the depth of the tree.
  Known look(const Node& node, bool always, bool has_context) {
    Known known = look_at_kind(node, always, has_context);
    if (!node.has_post && node.stages.empty()) return known;
    bool pure = known.pure;
    for (const std::vector<Stage>* stages : {&node.predicates, &node.stages}) {
      for (const Stage& stage : *stages) {
        pure = pure && stage.filter && look(*stage.filter, false, true).pure;
      }
    }
    if (node.kind != Kind::Path && node.group) pure = look_at_pairs(*node.group, false, true).pure && pure;
    return {.types = type::kAnything, .pure = pure, .uses_context = known.uses_context};
  }

  Known look_at_kind(const Node& node, bool always, bool has_context) {
    switch (node.kind) {
      case Kind::Literal:
        return {.types = types_of(node.value), .pure = true};
      case Kind::Regex:
        return {.types = type::kFunction, .pure = true};
      case Kind::Name:
      case Kind::Wildcard:
      case Kind::Descendants:
        return {.pure = true, .uses_context = true};
      case Kind::Context:
        return {.pure = true, .uses_context = true};
      case Kind::Variable:
        return variable(node);
      case Kind::Path:
        return path(node, always, has_context);
      case Kind::Binary:
        return binary(node, always, has_context);
      case Kind::Negate: {
        const Known operand = look(*node.nodes[0], always, has_context);
        if (operand.is_closed()) return {.types = type::kNumber | type::kNothing, .pure = true};
        expect_number(node, operand.types, "D1002", "-", always);
        return {.types = arithmetic_result(operand.types, type::kNumber),
                .pure = operand.pure,
                .uses_context = operand.uses_context};
      }
      case Kind::Array:
        return all_of(node.nodes, type::kArray, always, has_context);
      case Kind::Object:
        return look_at_pairs(node, always, has_context);
      case Kind::Condition: {
        const Known test = look(*node.nodes[0], always, has_context);
        const Known yes = look(*node.nodes[1], false, has_context);
        const Known no = node.nodes.size() > 2 ? look(*node.nodes[2], false, has_context)
                                               : Known{.types = type::kNothing, .pure = true};
        Known result{.types = 0,
                     .pure = test.pure && yes.pure && no.pure,
                     .uses_context = test.uses_context || yes.uses_context || no.uses_context};
        if (result.is_closed()) return result;
        settle(*node.nodes[0], test, always);
        result.types = settle(*node.nodes[1], yes, false);
        result.types |= node.nodes.size() > 2 ? settle(*node.nodes[2], no, false) : type::kNothing;
        return result;
      }
      case Kind::Default:
      case Kind::Coalesce: {
        const Known first = look(*node.nodes[0], always, has_context);
        const Known second = look(*node.nodes[1], false, has_context);
        Known result{
            .types = 0, .pure = first.pure && second.pure, .uses_context = first.uses_context || second.uses_context};
        if (result.is_closed()) return result;
        const Types a = settle(*node.nodes[0], first, always), b = settle(*node.nodes[1], second, false);
        result.types =
            node.kind == Kind::Coalesce && !(a & type::kNothing) ? a : static_cast<Types>((a & ~type::kNothing) | b);
        return result;
      }
      case Kind::Block:
        return block(node, always, has_context);
      case Kind::Bind: {
        const Known value = look(*node.nodes[0], always, has_context);
        return {.types = settle(*node.nodes[0], value, always)};
      }
      case Kind::Call:
        return call(node, nullptr, nullptr, always, has_context);
      case Kind::Partial: {
        for (const NodePtr& argument : node.nodes) {
          if (argument->kind == Kind::Placeholder) continue;
          settle(*argument, look(*argument, always, has_context), always);
        }
        return {.types = type::kFunction};
      }
      case Kind::Lambda:
        settle(*node.nodes[0], look(*node.nodes[0], false, true), false);
        return {.types = type::kFunction};
      case Kind::Apply:
        return chain(node, always, has_context);
      case Kind::Transform:
        for (const NodePtr& part : node.nodes) settle(*part, look(*part, false, true), false);
        return {.types = type::kFunction};
      case Kind::Sort:
        for (const Term& term : node.terms) settle(*term.expression, look(*term.expression, false, true), false);
        return {};
      default:
        return {};
    }
  }

  /// The types of `node`, of which `known` is known. What takes nothing from outside is evaluated: call it for the
  /// largest such part.
  Types settle(const Node& node, const Known& known, bool always) {
    if (!known.is_closed() || is_plain(node)) return known.types;
    NoEnvironment environment;
    Budget budget;
    budget.steps = steps_left_;
    budget.depth = kStatesDepth;
    budget.bytes = kBytes;
    Evaluator evaluator(program_.resolved, environment, budget, program_.dialect);
    try {
      // It binds nothing, so that it needs no frame.
      const Item item = evaluator.evaluate(node, Item(), nullptr);
      steps_left_ = evaluator.steps_left();
      return item ? types_of(*item) : type::kNothing;
    } catch (Raised& raised) {
      steps_left_ = evaluator.steps_left();
      if (!is_limit(raised.error)) add(std::move(raised.error), always);
      return type::kAnything;
    }
  }

  static bool is_plain(const Node& node) {
    return (node.kind == Kind::Literal || node.kind == Kind::Regex || node.kind == Kind::Variable) && !node.has_post;
  }

  /// Whether the budget was used up, which says nothing of the expression.
  static bool is_limit(const Error& error) {
    return error.code == "U1001" || error.message.starts_with("Stack overflow error") ||
           error.message.starts_with("Expression evaluation ");
  }

  static Types types_of(const Value& value) {
    switch (value.kind()) {
      case Value::Kind::Null:
        return type::kNull;
      case Value::Kind::Boolean:
        return type::kBoolean;
      case Value::Kind::String:
        return type::kString;
      case Value::Kind::Array:
        return type::kArray;
      case Value::Kind::Object:
        return type::kObject;
      case Value::Kind::Opaque:
        return type::kFunction;
      default:
        // One that is not finite is null outside.
        return value.mark() & mark::kNonFinite ? type::kNumber | type::kNull : type::kNumber;
    }
  }

  /// Several parts that make one value of `types`.
  Known all_of(const std::vector<NodePtr>& parts, Types types, bool always, bool has_context) {
    std::vector<Known> known;
    Known result{.types = types, .pure = true};
    for (const NodePtr& part : parts) {
      known.push_back(look(*part, always, has_context));
      result.pure = result.pure && known.back().pure;
      result.uses_context = result.uses_context || known.back().uses_context;
    }
    if (result.is_closed()) return result;
    for (std::size_t i = 0; i < parts.size(); ++i) settle(*parts[i], known[i], always);
    return result;
  }

  Known look_at_pairs(const Node& object, bool always, bool has_context) {
    struct Part {
      const Node* node;
      Known known;
      bool always;
    };
    std::vector<Part> parts;
    Known result{.types = type::kObject, .pure = true};
    for (const auto& [key, value] : object.pairs) {
      // A member whose key is nothing is left out, and its value is never looked at.
      const bool always_there = always && key->kind == Kind::Literal;
      parts.push_back({key.get(), look(*key, always, has_context), always});
      parts.push_back({value.get(), look(*value, always_there, has_context), always_there});
    }
    for (const Part& part : parts) {
      result.pure = result.pure && part.known.pure;
      result.uses_context = result.uses_context || part.known.uses_context;
    }
    if (result.is_closed()) return result;
    for (const Part& part : parts) settle(*part.node, part.known, part.always);
    return result;
  }

  Known variable(const Node& node) {
    // A local one can be bound to anything, and bound anew.
    if (!node.places.empty() || node.external == kNoSlot) return {};
    const External& external = program_.resolved.externals[node.external];
    if (external.builtin) return {.types = type::kFunction, .pure = is_predictable(external.name)};
    if (external.name == "states") return {.types = type::kObject};
    return {.types = type::kJson | type::kNothing};
  }

  Known path(const Node& node, bool always, bool has_context) {
    const Node& first = *node.nodes[0];
    if (known_ && node.plain_names && first.kind == Kind::Variable && first.places.empty() && first.name == "states") {
      std::vector<std::string_view> names;
      for (std::size_t i = 1; i < node.nodes.size(); ++i) names.push_back(node.nodes[i]->name.view());
      return {.types = known_(names)};
    }
    std::vector<Known> steps;
    Known result{.types = type::kAnything, .pure = !node.tuple};
    // Where steps carry bindings, not even the first is evaluated without an item.
    always = always && std::none_of(node.nodes.begin(), node.nodes.end(), [](const NodePtr& s) { return s->tuple; });
    for (std::size_t i = 0; i < node.nodes.size(); ++i) {
      const Node& step = *node.nodes[i];
      steps.push_back(look(step, always && i == 0, has_context || i > 0));
      result.pure =
          result.pure && steps.back().pure && !step.tuple && step.focus.empty() && step.index.empty() && !step.ancestor;
    }
    if (node.group) result.pure = look_at_pairs(*node.group, false, true).pure && result.pure;
    result.uses_context = steps[0].uses_context;
    if (result.is_closed()) return result;
    for (std::size_t i = 0; i < node.nodes.size(); ++i) settle(*node.nodes[i], steps[i], always && i == 0);
    return result;
  }

  Known block(const Node& node, bool always, bool has_context) {
    Known result{.types = type::kNothing, .pure = node.slot_count == 0 && !node.own_frame};
    std::vector<Known> known;
    for (const NodePtr& part : node.nodes) {
      known.push_back(look(*part, always, has_context));
      result.pure = result.pure && known.back().pure;
      result.uses_context = result.uses_context || known.back().uses_context;
    }
    if (result.is_closed()) return result;
    for (std::size_t i = 0; i < known.size(); ++i) result.types = settle(*node.nodes[i], known[i], always);
    return result;
  }

  // --------------------------------------------------------------------------------------------------- operators

  Known binary(const Node& node, bool always, bool has_context) {
    const bool both = node.op != Operator::And && node.op != Operator::Or;
    const Known left = look(*node.nodes[0], always, has_context);
    const Known right = look(*node.nodes[1], always && both, has_context);
    Known result{.types = 0, .pure = left.pure && right.pure, .uses_context = left.uses_context || right.uses_context};
    if (result.is_closed()) return result;
    const Types a = settle(*node.nodes[0], left, always);
    const Types b = settle(*node.nodes[1], right, always && both);
    switch (node.op) {
      case Operator::And:
      case Operator::Or:
      case Operator::Equal:
      case Operator::NotEqual:
      case Operator::In:
        result.types = type::kBoolean;
        break;
      case Operator::Concatenate:
        result.types = type::kString;
        break;
      case Operator::Less:
      case Operator::LessEqual:
      case Operator::Greater:
      case Operator::GreaterEqual:
        compare(node, a, b, always);
        result.types = arithmetic_result(a, b) & type::kNothing;
        if (result.types == 0 || (has_value(a) && has_value(b))) result.types |= type::kBoolean;
        break;
      case Operator::Range:
        expect_number(node, a, "T2003", "..", always);
        expect_number(node, b, "T2004", "..", always);
        result.types = has_value(a) && has_value(b) ? type::kArray | type::kNumber | type::kNothing : type::kNothing;
        break;
      default:
        expect_number(node, a, "T2001", operator_spelling(node.op), always);
        expect_number(node, b, "T2002", operator_spelling(node.op), always);
        result.types = arithmetic_result(a, b);
    }
    return result;
  }

  static bool has_value(Types types) { return (types & ~type::kNothing) != 0; }

  /// Nothing where either side may be nothing.
  static Types arithmetic_result(Types a, Types b) {
    Types result = (a | b) & type::kNothing;
    if (has_value(a) && has_value(b)) result |= type::kNumber;
    return result;
  }

  void expect_number(const Node& node, Types types, std::string_view code, std::string_view op, bool always) {
    if (!has_value(types) || (types & type::kNumber)) return;
    ErrorDetails details;
    details.token = std::string(op);
    Error error = make_error(code, details, node.position);
    if (code == "D1002") error.message = "Cannot negate a non-numeric value";
    add(std::move(error), always && !(types & type::kNothing));
  }

  void compare(const Node& node, Types a, Types b, bool always) {
    constexpr Types kComparable = type::kString | type::kNumber | type::kNothing;
    const bool sure = always && !((a | b) & type::kNothing);
    ErrorDetails details;
    details.token = std::string(operator_spelling(node.op));
    if ((has_value(a) && !(a & kComparable & ~type::kNothing)) ||
        (has_value(b) && !(b & kComparable & ~type::kNothing))) {
      add(make_error("T2010", details, node.position), sure);
      return;
    }
    const Types x = a & kComparable & ~type::kNothing, y = b & kComparable & ~type::kNothing;
    if (x == 0 || y == 0 || (x & y) != 0) return;
    if (has_value(a & ~kComparable) || has_value(b & ~kComparable)) return;
    Error error = make_error("T2009", details, node.position);
    error.message = "The values either side of operator \"" + *details.token + "\" must be of the same data type";
    add(std::move(error), sure);
  }

  // ------------------------------------------------------------------------------------------------------- calls

  /// A call; `first` is the left side of ~>.
  Known call(const Node& node, const Node* first, const Known* first_known, bool always, bool has_context) {
    std::vector<const Node*> nodes;
    std::vector<Known> arguments;
    if (first) {
      nodes.push_back(first);
      arguments.push_back(*first_known);
    }
    bool pure = true, uses_context = false;
    for (const NodePtr& argument : node.nodes) {
      nodes.push_back(argument.get());
      arguments.push_back(look(*argument, always, has_context));
    }
    for (const Known& argument : arguments) {
      pure = pure && argument.pure;
      uses_context = uses_context || argument.uses_context;
    }

    const Node& procedure = *node.procedure;
    const External* external = nullptr;
    const bool is_variable = procedure.kind == Kind::Variable && !procedure.has_post;
    const bool is_name = procedure.kind == Kind::Path && procedure.external != kNoSlot;
    if ((is_variable || is_name) && procedure.places.empty() && procedure.external != kNoSlot) {
      external = &program_.resolved.externals[procedure.external];
    }
    const Function* builtin = is_variable && external ? external->builtin : nullptr;
    if (builtin) {
      const Signature& signature = signature_of(*builtin);
      const bool takes_context =
          arguments.size() < signature.arity() && builtin->signature.find('-') != std::string_view::npos;
      Known result{.types = result_of(*builtin),
                   .pure = pure && is_predictable(builtin->name),
                   .uses_context = uses_context || takes_context};
      if (result.is_closed()) return result;
      std::vector<Types> types;
      for (std::size_t i = 0; i < arguments.size(); ++i) types.push_back(settle(*nodes[i], arguments[i], always));
      if (auto error = signature.certain_error(types)) {
        error->position = node.position;
        set_token(*error, builtin->name);
        add(*std::move(error), always);
      }
      return result;
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) settle(*nodes[i], arguments[i], always);
    if (!is_variable && !is_name) {
      const Known function = look(procedure, always, has_context);
      if (!(settle(procedure, function, always) & type::kFunction)) no_function("T1006", node, "", always);
    } else if (external && is_variable) {
      no_function("T1006", node, external->name, always);
    } else if (external && external->builtin) {
      no_function("T1005", node, external->name, always && !has_context);
    } else if (is_name && external && !has_context) {
      no_function("T1006", node, external->name, always);
    }
    return {};
  }

  void no_function(std::string_view code, const Node& node, std::string_view name, bool always) {
    ErrorDetails details;
    if (!name.empty()) details.token = std::string(name);
    Error error = make_error(code, details, node.position);
    if (!name.empty()) error.token = std::string(name);
    add(std::move(error), always);
  }

  Known chain(const Node& node, bool always, bool has_context) {
    const Known left = look(*node.nodes[0], always, has_context);
    const Node& right = *node.nodes[1];
    if (right.kind == Kind::Call) {
      return call(right, node.nodes[0].get(), &left, always, has_context);
    }
    const Known function = look(right, always, has_context);
    settle(*node.nodes[0], left, always);
    if (!(settle(right, function, always) & type::kFunction)) {
      ErrorDetails details;
      details.token = "~>";
      add(make_error("T2006", details, node.position), always);
    }
    return {};
  }

  void add(Error error, bool always) {
    for (const Mistake& mistake : mistakes_) {
      if (mistake.error.position == error.position) return;
    }
    if (mistakes_.size() >= kMaxMistakes) return;
    mistakes_.push_back({std::move(error), always});
  }

  /// More of one expression help nobody.
  static constexpr std::size_t kMaxMistakes = 10;

  const Expression::Program& program_;
  const KnownPath& known_;
  std::uint64_t steps_left_ = kSteps;
  std::vector<Mistake> mistakes_;
};

}  // namespace

Inference infer(const Expression& expression, const KnownPath& known) {
  Inference inference = Analysis(expression.program(), known).run();
  for (Mistake& mistake : inference.mistakes) {
    convert_position(mistake.error, expression.text());
    for (std::optional<Value>* value : {&mistake.error.details.value, &mistake.error.details.value2}) {
      // Functions refer to the evaluation, which is over.
      if (*value && (*value)->has_opaque()) value->reset();
    }
  }
  return inference;
}

}  // namespace stepglass::jsonata
