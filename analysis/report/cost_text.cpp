// For people at a terminal: the ledger of a machine, a table of several, what changed.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/cost/chain.h"
#include "analysis/report/cost_numbers.h"
#include "analysis/report/cost_report.h"
#include "engine/support/limits.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

constexpr std::size_t kMaxNameColumns = 34;
constexpr std::size_t kLeastFromColumns = 24;

std::string right(const std::string& text, std::size_t width) {
  const std::size_t taken = columns(text);
  return taken >= width ? text : std::string(width - taken, ' ') + text;
}

std::string money(const std::optional<Usd>& amount) {
  return amount ? usd_text(*amount) : std::string("?");
}

std::string origin_text(Origin origin, const std::string& place) {
  if (place.empty()) return std::string(origin_name(origin));
  return fmt::format("{} {}", origin_name(origin), display(place));
}

class MachineText {
 public:
  MachineText(const CostedMachine& machine, const Style& style)
      : machine_(machine), e_(*machine.estimate), style_(style) {}

  std::string write() {
    head();
    totals();
    ledger();
    paths();
    levers();
    as_express();
    simulated();
    notes();
    return std::move(out_);
  }

 private:
  std::string toned(Tone tone, std::string_view text) const { return paint(style_, tone, text); }

  void head() {
    out_ += toned(Tone::Strong, display_word(machine_.name));
    out_ += fmt::format("  {}  {}", machine_type_name(e_.type), display_word(e_.prices.region));
    const std::string& source = e_.type == MachineType::Express ? e_.prices.express_source : e_.prices.standard_source;
    if (!source.empty()) out_ += toned(Tone::Faint, fmt::format(", prices of {}: {}", prices_date(), display(source)));
    if (!machine_.file.empty())
      out_ += toned(Tone::Faint, fmt::format("\n{}:{}", display(machine_.file), machine_.line));
    out_ += fmt::format("\nassuming {} executions a month ({})\n\n", count_text(e_.executions_per_month.value),
                        origin_text(e_.executions_per_month.origin, e_.executions_per_month.place));
  }

  void total(std::string_view name, const std::string& least, const std::string& expected, const std::string& most,
             std::string_view remark = {}) {
    out_ += fmt::format("  {} {} {} {}", padded(std::string(name), 20), right(least, 16),
                        toned(Tone::Strong, right(expected, 16)), right(most, 16));
    if (!remark.empty()) out_ += "  " + toned(Tone::Faint, remark);
    out_ += '\n';
  }

  void totals() {
    total("", "least", "expected", "most");
    const Bounds& t = e_.transitions;
    const auto count = [](const std::optional<double>& number) { return number ? count_text(*number) : "none"; };
    total(e_.type == MachineType::Express ? "states entered" : "transitions", count(t.least), count_text(t.expected),
          count_text(t.most));
    const Bounds& s = e_.seconds;
    total("duration", s.least ? seconds_text(*s.least) : "none", seconds_text(s.expected), seconds_text(s.most));
    if (e_.type == MachineType::Express && e_.started_transitions.most > 0) {
      const Bounds& b = e_.started_transitions;
      total("billed transitions", count(b.least), count_text(b.expected), count_text(b.most));
    }
    if (e_.child_requests.most > 0) {
      const Bounds& c = e_.child_requests;
      total("Express executions", count(c.least), count_text(c.expected), count_text(c.most));
    }
    const bool has_price = e_.per_month.expected.has_value();
    total("a month", money(e_.per_month.least), money(e_.per_month.expected), money(e_.per_month.most),
          !has_price                        ? "no price known"
          : e_.type == MachineType::Express ? ""
          : e_.free_tier                    ? "after the free tier"
                                            : "free tier not applied");
    if (e_.fails > 0) out_ += fmt::format("  {} of executions fail\n", percent_text(e_.fails));
    out_ += '\n';
  }

  static std::string name_of(const LedgerRow& row) {
    if (!row.state.empty()) return std::string(row.depth * 2, ' ') + display_word(row.state);
    return row.machine.empty() ? "(executions)" : display_word(row.machine) + " (executions)";
  }

