// What is found in JSON, YAML and the templates made of them, under which name, and where each byte of it stands.

#include "analysis/sources/find_definitions.h"

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <string_view>

#include "analysis/sources/limits.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

/// "name form TYPE line definition" of each machine, one a line.
std::string found_in(std::string_view path, std::string_view text) {
  const FoundInFile found = find_definitions(std::string(text), path);
  std::string out;
  for (const FoundMachine& machine : found.machines) {
    out += fmt::format("{} {} {}{} ", machine.name, form_name(machine.form),
                       !machine.type                           ? ""
                       : *machine.type == MachineType::Express ? "EXPRESS "
                                                               : "STANDARD ",
                       machine.position.line);
    out += machine.definition && machine.definition->root() ? to_json(machine.definition->root()->value())
           : !machine.file.empty()                          ? "in " + machine.file
                                                            : "because " + machine.reason;
    out += '\n';
  }
  return out;
}

/// The bytes of the file that the first machine's value at `pointer` stands for.
std::string_view cut(const FoundInFile& found, std::string_view pointer) {
  const Document& document = *found.machines.at(0).definition;
  Node node = *document.root();
  for (std::size_t i = 1; i < pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', i), pointer.size());
    node = *node.find(pointer.substr(i, end - i));
    i = end + 1;
  }
  return document.text().substr(node.span().begin, node.span().end - node.span().begin);
}

}  // namespace

TEST_CASE("files are told by their names", "[sources]") {
  for (const std::string_view path : {"a.json", "b/c.asl", "x.yaml", "x.yml", "a.tf", "x.json.j2", "wf.yml.tpl",
                                      "cdk.out/Stack.template.json", "stack.template", "a.tf.json", "a.json.tftpl"}) {
    INFO(path);
    CHECK(may_define_machines(path));
  }
  for (const std::string_view path : {"a.py", "json", "a.j2", "x.json.bak", "README.md", ""}) {
    INFO(path);
    CHECK_FALSE(may_define_machines(path));
  }
  CHECK(is_commented_json_name("a/b.jsonc"));
  CHECK(is_commented_json_name("b.json5.j2"));
  CHECK_FALSE(is_commented_json_name("b.json"));
  CHECK(is_definition_name("a/b.asl.json"));
  CHECK(is_definition_name("b.asl.yml.j2"));
  CHECK_FALSE(is_definition_name("b.json"));
  CHECK(mentions_machines("x StartAt"));
  CHECK(mentions_machines("stateMachines: {}"));
  CHECK_FALSE(mentions_machines("startat States"));
}

TEST_CASE("a definition may be a whole file, an object in one, or a string in one", "[sources]") {
  CHECK(found_in("a/order.json", R"({"StartAt":"A","States":{}})") ==
        "order file 1 {\"StartAt\":\"A\",\"States\":{}}\n");
  CHECK(found_in("order.yaml", "StartAt: A\nStates: {}\n") == "order file 1 {\"StartAt\":\"A\",\"States\":{}}\n");
  CHECK(found_in("a.asl.json", "{\"StartAt\": ") == "a file 1 {\"StartAt\":null}\n");
  CHECK(found_in("a.asl", "StartAt: A") == "a file 1 {\"StartAt\":\"A\"}\n");
  CHECK(found_in("package.json", R"({"name":"x","States":1,"StartAt":2})").empty());
  CHECK(found_in("all.json",
                 "[\n{\"name\": \"one\", \"type\": \"EXPRESS\", \"definition\": {\"StartAt\":\"A\",\"States\":{}}},\n"
                 "{\"two\": {\"StartAt\":\"B\",\"States\":{\"B\":{\"StartAt\":\"C\",\"States\":{}}}}}]") ==
        "one nested EXPRESS 2 {\"StartAt\":\"A\",\"States\":{}}\n"
        "two nested 3 {\"StartAt\":\"B\",\"States\":{\"B\":{\"StartAt\":\"C\",\"States\":{}}}}\n");
  CHECK(found_in("call.json", R"({"name":"n","definition":"{\"StartAt\":\"A\",\"States\":{}}"})") ==
        "n nested 1 {\"StartAt\":\"A\",\"States\":{}}\n");
}

