// What an editor tells of a place; "|" marks it.

#include "analysis/api/hover.h"

#include <fmt/format.h>

#include <string>

#include "analysis/api/call.h"
#include "analysis/api/meanings.h"
#include "engine/intrinsic/function.h"
#include "engine/jsonata/function.h"
#include "tests/analysis/api/marked.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

/// "what it is about: text", where there is something; what is about it by another name has that in brackets.
std::string told(std::string text, const std::string& filename = "a.asl.json") {
  const auto [unmarked, position] = marked(std::move(text));
  const auto hovered = hover(unmarked, filename, position);
  if (!hovered) return "";
  const std::string at = unmarked.substr(hovered->at.begin, hovered->at.end - hovered->at.begin);
  return at != hovered->title ? fmt::format("{} ({}): {}", at, hovered->title, hovered->text) : hovered->title + ": " + hovered->text;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string kOrder = R"({"StartAt": "Ch|eck", "States": {
  "Check": {"Type": "Choice", "Choices": [{"Variable": "$.sum", "NumericGreaterThan": 5, "Next": "Charge"}], "Default": "Done"},
  "Charge": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Next": "Done",
             "Retry": [{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 2}]},
  "Done": {"Type": "Succeed"}}})";

/// kOrder with the mark at `part`, behind its first `skip` bytes.
std::string order_at(const std::string& part, std::size_t skip = 1) {
  std::string text = kOrder;
  text.erase(text.find('|'), 1);
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.insert(at + skip, "|");
}

}  // namespace

TEST_CASE("a state is told where it is named: what it is, and where it leads", "[api]") {
  const std::string check = "Check: Choice, step 1 of 3\nif $.sum > 5 go to Charge\nelse go to Done";
  CHECK(told(kOrder) == check);
  CHECK(told(order_at("Check\": {")) == check);
  CHECK(holds(told(order_at("Charge\"}]")), "Charge: Task: sqs sendMessage, step 2 of 3"));
  CHECK(told(order_at("Done\"},")) == "Done: Succeed, step 3 of 3\nend");
  CHECK(told(R"({"StartAt": "No|where", "States": {}})").starts_with("Nowhere (StartAt): The state to begin with"));
}

TEST_CASE("a field is told at its name, and at a value that says nothing by itself", "[api]") {
  CHECK(holds(told(order_at("MaxAttempts")), "MaxAttempts: How often it is tried again"));
  CHECK(holds(told(order_at("NumericGreaterThan")), "The value is a number and is greater than this."));
  CHECK(told(R"({"TimeoutSeconds": 1|2})").starts_with("12 (TimeoutSeconds): Seconds that a whole execution may take."));
  CHECK(told(R"({"States": {"A": {"Type": "Task", "Timeout|Seconds": 12}}})").starts_with("TimeoutSeconds: Seconds that one attempt"));
  // A payload has fields of its own.
  CHECK(told(R"({"States": {"A": {"Type": "Pass", "Parameters": {"Ne|xt": 1}}}})").empty());
  CHECK(told(R"({"Unk|nown": 1})").empty());
}

TEST_CASE("types, errors and resources are told at their values", "[api]") {
  CHECK(told(order_at("Choice\", \"Ch")) == "Choice: Goes on by the first of its rules that holds.");
  CHECK(told(order_at("States.Timeout")).starts_with("States.Timeout: A task took longer than"));
  CHECK(told(order_at("arn:")) == "arn:aws:states:::sqs:sendMessage.waitForTaskToken: The optimized integration sqs sendMessage.\n"
                                  "Goes on when somebody answers with the task's token.");
  CHECK(told(R"({"States": {"A": {"Retry": [{"ErrorEquals": ["My.E|rror"]}]}}})").empty());
}

