#include "analysis/cost/express_memory.h"

#include <algorithm>

#include "analysis/cost/prices.h"

namespace stepglass::analysis {
namespace {

// AWS's example: 50 MB + the definition + the data of an execution times the Map and Parallel steps, with 1 MB = 1,000
// KB. Source: pricing page.
constexpr double kBaseMemoryMb = 50;
constexpr double kBytesPerMb = 1e6;

}  // namespace

double express_memory_mb(const Assumptions& assumptions, std::size_t definition_bytes, double steps) {
  if (assumptions.memory_mb) return billed_memory_mb(assumptions.memory_mb->value);
  const double payload = assumptions.payload_bytes ? assumptions.payload_bytes->value : kDefaultPayloadBytes;
  return billed_memory_mb(kBaseMemoryMb + static_cast<double>(definition_bytes) / kBytesPerMb +
                          payload * std::max(steps, 1.0) / kBytesPerMb);
}

}  // namespace stepglass::analysis
