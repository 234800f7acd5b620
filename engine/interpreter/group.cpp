// Parallel states and inline Maps: their strands, and what happens when one of them fails.

#include <fmt/format.h>

#include <algorithm>

#include "engine/interpreter/runner.h"
#include "engine/support/limits.h"
#include "engine/support/sort.h"
#include "engine/value/json_size.h"

namespace stepglass {
namespace {

/// Iterations of an inline Map that run at a time, whatever MaxConcurrency asks. Source: service quota.
constexpr auto kInlineConcurrency = static_cast<std::uint32_t>(kMaxInlineConcurrency);

}  // namespace

bool Runner::start_parallel(Strand& strand, const Parallel& parallel) {
  const State& state = *strand.state;
  View view(*this, strand);
  const Visit visit{state, strand.entered, strand.input, view, random_, options_.inspector};
  auto selected = selected_input(visit);
  if (!selected) return fail(strand, {std::move(selected).error()}, strand.last_event);
  auto effective = apply_template(visit, parallel.parameters, *selected);
  if (!effective) return fail(strand, {std::move(effective).error()}, strand.last_event);
  visit.stage("afterParameters", *effective);

  emit(EventType::ParallelStateStarted, strand.last_event).state = &state;
  if (done_) return false;
  strand.running = std::make_unique<Group>();
  Group& group = *strand.running;
  group.owner = &strand;
  group.started = strand.last_event = last_id();
  group.results.resize(parallel.branches.size());
  for (std::size_t i = 0; i < parallel.branches.size(); ++i) {
    make_ready(new_strand(parallel.branches[i], *effective, &group, static_cast<std::uint32_t>(i), group.started));
  }
  return false;
}

/// A Map that fails before it has started. An expression that failed is followed by MapStateFailed. Source: recorded.
bool Runner::fail_before_items(Strand& strand, Failure failure) {
  const bool by_expression = failure.location.has_value();
  return fail(strand, {std::move(failure)}, strand.last_event,
              by_expression ? std::optional(EventType::MapStateFailed) : std::nullopt);
}

bool Runner::start_map(Strand& strand, const Map& map) {
  const State& state = *strand.state;
  View view(*this, strand);
  const Visit visit{state, strand.entered, strand.input, view, random_, options_.inspector};
  auto selected = selected_input(visit);
  if (!selected) return fail(strand, {std::move(selected).error()}, strand.last_event);
  if (map.distributed) return run_distributed_map(strand, map, *selected);

  auto concurrency = count_field(visit, map.max_concurrency, "MaxConcurrency", *selected);
  if (!concurrency) return fail_before_items(strand, std::move(concurrency).error());
  auto found = map_items(visit, map, *selected, false);
  if (!found) return fail_before_items(strand, std::move(found).error());
  const Value items = *std::move(found);
  Event& started = emit(EventType::MapStateStarted, strand.last_event);
  started.state = &state;
  started.data = Value(static_cast<std::int64_t>(items.size()));
  if (done_) return false;
  strand.running = std::make_unique<Group>();
  Group& group = *strand.running;
  group.owner = &strand;
  group.is_map = true;
  group.started = strand.last_event = last_id();
  group.limit = kInlineConcurrency;
  if (*concurrency && **concurrency > 0 && **concurrency < kInlineConcurrency) {
    group.limit = static_cast<std::uint32_t>(**concurrency);
  }
  strand.effective = *std::move(selected);
  group.source = items;
  group.results.resize(items.size());
  if (items.size() == 0) return end_group(group, group.started);
  return start_iterations(group, group.started);
}

bool Runner::start_iterations(Group& group, std::uint32_t previous) {
  Strand& owner = *group.owner;
  const State& state = *owner.state;
  const Map& map = std::get<Map>(state.kind);
  const auto items = group.source.items();
  while (group.next < items.size() && group.members.size() < group.limit) {
    const std::uint32_t index = group.next++;
    ObjectBuilder item(2);
    item.set(index_key_, Value(index));
    item.set(value_key_, items[index]);
    Value item_context = std::move(item).build();
    Value input = items[index];
    if (map.item_selector.index() != 0) {
      View view(*this, owner, item_context);
      const Visit visit{state, owner.entered, owner.input, view, random_, options_.inspector};
      auto selected = apply_template(visit, map.item_selector, owner.effective);
      if (!selected) {
        // It comes before the iteration: no MapIterationFailed, but MapStateFailed. Source: measured.
        RaisedError error{std::move(selected).error()};
        drop_group(owner.running);
        // It is the owner that goes on, not the iteration whose end started this one.
        if (fail(owner, std::move(error), owner.last_event, EventType::MapStateFailed)) make_ready(owner);
        return false;
      }
      input = *std::move(selected);
    }
    Event& started = emit(EventType::MapIterationStarted, previous);
    started.state = &state;
    started.data = Value(index);
    if (done_) return false;
    Strand& iteration = new_strand(map.processor, std::move(input), &group, index, last_id());
    iteration.item = std::move(item_context);
    make_ready(iteration);
  }
  return false;
}

bool Runner::member_finished(Strand& strand, Value output) {
  Group& group = *strand.group;
  const std::uint32_t last_event = strand.last_event;
  // A result that is too large fails the state when all are done: what does not fit is not kept until then.
  group.result_bytes = add_json_size(group.result_bytes, json_size(output) + 1);
  if (group.result_bytes <= kMaxPayloadBytes) group.results[strand.index] = std::move(output);
  group.members.back()->slot = strand.slot;
  std::swap(group.members[strand.slot], group.members.back());
  group.members.pop_back();
  ++group.finished;
  if (group.is_map) {
    Event& event = emit(EventType::MapIterationSucceeded, last_event);
    event.state = group.owner->state;
    event.data = Value(strand.index);
  }
  end_strand(strand);
  if (done_) return false;
  if (group.finished == group.results.size()) return end_group(group, group.is_map ? last_id() : last_event);
  // The next iteration follows the last event inside the one that ended, not its MapIterationSucceeded (recorded).
  if (group.is_map && group.next < group.results.size()) return start_iterations(group, last_event);
  return false;
}

bool Runner::end_group(Group& group, std::uint32_t last_event) {
  Strand& owner = *group.owner;
  const State& state = *owner.state;
  // The brackets; the last item has no comma.
  const bool too_large = group.result_bytes + 1 > kMaxPayloadBytes;
  const Value result = Value::array(group.results);
  emit(group.is_map ? EventType::MapStateSucceeded : EventType::ParallelStateSucceeded, last_event).state = &state;
  const std::uint32_t succeeded = last_id();
  drop_group(owner.running);
  if (done_) return false;
  if (too_large) {
    if (fail(owner, {data_limit_failure(state.name)}, succeeded)) make_ready(owner);
    return false;
  }
  View view(*this, owner);
  const Visit visit{state, owner.entered, owner.input, view, random_, options_.inspector};
  auto completion = complete(visit, result);
  if (!completion) {
    if (fail(owner, {std::move(completion).error()}, succeeded)) make_ready(owner);
    return false;
  }
  // …Exited points past …Succeeded to the event before it (recorded).
  owner.last_event = last_event;
  if (leave(owner, *std::move(completion), state.next ? state.next->state : nullptr)) make_ready(owner);
  return false;
}

/// The living members of a group that is about to end, by branch or item.
const std::vector<Runner::Strand*>& Runner::members_in_order(Group& group) {
  sort_stable(group.members, [](const Strand* a, const Strand* b) { return a->index < b->index; });
  return group.members;
}

bool Runner::member_failed(Strand& strand, const RaisedError& error, std::uint32_t event) {
  Group& group = *strand.group;
  Strand& owner = *group.owner;
  const State& state = *owner.state;
  for (Strand* member : members_in_order(group)) {
    if (member == &strand) {
      // The task that failed is aborted too in a Parallel (recorded); a Fail state is not.
      if (!group.is_map && strand.open && std::holds_alternative<Task>(strand.state->kind)) emit_abort(strand, event);
      continue;
    }
    if (group.is_map) {
      Event& aborted = emit(EventType::MapIterationAborted, event);
      aborted.state = &state;
      aborted.data = Value(member->index);
    }
    emit_abort(*member, event);
  }
  if (group.is_map) {
    Event& failed = emit(EventType::MapIterationFailed, event);
    failed.state = &state;
    failed.data = Value(strand.index);
  }
  const RaisedError raised = error;
  const EventType closing = group.is_map ? EventType::MapStateFailed : EventType::ParallelStateFailed;
  drop_group(owner.running);
  if (fail(owner, raised, event, closing)) make_ready(owner);
  return false;
}

/// The event that tells that an open state was cut, after those of the states inside it.
void Runner::emit_abort(Strand& strand, std::uint32_t event) {
  if (strand.running) {
    for (Strand* member : members_in_order(*strand.running)) {
      if (strand.running->is_map) {
        Event& aborted = emit(EventType::MapIterationAborted, event);
        aborted.state = strand.state;
        aborted.data = Value(member->index);
      }
      emit_abort(*member, event);
    }
  }
  if (strand.map_run) emit(EventType::MapRunAborted, event).state = strand.state;
  if (!strand.open) return;
  std::optional<EventType> type;
  if (std::holds_alternative<Task>(strand.state->kind)) type = EventType::TaskStateAborted;
  if (std::holds_alternative<Wait>(strand.state->kind)) type = EventType::WaitStateAborted;
  if (std::holds_alternative<Parallel>(strand.state->kind)) type = EventType::ParallelStateAborted;
  if (std::holds_alternative<Map>(strand.state->kind)) type = EventType::MapStateAborted;
  if (type) emit(*type, event).state = strand.state;
}

void Runner::drop_group(std::unique_ptr<Group>& group) {
  if (!group) return;
  const std::unique_ptr<Group> dropped = std::move(group);
  for (Strand* member : dropped->members) end_strand(*member);
}

}  // namespace stepglass
