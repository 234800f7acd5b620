#include "analysis/mocks/mock_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "analysis/mocks/sample.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

/// True for what Lambda's Invoke answers: {"StatusCode": 200, "Payload": …}.
bool is_lambda_response(const Value& value) {
  return value.is_object() && value.find("Payload") && value.find("StatusCode");
}

}  // namespace

MockWorld::MockWorld(const Mocks& mocks, std::vector<NamedMachine> machines)
    : mocks_(mocks), machines_(std::move(machines)) {
  for (const StateMocks& state : mocks.states) by_name_[state.state] = &state;
  objects_.reserve(mocks.objects.size());
  for (const StoredObject& object : mocks.objects) objects_.push_back(&object);
  // Of two objects with one key the last is there, as a second upload replaces the first.
  const auto by_key = [](const StoredObject* a, const StoredObject* b) {
    return std::tie(a->bucket, a->key) < std::tie(b->bucket, b->key);
  };
  sort_stable(objects_, by_key);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    if (i + 1 < objects_.size() && !by_key(objects_[i], objects_[i + 1])) continue;
    objects_[kept++] = objects_[i];
  }
  objects_.resize(kept);
}

MockWorld::Slot& MockWorld::slot_of(const State& state) {
  const auto found = slots_.find(&state);
  if (found != slots_.end()) return found->second;
  Slot slot;
  if (const auto named = by_name_.find(state.name); named != by_name_.end()) {
    slot.mocks = named->second;
    for (std::size_t i = 0; i < slot.mocks->entries.size(); ++i) {
      const MockEntry& entry = slot.mocks->entries[i];
      (entry.iteration ? slot.iterations[*entry.iteration].entries : slot.any).push_back(i);
    }
  }
  return slots_.emplace(&state, std::move(slot)).first->second;
}

TaskAnswer MockWorld::play(const MockEntry& entry, const TaskCall& call) {
  TaskAnswer answer;
  answer.outcome = entry.outcome;
  answer.submitted = entry.submitted;
  answer.closing_event = entry.closing_event;
  answer.duration = entry.duration;
  if (!answer.submitted && call.task.resource.waits_for_submission()) {
    // The service always reports the call that starts the job; without it the ids of all later events would be off.
    answer.submitted = sample_submission(call.task);
  }
  return answer;
}

TaskAnswer MockWorld::local_answer(Slot& slot, const TaskCall& call) {
  const StateMocks& mocks = *slot.mocks;
  const std::uint64_t invocation = slot.taken++;
  const auto range = std::partition_point(mocks.ranges.begin(), mocks.ranges.end(),
                                          [invocation](const StateMocks::Range& r) { return r.last < invocation; });
  if (range == mocks.ranges.end() || range->first > invocation) {
    // Checked by others against Step Functions Local 2.0.0; its wording is not recorded.
    MockEntry entry;
    entry.outcome = Failure{
        "States.Runtime",
        fmt::format("The mocked response of state '{}' has no entry for invocation {}", call.state.name, invocation)};
    return play(entry, call);
  }
  TaskAnswer answer = play(mocks.entries[range->entry], call);
  const auto* result = std::get_if<Value>(&answer.outcome);
  if (result && call.task.resource.kind == Resource::Kind::Lambda && is_lambda_response(*result)) {
    // A mocked response is the service's whole answer; a function named by its ARN gives the payload alone (recorded).
    answer.outcome = Value(*result->find("Payload"));
  }
  return answer;
}

Result<TaskAnswer, NoAnswer> MockWorld::answer(const TaskCall& call) {
  Slot& slot = slot_of(call.state);
  if (!slot.mocks) return without_entry(call, slot);
  const StateMocks& mocks = *slot.mocks;
  if (mocks.local) return local_answer(slot, call);
  if (call.iteration && !slot.iterations.empty()) {
    if (const auto found = slot.iterations.find(*call.iteration); found != slot.iterations.end()) {
      Slot::Iteration& iteration = found->second;
      const std::uint64_t n = std::min<std::uint64_t>(iteration.taken++, iteration.entries.size() - 1);
      return play(mocks.entries[iteration.entries[n]], call);
    }
  }
  if (slot.any.empty()) return without_entry(call, slot);
  const std::uint64_t n = std::min<std::uint64_t>(slot.taken++, slot.any.size() - 1);
  return play(mocks.entries[slot.any[n]], call);
}

Result<TaskAnswer, NoAnswer> MockWorld::without_entry(const TaskCall& call, const Slot& slot) const {
  switch (mocks_.fallback) {
    case DefaultMock::Echo: {
      MockEntry entry;
      entry.outcome = call.input;
      return play(entry, call);
    }
    case DefaultMock::Sample: {
      MockEntry entry;
      entry.outcome = sample_result(call.task);
      return play(entry, call);
    }
    case DefaultMock::None:
      break;
  }
  const std::string name = display_word(call.state.name);
  if (slot.mocks) {
    return NoAnswer{
        call.iteration
            ? fmt::format("state \"{}\" has mocks for some items but none for iteration {}", name, *call.iteration)
            : fmt::format("state \"{}\" runs outside of a Map and all its mocks have an \"iteration\"", name)};
  }
  std::string message =
      fmt::format("state \"{}\" calls {} and has no mock", name, display_word(call.task.resource.arn));
  std::vector<std::string_view> known;
  for (const StateMocks& mocks : mocks_.states) known.push_back(mocks.state);
  if (const auto meant = nearest(call.state.name, known)) {
    message += fmt::format(" (there are mocks for \"{}\": is that the same?)", display_word(*meant));
  }
  return NoAnswer{std::move(message)};
}

const StoredObject* MockWorld::object(std::string_view bucket, std::string_view key) {
  const auto found = std::partition_point(objects_.begin(), objects_.end(), [&](const StoredObject* o) {
    return std::tuple<std::string_view, std::string_view>(o->bucket, o->key) < std::tuple(bucket, key);
  });
  if (found == objects_.end() || (*found)->bucket != bucket || (*found)->key != key) return nullptr;
  return *found;
}

std::vector<const StoredObject*> MockWorld::objects(std::string_view bucket, std::string_view prefix) {
  auto first = std::partition_point(objects_.begin(), objects_.end(), [&](const StoredObject* o) {
    return std::tuple<std::string_view, std::string_view>(o->bucket, o->key) < std::tuple(bucket, prefix);
  });
  std::vector<const StoredObject*> found;
  for (; first != objects_.end() && (*first)->bucket == bucket; ++first) {
    if (!std::string_view((*first)->key).starts_with(prefix)) break;
    found.push_back(*first);
  }
  return found;
}

const StateMachine* MockWorld::state_machine(std::string_view arn) {
  const NamedMachine* found = find_machine(machines_, arn);
  return found ? found->machine : nullptr;
}

}  // namespace stepglass::analysis