TEST_CASE("names in expressions are told: functions, variables, what the service gives", "[api]") {
  const std::string head = R"({"QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Assign": {"total": 1}}, "B": {"Type": "Pass", "Output": "{% )";
  const std::string tail = R"( %}"}}})";
  CHECK(told(head + "$to|tal + 1" + tail) == "$total: A variable. Set by A");
  CHECK(told(head + "1 + $su|m([1])" + tail) == "$sum: <a<n>:n>\n$sum([1, 2.5]) → 3.5");
  CHECK(told(head + "$states.inp|ut.order.id" + tail).starts_with("$states.input.order.id: The input of the state"));
  CHECK(told(head + "$no|thing + 1" + tail).empty());
  CHECK(told(head + "1 +| 1" + tail).empty());
  const std::string path = R"({"States": {"A": {"Type": "Pass", "Parameters": {"x.$": ")";
  CHECK(told(path + R"-(States.Ma|thAdd(1, $.a)"}}}})-").starts_with("States.MathAdd: States.MathAdd("));
  CHECK(told(path + R"($$.Exec|ution.Id"}}}})").starts_with("$$.Execution.Id: The context object"));
  CHECK(told(path + R"($.a|bc"}}}})").empty());
}

TEST_CASE("YAML and templates are told of, too", "[api]") {
  CHECK(told("StartAt: A\nStates:\n  A:\n    Ty|pe: Pass\n    End: true\n", "a.asl.yaml") == "Type: What the state does.");
  CHECK(told("Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n"
             "        StartAt: A\n        States:\n          A: {Type: Pa|ss, End: true}\n",
             "template.yaml")
            .starts_with("Pass: Calls nothing"));
}

TEST_CASE("strings are read as what they say, and told where they stand", "[api]") {
  const std::string yaml = "QueryLanguage: JSONata\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    End: true\n    Output: ";
  CHECK(told(yaml + ">-\n      {%\n      $su|m([1]) %}\n", "a.asl.yaml").starts_with("$sum: <a<n>:n>"));
  CHECK(told(yaml + "|\n      {% $su\xC3\xA4 & $s|um([1]) %}\n", "a.asl.yaml") == "");
  CHECK(told(yaml + "'{% $su|m([1]) %}'\n", "a.asl.yaml").starts_with("$sum: <a<n>:n>"));
  const std::string head = R"({"QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% (\n$tot|al := 1; $total) %}")";
  CHECK(told(head + R"(, "Assign": {"total": 1}}}})") == "$total: A variable. Set by A");
  // A definition in a string of a template.
  const std::string inner = R"({\"StartAt\":\"A\",\"QueryLanguage\":\"JSONata\",\"States\":{\"A\":{\"Ty|pe\":\"Pass\",\"Output\":\"{% $sum([1]) %}\",\"End\":true}}})";
  const std::string host = R"({"Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionString": ")";
  CHECK(told(host + inner + "\"}}}}", "template.json") == "Type: What the state does.");
  std::string later = inner;
  later.erase(later.find('|'), 1);
  later.insert(later.find("um(["), "|");
  CHECK(told(host + later + "\"}}}}", "template.json").starts_with("$sum: <a<n>:n>"));
  CHECK(told("{\"|a\": 1, \"Resources\": {}}", "template.json") == "");
}

TEST_CASE("lines and columns are counted as editors do", "[api]") {
  const std::string states = R"("States": {"A": {"Type": "Wait", "Seco|nds": 1}}})";
  CHECK(told("\xEF\xBB\xBF{" + states).starts_with("Seconds"));
  CHECK(told("{\r\n" + states).starts_with("Seconds"));
  CHECK(told("{\"Comment\": \"\xF0\x9F\x98\x80 \xC3\xA4\", " + states).starts_with("Seconds"));
}