TEST_CASE("CloudFormation and SAM templates hold definitions in many forms", "[sources]") {
  CHECK(
      found_in("infra/t.yaml", R"(Resources:
  Object:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      Definition:
        StartAt: A
        States: {A: {Type: Task, Resource: !GetAtt F.Arn, Parameters: {a: !Sub "${B}-x", "Ref": {Ref: C}}}}
  String:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineType: STANDARD
      DefinitionString: !Sub |
        {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": ${Seconds}}}}
  Joined:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Join ["", ['{"StartAt": "', !Ref First, '", "States": {}}']]
  Uri:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: ../flows/x.asl.json
      DefinitionSubstitutions: {A: b}
  S3:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: {Bucket: b, Key: k}
  Include:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        Fn::Transform: {Name: AWS::Include, Parameters: {Location: ./y.yaml}}
  Parameter:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Ref Text
  Empty:
    Type: AWS::StepFunctions::StateMachine
    Properties: {}
  Outside:
    Type: AWS::StepFunctions::StateMachine
    Properties: {DefinitionUri: ../../x.json}
)") ==
      R"(Object cfn-object EXPRESS 2 {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"${F.Arn}","Parameters":{"a":"${B}-x","Ref":"${C}"}}}}
String cfn-string STANDARD 9 {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":"${Seconds}"}}}
Joined cfn-string 15 {"StartAt":"${First}","States":{}}
Uri cfn-uri 19 in flows/x.asl.json
S3 cfn-uri 24 because the definition is an object in S3
Include cfn-uri 28 in infra/y.yaml
Parameter unread 33 because the definition is ${Text}
Empty unread 37 because the resource has no definition
Outside cfn-uri 40 because the definition is in ../../x.json
)");
}

TEST_CASE("what the reader of a template makes of a value is no mistake", "[sources]") {
  // YAML 1.1, which CloudFormation reads, has more booleans; AWS::Include puts its members in its place.
  CHECK(found_in("t.yaml", R"(Resources:
  M:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: A
        States:
          A: {Type: Pass, End: yes, Comment: "yes"}
          Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/k}}
)") == R"(M cfn-object 2 {"StartAt":"A","States":{"A":{"Type":"Pass","End":"${yes}","Comment":"yes"},"Fn::Transform":"${AWS::Include}"}}
)");
}

TEST_CASE("a synthesised template holds definitions as joined strings", "[sources]") {
  const std::string text =
      R"({"Resources":{"M":{"Type":"AWS::StepFunctions::StateMachine","Properties":{"DefinitionString":{"Fn::Join":["",["{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"",{"Fn::GetAtt":["F","Arn"]},"\",\"End\":true}}}"]]}}}}})";
  CHECK(found_in("cdk.out/S.template.json", text) ==
        "M cfn-string 1 "
        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"${F.Arn}\",\"End\":true}}}\n");
  const FoundInFile found = find_definitions(text, "S.template.json");
  CHECK(cut(found, "/StartAt") == "\\\"A\\\"");
  CHECK(cut(found, "/States/A/End") == "true");
  CHECK(cut(found, "/States/A/Resource").find("Fn::GetAtt") != std::string_view::npos);
}

TEST_CASE("places in a block scalar are those of the template", "[sources]") {
  const FoundInFile found = find_definitions(
      "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: !Sub |\n"
      "        {\n          \"StartAt\": \"A\",\n          \"States\": {\"A\": {\"Type\": \"Fial\"}}\n        }\n",
      "t.yml");
  REQUIRE(found.machines.size() == 1);
  const Document& document = *found.machines[0].definition;
  const Node type = *document.root()->find("States")->find("A")->find("Type");
  CHECK(document.position(type.span().begin) == Position{8, 36});
  CHECK(cut(found, "/States/A/Type") == "\"Fial\"");
  CHECK(found.machines[0].position == Position{2, 3});
}

TEST_CASE("serverless.yml holds definitions, or names the files that do", "[sources]") {
  CHECK(found_in("app/serverless.yml", R"(service: x
stepFunctions:
  stateMachines:
    one:
      type: EXPRESS
      name: ${self:service}-one
      definition:
        StartAt: A
        States: {A: {Type: Task, Resource: {Fn::GetAtt: [F, Arn]}, End: true}}
    two:
      definition: ${file(flows/two.yml)}
    three:
      definition: |
        {"StartAt": "A", "States": {}}
  activities: [a]
)") == "one serverless EXPRESS 4 "
       "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"${F.Arn}\",\"End\":true}}}\n"
       "two serverless-file 10 in app/flows/two.yml\n"
       "three serverless 12 {\"StartAt\":\"A\",\"States\":{}}\n");
}

TEST_CASE("a template surely means to define machines, a template of a template is no YAML yet", "[sources]") {
  CHECK(means_machines("M: {Type: AWS::StepFunctions::StateMachine, Properties: ["));
  CHECK(means_machines("stepFunctions:\n  stateMachines: ["));
  CHECK_FALSE(means_machines("M: {Type: AWS::StepFunctions::StateMachine}\n{{ include }}"));
  CHECK_FALSE(means_machines("StartAt: A"));
}

