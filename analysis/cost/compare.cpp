#include "analysis/cost/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "analysis/cost/chain.h"
#include "analysis/cost/scope_cost.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

// Relative: below, two numbers are the same one by other ways of rounding.
constexpr double kRounding = 1e-9;

bool differ(double a, double b) {
  if (a == b) return false;
  if (std::isinf(a) || std::isinf(b)) return true;
  return !(std::fabs(a - b) <= kRounding * std::max(std::fabs(a), std::fabs(b)));
}

std::string signed_amount(double difference) {
  return (difference < 0 ? "-" : "+") + amount_text(std::round(std::fabs(difference) * 1e4) / 1e4);
}

/// What a state does to the sum.
struct Part {
  double difference;
  std::string text;
};

std::string price_text(const std::optional<Usd>& price) {
  return price ? fmt::format("${}", *price) : std::string("unknown");
}

/// What is not in the definition.
std::vector<std::string> terms_changed(const CostSummary& before, const CostSummary& after) {
  std::vector<std::string> reasons;
  if (before.type != after.type) reasons.push_back(fmt::format("{} → {}", before.type, after.type));
  if (before.region != after.region) {
    reasons.push_back(fmt::format("region {} → {}", display_word(before.region), display_word(after.region)));
  }
  if (before.usd_per_thousand_transitions != after.usd_per_thousand_transitions) {
    reasons.push_back(fmt::format("1,000 transitions {} → {}", price_text(before.usd_per_thousand_transitions),
                                  price_text(after.usd_per_thousand_transitions)));
  }
  if (before.usd_per_million_requests != after.usd_per_million_requests) {
    reasons.push_back(fmt::format("1,000,000 requests {} → {}", price_text(before.usd_per_million_requests),
                                  price_text(after.usd_per_million_requests)));
  }
  if (differ(before.executions_per_month, after.executions_per_month)) {
    reasons.push_back(fmt::format("{} → {} executions a month", amount_text(before.executions_per_month),
                                  amount_text(after.executions_per_month)));
  }
  return reasons;
}

std::vector<std::string> reasons_of(const CostSummary& before, const CostSummary& after) {
  using Key = std::pair<std::string_view, std::string_view>;
  const auto name_of = [](const CostSummary::Row& row) {
    if (row.state.empty()) return row.machine.empty() ? std::string("executions") : display_word(row.machine);
    const std::string state = fmt::format("\"{}\"", display_word(row.state));
    return row.machine.empty() ? state : fmt::format("{} of {}", state, display_word(row.machine));
  };
  std::map<Key, const CostSummary::Row*> old;
  for (const auto& row : before.rows) old.emplace(Key(row.machine, row.state), &row);
  std::vector<Part> parts;
  for (const auto& row : after.rows) {
    const auto at = old.find(Key(row.machine, row.state));
    if (at == old.end()) {
      if (!row.state.empty()) parts.push_back({row.transitions, fmt::format("new {} {}", row.type, name_of(row))});
      continue;
    }
    const CostSummary::Row& was = *at->second;
    old.erase(at);
    if (!differ(was.transitions, row.transitions)) continue;
    std::string why = differ(was.visits, row.visits)
                          ? fmt::format("{} → {} visits", amount_text(was.visits), amount_text(row.visits))
                          : std::string("other retries");
    parts.push_back({row.transitions - was.transitions, fmt::format("{} ({})", name_of(row), std::move(why))});
  }
  for (const auto& [key, row] : old) {
    if (!row->state.empty()) {
      parts.push_back({-row->transitions, fmt::format("{} {} is gone", row->type, name_of(*row))});
    }
  }
  sort_stable(parts, [](const Part& a, const Part& b) { return std::fabs(a.difference) > std::fabs(b.difference); });
  std::vector<std::string> reasons = terms_changed(before, after);
  for (const Part& part : parts) {
    if (reasons.size() >= kMaxReasons) break;
    if (std::isnan(part.difference) || part.difference == 0) continue;
    reasons.push_back(part.text +
                      (std::isinf(part.difference) ? std::string() : ": " + signed_amount(part.difference)));
  }
  return reasons;
}

