#include <algorithm>
#include <optional>
#include <utility>

#include "engine/jsonata/evaluator.h"
#include "engine/jsonata/parser.h"
#include "engine/jsonata/program.h"
#include "engine/support/text.h"

namespace stepglass::jsonata {

namespace {

/// Stands in a result for a function of the expression, so that nothing of the evaluation is kept alive.
class FunctionMark : public Opaque {};

/// A result as others get it: without marks, with null for numbers that are not finite, and without functions that can
/// be called. Values are at most kMaxValueDepth deep.
Value cleaned(const Value& value) {
  if (value.is_opaque()) return Value(new FunctionMark);
  if (value.mark() & mark::kNonFinite) return {};
  Value plain = value;
  plain.set_mark(0);
  if (!value.has_marked() && !value.has_opaque()) return plain;
  if (value.is_array()) {
    ArrayBuilder builder(value.size());
    for (const Value& item : value.items()) builder.add(cleaned(item));
    return std::move(builder).build();
  }
  ObjectBuilder builder(value.size());
  for (const Member& member : value.members()) builder.set(member.key, cleaned(member.value));
  return std::move(builder).build();
}

}  // namespace

void convert_position(Error& error, std::string_view text) {
  std::size_t offset = std::min(error.position, text.size());
  while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80) ++offset;
  error.position = count_utf16_units(text.substr(0, offset));
}

Budget default_budget(Dialect dialect) {
  Budget budget;
  if (dialect == Dialect::Standard) return budget;
  budget.depth = kStatesDepth;
  budget.bytes = kStatesBytes;
  return budget;
}

Result<Expression, Error> Expression::compile(std::string_view text, Dialect dialect) {
  if (const auto invalid = find_invalid_utf8(text)) {
    return make_error("S0201", {.token = std::string("\\x")}, *invalid);
  }
  auto program = std::make_shared<Program>();
  program->text = text;
  program->dialect = dialect;
  try {
    program->root = parse(program->text);
    program->resolved = resolve(*program->root, dialect);
  } catch (Raised& raised) {
    convert_position(raised.error, text);
    return std::move(raised.error);
  }
  for (const External& external : program->resolved.externals) {
    if (!external.builtin) program->free_variables.push_back(external.name);
  }
  return Expression(std::move(program));
}

const std::string& Expression::text() const {
  return program_->text;
}

Dialect Expression::dialect() const {
  return program_->dialect;
}

const std::vector<std::string>& Expression::free_variables() const {
  return program_->free_variables;
}

StatesUse Expression::states_use() const {
  return program_->resolved.states;
}

const StatesNames& Expression::states_names() const {
  return program_->resolved.states_names;
}

Result<std::optional<Value>, Error> Expression::evaluate(const Value* input, Environment& environment,
                                                         Budget& budget) const {
  Evaluator evaluator(program_->resolved, environment, budget, program_->dialect);
  std::optional<Error> error;
  std::optional<Value> result;
  try {
    const Item item = evaluator.run(*program_->root, input ? Item(*input) : Item());
    if (item) result = cleaned(*item);
  } catch (Raised& raised) {
    convert_position(raised.error, program_->text);
    // The error outlives the evaluation, and with it what its functions refer to.
    for (std::optional<Value>* value : {&raised.error.details.value, &raised.error.details.value2}) {
      if (*value && (*value)->has_opaque()) *value = cleaned(**value);
    }
    error = std::move(raised.error);
  }
  budget.steps = evaluator.steps_left();
  if (error) return *std::move(error);
  return result;
}

Item Evaluator::run_nested(std::string_view text, const Item& input) {
  struct Nested {
    NodePtr root;
    Resolved resolved;
  };
  charge_steps(1 + text.size());
  charge_bytes(text.size() * sizeof(Node) / 2);
  auto nested = std::make_shared<Nested>();
  nested->root = parse(text);
  nested->resolved = resolve(*nested->root, dialect());
  nested_.push_back(nested);
  const Resolved* resolved = std::exchange(resolved_, &nested->resolved);
  std::vector<Known> externals = std::exchange(externals_, std::vector<Known>(nested->resolved.externals.size()));
  const auto restore = [&] {
    resolved_ = resolved;
    externals_ = std::move(externals);
  };
  const std::uint32_t depth = depth_;
  try {
    Item context = input;
    if (input && input->is_array() && !input.is_sequence()) {
      context = Value::array({&*input, 1});
      context->set_mark(mark::kSequence | mark::kOuter);
    }
    Frame* frame = nested->resolved.frame_size > 0 ? frames_.make(nested->resolved.frame_size, nullptr) : nullptr;
    enter();
    Item result = evaluate(*nested->root, context, frame);
    leave();
    restore();
    // Functions that it made would be called with the externals of the expression around it.
    if (result && result->has_opaque()) result = cleaned(*result);
    return result;
  } catch (...) {
    depth_ = depth;
    restore();
    throw;
  }
}

}  // namespace stepglass::jsonata
