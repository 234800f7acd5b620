#include "analysis/report/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "analysis/report/visits.h"
#include "engine/support/match.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// Widest that a state's name is shown in a trace.
constexpr std::size_t kMaxLabelColumns = 28;

struct Row {
  std::int64_t time_ms = 0;
  std::optional<std::uint32_t> visit;
  Tone tone = Tone::Plain;
  std::string_view event;
  std::string detail;  // safe to print, not cut yet
};

std::string_view relation_sign(Relation relation) {
  switch (relation) {
    case Relation::Equals:
      return "==";
    case Relation::LessThan:
      return "<";
    case Relation::GreaterThan:
      return ">";
    case Relation::LessThanEquals:
      return "<=";
    case Relation::GreaterThanEquals:
      return ">=";
  }
  return "==";
}

std::string describe_operand(const Comparison& comparison) {
  return match(
      comparison.operand, [](const Value& value) { return to_json(value); },
      [](const path::Query& query) { return query.text(); });
}

std::string describe_comparison(const Comparison& comparison) {
  const std::string& variable = comparison.variable.text();
  const auto is = [&](std::string_view what) {
    const auto* expected = std::get_if<Value>(&comparison.operand);
    const bool negated = expected && expected->is_boolean() && !expected->as_boolean();
    return fmt::format("{} is {}{}", variable, negated ? "not " : "", what);
  };
  switch (comparison.test) {
    case Test::IsNull:
      return is("null");
    case Test::IsPresent:
      return is("present");
    case Test::IsNumeric:
      return is("a number");
    case Test::IsString:
      return is("a string");
    case Test::IsBoolean:
      return is("a boolean");
    case Test::IsTimestamp:
      return is("a timestamp");
    case Test::StringMatches:
      return fmt::format("{} matches {}", variable, describe_operand(comparison));
    case Test::String:
    case Test::Numeric:
    case Test::Boolean:
    case Test::Timestamp:
      return fmt::format("{} {} {}", variable, relation_sign(comparison.relation), describe_operand(comparison));
  }
  return variable;
}

/// `most`: bytes after which it stops; a description is cut to a line anyway.
void append_condition(std::string& out, const Condition& condition, std::size_t most) {
  if (out.size() > most) return;
  const auto joined = [&](const std::vector<Condition>& parts, std::string_view sign) {
    for (std::size_t i = 0; i < parts.size() && out.size() <= most; ++i) {
      if (i > 0) out += sign;
      const bool nested = parts.size() > 1 && (std::holds_alternative<And>(parts[i].content) ||
                                               std::holds_alternative<Or>(parts[i].content));
      if (nested) out += '(';
      append_condition(out, parts[i], most);
      if (nested) out += ')';
    }
  };
  match(
      condition.content, [&](const Comparison& comparison) { out += describe_comparison(comparison); },
      [&](const And& both) { joined(both.all, " && "); }, [&](const Or& either) { joined(either.any, " || "); },
      [&](const Not& negated) {
        out += "!(";
        if (!negated.one.empty()) append_condition(out, negated.one.front(), most);
        out += ')';
      },
      [&](const JsonataField& field) {
        out += field.written.is_string() ? std::string(field.written.as_string()) : to_json(field.written);
      });
}

std::string call_name(const Resource& resource) {
  const std::string_view arn = resource.arn;
  switch (resource.kind) {
    case Resource::Kind::Lambda: {
      constexpr std::string_view kMarker = ":function:";
      const std::size_t marker = arn.find(kMarker);
      return fmt::format("lambda {}", marker == std::string_view::npos ? arn : arn.substr(marker + kMarker.size()));
    }
    case Resource::Kind::Activity:
      return fmt::format("activity {}", arn.substr(arn.rfind(':') + 1));
    case Resource::Kind::Service:
    case Resource::Kind::AwsSdk:
    case Resource::Kind::Http:
      return fmt::format("{}:{}", resource.service, resource.event_resource);
  }
  return resource.arn;
}

std::string branches_text(std::size_t number) {
  return number == 1 ? "1 branch" : fmt::format("{} branches", number);
}

class Tracer {
 public:
  Tracer(const Execution& execution, const StateMachine& machine, const TraceOptions& options)
      : execution_(execution),
        history_(execution.history),
        visits_(find_visits(execution.history, machine)),
        options_(options) {}

  std::string write() {
    for (std::uint32_t id = 1; id <= history_.size(); ++id) add_event(id);
    return table();
  }

 private:
  void add(const Event& event, std::optional<std::uint32_t> visit, Tone tone, std::string_view name,
           std::string detail = {}) {
    rows_.push_back({event.time_ms, visit, tone, name, std::move(detail)});
  }

  std::string json(const Value& value) const { return short_json(options_.style, value, options_.style.width); }

