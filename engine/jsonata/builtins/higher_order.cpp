// Functions that call functions for each item or member.

#include "engine/jsonata/evaluator.h"
#include "engine/jsonata/function.h"
#include "engine/jsonata/function_value.h"

namespace stepglass::jsonata {
namespace {

/// Calls the function with the value, and with place and whole as far as it takes them.
class EachCaller {
 public:
  EachCaller(const Call& call, const Value& function)
      : call_(call), function_(function), arity_(as_function(function).arity()) {}
  Item operator()(const Value& value, const Value& place, const Value& whole) const {
    call_.charge_steps(1);
    const Item arguments[] = {Item(value), Item(place), Item(whole)};
    return call_.apply(function_, {arguments, arity_ >= 3   ? std::size_t{3}
                                              : arity_ >= 2 ? std::size_t{2}
                                                            : std::size_t{1}});
  }

 private:
  const Call& call_;
  const Value& function_;
  const std::size_t arity_;
};

Value place_of(std::size_t index) {
  return Value(static_cast<std::int64_t>(index));
}

Item sequence(ArrayBuilder&& builder) {
  Value result = std::move(builder).build();
  result.set_mark(mark::kSequence);
  return result;
}

void add(const Call& call, ArrayBuilder& builder, const Value& value) {
  call.charge_bytes(sizeof(Value));
  builder.add(value);
}

Item map(const Call& call) {
  if (!call[0]) return {};
  const EachCaller each(call, *call[1]);
  const auto items = call[0]->items();
  ArrayBuilder builder;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Item result = each(items[i], place_of(i), *call[0]);
    if (result) add(call, builder, *result);
  }
  return sequence(std::move(builder));
}

Item filter(const Call& call) {
  if (!call[0]) return {};
  const EachCaller each(call, *call[1]);
  const auto items = call[0]->items();
  ArrayBuilder builder;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Item result = each(items[i], place_of(i), *call[0]);
    if (result && boolean_of(*result)) add(call, builder, items[i]);
  }
  return sequence(std::move(builder));
}

Item single(const Call& call) {
  if (!call[0]) return {};
  const auto items = call[0]->items();
  const Value* found = nullptr;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (call[1]) {
      const Item result = EachCaller(call, *call[1])(items[i], place_of(i), *call[0]);
      if (!result || !boolean_of(*result)) continue;
    }
    if (found) call.raise("D3138", {.index = i});
    found = &items[i];
  }
  if (!found) call.raise("D3139");
  return Item(*found);
}

Item reduce(const Call& call) {
  if (!call[0]) return {};
  const std::size_t arity = as_function(*call[1]).arity();
  if (arity < 2) call.raise("D3050", {.index = 1});
  const auto items = call[0]->items();
  std::size_t i = 0;
  Item result = call[2];
  if (!result && !items.empty()) result = Item(items[i++]);
  for (; i < items.size(); ++i) {
    call.charge_steps(1);
    const Item arguments[] = {std::move(result), Item(items[i]), Item(place_of(i)), call[0]};
    result = call.apply(*call[1], {arguments, std::min<std::size_t>(arity, 4)});
  }
  return result;
}

Item sift(const Call& call) {
  if (!call[0] || !call[1]) return {};
  const EachCaller each(call, *call[1]);
  ObjectBuilder builder;
  for (const Member& member : call[0]->members()) {
    const Item result = each(member.value, Value(member.key), *call[0]);
    if (!result || !boolean_of(*result)) continue;
    call.charge_bytes(sizeof(Member));
    builder.set(member.key, member.value);
  }
  if (builder.size() == 0) return {};
  return std::move(builder).build();
}

Item each(const Call& call) {
  if (!call[0]) return {};
  const EachCaller caller(call, *call[1]);
  ArrayBuilder builder;
  for (const Member& member : call[0]->members()) {
    const Item result = caller(member.value, Value(member.key), *call[0]);
    if (result) add(call, builder, *result);
  }
  return sequence(std::move(builder));
}

constexpr Function kHigherOrderFunctions[] = {
    {.name = "each",
     .signature = "<o-f:a>",
     .example = "$each({'a': 1, 'b': 2}, function($v, $k) { $k & $v })",
     .gives = "[\"a1\",\"b2\"]",
     .call = each},
    {.name = "filter",
     .signature = "<af>",
     .example = "$filter([1, 2, 3], function($v) { $v > 1 })",
     .gives = "[2,3]",
     .call = filter},
    {.name = "map",
     .signature = "<af>",
     .example = "$map([1, 2], function($v, $i) { $v * 10 + $i })",
     .gives = "[10,21]",
     .call = map},
    {.name = "reduce",
     .signature = "<afj?:j>",
     .example = "$reduce([1, 2, 3], function($a, $b) { $a * 10 + $b })",
     .gives = "123",
     .call = reduce},
    {.name = "sift",
     .signature = "<o-f?:o>",
     .example = "$sift({'a': 1, 'b': 2}, function($v) { $v > 1 })",
     .gives = "{\"b\":2}",
     .call = sift},
    {.name = "single",
     .signature = "<af?>",
     .example = "$single([1, 2, 3], function($v) { $v = 2 })",
     .gives = "2",
     .call = single},
};

}  // namespace

std::span<const Function> higher_order_functions() {
  return kHigherOrderFunctions;
}

}  // namespace stepglass::jsonata
