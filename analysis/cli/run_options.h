#pragma once
// The options of `stepglass run`.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/interpreter/run.h"

namespace stepglass::cli {

struct RunCommandOptions {
  std::string file;
  std::vector<std::string> inputs;
  std::vector<std::string> mocks;
  std::vector<std::string> mock_files;
  std::string mock_config;
  std::vector<std::string> machines;
  std::string default_mock;
  std::string environment;
  std::string context;
  std::string now;
  std::string type = "STANDARD";
  std::string trace = "text";
  std::vector<std::string> inspect;
  std::vector<std::string> until;
  std::vector<std::string> changes;
  std::uint64_t seed = 0;
  std::uint32_t max_events = stepglass::RunOptions().max_events;
  std::uint64_t max_transitions = stepglass::RunOptions().max_transitions;
};

/// The options, or an exit status when there is nothing to run: help, or wrong options.
struct RunOptionsRead {
  RunCommandOptions options;
  std::optional<int> status;
};
RunOptionsRead read_run_options(int argc, char** argv);

}  // namespace stepglass::cli
