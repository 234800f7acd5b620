// What an editor offers at a place; "|" marks it.

#include "analysis/api/complete.h"

#include <algorithm>
#include <string>
#include <vector>

#include "analysis/api/call.h"
#include "tests/analysis/api/marked.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

struct Offered {
  std::vector<std::string> labels;
  std::vector<std::string> texts;
  std::string replaced;
  bool has(const std::string& label) const { return std::find(labels.begin(), labels.end(), label) != labels.end(); }
};

Offered offered(std::string text, const std::string& filename = "a.asl.json") {
  const auto [unmarked, position] = marked(std::move(text));
  const Completions completions = complete(unmarked, filename, position);
  Offered result;
  for (const Completion& item : completions.items) {
    result.labels.push_back(item.label);
    result.texts.push_back(item.text);
  }
  result.replaced = unmarked.substr(completions.replaced.begin, completions.replaced.end - completions.replaced.begin);
  return result;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("fields are those of the object, its type and its language that are not there yet", "[api]") {
  const Offered state = offered(R"({"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1, |}}})");
  CHECK(state.has("Next"));
  CHECK(state.has("SecondsPath"));
  CHECK_FALSE(state.has("Seconds"));
  CHECK_FALSE(state.has("Type"));
  CHECK_FALSE(state.has("Retry"));
  CHECK_FALSE(state.has("Output"));
  CHECK(state.texts.front().ends_with(": "));
  const Offered jsonata =
      offered(R"({"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", |}}})");
  CHECK(jsonata.has("Output"));
  CHECK_FALSE(jsonata.has("ResultPath"));
  CHECK(offered("{|}").labels ==
        Texts{"Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version"});
  CHECK(offered(R"({"States": {"A": {"Type": "Task", "Retry": [{|}]}}})").has("MaxAttempts"));
  CHECK(offered(R"({"States": {"A": {"Type": "Choice", "Choices": [{"And": [{|}]}]}}})").has("IsPresent"));
  CHECK_FALSE(offered(R"({"States": {"A": {"Type": "Choice", "Choices": [{"And": [{|}]}]}}})").has("Next"));
  CHECK(offered(R"({"States": {"M": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {|}}}}})").labels ==
        Texts{"ExecutionType", "Mode"});
  // A payload has fields of its own.
  CHECK(offered(R"({"States": {"A": {"Type": "Pass", "Parameters": {|}}}})").labels.empty());
}

TEST_CASE("a key that is half typed is replaced as a whole", "[api]") {
  const Offered half = offered(R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Ne|)");
  CHECK(half.has("Next"));
  CHECK(half.replaced == "Ne");
  CHECK(half.texts.front().empty());
  CHECK(offered(R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Ne|xt": "B"}}})").replaced == "Next");
}

TEST_CASE("transitions name the states of their own scope, the state itself last", "[api]") {
  const std::string inner = R"({"StartAt": "P", "States": {"Z": {"Type": "Succeed"}, "P": {"Type": "Parallel", "End": true,
      "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "|"}, "B": {"Type": "Succeed"}}}]}}})";
  CHECK(offered(inner).labels == Texts{"B", "A"});
  CHECK(offered(R"({"States": {"A": {}, "B": {"Type": "Pass", "Next": "|"}, "C": {}}})").labels == Texts{"A", "C", "B"});
  CHECK(offered(R"({"StartAt": "|", "States": {"A": {}, "B": {}}})").labels == Texts{"A", "B"});
  // Without a value there yet, the quotes come along.
  const Offered bare = offered(R"({"States": {"A": {"Type": "Pass", "Next": |}, "B \" C": {}}})");
  CHECK(bare.labels == Texts{"B \" C", "A"});
  CHECK(bare.texts == Texts{R"("B \" C")", R"("A")"});
  CHECK(offered(R"({"States": {"A": {"Type": "Choice", "Choices": [{"Next": "|"}]}, "B": {}}})").labels ==
        Texts{"B", "A"});
}

TEST_CASE("values of fields with few words are offered", "[api]") {
  CHECK(offered(R"({"States": {"A": {"Type": "|"}}})").labels.size() == 8);
  CHECK(offered(R"({"QueryLanguage": "|"})").labels == Texts{"JSONPath", "JSONata"});
  CHECK(offered(R"({"States": {"A": {"Type": "Task", "Resource": "arn|"}}})")
            .has("arn:aws:states:::sqs:sendMessage.waitForTaskToken"));
  CHECK(offered(R"({"States": {"A": {"Catch": [{"ErrorEquals": ["|"]}]}}})").has("States.Timeout"));
}