TEST_CASE("a state is the one of its scope, a variable is set by all that set it, an expression is JSONata's or JSONPath's", "[api]") {
  const auto branches = [](const std::string& first, const std::string& second) {
    return R"({"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": [{"StartAt": ")" + first + R"(", "States": {"X": {"Type": "Succeed"}}},
      {"StartAt": ")" + second + R"(", "States": {"X": {"Type": "Pass", "Comment": "the second", "End": true}}}], "End": true}}})";
  };
  CHECK(told(branches("|X", "X")).starts_with("X: Succeed"));
  CHECK(told(branches("X", "|X")).find("\nthe second\n") != std::string::npos);
  // What is in another scope is not where it leads.
  CHECK(told(R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "|X"}, "P": {"Type": "Parallel", "Branches": [{"StartAt": "X", "States": {"X": {"Type": "Succeed"}}}]}}})")
            .starts_with("X (Next): The state to go to"));
  std::string states;
  for (int i = 0; i < 10; ++i) states += fmt::format(R"("S{}": {{"Type": "Pass", "Assign": {{"x": 1}}}}, )", i);
  CHECK(told(R"({"QueryLanguage": "JSONata", "States": {)" + states + R"("Z": {"Type": "Pass", "Output": "{% $|x %}"}}})") ==
        "$x: A variable. Set by S0, S1, S2, S3, S4, S5, S6, S7 and 2 more");
  CHECK(told(R"({"QueryLanguage": "JSONata", "States": {"Z": {"Type": "Pass", "Output": "{% $$|.a %}"}}})") == "");
  CHECK(told(R"({"States": {"Z": {"Type": "Task", "Resource": "${Fun|ction}"}}})").starts_with("${Function} (Resource): The ARN"));
  CHECK(told(R"({"States": {"Z": {"Type": "Pass", "Parameters": {"ErrorEquals": ["States.Ti|meout"]}}}})") == "");
}

TEST_CASE("every word of the language has a meaning", "[api]") {
  for (int kind = 0; kind <= static_cast<int>(ObjectKind::WriterConfig); ++kind) {
    for (const QueryLanguage language : {QueryLanguage::JSONPath, QueryLanguage::JSONata}) {
      for (const std::string_view name : field_names(static_cast<ObjectKind>(kind), language)) {
        INFO(kind << " " << name);
        CHECK_FALSE(field_meaning(static_cast<ObjectKind>(kind), name).empty());
      }
    }
  }
  CHECK(field_meaning(ObjectKind::State, "StartAt").empty());
  CHECK(field_meaning(ObjectKind::Machine, "ResultPath").empty());
  CHECK(field_meaning(ObjectKind::Catcher, "ResultPath").find("error") != std::string::npos);
  for (const std::string_view type : state_type_names()) {
    INFO(type);
    CHECK_FALSE(state_type_meaning(type).empty());
  }
  for (const std::string_view error : predefined_error_names()) {
    INFO(error);
    CHECK_FALSE(error_meaning(error).empty());
  }
}

TEST_CASE("no place of a broken definition is a place where telling breaks", "[api]") {
  look_at_faulty_examples([](const std::string& text, Position at) {
    const auto hovered = hover(text, "a.asl.json", at);
    if (!hovered) return;
    REQUIRE(hovered->at.begin <= hovered->at.end);
    REQUIRE(hovered->at.end <= text.size());
  });
}

TEST_CASE("a call tells it, or answers that there is nothing", "[api]") {
  CHECK(call(R"({"op": "hover", "text": "{\"StartAt\": 1}", "line": 1, "column": 4})")
            .starts_with(R"({"ok":true,"result":{"hover":{"range":{"start":{"line":1,"column":3,"offset":2},)"
                         R"("end":{"line":1,"column":10,"offset":9}},"kind":"field","title":"StartAt","text":"The state)"));
  CHECK(call(R"({"op": "hover", "text": "[]", "line": 4000000000, "column": 4000000000})") ==
        R"({"ok":true,"result":{}})");
  CHECK(call(R"({"op": "hover"})").find(R"("ok":false)") != std::string::npos);
}

}  // namespace stepglass::analysis
