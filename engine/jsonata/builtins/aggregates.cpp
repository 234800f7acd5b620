// Functions of the numbers of an array.

#include <algorithm>

#include "engine/jsonata/builtins/rounding.h"
#include "engine/jsonata/function.h"

namespace stepglass::jsonata {
namespace {

double total(const Call& call) {
  call.charge_steps(call[0]->size() / 4);
  double sum = 0;
  for (const Value& number : call[0]->items()) sum += number.as_double();
  return sum;
}

Item sum(const Call& call) {
  return call[0] ? number_item(total(call)) : Item();
}

Item average(const Call& call) {
  if (!call[0] || call[0]->size() == 0) return {};
  return number_item(total(call) / static_cast<double>(call[0]->size()));
}

Item count(const Call& call) {
  return Value(static_cast<std::int64_t>(call[0] ? call[0]->size() : 0));
}

/// The number that comes first by `is_before`.
template <typename IsBefore>
Item extreme(const Call& call, IsBefore is_before) {
  if (!call[0] || call[0]->size() == 0) return {};
  call.charge_steps(call[0]->size() / 4);
  double best = call[0]->items()[0].as_double();
  for (const Value& number : call[0]->items()) {
    if (is_before(number.as_double(), best)) best = number.as_double();
  }
  return number_item(best);
}

Item max(const Call& call) {
  return extreme(call, [](double a, double b) { return a > b; });
}

Item min(const Call& call) {
  return extreme(call, [](double a, double b) { return a < b; });
}

constexpr Function kAggregateFunctions[] = {
    {.name = "average", .signature = "<a<n>:n>", .example = "$average([1, 2, 6])", .gives = "3", .call = average},
    {.name = "count", .signature = "<a:n>", .example = "$count(['a', 'b'])", .gives = "2", .call = count},
    {.name = "max", .signature = "<a<n>:n>", .example = "$max([1, 5, 2])", .gives = "5", .call = max},
    {.name = "min", .signature = "<a<n>:n>", .example = "$min([4, 1, 2])", .gives = "1", .call = min},
    {.name = "sum", .signature = "<a<n>:n>", .example = "$sum([1, 2.5])", .gives = "3.5", .call = sum},
};

}  // namespace

std::span<const Function> aggregate_functions() {
  return kAggregateFunctions;
}

}  // namespace stepglass::jsonata
