#pragma once
// Everything outside of the engine that an execution meets: what tasks answer, what lies in S3, which other state
// machines there are. Tests, the command line and the playground each bring their own.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/interpreter/event.h"
#include "engine/model/state_machine.h"
#include "engine/support/failure.h"
#include "engine/support/result.h"
#include "engine/value/value.h"

namespace stepglass {

/// One attempt of a Task.
struct TaskCall {
  const State& state;
  const Task& task;
  /// The effective input: what the service would send.
  const Value& input;
  /// Retries of this state before this attempt, 0 for the first.
  std::uint32_t retry_count = 0;
  /// Index of the item of the innermost Map that runs this; absent outside of Maps.
  std::optional<std::uint64_t> iteration;
};

/// What an attempt answers.
struct TaskAnswer {
  /// What the first half of a .sync or .waitForTaskToken task answers: the response of the call that starts the job.
  std::optional<Value> submitted;
  std::variant<Value, Failure> outcome;
  /// The event that closes the attempt, when it is not the plain success or failure, e.g. TaskTimedOut.
  std::optional<EventType> closing_event;
  /// Virtual time from the start to the outcome. Absent: no time, or with closing_event TaskTimedOut the time until the
  /// first of timeout and heartbeat.
  std::optional<std::chrono::milliseconds> duration;
  /// Of an activity's worker; may be empty.
  std::string worker_name;
};

/// Why the world cannot answer. It ends the run without an outcome.
struct NoAnswer {
  std::string message;
};

/// An object in S3.
struct StoredObject {
  std::string bucket;
  std::string key;
  std::string body;
};

class World {
 public:
  virtual ~World() = default;

  virtual Result<TaskAnswer, NoAnswer> answer(const TaskCall& call) = 0;

  /// The object, or null when there is none. Lives until the run has ended.
  virtual const StoredObject* object(std::string_view bucket, std::string_view key);
  /// All objects of `bucket` whose key starts with `prefix`, by key.
  virtual std::vector<const StoredObject*> objects(std::string_view bucket, std::string_view prefix);
  /// The state machine that a nested execution of `arn` starts, when its definition is at hand; else null: then
  /// answer() is asked. Lives until the run has ended.
  virtual const StateMachine* state_machine(std::string_view arn);
};

}  // namespace stepglass