/// Pairs what is the same machine on both sides: first by file and name, then by names that stand once.
std::vector<std::pair<std::optional<std::size_t>, std::size_t>> paired(const std::vector<CostSummary>& before,
                                                                       const std::vector<CostSummary>& after) {
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> places;
  std::map<std::string_view, std::vector<std::size_t>> names, new_names;
  for (std::size_t i = 0; i < before.size(); ++i) {
    places.emplace(std::pair(std::string_view(before[i].file), std::string_view(before[i].name)), i);
    names[before[i].name].push_back(i);
  }
  for (std::size_t i = 0; i < after.size(); ++i) new_names[after[i].name].push_back(i);
  std::vector<bool> taken(before.size(), false);
  std::vector<std::pair<std::optional<std::size_t>, std::size_t>> pairs;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const auto at = places.find(std::pair(std::string_view(after[i].file), std::string_view(after[i].name)));
    std::optional<std::size_t> partner;
    if (at != places.end() && !taken[at->second]) {
      partner = at->second;
      taken[at->second] = true;
    }
    pairs.emplace_back(partner, i);
  }
  for (auto& [partner, i] : pairs) {
    if (partner) continue;
    const auto at = names.find(after[i].name);
    if (at == names.end() || at->second.size() != 1 || new_names[after[i].name].size() != 1) continue;
    if (taken[at->second.front()]) continue;
    partner = at->second.front();
    taken[*partner] = true;
  }
  return pairs;
}

bool is_unbounded(const std::optional<CostSummary>& side) {
  return side && side->per_month == kUnbounded;
}

CostChange::Kind kind_of(const CostSummary& was, const CostSummary& is) {
  using Kind = CostChange::Kind;
  if (!was.reason.empty() || !is.reason.empty()) {
    if (was.reason.empty()) return Kind::Broken;
    return is.reason.empty() ? Kind::Mended : Kind::Same;
  }
  const bool same = !differ(was.expected, is.expected) && !differ(was.least, is.least) && !differ(was.most, is.most) &&
                    was.per_month.has_value() == is.per_month.has_value() &&
                    !differ(was.per_month.value_or(0), is.per_month.value_or(0));
  return same ? Kind::Same : Kind::Changed;
}

}  // namespace

std::optional<Usd> CostChange::difference() const {
  const auto of = [](const std::optional<CostSummary>& side) -> std::optional<Usd> {
    return side ? side->per_month : std::optional<Usd>(0);
  };
  const auto was = of(before), is = of(after);
  if (!was || !is) return std::nullopt;
  return *was == *is ? 0 : *is - *was;
}

bool CostChange::is_unbounded() const {
  return analysis::is_unbounded(before) || analysis::is_unbounded(after);
}

bool CostChange::is_open() const {
  if (kind == Kind::Same || kind == Kind::Removed) return false;
  return !difference() || analysis::is_unbounded(after);
}

bool CostComparison::changed() const {
  return std::any_of(machines.begin(), machines.end(),
                     [](const CostChange& change) { return change.kind != CostChange::Kind::Same; });
}

std::optional<double> CostComparison::increase() const {
  if (before <= 0) return std::nullopt;
  return before == after ? 0 : (after - before) / before;
}

CostComparison compare_costs(std::vector<CostSummary> before, std::vector<CostSummary> after) {
  CostComparison comparison;
  std::vector<bool> kept(before.size(), false);
  for (const auto& [partner, i] : paired(before, after)) {
    CostChange change;
    change.after = after[i];
    if (partner) {
      kept[*partner] = true;
      change.before = std::move(before[*partner]);
      const CostSummary &was = *change.before, &is = *change.after;
      change.kind = kind_of(was, is);
      if (change.kind == CostChange::Kind::Changed) change.reasons = reasons_of(was, is);
      if (change.kind == CostChange::Kind::Broken) change.reasons = {is.reason};
    } else {
      change.kind = CostChange::Kind::Added;
    }
    comparison.machines.push_back(std::move(change));
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (kept[i]) continue;
    CostChange change;
    change.kind = CostChange::Kind::Removed;
    change.before = std::move(before[i]);
    comparison.machines.push_back(std::move(change));
  }
  sort_stable(comparison.machines, [](const CostChange& a, const CostChange& b) {
    return std::tie(a.any().file, a.any().name) < std::tie(b.any().file, b.any().name);
  });
  for (const CostChange& change : comparison.machines) {
    const auto difference = change.difference();
    // What has no end tells nothing of the others.
    if (!difference || change.is_unbounded()) continue;
    if (change.before) comparison.before += *change.before->per_month;
    if (change.after) comparison.after += *change.after->per_month;
  }
  return comparison;
}

}  // namespace stepglass::analysis
