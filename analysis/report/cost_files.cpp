// Files that other programs, and later runs, read: CSV, Infracost's usage, assumptions to fill in.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "analysis/cost/chain.h"
#include "analysis/cost/express_memory.h"
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

/// The assumptions of the states of one machine of an estimate, `indent` spaces in. Of states of the same name the
/// first one stands for all.
std::string state_assumptions(const Estimate& estimate, std::string_view machine, std::size_t indent) {
  const std::string space(indent, ' ');
  std::string out;
  bool any = false;
  std::set<std::string_view> known;
  for (const LedgerRow& row : estimate.ledger) {
    if (row.machine != machine || row.state.empty() || !known.insert(row.state).second) continue;
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

/// What is assumed of all machines: given, or as it is taken for default.
std::string general_assumptions(const Assumptions& assumptions) {
  std::string out;
  const auto number = [&](std::string_view name, const std::optional<Assumed<double>>& given,
                          std::string_view standard) {
    if (given) {
      out += fmt::format("{}: {}\n", name, number_text(given->value));
    } else if (!standard.empty()) {
      out += fmt::format("#{}: {}\n", name, standard);
    }
  };
  const std::string region = assumptions.region ? yaml_key(assumptions.region->value) : std::string();
  out += region.empty() ? "#region: us-east-1\n" : fmt::format("region: {}\n", region);
  if (assumptions.free_tier) out += fmt::format("free_tier: {}\n", assumptions.free_tier->value);
  number("payload_bytes", assumptions.payload_bytes, number_text(kDefaultPayloadBytes));
  number("memory_mb", assumptions.memory_mb, "");
  number("usd_per_thousand_transitions", assumptions.usd_per_thousand_transitions, "");
  number("usd_per_million_requests", assumptions.usd_per_million_requests, "");
  number("usd_per_gb_hour", assumptions.usd_per_gb_hour, "");
  return out;
}

std::string executions_line(const Estimate& estimate, std::size_t indent) {
  const bool given = estimate.executions_per_month.origin != Origin::Default;
  return fmt::format("{}{}executions_per_month: {}\n", given ? "" : "#", std::string(indent, ' '),
                     number_text(estimate.executions_per_month.value));
}

}  // namespace

std::string cost_csv(const CostReport& report) {
  std::string out =
      "file,machine,type,region,executions_per_month,started_machine,state,state_type,depth,visits,transitions,"
      "usd_per_month,from\r\n";
  for (const CostedMachine& machine : report) {
    if (!machine.estimate) {
      out += fmt::format("{},{},,,,,,,,,,,{}\r\n", csv(machine.file), csv(machine.name), csv(machine.reason));
      continue;
    }
    const Estimate& e = *machine.estimate;
    for (const LedgerRow& row : e.ledger) {
      std::string from;
      for (const Basis& basis : row.basis) {
        from += fmt::format("{}{} ({})", from.empty() ? "" : "; ", basis.text, origin_name(basis.origin));
      }
      out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", csv(machine.file), csv(machine.name),
                         machine_type_name(e.type), csv(e.prices.region), plain(e.executions_per_month.value),
                         csv(row.machine), csv(row.state), row.type, row.depth, plain(row.visits),
                         plain(row.transitions), plain(row.per_month), csv(from));
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

std::string assumptions_file(const CostReport& report, const Assumptions& assumptions) {
  std::string out =
      "# What the cost of these state machines depends on. Lines behind # are what could be said: what is expected "
      "while\n"
      "# nobody says anything, or an example. Take the # away, put in what you know, and hand the file to stepglass "
      "cost\n"
      "# --assumptions. Who says how many items or rounds there are says also that there are no more.\n" +
      general_assumptions(assumptions);
  // A machine and those that it starts, each with the estimate that it stands in.
  std::vector<std::pair<std::string_view, const Estimate*>> machines;
  std::set<std::string_view> known;
  for (const CostedMachine& machine : report) {
    if (machine.estimate && known.insert(machine.name).second) machines.emplace_back("", &*machine.estimate);
  }
  for (const CostedMachine& machine : report) {
    if (!machine.estimate) continue;
    for (const LedgerRow& row : machine.estimate->ledger) {
      if (!row.machine.empty() && known.insert(row.machine).second)
        machines.emplace_back(row.machine, &*machine.estimate);
    }
  }
  if (machines.size() == 1) {
    const Estimate& e = *machines.front().second;
    return out + executions_line(e, 0) + state_assumptions(e, "", 0);
  }
  bool any = false;
  std::string sections;
  for (const auto& [started, estimate] : machines) {
    std::string lines = started.empty() ? executions_line(*estimate, 4) : std::string();
    lines += state_assumptions(*estimate, started, 4);
    if (lines.empty()) continue;
    const bool made = lines.find("\n ") != std::string::npos || lines.starts_with(' ');
    any = any || made;
    sections +=
        fmt::format("{}  {}:\n{}", made ? "" : "#", yaml_key(started.empty() ? estimate->machine : started), lines);
  }
  return out + fmt::format("{}machines:\n", any ? "" : "#") + sections;
}

}  // namespace stepglass::analysis
