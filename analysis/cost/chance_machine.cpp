// How a definition becomes one of chance, e.g. this loop of at most three rounds that is gone on with in 70 % of cases:
//
//   "Done?": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "End"}],
//             "Default": "Work"}
//
//   "s1": {"Type": "Choice", "Choices": [
//     {"Condition": "{% $random() < (($exists($r0_0) ? $r0_0 : 0) < 3 ? 0.3 : 1) %}", "Next": "s2",
//      "Assign": {"r0_0": 0}},
//     {"Condition": "{% $random() < 1 %}", "Next": "s0", "Assign": {"r0_0": "{% ($exists($r0_0) ? $r0_0 : 0) + 1
//     %}"}}]}
//
// Each rule has the probability that it is taken when none before it is. Rounds are counted in a variable, which every
// way out of the loop sets back. States are named by their numbers, and a Wait is a task that takes its time.

#include "analysis/cost/chance_machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/support/match.h"
#include "engine/support/sort.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

class Writer {
 public:
  std::string write(const ScopeCost& cost) {
    append_scope(cost, "\"QueryLanguage\":\"JSONata\"");
    return std::move(out_);
  }

 private:
  /// `head`: members before StartAt.
  void append_scope(const ScopeCost& cost, std::string_view head) {
    const Scope& scope = *cost.scope;
    const std::size_t id = scopes_++;
    out_ += '{';
    if (!head.empty()) out_ += fmt::format("{},", head);
    const auto start = scope.start_at.state ? scope.start_at.state - scope.states.data() : 0;
    out_ += fmt::format("\"StartAt\":\"s{}_{}\",\"States\":{{", id, start);
    const Loops loops(cost);
    for (std::size_t i = 0; i < scope.states.size(); ++i) {
      if (i > 0) out_ += ',';
      out_ += fmt::format("\"s{}_{}\":{{", id, i);
      append_state(cost, loops, id, static_cast<std::uint32_t>(i));
      out_ += '}';
    }
    out_ += "}}";
  }

  /// Which bounded loops a state is in.
  struct Loops {
    explicit Loops(const ScopeCost& cost) : of(cost.scope->states.size()), all(cost.flows.loops) {
      for (std::size_t loop = 0; loop < all.size(); ++loop) {
        for (const std::uint32_t v : all[loop].vertices) of[v].push_back(loop);
      }
    }
    bool is_in(std::uint32_t v, std::size_t loop) const {
      return v < of.size() && std::binary_search(of[v].begin(), of[v].end(), loop);
    }
    std::vector<std::vector<std::size_t>> of;  // by state, ascending
    const std::vector<BoundedLoop>& all;
  };

  static std::string rounds_variable(std::size_t scope, std::size_t loop) { return fmt::format("r{}_{}", scope, loop); }
  static std::string rounds_text(std::size_t scope, std::size_t loop) {
    const std::string name = rounds_variable(scope, loop);
    return fmt::format("($exists(${0}) ? ${0} : 0)", name);
  }

  /// ,"Assign": what going from `from` to `to` does to the counters; nothing when it does nothing.
  void append_assign(const Loops& loops, std::size_t scope, std::uint32_t from, std::uint32_t to) {
    std::string members;
    for (const std::size_t loop : loops.of[from]) {
      std::string value;
      if (!loops.is_in(to, loop)) {
        value = "0";
      } else if (loops.all[loop].head == from) {
        value = fmt::format("\"{{% {} + 1 %}}\"", rounds_text(scope, loop));
      } else {
        continue;
      }
      members += fmt::format("{}\"{}\":{}", members.empty() ? "" : ",", rounds_variable(scope, loop), value);
    }
    if (!members.empty()) out_ += fmt::format(",\"Assign\":{{{}}}", members);
  }

  void append_next(const ScopeCost& cost, const Loops& loops, std::size_t scope, std::uint32_t v) {
    const State& state = cost.scope->states[v];
    if (state.next && state.next->state) {
      const auto to = static_cast<std::uint32_t>(state.next->state - cost.scope->states.data());
      out_ += fmt::format(",\"Next\":\"s{}_{}\"", scope, to);
      append_assign(loops, scope, v, to);
    } else {
      out_ += ",\"End\":true";
    }
  }

  void append_state(const ScopeCost& cost, const Loops& loops, std::size_t scope, std::uint32_t v) {
    const StateCost& own = cost.states[v];
    match(
        own.state->kind,
        [&](const Pass&) {
          out_ += "\"Type\":\"Pass\"";
          append_next(cost, loops, scope, v);
        },
        [&](const Task& task) {
          append_task();
          const auto* timeout = std::get_if<std::int64_t>(&task.timeout_seconds);
          if (timeout) out_ += fmt::format(",\"TimeoutSeconds\":{}", *timeout);
          append_next(cost, loops, scope, v);
          append_handlers(cost, loops, scope, v);
        },
        [&](const Wait&) {
          append_task();
          append_next(cost, loops, scope, v);
        },
        [&](const Choice&) { append_choice(cost, loops, scope, v); },
        [&](const Succeed&) { out_ += "\"Type\":\"Succeed\""; },
        [&](const Fail& fail) {
          const auto* error = std::get_if<std::string>(&fail.error);
          out_ += "\"Type\":\"Fail\",\"Error\":";
          append_literal(error ? *error : "");
        },
        [&](const Parallel&) {
          out_ += "\"Type\":\"Parallel\",\"Output\":{},\"Branches\":[";
          for (const auto& inner : own.inner) {
            if (&inner != own.inner.data()) out_ += ',';
            append_scope(*inner, "");
          }
          out_ += ']';
          append_next(cost, loops, scope, v);
          append_handlers(cost, loops, scope, v);
        },
        [&](const Map& map) {
          append_map(map, own);
          append_next(cost, loops, scope, v);
          append_handlers(cost, loops, scope, v);
        });
  }

