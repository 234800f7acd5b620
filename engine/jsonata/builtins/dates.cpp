#include "engine/jsonata/function.h"

namespace stepglass::jsonata {
namespace {
Item millis(const Call& call) {
  return Value(call.evaluation().now_ms());
}
constexpr Function kDateFunctions[] = {
    {.name = "millis", .signature = "<:n>", .example = "$millis()", .gives = "1735689600000", .call = millis},
};
}  // namespace
std::span<const Function> date_functions() {
  return kDateFunctions;
}
}  // namespace stepglass::jsonata
