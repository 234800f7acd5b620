#pragma once
// Sums of probabilities that keep their digits.

namespace stepglass::analysis {

/// 1 + x + x² + … + x^(count - 1), for x ≥ 0 and a whole count.
double geometric_sum(double x, double count);

/// x^count, for 0 ≤ x ≤ 1 and a whole count.
double whole_power_of(double x, double count);

/// Counts above are not summed term by term.
inline constexpr double kMostSummed = 1e6;

/// How likely it is that more than `tolerated` of `count` fail, each on its own with probability `f`; both are whole,
/// `tolerated` may be negative. Above kMostSummed the mean decides and `exact` becomes false.
double more_than(double tolerated, double count, double f, bool& exact);

}  // namespace stepglass::analysis
