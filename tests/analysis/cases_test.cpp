// Runs the cases of tests/cases/*.md: whole definitions with what they do.
//
//   ## A sentence that says what is shown
//   ```json      the definition
//   ```input     optional; {} when absent
//   ```mocks     optional
//   ```options   optional: further members of the request as JSON, e.g. {"type": "EXPRESS"}
//   ```output    status and output, or error and cause
//   ```history   one line per event: id < previousEventId +time type details
//
// `output` and `history` are expectations; a case has at least one of them. STEPGLASS_UPDATE_CASES=1 rewrites them.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/api/call.h"
#include "engine/document/document.h"
#include "engine/model/timestamp.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

using namespace stepglass;

namespace {

struct Fence {
  std::string kind;
  std::string text;
  std::size_t first_line = 0;  // of the text
  std::size_t lines = 0;
};

struct Case {
  std::string title;
  std::vector<Fence> fences;

  const Fence* find(std::string_view kind) const {
    for (const Fence& fence : fences) {
      if (fence.kind == kind) return &fence;
    }
    return nullptr;
  }
};

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::vector<Case> cases_of(const std::vector<std::string>& lines) {
  std::vector<Case> cases;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].rfind("## ", 0) == 0) cases.push_back({lines[i].substr(3), {}});
    if (lines[i].rfind("```", 0) != 0 || cases.empty()) continue;
    Fence fence{lines[i].substr(3), "", i + 1, 0};
    for (++i; i < lines.size() && lines[i] != "```"; ++i) {
      fence.text += lines[i] + '\n';
      ++fence.lines;
    }
    cases.back().fences.push_back(fence);
  }
  return cases;
}

std::string text_of(const Value* value) {
  if (!value) return {};
  return value->is_string() ? std::string(value->as_string()) : to_json(*value);
}

/// "+1.5" seconds since the first event.
std::string since(const Value& first, const Value& event) {
  const auto from = parse_timestamp(first.find("timestamp")->as_string());
  const auto to = parse_timestamp(event.find("timestamp")->as_string());
  const std::int64_t ms = (to->seconds - from->seconds) * 1000 + (to->nanoseconds - from->nanoseconds) / 1'000'000;
  return ms % 1000 == 0 ? fmt::format("+{}s", ms / 1000) : fmt::format("+{}.{:03}s", ms / 1000, ms % 1000);
}

std::string event_line(const Value& first, const Value& event) {
  std::string line =
      fmt::format("{:>3} < {:<3} {:<6} {}", text_of(event.find("id")), text_of(event.find("previousEventId")),
                  since(first, event), text_of(event.find("type")));
  for (const Member& member : event.members()) {
    if (!member.key.view().ends_with("EventDetails")) continue;
    for (const Member& detail : member.value.members()) {
      const std::string_view key = detail.key;
      if (key == "roleArn" || key.ends_with("Details")) continue;
      line += key == "name" ? " " : fmt::format(" {}=", key);
      line += text_of(&detail.value);
    }
  }
  return line;
}

/// What a case gives: by the kind of fence.
struct Outcome {
  std::string output;
  std::string history;
};

Outcome outcome_of(const Case& test) {
  const Fence* definition = test.find("json");
  REQUIRE(definition);
  std::string request = "{\"op\":\"run\",\"definition\":" + definition->text;
  if (const Fence* input = test.find("input")) request += ",\"input\":" + input->text;
  if (const Fence* mocks = test.find("mocks")) request += ",\"mocks\":" + mocks->text;
  if (const Fence* options = test.find("options")) {
    const std::size_t open = options->text.find('{'), close = options->text.rfind('}');
    REQUIRE(close != std::string::npos);
    request += "," + options->text.substr(open + 1, close - open - 1);
  }
  request += "}";
  const auto reply = read_value(analysis::call(request));
  REQUIRE(reply);
  Outcome outcome;
  if (const Value* error = reply->find("error")) {
    outcome.output = fmt::format("{}: {}\n", text_of(error->find("code")), text_of(error->find("message")));
    return outcome;
  }
  const Value& result = *reply->find("result");
  outcome.output = text_of(result.find("status"));
  if (const Value* output = result.find("output")) outcome.output += " " + to_json(*output);
  if (const Value* error = result.find("error")) outcome.output += " " + text_of(error);
  if (const Value* cause = result.find("cause")) outcome.output += ": " + text_of(cause);
  outcome.output += '\n';
  if (const Value* history = result.find("history")) {
    for (const Value& event : history->items()) outcome.history += event_line(history->items()[0], event) + '\n';
  }
  return outcome;
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(STEPGLASS_SOURCE_DIR "/tests/cases")) {
    if (entry.path().extension() == ".md") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("the cases of tests/cases do what they say", "[cases]") {
  const bool update = std::getenv("STEPGLASS_UPDATE_CASES") != nullptr;
  const auto files = case_files();
  REQUIRE(!files.empty());
  for (const auto& path : files) {
    std::vector<std::string> lines = lines_of(path);
    std::vector<Case> cases = cases_of(lines);
    REQUIRE(!cases.empty());
    // From the end, so that the lines before keep their numbers when expectations are rewritten.
    std::reverse(cases.begin(), cases.end());
    for (const Case& test : cases) {
      DYNAMIC_SECTION(path.filename().string() << ": " << test.title) {
        const Outcome outcome = outcome_of(test);
        const bool expects = test.find("output") || test.find("history");
        REQUIRE(expects);
        if (const Fence* fence = test.find("output"); fence && !update) CHECK(outcome.output == fence->text);
        if (const Fence* fence = test.find("history"); fence && !update) CHECK(outcome.history == fence->text);
      }
    }
    if (!update) continue;
    for (const Case& test : cases) {
      const Outcome outcome = outcome_of(test);
      for (auto fence = test.fences.rbegin(); fence != test.fences.rend(); ++fence) {
        if (fence->kind != "output" && fence->kind != "history") continue;
        const std::string& text = fence->kind == "output" ? outcome.output : outcome.history;
        std::vector<std::string> fresh;
        std::istringstream stream(text);
        for (std::string line; std::getline(stream, line);) fresh.push_back(line);
        const auto at = lines.begin() + static_cast<std::ptrdiff_t>(fence->first_line);
        const auto next = lines.erase(at, at + static_cast<std::ptrdiff_t>(fence->lines));
        lines.insert(next, fresh.begin(), fresh.end());
      }
    }
    std::ofstream file(path);
    for (const std::string& line : lines) file << line << '\n';
  }
}
