// Files that other programs, and later runs, read: CSV, Infracost's usage, assumptions to fill in.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/cost/chain.h"
#include "analysis/report/cost_report.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// A field of CSV. What a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises.
std::string csv(std::string_view text) {
  std::string field;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) field += '\'';
  field += display(text);
  if (field.find_first_of(",\"\n;") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string plain(const std::optional<double>& number) {
  if (!number) return "";
  return *number == kUnbounded ? "unbounded" : fmt::format("{}", *number);
}

/// A key of YAML.
std::string yaml_key(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto is_plain = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; };
  constexpr std::string_view kWords[] = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
  std::string lower(name);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (!name.empty() && is_letter(name.front()) && std::all_of(name.begin(), name.end(), is_plain) &&
      std::find(std::begin(kWords), std::end(kWords), lower) == std::end(kWords)) {
    return std::string(name);
  }
  std::string key;
  append_json_string(key, name);
  return key;
}

/// Whole, and within what Infracost counts with.
std::string whole(double number) {
  return fmt::format("{:.0f}", std::ceil(std::min(number, 9e18)));
}

/// The assumptions of one machine, `indent` spaces in.
std::string state_assumptions(const Estimate& estimate, std::size_t indent) {
  const std::string space(indent, ' ');
  std::string out;
  bool any = false;
  for (const LedgerRow& row : estimate.ledger) {
    std::string made, open;
    for (const Basis& basis : row.basis) {
      if (basis.field.empty()) continue;
      if (basis.origin == Origin::Default) {
        open += fmt::format("#{}    {}: {}  # {}\n", space, basis.field, basis.value, display(basis.text));
      } else {
        made += fmt::format("{}    {}: {}\n", space, basis.field, basis.value);
      }
    }
    if (made.empty() && open.empty()) continue;
    any = any || !made.empty();
    out += fmt::format("{}{}  {}:\n{}{}", made.empty() ? "#" : "", space, yaml_key(row.state), made, open);
  }
  if (out.empty()) return out;
  return fmt::format("{}{}states:\n", any ? "" : "#", space) + out;
}

std::string executions_line(const Estimate& estimate, std::size_t indent) {
  const bool given = estimate.executions_per_month.origin != Origin::Default;
  return fmt::format("{}{}executions_per_month: {}\n", given ? "" : "#", std::string(indent, ' '),
                     fmt::format("{:.12g}", estimate.executions_per_month.value));
}

}  // namespace

std::string cost_csv(const CostReport& report) {
  std::string out =
      "file,machine,type,region,executions_per_month,state,state_type,depth,visits,transitions,usd_per_month,from\r\n";
  for (const CostedMachine& machine : report) {
    if (!machine.estimate) {
      out += fmt::format("{},{},,,,,,,,,,{}\r\n", csv(machine.file), csv(machine.name), csv(machine.reason));
      continue;
    }
    const Estimate& e = *machine.estimate;
    for (const LedgerRow& row : e.ledger) {
      std::string from;
      for (const Basis& basis : row.basis) {
        from += fmt::format("{}{} ({})", from.empty() ? "" : "; ", basis.text, origin_name(basis.origin));
      }
      out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\r\n", csv(machine.file), csv(machine.name),
                         e.type == MachineType::Express ? "EXPRESS" : "STANDARD", csv(e.prices.region),
                         plain(e.executions_per_month.value), csv(row.state), row.type, row.depth, plain(row.visits),
                         plain(row.transitions), row.express ? "" : plain(row.per_month), csv(from));
    }
  }
  return out;
}

std::string infracost_usage(const CostReport& report) {
  std::string out = "version: 0.1\nresource_usage:\n";
  for (const CostedMachine& machine : report) {
    if (!machine.estimate) continue;
    const Estimate& e = *machine.estimate;
    std::string address = "aws_sfn_state_machine." + machine.name;
    out += fmt::format("  {}:\n",
                       address.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") ==
                               std::string::npos
                           ? address
                           : yaml_key(address));
    const double executions = e.executions_per_month.value;
    if (e.type == MachineType::Express) {
      out += fmt::format("    monthly_requests: {}\n    workflow_duration_ms: {}\n    memory_mb: {}\n",
                         whole(executions), whole(e.express.seconds * 1000), whole(e.express.memory_mb));
    } else {
      out += fmt::format("    monthly_transitions: {}\n", whole(e.transitions.expected * executions));
    }
  }
  return out;
}

std::string assumptions_file(const CostReport& report) {
  std::string out =
      "# What the cost of these state machines depends on. Lines behind # are what is taken when nothing is said:\n"
      "# take the # away, put in what you know, and hand the file to stepglass cost --assumptions.\n"
      "#region: us-east-1\n"
      "#payload_bytes: 4096\n";
  const auto estimated = [](const CostedMachine& machine) { return machine.estimate.has_value(); };
  if (std::count_if(report.begin(), report.end(), estimated) == 1) {
    const Estimate& e = *std::find_if(report.begin(), report.end(), estimated)->estimate;
    return out + executions_line(e, 0) + state_assumptions(e, 0);
  }
  bool any = false;
  std::string machines;
  for (const CostedMachine& machine : report) {
    if (!machine.estimate) continue;
    const std::string lines = executions_line(*machine.estimate, 4) + state_assumptions(*machine.estimate, 4);
    const bool made = lines.find("\n ") != std::string::npos || lines.starts_with(' ');
    any = any || made;
    machines += fmt::format("{}  {}:\n{}", made ? "" : "#", yaml_key(machine.name), lines);
  }
  return out + fmt::format("{}machines:\n", any ? "" : "#") + machines;
}

}  // namespace stepglass::analysis
