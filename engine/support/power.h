#pragma once
// x to the power of y, with the same digits on every build: the C libraries' pow differ in their last bits.

namespace stepglass {

/// As Math.pow of ECMAScript: NaN where it has no value, infinite where it is too large. Correct to the last bit but
/// for about one argument in 10^5, where the last bit may be off by one.
double power(double base, double exponent);

}  // namespace stepglass
