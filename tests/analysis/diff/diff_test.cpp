#include "analysis/diff/diff.h"

#include <string>
#include <string_view>
#include <utility>

#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

/// One line for each change: "~ A/B: Next "C" -> "D"".
std::string told(std::string_view before, std::string_view after) {
  const auto read = [](std::string_view text) {
    return text.starts_with("{") ? read_json(std::string(text)) : read_yaml(std::string(text));
  };
  const Document old_document = read(before);
  const Document new_document = read(after);
  const MachineDiff found = diff(old_document, new_document);
  std::string out;
  const auto fields = [&](const std::vector<FieldChange>& changes) {
    for (const FieldChange& change : changes) out += " " + change.field + " " + change.before + " -> " + change.after + ";";
  };
  if (!found.machine.empty()) {
    out += "machine:";
    fields(found.machine);
    out += '\n';
  }
  for (const StateChange& change : found.states) {
    out += "+->~"[change.kind == StateChange::Kind::Added     ? 0
                  : change.kind == StateChange::Kind::Removed ? 1
                  : change.kind == StateChange::Kind::Renamed ? 2
                                                              : 3];
    out += ' ';
    for (const std::string& name : change.inside) out += name + '/';
    out += change.name;
    if (!change.former_name.empty()) out += " was " + change.former_name;
    if (!change.type.empty()) out += " " + change.type;
    if (!change.fields.empty()) out += ':';
    fields(change.fields);
    out += '\n';
  }
  return out;
}

}  // namespace

TEST_CASE("order, layout and the language of the text make no difference", "[diff]") {
  constexpr std::string_view kJson =
      R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"x": 1, "y": [1.0]}, "End": true}}})";
  CHECK(told(kJson, kJson) == "");
  CHECK(told(kJson, R"({
    "States": {"A": {"End": true, "Result": {"y": [1], "x": 1}, "Type": "Pass"}}, "StartAt": "A"})") == "");
  CHECK(told(kJson, "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Result: {x: 1, y: [1]}\n    End: true\n") == "");
}

TEST_CASE("states are added, removed, renamed and changed", "[diff]") {
  struct Row {
    std::string_view what, before, after, expected;
  };
  const Row rows[] = {
      {"added", R"({"States": {"A": {"Type": "Succeed"}}})",
       R"({"States": {"A": {"Type": "Succeed"}, "B": {"Type": "Fail"}}})", "+ B Fail\n"},
      {"removed", R"({"States": {"A": {"Type": "Succeed"}, "B": {"Type": "Fail"}}})",
       R"({"States": {"A": {"Type": "Succeed"}}})", "- B Fail\n"},
      {"renamed, where the content is the same",
       R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Fail", "Error": "E"}}})",
       R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Fail", "Error": "E"}}})",
       "~ A Pass: Next \"B\" -> \"C\";\n> C was B Fail\n"},
      {"renamed and changed is removed and added", R"({"States": {"B": {"Type": "Fail", "Error": "E"}}})",
       R"({"States": {"C": {"Type": "Fail", "Error": "F"}}})", "+ C Fail\n- B Fail\n"},
      {"fields come and go", R"({"States": {"A": {"Type": "Pass", "Comment": "x", "End": true}}})",
       R"({"States": {"A": {"Type": "Pass", "Next": "B"}}})",
       "~ A Pass: Next  -> \"B\"; Comment \"x\" -> ; End true -> ;\n"},
      {"values deep inside", R"({"States": {"A": {"Type": "Task", "Parameters": {"a": {"b": [1, {"c": 2}]}}}}})",
       R"({"States": {"A": {"Type": "Task", "Parameters": {"a": {"b": [1, {"c": 3}]}}}}})",
       "~ A Task: Parameters.a.b[1].c 2 -> 3;\n"},
      {"a list of words is shown whole", R"({"States": {"A": {"Retry": [{"ErrorEquals": ["X", "Y"]}]}}})",
       R"({"States": {"A": {"Retry": [{"ErrorEquals": ["X", "Z"]}]}}})",
       "~ A: Retry[0].ErrorEquals [\"X\",\"Y\"] -> [\"X\",\"Z\"];\n"},
      {"an item put in front leaves the others alone", R"({"States": {"A": {"Catch": [{"Next": "B"}, {"Next": "C"}]}}})",
       R"({"States": {"A": {"Catch": [{"Next": "D"}, {"Next": "B"}, {"Next": "C"}]}}})",
       "~ A: Catch[0]  -> {\"Next\":\"D\"};\n"},
      {"the machine itself", R"({"StartAt": "A", "TimeoutSeconds": 5, "States": {}})",
       R"({"StartAt": "B", "States": {}})", "machine: StartAt \"A\" -> \"B\"; TimeoutSeconds 5 -> ;\n"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(told(row.before, row.after) == row.expected);
  }
}

TEST_CASE("states inside others are told with what they are in", "[diff]") {
  constexpr std::string_view kBefore = R"({"States": {"M": {"Type": "Map", "Iterator": {"StartAt": "A", "States": {
      "A": {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Wait", "Seconds": 1}}}]}}}}}})";
  constexpr std::string_view kAfter = R"({"States": {"M": {"Type": "Map", "ItemProcessor": {"StartAt": "A",
      "ProcessorConfig": {"Mode": "INLINE"}, "States": {
      "A": {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Wait", "Seconds": 2}}},
                                             {"StartAt": "C", "States": {"C": {"Type": "Succeed"}}}]}}}}}})";
  CHECK(told(kBefore, kAfter) ==
        "~ M Map: ItemProcessor \"Iterator\" -> \"ItemProcessor\"; ItemProcessor.ProcessorConfig  -> "
        "{\"Mode\":\"INLINE\"};\n"
        "~ M/A Parallel: Branches 1 -> 2;\n"
        "~ M/A/B Wait: Seconds 1 -> 2;\n"
        "+ M/A/C Succeed\n");
}

TEST_CASE("anything can be compared", "[diff][hostile]") {
  CHECK(told("{}", "[1]") == "machine:  {} -> [1];\n");
  CHECK(told("{}", R"({"States": 5})") == "machine: States  -> 5;\n");
  CHECK(told(R"({"States": {"A": 1}})", R"({"States": {"A": {"Type": "Pass"}}})") == "~ A Pass:  1 -> {\"Type\":\"Pass\"};\n");
  CHECK(told(R"({"States": {"A": {"Branches": 1}}})", R"({"States": {"A": {"Branches": [{"States": 1}, 2]}}})") ==
        "~ A: Branches 1 -> [{\"States\":1},2];\n");
  CHECK(told(R"({"States": {"A": {"Type": "Pass"}, "A": {"Type": "Fail"}}})", R"({"States": {"A": {"Type": "Fail"}}})") == "");
  std::string deep = R"({"States": {"A": )";
  for (int i = 0; i < 200; ++i) deep += R"({"ItemProcessor": {"States": {"A": )";
  deep += "1";
  for (int i = 0; i < 200; ++i) deep += "}}}";
  CHECK(told("{}", deep + "}}").starts_with("+ A\n") == true);
}
