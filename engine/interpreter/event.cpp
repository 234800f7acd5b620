#include "engine/interpreter/event.h"

namespace stepglass {
namespace {

constexpr std::string_view kNames[] = {
#define STEPGLASS_EVENT_NAME(name) #name,
    STEPGLASS_EVENT_TYPES(STEPGLASS_EVENT_NAME)
#undef STEPGLASS_EVENT_NAME
};
static_assert(std::size(kNames) == 62, "the service has 62 event types");

}  // namespace

std::string_view event_type_name(EventType type) {
  return kNames[static_cast<std::size_t>(type)];
}

bool is_state_entered(EventType type) {
  using enum EventType;
  switch (type) {
    case PassStateEntered:
    case TaskStateEntered:
    case ChoiceStateEntered:
    case WaitStateEntered:
    case SucceedStateEntered:
    case FailStateEntered:
    case ParallelStateEntered:
    case MapStateEntered:
      return true;
    default:
      return false;
  }
}

bool is_state_exited(EventType type) {
  using enum EventType;
  switch (type) {
    case PassStateExited:
    case TaskStateExited:
    case ChoiceStateExited:
    case WaitStateExited:
    case SucceedStateExited:
    case ParallelStateExited:
    case MapStateExited:
      return true;
    default:
      return false;
  }
}

bool is_failure(EventType type) {
  using enum EventType;
  switch (type) {
    case TaskFailed:
    case TaskTimedOut:
    case TaskStartFailed:
    case TaskSubmitFailed:
    case LambdaFunctionFailed:
    case LambdaFunctionTimedOut:
    case LambdaFunctionScheduleFailed:
    case LambdaFunctionStartFailed:
    case ActivityFailed:
    case ActivityTimedOut:
    case ActivityScheduleFailed:
    case EvaluationFailed:
    case MapRunFailed:
    case ParallelStateFailed:
    case MapStateFailed:
      return true;
    default:
      return false;
  }
}

std::optional<EventType> parse_event_type(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<EventType>(i);
  }
  return std::nullopt;
}

Event& History::add(EventType type, std::uint32_t previous, std::int64_t time_ms) {
  const std::uint32_t slot = size_ % kChunk;
  if (keep_ ? slot == 0 : chunks_.empty()) chunks_.push_back(std::make_unique<Event[]>(keep_ ? kChunk : 1));
  ++size_;
  Event& event = chunks_.back()[keep_ ? slot : 0];
  if (!keep_) {
    event.data = Value();
    event.state = nullptr;
    event.details.reset();
  }
  event.type = type;
  event.previous = previous;
  event.time_ms = time_ms;
  return event;
}

}  // namespace stepglass
