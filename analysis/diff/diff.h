#pragma once
// Two definitions compared by what they mean: order of members, layout and JSON or YAML make no difference.
//
//   for (const StateChange& change : diff(before, after).states) …

#include <cstddef>
#include <string>
#include <vector>

#include "engine/document/document.h"

namespace stepglass::analysis {

/// Changes that are told, and the bytes that all of them take; of what comes after that only the number is told.
inline constexpr std::size_t kMaxDiffChanges = 20'000;
inline constexpr std::size_t kMaxDiffBytes = 4u << 20;

/// A value that is another one, or stands on one side only.
struct FieldChange {
  /// As people write it, from the state or the machine on: "Next", "Retry[0].MaxAttempts", "Result[\"a key\"]". Items count in
  /// the later list, removed ones in the former. Three are no fields of the text, see below.
  std::string field;
  /// As JSON; empty where there is none.
  std::string before, after;
};

inline constexpr std::string_view kBranchCount = "number of branches";
inline constexpr std::string_view kProcessorName = "name of the processor";
/// Of a machine that is found in a file which says its type; diff() does not know it.
inline constexpr std::string_view kMachineType = "type of the machine";

struct StateChange {
  /// Renamed: it is the same under another name, but for what comes next. So is a state of the same type that says no more
  /// than what comes next where what led to the one leads to the other.
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
  /// Of a changed or renamed one.
  std::vector<FieldChange> fields;
};

struct MachineDiff {
  /// What stands beside the states: StartAt, TimeoutSeconds, …
  std::vector<FieldChange> machine;
  /// In the order of the later definition; of each scope the removed ones come last.
  std::vector<StateChange> states;
  /// Changes beyond kMaxDiffChanges or kMaxDiffBytes.
  std::size_t left_out = 0;

  bool is_empty() const { return machine.empty() && states.empty() && left_out == 0; }
};

/// What became of `before`. Anything may stand in the two: what is no state machine is compared as it is.
MachineDiff diff(const Document& before, const Document& after);

}  // namespace stepglass::analysis
