#include "analysis/cost/assumptions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "engine/support/number.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

// How far probabilities may be from 1 in sum: what rounding to a few digits leaves.
constexpr double kRounding = 1e-6;
constexpr double kSecondsPerMonth = 30.0 * 24 * 3600;

constexpr std::string_view kTopFields[] = {"region",
                                           "executions_per_month",
                                           "free_tier",
                                           "payload_bytes",
                                           "memory_mb",
                                           "usd_per_thousand_transitions",
                                           "usd_per_million_requests",
                                           "usd_per_gb_hour",
                                           "states",
                                           "machines"};
constexpr std::string_view kMachineFields[] = {"executions_per_month", "states"};
constexpr std::string_view kStateFields[] = {"choices",      "rounds",           "max_rounds",
                                             "failure_rate", "failures",         "items",
                                             "max_items",    "duration_seconds", "max_duration_seconds"};

/// A number that fields take, and what it may be.
struct NumberRule {
  const char* what;
  double most;
  bool whole;
};
constexpr NumberRule kProbability{"a probability: 0 to 1, or 0 % to 100 %", 1, false};
constexpr NumberRule kAmount{"a number that is not negative", 0, false};
constexpr NumberRule kWhole{"a whole number that is not negative", 0, true};

/// What a number may stand for: itself or, with a percent sign, its hundredth.
std::optional<double> number_in(std::string_view text) {
  double factor = 1;
  if (text.ends_with('%')) {
    factor = 100;
    text.remove_suffix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
  }
  // As people write it, ".3", too.
  const auto number = text.starts_with('.') ? parse_double("0" + std::string(text)) : parse_double(text);
  if (!number) return std::nullopt;
  return *number / factor;
}

/// Whether every line of YAML is empty or a comment, and some is one.
bool has_comments_alone(std::string_view text) {
  bool any = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    const std::string_view line = text.substr(0, end + 1);
    text.remove_prefix(end + 1);
    const std::size_t first = line.find_first_not_of(" \r\n");
    if (first == std::string_view::npos) continue;
    if (line[first] != '#') return false;
    any = true;
  }
  return any;
}

class Reader {
 public:
  /// `place_of` gives the place of a node, "cost.yaml:7".
  Reader(Origin origin, std::function<std::string(Node)> place_of) : origin_(origin), place_of_(std::move(place_of)) {}

  std::vector<AssumptionProblem> problems;

  void read(Node root, Assumptions& into) {
    if (!expect_object(root, "assumptions")) return;
    for (auto field = root.first_child(); field; field = field->next_sibling()) {
      const std::string_view key = field->key();
      if (key == "region") {
        if (auto text = text_of(*field, "the name of a region, e.g. \"us-east-1\""))
          into.region = assumed(*field, *text);
      } else if (key == "free_tier") {
        if (field->is_boolean()) {
          into.free_tier = assumed(*field, field->boolean());
        } else {
          wrong(*field, "true or false");
        }
      } else if (key == "payload_bytes") {
        read_number(*field, kAmount, into.payload_bytes);
      } else if (key == "memory_mb") {
        read_number(*field, kAmount, into.memory_mb);
      } else if (key == "usd_per_thousand_transitions") {
        read_number(*field, kAmount, into.usd_per_thousand_transitions);
      } else if (key == "usd_per_million_requests") {
        read_number(*field, kAmount, into.usd_per_million_requests);
      } else if (key == "usd_per_gb_hour") {
        read_number(*field, kAmount, into.usd_per_gb_hour);
      } else if (key == "machines") {
        if (!expect_object(*field, "state machines by name")) continue;
        for (auto machine = field->first_child(); machine; machine = machine->next_sibling()) {
          if (!expect_object(*machine, "the assumptions of one state machine")) continue;
          MachineAssumptions& own = into.machines[std::string(machine->key())];
          for (auto inner = machine->first_child(); inner; inner = inner->next_sibling()) {
            if (!read_machine_field(*inner, own)) unknown(*inner, kMachineFields);
          }
        }
      } else if (!read_machine_field(*field, into.all)) {
        unknown(*field, kTopFields);
      }
    }
  }

  void read_state_field(Node field, StateAssumptions& into) {
    const std::string_view key = field.key();
    if (key == "choices") {
      if (auto list = probabilities(field)) into.choices = assumed(field, std::move(*list));
    } else if (key == "rounds") {
      read_number(field, kWhole, into.rounds);
    } else if (key == "max_rounds") {
      read_number(field, kWhole, into.max_rounds);
    } else if (key == "failure_rate") {
      read_number(field, kProbability, into.failure_rate);
    } else if (key == "failures") {
      read_failures(field, into);
    } else if (key == "items") {
      read_number(field, kAmount, into.items);
    } else if (key == "max_items") {
      read_number(field, kWhole, into.max_items);
    } else if (key == "duration_seconds") {
      read_number(field, kAmount, into.duration_seconds);
    } else if (key == "max_duration_seconds") {
      read_number(field, kAmount, into.max_duration_seconds);
    } else {
      unknown(field, kStateFields);
    }
  }

