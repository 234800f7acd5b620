#pragma once
// What AWS Step Functions costs. The table is step_functions_prices.cpp; each row says from where it is.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepglass::analysis {

/// US dollars.
using Usd = double;

/// Up to `gb_hours` a month (all accounts of a payer together), a GB-hour costs `usd`. The last tier has no end.
struct GbHourTier {
  double gb_hours;
  Usd usd;
};

struct Prices {
  std::string region;
  /// Standard. Nothing where no price of the region is known.
  std::optional<Usd> per_thousand_transitions;
  /// Express.
  std::optional<Usd> per_million_requests;
  std::vector<GbHourTier> gb_hours;  // empty where unknown
  /// Where the two are from, with their dates.
  std::string standard_source;
  std::string express_source;
};

/// The day on which the table was put together: "2026-11-01".
std::string_view prices_date();
/// Standard: transitions of a month that cost nothing, for each account, without end.
inline constexpr double kFreeTransitions = 4000;
/// Memory is billed in steps of so many MB, 1024 of which are a GB, and the duration of an execution in steps of so
/// many seconds.
inline constexpr double kMemoryStepMb = 64;
inline constexpr double kDurationStepSeconds = 0.1;

/// What is known of `region`; all is unknown of one that the table has not.
Prices prices_of(std::string_view region);
/// The regions of the table.
std::vector<std::string_view> priced_regions();

/// A month of `count` transitions. `free_tier`: the first kFreeTransitions cost nothing.
Usd transitions_cost(double count, Usd per_thousand, bool free_tier);
/// A month of `gb_seconds`, through the tiers.
Usd duration_cost(double gb_seconds, const std::vector<GbHourTier>& tiers);
/// What is billed for `mb` of memory and for `seconds`: whole steps, one at least.
double billed_memory_mb(double mb);
double billed_seconds(double seconds);

}  // namespace stepglass::analysis