  void ledger() {
    std::size_t name_width = 5;
    for (const LedgerRow& row : e_.ledger) name_width = std::max(name_width, columns(name_of(row)));
    name_width = std::min(name_width, kMaxNameColumns);
    const std::string header =
        fmt::format("  {}  {}  {}  {}   from", padded("state", name_width), right("visits", 10),
                    right(e_.type == MachineType::Express ? "entered" : "transitions", 12), right("a month", 12));
    out_ += toned(Tone::Faint, header) + '\n';
    const std::size_t left = name_width + 46;
    const std::size_t width = style_.width > left + kLeastFromColumns ? style_.width - left : kLeastFromColumns * 2;
    for (const LedgerRow& row : e_.ledger) {
      std::string from;
      for (const Basis& basis : row.basis) {
        if (!from.empty()) from += "; ";
        from += display(basis.text);
        if (basis.origin != Origin::Derived) from += fmt::format(" ({})", origin_text(basis.origin, basis.place));
      }
      if (row.express && row.machine.empty() && e_.type == MachineType::Standard) {
        from += from.empty() ? "in Express executions" : "; in Express executions";
      }
      if (from.empty()) {
        from = !row.state.empty() ? "derived" : row.express ? "requests and duration" : "started, as STANDARD";
      }
      const auto lines = wrapped(from, width);
      out_ += fmt::format("  {}  {}  {}  {}   {}\n", padded(cut(style_, name_of(row), name_width), name_width),
                          right(count_text(row.visits), 10), right(count_text(row.transitions), 12),
                          right(is_unbilled(row) ? "" : money(row.per_month), 12), toned(Tone::Faint, lines.front()));
      for (std::size_t i = 1; i < lines.size(); ++i) {
        out_ += std::string(left, ' ') + toned(Tone::Faint, lines[i]) + '\n';
      }
    }
    out_ += '\n';
  }

