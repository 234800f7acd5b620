#include "engine/jsonata/evaluator.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "engine/support/limits.h"
#include "engine/support/text.h"

namespace stepglass::jsonata {
namespace {

/// Integers that doubles keep exactly.
constexpr std::int64_t kMaxExact = std::int64_t{1} << 53;

bool is_exact(std::int64_t integer) {
  return integer >= -kMaxExact && integer <= kMaxExact;
}

/// A number that an operator gives: one that is not finite goes on until it is used.
Item number_item(double number) {
  if (std::isfinite(number)) return number_value(number);
  Value value(number);
  value.set_mark(mark::kNonFinite);
  return value;
}

bool is_array(const Item& item) {
  return item && item->is_array();
}

/// Bytes that an item of an array takes.
constexpr std::uint64_t kItemBytes = sizeof(Value);
constexpr std::uint64_t kMemberBytes = sizeof(Member);
constexpr std::uint64_t kContainerBytes = 48;

/// The most that .. makes. Source: the reference.
constexpr double kMaxRange = 1e7;

}  // namespace

bool boolean_of(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Null:
    case Value::Kind::Opaque:
      return false;
    case Value::Kind::Boolean:
      return value.as_boolean();
    case Value::Kind::Integer:
    case Value::Kind::Unsigned:
      return value.as_double() != 0;
    case Value::Kind::Double:
      if (std::isinf(value.as_double())) throw Raised{make_error("D1001", {.value = Value()})};
      return value.as_double() != 0 && !std::isnan(value.as_double());
    case Value::Kind::String:
      return !value.as_string().empty();
    case Value::Kind::Array: {
      const auto items = value.items();
      return std::any_of(items.begin(), items.end(), boolean_of);
    }
    case Value::Kind::Object:
      return value.size() > 0;
  }
  return false;
}

bool equals(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) {
    if (a.kind() == Value::Kind::Integer && b.kind() == Value::Kind::Integer && is_exact(a.as_integer()) &&
        is_exact(b.as_integer())) {
      return a.as_integer() == b.as_integer();
    }
    return a.as_double() == b.as_double();
  }
  if (a.kind() != b.kind()) return false;
  if (a.is_array()) {
    if (a.is_same(b)) return true;
    const auto x = a.items(), y = b.items();
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), equals);
  }
  if (a.is_object()) {
    if (a.is_same(b)) return true;
    if (a.size() != b.size()) return false;
    for (const Member& member : a.members()) {
      const Value* other = b.find(member.key);
      if (!other || !equals(member.value, *other)) return false;
    }
    return true;
  }
  return a == b;
}

Value appended(const Value& a, const Value& b, Evaluation& evaluation) {
  const auto items_of = [](const Value& value) {
    return value.is_array() ? value.items() : std::span<const Value>(&value, 1);
  };
  const auto x = items_of(a), y = items_of(b);
  evaluation.charge_steps(1 + (x.size() + y.size()) / 8);
  evaluation.charge_bytes((x.size() + y.size()) * kItemBytes + kContainerBytes);
  ArrayBuilder builder(x.size() + y.size());
  for (const Value& item : x) builder.add(item);
  for (const Value& item : y) builder.add(item);
  return std::move(builder).build();
}

Item collapsed(Item item) {
  if (!item.is_sequence() || !item->is_array()) return item;
  if (item->size() == 0) return {};
  if (item->size() == 1 && !(item->mark() & mark::kKeepSingleton)) return Item(Value(item->items()[0]));
  return item;
}

// ------------------------------------------------------------------------------------------------- the evaluation

Evaluator::Evaluator(const Resolved& resolved, Environment& environment, const Budget& budget, Dialect dialect)
    : Evaluation(environment, budget, dialect),
      resolved_(&resolved),
      externals_(resolved.externals.size()),
      max_depth_(budget.depth) {}

Evaluator::~Evaluator() {
  // Frames go before the programs of $eval, to whose trees their functions refer.
  tail_.function = Value();
  tail_.arguments.clear();
}

void Evaluator::raise(std::string_view code, const Node& node, ErrorDetails details) {
  throw Raised{make_error(code, details, node.position)};
}

Item Evaluator::run(const Node& root, const Item& input) {
  root_input_ = input;
  Item context = input;
  if (is_array(input)) {
    context = Value::array({&*input, 1});
    context->set_mark(mark::kSequence | mark::kOuter);
  }
  Frame* frame = resolved_->frame_size > 0 ? frames_.make(resolved_->frame_size, nullptr) : nullptr;
  return evaluate(root, context, frame);
}

