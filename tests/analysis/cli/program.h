#pragma once
// Calls the program as people do.

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "tests/support/catch.h"

namespace stepglass::cli {

struct Called {
  int status = -1;
  std::string out;
  std::string err;
};

/// A folder of its own for each run of the tests, with a few files; gone afterwards.
inline const std::filesystem::path& folder() {
  struct Folder {
    std::filesystem::path path;
    ~Folder() { std::filesystem::remove_all(path); }
  };
  static const Folder made{[] {
    std::string name = (std::filesystem::temp_directory_path() / "stepglass-cli-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    const std::filesystem::path path = name;
    const auto write = [&](const char* file, std::string_view text) { std::ofstream(path / file) << text; };
    write("pass.json", R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}})");
    write("task.json", R"({"StartAt": "Pay", "States": {
  "Pay": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Pay", "Next": "End"},
  "End": {"Type": "Succeed"}}})");
    write("broken.json", "{\"StartAt\": \"A\",\n  \"States\": {\"A\": {\"Type\": \"Pass\", \"Nxt\": \"B\"}}}");
    write("mocks.json", R"({"Pay": [{"error": "Declined"}]})");
    write("more_mocks.json", R"({"Pay": [{"return": 2}]})");
    write("inputs.jsonl", "{\"n\": 1}\n{\"n\": 2}\n");
    write("broken.jsonl", "{\"n\": 1}\n\n{\"n\": 2,}\n{}\n");
    write("broken_input.json", "{\n\"n\": \n}\n");
    write("local.json", R"({"StateMachines": {"M": {"TestCases": {"C": {"Pay": "R"}}}},
                            "MockedResponses": {"R": {"0": {"Return": 7}}}})");
    return path;
  }()};
  return made.path;
}

inline std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Runs `stepglass` with `arguments`, which a shell reads, in the folder.
inline Called call(const std::string& arguments, const std::string& before = "") {
  const auto out = folder() / "out", err = folder() / "err";
  const std::string command = "cd '" + folder().string() + "' && " + before + " '" STEPGLASS_PROGRAM "' " + arguments +
                              " >'" + out.string() + "' 2>'" + err.string() + "'";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content(out), content(err)};
}

inline std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of('\n');
  if (end == std::string::npos) return "";
  const std::size_t start = text.rfind('\n', end);
  return text.substr(start == std::string::npos ? 0 : start + 1,
                     end - (start == std::string::npos ? 0 : start + 1) + 1);
}

}  // namespace stepglass::cli
