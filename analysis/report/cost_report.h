#pragma once
// What machines cost, as text for a terminal, JSON, Markdown for a pull request, CSV for a spreadsheet, and a usage
// file for Infracost.

#include <optional>
#include <string>
#include <vector>

#include "analysis/cost/compare.h"
#include "analysis/cost/estimate.h"
#include "analysis/cost/simulate.h"
#include "analysis/report/columns.h"
#include "engine/document/document.h"

namespace stepglass::analysis {

/// A machine of a file, with its estimate or the reason why there is none.
struct CostedMachine {
  /// As the user would write it; may be empty.
  std::string file;
  /// Of what says that there is a machine: from 1.
  std::size_t line = 1;
  std::string name;
  std::optional<Estimate> estimate;
  std::string reason;
  std::optional<SimulatedCost> simulated;
  /// Why it could not be simulated, when it was asked for.
  std::string not_simulated;
};
using CostReport = std::vector<CostedMachine>;

/// What is compared with another report.
std::vector<CostSummary> summaries(const CostReport& report);

/// The summaries of a report that cost_json() wrote; nothing when `document` is none.
std::optional<std::vector<CostSummary>> read_summaries(const Document& document);

/// One machine with its ledger; several with a table, and with a ledger each when `ledgers`.
std::string cost_text(const CostReport& report, const Style& style, bool ledgers);
/// {"version": 1, "machines": […]}, one machine a line.
std::string cost_json(const CostReport& report);
/// The JSON of one machine: what op "cost" answers.
void append_costed(std::string& out, const CostedMachine& machine);
/// A row for each state of each machine.
std::string cost_csv(const CostReport& report);
std::string cost_markdown(const CostReport& report);
/// The months of aws_sfn_state_machine resources: https://www.infracost.io/docs/features/usage_based_resources.
std::string infracost_usage(const CostReport& report);

/// What changed, and why.
std::string comparison_text(const CostComparison& comparison, const Style& style);
/// A comment for a pull request; begins with a marker by which it is found again. `limits`: gates that are exceeded.
std::string comparison_markdown(const CostComparison& comparison, const CostReport& after,
                                const std::vector<std::string>& limits);
std::string comparison_json(const CostComparison& comparison);
/// One of its machines.
void append_cost_change(std::string& out, const CostChange& change);

/// The assumptions that could be made of the machines, in a file ready to be filled in: those made are there, those
/// taken for default are there as comments. `assumptions`: those that hold for all machines. A machine whose name stands
/// before is left out.
std::string assumptions_file(const CostReport& report, const Assumptions& assumptions);

}  // namespace stepglass::analysis
