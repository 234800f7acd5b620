// Calls: of builtins, lambdas, partial applications and what ~> makes of them.

#include <algorithm>
#include <utility>

#include "engine/jsonata/evaluator.h"

namespace stepglass::jsonata {
namespace {

/// $f ~> $g: a function that calls the one and then the other.
class ComposedValue : public NativeFunction {
 public:
  ComposedValue(Value first, Value second)
      : NativeFunction(Kind::Native), first_(std::move(first)), second_(std::move(second)) {}
  std::size_t arity() const override { return 1; }
  Item call(std::span<const Item> arguments, Evaluation& evaluation) const override {
    const Item argument = arguments.empty() ? Item() : arguments[0];
    const Item between = evaluation.apply(first_, {&argument, 1});
    return evaluation.apply(second_, {&between, 1});
  }

 private:
  const Value first_;
  const Value second_;
};

/// What messages call the function that a node names.
std::string_view name_of(const Node& procedure) {
  if (procedure.kind == Kind::Path) return procedure.nodes[0]->name.view();
  return procedure.kind == Kind::Variable ? procedure.name.view() : std::string_view();
}

/// A name in the place of a function; `variable` exists under that name with a $.
bool is_forgotten_dollar(const Node& procedure) {
  return procedure.kind == Kind::Path && procedure.external != kNoSlot;
}

}  // namespace

void Call::raise(std::string_view code, ErrorDetails details) const {
  if (!details.token) details.token = std::string(function_.name);
  throw Raised{make_error(code, details)};
}

Item Evaluation::apply(const Value& function, std::span<const Item> arguments) {
  Arguments copy;
  for (const Item& argument : arguments) copy.push_back(argument);
  return static_cast<Evaluator&>(*this).apply_function(function, copy, Item());
}

Item Evaluator::call(const Node& node, const Item& input, Frame* frame, const Item* first) {
  const Node& procedure = *node.procedure;
  Item kept;
  const Value* function = peek(procedure, input, frame, kept);
  // Arguments can bind the variable anew.
  const bool is_builtin =
      function && function->is_opaque() && as_function(*function).kind == FunctionValue::Kind::Builtin;
  if (function && !kept && !is_builtin) {
    kept = *function;
    function = &*kept;
  }
  if (!function && is_forgotten_dollar(procedure) && variable(procedure, frame)) {
    ErrorDetails details;
    details.token = std::string(name_of(procedure));
    raise("T1005", node, details);
  }
  Arguments arguments;
  if (first) arguments.push_back(*first);
  for (const NodePtr& argument : node.nodes) {
    Item value;
    const Value* seen = peek(*argument, input, frame, value);
    if (seen && !value) value = *seen;
    arguments.push_back(std::move(value));
  }
  if (node.tail && !first && function && function->is_opaque() &&
      as_function(*function).kind == FunctionValue::Kind::Lambda) {
    tail_.pending = true;
    tail_.function = *function;
    tail_.node = &node;
    tail_.arguments.swap(arguments);
    return {};
  }
  try {
    if (!function || !function->is_opaque()) throw Raised{make_error("T1006")};
    return apply_function(*function, arguments, input);
  } catch (Raised& raised) {
    raised.error.position = node.position;
    if (const std::string_view name = name_of(procedure); !name.empty()) set_token(raised.error, name);
    throw;
  }
}

Item Evaluator::apply_function(const Value& function, Arguments& arguments, const Item& context) {
  if (!function.is_opaque()) throw Raised{make_error("T1006")};
  const FunctionValue& value = as_function(function);
  switch (value.kind) {
    case FunctionValue::Kind::Builtin: {
      const auto& builtin = static_cast<const BuiltinValue&>(value);
      return call_builtin(builtin.function, builtin.signature, arguments, context);
    }
    case FunctionValue::Kind::Lambda: {
      // The function lives as long as its call.
      const Value holder = function;
      return call_lambda(static_cast<const LambdaValue&>(value), arguments, context);
    }
    case FunctionValue::Kind::Partial: {
      const Value holder = function;
      const auto& partial = static_cast<const PartialValue&>(value);
      Arguments all;
      std::size_t next = 0;
      for (std::size_t i = 0; i < partial.arguments.size(); ++i) {
        const bool is_open = std::find(partial.open.begin(), partial.open.end(), i) != partial.open.end();
        if (!is_open) {
          all.push_back(partial.arguments[i]);
        } else {
          all.push_back(next < arguments.size() ? arguments[next] : Item());
          ++next;
        }
      }
      enter();
      Item result = apply_function(partial.function, all, context);
      leave();
      return result;
    }
    case FunctionValue::Kind::Regex:
    case FunctionValue::Kind::Native: {
      const Value holder = function;
      enter();
      Item result = static_cast<const NativeFunction&>(value).call(arguments, *this);
      leave();
      return result;
    }
  }
  return {};
}

Item Evaluator::call_builtin(const Function& function, const Signature& signature, Arguments& arguments,
                             const Item& context) {
  try {
    Item unwrapped;
    const Item* seen = &context;
    if (context && context->mark() & mark::kOuter) {
      unwrapped = Item(Value(context->items()[0]));
      seen = &unwrapped;
    }
    signature.validate(arguments, *seen);
    return function.call(Call(function, arguments, *seen, *this));
  } catch (Raised& raised) {
    set_token(raised.error, function.name);
    throw;
  }
}

Item Evaluator::call_lambda(const LambdaValue& first, Arguments& first_arguments, const Item& context) {
  const LambdaValue* lambda = &first;
  Arguments* arguments = &first_arguments;
  Value holder;  // of a function called in tail position
  Arguments next_arguments;
  const Node* tail_node = nullptr;
  for (;;) {
    const Node& node = lambda->node;
    try {
      if (node.signature) node.signature->validate(*arguments, context);
    } catch (Raised& raised) {
      if (tail_node) raised.error.position = tail_node->position;
      throw;
    }
    charge_bytes(node.frame_size * sizeof(Item) / 8);
    Frame* frame = frames_.make(node.frame_size, lambda->frame);
    const std::size_t given = arguments->size();
    for (std::size_t i = 0; i < node.parameters.size(); ++i) {
      frame->slots()[i] = i < given ? std::move((*arguments)[i]) : Item();
    }
    Item result;
    try {
      result = evaluate(*node.nodes[0], lambda->input, frame);
    } catch (...) {
      frames_.release(frame);
      throw;
    }
    frames_.release(frame);
    if (!tail_.pending) return result;
    tail_.pending = false;
    tail_node = tail_.node;
    holder = std::move(tail_.function);
    next_arguments.clear();
    next_arguments.swap(tail_.arguments);
    arguments = &next_arguments;
    lambda = &static_cast<const LambdaValue&>(as_function(holder));
  }
}

Item Evaluator::partial(const Node& node, const Item& input, Frame* frame) {
  std::vector<Item> arguments;
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < node.nodes.size(); ++i) {
    if (node.nodes[i]->kind == Kind::Placeholder) {
      open.push_back(i);
      arguments.emplace_back();
    } else {
      arguments.push_back(evaluate(*node.nodes[i], input, frame));
    }
  }
  const Node& procedure = *node.procedure;
  const Item function = evaluate(procedure, input, frame);
  ErrorDetails details;
  details.token = std::string(name_of(procedure));
  if (!function && is_forgotten_dollar(procedure) && variable(procedure, frame)) raise("T1007", node, details);
  if (!function || !function->is_opaque()) raise("T1008", node, details);
  charge_bytes(sizeof(PartialValue) + arguments.size() * (sizeof(Item) + sizeof(std::size_t)));
  return Value(new PartialValue(*function, std::move(arguments), std::move(open)));
}

/// a ~> f. Source: evaluateApplyExpression().
Item Evaluator::chain(const Node& node, const Item& input, Frame* frame) {
  const Item left = evaluate(*node.nodes[0], input, frame);
  const Node& right = *node.nodes[1];
  if (right.kind == Kind::Call) {
    enter();
    Item result = call(right, input, frame, &left);
    leave();
    // Predicates of a call on the right side have no effect in the reference.
    return result;
  }
  const Item function = evaluate(right, input, frame);
  if (!function || !function->is_opaque()) {
    ErrorDetails details;
    if (function) details.value = *function;
    details.token = "~>";
    raise("T2006", node, details);
  }
  if (left && left->is_opaque()) {
    charge_bytes(sizeof(ComposedValue));
    return Value(new ComposedValue(*left, *function));
  }
  Arguments arguments;
  arguments.push_back(left);
  try {
    return apply_function(*function, arguments, Item());
  } catch (Raised& raised) {
    if (raised.error.position == 0) raised.error.position = node.position;
    throw;
  }
}

}  // namespace stepglass::jsonata