Item Evaluator::evaluate(const Node& node, const Item& input, Frame* frame) {
  charge_steps(1);
  switch (node.kind) {
    case Kind::Literal:
      if (!node.has_post) return node.value;
      break;
    case Kind::Variable:
      if (!node.has_post) {
        const Value* value = variable(node, frame);
        return value ? collapsed(Item(*value)) : Item();
      }
      break;
    default:
      break;
  }
  enter();
  Item result = evaluate_kind(node, input, frame);
  if (node.has_post) result = post_process(node, std::move(result), frame);
  leave();
  return result.is_sequence() ? collapsed(std::move(result)) : result;
}

Item Evaluator::post_process(const Node& node, Item result, Frame* frame) {
  for (const Stage& stage : node.predicates) result = filter(*stage.filter, std::move(result), frame);
  if (node.keep_array && !node.predicates.empty() && result && !result->is_array()) {
    // What an index has found is a sequence of one.
    Value sequence = Value::array({&*result, 1});
    sequence.set_mark(mark::kSequence);
    result = sequence;
  }
  if (node.kind != Kind::Path && node.group) result = group(*node.group, result, frame);
  if (node.keep_array && result.is_sequence()) result->set_mark(result->mark() | mark::kKeepSingleton);
  return result;
}

Item Evaluator::evaluate_kind(const Node& node, const Item& input, Frame* frame) {
  switch (node.kind) {
    case Kind::Path:
      return path(node, input, frame);
    case Kind::Binary:
      return binary(node, input, frame);
    case Kind::Negate: {
      Item kept;
      const Value* operand = peek(*node.nodes[0], input, frame, kept);
      if (!operand) return {};
      if (!is_numeric(node, *operand)) {
        ErrorDetails details{.value = *operand};
        details.token = "-";
        raise("D1002", node, details);
      }
      return number_item(-operand->as_double());
    }
    case Kind::Array:
      return array(node, input, frame);
    case Kind::Object:
      return group(node, input, frame);
    case Kind::Name:
      return input ? lookup_in(*input, node.name.view(), *this) : Item();
    case Kind::Literal:
    case Kind::Regex:
      return node.value;
    case Kind::Wildcard:
      return wildcard(input);
    case Kind::Descendants:
      return descendants(input);
    case Kind::Parent: {
      const Item* value = bound(node, frame);
      return value ? *value : Item();
    }
    case Kind::Condition:
      if (is_true(*node.nodes[0], input, frame)) return evaluate(*node.nodes[1], input, frame);
      return node.nodes.size() > 2 ? evaluate(*node.nodes[2], input, frame) : Item();
    case Kind::Default: {
      Item value = evaluate(*node.nodes[0], input, frame);
      if (value && boolean_of(*value)) return value;
      return evaluate(*node.nodes[1], input, frame);
    }
    case Kind::Coalesce: {
      Item value = evaluate(*node.nodes[0], input, frame);
      return value ? value : evaluate(*node.nodes[1], input, frame);
    }
    case Kind::Block:
      return block(node, input, frame);
    case Kind::Bind: {
      Item value = evaluate(*node.nodes[0], input, frame);
      Frame* target = frame;
      for (std::uint16_t hop = node.places[0].hops; hop > 0; --hop) target = target->parent;
      target->slots()[node.places[0].slot] = value;
      return value;
    }
    case Kind::Call:
      return call(node, input, frame);
    case Kind::Partial:
      return partial(node, input, frame);
    case Kind::Variable: {
      const Value* value = variable(node, frame);
      return value ? Item(*value) : Item();
    }
    case Kind::Context:
      if (input && input->mark() & mark::kOuter) return Item(Value(input->items()[0]));
      return input;
    case Kind::Root:
      return root_input_;
    case Kind::Lambda:
      charge_bytes(sizeof(LambdaValue));
      return Value(new LambdaValue(node, frame, input, frames_));
    case Kind::Apply:
      return chain(node, input, frame);
    case Kind::Transform:
      return transform(node, frame);
    default:
      return {};
  }
}

const Value* Evaluator::peek(const Node& node, const Item& input, Frame* frame, Item& kept) {
  if (!node.has_post) {
    switch (node.kind) {
      case Kind::Literal:
        charge_steps(1);
        return &node.value;
      case Kind::Variable: {
        charge_steps(1);
        const Value* value = variable(node, frame);
        if (value && value->mark() & mark::kSequence) break;
        return value;
      }
      case Kind::Path:
        if (node.plain_names) {
          charge_steps(1);
          bool general = false;
          const Value* value = walk(node, input, frame, general);
          if (!general) return value;
        }
        break;
      default:
        break;
    }
  }
  kept = evaluate(node, input, frame);
  return kept ? &*kept : nullptr;
}

