#include "analysis/cost/scope_cost.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/cost/express_memory.h"
#include "analysis/cost/probability.h"
#include "engine/support/limits.h"
#include "engine/support/match.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

constexpr std::uint32_t exit_of(Ending ending) {
  return static_cast<std::uint32_t>(ending);
}

double saturated(double value, CostContext& context) {
  if (value <= kLargestAmount || value == kUnbounded) return value;
  context.saturated = true;
  return kLargestAmount;
}

Amounts scaled(const Amounts& amounts, double factor) {
  Amounts result;
  for (std::size_t i = 0; i < kMetricCount; ++i) result[i] = times(amounts[i], factor);
  return result;
}

void add(Amounts& to, const Amounts& what, double factor = 1) {
  for (std::size_t i = 0; i < kMetricCount; ++i) to[i] += times(what[i], factor);
}

std::string percent(double probability) {
  return fmt::format("{:.4g} %", probability * 100);
}

std::string list_text(const std::vector<double>& numbers) {
  std::string text = "[";
  for (const double number : numbers) text += (text.size() == 1 ? "" : ", ") + number_text(number);
  return text + "]";
}

std::string shares_by_name(const ErrorShares& shares) {
  std::string text = "{";
  for (const ErrorShare& share : shares) {
    if (text.size() > 1) text += ", ";
    append_json_string(text, share.name);
    text += ": " + number_text(share.probability);
  }
  return text + "}";
}

/// The literal of a field, when it has one.
std::optional<double> literal(const IntegerField& field) {
  if (const auto* number = std::get_if<std::int64_t>(&field)) return static_cast<double>(*number);
  return std::nullopt;
}
std::optional<double> literal(const NumberField& field) {
  if (const auto* number = std::get_if<double>(&field)) return *number;
  return std::nullopt;
}

/// Of the endings from `first` to before `end`.
std::optional<double> extreme_of(const Endings& endings, std::size_t first, std::size_t end, bool most) {
  std::optional<double> found;
  for (std::size_t i = first; i < end; ++i) {
    if (!endings[i]) continue;
    if (!found || (most ? *endings[i] > *found : *endings[i] < *found)) found = endings[i];
  }
  return found;
}

/// Runs through the scopes of one attempt of a Parallel or Map.
struct Inside {
  Amounts expected{};
  ErrorShares errors;
  double stopped = 0;  // transitions
  /// By metric. Failing: any error of theirs.
  std::array<std::optional<double>, kMetricCount> least_success, least_failure, most_success, most_failure;
  bool can_fail = false;
  /// A Fail state or an error that somebody assumes can bring it to an end.
  bool fails_by_design = false;
};

class ScopeCoster {
 public:
  ScopeCoster(const Scope& scope, CostContext& context) : context_(context), cost_(std::make_unique<ScopeCost>()) {
    cost_->scope = &scope;
    chain().vertex_count = static_cast<std::uint32_t>(scope.states.size());
    chain().exit_count = kEndingCount;
    for (std::size_t m = 0; m < kMetricCount; ++m) least_[m].reserve(scope.states.size() * 2);
  }

  std::unique_ptr<ScopeCost> run() {
    const Scope& scope = *cost_->scope;
    cost_->states.resize(scope.states.size());
    for (std::size_t i = 0; i < scope.states.size(); ++i) add_state(scope.states[i], cost_->states[i]);
    index_edges(chain());
    if (scope.start_at.state) finish(number(*scope.start_at.state));
    return std::move(cost_);
  }

 private:
  Chain& chain() { return cost_->chain; }
  std::uint32_t number(const State& state) const {
    return static_cast<std::uint32_t>(&state - cost_->scope->states.data());
  }

  template <typename T>
  const Assumed<T>* assumed(const State& state, std::optional<Assumed<T>> StateAssumptions::*field) const {
    return find_assumption(context_.assumptions, context_.machine, state.name, field);
  }

  // ----------------------------------------------------------------------------------------------------------- edges

  /// Least and most negative: nobody need go there.
  void add_edge(std::uint32_t from, std::uint32_t to, double probability, EdgeMeaning meaning, const Amounts& least,
                const Amounts& most) {
    chain().edges.push_back({from, to, probability});
    cost_->meanings.push_back(std::move(meaning));
    for (std::size_t m = 0; m < kMetricCount; ++m) {
      least_[m].push_back(least[m]);
      most_[m].push_back(most[m]);
    }
  }
  static Amounts never() {
    Amounts amounts;
    amounts.fill(-1);
    return amounts;
  }

  void add_next(const State& state, double probability, const Amounts& least, const Amounts& most) {
    if (state.next && !state.next->state) return;
    add_edge(number(state), state.next ? number(*state.next->state) : chain().vertex_count + exit_of(Ending::Success),
             probability, {state.next ? Way::Next : Way::End, 0, {}}, least, most);
  }

  // ---------------------------------------------------------------------------------------------------------- states

  void add_state(const State& state, StateCost& cost) {
    cost.state = &state;
    tell_idle_assumptions(state);
    match(
        state.kind, [&](const Pass&) { add_plain(state, cost, 0, 0); },
        [&](const Task& task) { add_task(state, task, cost); },
        [&](const Choice& choice) { add_choice(state, choice, cost); },
        [&](const Wait& wait) { add_wait(state, wait, cost); }, [&](const Succeed&) { add_plain(state, cost, 0, 0); },
        [&](const Fail& fail) {
          cost.visit = one_transition();
          const auto* name = std::get_if<std::string>(&fail.error);
          add_edge(number(state), chain().vertex_count + exit_of(Ending::Failure), 1,
                   {Way::End, 0, name ? *name : std::string()}, cost.visit, cost.visit);
        },
        [&](const Parallel& parallel) { add_parallel(state, parallel, cost); },
        [&](const Map& map) { add_map(state, map, cost); });
  }

