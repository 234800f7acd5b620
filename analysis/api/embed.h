#pragma once
// A machine as HTML for a page of documentation: the picture, its outline and the text for readers without scripts, and for
// <stepglass-machine> inputs, mocks and a recorded run, which it replays where no engine may start.

#include <string>
#include <utility>
#include <vector>

#include "engine/support/result.h"

namespace stepglass::analysis {

struct EmbedRequest {
  std::string text;
  /// Tells the format of `text`, and whether it is a template.
  std::string filename;
  /// Which of the machines in it; empty: the first.
  std::string machine;
  /// STANDARD or EXPRESS; empty: what the file says, or STANDARD.
  std::string type;
  /// What people choose from, as JSON texts by their labels. The first is what is recorded.
  std::vector<std::pair<std::string, std::string>> inputs;
  /// {"State": [entries]}, or empty. Tasks without one answer with sample data.
  std::string mocks;
  bool records = true;
};

struct EmbedProblem {
  std::string message;
};

/// The HTML. Fails with what is wrong.
Result<std::string, EmbedProblem> embed_html(const EmbedRequest& request);

}  // namespace stepglass::analysis
