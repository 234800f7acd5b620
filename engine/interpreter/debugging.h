#pragma once
// What a debugger asks of a run. A run repeats exactly, so it needs no state between its steps: to step is to run again
// up to a later event, to step back up to an earlier one, and to change data is to run again with the change in place.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/value/value.h"

namespace stepglass {

/// Where a run pauses: its history ends with the event at which it did, and its status is Running. The first condition
/// that holds counts; a run that none of them stops goes on to its end.
struct PauseAt {
  /// Once there are so many events; 0 for never.
  std::uint32_t event = 0;
  /// The conditions below hold for events with a higher id only.
  std::uint32_t after = 0;
  /// When a state of one of these names is entered.
  std::vector<std::string> states;
  /// When a Choice state is entered.
  bool choice = false;
  /// When something fails, also when it is going to be retried or caught.
  bool error = false;
  /// Where the run would be given up, as for want of a mock: then Execution::stopped says why.
  bool stopped = false;
};

/// Data that a person changed while the run was paused.
struct Change {
  /// Id of a …StateEntered event, whose input it replaces, or of a …StateExited event, whose output it replaces.
  std::uint32_t event = 0;
  Value data;
  /// The variables of the state's own scope from there on: an object. Null leaves them as they are.
  Value variables;
};

}  // namespace stepglass