  void append_task() {
    out_ += "\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:us-east-1:111111111111:function:chance\",\"Output\":{}";
  }

  /// A text that is not taken for an expression.
  void append_literal(const std::string& text) { append_json_string(out_, text.starts_with("{%") ? " " + text : text); }

  // ---------------------------------------------------------------------------------------------------------- choice

  struct Way {
    std::uint32_t to;
    double before = 0, after = 0;  // probabilities while there are rounds left, and then
  };

  static void append_probability(std::string& text, double probability, double left) {
    // What is left of 1 after rounding is nothing.
    const double share = left <= 0 ? 0 : probability >= left * (1 - 1e-12) ? 1 : probability / left;
    text += fmt::format("{}", share);
  }

  void append_choice(const ScopeCost& cost, const Loops& loops, std::size_t scope, std::uint32_t v) {
    std::vector<Way> ways;
    for (const ChainEdge& edge : cost.chain.out(v)) {
      const bool fails = edge.to >= cost.chain.vertex_count;
      if (!fails) ways.push_back({edge.to, edge.probability, edge.probability});
    }
    // The loop that this Choice bounds, if any. That no rule fits leaves it, too.
    const auto own = std::find_if(loops.all.begin(), loops.all.end(), [&](const auto& loop) { return loop.head == v; });
    const std::size_t loop = static_cast<std::size_t>(own - loops.all.begin());
    if (own != loops.all.end()) share_rounds(ways, loops, loop, own->exact, failing_share(cost, v));
    out_ += "\"Type\":\"Choice\",\"Choices\":[";
    double before = 1, after = 1;
    for (const Way& way : ways) {
      if (&way != ways.data()) out_ += ',';
      std::string share;
      if (own == loops.all.end()) {
        append_probability(share, way.before, before);
      } else {
        share = fmt::format("({} < {} ? ", rounds_text(scope, loop), own->rounds);
        append_probability(share, way.before, before);
        share += " : ";
        append_probability(share, way.after, after);
        share += ')';
      }
      out_ += fmt::format("{{\"Condition\":\"{{% $random() < {} %}}\",\"Next\":\"s{}_{}\"", share, scope, way.to);
      append_assign(loops, scope, v, way.to);
      out_ += '}';
      before -= way.before;
      after -= way.after;
    }
    out_ += ']';
  }

  static double failing_share(const ScopeCost& cost, std::uint32_t v) {
    double sum = 0;
    for (const ChainEdge& edge : cost.chain.out(v)) {
      if (edge.to >= cost.chain.vertex_count) sum += edge.probability;
    }
    return sum;
  }

  static void share_rounds(std::vector<Way>& ways, const Loops& loops, std::size_t loop, bool exact, double fails) {
    double in = 0, out = fails;
    for (const Way& way : ways) (loops.is_in(way.to, loop) ? in : out) += way.before;
    for (Way& way : ways) {
      if (loops.is_in(way.to, loop)) {
        if (exact && in > 0) way.before /= in;
        way.after = 0;
      } else {
        way.after = out > 0 ? way.after / out : 0;
        if (exact) way.before = 0;
      }
    }
  }

  // ------------------------------------------------------------------------------------------------------------- map

  void append_map(const Map& map, const StateCost& own) {
    const double whole = std::floor(own.items), rest = own.items - whole;
    const auto list = [](double count) { return count < 1 ? std::string("[]") : fmt::format("[1..{:.0f}]", count); };
    std::string items = list(whole);
    if (rest > 0) items = fmt::format("$random() < {} ? {} : {}", rest, list(whole + 1), items);
    out_ += fmt::format("\"Type\":\"Map\",\"Output\":{{}},\"Items\":\"{{% {} %}}\"", items);
    const auto integer = [&](std::string_view name, const IntegerField& field) {
      if (const auto* number = std::get_if<std::int64_t>(&field)) out_ += fmt::format(",\"{}\":{}", name, *number);
    };
    integer("MaxConcurrency", map.max_concurrency);
    std::string head;
    if (map.distributed) {
      integer("ToleratedFailureCount", map.tolerated_failure_count);
      if (const auto* share = std::get_if<double>(&map.tolerated_failure_percentage)) {
        out_ += fmt::format(",\"ToleratedFailurePercentage\":{}", *share);
      }
      if (map.item_batcher) {
        if (const auto* size = std::get_if<std::int64_t>(&map.item_batcher->max_items_per_batch)) {
          out_ += fmt::format(",\"ItemBatcher\":{{\"MaxItemsPerBatch\":{}}}", *size);
        }
      }
      head = fmt::format("\"ProcessorConfig\":{{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"{}\"}}",
                         map.express_children ? "EXPRESS" : "STANDARD");
    }
    out_ += ",\"ItemProcessor\":";
    append_scope(*own.inner.front(), head);
  }

