#pragma once
// The options of a command. Only those of the command that was called are built: building them all would cost more
// than a run.
//
//   CommandLine line("Lists the rules of `stepglass lint`.", "stepglass rules");
//   line.add_flag("--json", json, "all about them, as JSON");
//   if (const auto status = line.parse(argc, argv)) return *status;
//
// CLI11 does the work, inside options.cpp and nowhere else: it is headers alone, and each file that includes them takes
// five seconds longer to compile.

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace stepglass::cli {

/// An option of a CommandLine, which it must not outlive, to say more about it.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  /// What stands for the value in the help text, e.g. "FILE".
  const Option& type_name(const char* name) const;
  /// Of a list: one argument may hold several values, with this between them.
  const Option& delimiter(char separator) const;
  /// Of a list: whether one mention takes all the arguments that follow, or one.
  const Option& allow_extra_args(bool allowed) const;
  /// The two cannot be given together.
  const Option& excludes(const Option& other) const;
  /// Of a number: more than `limit` is refused.
  const Option& at_most(unsigned limit) const;
  /// Of a number: less than 0 is refused.
  const Option& non_negative() const;

 private:
  CLI::Option* option_;
};

class CommandLine {
 public:
  /// `name` is what is called, "stepglass lint".
  CommandLine(const char* description, const char* name);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// `names` as "-o,--output-format", or "FILE" for an argument that stands alone. `variable` is written by parse(),
  /// when the option is given; it has to live until then. Text that is no number in the range of `variable` is refused.
  Option add_option(const char* names, std::string& variable, const char* help);
  Option add_option(const char* names, std::vector<std::string>& variable, const char* help);
  Option add_option(const char* names, std::uint32_t& variable, const char* help);
  Option add_option(const char* names, std::uint64_t& variable, const char* help);
  Option add_option(const char* names, std::int64_t& variable, const char* help);
  Option add_flag(const char* names, bool& variable, const char* help);
  /// Stands below the options in the help text.
  void footer(const char* text);

  /// Reads the options; gives an exit status when the command has nothing left to do (help, wrong options). `required`
  /// arguments are asked for last: of a wrong option and a missing file the option is told.
  std::optional<int> parse(int argc, char** argv, std::initializer_list<const char*> required = {});

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace stepglass::cli
