#pragma once
// The configuration of `stepglass lint`: the nearest .stepglass.json, .stepglass.yaml, stepglass.json or
// stepglass.yaml, looked for from the current folder upwards. Files are not merged, but one can extend another. What
// stands on the command line counts more.
//
//   {"lint": {"select": ["ASL2", "busy-loop"], "fail-on": "warning"}, "paths": {"legacy/**": {"ignore": ["ASL4"]}}}

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/cli/console.h"
#include "analysis/report/findings.h"
#include "engine/support/result.h"

namespace stepglass::cli {

/// How many files extend each other.
inline constexpr int kMaxConfigFiles = 10;

struct Config {
  std::filesystem::path file;
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  /// Rule and level.
  std::vector<std::pair<std::string, std::string>> severities;
  std::string fail_on;
  std::string type;
  /// Absolute.
  std::string baseline;

  struct PathRules {
    /// Relative to `folder`.
    std::string glob;
    std::filesystem::path folder;
    std::vector<std::string> ignore;
  };
  std::vector<PathRules> paths;
};

/// The nearest configuration file of `folder` and the folders around it; nothing when there is none.
std::optional<std::filesystem::path> find_config(const std::filesystem::path& folder);

/// Reads `file` and what it extends. Fails with the place of what is wrong in it.
Result<Config, WrongUse> read_config(const std::filesystem::path& file);

/// Takes away the findings of `files` that the configuration's "paths" ignore.
void ignore_by_path(const Config& config, analysis::CheckedFiles& files);

/// The JSON Schema of the file.
std::string config_schema();

}  // namespace stepglass::cli
