#include "analysis/api/debugging.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/support/limits.h"
#include "engine/value/json_size.h"

namespace stepglass::analysis {
namespace {

constexpr std::string_view kUntilFields[] = {"event", "after", "states", "choice", "error", "stopped"};
constexpr std::string_view kChangeFields[] = {"event", "data", "variables"};

template <typename Known>
bool is_known(const Known& known, std::string_view name) {
  return std::find(std::begin(known), std::end(known), name) != std::end(known);
}

/// Why `entry` is no change; nothing when it has been read.
std::optional<std::string> read_change(const Value& entry, Change& change) {
  if (!entry.is_object()) return "is no object";
  for (const Member& member : entry.members()) {
    const std::string_view name = member.key.view();
    if (!is_known(kChangeFields, name)) return fmt::format("has the unknown field \"{}\"", display_word(name));
  }
  const Value* event = entry.find("event");
  if (!event || event->kind() != Value::Kind::Integer || event->as_integer() < 1 || event->as_integer() > UINT32_MAX) {
    return "has no \"event\": the id of a …StateEntered or …StateExited event";
  }
  change.event = static_cast<std::uint32_t>(event->as_integer());
  const Value* data = entry.find("data");
  if (!data) return "has no \"data\"";
  if (json_size(*data) > kMaxPayloadBytes) return fmt::format("has data of more than {} bytes", kMaxPayloadBytes);
  change.data = *data;
  if (const Value* variables = entry.find("variables")) {
    if (!variables->is_object()) return "has \"variables\" that are no object";
    if (json_size(*variables) > kMaxVariableBytes) {
      return fmt::format("has variables of more than {} bytes", kMaxVariableBytes);
    }
    change.variables = *variables;
  }
  return std::nullopt;
}

}  // namespace

void read_until(Fields& fields, PauseAt& pause) {
  const auto raw = fields.raw("until");
  if (!raw) return;
  fields.check_value("until");
  const auto members = split_object(*raw);
  if (!members) {
    fields.refuse("\"until\" is an object such as {\"states\": [\"Pay\"], \"error\": true}");
    return;
  }
  for (const RequestMember& member : *members) {
    if (!is_known(kUntilFields, member.key)) {
      fields.refuse(fmt::format("\"until\" has the unknown field \"{}\"; known are {}", display_word(member.key),
                                fmt::join(kUntilFields, ", ")));
    }
  }
  Fields until(*raw, *members);
  pause.event = static_cast<std::uint32_t>(until.count("event", UINT32_MAX).value_or(0));
  pause.after = static_cast<std::uint32_t>(until.count("after", UINT32_MAX).value_or(0));
  pause.states = until.texts("states");
  pause.choice = until.boolean("choice").value_or(false);
  pause.error = until.boolean("error").value_or(false);
  pause.stopped = until.boolean("stopped").value_or(false);
  if (until.fault()) fields.refuse("in \"until\", " + until.fault()->message);
}

void read_changes(Fields& fields, std::vector<Change>& changes) {
  const auto list = fields.value("changes");
  if (!list) return;
  if (!list->is_array()) {
    fields.refuse("\"changes\" is a list such as [{\"event\": 2, \"data\": {}}]");
    return;
  }
  for (const Value& entry : list->items()) {
    Change change;
    if (const auto fault = read_change(entry, change)) {
      fields.refuse(fmt::format("\"changes\", entry {}, {}", changes.size(), *fault));
      return;
    }
    changes.push_back(std::move(change));
  }
}

}  // namespace stepglass::analysis