  /// "→ {…}", or nothing when the output is the input.
  std::string output_of(const Visit& visit) const {
    if (visit.exited == 0) return {};
    const Value& output = history_[visit.exited].data;
    if (output.is_same(history_[visit.entered].data)) return {};
    return fmt::format("{} {}", options_.style.arrow(), json(output));
  }

  std::string failure_text(const Failure& failure) const {
    std::string text = failure.error ? display(*failure.error) : std::string("(no error name)");
    if (failure.cause && !failure.cause->empty()) text += ": " + display(failure.cause->substr(0, 500));
    return text;
  }

  /// The failure that an event tells of, or that led to it.
  Failure failure_behind(std::uint32_t id) const {
    for (int steps = 0; id != 0 && steps < 3; ++steps) {
      const Event& event = history_[id];
      if (event.details && (event.details->failure.error || event.details->failure.cause)) {
        return event.details->failure;
      }
      if (const auto* fail = event.state ? std::get_if<Fail>(&event.state->kind) : nullptr) {
        Failure failure;
        if (const auto* error = std::get_if<std::string>(&fail->error)) failure.error = *error;
        if (const auto* cause = std::get_if<std::string>(&fail->cause)) failure.cause = *cause;
        return failure;
      }
      if (event.type != EventType::ParallelStateFailed && event.type != EventType::MapStateFailed) break;
      id = event.previous;
    }
    return {};
  }

  const Decisions& decisions_of(std::uint32_t visit) const {
    static const Decisions kNone;
    const Decisions* decisions = options_.decisions ? options_.decisions(visits_.all[visit].entered) : nullptr;
    return decisions ? *decisions : kNone;
  }

  /// A line for a retry when the attempt that `event` starts is one.
  void add_retry(const Event& event, std::uint32_t visit) {
    if (event.previous == visits_.all[visit].entered) return;
    const State& state = *event.state;
    const std::vector<std::size_t>& retriers = decisions_of(visit).retriers;
    const std::size_t before = retries_[visit]++;
    const std::string delay = format_duration(event.time_ms - history_[event.previous].time_ms);
    if (before >= retriers.size()) return add(event, visit, Tone::Warning, "retry", "after " + delay);
    const std::size_t retrier = retriers[before];
    // Each retrier counts for itself.
    const auto retry =
        1 + std::count(retriers.begin(), retriers.begin() + static_cast<std::ptrdiff_t>(before), retrier);
    add(event, visit, Tone::Warning, "retry",
        fmt::format("{} of {} after {}, Retry[{}]", retry, state.retry[retrier].max_attempts, delay, retrier));
  }

  void add_entered(const Event& event, std::uint32_t index) {
    const Visit& visit = visits_.all[index];
    const std::uint32_t id = visit.entered;
    match(
        event.state->kind, [&](const Pass&) { add(event, index, Tone::Accent, "pass", output_of(visit)); },
        [&](const Task&) {},
        [&](const Choice& choice) {
          if (visit.exited == 0) return add(event, index, Tone::Accent, "choice", "no rule taken");
          const auto rule = decisions_of(index).rule;
          const std::string_view arrow = options_.style.arrow();
          const std::string_view next =
              visit.next ? std::string_view(visits_.all[*visit.next].state->name) : std::string_view("?");
          if (rule && *rule < choice.choices.size()) {
            add(event, index, Tone::Accent, "choice",
                fmt::format("rule {} of {} {} {}: {}", *rule + 1, choice.choices.size(), arrow, display(next),
                            display(describe(choice.choices[*rule].condition))));
          } else {
            add(event, index, Tone::Accent, "choice", fmt::format("default {} {}", arrow, display(next)));
          }
        },
        [&](const Wait& wait) {
          std::string text;
          if (const auto* until = std::get_if<Instant>(&wait.timestamp)) {
            text = "until " + format_timestamp(std::chrono::milliseconds(until->seconds * 1000));
          } else if (const auto* seconds = std::get_if<std::int64_t>(&wait.seconds)) {
            text = format_duration(*seconds * 1000);
          } else if (visit.exited != 0) {
            text = format_duration(history_[visit.exited].time_ms - event.time_ms);
          }
          add(event, index, Tone::Accent, "wait", std::move(text));
        },
        [&](const Succeed&) { add(event, index, Tone::Good, "succeed", output_of(visit)); },
        [&](const Fail&) {
          // Error and cause can come from paths; then only the event that ends the execution tells them.
          const Failure failure = failure_behind(id + 1 == history_.size() ? id + 1 : id);
          add(event, index, Tone::Bad, "fail", failure.error || failure.cause ? failure_text(failure) : std::string());
        },
        [&](const Parallel&) {}, [&](const Map&) {});
  }