// -------------------------------------------------------------------------------------------------------- variables

/// The slot that has been bound, looked for from the inside out; null pointer when none has.
const Item* Evaluator::bound(const Node& variable, Frame* frame) const {
  std::uint16_t at = 0;
  for (const Place& place : variable.places) {
    for (; at < place.hops; ++at) frame = frame->parent;
    const Item& slot = frame->slots()[place.slot];
    if (!(slot->mark() & mark::kUnbound)) return &slot;
  }
  return nullptr;
}

const Value* Evaluator::external(std::uint32_t index) {
  Known& known = externals_[index];
  if (!known.asked) {
    known.asked = true;
    const External& outside = resolved_->externals[index];
    known.value = environment().variable(outside.name);
    if (!known.value && outside.builtin) known.value = &outside.function;
  }
  return known.value;
}

const Value* Evaluator::variable(const Node& node, Frame* frame) {
  if (!node.places.empty()) {
    if (const Item* slot = bound(node, frame)) return *slot ? &**slot : nullptr;
  }
  return external(node.external);
}

// -------------------------------------------------------------------------------------------------------- operators

/// Whether `value` is a number that can be computed with; one out of range ends the evaluation.
bool Evaluator::is_numeric(const Node& node, const Value& value) {
  if (value.kind() != Value::Kind::Double) return value.is_number();
  if (std::isinf(value.as_double())) raise("D1001", node, {.value = Value()});
  return !std::isnan(value.as_double());
}

bool Evaluator::is_true(const Node& node, const Item& input, Frame* frame) {
  Item kept;
  const Value* value = peek(node, input, frame, kept);
  return value && boolean_of(*value);
}

Item Evaluator::binary(const Node& node, const Item& input, Frame* frame) {
  if (node.op == Operator::And) {
    return Value(is_true(*node.nodes[0], input, frame) && is_true(*node.nodes[1], input, frame));
  }
  if (node.op == Operator::Or) {
    return Value(is_true(*node.nodes[0], input, frame) || is_true(*node.nodes[1], input, frame));
  }
  if (node.op == Operator::Concatenate) return concatenate(node, input, frame);
  Item left_kept, right_kept;
  const Value* left = peek(*node.nodes[0], input, frame, left_kept);
  // What the right side does may move what `left` points to: a variable can be bound anew.
  if (left && left_kept.is_undefined() && node.nodes[1]->kind != Kind::Literal && node.nodes[1]->kind != Kind::Path &&
      node.nodes[1]->kind != Kind::Variable) {
    left_kept = *left;
    left = &*left_kept;
  }
  const Value* right = peek(*node.nodes[1], input, frame, right_kept);
  switch (node.op) {
    case Operator::Equal:
      return Value(left && right && equals(*left, *right));
    case Operator::NotEqual:
      return Value(left && right && !equals(*left, *right));
    case Operator::Less:
    case Operator::LessEqual:
    case Operator::Greater:
    case Operator::GreaterEqual: {
      const auto comparable = [](const Value* value) { return !value || value->is_string() || value->is_number(); };
      if (!comparable(left) || !comparable(right)) {
        ErrorDetails details{.value = comparable(left) && left ? *right : left ? *left : Value()};
        details.token = operator_spelling(node.op);
        raise("T2010", node, details);
      }
      if (!left || !right) return {};
      if (left->is_string() != right->is_string()) {
        ErrorDetails details{.value = *left, .value2 = *right};
        details.token = operator_spelling(node.op);
        raise("T2009", node, details);
      }
      if (left->is_string()) {
        const int order = compare_utf16(left->as_string(), right->as_string());
        return Value(node.op == Operator::Less        ? order < 0
                     : node.op == Operator::LessEqual ? order <= 0
                     : node.op == Operator::Greater   ? order > 0
                                                      : order >= 0);
      }
      const double x = left->as_double(), y = right->as_double();
      return Value(node.op == Operator::Less        ? x < y
                   : node.op == Operator::LessEqual ? x <= y
                   : node.op == Operator::Greater   ? x > y
                                                    : x >= y);
    }
    case Operator::In: {
      if (!left || !right) return Value(false);
      const auto items = right->is_array() ? right->items() : std::span<const Value>(right, 1);
      charge_steps(items.size() / 8);
      // Arrays and objects are only what they are themselves, as in the reference.
      const auto is = [&](const Value& item) {
        return left->is_array() || left->is_object() || left->is_opaque() ? left->is_same(item) : equals(*left, item);
      };
      return Value(std::any_of(items.begin(), items.end(), is));
    }
    case Operator::Range:
      return range(node, left, right);
    default:
      return arithmetic(node, left, right);
  }
}

