#pragma once
// The limits of looking for definitions. Each is counted, never timed, and is told where it is met.

#include <cstddef>
#include <string_view>

namespace stepglass::analysis {

/// Bytes of a file that is looked into.
inline constexpr std::size_t kMaxSourceBytes = 8u << 20;

/// Machines of one file; that there are more is told.
inline constexpr std::size_t kMaxMachinesOfOneFile = 1'000;
/// What is said of a template that holds one or another text.
inline constexpr std::string_view kChooses = "directives choose what it says";
/// What is said of a file whose definitions are larger together than kMaxExtractedBytes.
inline constexpr std::string_view kTooManyBytes = "the file holds too many definitions";
/// What is said of a file with more machines.
inline constexpr std::string_view kTooManyMachines = "the file holds more than 1,000 state machines; the rest is not read";

/// Bytes of definitions that are taken out of strings of one file, whose aliases can repeat them.
inline constexpr std::size_t kMaxExtractedBytes = 32u << 20;

}  // namespace stepglass::analysis