  /// What is assumed of a state of this kind that only others have.
  void tell_idle_assumptions(const State& state) {
    const bool choice = std::holds_alternative<Choice>(state.kind), map = std::holds_alternative<Map>(state.kind);
    const bool task = std::holds_alternative<Task>(state.kind), wait = std::holds_alternative<Wait>(state.kind);
    const auto tell = [&](bool fits, const auto* given, std::string_view field) {
      if (fits || !given) return;
      note(fmt::format("{} of \"{}\" has no effect: it is a {} state", field, state.name, kind_name(state)));
    };
    tell(choice, assumed(state, &StateAssumptions::choices), "choices");
    tell(choice, assumed(state, &StateAssumptions::rounds), "rounds");
    tell(choice, assumed(state, &StateAssumptions::max_rounds), "max_rounds");
    tell(task, assumed(state, &StateAssumptions::failure_rate), "failure_rate");
    tell(task, assumed(state, &StateAssumptions::failures), "failures");
    tell(map, assumed(state, &StateAssumptions::items), "items");
    tell(map, assumed(state, &StateAssumptions::max_items), "max_items");
    tell(task || wait, assumed(state, &StateAssumptions::duration_seconds), "duration_seconds");
    tell(task || wait, assumed(state, &StateAssumptions::max_duration_seconds), "max_duration_seconds");
  }

  static Amounts one_transition() {
    Amounts amounts{};
    amount(amounts, Metric::Transitions) = 1;
    return amounts;
  }

  void add_plain(const State& state, StateCost& cost, double seconds, double longest) {
    cost.visit = one_transition();
    amount(cost.visit, Metric::Seconds) = seconds;
    Amounts most = cost.visit;
    amount(most, Metric::Seconds) = longest;
    if (std::holds_alternative<Succeed>(state.kind)) {
      add_edge(number(state), chain().vertex_count + exit_of(Ending::Success), 1, {}, cost.visit, most);
    } else {
      add_next(state, 1, cost.visit, most);
    }
  }

  void add_wait(const State& state, const Wait& wait, StateCost& cost) {
    double seconds = kDefaultWaitSeconds;
    if (const auto* given = assumed(state, &StateAssumptions::duration_seconds)) {
      seconds = given->value;
      cost.basis.push_back({fmt::format("waits {} s", amount_text(seconds)), given->origin, given->place,
                            "duration_seconds", number_text(seconds)});
    } else if (const auto written = literal(wait.seconds)) {
      seconds = *written;
      cost.basis.push_back({fmt::format("waits {} s", amount_text(seconds)), Origin::Derived});
    } else {
      cost.basis.push_back({fmt::format("waits {} s", amount_text(seconds)),
                            Origin::Default,
                            {},
                            "duration_seconds",
                            number_text(seconds)});
    }
    cost.attempt_seconds = seconds;
    const auto* most = assumed(state, &StateAssumptions::max_duration_seconds);
    add_plain(state, cost, seconds, most ? std::max(seconds, most->value) : seconds);
  }

  // ---------------------------------------------------------------------------------------------------------- choice

  void add_choice(const State& state, const Choice& choice, StateCost& cost) {
    cost.visit = one_transition();
    const std::size_t rules = choice.choices.size();
    const std::size_t ways = rules + (choice.default_next ? 1 : 0);
    std::vector<double> shares(ways, ways == 0 ? 0 : 1.0 / static_cast<double>(ways));
    bool given_zero = false;
    if (const auto* given = assumed(state, &StateAssumptions::choices)) {
      std::vector<double> values = given->value;
      if (values.size() > ways) {
        note(fmt::format("\"{}\" has {} ways out, but {} probabilities are given: the rest is left out", state.name,
                         ways, values.size()));
      }
      values.resize(std::min(values.size(), ways));
      double sum = 0;
      for (const double value : values) sum += value;
      for (std::size_t i = 0; i < ways; ++i) shares[i] = i < values.size() ? values[i] : 0;
      if (values.size() == rules && choice.default_next) shares[rules] = std::max(1 - sum, 0.0);
      // What rounding left is shared out, so that nobody gets lost on the way.
      const double all = sum + (values.size() == rules && choice.default_next ? shares[rules] : 0);
      constexpr double kRounding = 1e-6;
      if (choice.default_next && std::fabs(all - 1) > kRounding) {
        note(all > 0 ? fmt::format("choices of \"{}\" sum up to {}; they are taken in proportion", state.name,
                                   number_text(all))
                     : fmt::format("choices of \"{}\" leave no way out; each is taken as equally likely", state.name));
      }
      if (choice.default_next) {
        for (double& share : shares) share = all > 0 ? share / all : 1.0 / static_cast<double>(ways);
      }
      given_zero = true;
      cost.basis.push_back({shares_text(shares), given->origin, given->place, "choices", list_text(shares)});
    } else if (ways > 1 && !(ways == 2 && assumed(state, &StateAssumptions::rounds))) {
      cost.basis.push_back(
          {fmt::format("{} ways, equally likely", ways), Origin::Default, {}, "choices", list_text(shares)});
    }
    if (ways > 1) cost_->varies = true;
    double sum = 0;
    for (std::size_t i = 0; i < ways; ++i) {
      const Target& target = i < rules ? choice.choices[i].next : *choice.default_next;
      sum += shares[i];
      if (!target.state) continue;
      const bool excluded = given_zero && shares[i] == 0;
      const Amounts weight = excluded ? never() : cost.visit;
      add_edge(number(state), number(*target.state), shares[i],
               {i < rules ? Way::Choice : Way::Default, static_cast<std::uint32_t>(i < rules ? i : 0), {}}, weight,
               weight);
    }
    if (!choice.default_next && sum < 1 - 1e-9) {
      add_edge(number(state), chain().vertex_count + exit_of(Ending::Failure), 1 - sum,
               {Way::End, 0, "States.NoChoiceMatched"}, cost.visit, cost.visit);
    }
    const auto* exact = assumed(state, &StateAssumptions::rounds);
    if (const auto* rounds = exact ? exact : assumed(state, &StateAssumptions::max_rounds)) {
      chain().bounds.push_back({number(state), std::min(rounds->value, kLargestAmount), exact != nullptr});
      std::string_view field = exact ? "rounds" : "max_rounds";
      if (rounds->origin == Origin::Derived) field = {};
      cost.basis.push_back({fmt::format("{}{} round{}", exact ? "" : "at most ", amount_text(rounds->value),
                                        rounds->value == 1 ? "" : "s"),
                            rounds->origin, rounds->place, field, number_text(rounds->value)});
    }
  }

