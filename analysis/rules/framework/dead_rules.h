#pragma once
// Choice rules that never decide, as far as that is proved.

#include <vector>

#include "engine/model/state.h"

namespace stepglass::analysis {

/// By rule: it contradicts itself, or an earlier rule holds whenever it does.
std::vector<bool> dead_rules(const Choice& choice);

}  // namespace stepglass::analysis