std::string_view operator_spelling(Operator op) {
  constexpr std::string_view kSpellings[] = {"",   "+", "-",  "*", "/",   "%",  "=",  "!=", "<",
                                             "<=", ">", ">=", "&", "and", "or", "in", ".."};
  return kSpellings[static_cast<std::size_t>(op)];
}

Item Evaluator::arithmetic(const Node& node, const Value* left, const Value* right) {
  if (left && right && left->kind() == Value::Kind::Integer && right->kind() == Value::Kind::Integer) {
    const std::int64_t x = left->as_integer(), y = right->as_integer();
    if (is_exact(x) && is_exact(y)) {
      if (node.op == Operator::Add && is_exact(x + y)) return Value(x + y);
      if (node.op == Operator::Subtract && is_exact(x - y)) return Value(x - y);
      if (node.op == Operator::Modulo && y != 0) return Value(x % y);
    }
  }
  const auto check = [&](const Value* value, std::string_view code) {
    if (!value || is_numeric(node, *value)) return;
    ErrorDetails details{.value = *value};
    details.token = operator_spelling(node.op);
    raise(code, node, details);
  };
  check(left, "T2001");
  check(right, "T2002");
  if (!left || !right) return {};
  const double x = left->as_double(), y = right->as_double();
  switch (node.op) {
    case Operator::Add:
      return number_item(x + y);
    case Operator::Subtract:
      return number_item(x - y);
    case Operator::Multiply:
      return number_item(x * y);
    case Operator::Divide:
      return number_item(x / y);
    default:
      return number_item(std::fmod(x, y));
  }
}

Item Evaluator::range(const Node& node, const Value* left, const Value* right) {
  const auto check = [&](const Value* value, std::string_view code) {
    if (!value) return;
    if (value->is_number() && std::trunc(value->as_double()) == value->as_double() &&
        std::isfinite(value->as_double())) {
      return;
    }
    ErrorDetails details{.value = *value};
    details.token = "..";
    raise(code, node, details);
  };
  check(left, "T2003");
  check(right, "T2004");
  if (!left || !right) return {};
  const double first = left->as_double(), last = right->as_double();
  if (first > last) return {};
  const double size = last - first + 1;
  if (size > kMaxRange) raise("D2014", node, {.value = number_value(size), .value2 = {}});
  const auto count = static_cast<std::uint64_t>(size);
  charge_steps(count / 4);
  charge_bytes(count * kItemBytes + kContainerBytes);
  ArrayBuilder builder(count);
  for (std::uint64_t i = 0; i < count; ++i) builder.add(number_value(first + static_cast<double>(i)));
  Value items = std::move(builder).build();
  items.set_mark(mark::kSequence);
  return items;
}

Item Evaluator::concatenate(const Node& node, const Item& input, Frame* frame) {
  std::string text;
  for (const NodePtr& operand : node.nodes) {
    Item kept;
    const Value* value = peek(*operand, input, frame, kept);
    if (!value) continue;
    append_text(text, *value, 0, *this);
  }
  charge_bytes(text.size() + kContainerBytes);
  return Value(text);
}

// ----------------------------------------------------------------------------------------------------- constructors

Item Evaluator::array(const Node& node, const Item& input, Frame* frame) {
  charge_bytes(kContainerBytes + node.nodes.size() * kItemBytes);
  ArrayBuilder builder(node.nodes.size());
  for (const NodePtr& part : node.nodes) {
    Item kept;
    const Value* item = peek(*part, input, frame, kept);
    if (!item) continue;
    if (part->kind != Kind::Array && item->is_array()) {
      if (node.nodes.size() == 1) {
        // All of the array: shared, not copied.
        Value whole = *item;
        whole.set_mark(node.constructed ? mark::kConstructed : 0);
        return whole;
      }
      charge_bytes(item->size() * kItemBytes);
      charge_steps(item->size() / 8);
      for (const Value& inner : item->items()) builder.add(inner);
    } else {
      builder.add(*item);
    }
  }
  Value made = std::move(builder).build();
  if (made.depth() > kMaxValueDepth) raise_too_deep();
  if (node.constructed) made.set_mark(mark::kConstructed);
  return made;
}

void Evaluator::check_key(const Node& object, const Item& key) {
  if (!key) return;
  if (!key->is_string()) raise("T1003", object, {.value = *key});
  if (key->as_string() == "_jsonata_lambda" || key->as_string() == "_jsonata_function") {
    raise("D1013", object, {.value = *key});
  }
}

