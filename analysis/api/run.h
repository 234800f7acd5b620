#pragma once
// run(): one execution of a loaded definition with mocked tasks. Plain structs in, plain structs out.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/api/api_error.h"
#include "analysis/mocks/mock_world.h"
#include "analysis/mocks/mocks.h"
#include "analysis/report/trace.h"
#include "engine/interpreter/run.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

/// How much is told about every state entered; the names are those of the TestState API.
enum class InspectionLevel : std::uint8_t { None, Info, Debug, Trace };
std::optional<InspectionLevel> parse_inspection_level(std::string_view name);

struct RunRequest {
  /// JSON text; the first events show it unchanged.
  std::string input_text = "{}";
  Mocks mocks;
  /// Other definitions, for nested executions. They outlive the reply.
  std::vector<NamedMachine> machines;
  Value context;
  std::chrono::milliseconds start = RunOptions().start;
  std::uint64_t seed = 0;
  bool history = true;
  InspectionLevel inspection = InspectionLevel::None;
  std::uint32_t max_events = RunOptions().max_events;
  std::uint64_t max_transitions = RunOptions().max_transitions;
  PauseAt pause;
  /// In any order, at most one for an event.
  std::vector<Change> changes;
};

/// What was seen of one visit of a state.
struct StateInspection {
  std::uint32_t entered = 0;  // id of its …StateEntered event
  const State* state = nullptr;
  /// Stages of the data in the order they were reached; the names are those of TestState's inspectionData.
  struct Stage {
    std::string name;
    Value value;
  };
  std::vector<Stage> stages;
  Decisions decisions;
};

struct RunReply {
  Execution execution;
  /// In the order in which the states were entered; empty when not asked for.
  std::vector<StateInspection> inspection;
  /// Why the execution paused, when it was where it would be given up.
  std::optional<ApiError> stopped;
  /// What is likely a mistake in the request and did not stop the run: keys that stand twice in the input, mocks of
  /// states that there are not. At most kMaxWarnings, then one that says how many more.
  std::vector<std::string> warnings;
};

inline constexpr std::size_t kMaxWarnings = 20;

/// What was decided in the visit that starts with event `entered`; a null pointer when it was not inspected.
const Decisions* decisions_of(const RunReply& reply, std::uint32_t entered);

/// What happened in the run, in lines for people. Where it was not inspected, what was decided is left out.
std::string trace_text(const RunReply& reply, const StateMachine& machine, const Style& style);

/// Runs `machine`, which was loaded without errors and outlives the reply. Fails as StartExecution does when the input
/// is no JSON or too large, or with MissingMock, StepLimit, TransitionLimit, ExecutionLimit.
Result<RunReply, ApiError> run(const StateMachine& machine, const RunRequest& request);

}  // namespace stepglass::analysis