  static std::string shares_text(const std::vector<double>& shares) {
    std::string text;
    for (std::size_t i = 0; i < shares.size() && i < 4; ++i) {
      text += (i == 0 ? "" : " / ") + percent(shares[i]);
    }
    return shares.size() > 4 ? text + " / …" : text;
  }

  // ------------------------------------------------------------------------------------------------------------ task

  ErrorShares failures_of(const State& state, StateCost& cost) {
    if (const auto* given = assumed(state, &StateAssumptions::failures)) {
      cost.basis.push_back({fmt::format("fails {}", percent(sum_of(given->value))), given->origin, given->place,
                            "failures", shares_by_name(given->value)});
      return given->value;
    }
    if (const auto* given = assumed(state, &StateAssumptions::failure_rate)) {
      cost.basis.push_back({fmt::format("fails {}", percent(given->value)), given->origin, given->place, "failure_rate",
                            number_text(given->value)});
      ErrorShares shares;
      add_error(shares, likely_error(state), given->value);
      return shares;
    }
    if (!state.retry.empty() || !state.catchers.empty()) {
      cost.basis.push_back({"never fails", Origin::Default, {}, "failure_rate", "0"});
    }
    return {};
  }

  /// True when somebody said that it never fails.
  bool is_sure(const State& state) const {
    if (const auto* given = assumed(state, &StateAssumptions::failures)) return sum_of(given->value) == 0;
    const auto* rate = assumed(state, &StateAssumptions::failure_rate);
    return rate && rate->value == 0;
  }

  static double default_seconds(const Task& task) {
    if (task.resource.kind == Resource::Kind::Activity ||
        task.resource.pattern == Resource::Pattern::WaitForTaskToken) {
      return kDefaultCallbackSeconds;
    }
    return task.resource.pattern == Resource::Pattern::RequestResponse ? kDefaultTaskSeconds : kDefaultJobSeconds;
  }

  void add_task(const State& state, const Task& task, StateCost& cost) {
    cost.failures = failures_of(state, cost);
    bool cut = false;
    cost.started = started_by(started_machine(state), cut);
    // Then how long it takes is not assumed.
    const bool waits = cost.started && task.resource.waits_for_submission();
    const auto timeout = literal(task.timeout_seconds);
    double seconds = timeout ? std::min(default_seconds(task), *timeout) : default_seconds(task);
    if (waits) {
      if (assumed(state, &StateAssumptions::duration_seconds)) {
        note(fmt::format("duration_seconds of \"{}\" has no effect: it takes as long as what it starts", state.name));
      }
    } else if (const auto* given = assumed(state, &StateAssumptions::duration_seconds)) {
      seconds = given->value;
      cost.basis.push_back({fmt::format("takes {} s", amount_text(seconds)), given->origin, given->place,
                            "duration_seconds", number_text(seconds)});
    } else {
      cost.basis.push_back({fmt::format("takes {} s", amount_text(seconds)),
                            Origin::Default,
                            {},
                            "duration_seconds",
                            number_text(seconds)});
    }
    cost.attempt_seconds = seconds;
    double longest = seconds;
    if (const auto* most = assumed(state, &StateAssumptions::max_duration_seconds)) {
      longest = std::max(longest, most->value);
    } else if (timeout) {
      longest = std::max(longest, *timeout);
    }
    if (timeout) longest = std::min(longest, *timeout);
    if (timeout && seconds > *timeout) {
      always_time_out(*timeout, cost);
      seconds = *timeout;
    }
    Inside inside;
    amount(inside.expected, Metric::Seconds) = seconds;
    inside.errors = cost.failures;
    inside.can_fail = !is_sure(state) || !inside.errors.empty();
    for (std::size_t m = 0; m < kMetricCount; ++m) {
      const bool is_time = m == static_cast<std::size_t>(Metric::Seconds);
      inside.least_success[m] = inside.least_failure[m] = is_time ? seconds : 0;
      inside.most_success[m] = inside.most_failure[m] = is_time ? longest : 0;
    }
    // Nobody knows how much lies beyond.
    if (cut) inside.most_success[0] = inside.most_failure[0] = kUnbounded;
    if (cost.started) add_started_machine(waits, cost, inside);
    if (waits && timeout) end_started(state, *timeout, cost, inside);
    if (sum_of(inside.errors) >= 1) forbid_success(inside);
    add_tries(state, cost, inside);
  }