Item Evaluator::group(const Node& object, const Item& input, Frame* frame) {
  charge_bytes(kContainerBytes + object.pairs.size() * kMemberBytes);
  const bool many = is_array(input) && input->size() > 1;
  if (object.plain_keys && !many) {
    // One item, or none: keys are what they are.
    const Item item = is_array(input) ? (input->size() == 1 ? Item(Value(input->items()[0])) : Item()) : input;
    ObjectBuilder builder(object.pairs.size());
    for (const auto& [key, value] : object.pairs) {
      Item kept;
      if (const Value* made = peek(*value, item, frame, kept)) builder.set(key->value.as_shared_string(), *made);
    }
    Value made = std::move(builder).build();
    if (made.depth() > kMaxValueDepth) raise_too_deep();
    return made;
  }

  struct Group {
    String key;
    std::size_t pair;
    Value data;  // while there is one item
    std::optional<ArrayBuilder> more;
    bool has_data = false;
  };
  std::vector<Group> groups;
  std::map<std::string_view, std::size_t> by_key;
  const auto add = [&](const Item& item) {
    for (std::size_t pair = 0; pair < object.pairs.size(); ++pair) {
      Item key = evaluate(*object.pairs[pair].first, item, frame);
      check_key(object, key);
      if (!key) continue;
      const auto found = by_key.find(key->as_string());
      if (found == by_key.end()) {
        charge_bytes(sizeof(Group) + kMemberBytes);
        Group& made = groups.emplace_back();
        made.key = key->as_shared_string();
        made.pair = pair;
        made.has_data = static_cast<bool>(item);
        if (item) made.data = *item;
        by_key.emplace(made.key.view(), groups.size() - 1);
        continue;
      }
      Group& group = groups[found->second];
      if (group.pair != pair) raise("D1009", object, {.value = *key});
      if (!item) continue;
      const auto add_data = [&](const Value& value) {
        if (value.is_array()) {
          charge_bytes(value.size() * kItemBytes);
          for (const Value& inner : value.items()) group.more->add(inner);
        } else {
          charge_bytes(kItemBytes);
          group.more->add(value);
        }
      };
      if (!group.more) {
        group.more.emplace();
        if (group.has_data) add_data(group.data);
      }
      add_data(*item);
    }
  };
  if (is_array(input) && input->size() > 0) {
    charge_steps(input->size());
    for (const Value& item : input->items()) add(Item(item));
  } else {
    add(is_array(input) ? Item() : input);
  }
  ObjectBuilder builder(groups.size());
  for (Group& group : groups) {
    const Item context = group.more ? Item(std::move(*group.more).build()) : group.has_data ? Item(group.data) : Item();
    Item value = evaluate(*object.pairs[group.pair].second, context, frame);
    if (value) builder.set(group.key, *std::move(value));
  }
  Value made = std::move(builder).build();
  if (made.depth() > kMaxValueDepth) raise_too_deep();
  return made;
}

Item Evaluator::block(const Node& node, const Item& input, Frame* frame) {
  Item result;
  if (!node.own_frame) {
    for (std::uint32_t i = 0; i < node.slot_count; ++i) {
      Item& slot = frame->slots()[node.first_slot + i];
      slot = Item();
      slot->set_mark(mark::kUndefined | mark::kUnbound);
    }
    for (const NodePtr& part : node.nodes) result = evaluate(*part, input, frame);
    return result;
  }
  charge_bytes(sizeof(Frame) + node.frame_size * sizeof(Item));
  Frame* own = frames_.make(node.frame_size, frame);
  try {
    for (const NodePtr& part : node.nodes) result = evaluate(*part, input, own);
  } catch (...) {
    frames_.release(own);
    throw;
  }
  frames_.release(own);
  return result;
}

// ----------------------------------------------------------------------------------------------------------- budgets

namespace {

/// The service reports limits without a code; for others they have the one that the reference's documentation gives to
/// hosts.
[[noreturn]] void raise_limit(Dialect dialect, std::string_view message) {
  Error error;
  if (dialect == Dialect::Standard) error.code = "U1001";
  error.message = message;
  throw Raised{std::move(error)};
}

}  // namespace

void Evaluator::raise_too_deep() {
  raise_limit(dialect(),
              "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as "
              "tail-recursive.");
}

void Evaluation::raise_out_of_steps() {
  // Too few are left for anything that can still be asked for.
  steps_left_ = 0;
  raise_limit(dialect_, "Expression evaluation timeout: Check for infinite loop");
}

void Evaluation::raise_out_of_bytes() {
  raise_limit(dialect_, "Expression evaluation memory limit exceeded: Check for excessive memory usage");
}

}  // namespace stepglass::jsonata
