#pragma once
// What a distributed Map makes of its children's results: the result of the state, and the files that a ResultWriter
// puts into S3. Source: developer guide, "ResultWriter".

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/interpreter/run.h"
#include "engine/model/state.h"
#include "engine/value/value.h"

namespace stepglass {

/// Bytes of all files that the Map runs of a run show as written. What is larger is only listed in the manifest.
inline constexpr std::uint64_t kMaxWrittenBytes = 64u << 20;

/// Bytes of outputs and causes that the children of all Map runs may hold together. An output that is the child's
/// input, or the output of the child before it, takes no room and is not counted.
inline constexpr std::uint64_t kMaxResultBytes = 64u << 20;

/// ARNs of the children of a Map run.
struct ChildNames {
  std::string machine_arn;       // arn:…:stateMachine:<machine>/<label>
  std::string execution_prefix;  // arn:…:execution:<machine>/<label>:
  bool express = false;

  /// The ARN of the child `name`. Those of Express executions end in a UUID of their own.
  std::string execution_arn(std::string_view name) const;
};

/// Where a ResultWriter writes to.
struct ExportTarget {
  std::string bucket;
  std::string folder;  // prefix and id of the Map run, each with its slash
};

/// The result of a state without export: an entry per child, flattened or not. Children that did not succeed are
/// described as Transformation NONE describes them, at their place. Nothing when it is larger than a payload may be.
std::optional<Value> children_results(std::span<const MapRun::Child> children, ResultWriter::Transformation how,
                                      const ChildNames& names);

/// The result of a state that exports.
Value export_result(const std::string& map_run_arn, const ExportTarget& target);

/// The files of an export: results by status, then manifest.json. `pending` are the inputs of children that were never
/// started. Takes the size of the files from `bytes_left`.
std::vector<StoredObject> export_files(std::span<const MapRun::Child> children, std::span<const Value> pending,
                                       ResultWriter::Transformation how, bool json_lines,
                                       const std::string& map_run_arn, const ExportTarget& target,
                                       const ChildNames& names, std::uint64_t& bytes_left);

}  // namespace stepglass