  static void forbid_success(Inside& inside) {
    inside.least_success.fill(std::nullopt);
    inside.most_success.fill(std::nullopt);
  }

  static void always_time_out(double timeout, StateCost& cost) {
    std::erase_if(cost.basis, [](const Basis& b) { return b.field == "failure_rate" || b.field == "failures"; });
    cost.basis.push_back({fmt::format("times out after {} s", amount_text(timeout)), Origin::Derived});
    cost.failures = {{"States.Timeout", 1}};
  }

  /// The machine that `arn` names, if it is at hand; worked out when that has not been done before. `cut`: it is, and
  /// cannot be.
  const StartedMachine* started_by(std::string_view arn, bool& cut) {
    if (arn.empty() || !context_.machine_of) return nullptr;
    const auto at_hand = context_.machine_of(arn);
    if (!at_hand) return nullptr;
    StartedMachines& started = *context_.started;
    const auto known = started.by_machine.find(at_hand->machine);
    if (known != started.by_machine.end()) return known->second;
    const bool circle = std::count(started.open.begin(), started.open.end(), at_hand->machine) > 0;
    if (circle || started.open.size() > kMaxMachineDepth) {
      cut = context_.starts_cut = true;
      note(circle ? fmt::format("State machines start each other in a circle; what \"{}\" costs in it is not counted.",
                                at_hand->name)
                  : fmt::format("State machines start each other more than {} deep; what lies deeper is not counted.",
                                kMaxMachineDepth));
      return nullptr;
    }
    CostContext inner{context_.assumptions, at_hand->name, at_hand->definition_bytes, context_.machine_of,
                      context_.started};
    StartedMachine made{*at_hand, cost_of_machine(*at_hand->machine, inner), 0};
    made.memory_gb =
        express_memory_mb(context_.assumptions, at_hand->definition_bytes, inner_steps(*made.cost)) / kMbPerGb;
    for (std::string& text : inner.notes) note(std::move(text));
    context_.settled = context_.settled && inner.settled;
    context_.retries_exact = context_.retries_exact && inner.retries_exact;
    context_.saturated = context_.saturated || inner.saturated;
    context_.starts_cut = context_.starts_cut || inner.starts_cut;
    context_.time_is_least = context_.time_is_least || inner.time_is_least;
    const StartedMachine* kept = &started.all.emplace_back(std::move(made));
    started.by_machine.emplace(at_hand->machine, kept);
    return kept;
  }

  /// A nested execution is a cost of the task that starts it.
  void add_started_machine(bool waits, StateCost& cost, Inside& inside) {
    const StartedMachine* started = cost.started;
    const ScopeCost& run = *started->cost;
    cost_->varies = cost_->varies || run.varies;
    cost.basis.push_back({fmt::format("starts {}", started->at_hand.name), Origin::Derived});
    const bool express = started->at_hand.machine->type == MachineType::Express;
    const auto add_run = [&](Amounts of_run, auto& to) {
      if (express) of_run = as_express_execution(of_run, started->memory_gb);
      for (std::size_t m = 0; m < kMetricCount; ++m) {
        if (m != static_cast<std::size_t>(Metric::Seconds)) to[m] = value_of(to[m]) + of_run[m];
      }
      // All that a Standard one enters has been started.
      auto& transitions = to[static_cast<std::size_t>(Metric::StartedTransitions)];
      if (!express) transitions = amount(of_run, Metric::Transitions);
      if (waits) to[static_cast<std::size_t>(Metric::Seconds)] = amount(of_run, Metric::Seconds);
    };
    // Who waits for it and succeeds has waited for one that did. Else it may end in any way.
    const auto bound = [&](bool most, bool success) {
      Amounts amounts{};
      for (std::size_t m = 0; m < kMetricCount; ++m) {
        const Endings& endings = most ? run.most[m] : run.least[m];
        const auto any = most ? most_of(endings, true) : least_of(endings, true);
        amounts[m] = (success && waits && endings[0] ? endings[0] : any).value_or(0);
      }
      return amounts;
    };
    add_run(run.expected, inside.expected);
    add_run(bound(false, true), inside.least_success);
    add_run(bound(true, true), inside.most_success);
    // A call that fails may have started nothing, or all of it.
    add_run(bound(true, false), inside.most_failure);
    inside.stopped += run.stopped;
    if (waits) fail_with_started(run, inside);
  }

  /// What is started may take longer than the task waits.
  void end_started(const State& state, double timeout, StateCost& cost, Inside& inside) {
    const std::size_t time = static_cast<std::size_t>(Metric::Seconds);
    const bool may = std::max(inside.most_success[time].value_or(0), inside.most_failure[time].value_or(0)) > timeout;
    if (!may) return;
    double& seconds = amount(inside.expected, Metric::Seconds);
    if (!cost.started->cost->varies && seconds > timeout) {
      always_time_out(timeout, cost);
      inside.errors = cost.failures;
    } else {
      note(fmt::format(
          "TimeoutSeconds of \"{}\" ends some of what it waits for, which the sums do not know; --simulate does.",
          state.name));
    }
    seconds = std::min(seconds, timeout);
    for (auto* bounds : {&inside.least_success, &inside.most_success, &inside.least_failure, &inside.most_failure}) {
      if ((*bounds)[time]) (*bounds)[time] = std::min(*(*bounds)[time], timeout);
    }
  }

