#pragma once
// Runs a state machine in virtual time: a wait of a year passes at once and is still a year in the history. A run is a
// function of definition, options and world: the same again gives the same bytes.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/interpreter/debugging.h"
#include "engine/interpreter/event.h"
#include "engine/interpreter/world.h"
#include "engine/model/state_machine.h"
#include "engine/support/limits.h"
#include "engine/support/result.h"

namespace stepglass {

/// Running: the run was paused.
enum class ExecutionStatus : std::uint8_t { Succeeded, Failed, TimedOut, Aborted, Running };
/// "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "RUNNING"
std::string_view execution_status_name(ExecutionStatus status);

/// Called with the stages that the data of each state goes through, in the names of TestState: "afterInputPath",
/// "afterParameters", … `visit` is the id of the …StateEntered event.
class Inspector {
 public:
  virtual ~Inspector() = default;
  virtual void stage(const State& state, std::uint32_t visit, std::string_view name, const Value& value) = 0;
  /// Called when a Choice takes its rule `index`, from 0; not when it takes its Default.
  virtual void rule(const State& state, std::uint32_t visit, std::size_t index);
  /// Called when the retrier `index`, from 0, is about to try the state again.
  virtual void retried(const State& state, std::uint32_t visit, std::size_t index);
  /// Called when the catcher `index`, from 0, takes an error.
  virtual void caught(const State& state, std::uint32_t visit, std::size_t index);
};

/// Names of what a run pretends to be; they appear in ARNs and in the context object.
struct Identity {
  std::string region = "us-east-1";
  std::string account = "111111111111";
  std::string machine = "StateMachine";
  /// Empty: made from the seed.
  std::string execution;
  /// A run has no role. The default is the placeholder that recordings of the service carry, so that a history compares
  /// equal to a recorded one and nobody takes it for a role of theirs.
  std::string role_arn = "snf_role_arn";
};

/// How many transitions a run may take before it is given up, when the caller does not say otherwise. An Express
/// execution has no limit of events, so this is what ends its endless loops: with some 100 MB of history.
inline constexpr std::uint64_t kMaxTransitions = 1'000'000;
/// How many child executions all Map runs of a run may start together.
inline constexpr std::uint64_t kMaxChildExecutions = 1'000'000;
/// How deeply executions start executions that are waited for.
inline constexpr std::uint32_t kMaxExecutionNesting = 16;

struct RunOptions {
  Value input = Value::empty_object();
  /// The caller's text of the input, when there is one: the first events show it unchanged.
  std::string input_text;
  std::uint64_t seed = 0;
  /// 2025-01-01T00:00:00Z
  std::chrono::milliseconds start{1'735'689'600'000};
  bool keep_history = true;
  /// Events of a Standard execution; 0 lifts the limit.
  std::uint32_t max_events = kMaxHistoryEvents;
  std::uint64_t max_transitions = kMaxTransitions;
  /// Steps of everything that is evaluated.
  std::uint64_t max_steps = kMaxRunSteps;
  Identity identity;
  /// Members of the context object that replace the generated ones; an object or null.
  Value context;
  Inspector* inspector = nullptr;
  /// Where the execution pauses, and what is changed on the way. Not for the executions that it starts.
  PauseAt pause;
  /// By ascending event.
  std::vector<Change> changes;
};

/// Why a run has no outcome.
struct RunStopped {
  enum class Reason {
    MissingMock,      // the world had no answer for a task
    StepLimit,        // max_steps
    TransitionLimit,  // max_transitions
    ExecutionLimit,   // kMaxChildExecutions or kMaxExecutionNesting
  };
  Reason reason = Reason::MissingMock;
  std::string state;
  std::string message;
};

struct MapRun;

struct Execution {
  ExecutionStatus status = ExecutionStatus::Succeeded;
  Value output;     // when succeeded
  Failure failure;  // when failed or aborted
  History history;
  /// Billed: states entered and retries. Children of distributed Maps that are Standard executions included.
  std::uint64_t transitions = 0;
  std::chrono::milliseconds duration{0};
  std::string arn;
  std::string role_arn;
  std::vector<MapRun> map_runs;
  /// Why it paused, when it could not go on: see PauseAt::stopped.
  std::optional<RunStopped> stopped;
  /// Changes that were not made, since their event enters or leaves no state or was not reached.
  std::vector<std::uint32_t> unused_changes;
};

/// A run of a distributed Map.
struct MapRun {
  std::string arn;
  const State* state = nullptr;
  ExecutionStatus status = ExecutionStatus::Succeeded;
  struct Counts {
    std::uint64_t total = 0, succeeded = 0, failed = 0, timed_out = 0, aborted = 0, pending = 0, running = 0;
    std::uint64_t results_written = 0;
  };
  Counts items;
  Counts executions;
  std::uint64_t max_concurrency = 0;
  std::int64_t tolerated_failure_count = 0;
  double tolerated_failure_percentage = 0;
  struct Child {
    std::string name;
    Value input;
    ExecutionStatus status = ExecutionStatus::Succeeded;
    Value output;
    Failure failure;
    std::int64_t start_ms = 0, stop_ms = 0;
  };
  /// The children that were started, in the order of their items. Only when the run keeps its history.
  std::vector<Child> children;
  /// What its ResultWriter put into S3: the results by status, and last manifest.json. Only when the run keeps its
  /// history; a file too large to show is named in the manifest alone.
  std::vector<StoredObject> written;
};

/// Runs `machine`, which was loaded without errors.
Result<Execution, RunStopped> run(const StateMachine& machine, World& world, const RunOptions& options);

}  // namespace stepglass
