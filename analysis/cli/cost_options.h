#pragma once
// The options of `stepglass cost`.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stepglass::cli {

struct CostCommandOptions {
  std::vector<std::string> paths;
  std::string type = "STANDARD";
  std::string executions;
  std::string region;
  std::vector<std::string> assume;
  std::vector<std::string> assumption_files;
  std::vector<std::string> observed;
  std::vector<std::string> machines;
  std::size_t paths_shown = 1;
  bool free_tier = false;
  bool ledgers = false;
  bool write_assumptions = false;
  std::uint64_t simulate = 0;
  std::uint64_t seed = 1;
  unsigned jobs = 0;
  bool no_progress = false;
  std::string format = "text";
  std::string compare_to;
  std::string comment_when = "always";
  std::string fail_above, fail_increase;
  bool fail_unbounded = false;
  std::string infracost_usage;
};

struct CostOptionsRead {
  CostCommandOptions options;
  /// Set when there is nothing left to do.
  std::optional<int> status;
};
CostOptionsRead read_cost_options(int argc, char** argv);

}  // namespace stepglass::cli