  /// Who waits for an execution that fails has failed.
  static void fail_with_started(const ScopeCost& run, Inside& inside) {
    const double fails = std::min(sum_of(run.errors), 1.0);
    add_error(inside.errors, "States.TaskFailed", (1 - sum_of(inside.errors)) * fails);
    inside.can_fail = inside.can_fail || fails > 0 || can_fail(run);
    inside.fails_by_design = inside.fails_by_design || run.least[0][1].has_value();
    if (!run.least[0][0]) forbid_success(inside);
  }
  static double value_of(double amount) { return amount; }
  static double value_of(const std::optional<double>& amount) { return amount.value_or(0); }

  /// What an Express execution that takes `run` adds to what starts it.
  static Amounts as_express_execution(Amounts run, double memory_gb) {
    amount(run, Metric::Transitions) = amount(run, Metric::StartedTransitions);
    amount(run, Metric::ChildRequests) += 1;
    amount(run, Metric::ChildGbSeconds) += times(billed_seconds(amount(run, Metric::Seconds)), memory_gb);
    return run;
  }

  // -------------------------------------------------------------------------------------------- what can be tried
  // again

  /// Adds the ways out of a state whose attempts do `inside` and can fail.
  void add_tries(const State& state, StateCost& cost, const Inside& inside) {
    cost.attempts = attempts_of(state, inside.errors);
    context_.retries_exact = context_.retries_exact && cost.attempts.exact;
    if (!inside.errors.empty()) cost_->varies = true;
    cost.visit = scaled(inside.expected, cost.attempts.expected);
    amount(cost.visit, Metric::Transitions) += cost.attempts.expected;
    amount(cost.visit, Metric::Seconds) += cost.attempts.waiting_seconds;
    stopped_.push_back({number(state), inside.stopped * cost.attempts.expected});

    const Retries retries = inside.can_fail ? most_retries(state) : Retries{};
    // Attempts that fail cost what failing costs, the last one what it ends with.
    const auto least = [&](bool success, const Retries& before) {
      Amounts amounts;
      for (std::size_t m = 0; m < kMetricCount; ++m) {
        const auto& last = success ? inside.least_success[m] : inside.least_failure[m];
        if (!last) return never();
        amounts[m] = *last + times(before.count, inside.least_failure[m].value_or(0));
      }
      amount(amounts, Metric::Transitions) += 1 + before.count;
      amount(amounts, Metric::Seconds) += before.waiting_seconds;
      return amounts;
    };
    const auto most = [&](bool success) {
      Amounts amounts;
      for (std::size_t m = 0; m < kMetricCount; ++m) {
        const auto& last = success ? inside.most_success[m] : inside.most_failure[m];
        if (!last) return never();
        amounts[m] = *last + times(retries.count, inside.most_failure[m].value_or(0));
        amounts[m] = saturated(amounts[m], context_);
      }
      amount(amounts, Metric::Transitions) += 1 + retries.count;
      amount(amounts, Metric::Seconds) += retries.waiting_seconds;
      return amounts;
    };
    add_next(state, cost.attempts.succeeds, least(true, {}), most(true));
    for (std::size_t i = 0; i < state.catchers.size(); ++i) {
      const Target& target = state.catchers[i].next;
      if (!target.state) continue;
      const auto before = inside.can_fail ? least_retries_before(state, i) : std::nullopt;
      add_edge(number(state), number(*target.state), cost.attempts.caught[i],
               {Way::Catch, static_cast<std::uint32_t>(i), {}}, before ? least(false, *before) : never(),
               before ? most(false) : never());
    }
    // Errors that somebody assumes can come about; the others only in a task.
    for (const ErrorShare& error : cost.attempts.uncaught) {
      add_edge(number(state), chain().vertex_count + exit_of(Ending::Failure), error.probability,
               {Way::End, 0, error.name}, least(false, retries_before_catch(state, error.name)), most(false));
    }
    if (inside.can_fail && cost.attempts.uncaught.empty()) {
      // The errors that are known of are all taken; what is left are others.
      const bool by_design = inside.fails_by_design && inside.errors.empty();
      const Ending ending = by_design ? Ending::Failure : Ending::TaskFailure;
      add_edge(number(state), chain().vertex_count + exit_of(ending), 0, {Way::End, 0, {}}, least(false, {}),
               most(false));
    }
  }

  // ---------------------------------------------------------------------------------------------------- inner scopes

  static bool can_fail(const ScopeCost& scope) {
    const auto& endings = scope.least[0];
    return endings[1].has_value() || endings[2].has_value();
  }
  static std::optional<double> failing(const Endings& endings, bool most) {
    return extreme_of(endings, 1, kEndingCount, most);
  }