  /// A name in front, the text wrapped behind it.
  void entry(std::string_view name, std::string_view text, Tone tone = Tone::Plain) {
    constexpr std::size_t kIndent = 18;
    const std::size_t width = std::max<std::size_t>(style_.width, kIndent + 30) - kIndent;
    const auto lines = wrapped(text, width);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      out_ += i == 0 ? "  " + padded(std::string(name), kIndent - 2) : std::string(kIndent, ' ');
      out_ += toned(tone, lines[i]) + '\n';
    }
  }

  void paths() {
    for (const CostPath& path : e_.paths) {
      std::string text = display(path.text);
      if (style_.ascii) {
        for (std::size_t at; (at = text.find("→")) != std::string::npos;) text.replace(at, 3, "->");
        for (std::size_t at; (at = text.find("×")) != std::string::npos;) text.replace(at, 2, "x");
      }
      if (path.kind == CostPath::Kind::Likeliest) {
        text += fmt::format("  ({}; {} transitions, {})", percent_text(path.probability), count_text(path.transitions),
                            seconds_text(path.seconds));
        entry("likeliest", text);
      } else {
        text += fmt::format("  ({} transitions)", count_text(path.transitions));
        entry(path.kind == CostPath::Kind::Cheapest ? "cheapest" : "dearest", text);
      }
    }
  }

  void levers() {
    std::string text;
    for (const Lever& lever : e_.levers) {
      if (!text.empty()) text += ", ";
      if (!lever.machine.empty()) text += display_word(lever.machine) + ": ";
      text += fmt::format("{}: {} {} {}", display_word(lever.state), lever.change, style_.arrow(),
                          usd_change_text(lever.per_month));
    }
    if (!text.empty()) entry("biggest levers", text);
  }

  void as_express() {
    const ExpressCost& x = e_.express;
    if (e_.type == MachineType::Express) {
      std::string text = fmt::format("billed {} at {} MB: {} GB-seconds a month", seconds_text(x.seconds),
                                     count_text(x.memory_mb), count_text(x.gb_seconds));
      entry("memory", text);
      if (e_.as_standard_per_month) {
        text = fmt::format("{} a month", usd_text(*e_.as_standard_per_month));
        if (x.break_even_seconds) {
          text += fmt::format("; Express is cheaper up to {} an execution", seconds_text(*x.break_even_seconds));
        }
        entry("as STANDARD", text);
      }
      return;
    }
    const std::string_view more = x.is_least ? " or more" : "";
    std::string text = fmt::format("{}{} a month ({}{} at {} MB)", money(x.per_month), more, seconds_text(x.seconds),
                                   more, count_text(x.memory_mb));
    if (x.obstacles.empty() && x.is_least) {
      text += fmt::format("; possible as long as an execution ends within {}", seconds_text(kMaxExpressSeconds));
    } else if (x.obstacles.empty() && !x.break_even_seconds && x.per_month) {
      text += "; cheaper however long an execution takes";
    } else if (x.obstacles.empty() && x.break_even_seconds) {
      text += *x.break_even_seconds > 0
                  ? fmt::format("; cheaper up to {} an execution", seconds_text(*x.break_even_seconds))
                  : std::string("; never cheaper");
    }
    if (!x.obstacles.empty()) {
      text = "not possible: ";
      constexpr std::size_t kShown = 3;
      for (std::size_t i = 0; i < std::min(kShown, x.obstacles.size()); ++i) {
        text += (i > 0 ? "; " : "") + display(x.obstacles[i]);
      }
      if (x.obstacles.size() > kShown) text += fmt::format("; and {} more", x.obstacles.size() - kShown);
    }
    entry("as EXPRESS", text);
  }

  void simulated() {
    if (!machine_.not_simulated.empty()) entry("not simulated", display(machine_.not_simulated), Tone::Warning);
    if (!machine_.simulated) return;
    const SimulatedCost& s = *machine_.simulated;
    const auto line = [&](std::string_view what, const Distribution& d, auto text) {
      entry("", fmt::format("{} {} ± {} ({} … {}); p50 {}, p95 {}, p99 {}", what, text(d.mean), text(d.standard_error),
                            text(d.least), text(d.most), text(d.p50), text(d.p95), text(d.p99)));
    };
    entry("simulated", fmt::format("{} executions, seed {}; {} failed", count_text(static_cast<double>(s.executions)),
                                   s.seed, count_text(static_cast<double>(s.failed))));
    line("transitions", s.transitions, count_text);
    if (e_.type == MachineType::Express && s.started_transitions.most > 0) {
      line("billed transitions", s.started_transitions, count_text);
    }
    line("duration", s.seconds, seconds_text);
    if (s.child_requests.most > 0) line("Express executions", s.child_requests, count_text);
  }

  void notes() {
    entry("counted", "every state that is entered and every retry; AWS publishes no exact rule");
    std::string text;
    for (const std::string& service : e_.not_included) text += display(service) + ", ";
    entry("not included", text + "logs, data transfer, KMS");
    for (const std::string& note : e_.notes) entry("note", display(note), Tone::Warning);
  }

  const CostedMachine& machine_;
  const Estimate& e_;
  const Style& style_;
  std::string out_;
};

std::string table(const CostReport& report, const Style& style) {
  std::size_t name_width = 7;
  for (const CostedMachine& machine : report) name_width = std::max(name_width, columns(display_word(machine.name)));
  name_width = std::min(name_width, kMaxNameColumns);
  const auto row = [&](const std::string& name, const std::string& type, const std::string& expected,
                       const std::string& most, const std::string& month, const std::string& rest) {
    return fmt::format("{}  {}  {}  {}  {}  {}\n", padded(name, name_width), padded(type, 8), right(expected, 12),
                       right(most, 12), right(month, 14), rest);
  };
  std::string out = paint(style, Tone::Faint, row("machine", "type", "transitions", "at most", "a month", "file"));
  Usd sum = 0;
  std::size_t unpriced = 0, failed = 0;
  std::optional<double> executions;
  bool same = true;
  for (const CostedMachine& machine : report) {
    const std::string name = cut(style, display_word(machine.name), name_width);
    const std::string place = machine.file.empty() ? "" : fmt::format("{}:{}", display(machine.file), machine.line);
    if (!machine.estimate) {
      ++failed;
      out += fmt::format("{}  {}\n", padded(name, name_width),
                         paint(style, Tone::Warning,
                               fmt::format("{}{}{}", place, place.empty() ? "" : ": ", display(machine.reason))));
      continue;
    }
    const Estimate& e = *machine.estimate;
    out += row(name, std::string(machine_type_name(e.type)), count_text(e.transitions.expected),
               count_text(e.transitions.most), money(e.per_month.expected), paint(style, Tone::Faint, place));
    if (e.per_month.expected) {
      sum += *e.per_month.expected;
    } else {
      ++unpriced;
    }
    same = same && (!executions || *executions == e.executions_per_month.value);
    executions = e.executions_per_month.value;
  }
  out += fmt::format("\n{}: {} a month, assuming {}", counted(report.size() - failed, "machine"),
                     paint(style, Tone::Strong, usd_text(sum)),
                     executions && same ? fmt::format("{} executions of each", count_text(*executions))
                                        : std::string("the executions of each as given"));
  if (unpriced > 0) out += fmt::format("; {} without a known price", unpriced);
  if (failed > 0) out += fmt::format("; {} could not be estimated", failed);
  return out + '\n';
}