  // -------------------------------------------------------------------------------------------------------- handlers

  void append_names(const std::vector<std::string>& names) {
    out_ += "\"ErrorEquals\":[";
    for (const std::string& name : names) {
      if (&name != names.data()) out_ += ',';
      append_json_string(out_, name);
    }
    out_ += ']';
  }

  void append_handlers(const ScopeCost& cost, const Loops& loops, std::size_t scope, std::uint32_t v) {
    const State& state = cost.scope->states[v];
    if (!state.retry.empty()) {
      out_ += ",\"Retry\":[";
      for (const Retrier& retrier : state.retry) {
        out_ += &retrier == state.retry.data() ? "{" : ",{";
        append_names(retrier.error_equals);
        out_ += fmt::format(",\"IntervalSeconds\":{},\"MaxAttempts\":{},\"BackoffRate\":{}", retrier.interval_seconds,
                            retrier.max_attempts, retrier.backoff_rate);
        if (retrier.max_delay_seconds) out_ += fmt::format(",\"MaxDelaySeconds\":{}", *retrier.max_delay_seconds);
        if (retrier.full_jitter) out_ += ",\"JitterStrategy\":\"FULL\"";
        out_ += '}';
      }
      out_ += ']';
    }
    if (state.catchers.empty()) return;
    out_ += ",\"Catch\":[";
    for (const Catcher& catcher : state.catchers) {
      out_ += &catcher == state.catchers.data() ? "{" : ",{";
      append_names(catcher.error_equals);
      if (catcher.next.state) {
        const auto to = static_cast<std::uint32_t>(catcher.next.state - cost.scope->states.data());
        out_ += fmt::format(",\"Next\":\"s{}_{}\",\"Output\":{{}}", scope, to);
        append_assign(loops, scope, v, to);
      }
      out_ += '}';
    }
    out_ += ']';
  }

  std::string out_;
  std::size_t scopes_ = 0;
};

}  // namespace

ChanceMachine::ChanceMachine(std::string text, MachineType type)
    : document_(read_json(std::move(text))), loaded_(load_state_machine(document_, type)) {}

Result<std::unique_ptr<ChanceMachine>, std::string> ChanceMachine::make(const StateMachine& machine,
                                                                        const ScopeCost& cost, Started& started) {
  std::unique_ptr<ChanceMachine> made(new ChanceMachine(Writer().write(cost), machine.type));
  const LoadedMachine& loaded = made->loaded_;
  if (!loaded.machine || has_errors(loaded.diagnostics)) {
    const auto first = std::find_if(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                                    [](const Diagnostic& d) { return d.severity == Severity::Error; });
    return fmt::format("the definition cannot be simulated as it is: {}",
                       first == loaded.diagnostics.end() ? "it has no states" : first->message);
  }
  if (auto planned = made->plan_tasks(loaded.machine->scope, cost, started); !planned) return planned.error();
  sort_stable(made->plans_, [](const auto& a, const auto& b) { return std::less<const State*>()(a.first, b.first); });
  return made;
}

Result<void, std::string> ChanceMachine::plan_tasks(const Scope& scope, const ScopeCost& cost, Started& started) {
  for (std::size_t i = 0; i < cost.states.size(); ++i) {
    const State& state = scope.states[i];
    const StateCost& own = cost.states[i];
    if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
      for (std::size_t b = 0; b < own.inner.size(); ++b) {
        if (auto planned = plan_tasks(parallel->branches[b], *own.inner[b], started); !planned) return planned;
      }
    } else if (const auto* map = std::get_if<Map>(&state.kind)) {
      if (auto planned = plan_tasks(map->processor, *own.inner.front(), started); !planned) return planned;
    } else if (std::holds_alternative<Task>(state.kind)) {
      TaskPlan plan{own.failures, own.attempt_seconds, nullptr, false};
      if (own.started) {
        auto& known = started[own.started];
        if (!known) {
          auto made = make(*own.started->at_hand.machine, *own.started->cost, started);
          if (!made) return made.error();
          known = *std::move(made);
        }
        plan.started = known;
        plan.waits = std::get<Task>(own.state->kind).resource.waits_for_submission();
      }
      plans_.emplace_back(&state, std::move(plan));
    }
  }
  return {};
}

const ChanceMachine::TaskPlan* ChanceMachine::plan(const State& state) const {
  const auto at = std::lower_bound(plans_.begin(), plans_.end(), &state, [](const auto& entry, const State* s) {
    return std::less<const State*>()(entry.first, s);
  });
  return at != plans_.end() && at->first == &state ? &at->second : nullptr;
}

}  // namespace stepglass::analysis