  void add_parallel(const State& state, const Parallel& parallel, StateCost& cost) {
    Inside inside;
    double all_succeed = 1, longest = 0;
    std::size_t varying = 0;
    Amounts least_success{}, most_success{}, most_any{};
    std::array<std::optional<double>, kMetricCount> least_failure;
    bool success_possible = true;
    for (const Scope& branch : parallel.branches) {
      cost.inner.push_back(cost_of_scope(branch, context_));
      const ScopeCost& inner = *cost.inner.back();
      for (std::size_t m = 0; m < kMetricCount; ++m) {
        if (m != static_cast<std::size_t>(Metric::Seconds)) inside.expected[m] += inner.expected[m];
        success_possible = success_possible && inner.least[m][0].has_value();
        const bool is_time = m == static_cast<std::size_t>(Metric::Seconds);
        const double least = inner.least[m][0].value_or(0), most = inner.most[m][0].value_or(0);
        least_success[m] = is_time ? std::max(least_success[m], least) : least_success[m] + least;
        most_success[m] = is_time ? std::max(most_success[m], most) : most_success[m] + most;
        const double any = std::max(most, failing(inner.most[m], true).value_or(0));
        most_any[m] = is_time ? std::max(most_any[m], any) : most_any[m] + any;
        if (const auto least_failing = failing(inner.least[m], false)) {
          if (!least_failure[m] || *least_failing < *least_failure[m]) least_failure[m] = least_failing;
        }
      }
      inside.stopped += inner.stopped;
      inside.can_fail = inside.can_fail || can_fail(inner);
      inside.fails_by_design = inside.fails_by_design || inner.least[0][1].has_value();
      longest = std::max(longest, amount(inner.expected, Metric::Seconds));
      varying += inner.varies ? 1 : 0;
      all_succeed *= 1 - sum_of(inner.errors);
      cost_->varies = cost_->varies || inner.varies;
    }
    amount(inside.expected, Metric::Seconds) = longest;
    if (varying > 0 && parallel.branches.size() > 1) {
      context_.time_is_least = true;
      note(
          "The time of a Parallel is that of the branch that is expected to take the longest; where branches vary it "
          "is longer.");
    }
    share_errors(cost, 1 - all_succeed, inside);
    for (std::size_t m = 0; m < kMetricCount; ++m) {
      if (success_possible) {
        inside.least_success[m] = least_success[m];
        inside.most_success[m] = saturated(most_success[m], context_);
      }
      if (inside.can_fail) {
        inside.least_failure[m] = least_failure[m].value_or(0);
        inside.most_failure[m] = saturated(most_any[m], context_);
      }
    }
    if (1 - all_succeed > 0 && parallel.branches.size() > 1) {
      inside.stopped += (1 - all_succeed) * amount(inside.expected, Metric::Transitions);
    }
    cost.basis.push_back({fmt::format("{} branches", parallel.branches.size()), Origin::Derived});
    add_tries(state, cost, inside);
    cost.inner_runs = cost.attempts.expected;
  }

  void note(std::string text) {
    if (context_.told.insert(text).second) context_.notes.push_back(std::move(text));
  }

  /// The errors of scopes inside, of which one happens with probability `fails`.
  static void share_errors(const StateCost& cost, double fails, Inside& inside) {
    double sum = 0;
    for (const auto& inner : cost.inner) sum += sum_of(inner->errors);
    if (sum <= 0 || fails <= 0) return;
    for (const auto& inner : cost.inner) {
      for (const ErrorShare& error : inner->errors)
        add_error(inside.errors, error.name, error.probability / sum * fails);
    }
  }

  struct Items {
    double expected = kDefaultItems;
    double least = 0;
    double most = kUnbounded;
  };

  Items items_of(const State& state, const Map& map, StateCost& cost) {
    Items items;
    const auto* given = assumed(state, &StateAssumptions::items);
    const auto* most = assumed(state, &StateAssumptions::max_items);
    Basis basis{{}, Origin::Default, {}, "items"};
    if (given) {
      items.expected = given->value;
      basis.origin = given->origin;
      basis.place = given->place;
      if (given->origin == Origin::Derived) {
        items.least = items.most = given->value;
        basis.field = {};
      }
    }
    if (given && given->origin != Origin::Derived && !most) {
      items.least = std::floor(given->value);
      items.most = std::ceil(given->value);
    }
    if (most) {
      items.most = std::max(most->value, std::ceil(items.expected));
    } else if (!given) {
      // What fits into the data of a state, or what a reader reads at most.
      items.most = map.item_reader ? kMostItemsOfReader : kMostItemsOfPayload;
    }
    if (map.item_reader) {
      if (const auto limit = literal(map.item_reader->max_items); limit && *limit > 0) {
        items.most = std::min(items.most, *limit);
        items.expected = std::min(items.expected, *limit);
        items.least = std::min(items.least, *limit);
      }
    }
    basis.text = fmt::format("items = {}", amount_text(items.expected));
    basis.value = number_text(items.expected);
    if (items.most != items.expected) basis.text += fmt::format(" (at most {})", amount_text(items.most));
    cost.basis.push_back(std::move(basis));
    if (items.expected != std::floor(items.expected)) cost_->varies = true;
    return items;
  }

