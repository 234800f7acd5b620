#pragma once
// How the variables of a machine are used: which reads find no value, or none on some way.

#include <string>
#include <vector>

#include "analysis/rules/framework/machine_view.h"

namespace stepglass::analysis {

struct VariableProblem {
  enum class Kind : std::uint8_t {
    Undefined,        // nothing assigns it
    OutOfScope,       // only scopes that cannot be seen assign it
    Distributed,      // assigned around a distributed Map, whose children do not see it
    MaybeUnassigned,  // a way leads here without an assignment
    SameState,        // as before, and this very state assigns it, too late
    NeverRead,
    Shadowed,
  };
  Kind kind;
  std::string name;
  Span span;
  /// Where it is assigned, when that is somewhere.
  Span assigned = {};
  bool has_assigned = false;
  /// The states on a way without an assignment.
  std::vector<std::string> path = {};
  /// Read by JSONata, which goes on with nothing in its place.
  bool jsonata = false;
  const ScopeView* scope = nullptr;
};

/// All problems, by scope, then place.
std::vector<VariableProblem> find_variable_problems(const MachineView& machine);

}  // namespace stepglass::analysis
