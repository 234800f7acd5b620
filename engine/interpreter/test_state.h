#pragma once
// One state alone, as the service's TestState runs it: given input, context and variables, and a mock in place of what
// the state would call. Retriers and catchers are evaluated and not carried out. For whole executions see run.h; for
// the call as JSON see analysis/api/test_state.h.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/interpreter/mock_validation.h"
#include "engine/interpreter/run.h"
#include "engine/interpreter/world.h"
#include "engine/model/state_machine.h"
#include "engine/support/failure.h"
#include "engine/support/result.h"

namespace stepglass {

/// The name under which a tested state runs, whatever its name in the definition. Source: recorded.
inline constexpr std::string_view kTestedStateName = "StateName";

/// How long a tested state may take; then it fails with States.Timeout. Source: developer guide, "TestState".
inline constexpr std::chrono::minutes kMaxStateTest{5};

/// Bytes of what ItemSelector makes for all iterations of a tested Map together, as JSON: a small input can make very
/// much of itself.
inline constexpr std::uint64_t kMaxIterationBytes = 64u << 20;

/// Work of an ItemSelector that searches the whole input for every item, as items times bytes of input; a small input
/// would otherwise keep a test busy for minutes.
inline constexpr std::uint64_t kMaxSelectorWork = std::uint64_t{1} << 28;

/// What stands in for the work of a Task, Map or Parallel. Exactly one of the two is to be there.
struct StateMock {
  std::optional<Value> result;
  std::optional<Failure> error_output;
  FieldValidation field_validation = FieldValidation::Strict;
};

/// What a call asks besides the state. Defaults are those of the service.
struct StateTest {
  Value input = Value::empty_object();
  std::optional<StateMock> mock;
  /// The whole context object; absent: a generated one.
  std::optional<Value> context;
  /// Variables with a value: an object.
  Value variables = Value::empty_object();
  bool reveal_secrets = false;

  // stateConfiguration
  /// Retries already made by the retrier that takes the error.
  std::int64_t retrier_retry_count = 0;
  /// The state inside a Map or Parallel that raised the mocked error; empty: not said.
  std::string error_caused_by_state;
  std::optional<std::int64_t> map_iteration_failure_count;
  /// What the ItemReader of a Map reads, as it stands in its source: JSON, CSV, …; absent: the state's input is taken
  /// for what was read.
  std::optional<std::string> map_item_reader_data;

  /// True for a state inside a Map: the context object then has Map.Item.
  bool inside_map = false;
  /// Of the generated context object; empty: null there.
  std::string role_arn;
  Identity identity;
  std::uint64_t seed = 0;
  /// 2025-01-01T00:00:00Z
  std::chrono::milliseconds start{1'735'689'600'000};
};

enum class StateTestStatus : std::uint8_t {
  Succeeded,
  Failed,       // and neither retrier nor catcher takes the error
  Retriable,    // a retrier takes it and has attempts left
  CaughtError,  // a catcher takes it
};
/// "SUCCEEDED", "FAILED", "RETRIABLE", "CAUGHT_ERROR"
std::string_view state_test_status_name(StateTestStatus status);

/// The data between the steps of a state, in the names of TestState ("afterInputPath", …); what comes behind a failure
/// is absent.
struct InspectionData {
  struct Stage {
    std::string name;
    Value value;
    /// True for what a Map makes for its iterations, one item each.
    bool per_iteration = false;
  };
  std::vector<Stage> stages;  // in the order of the data flow
  /// Given and assigned ones together; absent when there are none.
  std::optional<Value> variables;
  std::optional<std::int64_t> max_concurrency;
  std::optional<std::int64_t> tolerated_failure_count;
  std::optional<double> tolerated_failure_percentage;
  /// Indexes into Retry and Catch.
  std::optional<std::size_t> retry_index;
  std::optional<std::chrono::milliseconds> retry_backoff;
  std::optional<std::size_t> catch_index;
};

struct StateTestAnswer {
  StateTestStatus status = StateTestStatus::Succeeded;
  Value output;     // when succeeded or caught
  Failure failure;  // unless succeeded
  std::optional<std::string> next_state;
  InspectionData inspection;
};

/// Why a call gets no answer.
struct StateTestRefusal {
  enum class Kind : std::uint8_t {
    Validation,         // ValidationException
    InvalidDefinition,  // InvalidDefinition
    MissingMock,        // the world had no answer for the task
    Unsupported,        // the state uses or makes what this version does not run; said by name
  };
  Kind kind = Kind::Validation;
  std::string message;
};

/// Runs `state`, which was loaded without errors. What a Task without a mock calls is answered by `world`.
Result<StateTestAnswer, StateTestRefusal> test_state(const State& state, const StateTest& test, World& world);

/// A state of a machine, at any depth, and whether a Map is around it; nothing when none has that name.
struct FoundState {
  const State& state;
  bool inside_map = false;
};
std::optional<FoundState> find_tested_state(const Scope& scope, std::string_view name);

}  // namespace stepglass
