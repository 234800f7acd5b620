// For a pull request: what machines cost, what changed.

#include <fmt/format.h>

#include <cmath>

#include "analysis/report/cost_numbers.h"
#include "analysis/report/cost_report.h"
#include "analysis/report/markdown.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

// By it a later run finds the comment that it replaces.
constexpr std::string_view kMarker = "<!-- stepglass-cost -->\n";

std::string money(const std::optional<Usd>& amount) {
  return amount ? usd_text(*amount) : std::string("?");
}

std::string place_of(const CostedMachine& machine) {
  return machine.file.empty() ? std::string() : fmt::format("{}:{}", markdown_cell(machine.file), machine.line);
}

std::string table(const CostReport& report) {
  std::string out =
      "| Machine | Type | Transitions | At most | A month | Range | File |\n|---|---|---:|---:|---:|---|---|\n";
  for (const CostedMachine& machine : report) {
    const std::string name = markdown_cell(machine.name);
    if (!machine.estimate) {
      out += fmt::format("| {} |  |  |  |  | {} | {} |\n", name, markdown_cell(machine.reason), place_of(machine));
      continue;
    }
    const Estimate& e = *machine.estimate;
    out += fmt::format("| {} | {} | {} | {} | **{}** | {} – {} | {} |\n", name, machine_type_name(e.type),
                       count_text(e.transitions.expected), count_text(e.transitions.most), money(e.per_month.expected),
                       money(e.per_month.least), money(e.per_month.most), place_of(machine));
  }
  return out;
}

/// What is assumed, and the ledger, of one machine.
std::string ledger(const CostedMachine& machine) {
  const Estimate& e = *machine.estimate;
  std::string out =
      fmt::format("**{}**, assuming {} executions a month ({}), prices of {} for {}.\n\n", markdown_cell(machine.name),
                  count_text(e.executions_per_month.value), origin_name(e.executions_per_month.origin), prices_date(),
                  markdown_cell(e.prices.region));
  out += "| State | Visits | Transitions | A month | From |\n|---|---:|---:|---:|---|\n";
  for (const LedgerRow& row : e.ledger) {
    std::string from;
    for (const Basis& basis : row.basis) {
      if (!from.empty()) from += "; ";
      from += markdown_cell(basis.text);
      if (basis.origin == Origin::Derived) continue;
      from += fmt::format(" ({}{}{})", origin_name(basis.origin), basis.place.empty() ? "" : " ",
                          markdown_cell(basis.place));
    }
    std::string indent;
    for (std::size_t i = 0; i < row.depth; ++i) indent += "&nbsp;&nbsp;";
    const std::string name =
        !row.state.empty() ? markdown_cell(row.state) : markdown_cell(row.machine) + " (executions)";
    out +=
        fmt::format("| {}{} | {} | {} | {} | {} |\n", indent, name, count_text(row.visits), count_text(row.transitions),
                    is_unbilled(row) ? "" : money(row.per_month), from.empty() ? "derived" : from);
  }
  for (const std::string& note : e.notes) out += fmt::format("\n{}\n", markdown_cell(note));
  return out;
}

std::string folded(const CostReport& report) {
  std::size_t defaults = 0;
  for (const CostedMachine& machine : report) {
    if (!machine.estimate) continue;
    defaults += machine.estimate->executions_per_month.origin == Origin::Default;
    for (const LedgerRow& row : machine.estimate->ledger) {
      for (const Basis& basis : row.basis) defaults += basis.origin == Origin::Default;
    }
  }
  std::string out =
      fmt::format("\n<details><summary>Assumptions ({} used) and ledger</summary>\n\n", counted(defaults, "default"));
  for (const CostedMachine& machine : report) {
    if (machine.estimate) out += ledger(machine) + '\n';
  }
  return out + "</details>\n";
}

std::string arrow(const std::string& before, const std::string& after) {
  return before == after ? after : fmt::format("{} → {}", before, after);
}

}  // namespace

std::string cost_markdown(const CostReport& report) {
  std::string out(kMarker);
  Usd sum = 0;
  for (const CostedMachine& machine : report) {
    if (machine.estimate) sum += machine.estimate->per_month.expected.value_or(0);
  }
  out += fmt::format("### Step Functions cost: {} a month\n\n", usd_text(sum));
  return out + table(report) + folded(report);
}

std::string comparison_markdown(const CostComparison& comparison, const CostReport& after,
                                const std::vector<std::string>& limits) {
  std::string out(kMarker);
  const auto told_limits = [&] {
    std::string told;
    for (const std::string& limit : limits) told += fmt::format("\n> ⚠ {}\n", markdown_cell(limit));
    return told;
  };
  if (!comparison.changed()) return out + "### Step Functions cost: unchanged\n" + told_limits();
  const Usd difference = comparison.before == comparison.after ? 0 : comparison.after - comparison.before;
  std::string share;
  if (const auto increase = comparison.increase(); increase && std::isfinite(*increase)) {
    share = fmt::format(" ({:+.1f} %)", *increase * 100);
  }
  out += fmt::format("### Step Functions cost: **{} a month{}**, {} → {}\n\n", usd_change_text(difference), share,
                     usd_text(comparison.before), usd_text(comparison.after));
  out += "| Machine | Transitions | A month | Range | Why |\n|---|---|---|---|---|\n";
  for (const CostChange& change : comparison.machines) {
    if (change.kind == CostChange::Kind::Same) continue;
    const CostSummary& any = change.any();
    std::string why;
    for (const std::string& reason : change.reasons) why += (why.empty() ? "" : "; ") + markdown_cell(reason);
    std::string transitions = count_text(any.expected), month = fmt::format("**{}**", money(any.per_month));
    if (change.kind == CostChange::Kind::Added) why = "new machine";
    if (change.kind == CostChange::Kind::Mended) why = "it could not be estimated before";
    if (!any.reason.empty()) {
      out += fmt::format("| {} |  |  |  | {}: {} |\n", markdown_cell(any.name),
                         change.kind == CostChange::Kind::Broken ? "no estimate any more" : "no estimate",
                         markdown_cell(any.reason));
      continue;
    }
    if (change.kind == CostChange::Kind::Removed) {
      why = "machine is gone";
      month = fmt::format("{} → **$0.00**", money(any.per_month));
    }
    if (change.kind == CostChange::Kind::Changed) {
      transitions = arrow(count_text(change.before->expected), transitions);
      month = arrow(money(change.before->per_month), month);
    }
    const std::string range =
        change.after ? fmt::format("{} – {}", money(any.least_per_month), money(any.most_per_month)) : std::string();
    out += fmt::format("| {} | {} | {} | {} | {} |\n", markdown_cell(any.name), transitions, month, range, why);
  }
  return out + told_limits() + folded(after);
}

}  // namespace stepglass::analysis
