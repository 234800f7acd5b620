#pragma once
// Gives variables their places: which frame and slot each can be found in, and what stays for the outside. Private to
// engine/jsonata.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/jsonata/function.h"
#include "engine/jsonata/jsonata.h"
#include "engine/jsonata/tree.h"

namespace stepglass::jsonata {

/// A variable that no scope of the expression has to bind: one of the environment, or a function of the language.
struct External {
  std::string name;
  const Function* builtin = nullptr;
  /// The builtin as a value; null when there is none.
  Value function = {};
};

struct Resolved {
  /// Slots of the outermost frame.
  std::uint32_t frame_size = 0;
  std::vector<External> externals;
  StatesUse states;
  StatesNames states_names;
};

/// Walks the tree once. In the States dialect raises what the service refuses at creation.
Resolved resolve(Node& root, Dialect dialect);

}  // namespace stepglass::jsonata