 private:
  template <typename T>
  Assumed<T> assumed(Node at, T value) {
    return {std::move(value), origin_, place_of_(at)};
  }

  void wrong(Node at, std::string_view expected) {
    problems.push_back({fmt::format("\"{}\" must be {}", display_word(at.key()), expected), "", at.span()});
  }

  bool expect_object(Node node, std::string_view what) {
    if (node.is_object()) return true;
    const std::string key = node.key().empty() ? "the file" : fmt::format("\"{}\"", display_word(node.key()));
    problems.push_back({fmt::format("{} must be an object: {}", key, what), "", node.span()});
    return false;
  }

  template <typename Names>
  void unknown(Node at, const Names& names) {
    std::string help;
    if (const auto near = nearest(at.key(), names)) {
      help = fmt::format("did you mean \"{}\"?", *near);
    } else {
      help = fmt::format("there are: {}", fmt::join(names, ", "));
    }
    const Span key = at.key_span();
    problems.push_back({fmt::format("there is no assumption \"{}\" here", display_word(at.key())), std::move(help),
                        key.begin != key.end ? key : at.span()});
  }

  std::optional<std::string> text_of(Node at, std::string_view expected) {
    if (at.is_string() && !at.text().empty()) return std::string(at.text());
    wrong(at, expected);
    return std::nullopt;
  }

  bool read_machine_field(Node field, MachineAssumptions& into) {
    if (field.key() == "executions_per_month") {
      if (field.is_string()) {
        const auto count = parse_executions(field.text());
        if (count) {
          into.executions_per_month = assumed(field, *count);
        } else {
          problems.push_back({count.error(), "", field.span()});
        }
      } else {
        read_number(field, kAmount, into.executions_per_month);
      }
      return true;
    }
    if (field.key() != "states") return false;
    if (!expect_object(field, "the assumptions of states by name")) return true;
    for (auto state = field.first_child(); state; state = state->next_sibling()) {
      if (!expect_object(*state, "the assumptions of one state")) continue;
      StateAssumptions& own = into.states[std::string(state->key())];
      for (auto inner = state->first_child(); inner; inner = inner->next_sibling()) read_state_field(*inner, own);
    }
    return true;
  }

  static std::optional<double> fitting_number(Node at, const NumberRule& rule) {
    std::optional<double> number;
    if (at.is_number()) {
      number = at.number().as_double();
    } else if (at.is_string()) {
      number = number_in(at.text());
    }
    const bool fits = number && std::isfinite(*number) && *number >= 0 && (rule.most == 0 || *number <= rule.most) &&
                      (!rule.whole || *number == std::floor(*number));
    return fits ? number : std::nullopt;
  }

  void read_number(Node at, const NumberRule& rule, std::optional<Assumed<double>>& into) {
    const auto number = fitting_number(at, rule);
    if (!number) return wrong(at, rule.what);
    into = assumed(at, *number);
  }

  std::optional<std::vector<double>> probabilities(Node at) {
    if (!at.is_array()) {
      wrong(at, "a list: the probability of each rule in their order, then of Default");
      return std::nullopt;
    }
    std::vector<double> list;
    double sum = 0;
    for (auto item = at.first_child(); item; item = item->next_sibling()) {
      const auto number = probability_in(*item, at);
      if (!number) return std::nullopt;
      list.push_back(*number);
      sum += *number;
    }
    if (sum > 1 + kRounding) {
      problems.push_back({fmt::format("the probabilities sum up to {:.6g}, more than 1", sum), "", at.span()});
      return std::nullopt;
    }
    return list;
  }

  std::optional<double> probability_in(Node item, Node list) {
    const auto number = fitting_number(item, kProbability);
    if (number) return number;
    problems.push_back(
        {fmt::format("\"{}\" must hold probabilities: 0 to 1, or 0 % to 100 %", display_word(list.key())), "",
         item.span()});
    return std::nullopt;
  }

