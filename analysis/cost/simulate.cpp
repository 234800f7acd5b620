#include "analysis/cost/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <optional>
#include <vector>

#include "analysis/cost/chance_machine.h"
#include "analysis/cost/scope_cost.h"
#include "engine/interpreter/run.h"
#include "engine/support/random.h"

namespace stepglass::analysis {
namespace {

// Executions that one call of the work plays.
constexpr std::size_t kChunk = 512;

// Distinct seeds for every execution of every seed.
std::uint64_t seed_of(std::uint64_t seed, std::uint64_t execution) {
  return Random(seed ^ (execution * 0x9E3779B97F4A7C15u + 1)).next();
}

/// What an execution took.
struct Sample {
  double transitions = 0;
  double started_transitions = 0;
  double seconds = 0;
  double child_requests = 0;
  bool failed = false;
};

Result<Sample, std::string> play(const ChanceMachine& machine, std::uint64_t seed);

class ChanceWorld : public World {
 public:
  ChanceWorld(const ChanceMachine& machine, std::uint64_t seed) : machine_(machine), random_(seed) {}

  Result<TaskAnswer, NoAnswer> answer(const TaskCall& call) override {
    const ChanceMachine::TaskPlan* plan = machine_.plan(call.state);
    TaskAnswer answer{{}, Value::empty_object(), {}, {}, {}};
    double seconds = plan ? plan->seconds : 0;
    bool started_failed = false;
    if (plan && plan->started) {
      auto sample = play(*plan->started, random_.next());
      if (!sample) return NoAnswer{sample.error()};
      const bool express = plan->started->machine().type == MachineType::Express;
      started_.child_requests += sample->child_requests + (express ? 1 : 0);
      started_.transitions += express ? sample->started_transitions : sample->transitions;
      if (plan->waits) {
        seconds = sample->seconds;
        started_failed = sample->failed;
      }
    }
    answer.duration = std::chrono::milliseconds(std::llround(std::min(seconds, 1e12) * 1000));
    if (started_failed) answer.outcome = Failure{"States.TaskFailed", ""};
    if (!plan || plan->failures.empty()) return answer;
    double left = random_.fraction();
    for (const ErrorShare& failure : plan->failures) {
      left -= failure.probability;
      if (left >= 0) continue;
      answer.outcome = Failure{failure.name, ""};
      break;
    }
    return answer;
  }

  /// By executions that tasks started: transitions that are billed, Express executions.
  const Sample& started() const { return started_; }

 private:
  const ChanceMachine& machine_;
  Random random_;
  Sample started_;
};

Result<Sample, std::string> play(const ChanceMachine& machine, std::uint64_t seed) {
  ChanceWorld world(machine, ~seed);
  RunOptions options;
  options.seed = seed;
  options.keep_history = false;
  options.max_events = 0;
  const auto execution = run(machine.machine(), world, options);
  if (!execution) return fmt::format("an execution was given up: {}", execution.error().message);
  Sample sample;
  sample.started_transitions = world.started().transitions;
  sample.transitions = static_cast<double>(execution->transitions) + sample.started_transitions;
  sample.child_requests = world.started().child_requests;
  for (const MapRun& map_run : execution->map_runs) {
    const auto* map = std::get_if<Map>(&map_run.state->kind);
    if (map && map->express_children) sample.child_requests += static_cast<double>(map_run.executions.total);
  }
  sample.seconds = static_cast<double>(execution->duration.count()) / 1000;
  sample.failed = execution->status != ExecutionStatus::Succeeded;
  return sample;
}

/// Values count their owners without locks, so each thread plays a machine of its own.
class MachinePool {
 public:
  MachinePool(const StateMachine& machine, const ScopeCost& cost) : machine_(machine), cost_(cost) {}

  Result<std::unique_ptr<ChanceMachine>, std::string> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto machine = std::move(idle_.back());
        idle_.pop_back();
        return machine;
      }
    }
    return ChanceMachine::make(machine_, cost_);
  }
  void give(std::unique_ptr<ChanceMachine> machine) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(machine));
  }

 private:
  const StateMachine& machine_;
  const ScopeCost& cost_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<ChanceMachine>> idle_;
};