std::string range_text(const CostSummary& summary) {
  return fmt::format("{} – {}", money(summary.least_per_month), money(summary.most_per_month));
}

}  // namespace

std::string cost_text(const CostReport& report, const Style& style, bool ledgers) {
  std::string out;
  if (report.size() == 1 || ledgers) {
    for (const CostedMachine& machine : report) {
      if (&machine != report.data()) out += '\n';
      if (machine.estimate) {
        out += MachineText(machine, style).write();
      } else {
        out += fmt::format("{}  {}\n", paint(style, Tone::Strong, display_word(machine.name)),
                           paint(style, Tone::Warning, display(machine.reason)));
      }
    }
    if (report.size() == 1) return out;
    out += '\n';
  }
  return out + table(report, style);
}

std::string comparison_text(const CostComparison& comparison, const Style& style) {
  std::string out;
  for (const CostChange& change : comparison.machines) {
    if (change.kind == CostChange::Kind::Same) continue;
    const CostSummary& any = change.any();
    out += paint(style, Tone::Strong, display_word(any.name));
    if (!any.file.empty()) out += paint(style, Tone::Faint, fmt::format("  {}", display(any.file)));
    if (!any.reason.empty()) {
      const std::string_view head = change.kind == CostChange::Kind::Broken ? "no estimate any more" : "no estimate";
      out += fmt::format("\n  {}\n", paint(style, Tone::Bad, fmt::format("{}: {}", head, display(any.reason))));
      continue;
    }
    const auto difference = change.difference();
    const Tone tone = !difference || *difference == 0 ? Tone::Plain : *difference > 0 ? Tone::Bad : Tone::Good;
    if (change.kind == CostChange::Kind::Added || change.kind == CostChange::Kind::Mended) {
      out += fmt::format("\n  new: {} transitions, {} a month ({})\n", count_text(any.expected),
                         paint(style, tone, money(any.per_month)), range_text(any));
    } else if (change.kind == CostChange::Kind::Removed) {
      out += fmt::format("\n  gone: {} transitions, {} a month less\n", count_text(any.expected), money(any.per_month));
    } else {
      const CostSummary &was = *change.before, &is = *change.after;
      out += fmt::format("\n  transitions  {} {} {}", count_text(was.expected), style.arrow(), count_text(is.expected));
      if (was.most != is.most) {
        out += fmt::format(" (at most {} {} {})", count_text(was.most), style.arrow(), count_text(is.most));
      }
      out += fmt::format("\n  a month      {} {} {}", money(was.per_month), style.arrow(), money(is.per_month));
      if (difference) out += "  " + paint(style, tone, usd_change_text(*difference));
      out += '\n';
      for (const std::string& reason : change.reasons) out += fmt::format("  because of   {}\n", display(reason));
    }
  }
  if (!comparison.changed()) return "the cost is the same\n";
  out += fmt::format("\nall: {} {} {} a month", usd_text(comparison.before), style.arrow(), usd_text(comparison.after));
  if (const auto increase = comparison.increase(); increase && std::isfinite(*increase)) {
    out += fmt::format(" ({:+.1f} %)", *increase * 100);
  }
  return out + '\n';
}

}  // namespace stepglass::analysis
