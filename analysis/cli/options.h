#pragma once
// Command-line options by CLI11. Only the options of the command that was called are built: building them all would
// cost more than a run.

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <optional>

#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"

namespace stepglass::cli {

/// Reads the options; gives an exit status when the command has nothing left to do (help, wrong options).
std::optional<int> parse_options(CLI::App& app, int argc, char** argv);

}  // namespace stepglass::cli
