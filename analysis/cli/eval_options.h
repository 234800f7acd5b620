#pragma once
// The options of `stepglass eval`.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stepglass::cli {

struct EvalCommandOptions {
  std::string expression;
  std::string data;   // a file, or -
  std::string input;  // JSON, @FILE, or -
  std::vector<std::string> bindings;
  std::string now;
  std::uint64_t seed = 0;
  bool states = false;
  bool compact = false;
};

/// The options, or an exit status when there is nothing to evaluate: help, or wrong options.
struct EvalOptionsRead {
  EvalCommandOptions options;
  std::optional<int> status;
};
EvalOptionsRead read_eval_options(int argc, char** argv);

}  // namespace stepglass::cli
