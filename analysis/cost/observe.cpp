#include "analysis/cost/observe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/model/timestamp.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

// The ways of an attempt to go wrong.
constexpr std::string_view kFailed[] = {"TaskFailed",
                                        "TaskStartFailed",
                                        "TaskSubmitFailed",
                                        "LambdaFunctionFailed",
                                        "LambdaFunctionScheduleFailed",
                                        "LambdaFunctionStartFailed",
                                        "ActivityFailed",
                                        "ActivityScheduleFailed"};
constexpr std::string_view kTimedOut[] = {"TaskTimedOut", "LambdaFunctionTimedOut", "ActivityTimedOut"};
constexpr std::string_view kSucceeded[] = {"TaskSucceeded", "LambdaFunctionSucceeded", "ActivitySucceeded"};
constexpr std::string_view kScheduled[] = {"TaskScheduled", "LambdaFunctionScheduled", "ActivityScheduled"};

template <std::size_t N>
bool is_among(std::string_view type, const std::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), type) != std::end(names);
}

constexpr std::size_t kNone = SIZE_MAX;

struct Event {
  std::int64_t id = 0, previous = 0;
  std::string_view type;
  double seconds = 0;
  Node node;
  /// By index: the event with which the state was entered, and that which scheduled the attempt, as far as there are.
  std::size_t entered = kNone, scheduled = kNone;
  bool ended = false;  // the attempt that it scheduled
};

std::optional<std::int64_t> integer_at(Node object, std::string_view key) {
  const auto member = object.find(key);
  if (!member || !member->is_number()) return std::nullopt;
  const double number = member->number().as_double();
  if (!(number >= 0 && number < 1e15)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::optional<double> seconds_at(Node event) {
  const auto time = event.find("timestamp");
  if (!time) return std::nullopt;
  if (time->is_number()) return time->number().as_double();
  if (!time->is_string()) return std::nullopt;
  const auto instant = parse_timestamp(time->text());
  if (!instant) return std::nullopt;
  return static_cast<double>(instant->seconds) + instant->nanoseconds / 1e9;
}

/// The details of an event, of whatever type: the member whose name ends so.
std::optional<Node> details_of(Node event) {
  for (auto member = event.first_child(); member; member = member->next_sibling()) {
    if (member->key().ends_with("EventDetails") && member->is_object()) return member;
  }
  return std::nullopt;
}

std::string_view detail_text(Node event, std::string_view key) {
  const auto details = details_of(event);
  const auto member = details ? details->find(key) : std::nullopt;
  return member && member->is_string() ? member->text() : std::string_view();
}

}  // namespace

void Observations::Seen::add(const Seen& other) {
  visits += other.visits;
  for (const auto& [state, count] : other.next) next[state] += count;
  unmatched += other.unmatched;
  attempts += other.attempts;
  for (const auto& [error, count] : other.errors) errors[error] += count;
  seconds.add(other.seconds);
  items.add(other.items);
}

std::optional<std::string> Observations::add(Node history) {
  std::optional<Node> list = history.is_array() ? std::optional(history) : std::nullopt;
  if (history.is_object()) list = history.find("events") ? history.find("events") : history.find("history");
  if (!list || !list->is_array()) return "there are no \"events\": give what GetExecutionHistory answers";
  std::vector<Event> events;
  for (auto item = list->first_child(); item; item = item->next_sibling()) {
    const std::string place = fmt::format("event {}", events.size() + 1);
    if (!item->is_object()) return place + " is no object";
    const auto id = integer_at(*item, "id");
    const auto type = item->find("type");
    const auto seconds = seconds_at(*item);
    if (!id || !type || !type->is_string()) return place + " has no id or no type";
    if (!seconds) return place + " has no timestamp that can be read";
    events.push_back({*id, integer_at(*item, "previousEventId").value_or(0), type->text(), *seconds, *item});
  }
  if (events.empty()) return "the history has no events";
  sort_stable(events, [](const Event& a, const Event& b) { return a.id < b.id; });
  std::unordered_map<std::int64_t, std::size_t> by_id;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (!by_id.emplace(events[i].id, i).second) return fmt::format("two events have the id {}", events[i].id);
  }

  States states;
  for (std::size_t i = 0; i < events.size(); ++i) {
    Event& event = events[i];
    const auto at = by_id.find(event.previous);
    const Event* before = at != by_id.end() && at->second < i ? &events[at->second] : nullptr;
    const std::string_view type = event.type;
    if (type.ends_with("StateEntered")) {
      event.entered = i;
      const std::string name(detail_text(event.node, "name"));
      ++states[name].visits;
      // A Choice goes on with the state that follows its end.
      if (before && before->type == "ChoiceStateExited") {
        ++states[std::string(detail_text(before->node, "name"))].next[name];
      }
      continue;
    }
    if (before) {
      event.entered = before->entered;
      event.scheduled = before->scheduled;
    }
    if (event.entered == kNone) continue;
    const Event& entered = events[event.entered];
    Seen& seen = states[std::string(detail_text(entered.node, "name"))];
    if (is_among(type, kScheduled)) {
      event.scheduled = i;
    } else if (is_among(type, kSucceeded) || is_among(type, kFailed) || is_among(type, kTimedOut)) {
      // Scheduling itself can fail, and an attempt ends once.
      if (event.scheduled != kNone && std::exchange(events[event.scheduled].ended, true)) continue;
      ++seen.attempts;
      if (event.scheduled != kNone) seen.seconds.add(std::max(event.seconds - events[event.scheduled].seconds, 0.0));
      if (is_among(type, kFailed)) ++seen.errors[std::string(detail_text(event.node, "error"))];
      if (is_among(type, kTimedOut)) {
        const std::string_view error = detail_text(event.node, "error");
        ++seen.errors[error.empty() ? "States.Timeout" : std::string(error)];
      }
    } else if (type == "WaitStateExited") {
      seen.seconds.add(std::max(event.seconds - entered.seconds, 0.0));
    } else if (type == "MapStateStarted") {
      const auto details = details_of(event.node);
      if (const auto length = details ? integer_at(*details, "length") : std::nullopt) {
        seen.items.add(static_cast<double>(*length));
      }
    } else if (type == "ExecutionFailed" && entered.type == "ChoiceStateEntered" && before == &entered) {
      ++seen.unmatched;
    }
  }
  histories_.push_back(std::move(states));
  return std::nullopt;
}