TEST_CASE("functions of templates are placeholders in a file of its own, too", "[sources]") {
  const FoundInFile found = find_definitions(
      R"({"StartAt":"A","States":{"A":{"Type":"Task","Resource":{"Fn::GetAtt":["F","Arn"]},"Next":"Ref"},"Ref":{"Type":"Succeed"}}})",
      "a.asl.json");
  const auto resource = found.machines.at(0).definition->root()->find("States")->find("A")->find("Resource");
  CHECK(resource->text() == "${F.Arn}");
  const FoundInFile made = find_definitions(R"({"Fn::Join":["",[]]})", "b.asl.json");
  CHECK(made.machines.at(0).form == Form::Unread);
  CHECK_FALSE(made.machines[0].definition);
}

TEST_CASE("what is wrong inside a definition is told there, what is wrong around it with the file", "[sources]") {
  const FoundInFile found = find_definitions(
      "A: 1\nA: 2\nM:\n  Type: AWS::Serverless::StateMachine\n  Properties:\n    Definition:\n      StartAt: A\n"
      "      StartAt: B\n      States: {}\n",
      "t.yaml");
  REQUIRE(found.diagnostics.size() == 1);
  CHECK(found.host->position(found.diagnostics[0].span.begin) == Position{2, 1});
  const Diagnostics& inside = found.machines.at(0).definition->diagnostics();
  REQUIRE(inside.size() == 1);
  CHECK(inside[0].pointer == "/StartAt");
}

TEST_CASE("states are counted through all scopes", "[sources]") {
  const Document document = read_json(
      R"({"States":{"A":{"Iterator":{"States":{"B":{}}}},"C":{"Branches":[{"States":{"D":{},"E":{}}},{}]},"F":{"ItemProcessor":{"States":{"G":1}}}}})");
  CHECK(count_states(document) == 7);
}

TEST_CASE("a file has so many machines and no more", "[sources][hostile]") {
  const auto file = [](std::size_t count) {
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i) text += R"({"StartAt":"A","States":{}},)";
    text.back() = ']';
    return find_definitions(text, "a.json").machines;
  };
  CHECK(file(kMaxMachinesOfOneFile - 1).size() == kMaxMachinesOfOneFile - 1);
  CHECK(file(kMaxMachinesOfOneFile).back().reason.empty());
  // That there are more is told once.
  for (const std::size_t count : {kMaxMachinesOfOneFile + 1, kMaxMachinesOfOneFile + 2}) {
    const auto machines = file(count);
    CHECK(machines.size() == kMaxMachinesOfOneFile + 1);
    CHECK(machines.back().form == Form::Unread);
    CHECK(machines.back().reason == kTooManyMachines);
  }
}

TEST_CASE("aliases of a large definition are read once, joins of them end", "[sources][hostile]") {
  std::string large = "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"Result\": \"" +
                      std::string(1 << 20, 'x') + "\"}}}";
  std::string aliases = "a: &a '" + large + "'\nb: [";
  for (int i = 0; i < 50'000; ++i) aliases += "*a,";
  CHECK(find_definitions(aliases + "]\n", "a.yaml").machines.size() == 1);

  std::string joined = "a: &a '" + large + "'\n";
  for (int i = 0; i < 100; ++i) {
    joined += fmt::format(
        "r{}: {{Type: 'AWS::StepFunctions::StateMachine', Properties: {{DefinitionString: !Join ['', "
        "[*a,*a,*a,*a]]}}}}\n",
        i);
  }
  const FoundInFile found = find_definitions(joined, "a.yaml");
  REQUIRE(found.machines.size() == 101);
  std::size_t read = 0;
  for (const FoundMachine& machine : found.machines) read += machine.definition.has_value();
  CHECK(read <= 1 + kMaxExtractedBytes / (4 << 20));
}

TEST_CASE("a machine is picked by its name, or it is told why it cannot be", "[sources]") {
  const auto machines = find_definitions(R"(Resources:
  Far: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: far.asl.json}}
  Computed: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: !ImportValue Text}}
  Broken: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: '[{}]'}}
  Near: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Succeed}}}}}
)",
                                         "template.yaml")
                            .machines;
  const auto named = [&](std::string_view name) {
    const auto machine = machine_named(machines, name);
    return machine ? (*machine)->name : machine.error().message + "; " + machine.error().help;
  };
  CHECK(named("Near") == "Near");
  // The first that can be looked at.
  CHECK(named("") == "Near");
  CHECK(named("Far") == "says that the definition of \"Far\" is in far.asl.json; give that file instead");
  CHECK(named("Computed") == fmt::format("does not hold the definition of \"Computed\": {}; ", machines[1].reason));
  CHECK(named("Broken").starts_with("holds no definition of \"Broken\" that can be read: "));
  CHECK(named("Other") == "holds no state machine \"Other\"; it holds Far, Computed, Broken, Near");
  CHECK(machine_named({}, "").error().message == "holds no definition");
}

}  // namespace stepglass::analysis
