#pragma once
// The options of `stepglass lint`, `rules` and `explain`.

#include <optional>
#include <string>
#include <vector>

namespace stepglass::cli {

struct LintCommandOptions {
  std::vector<std::string> files;
  std::string files_from;
  std::string stdin_filename;
  /// Empty: what the configuration says, else STANDARD.
  std::string type;
  std::string format = "text";
  std::vector<std::string> reports;
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::vector<std::string> severities;
  /// Empty: what the configuration says, else info.
  std::string fail_on;
  std::string config;
  bool isolated = false;
  unsigned jobs = 0;
  bool fix = false;
  bool unsafe_fixes = false;
  bool diff = false;
  bool watch = false;
  std::string since;
  std::string baseline;
  bool update_baseline = false;
  bool no_progress = false;
  bool statistics = false;
  bool no_inline = false;
};

struct LintOptionsRead {
  LintCommandOptions options;
  /// Set when there is nothing left to do.
  std::optional<int> status;
};
LintOptionsRead read_lint_options(int argc, char** argv);

struct RulesCommandOptions {
  bool markdown = false;
  bool json = false;
  /// Of `explain`.
  std::string rule;
};

struct RulesOptionsRead {
  RulesCommandOptions options;
  std::optional<int> status;
};
RulesOptionsRead read_rules_options(int argc, char** argv);
/// Of `stepglass schema`, which has none.
std::optional<int> read_schema_options(int argc, char** argv);
RulesOptionsRead read_explain_options(int argc, char** argv);

}  // namespace stepglass::cli
