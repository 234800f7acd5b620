#pragma once
// Two definitions compared by what they mean: order of members, layout and JSON or YAML make no difference.
//
//   for (const StateChange& change : diff(before, after).states) …

#include <string>
#include <vector>

#include "engine/document/document.h"

namespace stepglass::analysis {

/// A value that is another one, or stands on one side only.
struct FieldChange {
  /// As people write it, from the state or the machine on: "Next", "Retry[0].MaxAttempts".
  std::string field;
  /// As JSON; empty where there is none.
  std::string before, after;
};

struct StateChange {
  /// Renamed: it is as it was, under another name.
  enum class Kind : std::uint8_t { Added, Removed, Renamed, Changed };
  Kind kind = Kind::Changed;
  std::string name;
  /// Of a renamed one.
  std::string former_name;
  /// "Task"; empty where the definition does not say.
  std::string type;
  /// The states that it is in, the outermost first.
  std::vector<std::string> inside;
  /// JSON pointer in the definition that has it; in the later one where both do.
  std::string pointer;
  /// Of a changed one.
  std::vector<FieldChange> fields;
};

struct MachineDiff {
  /// What stands beside the states: StartAt, TimeoutSeconds, …
  std::vector<FieldChange> machine;
  /// In the order of the later definition; of each scope the removed ones come last.
  std::vector<StateChange> states;

  bool is_empty() const { return machine.empty() && states.empty(); }
};

/// What became of `before`. Anything may stand in the two: what is no state machine is compared as it is.
MachineDiff diff(const Document& before, const Document& after);

}  // namespace stepglass::analysis
