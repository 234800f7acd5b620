#pragma once
// A baseline: what a project knows of and will not be told again, so that lint can be strict with what is new.
//
//   {"version": 1, "files": {"flows/order.asl.json": ["ASL206::/States/Wait:0", …]}}
//
// Findings are named by rule, machine, place inside the definition and how many alike come before: lines may move.

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "analysis/report/findings.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

class Baseline {
 public:
  /// Fails with what is wrong, and where.
  static Result<Baseline, std::string> read(std::string_view json);

  /// Moves what it knows of from the findings to the suppressed, with the reason "baseline". Gives how many of the
  /// findings that it knows of are in `files` no more, of files that are there.
  std::size_t apply(CheckedFiles& files) const;

 private:
  std::map<std::string, std::set<std::string>, std::less<>> files_;
};

/// The baseline of all findings of `files`, as text.
std::string baseline_json(const CheckedFiles& files);

}  // namespace stepglass::analysis
