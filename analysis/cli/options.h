#pragma once
// Command-line options by CLI11. Only the options of the command that was called are built: building them all would
// cost more than a run.

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <initializer_list>
#include <optional>

#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"

namespace stepglass::cli {

/// Reads the options; gives an exit status when the command has nothing left to do (help, wrong options). `required`
/// arguments are asked for last: of a wrong option and a missing file the option is told.
std::optional<int> parse_options(CLI::App& app, int argc, char** argv,
                                 std::initializer_list<const char*> required = {});

}  // namespace stepglass::cli
