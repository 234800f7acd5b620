#include "analysis/diff/diff.h"

#include <algorithm>
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
        "~ M Map: name of the processor \"Iterator\" -> \"ItemProcessor\"; ItemProcessor.ProcessorConfig  -> "
        "{\"Mode\":\"INLINE\"};\n"
        "~ M/A Parallel: number of branches 1 -> 2;\n"
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
  CHECK(told("", "") == "");
  CHECK(told(R"({"States": {"A": {"Branches": [1]}}})", R"({"States": {"A": {"Branches": ["x"]}}})") ==
        "~ A: Branches[0] 1 -> \"x\";\n");
  CHECK(told(R"({"States": {"A": {"a.b": 1, "": 2, "c.$": 3}}})", R"({"States": {"A": {"a.b": 2, "": 3, "c.$": 4}}})") ==
        "~ A: [\"a.b\"] 1 -> 2; [\"\"] 2 -> 3; c.$ 3 -> 4;\n");
}

TEST_CASE("what is deep inside is found, as deep as a text can be", "[diff][hostile]") {
  const auto nested = [](int leaf) {
    std::string text = R"({"States": {"A": )";
    for (int i = 0; i < 80; ++i) text += R"({"Type": "Map", "ItemProcessor": {"States": {"A": )";
    text += std::to_string(leaf);
    for (int i = 0; i < 80; ++i) text += "}}}";
    return text + "}}";
  };
  const std::string found = told(nested(1), nested(2));
  CHECK(found.ends_with("/A:  1 -> 2;\n"));
  CHECK(std::count(found.begin(), found.end(), '/') == 80);
}

TEST_CASE("changes are bounded in number and in bytes, and those left out are counted", "[diff][hostile]") {
  const auto machine = [](std::size_t states, const std::string& name, int value) {
    std::string text = R"({"States": {)";
    for (std::size_t i = 0; i < states; ++i) {
      text += (i > 0 ? ",\"" : "\"") + name + std::to_string(i) + R"(": {"x": )" + std::to_string(value) + "}";
    }
    return read_json(text + "}}");
  };
  const auto changes = [&](std::size_t states, const std::string& name) {
    return diff(machine(states, name, 1), machine(states, name, 2));
  };
  // Each of these states has a changed field, which is a change, too.
  CHECK(changes(kMaxDiffChanges / 2, "A").left_out == 0);
  const MachineDiff more = changes(kMaxDiffChanges / 2 + 1, "A");
  CHECK(more.left_out == 1);
  CHECK(more.states.size() == kMaxDiffChanges / 2);
  const MachineDiff large = changes(2000, std::string(4000, 'n'));
  CHECK(large.left_out > 0);
  std::size_t bytes = 0;
  for (const StateChange& change : large.states) bytes += change.name.size() + change.pointer.size();
  CHECK(bytes <= kMaxDiffBytes);
}

TEST_CASE("a state under another name is the same state", "[diff]") {
  struct Row {
    std::string_view what, before, after, expected;
  };
  const Row rows[] = {
      {"whatever the order of its members, and 1 or 1.0", R"({"States": {"B": {"Type": "Wait", "Seconds": 1, "Next": "C"}}})",
       R"({"States": {"B2": {"Next": "C", "Seconds": 1.0, "Type": "Wait"}}})", "> B2 was B Wait\n"},
      {"neighbours that lead to each other",
       R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}})",
       R"({"StartAt": "A2", "States": {"A2": {"Type": "Pass", "Next": "B2"}, "B2": {"Type": "Succeed"}}})",
       "machine: StartAt \"A\" -> \"A2\";\n> A2 was A Pass: Next \"B\" -> \"B2\";\n> B2 was B Succeed\n"},
      {"one that catches into itself",
       R"({"States": {"A": {"Type": "Task", "Resource": "r", "Catch": [{"ErrorEquals": ["E"], "Next": "A"}]}}})",
       R"({"States": {"B": {"Type": "Task", "Resource": "r", "Catch": [{"ErrorEquals": ["E"], "Next": "B"}]}}})",
       "> B was A Task: Catch[0].Next \"A\" -> \"B\";\n"},
      {"but plain ones that nothing leads to are strangers", R"({"States": {"Ok": {"Type": "Succeed"}}})",
       R"({"States": {"Skip": {"Type": "Succeed"}}})", "+ Skip Succeed\n- Ok Succeed\n"},
      {"a Map keeps what is inside",
       R"({"States": {"M": {"Type": "Map", "ItemsPath": "$.x", "ItemProcessor": {"States": {"I": {"Type": "Succeed"}}}}}})",
       R"({"States": {"N": {"Type": "Map", "ItemsPath": "$.x", "ItemProcessor": {"States": {"I": {"Type": "Succeed"}}}}}})",
       "> N was M Map\n"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(told(row.before, row.after) == row.expected);
  }
}

TEST_CASE("branches and items that stay are found again", "[diff]") {
  constexpr std::string_view kA = R"({"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1}}})";
  constexpr std::string_view kB = R"({"StartAt": "B", "States": {"B": {"Type": "Wait", "Seconds": 2}}})";
  constexpr std::string_view kC = R"({"StartAt": "C", "States": {"C": {"Type": "Wait", "Seconds": 3}}})";
  const auto parallel = [](std::initializer_list<std::string_view> branches) {
    std::string text = R"({"States": {"P": {"Type": "Parallel", "Branches": [)";
    for (const std::string_view branch : branches) text += (text.ends_with('[') ? "" : ",") + std::string(branch);
    return text + "]}}}";
  };
  CHECK(told(parallel({kA, kB, kC}), parallel({kB, kC})) == "~ P Parallel: number of branches 3 -> 2;\n- P/A Wait\n");
  CHECK(told(parallel({kA, kC}), parallel({kA, kB, kC})) == "~ P Parallel: number of branches 2 -> 3;\n+ P/B Wait\n");
  const auto choices = [](std::string_view rules) {
    return R"({"States": {"A": {"Type": "Choice", "Choices": [)" + std::string(rules) + "]}}}";
  };
  CHECK(told(choices(R"({"Next": "B", "n": 1}, {"Next": "C"}, {"Next": "D", "n": 1})"),
             choices(R"({"Next": "X"}, {"Next": "B", "n": 1}, {"Next": "C"}, {"Next": "D", "n": 2})")) ==
        "~ A Choice: Choices[0]  -> {\"Next\":\"X\"}; Choices[3].n 1 -> 2;\n");
}

TEST_CASE("a Map or a Parallel that becomes something else loses its states one by one", "[diff]") {
  CHECK(told(R"({"States": {"M": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Fail"}}}}}})",
             R"({"States": {"M": {"Type": "Pass"}}})") ==
        "~ M Pass: Type \"Map\" -> \"Pass\"; ItemProcessor.StartAt \"I\" -> ;\n- M/I Fail\n");
  CHECK(told(R"({"States": {"A": {"Type": "Pass"}}})", R"({"States": 5})") == "machine: States {\"A\":{\"Type\":\"Pass\"}} -> 5;\n");
}
