#pragma once
// How data moves through a machine: the shape of each state's input, and the paths that surely find nothing in it.
//
// Shapes flow along the transitions of a scope until nothing changes. What Parameters, ResultSelector, ItemSelector and
// Result make is known member by member, results of integrations by the developer guide; the input of the execution,
// results of functions and everything read from elsewhere are unknown. A Choice that asks IsPresent makes what it asks
// for unknown behind it.

#include <string>
#include <vector>

#include "analysis/rules/framework/machine_view.h"

namespace stepglass::analysis {

struct DataProblem {
  enum class Kind : std::uint8_t {
    DroppedField,
    OverwrittenInput,
    WrongEnvelope,
    CatchLosesInput,
    MaybeMissing,
    ArrayAsObject,
    TextAsObject,
    ItemsNotArray,
    PastEnd,
    ArgumentType,
    ScalarInResultPath,
  };
  Kind kind;
  const ScopeView* scope;
  Span span;
  /// The path as written; of CatchLosesInput that of the state behind the catcher; of ArgumentType what is wrong.
  std::string path_text;
  /// The member that is not there; of ArgumentType the function; of ScalarInResultPath the step that meets no object.
  std::string name;
  /// Who made the value without it; null when nobody in particular did.
  const State* maker = nullptr;
  /// Of CatchLosesInput: the state that reads, and where.
  const State* reader = nullptr;
  Span read_at = {};
};

/// All problems, scope by scope.
std::vector<DataProblem> find_data_problems(const MachineView& machine);

}  // namespace stepglass::analysis
