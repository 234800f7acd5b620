// The JSON of a report, and what a later run reads of it to compare.

#include <fmt/format.h>

#include <cmath>

#include "analysis/cost/chain.h"
#include "analysis/report/cost_report.h"
#include "engine/value/json_list.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// A JSON object, member by member.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  std::string& key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += fmt::format("\"{}\":", name);
    return out_;
  }
  void text(std::string_view name, std::string_view value) { append_json_string(key(name), value); }
  void flag(std::string_view name, bool value) { key(name) += value ? "true" : "false"; }
  void count(std::string_view name, std::uint64_t value) { key(name) += fmt::format("{}", value); }
  void number(std::string_view name, double value) {
    key(name) += value == kUnbounded || value == -kUnbounded ? "\"unbounded\"" : fmt::format("{}", value);
  }
  void number(std::string_view name, const std::optional<double>& value) {
    if (value) {
      number(name, *value);
    } else {
      key(name) += "null";
    }
  }
  void end() { out_ += '}'; }

 private:
  std::string& out_;
  bool first_ = true;
};

void append_texts(std::string& out, const std::vector<std::string>& texts) {
  append_json_list(out, texts, [&](const std::string& text) { append_json_string(out, text); });
}

template <typename Number>
void append_bounds(std::string& out, const Number& least, const Number& expected, const Number& most) {
  Object bounds(out);
  bounds.number("min", least);
  bounds.number("expected", expected);
  bounds.number("max", most);
  bounds.end();
}

void append_bounds(std::string& out, const Bounds& b) {
  append_bounds<std::optional<double>>(out, b.least, b.expected, b.most);
}

template <typename T>
void append_origin(Object& object, const T& assumed) {
  object.text("origin", origin_name(assumed.origin));
  if (!assumed.place.empty()) object.text("place", assumed.place);
}

void append_row(std::string& out, const LedgerRow& row) {
  Object object(out);
  if (!row.machine.empty()) object.text("machine", row.machine);
  object.text("state", row.state);
  object.text("type", row.type);
  object.count("depth", row.depth);
  object.number("visits", row.visits);
  object.number("transitions", row.transitions);
  if (row.express) object.flag("express", true);
  object.number("usd_per_month", row.per_month);
  append_json_list(object.key("from"), row.basis, [&](const Basis& basis) {
    Object from(out);
    from.text("text", basis.text);
    append_origin(from, basis);
    if (!basis.field.empty()) from.text("assumption", basis.field);
    from.end();
  });
  object.end();
}

void append_path(std::string& out, const CostPath& path) {
  Object object(out);
  const bool likely = path.kind == CostPath::Kind::Likeliest;
  object.text("kind", likely ? "likeliest" : path.kind == CostPath::Kind::Cheapest ? "cheapest" : "dearest");
  object.text("path", path.text);
  object.number("transitions", path.transitions);
  if (likely) {
    object.number("probability", path.probability);
    object.number("seconds", path.seconds);
  }
  object.end();
}

void append_distribution(std::string& out, const Distribution& d) {
  Object object(out);
  object.number("mean", d.mean);
  object.number("standard_error", d.standard_error);
  object.number("min", d.least);
  object.number("p50", d.p50);
  object.number("p95", d.p95);
  object.number("p99", d.p99);
  object.number("max", d.most);
  object.end();
}

void append_prices(std::string& out, const Estimate& e) {
  Object prices(out);
  prices.text("date", prices_date());
  prices.number("usd_per_thousand_transitions", e.prices.per_thousand_transitions);
  prices.text("standard_source", e.prices.standard_source);
  prices.number("usd_per_million_requests", e.prices.per_million_requests);
  append_json_list(prices.key("gb_hour_tiers"), e.prices.gb_hours, [&](const GbHourTier& tier) {
    Object row(out);
    row.number("up_to_gb_hours", &tier == &e.prices.gb_hours.back() ? std::nullopt : std::optional(tier.gb_hours));
    row.number("usd", tier.usd);
    row.end();
  });
  prices.text("express_source", e.prices.express_source);
  prices.end();
}

void append_express(std::string& out, const Estimate& e) {
  const ExpressCost& x = e.express;
  Object express(out);
  express.flag("possible", x.obstacles.empty());
  if (!x.obstacles.empty()) append_texts(express.key("obstacles"), x.obstacles);
  express.number("usd_per_month", x.per_month);
  express.number("seconds", x.seconds);
  if (x.is_least) express.flag("is_least", true);
  express.number("memory_mb", x.memory_mb);
  express.number("gb_seconds_per_month", x.gb_seconds);
  if (x.break_even_seconds) express.number("break_even_seconds", x.break_even_seconds);
  express.end();
}

}  // namespace

