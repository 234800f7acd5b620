#pragma once
// The options of `stepglass state`.

#include <cstdint>
#include <optional>
#include <string>

namespace stepglass::cli {

struct StateCommandOptions {
  std::string file;
  std::string state;
  std::string input;
  std::string mock;
  std::string validation = "STRICT";
  std::string variables;
  std::string context;
  std::string type = "STANDARD";
  std::string trace = "text";
  std::int64_t retries = 0;
};

/// The options, or an exit status when there is nothing to test: help, or wrong options.
struct StateOptionsRead {
  StateCommandOptions options;
  std::optional<int> status;
};
StateOptionsRead read_state_options(int argc, char** argv);

}  // namespace stepglass::cli
