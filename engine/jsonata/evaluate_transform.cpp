// |pattern|update, deletion|: a function that changes a copy of its argument.

#include <map>
#include <utility>

#include "engine/jsonata/evaluator.h"
#include "engine/support/limits.h"

// The reference clones its argument, lets the pattern find objects inside the clone and changes these in place. Values
// are not changed: here each container of the argument gets an identity of its own, changes are kept by identity, and
// the result is put together at the end. An update that holds its own match, as in |a|{"p": $}|, makes a cycle there;
// here putting it together ends as too deep.

namespace stepglass::jsonata {

using Changes = std::map<const void*, Value>;

/// The function that a transform expression is.
class TransformValue : public NativeFunction {
 public:
  TransformValue(const Node& node, Frame* frame, FrameList& frames)
      : NativeFunction(Kind::Native), node_(node), frame_(frame), frames_(frames) {
    if (frame) ++frame->references;
  }
  ~TransformValue() override {
    if (frame_) frames_.release(frame_);
  }
  std::size_t arity() const override { return 1; }
  Item call(std::span<const Item> arguments, Evaluation& evaluation) const override;

 private:
  /// `value`, which stands in `depth` containers, with all changes to what is inside it.
  static Value changed(const Value& value, const Changes& changes, Evaluator& evaluator, std::size_t depth = 0);

  const Node& node_;
  Frame* const frame_;
  FrameList& frames_;
};

namespace {

bool is_container(const Value& value) {
  return value.is_array() || value.is_object();
}

/// A copy in which no container stands twice. Values are at most kMaxValueDepth deep.
Value unshared(const Value& value, Evaluation& evaluation) {
  if (!is_container(value)) return value.is_opaque() ? Value("") : value;
  evaluation.charge_steps(1 + value.size() / 4);
  evaluation.charge_bytes(48 + value.size() * sizeof(Member));
  if (value.is_array()) {
    ArrayBuilder builder(value.size());
    for (const Value& item : value.items()) builder.add(unshared(item, evaluation));
    return std::move(builder).build();
  }
  ObjectBuilder builder(value.size());
  for (const Member& member : value.members()) {
    // As through JSON text: functions are dropped from objects.
    if (!member.value.is_opaque()) builder.set(member.key, unshared(member.value, evaluation));
  }
  return std::move(builder).build();
}

}  // namespace

Value TransformValue::changed(const Value& value, const Changes& changes, Evaluator& evaluator, std::size_t depth) {
  if (!is_container(value)) return value;
  if (depth >= kMaxValueDepth) evaluator.raise_too_deep();
  evaluator.charge_steps(1 + value.size());
  const auto found = changes.find(value.identity());
  const Value& base = found == changes.end() ? value : found->second;
  bool differs = found != changes.end();
  const auto inside = [&](const Value& inner) {
    Value made = changed(inner, changes, evaluator, depth + 1);
    differs = differs || (is_container(inner) && !made.is_same(inner));
    return made;
  };
  Value made;
  evaluator.charge_bytes(48 + base.size() * sizeof(Member));
  if (base.is_array()) {
    ArrayBuilder builder(base.size());
    for (const Value& item : base.items()) builder.add(inside(item));
    made = std::move(builder).build();
  } else {
    ObjectBuilder builder(base.size());
    for (const Member& member : base.members()) builder.set(member.key, inside(member.value));
    made = std::move(builder).build();
  }
  return differs ? made : value;
}

Item Evaluator::transform(const Node& node, Frame* frame) {
  charge_bytes(sizeof(TransformValue));
  return Value(new TransformValue(node, frame, frames_));
}

Item TransformValue::call(std::span<const Item> arguments, Evaluation& evaluation) const {
  auto& evaluator = static_cast<Evaluator&>(evaluation);
  if (arguments.empty() || arguments[0].is_undefined()) return {};
  const Value& argument = *arguments[0];
  if (!is_container(argument)) {
    throw Raised{make_error("T0410", {.value = argument, .index = 1})};
  }
  const Value copy = unshared(argument, evaluation);
  const Item matches = evaluator.evaluate(*node_.nodes[0], Item(copy), frame_);
  Changes changes;
  const auto found = !matches              ? std::span<const Value>()
                     : matches->is_array() ? matches->items()
                                           : std::span<const Value>(&*matches, 1);
  for (const Value& match : found) {
    const Item now = changes.empty() ? Item(match) : Item(changed(match, changes, evaluator));
    const Item update = evaluator.evaluate(*node_.nodes[1], now, frame_);
    const auto raise = [&](std::string_view code, const Node& part, const Value& value) {
      throw Raised{make_error(code, {.value = value}, part.position)};
    };
    const auto current = [&]() -> Value {
      const auto change = changes.find(match.identity());
      return change == changes.end() ? match : change->second;
    };
    if (update) {
      if (!update->is_object()) raise("T2011", *node_.nodes[1], *update);
      if (match.is_object()) {
        Value merged = current();
        evaluation.charge_bytes((merged.size() + update->size()) * sizeof(Member));
        ObjectBuilder builder(merged.size() + update->size());
        for (const Member& member : merged.members()) builder.set(member.key, member.value);
        for (const Member& member : update->members()) builder.set(member.key, member.value);
        changes[match.identity()] = std::move(builder).build();
      }
    }
    if (node_.nodes.size() < 3) continue;
    const Item after = changes.empty() ? now : Item(changed(match, changes, evaluator));
    const Item deletion = evaluator.evaluate(*node_.nodes[2], after, frame_);
    if (!deletion) continue;
    const auto names = deletion->is_array() ? deletion->items() : std::span<const Value>(&*deletion, 1);
    for (const Value& name : names) {
      if (!name.is_string()) raise("T2012", *node_.nodes[2], *deletion);
    }
    if (!match.is_object()) continue;
    Value left = current();
    for (const Value& name : names) {
      evaluation.charge_steps(1 + left.size());
      if (left.find(name.as_string())) left = left.without_member(name.as_string());
    }
    changes[match.identity()] = left;
  }
  Value result = changed(copy, changes, evaluator);
  return result;
}

}  // namespace stepglass::jsonata