  void add_map(const State& state, const Map& map, StateCost& cost) {
    const Items items = items_of(state, map, cost);
    cost.items = items.expected;
    cost.express_children = map.distributed && map.express_children;
    cost.inner.push_back(cost_of_scope(map.processor, context_));
    const ScopeCost& body = *cost.inner.back();
    cost_->varies = cost_->varies || body.varies;
    // Batches: so many children as they fill.
    double batch = 1;
    if (map.item_batcher) {
      if (const auto size = literal(map.item_batcher->max_items_per_batch); size && *size > 1) {
        batch = *size;
        cost.basis.push_back({fmt::format("batches of {}", amount_text(batch)), Origin::Derived});
      }
    }
    const auto runs_for = [&](double count) { return std::ceil(count / batch); };
    const double concurrency = concurrency_of(map);
    Inside inside;
    const auto run = [&](double count, Amounts item) {
      const double seconds = amount(item, Metric::Seconds);
      if (cost.express_children) item = as_express_execution(item, child_memory_gb());
      // Standard executions of their own are started by nobody but the Map; their transitions are its own.
      Amounts amounts = scaled(item, count);
      amount(amounts, Metric::Seconds) = times(std::ceil(count / concurrency), seconds);
      return amounts;
    };
    inside.expected = mean_over(items.expected, [&](double count) { return run(runs_for(count), body.expected); });
    if (cost.express_children) {
      const double runs = mean_of(items.expected, runs_for);
      cost.child_requests = runs;
      cost.child_gb_seconds =
          times(runs, amount(as_express_execution(body.expected, child_memory_gb()), Metric::ChildGbSeconds) -
                          amount(body.expected, Metric::ChildGbSeconds));
    }
    if (concurrency > 1 && body.varies) {
      context_.time_is_least = true;
      note(
          "The time of a Map is that of its rounds, each as long as an item is expected to take; where items vary it "
          "is longer.");
    }
    inside.can_fail = items.most > 0 && can_fail(body);
    inside.fails_by_design = inside.can_fail && body.least[0][1].has_value();
    const double fails = sum_of(body.errors);
    if (map.distributed) {
      add_distributed_errors(map, items.expected, batch, fails, inside);
    } else {
      share_errors(cost, mean_of(items.expected, [&](double count) { return 1 - whole_power_of(1 - fails, count); }),
                   inside);
    }
    inside.stopped = times(mean_of(items.expected, runs_for), body.stopped);
    if (items.expected > 1 && !inside.errors.empty()) {
      inside.stopped += sum_of(inside.errors) * amount(inside.expected, Metric::Transitions);
    }
    const auto bound = [&](double count, bool most, bool any) {
      Amounts item;
      for (std::size_t m = 0; m < kMetricCount; ++m) {
        const Endings& endings = most ? body.most[m] : body.least[m];
        const double success = endings[0].value_or(0);
        const auto failure = failing(endings, most);
        item[m] = !any || !failure ? success
                  : most           ? std::max(success, *failure)
                                   : std::min(endings[0].value_or(*failure), *failure);
      }
      return run(runs_for(count), item);
    };
    const bool body_ends = body.least[0][0].has_value();
    // A distributed Map can go on although children fail.
    const Amounts least = body_ends || map.distributed ? bound(items.least, false, map.distributed) : Amounts{};
    const Amounts most = bound(items.most, true, map.distributed);
    const Amounts most_any = bound(items.most, true, true);
    for (std::size_t m = 0; m < kMetricCount; ++m) {
      if (body_ends || map.distributed || items.least == 0) {
        inside.least_success[m] = least[m];
        inside.most_success[m] = saturated(body_ends || map.distributed ? most[m] : 0, context_);
      }
      if (inside.can_fail) {
        inside.least_failure[m] = map.distributed ? 0 : failing(body.least[m], false).value_or(0);
        inside.most_failure[m] = saturated(most_any[m], context_);
      }
    }
    add_tries(state, cost, inside);
    cost.inner_runs = times(mean_of(items.expected, runs_for), cost.attempts.expected);
    cost.child_requests = times(cost.child_requests, cost.attempts.expected);
    cost.child_gb_seconds = times(cost.child_gb_seconds, cost.attempts.expected);
  }

  /// GB of memory of an Express child.
  double child_memory_gb() const {
    return express_memory_mb(context_.assumptions, context_.definition_bytes, 1) / kMbPerGb;
  }

  /// Of a count that is whole in every execution, and `expected` in the mean: either of the whole numbers around it.
  template <typename Of>
  static double mean_of(double expected, Of of) {
    const double whole = std::floor(expected), rest = expected - whole;
    return rest == 0 ? of(whole) : (1 - rest) * of(whole) + rest * of(whole + 1);
  }
  template <typename Of>
  static Amounts mean_over(double expected, Of of) {
    const double whole = std::floor(expected), rest = expected - whole;
    Amounts mean = of(whole);
    if (rest == 0) return mean;
    mean = scaled(mean, 1 - rest);
    add(mean, of(whole + 1), rest);
    return mean;
  }

  double concurrency_of(const Map& map) const {
    const auto most = static_cast<double>(map.distributed ? kMaxDistributedConcurrency : kMaxInlineConcurrency);
    const auto written = literal(map.max_concurrency);
    return written && *written > 0 ? std::min(*written, most) : most;
  }

  /// All items of a batch that fails have failed. Of the two thresholds the stricter counts.
  void add_distributed_errors(const Map& map, double items, double batch, double fails, Inside& inside) {
    const auto count = literal(map.tolerated_failure_count);
    const auto percentage = literal(map.tolerated_failure_percentage);
    bool exact = true;
    const auto exceeded = [&](double all) {
      double tolerated = count || percentage ? all : 0;
      if (count) tolerated = std::min(tolerated, *count);
      if (percentage) tolerated = std::min(tolerated, std::floor(all * *percentage / 100));
      const double full = std::floor(all / batch), rest = all - full * batch;
      const auto more_full = [&](double left) { return more_than(std::floor(left / batch), full, fails, exact); };
      if (rest == 0) return more_full(tolerated);
      return fails * more_full(tolerated - rest) + (1 - fails) * more_full(tolerated);
    };
    add_error(inside.errors, "States.ExceedToleratedFailureThreshold", mean_of(items, exceeded));
    if (!exact)
      note("Whether a Map of more than a million items passes its tolerated failures is decided by their mean.");
  }

