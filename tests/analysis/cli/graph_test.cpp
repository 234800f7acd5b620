// stepglass graph: which machine it draws, and whether a picture in a repository is still what would be drawn.

#include "tests/analysis/cli/program.h"

namespace stepglass::cli {
namespace {

void write(const char* file, std::string_view text) {
  std::ofstream(folder() / file, std::ios::binary) << text;
}

constexpr std::string_view kTemplate = R"(Resources:
  First:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Succeed}}}
  Second:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition:
        StartAt: Each
        States:
          Each: {Type: Map, End: true, ItemProcessor: {StartAt: One, States: {One: {Type: Succeed}}}}
)";

}  // namespace

TEST_CASE("graph: one of several machines is drawn, by its name", "[cli]") {
  write("template.yaml", kTemplate);
  CHECK(call("graph template.yaml").out.find("[\"A\"]") != std::string::npos);
  CHECK(call("graph template.yaml --machine Second").out.find("[\"One\"]") != std::string::npos);
  const Called collapsed = call("graph template.yaml --machine Second --collapse Each --format plantuml");
  CHECK(collapsed.out.find("state \"Each <U+002B>1 state\" as s0\n") != std::string::npos);
  const Called unknown = call("graph template.yaml --machine Third");
  CHECK(unknown.status == 2);
  CHECK(unknown.err.find("it holds First, Second") != std::string::npos);
  write("elsewhere.yaml", R"(Resources:
  Far:
    Type: AWS::Serverless::StateMachine
    Properties: {DefinitionUri: far.asl.json}
)");
  const Called elsewhere = call("graph elsewhere.yaml");
  CHECK(elsewhere.status == 2);
  CHECK(elsewhere.err.find("elsewhere.yaml says that the definition of \"Far\" is in far.asl.json") !=
        std::string::npos);
  const Called no_container = call("graph template.yaml --collapse A");
  CHECK(no_container.status == 2);
  CHECK(no_container.err.find("has no Map or Parallel \"A\"") != std::string::npos);
}

TEST_CASE("graph: --check tells a picture that is no longer what would be drawn", "[cli]") {
  // The name of the file says in which format.
  for (const std::string file : {"pass.svg", "pass.mmd", "pass.puml", "pass.dot", "pass.json"}) {
    CAPTURE(file);
    const std::string format = file == "pass.mmd" ? "mermaid" : file == "pass.puml" ? "plantuml" : file.substr(5);
    call("graph pass.json --format " + format + " | tee picture." + file);
    const Called same = call("graph pass.json --check picture." + file);
    CHECK(same.status == 0);
    CHECK(same.out.empty());
    CHECK(call("graph task.json --check picture." + file).status == 1);
  }
  const Called other = call("graph task.json --check picture.pass.svg");
  CHECK(other.err.find("picture.pass.svg is not what would be written now: stepglass graph 'task.json' --format svg > "
                       "'picture.pass.svg'") != std::string::npos);
  // What it tells to run writes the picture that was asked for.
  write("template.yaml", kTemplate);
  write("each.mmd", "");
  const Called all = call("graph template.yaml --machine Second --collapse Each --check each.mmd");
  CHECK(all.err.find(
            "stepglass graph 'template.yaml' --format mermaid --machine 'Second' --collapse 'Each' > 'each.mmd'\n") !=
        std::string::npos);
  const Called input = call("graph - --check each.mmd < pass.json");
  CHECK(input.err.find("stepglass graph - --format mermaid > 'each.mmd', with the same input\n") != std::string::npos);
  // As Git writes it on Windows.
  std::string lines;
  for (const char c : content(folder() / "picture.pass.svg")) lines += c == '\n' ? "\r\n" : std::string(1, c);
  write("picture.crlf.svg", lines);
  CHECK(call("graph pass.json --check picture.crlf.svg").status == 0);
  CHECK(call("graph pass.json --check no.svg").status == 2);
}

}  // namespace stepglass::cli
