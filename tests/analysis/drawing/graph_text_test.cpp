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
    const std::string drawn = text_of(GraphFormat::PlantUml, R"({"StartAt": "A", "States": {")" + text +
                                                                 R"(": {"Type": "Pass", "End": true}}})");
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

TEST_CASE("what is collapsed is one node in every format", "[drawing]") {
  const GraphOptions options{.collapsed = {"Both"}};
  const auto collapsed = [&](GraphFormat format) { return text_of(format, kMachine, options); };
  CHECK(collapsed(GraphFormat::PlantUml).find("state \"Both <U+002B>2 states\" as s1\ns1 : Parallel\n") != std::string::npos);
  CHECK(collapsed(GraphFormat::Mermaid).find("  s1[\"Both +2 states\"]\n") != std::string::npos);
  CHECK(collapsed(GraphFormat::Dot).find("label=\"Both +2 states (Parallel)\"];\n") != std::string::npos);
  CHECK(collapsed(GraphFormat::Json).find(R"("name":"Both","type":"Parallel","hidden":2}])") != std::string::npos);
}

}  // namespace stepglass::analysis
