#include "engine/jsonata/evaluator.h"
#include "engine/jsonata/function.h"

namespace stepglass::jsonata {
namespace {

Item boolean(const Call& call) {
  if (!call[0]) return {};
  if (call[0]->is_array()) call.charge_steps(call[0]->size());
  return Value(boolean_of(*call[0]));
}

Item negation(const Call& call) {
  if (!call[0]) return {};
  if (call[0]->is_array()) call.charge_steps(call[0]->size());
  return Value(!boolean_of(*call[0]));
}

Item exists(const Call& call) {
  return Value(static_cast<bool>(call[0]));
}

constexpr Function kBooleanFunctions[] = {
    {.name = "boolean", .signature = "<x-:b>", .example = "$boolean([0, 1])", .gives = "true", .call = boolean},
    {.name = "exists", .signature = "<x:b>", .example = "$exists(missing)", .gives = "false", .call = exists},
    {.name = "not", .signature = "<x-:b>", .example = "$not(0)", .gives = "true", .call = negation},
};

}  // namespace

std::span<const Function> boolean_functions() {
  return kBooleanFunctions;
}

}  // namespace stepglass::jsonata
