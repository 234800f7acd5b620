#pragma once
// The memory that an Express execution is billed for.

#include <cstddef>

#include "analysis/cost/assumptions.h"

namespace stepglass::analysis {

/// MB, in whole steps of what is billed. `steps`: runs of branches and iterations of one execution; its data counts
/// once for each. What `assumptions` say of the memory counts before what is estimated from them.
double express_memory_mb(const Assumptions& assumptions, std::size_t definition_bytes, double steps);

inline constexpr double kMbPerGb = 1024;

/// Bytes of data that an execution carries, where nobody says.
inline constexpr double kDefaultPayloadBytes = 4096;

}  // namespace stepglass::analysis
