// A machine as HTML, for readers with scripts and without.

#include "analysis/api/embed.h"

#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

const std::string kMachine =
    R"({"StartAt": "A",

"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
  "Parameters": {"FunctionName": "</script><b>"}, "End": true}}})";

}  // namespace

TEST_CASE("a machine is embedded with its picture, its text and a recorded run", "[api]") {
  EmbedRequest request{.text = kMachine, .filename = "docs/order.asl.json"};
  request.inputs = {{"a \"big\" one", R"({"n": "<"})"}, {"small", "{}"}};
  request.mocks = R"({"A": [{"return": {"x": 7}}]})";
  const auto html = embed_html(request);
  REQUIRE(html);
  CHECK(html->starts_with("<stepglass-machine label=\"order\">\n  <figure slot=\"poster\">\n<svg "));
  CHECK(html->find("<summary>Definition</summary><pre><code>{&quot;StartAt&quot;") != std::string::npos);
  CHECK(html->find(R"(data-step="input" data-label="a &quot;big&quot; one">{"n": "\u003c"}</script>)") != std::string::npos);
  CHECK(html->find(R"(data-step="mocks">{"A": [{"return": {"x": 7}}]}</script>)") != std::string::npos);
  CHECK(html->find(R"(data-step="trace">{"drawing":{)") != std::string::npos);
  CHECK(html->find("ExecutionSucceeded") != std::string::npos);
  // A careful page takes no style sheet from its text.
  CHECK(html->find("<style") == std::string::npos);
  // Nothing of the definition is markup, and Markdown, which ends HTML at an empty line, takes it as it is.
  CHECK(html->find("</script><b>") == std::string::npos);
  CHECK(html->find("\n\n") == std::string::npos);
  CHECK(html->find(",\n&#10;&quot;States") != std::string::npos);
  request.records = false;
  CHECK(embed_html(request)->find("data-step=\"trace\"") == std::string::npos);
}

TEST_CASE("readers without scripts have an outline of the states, with scopes inside each other", "[api]") {
  const std::string text = R"({"StartAt": "A<b>", "States": {
    "A<b>": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Each",
      "Catch": [{"ErrorEquals": ["E"], "Next": "Gone"}]},
    "Each": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}}}})";
  const auto html = embed_html({.text = text, .filename = "a.asl.json", .records = false});
  REQUIRE(html);
  CHECK(html->find(R"(<details><summary>Outline: 3 states, starts at A&lt;b&gt;, 1 end</summary><ol>
<li><b>A&lt;b&gt;</b> Task, sqs sendMessage<ul><li>next Each</li><li>on E go to Gone, which is missing</li></ul></li>
<li><b>Each</b> Map<ul><li>end</li></ul><details open><summary>For each item</summary><ol>
<li><b>B</b> Pass<ul><li>end</li></ul></li>
</ol></details></li>
</ol></details>
)") != std::string::npos);
}

TEST_CASE("what cannot be embedded is told", "[api]") {
  CHECK(embed_html({.text = R"({"States": {}})", .filename = "a.asl.json"}).error().message.find("StartAt") != std::string::npos);
  CHECK(embed_html({.text = "Resources: {}", .filename = "template.yaml"}).error().message ==
        "template.yaml holds no definition");
  CHECK(embed_html({.text = kMachine, .filename = "a.json", .machine = "B"}).error().message ==
        "a.json holds no state machine \"B\"; it holds a");
  CHECK(embed_html({.text = kMachine, .filename = "a.asl.json", .mocks = "{"})
            .error()
            .message.starts_with("the mocks are no JSON: "));
  CHECK(embed_html({.text = kMachine, .filename = "a.asl.json", .mocks = R"({"A": [{"retrun": 1}]})"})
            .error()
            .message.starts_with("the mocks/A/0"));
  CHECK(embed_html({.text = kMachine, .filename = "a.json", .inputs = {{"i", "{"}}}).error().message.find("Input") !=
        std::string::npos);
}

}  // namespace stepglass::analysis
