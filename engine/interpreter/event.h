#pragma once
// Events of an execution, in the shape of the service's GetExecutionHistory. An event keeps references to Values; text
// is written only when somebody asks for it (analysis/report/history.h).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/state.h"
#include "engine/support/failure.h"
#include "engine/value/value.h"

namespace stepglass {

#define STEPGLASS_EVENT_TYPES(X)                                                                                       \
  X(ExecutionStarted)                                                                                                  \
  X(ExecutionSucceeded)                                                                                                \
  X(ExecutionFailed)                                                                                                   \
  X(ExecutionAborted)                                                                                                  \
  X(ExecutionTimedOut) X(ExecutionRedriven) X(PassStateEntered) X(PassStateExited) X(TaskStateEntered)                 \
      X(TaskStateExited) X(TaskStateAborted) X(ChoiceStateEntered) X(ChoiceStateExited) X(WaitStateEntered)            \
          X(WaitStateExited) X(WaitStateAborted) X(SucceedStateEntered) X(SucceedStateExited) X(FailStateEntered)      \
              X(ParallelStateEntered) X(ParallelStateExited) X(ParallelStateStarted) X(ParallelStateSucceeded)         \
                  X(ParallelStateFailed) X(ParallelStateAborted) X(MapStateEntered) X(MapStateExited)                  \
                      X(MapStateStarted) X(MapStateSucceeded) X(MapStateFailed) X(MapStateAborted)                     \
                          X(MapIterationStarted) X(MapIterationSucceeded) X(MapIterationFailed) X(MapIterationAborted) \
                              X(MapRunStarted) X(MapRunSucceeded) X(MapRunFailed) X(MapRunAborted) X(MapRunRedriven)   \
                                  X(TaskScheduled) X(TaskStarted) X(TaskStartFailed) X(TaskSubmitted)                  \
                                      X(TaskSubmitFailed) X(TaskSucceeded) X(TaskFailed) X(TaskTimedOut)               \
                                          X(LambdaFunctionScheduled) X(LambdaFunctionScheduleFailed)                   \
                                              X(LambdaFunctionStarted) X(LambdaFunctionStartFailed)                    \
                                                  X(LambdaFunctionSucceeded) X(LambdaFunctionFailed)                   \
                                                      X(LambdaFunctionTimedOut) X(ActivityScheduled)                   \
                                                          X(ActivityScheduleFailed) X(ActivityStarted)                 \
                                                              X(ActivitySucceeded) X(ActivityFailed)                   \
                                                                  X(ActivityTimedOut) X(EvaluationFailed)

/// The 62 types of the service. Source: API, HistoryEventType.
enum class EventType : std::uint8_t {
#define STEPGLASS_EVENT_ENUMERATOR(name) name,
  STEPGLASS_EVENT_TYPES(STEPGLASS_EVENT_ENUMERATOR)
#undef STEPGLASS_EVENT_ENUMERATOR
};

/// "TaskScheduled", …
std::string_view event_type_name(EventType type);
std::optional<EventType> parse_event_type(std::string_view name);
/// True for PassStateEntered, TaskStateEntered, …
bool is_state_entered(EventType type);
/// True for PassStateExited, TaskStateExited, …
bool is_state_exited(EventType type);

/// True for the events of an attempt, an evaluation or a state that fails: TaskFailed, LambdaFunctionTimedOut, …
bool is_failure(EventType type);

/// What only some events have.
struct EventDetails {
  Failure failure;
  /// Variables assigned by a state that exited: an object; null when none were.
  Value assigned;
  std::optional<std::int64_t> timeout_seconds;
  std::optional<std::int64_t> heartbeat_seconds;
  std::string credentials_role;  // taskCredentials.roleArn; empty when there is none
  std::string worker_name;       // of ActivityStarted; empty when unknown
  std::string map_run_arn;
  /// The caller's own text of the input, where the service shows that and not the value's.
  std::string input_text;
  /// Where an evaluation failed, e.g. "Output/result".
  std::string location;
};

struct Event {
  EventType type = EventType::ExecutionStarted;
  std::uint32_t previous = 0;  // id of the event that led here; 0 for none
  std::int64_t time_ms = 0;    // since 1970
  /// Input, output, parameters, or the number that the event carries (length, index).
  Value data;
  /// The state that the event is about; null for those of the execution.
  const State* state = nullptr;
  std::unique_ptr<EventDetails> details;

  /// The details, made when there were none.
  EventDetails& more() {
    if (!details) details = std::make_unique<EventDetails>();
    return *details;
  }
};

/// The events of one execution, with ids 1, 2, 3, … Events do not move when others are added.
class History {
 public:
  /// With `keep` false events are counted and forgotten.
  explicit History(bool keep = true) : keep_(keep) {}

  /// Adds an event and gives it; its id is size().
  Event& add(EventType type, std::uint32_t previous, std::int64_t time_ms);
  std::uint32_t size() const { return size_; }
  bool keeps() const { return keep_; }
  /// The event `id`, 1 … size(). Only when events are kept.
  const Event& operator[](std::uint32_t id) const { return chunks_[(id - 1) / kChunk][(id - 1) % kChunk]; }

 private:
  static constexpr std::uint32_t kChunk = 256;
  bool keep_;
  std::uint32_t size_ = 0;
  std::vector<std::unique_ptr<Event[]>> chunks_;
};

}  // namespace stepglass
