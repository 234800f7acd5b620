#pragma once
// java.util.Random: what the service draws from when a seed is given, so that the same seed gives the same number as
// there. Seen on the service: States.MathRandom(1, 100, 42) gives 63, (1, 1000, 1) gives 106, (1, 5, 42) gives 3
// (gabrielmoreira/tiny-asl-machine, recorded answers States.MathRandom-002, -003, -019), and JSONata's $random(42)
// gives 0.7275636800328681 (floci issue 2662). For random numbers without a seed see random.h.

#include <cstdint>

namespace stepglass {

class JavaRandom {
 public:
  explicit JavaRandom(std::int64_t seed) : state_((static_cast<std::uint64_t>(seed) ^ kMultiplier) & kMask) {}

  /// nextInt(): any 32 bits.
  std::int32_t any() { return static_cast<std::int32_t>(bits(32)); }

  /// nextInt(bound): 0 ≤ result < bound; bound > 0.
  std::int32_t below(std::int32_t bound) {
    const std::uint32_t limit = static_cast<std::uint32_t>(bound);
    if ((limit & (limit - 1)) == 0) return static_cast<std::int32_t>(std::uint64_t{limit} * bits(31) >> 31);
    // The last, incomplete run of remainders would make small numbers likelier: draw again.
    for (;;) {
      const std::uint32_t drawn = bits(31);
      const std::uint32_t remainder = drawn % limit;
      if (drawn - remainder + (limit - 1) <= 0x7fffffffu) return static_cast<std::int32_t>(remainder);
    }
  }

  /// nextDouble(): 0 ≤ result < 1, in steps of 2^-53.
  double fraction() {
    const std::uint64_t high = bits(26);
    return static_cast<double>((high << 27) + bits(27)) * 0x1.0p-53;
  }

 private:
  static constexpr std::uint64_t kMultiplier = 0x5DEECE66Du;
  static constexpr std::uint64_t kMask = (std::uint64_t{1} << 48) - 1;

  std::uint32_t bits(int count) {
    state_ = (state_ * kMultiplier + 0xB) & kMask;
    return static_cast<std::uint32_t>(state_ >> (48 - count));
  }

  std::uint64_t state_;
};

}  // namespace stepglass