void append_costed(std::string& out, const CostedMachine& machine) {
  Object object(out);
  if (!machine.file.empty()) {
    object.text("file", machine.file);
    object.count("line", machine.line);
  }
  object.text("name", machine.name);
  if (!machine.estimate) {
    object.text("reason", machine.reason);
    object.end();
    return;
  }
  const Estimate& e = *machine.estimate;
  object.text("type", machine_type_name(e.type));
  object.text("region", e.prices.region);
  append_prices(object.key("prices"), e);
  {
    Object executions(object.key("executions_per_month"));
    executions.number("value", e.executions_per_month.value);
    append_origin(executions, e.executions_per_month);
    executions.end();
  }
  object.flag("free_tier", e.free_tier);
  append_bounds(object.key("transitions"), e.transitions);
  append_bounds(object.key("started_transitions"), e.started_transitions);
  append_bounds(object.key("seconds"), e.seconds);
  append_bounds(object.key("express_executions"), e.child_requests);
  append_bounds(object.key("usd_per_month"), e.per_month.least, e.per_month.expected, e.per_month.most);
  object.number("fails", e.fails);
  if (e.stopped > 0) object.number("transitions_stopped_at_most", e.stopped);
  append_json_list(object.key("ledger"), e.ledger, [&](const LedgerRow& row) { append_row(out, row); });
  append_json_list(object.key("paths"), e.paths, [&](const CostPath& path) { append_path(out, path); });
  append_json_list(object.key("levers"), e.levers, [&](const Lever& lever) {
    Object row(out);
    if (!lever.machine.empty()) row.text("machine", lever.machine);
    row.text("state", lever.state);
    row.text("assumption", lever.field);
    row.text("change", lever.change);
    row.number("usd_per_month", lever.per_month);
    row.number("transitions", lever.transitions);
    row.end();
  });
  append_express(object.key("express"), e);
  if (e.as_standard_per_month) object.number("as_standard_usd_per_month", e.as_standard_per_month);
  if (machine.simulated) {
    const SimulatedCost& s = *machine.simulated;
    Object simulated(object.key("simulation"));
    simulated.count("executions", s.executions);
    simulated.count("seed", s.seed);
    simulated.count("failed", s.failed);
    append_distribution(simulated.key("transitions"), s.transitions);
    append_distribution(simulated.key("started_transitions"), s.started_transitions);
    append_distribution(simulated.key("seconds"), s.seconds);
    append_distribution(simulated.key("express_executions"), s.child_requests);
    simulated.end();
  }
  if (!machine.not_simulated.empty()) object.text("not_simulated", machine.not_simulated);
  append_texts(object.key("not_included"), e.not_included);
  append_texts(object.key("notes"), e.notes);
  object.end();
}

std::string cost_json(const CostReport& report) {
  std::string out = "{\"version\":1,\"machines\":[";
  for (const CostedMachine& machine : report) {
    out += &machine == report.data() ? "\n" : ",\n";
    append_costed(out, machine);
  }
  return out + "]}\n";
}

std::vector<CostSummary> summaries(const CostReport& report) {
  std::vector<CostSummary> all;
  for (const CostedMachine& machine : report) {
    CostSummary summary;
    summary.file = machine.file;
    summary.name = machine.name;
    summary.reason = machine.reason;
    if (machine.estimate) {
      const Estimate& e = *machine.estimate;
      summary.type = machine_type_name(e.type);
      summary.region = e.prices.region;
      summary.usd_per_thousand_transitions = e.prices.per_thousand_transitions;
      summary.usd_per_million_requests = e.prices.per_million_requests;
      summary.least = e.transitions.least.value_or(0);
      summary.expected = e.transitions.expected;
      summary.most = e.transitions.most;
      summary.least_per_month = e.per_month.least;
      summary.per_month = e.per_month.expected;
      summary.most_per_month = e.per_month.most;
      summary.executions_per_month = e.executions_per_month.value;
      for (const LedgerRow& row : e.ledger) {
        summary.rows.push_back(
            {row.machine, row.state, std::string(row.type), row.visits, row.transitions, row.per_month});
      }
    }
    all.push_back(std::move(summary));
  }
  return all;
}