  void add_exited(const Event& event, std::uint32_t index) {
    const Visit& visit = visits_.all[index];
    const State& state = *event.state;
    const bool group = std::holds_alternative<Parallel>(state.kind) || std::holds_alternative<Map>(state.kind);
    const State* next = visit.next ? visits_.all[*visit.next].state : nullptr;
    if (const auto catcher = decisions_of(index).catcher) {
      add(event, index, Tone::Warning, "caught",
          fmt::format("Catch[{}] {} {}", *catcher, options_.style.arrow(), next ? display(next->name) : "?"));
    } else if (group || (std::holds_alternative<Wait>(state.kind) && !output_of(visit).empty())) {
      add(event, index, Tone::Good, group ? "joined" : "output", json(event.data));
    } else if (std::holds_alternative<Task>(state.kind)) {
      const Event& before = history_[event.previous];
      // The result itself has a line of its own.
      if (!before.data.is_same(event.data)) add(event, index, Tone::Plain, "output", json(event.data));
    }
    if (event.details && event.details->assigned.is_object()) {
      std::string text;
      for (const Member& member : event.details->assigned.members()) {
        if (!text.empty()) text += ", ";
        text += fmt::format("${} = {}", display(member.key), json(member.value));
        if (text.size() > 4 * options_.style.width) break;
      }
      add(event, index, Tone::Plain, "assign", std::move(text));
    }
  }

  void add_event(std::uint32_t id) {
    using enum EventType;
    const Event& event = history_[id];
    const auto visit = visits_.of_event[id];
    if (is_state_entered(event.type)) return add_entered(event, *visit);
    if (is_state_exited(event.type)) return visit ? add_exited(event, *visit) : void();
    switch (event.type) {
      case ExecutionStarted:
        return add(event, visit, Tone::Strong, "input", json(event.data));
      case TaskScheduled:
      case LambdaFunctionScheduled:
      case ActivityScheduled:
        add_retry(event, *visit);
        return add(
            event, visit, Tone::Accent, "task",
            fmt::format("{} {}", display(call_name(std::get<Task>(event.state->kind).resource)), json(event.data)));
      case TaskSubmitted:
        return add(event, visit, Tone::Faint, "submitted", json(event.data));
      case TaskSucceeded:
      case LambdaFunctionSucceeded:
      case ActivitySucceeded:
        return add(event, visit, Tone::Good, "result", json(event.data));
      case ParallelStateStarted:
        add_retry(event, *visit);
        return add(event, visit, Tone::Accent, "parallel",
                   branches_text(std::get<Parallel>(event.state->kind).branches.size()));
      case MapStateStarted:
        add_retry(event, *visit);
        return add(event, visit, Tone::Accent, "map",
                   std::get<Map>(event.state->kind).distributed
                       ? std::string("distributed")
                       : counted(static_cast<std::uint64_t>(event.data.as_integer()), "item"));
      case MapRunSucceeded:
        return add_map_run(event, visit);
      case TaskStateAborted:
      case WaitStateAborted:
      case ParallelStateAborted:
      case MapStateAborted:
        // The service reports the task that failed as aborted, too: that says nothing new.
        if (visits_.of_event[event.previous] == visit) return;
        return add(event, visit, Tone::Faint, "aborted", "cut short by a failure beside it");
      case ExecutionFailed:
      case ExecutionAborted:
        if (history_[event.previous == 0 ? id : event.previous].type == FailStateEntered) return;
        return add(event, {}, Tone::Bad, "failed", failure_text(event.details ? event.details->failure : Failure()));
      case ExecutionTimedOut:
        return add(event, {}, Tone::Bad, "timed out",
                   fmt::format("after {}", format_duration(execution_.duration.count())));
      default:
        break;
    }
    if (event.details && is_failure(event.type)) {
      const bool timeout = event_type_name(event.type).ends_with("TimedOut");
      add(event, visit, Tone::Bad, timeout ? "timeout" : "error", failure_text(event.details->failure));
    }
  }

  void add_map_run(const Event& event, std::optional<std::uint32_t> visit) {
    // MapRunSucceeded follows MapRunStarted, which names the run.
    const EventDetails* started = event.previous != 0 ? history_[event.previous].details.get() : nullptr;
    for (const MapRun& run : execution_.map_runs) {
      if (!started || run.arn != started->map_run_arn) continue;
      return add(event, visit, Tone::Plain, "map run",
                 fmt::format("{}: {} succeeded, {} failed", counted(run.items.total, "item"), run.items.succeeded,
                             run.items.failed));
    }
    add(event, visit, Tone::Plain, "map run");
  }

  std::string label(const Visit& visit) const {
    std::string text(2 * std::size_t{visit.depth}, ' ');
    if (visit.iteration) text += fmt::format("[{}] ", *visit.iteration);
    return text + display(visit.state->name);
  }

