// Functions of dates and times.

#include <cmath>
#include <optional>

#include "engine/jsonata/builtins/rounding.h"
#include "engine/jsonata/date_picture.h"
#include "engine/jsonata/function.h"

namespace stepglass::jsonata {
namespace {

Item formatted(const Call& call, double millis, const Item& picture, const Item& timezone) {
  const double whole = std::trunc(millis);
  if (!(std::fabs(whole) <= kMaxMillis))
    call.raise("D3110", {.value = number_value(std::isfinite(millis) ? millis : 0)});
  return Value(format_date(call, whole, picture ? std::optional(picture->as_string()) : std::nullopt,
                           timezone ? timezone->as_string() : std::string_view()));
}

Item now(const Call& call) {
  return formatted(call, static_cast<double>(call.evaluation().now_ms()), call[0], call[1]);
}

Item millis(const Call& call) {
  return Value(call.evaluation().now_ms());
}

Item from_millis(const Call& call) {
  return call[0] ? formatted(call, call[0]->as_double(), call[1], call[2]) : Item();
}

Item to_millis(const Call& call) {
  if (!call[0]) return {};
  const std::string_view text = call[0]->as_string();
  call.charge_steps(1 + text.size());
  if (call[1]) {
    const auto millis = parse_date(call, text, call[1]->as_string());
    return millis ? number_item(*millis) : Item();
  }
  const auto millis = parse_iso_date(text);
  if (!millis) call.raise("D3110", {.value = *call[0]});
  return number_item(*millis);
}

constexpr Function kDateFunctions[] = {
    {.name = "fromMillis",
     .signature = "<n-s?s?:s>",
     .example = "$fromMillis(1735689600000, '[D1o] [MNn] [Y]')",
     .gives = "\"1st January 2025\"",
     .call = from_millis},
    {.name = "millis", .signature = "<:n>", .example = "$millis()", .gives = "1735689600000", .call = millis},
    {.name = "now", .signature = "<s?s?:s>", .example = "$now()", .gives = "\"2025-01-01T00:00:00.000Z\"", .call = now},
    {.name = "toMillis",
     .signature = "<s-s?:n>",
     .example = "$toMillis('2025-01-01T00:00:00Z')",
     .gives = "1735689600000",
     .call = to_millis},
};

}  // namespace

std::span<const Function> date_functions() {
  return kDateFunctions;
}

}  // namespace stepglass::jsonata
