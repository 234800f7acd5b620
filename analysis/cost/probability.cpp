#include "analysis/cost/probability.h"

#include <cmath>
#include <cstdint>

namespace stepglass::analysis {

double whole_power_of(double x, double count) {
  double result = 1;
  for (double left = count, power = x; left >= 1; power *= power) {
    const double half = static_cast<double>(static_cast<std::uint64_t>(left) / 2);
    if (left - 2 * half >= 1) result *= power;
    left = half;
  }
  return result;
}

double geometric_sum(double x, double count) {
  if (x == 1) return count;
  // S(2n) = S(n) + x^n S(n), S(n + 1) = 1 + x S(n): over the digits of the count, without a subtraction.
  double sum = 0, power = 1;
  const auto n = static_cast<std::uint64_t>(count);
  for (int bit = 63; bit >= 0; --bit) {
    sum += power * sum;
    power *= power;
    if ((n >> bit) & 1) {
      sum = 1 + x * sum;
      power *= x;
    }
  }
  return sum;
}

double more_than(double tolerated, double count, double f, bool& exact) {
  if (tolerated < 0) return 1;
  if (f <= 0 || tolerated >= count) return 0;
  if (tolerated == 0) return 1 - whole_power_of(1 - f, count);
  if (count > kMostSummed) {
    exact = false;
    return count * f > tolerated ? 1 : 0;
  }
  // Terms relative to the one of the most likely number, from there to both sides.
  const double mode = std::floor((count + 1) * f);
  double below = 0, above = 0;
  const auto put = [&](double k, double term) { (k > tolerated ? above : below) += term; };
  put(mode, 1);
  double term = 1;
  for (double k = mode; k > 0 && term > 1e-20; --k) {
    term *= k * (1 - f) / ((count - k + 1) * f);
    put(k - 1, term);
  }
  term = 1;
  for (double k = mode; k < count && term > 1e-20; ++k) {
    term *= (count - k) * f / ((k + 1) * (1 - f));
    put(k + 1, term);
  }
  return above / (above + below);
}

}  // namespace stepglass::analysis