/// States that a run through the scope is expected to enter, without those of machines that are started.
double steps_of(const ScopeCost& scope) {
  double steps = 0;
  for (std::size_t i = 0; i < scope.states.size(); ++i) {
    const StateCost& state = scope.states[i];
    const double visits = scope.flows.visits.empty() ? 0 : scope.flows.visits[i];
    steps += times(visits, state.attempts.expected);
    for (const auto& inner : state.inner) steps += times(times(visits, state.inner_runs), steps_of(*inner));
  }
  return steps;
}

/// Of `values`, which are sorted here.
Distribution distribution(std::vector<double>& values) {
  Distribution result;
  const auto count = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double value : values) sum += value;
  result.mean = sum / count;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  if (values.size() > 1) result.standard_error = std::sqrt(squares / (count - 1) / count);
  std::sort(values.begin(), values.end());
  const auto quantile = [&](double share) {
    return values[std::min(values.size() - 1, static_cast<std::size_t>(std::ceil(share * count)) - 1)];
  };
  result.least = values.front();
  result.most = values.back();
  result.p50 = quantile(0.5);
  result.p95 = quantile(0.95);
  result.p99 = quantile(0.99);
  return result;
}

}  // namespace

Result<SimulatedCost, std::string> simulate_cost(const StateMachine& machine, std::string_view name,
                                                 const Assumptions& assumptions, const SimulateOptions& options) {
  const std::uint64_t executions = std::min(options.executions, kMaxSimulatedExecutions);
  if (executions == 0) return std::string("no executions to simulate");
  CostContext context{assumptions, name, 0, options.machine_of};
  const auto cost = cost_of_machine(machine, context);
  double expected = steps_of(*cost);
  for (const auto& [started, runs] : started_runs(*cost, *context.started)) {
    expected += times(runs, steps_of(*started->cost));
  }
  expected *= static_cast<double>(executions);
  if (expected == kUnbounded) return std::string("as assumed, some loop is never left");
  if (expected > kMaxSimulatedSteps) {
    return fmt::format("{} executions would enter {} states, more than {}", executions, amount_text(expected),
                       amount_text(kMaxSimulatedSteps));
  }
  MachinePool pool(machine, *cost);
  if (auto first = pool.take(); first) {
    pool.give(*std::move(first));
  } else {
    return first.error();
  }

  std::vector<Sample> samples(executions);
  std::atomic<bool> stopped{false};
  std::mutex mutex;
  std::optional<std::pair<std::size_t, std::string>> fault;  // the first one, by chunk
  const auto play_chunk = [&](std::size_t chunk) {
    auto chance = pool.take();
    const std::size_t end = std::min<std::size_t>((chunk + 1) * kChunk, executions);
    for (std::size_t i = chunk * kChunk; i < end; ++i) {
      if (stopped) return;
      auto sample = play(**chance, seed_of(options.seed, i));
      if (!sample) {
        const std::lock_guard lock(mutex);
        if (!fault || chunk < fault->first) fault.emplace(chunk, sample.error());
        stopped = true;
        return;
      }
      samples[i] = *sample;
    }
    pool.give(*std::move(chance));
  };
  const std::size_t chunks = (executions + kChunk - 1) / kChunk;
  if (options.for_each) {
    options.for_each(chunks, play_chunk);
  } else {
    for (std::size_t i = 0; i < chunks; ++i) play_chunk(i);
  }
  if (fault) return std::move(fault->second);

  SimulatedCost result;
  result.executions = executions;
  result.seed = options.seed;
  std::vector<double> values(executions);
  const auto spread = [&](double Sample::*of) {
    for (std::size_t i = 0; i < executions; ++i) values[i] = samples[i].*of;
    return distribution(values);
  };
  result.transitions = spread(&Sample::transitions);
  result.started_transitions = spread(&Sample::started_transitions);
  result.seconds = spread(&Sample::seconds);
  result.child_requests = spread(&Sample::child_requests);
  for (const Sample& sample : samples) result.failed += sample.failed;
  return result;
}

}  // namespace stepglass::analysis
