#pragma once
// A baseline: what a project knows of and will not be told again, so that lint can be strict with what is new.
//
//   {"version": 1, "files": {"flows/order.asl.json": ["ASL206::/States/Wait:0", …]}}
//
// Files are named by their way from the baseline's folder; findings by rule, machine, place inside the definition and how
// many alike come before: lines may move.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "analysis/report/findings.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

/// The name by which a baseline knows a file.
using FileKey = std::function<std::string(const CheckedFile&)>;
/// Whether the rule with a code was looked for.
using IsOn = std::function<bool(std::string_view code)>;

class Baseline {
 public:
  /// Fails with what is wrong, and where.
  static Result<Baseline, std::string> read(std::string_view json);

  /// Moves what it knows of from the findings to the suppressed, with the reason "baseline". Gives how many of the
  /// findings that it knows of are in `files` no more, of files that are there and rules that were looked for.
  std::size_t apply(CheckedFiles& files, const FileKey& key, const IsOn& is_on) const;

  /// What it knows of these files and the rules that were looked for is what is found now.
  void update(const CheckedFiles& files, const FileKey& key, const IsOn& is_on);
  /// Drops the files that `is_gone`, which gets their names, says so of.
  void forget(const std::function<bool(const std::string& file)>& is_gone);

  /// Findings of all files.
  std::size_t size() const;
  std::string json() const;

 private:
  std::map<std::string, std::set<std::string>, std::less<>> files_;
};

}  // namespace stepglass::analysis
