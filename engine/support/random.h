#pragma once
// A random generator that gives the same numbers from the same seed on every build: xoshiro256** seeded by splitmix64.
// The standard library's distributions differ between builds and are not used.

#include <cstdint>
#include <string>

namespace stepglass {

class Random {
 public:
  explicit Random(std::uint64_t seed);

  /// Any 64 bits.
  std::uint64_t next();
  /// 0 ≤ result < bound; bound > 0. Without bias.
  std::uint64_t below(std::uint64_t bound);
  /// 0 ≤ result < 1, in steps of 2^-53.
  double fraction();
  /// A version 4 UUID in lower case.
  std::string uuid();

 private:
  std::uint64_t state_[4];
};

}  // namespace stepglass
