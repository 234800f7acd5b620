// The flow as text for other programs.

#include "analysis/drawing/graph_text.h"

#include <fmt/format.h>

#include "engine/document/document.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

std::string text_of(GraphFormat format, std::string definition, const GraphOptions& options = {}) {
  const Document document = read_json(std::move(definition));
  const LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
  REQUIRE(loaded.machine);
  return graph_text(format, *loaded.machine, options);
}

constexpr const char* kMachine = R"({"StartAt": "Ask \"B\"", "States": {
  "Ask \"B\"": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Both",
    "Catch": [{"ErrorEquals": ["A__B", "States.ALL"], "Next": "Both"}]},
  "Both": {"Type": "Parallel", "End": true, "Branches": [
    {"StartAt": "L", "States": {"L": {"Type": "Pass", "End": true}}},
    {"StartAt": "R", "States": {"R": {"Type": "Pass", "End": true}}}]}}})";

}  // namespace

TEST_CASE("PlantUML has branches as regions, and no text becomes markup", "[drawing]") {
  CHECK(text_of(GraphFormat::PlantUml, kMachine) == R"(@startuml
hide empty description
state "Ask <U+0022>B<U+0022>" as s0
s0 : Task
state "Both" as s1 {
  state "L" as s1_0_0
  s1_0_0 : Pass
  s1_0_0 --> [*]
  [*] --> s1_0_0
  --
  state "R" as s1_1_0
  s1_1_0 : Pass
  s1_1_0 --> [*]
  [*] --> s1_1_0
}
s1 : Parallel
s0 --> s1
s0 -[dashed]-> s1 : A<U+005F><U+005F>B, States.ALL
s1 --> [*]
[*] --> s0
@enduml
)");
}

TEST_CASE("no sign of a name or an error is markup in PlantUML", "[drawing]") {
  const auto name = [](const std::string& text) {
    const std::string drawn = text_of(
        GraphFormat::PlantUml, R"({"StartAt": "A", "States": {")" + text + R"(": {"Type": "Pass", "End": true}}})");
    const std::size_t begin = drawn.find("state \"") + 7;
    return drawn.substr(begin, drawn.find("\" as s0", begin) - begin);
  };
  CHECK(name("Charge the card (2 $, net.)") == "Charge the card (2 $, net.)");
  CHECK(name("Größe") == "Größe");
  CHECK(name("[[http:x]]") == "<U+005B><U+005B>http<U+003A>x<U+005D><U+005D>");
  CHECK(name("&#60;") == "<U+0026><U+0023>60<U+003B>");
  for (const std::string sign : {"*", "=", "#", "|", "_", "-", "~", "!", "'", "@", "{", "^", "`", "+", "?", "%"}) {
    CHECK(name(sign + " a") == fmt::format("<U+{:04X}> a", sign[0]));
  }
  const std::string errors = text_of(GraphFormat::PlantUml, R"({"StartAt": "A", "States": {
    "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
      "Catch": [{"ErrorEquals": ["# E", "|a|b|"], "Next": "A"}]}}})");
  CHECK(errors.find("s0 -[dashed]-> s0 : <U+0023> E, <U+007C>a<U+007C>b<U+007C>\n") != std::string::npos);
}

TEST_CASE("every format says what is missing and what has no known type, in the order of the definition", "[drawing]") {
  const std::string broken = R"({"StartAt": "Begin", "States": {
    "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "Gone"}], "Default": "B"},
    "B": {"Type": "Taks"}, "C": {"Type": "${Kind}", "End": true}}})";
  CHECK(text_of(GraphFormat::Json, broken) ==
        R"({"start":null,"states":[{"id":"0","name":"A","type":"Choice"},{"id":"1","name":"B","type":"unknown"},)"
        R"({"id":"2","name":"C","type":"unknown"}],"edges":[)"
        R"({"from":"0","to":null,"missing":"Gone","kind":"choice","index":0,"label":"rule 1"},)"
        R"({"from":"0","to":"1","kind":"default","label":"default"},{"from":"2","to":null,"kind":"end"},)"
        R"({"from":null,"to":null,"missing":"Begin","kind":"start"}]})");
  CHECK(text_of(GraphFormat::Dot, broken) == R"text(digraph stepglass {
  node [fontname="sans-serif"];
  "start" [shape=circle, label="", width=0.2];
  "end" [shape=doublecircle, label="", width=0.15];
  "0" [shape=diamond, label="A (Choice)"];
  "1" [shape=box, label="B (unknown type)", style=dashed];
  "2" [shape=box, label="C (type from deployment)", style=dashed];
  "missing0" [shape=box, label="missing: Begin", style=dashed];
  "missing1" [shape=box, label="missing: Gone", style=dashed];
  "0" -> "missing1" [label="rule 1"];
  "0" -> "1" [label="default"];
  "2" -> "end";
  "start" -> "missing0";
}
)text");
  CHECK(text_of(GraphFormat::Mermaid, broken) == R"text(flowchart TD
  sstart(( ))
  send(( ))
  s0{"A"}
  s1["B (unknown type)"]
  style s1 stroke-dasharray:6 4
  s2["C (type from deployment)"]
  style s2 stroke-dasharray:6 4
  smissing0["missing: Begin"]
  style smissing0 stroke-dasharray:6 4
  smissing1["missing: Gone"]
  style smissing1 stroke-dasharray:6 4
  s0 -->|"rule 1"| smissing1
  s0 -->|"default"| s1
  s2 --> send
  sstart --> smissing0
)text");
  CHECK(text_of(GraphFormat::PlantUml, broken) == R"text(@startuml
hide empty description
state "A" as s0
s0 : Choice
state "B" as s1 ##[dashed]gray
s1 : unknown type
state "C" as s2 ##[dashed]gray
s2 : type from deployment
state "missing<U+003A> Begin" as smissing0 ##[dashed]gray
state "missing<U+003A> Gone" as smissing1 ##[dashed]gray
s0 --> smissing1 : rule 1
s0 --> s1 : default
s2 --> [*]
[*] --> smissing0
@enduml
)text");
}

TEST_CASE("what is collapsed is one node in every format", "[drawing]") {
  const GraphOptions options{.collapsed = {"Both"}};
  const auto collapsed = [&](GraphFormat format) { return text_of(format, kMachine, options); };
  CHECK(collapsed(GraphFormat::PlantUml).find("state \"Both <U+002B>2 states\" as s1\ns1 : Parallel\n") !=
        std::string::npos);
  CHECK(collapsed(GraphFormat::Mermaid).find("  s1[\"Both +2 states\"]\n") != std::string::npos);
  CHECK(collapsed(GraphFormat::Dot).find("label=\"Both +2 states (Parallel)\"];\n") != std::string::npos);
  CHECK(collapsed(GraphFormat::Json).find(R"("name":"Both","type":"Parallel","hidden":2}])") != std::string::npos);
}

}  // namespace stepglass::analysis
