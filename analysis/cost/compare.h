#pragma once
// Two estimates of the same machines: what became dearer, and by which states.

#include <optional>
#include <string>
#include <vector>

#include "analysis/cost/prices.h"

namespace stepglass::analysis {

/// What a comparison looks at; also what a saved report holds.
struct CostSummary {
  std::string file;
  std::string name;
  /// Why there is no estimate; the rest is empty then.
  std::string reason;
  std::string type;  // "STANDARD"
  std::string region;
  /// Nothing where it is not known.
  std::optional<Usd> usd_per_thousand_transitions, usd_per_million_requests;
  /// Of an execution; `most` may be kUnbounded.
  double least = 0, expected = 0, most = 0;
  /// Nothing where a price is not known.
  std::optional<Usd> least_per_month, per_month, most_per_month;
  double executions_per_month = 0;
  struct Row {
    std::string machine;  // as in LedgerRow
    std::string state;
    std::string type;
    double visits = 0;
    double transitions = 0;
    std::optional<Usd> per_month;
  };
  /// The ledger.
  std::vector<Row> rows;
};

struct CostChange {
  /// Broken: there was an estimate, and there is none any more. Mended: the other way round.
  enum class Kind : std::uint8_t { Added, Removed, Changed, Broken, Mended, Same };
  Kind kind = Kind::Same;
  /// One of them is missing where it was added or removed.
  std::optional<CostSummary> before, after;
  /// What does most of it: "new Choice "IsFragile?": +4 transitions".
  std::vector<std::string> reasons;

  const CostSummary& any() const { return after ? *after : *before; }
  /// By how much a month changes; nothing where a price or an estimate is missing.
  std::optional<Usd> difference() const;
  /// A month has no end, before or after.
  bool is_unbounded() const;
  /// It has become something that nobody can say whether it is dearer: without an estimate, a price or an end.
  bool is_open() const;
};

struct CostComparison {
  /// By file and name.
  std::vector<CostChange> machines;
  /// Of all machines that have an estimate, a price and an end on both sides, or stand on one side only.
  Usd before = 0, after = 0;

  bool changed() const;
  /// Of the sum before; nothing when that was nothing.
  std::optional<double> increase() const;
};

/// Machines are the same when file and name are, or when a name stands once on either side, wherever.
CostComparison compare_costs(std::vector<CostSummary> before, std::vector<CostSummary> after);

/// Reasons that are told of one machine.
inline constexpr std::size_t kMaxReasons = 3;

}  // namespace stepglass::analysis
