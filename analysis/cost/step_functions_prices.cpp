// The prices of AWS Step Functions. To add one, add a row with its source and its date; never a guess: of a region
// without a row the user is asked.

#include <algorithm>
#include <cmath>
#include <iterator>

#include "analysis/cost/prices.h"

namespace stepglass::analysis {
namespace {

constexpr std::string_view kDate = "2026-11-01";

constexpr std::string_view kPage = "aws.amazon.com/step-functions/pricing, capture of 2019/20";
constexpr std::string_view kPageNow = "aws.amazon.com/step-functions/pricing, captures up to 2026";
constexpr std::string_view kPageAndList = "the same, and AWS Price List of 2025-07-01";
constexpr std::string_view kTestData = "test data of another tool, 2026; not verified";

struct StandardRow {
  std::string_view region;
  Usd per_thousand;
  std::string_view source;
};
constexpr StandardRow kStandard[] = {
    {"us-east-1", 0.0250, kPageNow},   {"us-east-2", 0.0250, kPage},
    {"us-west-1", 0.0279, kPage},      {"us-west-2", 0.0250, kPage},
    {"ca-central-1", 0.0250, kPage},   {"eu-west-1", 0.0250, kPage},
    {"eu-west-2", 0.0250, kPage},      {"eu-west-3", 0.0297, kPage},
    {"eu-central-1", 0.0250, kPage},   {"eu-north-1", 0.0250, kPage},
    {"ap-east-1", 0.0275, kTestData},  {"ap-south-1", 0.0285, kPage},
    {"ap-southeast-1", 0.0250, kPage}, {"ap-southeast-2", 0.0250, kPage},
    {"ap-northeast-1", 0.0250, kPage}, {"ap-northeast-2", 0.0271, kPageAndList},
    {"sa-east-1", 0.0375, kPage},      {"us-gov-east-1", 0.0300, kPage},
    {"us-gov-west-1", 0.0300, kPage},
};

// 1,000 GB-hours, 4,000 more, and all others.
struct ExpressRow {
  std::string_view region;
  Usd per_million_requests;
  Usd first, second, third;
  std::string_view source;
};
constexpr ExpressRow kExpress[] = {
    {"us-east-1", 1.00, 0.0600, 0.0300, 0.01642, kPageNow},
    {"sa-east-1", 1.00, 0.0600, 0.0300, 0.01642, "AWS Price List quoted in 2026, first tier; the others as us-east-1"},
};
constexpr double kFirstTierEnds = 1000;
constexpr double kSecondTierEnds = 5000;

}  // namespace

std::string_view prices_date() {
  return kDate;
}

Prices prices_of(std::string_view region) {
  Prices prices;
  prices.region = region;
  const auto standard = std::find_if(std::begin(kStandard), std::end(kStandard),
                                     [&](const StandardRow& row) { return row.region == region; });
  if (standard != std::end(kStandard)) {
    prices.per_thousand_transitions = standard->per_thousand;
    prices.standard_source = standard->source;
  }
  const auto express = std::find_if(std::begin(kExpress), std::end(kExpress),
                                    [&](const ExpressRow& row) { return row.region == region; });
  if (express != std::end(kExpress)) {
    prices.per_million_requests = express->per_million_requests;
    prices.gb_hours = {{kFirstTierEnds, express->first}, {kSecondTierEnds, express->second}, {0, express->third}};
    prices.express_source = express->source;
  }
  return prices;
}

std::vector<std::string_view> priced_regions() {
  std::vector<std::string_view> regions;
  for (const StandardRow& row : kStandard) regions.push_back(row.region);
  return regions;
}

Usd transitions_cost(double count, Usd per_thousand, bool free_tier) {
  return std::max(free_tier ? count - kFreeTransitions : count, 0.0) * per_thousand / 1000;
}

Usd duration_cost(double gb_seconds, const std::vector<GbHourTier>& tiers) {
  const double gb_hours = gb_seconds / 3600;
  Usd cost = 0;
  double from = 0;
  for (std::size_t i = 0; i < tiers.size() && gb_hours > from; ++i) {
    const bool last = i + 1 == tiers.size();
    const double to = last ? gb_hours : std::min(gb_hours, tiers[i].gb_hours);
    cost += (to - from) * tiers[i].usd;
    from = to;
  }
  return cost;
}

double billed_memory_mb(double mb) {
  return std::max(std::ceil(mb / kMemoryStepMb), 1.0) * kMemoryStepMb;
}

double billed_seconds(double seconds) {
  // What was summed up to a whole step is not one more because of its last digit.
  return std::max(std::ceil(seconds / kDurationStepSeconds - 1e-9), 1.0) * kDurationStepSeconds;
}

}  // namespace stepglass::analysis
