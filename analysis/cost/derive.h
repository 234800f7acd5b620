#pragma once
// What a definition says of itself: assumptions that need not be made.

#include "analysis/cost/assumptions.h"
#include "analysis/rules/framework/machine_view.h"

namespace stepglass::analysis {

/// Adds, as derived, what is certain and not in `into` yet for the machine `name` or for all: the items of a Map whose
/// list is always of the same length, the rounds of a loop that counts from a constant to a constant.
void derive_assumptions(const MachineView& machine, std::string_view name, Assumptions& into);

}  // namespace stepglass::analysis