  // ---------------------------------------------------------------------------------------------------------- totals

  void finish(std::uint32_t start) {
    cost_->flows = expected_flows(chain(), start);
    context_.settled = context_.settled && cost_->flows.settled;
    for (const std::uint32_t idle : cost_->flows.idle_bounds) {
      const State& state = cost_->scope->states[idle];
      const bool exact = assumed(state, &StateAssumptions::rounds) != nullptr;
      note(fmt::format("{} of \"{}\" has no effect: it is in no loop that it can leave",
                       exact ? "rounds" : "max_rounds", state.name));
    }
    tell_open_loops();
    for (std::size_t i = 0; i < cost_->states.size(); ++i) {
      add(cost_->expected, cost_->states[i].visit, cost_->flows.visits[i]);
    }
    for (double& value : cost_->expected) value = saturated(value, context_);
    for (const auto& [state, transitions] : stopped_) {
      cost_->stopped += times(transitions, cost_->flows.visits[state]);
    }
    for (std::size_t e = 0; e < chain().edges.size(); ++e) {
      const std::uint32_t to = chain().edges[e].to;
      if (to < chain().vertex_count + 1) continue;
      add_error(cost_->errors, cost_->meanings[e].error, cost_->flows.edges[e]);
    }
    for (std::size_t m = 0; m < kMetricCount; ++m) {
      // Most machines start no executions.
      const bool idle = std::all_of(most_[m].begin(), most_[m].end(), [](double weight) { return weight <= 0; });
      if (m != static_cast<std::size_t>(Metric::Transitions) && m != static_cast<std::size_t>(Metric::Seconds) &&
          idle) {
        for (std::size_t i = 0; i < kEndingCount; ++i) {
          if (!cost_->least[0][i]) continue;
          cost_->least[m][i] = cost_->most[m][i] = 0;
        }
        continue;
      }
      Extreme least = cheapest_ways(chain(), start, least_[m]);
      Extreme most = dearest_ways(chain(), start, most_[m]);
      for (std::size_t i = 0; i < kEndingCount; ++i) {
        cost_->least[m][i] = least.at_exit[i];
        if (most.at_exit[i]) cost_->most[m][i] = saturated(*most.at_exit[i], context_);
      }
      if (m == static_cast<std::size_t>(Metric::Transitions)) {
        cost_->fewest = std::move(least);
        cost_->most_transitions = std::move(most);
      }
    }
  }

  /// Choices that can leave a loop of which nobody says how often it goes round.
  void tell_open_loops() {
    std::vector<std::uint32_t> all(cost_->states.size());
    for (std::uint32_t v = 0; v < all.size(); ++v) all[v] = v;
    const std::vector<std::uint32_t> inside(chain().vertex_count + chain().exit_count, 0);
    const ChainComponents components = ComponentFinder(chain(), most_[0]).find(all, inside, 0);
    std::vector<std::size_t> of(chain().vertex_count + chain().exit_count, components.count());
    std::vector<bool> bounded(components.count(), false);
    for (std::size_t c = 0; c < components.count(); ++c) {
      for (const std::uint32_t v : components.component(c)) of[v] = c;
    }
    for (const ChainBound& bound : chain().bounds) bounded[of[bound.vertex]] = true;
    for (std::uint32_t v = 0; v < all.size(); ++v) {
      const auto* choice = std::get_if<Choice>(&cost_->states[v].state->kind);
      if (!choice || bounded[of[v]]) continue;
      const auto out = chain().out(v);
      const auto stays = [&](const ChainEdge& edge) { return of[edge.to] == of[v]; };
      if (std::none_of(out.begin(), out.end(), stays) || std::all_of(out.begin(), out.end(), stays)) continue;
      cost_->states[v].basis.push_back({"a loop without bound", Origin::Default, {}, "max_rounds", "100"});
    }
  }

  CostContext& context_;
  std::unique_ptr<ScopeCost> cost_;
  std::array<std::vector<double>, kMetricCount> least_, most_;  // by edge
  std::vector<std::pair<std::uint32_t, double>> stopped_;       // by state: transitions of a visit
};

}  // namespace

std::string amount_text(double number) {
  if (number == kUnbounded) return "unbounded";
  if (number == std::floor(number) && number < kLargestAmount) return fmt::format("{:.0f}", number);
  return fmt::format("{:.4g}", number);
}

std::string number_text(double number) {
  return fmt::format("{:.12g}", number);
}

std::unique_ptr<ScopeCost> cost_of_scope(const Scope& scope, CostContext& context) {
  return ScopeCoster(scope, context).run();
}

std::optional<double> least_of(const Endings& endings, bool task_failures) {
  return extreme_of(endings, 0, kEndingCount - (task_failures ? 0 : 1), false);
}
std::optional<double> most_of(const Endings& endings, bool task_failures) {
  return extreme_of(endings, 0, kEndingCount - (task_failures ? 0 : 1), true);
}

}  // namespace stepglass::analysis