  void read_failures(Node at, StateAssumptions& into) {
    if (!expect_object(at, "how likely each error is, by its name")) return;
    ErrorShares shares;
    for (auto item = at.first_child(); item; item = item->next_sibling()) {
      const auto number = probability_in(*item, at);
      if (!number) return;
      if (shares.size() >= kMaxErrorNames) {
        problems.push_back({fmt::format("\"failures\" names more than {} errors", kMaxErrorNames),
                            "put the rare ones together", item->span()});
        return;
      }
      add_error(shares, std::string(item->key()), *number);
    }
    if (sum_of(shares) > 1 + kRounding) {
      problems.push_back(
          {fmt::format("the probabilities sum up to {:.6g}, more than 1", sum_of(shares)), "", at.span()});
      return;
    }
    into.failures = assumed(at, std::move(shares));
  }

  Origin origin_;
  std::function<std::string(Node)> place_of_;
};

}  // namespace

std::string_view origin_name(Origin origin) {
  switch (origin) {
    case Origin::Derived:
      return "derived";
    case Origin::Default:
      return "default";
    case Origin::File:
      return "file";
    case Origin::CommandLine:
      return "command line";
    case Origin::Observed:
      return "observed";
  }
  return "";
}

std::vector<AssumptionProblem> read_assumptions(const Document& document, std::string_view file, Assumptions& into) {
  std::vector<AssumptionProblem> problems;
  // A file in which everything is still a comment.
  if (!document.root() && has_comments_alone(document.text())) return problems;
  for (const Diagnostic& diagnostic : document.diagnostics()) {
    if (diagnostic.severity == Severity::Error) {
      problems.push_back({diagnostic.message, diagnostic.help, diagnostic.span});
    }
  }
  if (!problems.empty() || !document.root()) return problems;
  Reader reader(Origin::File,
                [&](Node at) { return fmt::format("{}:{}", file, document.position(at.span().begin).line); });
  reader.read(*document.root(), into);
  return std::move(reader.problems);
}

std::optional<std::string> add_assumption(std::string_view text, Assumptions& into) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return fmt::format("\"{}\" is no assumption; write STATE.NAME=VALUE, e.g. Reserve.items=4", display_word(text));
  }
  const std::string_view name = text.substr(0, equals);
  const std::string_view value = text.substr(equals + 1);
  const std::size_t dot = name.rfind('.');
  const std::string_view field = dot == std::string_view::npos ? name : name.substr(dot + 1);
  // The value as JSON where it is such, else as a text.
  Document as_json = read_json(std::string(value));
  const bool is_json = as_json.root() && as_json.diagnostics().empty();
  std::string wrapped = "{";
  append_json_string(wrapped, field);
  wrapped += ':';
  if (is_json) {
    wrapped += value;
  } else {
    append_json_string(wrapped, value);
  }
  wrapped += '}';
  const Document document = read_json(std::move(wrapped));
  Reader reader(Origin::CommandLine, [](Node) { return std::string(); });
  if (dot == std::string_view::npos) {
    reader.read(*document.root(), into);
  } else {
    reader.read_state_field(*document.root()->first_child(), into.all.states[std::string(name.substr(0, dot))]);
  }
  if (reader.problems.empty()) return std::nullopt;
  const AssumptionProblem& problem = reader.problems.front();
  return fmt::format("{}: {}{}{}", display_word(text), problem.message, problem.help.empty() ? "" : "; ", problem.help);
}

Result<double, std::string> parse_executions(std::string_view text) {
  const std::string_view whole = text;
  const auto refuse = [&] {
    return fmt::format("\"{}\" is no number of executions; write e.g. 1000000, 1M/month, 500/day, 20/hour or 3/s",
                       display_word(whole));
  };
  double factor = 1;
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos) {
    const std::string_view unit = text.substr(slash + 1);
    constexpr std::pair<std::string_view, double> kUnits[] = {
        {"month", 1},
        {"mo", 1},
        {"week", 30.0 / 7},
        {"day", 30},
        {"d", 30},
        {"hour", 720},
        {"h", 720},
        {"minute", 43200},
        {"min", 43200},
        {"second", kSecondsPerMonth},
        {"s", kSecondsPerMonth},
    };
    const auto at = std::find_if(std::begin(kUnits), std::end(kUnits), [&](const auto& u) { return u.first == unit; });
    if (at == std::end(kUnits)) return refuse();
    factor = at->second;
    text = text.substr(0, slash);
  }
  constexpr std::pair<char, double> kScales[] = {{'k', 1e3}, {'K', 1e3}, {'M', 1e6}, {'G', 1e9}, {'B', 1e9}};
  for (const auto& [letter, scale] : kScales) {
    if (!text.ends_with(letter)) continue;
    factor *= scale;
    text.remove_suffix(1);
    break;
  }
  const auto number = parse_double(text);
  if (!number || !std::isfinite(*number) || *number < 0) return refuse();
  return *number * factor;
}

}  // namespace stepglass::analysis
