#pragma once
// Where the tasks of a scope write to, when that is the same each time: an object of S3, the name of an execution.

#include <string>
#include <vector>

#include "analysis/rules/framework/machine_view.h"

namespace stepglass::analysis {

struct WriteTarget {
  const State* state;
  /// The parameter that names it.
  Node at;
  /// What is written to, for people and to be compared: `s3:putObject "out.json"`.
  std::string name;
  std::string identity;
};

/// Those of the tasks that every way through the scope leads to, errors aside, and that write what is not the same each
/// time.
std::vector<WriteTarget> constant_write_targets(const ScopeView& scope);

}  // namespace stepglass::analysis