TEST_CASE("expressions are offered variables and functions of their language", "[api]") {
  const Offered jsonata = offered(R"({"QueryLanguage": "JSONata", "StartAt": "A", "States": {
      "A": {"Type": "Pass", "Assign": {"total": 1}, "Next": "B"},
      "B": {"Type": "Pass", "Output": {"x": "{% $su| + 1 %}"}, "End": true}}})");
  CHECK(jsonata.has("$sum"));
  CHECK(jsonata.has("$total"));
  CHECK(jsonata.has("$states.input"));
  CHECK(jsonata.replaced == "$su");
  const Offered path = offered(R"({"StartAt": "A", "States": {
      "A": {"Type": "Pass", "Assign": {"n.$": "$.n"}, "Parameters": {"x.$": "States.|"}, "End": true}}})");
  CHECK(path.has("States.Format"));
  CHECK(path.has("$n"));
  CHECK(path.has("$$.Execution.Id"));
  CHECK(path.replaced == "States.");
  // A plain string is none.
  CHECK(offered(R"({"States": {"A": {"Type": "Pass", "Comment": "$|"}}})").labels.empty());
}

TEST_CASE("what an expression cannot read where it stands is not offered", "[api]") {
  const auto in_task = [](const std::string& fields) {
    return offered(R"({"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Task", )" + fields + "}}}");
  };
  const Offered arguments = in_task(R"("Arguments": {"a": "{% | %}"})");
  CHECK(arguments.has("$states.input"));
  CHECK_FALSE(arguments.has("$states.result"));
  CHECK(in_task(R"("Assign": {"a": ["{% | %}"]})").has("$states.result"));
  CHECK(in_task(R"("Output": "{% | %}")").has("$states.result"));
  const Offered caught = in_task(R"("Catch": [{"ErrorEquals": ["X"], "Output": {"a": "{% | %}"}}])");
  CHECK(caught.has("$states.errorOutput"));
  CHECK_FALSE(caught.has("$states.result"));
  CHECK_FALSE(offered(R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "ResultPath": "$|"}}})").has("$$.Task.Token"));
}

TEST_CASE("YAML is completed by its indentation, templates inside of their definitions", "[api]") {
  const std::string head = "StartAt: A\nStates:\n  A:\n    Type: Pass\n";
  CHECK(offered(head + "    Next: |\n  B:\n    Type: Succeed\n", "a.asl.yaml").labels == Texts{"B", "A"});
  const Offered field = offered(head + "    |\n  B:\n    Type: Succeed\n", "a.asl.yaml");
  CHECK(field.has("Next"));
  CHECK(field.texts.front() == "Assign: ");
  CHECK(offered(head + "|", "a.asl.yaml").has("TimeoutSeconds"));
  const Offered sam = offered(
      "Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n"
      "        StartAt: A\n        States:\n          A: {Type: Pass, Next: |}\n          B: {Type: Succeed}\n",
      "template.yaml");
  CHECK(sam.labels == Texts{"B", "A"});
}

TEST_CASE("no place of a broken definition is a place where completion breaks", "[api]") {
  look_at_faulty_examples([](const std::string& text, Position at) {
    const Completions completions = complete(text, "a.asl.json", at);
    REQUIRE(completions.replaced.begin <= completions.replaced.end);
    REQUIRE(completions.replaced.end <= text.size());
  });
}

TEST_CASE("nothing is offered where nothing is known, and no place is too far", "[api]") {
  CHECK(offered("|").labels.empty());
  CHECK(offered("[1, |]").labels.empty());
  const Completions far = complete("{}", "a.asl.json", {4'000'000'000u, 4'000'000'000u});
  CHECK(far.items.empty());
  CHECK(call(R"({"op": "complete", "text": "{\"Sta\": 1}", "line": 1, "column": 4})")
            .starts_with(R"({"ok":true,"result":{"range":{"start":{"line":1,"column":3,"offset":2},)"
                         R"("end":{"line":1,"column":6,"offset":5}},"items":[{"label":"Comment","detail":"For people; nothing comes of it.","kind":"field"})"));
}

}  // namespace stepglass::analysis
