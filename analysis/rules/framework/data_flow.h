#pragma once
// How data moves through a machine: the shape of each state's input, and the paths that surely find nothing in it.
//
// Shapes flow along the transitions of a scope until nothing changes. What Parameters, ResultSelector, ItemSelector and
// Result make is known member by member, results of integrations by the developer guide; the input of the execution,
// results of functions and everything read from elsewhere are unknown. A Choice that asks IsPresent makes what it asks
// for unknown behind it.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "analysis/rules/framework/expressions.h"
#include "analysis/rules/framework/machine_view.h"

namespace stepglass::analysis {

class Report;

struct DataProblem {
  enum class Kind : std::uint8_t {
    DroppedField,
    OverwrittenInput,
    WrongEnvelope,
    JobResult,
    CatchLosesInput,
    MaybeMissing,
    ArrayAsObject,
    TextAsObject,
    ItemsNotArray,
    PastEnd,
    ArgumentType,
    ScalarInResultPath,
    NeverMatches,
  };
  Kind kind;
  const ScopeView* scope;
  Span span;
  /// The path as written; of CatchLosesInput that of the state behind the catcher; of ArgumentType and NeverMatches
  /// what is wrong.
  std::string path_text;
  /// The member that is not there; of ArgumentType the function; of ScalarInResultPath the step that meets no object.
  std::string name;
  /// Who made the value without it; null when nobody in particular did.
  const State* maker = nullptr;
  /// Of CatchLosesInput: the state that reads, and where.
  const State* reader = nullptr;
  Span read_at = {};
};

/// What is wrong with an expression of a JSONata state.
struct ScopedExpressionProblem {
  const ScopeView* scope;
  ExpressionProblem problem;
};

struct DataFacts {
  /// Both scope by scope.
  std::vector<DataProblem> problems;
  std::vector<ScopedExpressionProblem> expressions;
  /// The inline Maps that always have the same number of items, by address.
  std::vector<std::pair<const State*, std::uint64_t>> item_counts;
};
DataFacts find_data_facts(const MachineView& machine);

/// Tells of the expressions in `scope` with a problem of `kind`; a warning is enough where it is not always so.
void report_expressions(const ScopeView& scope, ExpressionProblem::Kind kind, Report& report);

}  // namespace stepglass::analysis