namespace {

std::optional<double> number_at(Node object, std::string_view key) {
  const auto member = object.find(key);
  if (!member) return std::nullopt;
  if (member->is_number()) return member->number().as_double();
  if (member->is_string() && member->text() == "unbounded") return kUnbounded;
  return std::nullopt;
}

std::string text_at(Node object, std::string_view key) {
  const auto member = object.find(key);
  return member && member->is_string() ? std::string(member->text()) : std::string();
}

std::optional<CostSummary> read_summary(Node machine) {
  CostSummary summary;
  summary.file = text_at(machine, "file");
  summary.name = text_at(machine, "name");
  summary.reason = text_at(machine, "reason");
  if (!summary.reason.empty()) return summary;
  const auto transitions = machine.find("transitions"), month = machine.find("usd_per_month");
  const auto ledger = machine.find("ledger"), executions = machine.find("executions_per_month");
  if (!transitions || !transitions->is_object() || !month || !month->is_object() || !ledger || !ledger->is_array()) {
    return std::nullopt;
  }
  summary.type = text_at(machine, "type");
  summary.region = text_at(machine, "region");
  if (const auto prices = machine.find("prices"); prices && prices->is_object()) {
    summary.usd_per_thousand_transitions = number_at(*prices, "usd_per_thousand_transitions");
    summary.usd_per_million_requests = number_at(*prices, "usd_per_million_requests");
  }
  summary.least = number_at(*transitions, "min").value_or(0);
  summary.expected = number_at(*transitions, "expected").value_or(0);
  summary.most = number_at(*transitions, "max").value_or(kUnbounded);
  summary.least_per_month = number_at(*month, "min");
  summary.per_month = number_at(*month, "expected");
  summary.most_per_month = number_at(*month, "max");
  if (executions && executions->is_object()) summary.executions_per_month = number_at(*executions, "value").value_or(0);
  for (auto row = ledger->first_child(); row; row = row->next_sibling()) {
    if (!row->is_object()) return std::nullopt;
    summary.rows.push_back({text_at(*row, "machine"), text_at(*row, "state"), text_at(*row, "type"),
                            number_at(*row, "visits").value_or(0), number_at(*row, "transitions").value_or(0),
                            number_at(*row, "usd_per_month")});
  }
  return summary;
}

}  // namespace

std::optional<std::vector<CostSummary>> read_summaries(const Document& document) {
  const auto root = document.root();
  if (!root || !root->is_object() || has_errors(document.diagnostics())) return std::nullopt;
  const auto version = root->find("version"), machines = root->find("machines");
  if (!version || !version->is_number() || !machines || !machines->is_array()) return std::nullopt;
  std::vector<CostSummary> all;
  for (auto machine = machines->first_child(); machine; machine = machine->next_sibling()) {
    if (!machine->is_object()) return std::nullopt;
    auto summary = read_summary(*machine);
    if (!summary) return std::nullopt;
    all.push_back(*std::move(summary));
  }
  return all;
}

void append_cost_change(std::string& out, const CostChange& change) {
  constexpr std::string_view kKinds[] = {"added", "removed", "changed", "broken", "mended", "same"};
  Object object(out);
  object.text("file", change.any().file);
  object.text("name", change.any().name);
  object.text("change", kKinds[static_cast<std::size_t>(change.kind)]);
  const auto side = [&](std::string_view name, const std::optional<CostSummary>& summary) {
    if (!summary || !summary->reason.empty()) return;
    Object of(object.key(name));
    append_bounds(of.key("transitions"), summary->least, summary->expected, summary->most);
    append_bounds(of.key("usd_per_month"), summary->least_per_month, summary->per_month, summary->most_per_month);
    of.end();
  };
  side("before", change.before);
  side("after", change.after);
  append_texts(object.key("reasons"), change.reasons);
  object.end();
}

std::string comparison_json(const CostComparison& comparison) {
  std::string out = "{\"version\":1,";
  out += fmt::format("\"changed\":{},\"usd_per_month\":{{", comparison.changed());
  out += "\"before\":";
  const auto plain = [](double number) { return std::isfinite(number) ? fmt::format("{}", number) : "\"unbounded\""; };
  out += plain(comparison.before) + ",\"after\":" + plain(comparison.after) + "},\"machines\":[";
  for (const CostChange& change : comparison.machines) {
    out += &change == comparison.machines.data() ? "\n" : ",\n";
    append_cost_change(out, change);
  }
  return out + "]}\n";
}

}  // namespace stepglass::analysis
