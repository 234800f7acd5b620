#pragma once
// The limits of looking for definitions. Each is counted, never timed, and is told where it is met.

#include <cstddef>

namespace stepglass::analysis {

/// Bytes of a file that is looked into.
inline constexpr std::size_t kMaxSourceBytes = 8u << 20;

/// Machines of one file; more are not listed.
inline constexpr std::size_t kMaxMachinesOfOneFile = 1'000;

/// Bytes of definitions that are taken out of strings of one file, whose aliases can repeat them.
inline constexpr std::size_t kMaxExtractedBytes = 32u << 20;

}  // namespace stepglass::analysis
