#pragma once
// What a definition does not say and its cost depends on: how often, how many, how long, how likely. Every value knows
// from where it is.
//
// The file is YAML or JSON:
//
//   region: eu-west-1
//   executions_per_month: 1000000
//   payload_bytes: 2000
//   states:
//     Charge: {failure_rate: 8 %, duration_seconds: 0.4}
//     IsPaid: {choices: [0.9, 0.1], max_rounds: 20}
//     IsLastPage: {rounds: 12}
//     Reserve: {items: 4, max_items: 40}
//   machines:
//     order: {executions_per_month: 1000, states: {…}}

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/cost/attempts.h"
#include "analysis/cost/prices.h"
#include "engine/document/document.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

/// From where a value is.
enum class Origin : std::uint8_t { Derived, Default, File, CommandLine, Observed };
/// "derived", "default", "file", "command line", "observed"
std::string_view origin_name(Origin origin);

template <typename T>
struct Assumed {
  T value{};
  Origin origin = Origin::Default;
  /// "cost.yaml:7", "in 12 visits"; may be empty.
  std::string place = {};
};

/// Numbers beyond are taken for this one, with a note.
inline constexpr double kLargestAmount = 1e15;

struct StateAssumptions {
  /// Choice: the probability of each rule, in their order, then of Default. One short: the rest is Default's.
  std::optional<Assumed<std::vector<double>>> choices;
  /// Choice: how often the loop that it is in goes round, each time it is entered: exactly so often unless the loop is
  /// left elsewhere, or at most.
  std::optional<Assumed<double>> rounds, max_rounds;
  /// Of every attempt. The error is the likeliest one: attempts.h.
  std::optional<Assumed<double>> failure_rate;
  /// The same by error name.
  std::optional<Assumed<ErrorShares>> failures;
  /// Map: items of a run.
  std::optional<Assumed<double>> items, max_items;
  /// Of an attempt of a Task, or of a Wait.
  std::optional<Assumed<double>> duration_seconds, max_duration_seconds;
};

struct MachineAssumptions {
  std::optional<Assumed<double>> executions_per_month;
  std::map<std::string, StateAssumptions, std::less<>> states;
};

struct Assumptions {
  std::optional<Assumed<std::string>> region;
  std::optional<Assumed<bool>> free_tier;
  /// Of the data that an execution carries.
  std::optional<Assumed<double>> payload_bytes;
  /// Express: memory of an execution; else it is estimated from the payload.
  std::optional<Assumed<double>> memory_mb;
  /// Where the table has none.
  std::optional<Assumed<double>> usd_per_thousand_transitions, usd_per_million_requests, usd_per_gb_hour;
  /// For all machines, and for those of a name, which count more.
  MachineAssumptions all;
  std::map<std::string, MachineAssumptions, std::less<>> machines;
};

/// What is wrong with assumptions, and where.
struct AssumptionProblem {
  std::string message;
  std::string help;
  Span span;
};

/// Adds what `document` holds to `into`; what is there already is replaced. `file`: for places. Gives what is wrong:
/// unknown names, values that are no number, negative ones, probabilities that do not sum up.
std::vector<AssumptionProblem> read_assumptions(const Document& document, std::string_view file, Assumptions& into);

/// Adds one assumption as it stands on the command line: "Reserve.items=4", "IsPaid.choices=[0.9,0.1]", "region=…";
/// a state's name may hold dots. Gives what is wrong.
std::optional<std::string> add_assumption(std::string_view text, Assumptions& into);

/// "1000000", "1M/month", "500/day", "20/hour", "3/s": executions of a month of 30 days. Fails with what is wrong.
Result<double, std::string> parse_executions(std::string_view text);

/// The assumption of a state of a machine; nothing when there is none.
template <typename T>
const Assumed<T>* find_assumption(const Assumptions& assumptions, std::string_view machine, std::string_view state,
                                  std::optional<Assumed<T>> StateAssumptions::*field) {
  const auto in = [&](const MachineAssumptions& all) -> const Assumed<T>* {
    const auto at = all.states.find(state);
    return at != all.states.end() && (at->second.*field) ? &*(at->second.*field) : nullptr;
  };
  const auto own = assumptions.machines.find(machine);
  if (own != assumptions.machines.end()) {
    if (const auto* found = in(own->second)) return found;
  }
  return in(assumptions.all);
}

}  // namespace stepglass::analysis
