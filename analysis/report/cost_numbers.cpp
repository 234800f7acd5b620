#include "analysis/report/cost_numbers.h"

#include <fmt/format.h>

#include <cmath>

#include "analysis/cost/assumptions.h"
#include "analysis/cost/chain.h"
#include "analysis/report/columns.h"

namespace stepglass::analysis {
namespace {

// Beyond, durations are shown as powers of ten.
constexpr double kLongestSeconds = 1e11;

/// The digits before the point in groups of three.
std::string grouped(std::string digits) {
  std::size_t end = digits.find('.');
  if (end == std::string::npos) end = digits.size();
  for (std::size_t at = end; at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

/// Two digits behind the point, more for what would be nothing by these, none where `whole` numbers need none.
std::string decimal(double number, bool whole) {
  if (whole && number == std::floor(number)) return grouped(fmt::format("{:.0f}", number));
  if (number != 0 && number < 0.01) return fmt::format("{:.2g}", number);
  return grouped(fmt::format("{:.2f}", number));
}

}  // namespace

std::string count_text(double number) {
  if (number == kUnbounded) return "unbounded";
  if (number >= kLargestAmount) return fmt::format("{:.0e} or more", kLargestAmount);
  return decimal(number, true);
}

std::string usd_text(Usd amount) {
  if (amount == kUnbounded) return "unbounded";
  const std::string_view sign = amount < 0 ? "-" : "";
  const double size = std::fabs(amount);
  if (size >= kLargestAmount) return fmt::format("{}${:.0e} or more", sign, kLargestAmount);
  // Of small sums what is left after the cents counts.
  if (size != 0 && size < 0.995) {
    if (size < 1e-6) return fmt::format("{}${:.2e}", sign, size);
    std::string digits = fmt::format("{:.{}f}", size, size < 0.01 ? 6 : 4);
    while (digits.ends_with('0') && digits.size() > 4) digits.pop_back();
    return fmt::format("{}${}", sign, digits);
  }
  return fmt::format("{}${}", sign, decimal(size, false));
}

std::string usd_change_text(Usd amount) {
  if (amount == -kUnbounded) return "no longer unbounded";
  return amount > 0 ? "+" + usd_text(amount) : usd_text(amount);
}

std::string seconds_text(double seconds) {
  if (seconds == kUnbounded) return "unbounded";
  if (seconds >= kLongestSeconds) return fmt::format("{:.1e} s", seconds);
  double milliseconds = seconds * 1000;
  // A tenth of a second is enough of what takes long.
  if (milliseconds >= 10'000) milliseconds = std::round(milliseconds / 100) * 100;
  if (milliseconds >= 600'000) milliseconds = std::round(milliseconds / 1000) * 1000;
  return format_duration(std::llround(milliseconds));
}

std::string percent_text(double share) {
  return fmt::format("{:.3g} %", share * 100);
}

}  // namespace stepglass::analysis