  std::string table() const {
    // What is shown: all rows, or the first and the last of them.
    const std::size_t most = std::max<std::size_t>(options_.max_lines, 2);
    const std::size_t left_out = rows_.size() > most ? rows_.size() - most : 0;
    const std::size_t head = left_out > 0 ? most / 2 : rows_.size();
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (i < head || i >= head + left_out) shown.push_back(i);
    }
    const std::int64_t start = history_.size() > 0 ? history_[1].time_ms : 0;
    std::size_t time_width = 0, label_width = 0, event_width = 0;
    for (const std::size_t i : shown) {
      const Row& row = rows_[i];
      time_width = std::max(time_width, format_duration(row.time_ms - start).size() + 1);
      if (row.visit) label_width = std::max(label_width, columns(label(visits_.all[*row.visit])));
      event_width = std::max(event_width, row.event.size());
    }
    label_width = std::min(label_width, kMaxLabelColumns);
    const Style& style = options_.style;
    const std::size_t before = 2 + time_width + 2 + label_width + 2 + event_width + 2;
    const std::size_t detail_width = style.width > before + 20 ? style.width - before : 20;
    std::string out;
    std::string last_time;
    std::int64_t last_visit = -1;
    for (std::size_t n = 0; n < shown.size(); ++n) {
      if (left_out > 0 && n == head) {
        out += paint(style, Tone::Faint,
                     fmt::format("  {} {} left out; --trace history shows every event\n", style.ellipsis(),
                                 counted(left_out, "line")));
        last_time.clear();
        last_visit = -1;
      }
      const Row& row = rows_[shown[n]];
      std::string time = "+" + format_duration(row.time_ms - start);
      std::string name = row.visit ? label(visits_.all[*row.visit]) : std::string();
      const std::int64_t visit = row.visit ? std::int64_t{*row.visit} : -1;
      if (visit == last_visit) name.clear();
      out += "  ";
      out += paint(style, Tone::Faint, padded(time == last_time ? std::string() : time, time_width));
      out += "  ";
      out += paint(style, Tone::Strong, padded(cut(style, name, label_width), label_width));
      out += "  ";
      std::string event = row.detail.empty() ? std::string(row.event) : padded(std::string(row.event), event_width);
      out += paint(style, row.tone, event);
      if (!row.detail.empty()) {
        out += "  ";
        out += cut(style, row.detail, detail_width);
      }
      out += '\n';
      last_time = std::move(time);
      last_visit = visit;
    }
    return out;
  }

  const Execution& execution_;
  const History& history_;
  const Visits visits_;
  const TraceOptions& options_;
  std::vector<Row> rows_;
  std::map<std::uint32_t, std::size_t> retries_;  // told of, by visit
};

}  // namespace

std::string describe(const Condition& condition) {
  std::string text;
  append_condition(text, condition, 400);
  return text;
}

std::string trace_text(const Execution& execution, const StateMachine& machine, const TraceOptions& options) {
  return Tracer(execution, machine, options).write();
}

std::string summary_text(const Execution& execution, const StateMachine& machine, const Style& style,
                         std::optional<std::chrono::microseconds> real_time) {
  std::string out;
  const auto field = [&](std::string_view name, const std::optional<std::string>& text) {
    if (!text) return;
    bool first = true;
    for (const std::string& line : wrapped(*text, style.width > 30 ? style.width - 7 : 20)) {
      out += first ? paint(style, Tone::Faint, name) + ": " : std::string(7, ' ');
      out += line + '\n';
      first = false;
    }
  };
  field("error", execution.failure.error);
  field("cause", execution.failure.cause);
  if (execution.status == ExecutionStatus::Running) {
    const std::uint32_t last = execution.history.size();
    out += paint(style, Tone::Strong, fmt::format("PAUSED at event {}", last));
    if (execution.history.keeps()) {
      const Event& event = execution.history[last];
      out += fmt::format(" ({}{}{})", event_type_name(event.type), event.state ? " " : "",
                         event.state ? display_word(event.state->name) : std::string());
    }
  } else {
    const Tone tone = execution.status == ExecutionStatus::Succeeded ? Tone::Good : Tone::Bad;
    out += paint(style, tone, execution_status_name(execution.status));
  }
  const std::string_view noun = machine.type == MachineType::Standard ? "billed transition" : "transition";
  out += fmt::format("  {}, {} virtual", counted(execution.transitions, noun),
                     format_duration(execution.duration.count()));
  if (real_time) {
    const double milliseconds = static_cast<double>(real_time->count()) / 1000;
    out += paint(style, Tone::Faint, fmt::format(" ({:.{}f} ms real)", milliseconds, milliseconds < 10 ? 1 : 0));
  }
  out += '\n';
  return out;
}

}  // namespace stepglass::analysis