std::vector<std::string_view> Observations::states_of(std::size_t execution) const {
  std::vector<std::string_view> names;
  for (const auto& [name, seen] : histories_[execution]) names.push_back(name);
  return names;
}

void Observations::assume(const StateMachine& machine, std::string_view name, Assumptions& into) const {
  States states;
  for (const States& history : histories_) {
    const bool fits = std::all_of(history.begin(), history.end(),
                                  [&](const auto& entry) { return find_state(machine.scope, entry.first); });
    if (!fits) continue;
    for (const auto& [state, seen] : history) states[state].add(seen);
  }
  for (const auto& entry : states) {
    const std::string& state_name = entry.first;
    const Seen& seen = entry.second;
    const State* state = find_state(machine.scope, state_name);
    if (!state) continue;
    // Named once more because clang 14 lets no lambda capture what a binding names.
    const auto set = [&, &state_name = state_name](auto StateAssumptions::*field, auto value, std::uint64_t count,
                                                   std::string_view noun) {
      using Value = typename std::decay_t<decltype(*(std::declval<StateAssumptions>().*field))>;
      if (find_assumption(into, name, state_name, field)) return;
      into.machines[std::string(name)].states[state_name].*field =
          Value{std::move(value), Origin::Observed, fmt::format("in {} {}{}", count, noun, count == 1 ? "" : "s")};
    };
    if (const auto* choice = std::get_if<Choice>(&state->kind)) {
      // Of several rules with the same target the first one stands for all.
      std::vector<double> shares(choice->choices.size() + (choice->default_next ? 1 : 0), 0);
      std::map<std::string, std::uint64_t> next = seen.next;
      std::uint64_t gone = seen.unmatched;
      for (const auto& [target, count] : next) gone += count;
      if (gone == 0) continue;
      for (std::size_t i = 0; i < shares.size(); ++i) {
        const Target& target = i < choice->choices.size() ? choice->choices[i].next : *choice->default_next;
        const auto at = next.find(target.name);
        if (at == next.end()) continue;
        shares[i] = static_cast<double>(at->second) / static_cast<double>(gone);
        next.erase(at);
      }
      set(&StateAssumptions::choices, std::move(shares), gone, "visit");
    } else if (std::holds_alternative<Map>(state->kind)) {
      if (seen.items.count == 0) continue;
      set(&StateAssumptions::items, seen.items.mean(), seen.items.count, "run");
    } else if (std::holds_alternative<Task>(state->kind)) {
      if (seen.attempts > 0 && !find_assumption(into, name, state_name, &StateAssumptions::failure_rate)) {
        ErrorShares shares;
        for (const auto& [error, count] : seen.errors) {
          add_error(shares, error, static_cast<double>(count) / static_cast<double>(seen.attempts));
        }
        if (shares.empty()) {
          set(&StateAssumptions::failure_rate, 0.0, seen.attempts, "attempt");
        } else {
          set(&StateAssumptions::failures, std::move(shares), seen.attempts, "attempt");
        }
      }
      if (seen.seconds.count > 0) {
        set(&StateAssumptions::duration_seconds, seen.seconds.mean(), seen.seconds.count, "attempt");
      }
    } else if (std::holds_alternative<Wait>(state->kind) && seen.seconds.count > 0) {
      set(&StateAssumptions::duration_seconds, seen.seconds.mean(), seen.seconds.count, "visit");
    }
  }
}

}  // namespace stepglass::analysis
