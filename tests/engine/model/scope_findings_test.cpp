// What concerns a scope or the machine as a whole: its fields, names, targets, reachability.

#include "engine/support/limits.h"
#include "tests/engine/model/fixture.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

struct Case {
  const char* definition;
  const char* expected;  // line:column severity name; empty: nothing is found
};

const Case kMachines[] = {
    {R"({"StartAt":"A","States":{"A":{"Type":"Succeed"}}})", ""},
    {R"({"Comment":"c","Version":"1.0","TimeoutSeconds":9,"QueryLanguage":"JSONPath","StartAt":"A","States":{"A":{"Type":"Succeed"}}})",
     ""},
    {"", "1:1 error json-syntax"},
    {"[]", "1:1 error definition-not-object"},
    {"null", "1:1 error definition-not-object"},
    {"{}", "1:1 error missing-start-at, 1:1 error missing-states"},
    {R"({"StartAt":"A"})", "1:1 error missing-states"},
    {R"({"States":{"A":{"Type":"Succeed"}}})", "1:1 error missing-start-at"},
    {R"({"StartAt":"A","States":{}})", "1:25 error empty-states"},
    {R"({"StartAt":"A","States":[]})", "1:16 error wrong-field-type"},
    {R"({"StartAt":1,"States":{"A":{"Type":"Succeed"}}})", "1:12 error wrong-field-type"},
    {R"({"startAt":"A","States":{"A":{"Type":"Succeed"}}})", "1:1 error missing-start-at, 1:2 error unknown-field"},
    {R"({"StartAt":"A","Version":"2.0","States":{"A":{"Type":"Succeed"}}})", "1:26 error unsupported-version"},
    {R"({"StartAt":"A","TimeoutSeconds":100000000,"States":{"A":{"Type":"Succeed"}}})",
     "1:33 error invalid-machine-timeout"},
    {R"({"StartAt":"A","TimeoutSeconds":0,"States":{"A":{"Type":"Succeed"}}})", "1:33 warning invalid-machine-timeout"},
    {R"({"StartAt":"A","TimeoutSeconds":"${T}","States":{"A":{"Type":"Succeed"}}})", ""},
    {R"({"StartAt":"A","QueryLanguage":"JMESPath","States":{"A":{"Type":"Succeed"}}})",
     "1:32 error unknown-query-language"},
    // Two equal keys are the text's fault; the last one counts.
    {R"({"StartAt":"A","States":{"A":{"Type":"Foo"},"A":{"Type":"Succeed"}}})", "1:45 error duplicate-key"},
};

const Case kVariables[] = {
    // Branches and iterations may each assign the same names, and read those around them.
    {R"({"StartAt":"A","States":{"A":{"Type":"Parallel","Assign":{"x":1},"End":true,"Branches":[
{"StartAt":"B","States":{"B":{"Type":"Pass","Assign":{"y.$":"$x"},"End":true}}},
{"StartAt":"C","States":{"C":{"Type":"Pass","Assign":{"y":2},"End":true}}}]}}})",
     ""},
    {R"({"StartAt":"Z","States":{"Z":{"Type":"Pass","Assign":{"x":1},"Next":"A"},"A":{"Type":"Parallel","End":true,"Branches":[
{"StartAt":"B","States":{"B":{"Type":"Pass","Assign":{"x.$":"$.a","y":0},"End":true}}}]}}})",
     "2:55 error variable-shadows-outer"},
    // A catcher of a task assigns in the scope of the task, a rule in that of its Choice; two levels further in, too.
    {R"({"StartAt":"Z","States":{"Z":{"Type":"Task","Resource":"${F}","Next":"A",
"Catch":[{"ErrorEquals":["States.ALL"],"Assign":{"x":1},"Next":"D"}]},"A":{"Type":"Map","End":true,
"ItemProcessor":{"StartAt":"B","States":{"B":{"Type":"Map","End":true,
"Iterator":{"StartAt":"C","States":{"C":{"Type":"Choice","Default":"E",
"Choices":[{"Variable":"$.a","IsNull":true,"Next":"E","Assign":{"x":1}}]},"E":{"Type":"Succeed"}}}}}}},
"D":{"Type":"Succeed"}}})",
     "4:1 info deprecated-map-field, 5:65 error variable-shadows-outer"},
    // The children of a distributed Map are executions of their own.
    {R"({"StartAt":"A","States":{"A":{"Type":"Map","Assign":{"x":1},"End":true,"ItemProcessor":{
"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
"StartAt":"B","States":{"B":{"Type":"Pass","Assign":{"x":2},"End":true}}}}}})",
     ""},
};

const Case kTransitions[] = {
    {R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Fail"}}})", ""},
    {R"({"StartAt":"Z","States":{"A":{"Type":"Succeed"}}})", "1:12 error unknown-start-at"},
    {R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Z"},"B":{"Type":"Succeed"}}})",
     "1:52 error unknown-transition-target, 1:57 error unreachable-state"},
    {R"({"StartAt":"A","States":{"A":{"Type":"Succeed"},
"B":{"Type":"Succeed"}}})",
     "2:1 error unreachable-state"},
    // An island and a loop onto itself are out of reach, too.
    {R"({"StartAt":"A","States":{"A":{"Type":"Succeed"},
"B":{"Type":"Pass","Next":"C"},
"C":{"Type":"Pass","Next":"B"},
"D":{"Type":"Pass","Next":"D"}}})",
     "2:1 error unreachable-state, 3:1 error unreachable-state, 4:1 error unreachable-state"},
    // A catcher, a rule and a Default are ways in.
    {R"({"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"B"}],"Default":"C"},
"B":{"Type":"Task","Resource":"${F}","End":true,"Catch":[{"ErrorEquals":["E"],"Next":"D"}]},
"C":{"Type":"Succeed"},
"D":{"Type":"Succeed"}}})",
     ""},
    {R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"}}})",
     "1:1 error no-terminal-state"},
    // Unknown is not wrong.
    {R"({"StartAt":"${Start}","States":{"A":{"Type":"Succeed"},"B":{"Type":"Succeed"}}})", ""},
    {R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"${Next}"},"B":{"Type":"Succeed"}}})", ""},
    {R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Z"},"${Name}":{"Type":"Succeed"}}})", ""},
    {R"({"StartAt":"A","States":{"A":{"Type":"${Type}","Next":"B"},"B":{"Type":"Succeed"}}})", ""},
    {R"({"StartAt":"A","States":{"A":{"Type":"Foo","Next":"B"},"B":{"Type":"Succeed"}}})",
     "1:38 error unknown-state-type"},
};

const Case kScopes[] = {
    // A branch state cannot go outside, nor the outside into a branch.
    {R"({"StartAt":"A","States":{"A":{"Type":"Parallel","Branches":[
{"StartAt":"X","States":{"X":{"Type":"Pass","Next":"B"},"Y":{"Type":"Succeed"}}}],"Next":"B"},
"B":{"Type":"Pass","Next":"X"},
"C":{"Type":"Succeed"}}})",
     "2:52 error transition-leaves-scope, 2:57 error unreachable-state, 3:27 error transition-leaves-scope, "
     "4:1 error unreachable-state"},
    {R"({"StartAt":"A","States":{"A":{"Type":"Parallel","Branches":[
{"StartAt":"A","States":{"A":{"Type":"Succeed"}}},
{"StartAt":"X","States":{"X":{"Type":"Succeed"}}},
{"StartAt":"X","States":{"X":{"Type":"Succeed"}}}],"End":true}}})",
     "2:26 error duplicate-state-name, 4:26 error duplicate-state-name"},
    {R"({"StartAt":"A","States":{"A":{"Type":"Parallel","Branches":[
{"States":{"X":{"Type":"Succeed"}}},
{"StartAt":"Y"},
7],"End":true}}})",
     "2:1 error missing-start-at, 3:1 error missing-states, 4:1 error wrong-field-type"},
    // The service looks for an end in the machine itself only.
    {R"({"StartAt":"A","States":{"A":{"Type":"Map","ItemProcessor":{
"StartAt":"X","States":{"X":{"Type":"Pass","Next":"X"}}},"End":true}}})",
     "1:44 warning no-terminal-state"},
    {R"({"StartAt":"A","States":{
"A":{"Type":"Map","Label":"l","Next":"B","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"X","States":{"X":{"Type":"Succeed"}}}},
"B":{"Type":"Map","Label":"l","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"Y","States":{"Y":{"Type":"Succeed"}}}}}})",
     "3:27 error duplicate-map-label"},
    // The language of a Map does not reach the states inside, that of the machine does.
    {R"({"StartAt":"A","States":{"A":{"Type":"Map","QueryLanguage":"JSONata","End":true,"ItemProcessor":{"StartAt":"X","States":{
"X":{"Type":"Pass","Output":1,"End":true}}}}}})",
     "2:20 error jsonata-field-in-jsonpath"},
};

struct Express {
  const char* definition;
  const char* standard;
  const char* express;
};

const Express kExpress[] = {
    {R"({"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:a","End":true})", "",
     "2:31 error express-activity"},
    {R"({"Type":"Task","Resource":"arn:aws:states:::batch:submitJob.sync","Parameters":{},"End":true})", "",
     "2:31 error express-sync"},
    {R"({"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2","Parameters":{},"End":true})", "",
     "2:31 error express-sync"},
    {R"({"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{},"End":true})", "",
     "2:31 error express-callback"},
    {R"({"Type":"Wait","Seconds":300,"End":true})", "", ""},
    {R"({"Type":"Wait","Seconds":301,"End":true})", "", "2:30 warning express-wait-too-long"},
    {R"({"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"X","States":{"X":{"Type":"Succeed"}}}})",
     "", "2:73 error express-distributed-map"},
    // Express children of a Standard machine.
    {R"({"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"X","States":{"X":{"Type":"Task","Resource":"arn:aws:states:us-east-1:1:activity:a","End":true}}}})",
     "2:168 error express-activity", "2:73 error express-distributed-map, 2:168 error express-activity"},
};

}  // namespace

TEST_CASE("a machine has a start, states and a language", "[model]") {
  for (const Case& c : kMachines) {
    INFO(c.definition);
    CHECK(findings(c.definition) == c.expected);
  }
}

TEST_CASE("targets exist and every state can be reached", "[model]") {
  for (const Case& c : kTransitions) {
    INFO(c.definition);
    CHECK(findings(c.definition) == c.expected);
  }
}

TEST_CASE("an inner scope does not assign what a scope around it assigns", "[model]") {
  for (const Case& c : kVariables) {
    INFO(c.definition);
    CHECK(findings(c.definition) == c.expected);
  }
}

TEST_CASE("each scope stands alone, names are unique in all", "[model]") {
  for (const Case& c : kScopes) {
    INFO(c.definition);
    CHECK(findings(c.definition) == c.expected);
  }
}

TEST_CASE("an Express execution does not wait for others", "[model]") {
  for (const Express& c : kExpress) {
    INFO(c.definition);
    CHECK(findings(in_state(c.definition)) == c.standard);
    CHECK(findings(in_state(c.definition), MachineType::Express) == c.express);
  }
}

TEST_CASE("the name of a state has 1 to 80 characters", "[model]") {
  const auto machine = [](const std::string& name) {
    return fmt::format(R"({{"StartAt":"{0}","States":{{"{0}":{{"Type":"Succeed"}}}}}})", name);
  };
  CHECK(findings(machine(std::string(kMaxNameCharacters, 'x'))).empty());
  CHECK(findings(machine(std::string(kMaxNameCharacters + 1, 'x'))).ends_with("error invalid-state-name"));
  std::string umlauts;
  for (std::size_t i = 0; i < kMaxNameCharacters; ++i) umlauts += "ü";
  CHECK(findings(machine(umlauts)).empty());
  CHECK(findings(machine("")).ends_with("error invalid-state-name"));
  CHECK(findings(machine(R"(a\nb)")).ends_with("error invalid-state-name"));
  CHECK(findings(machine("a\xC2\x85"
                         "b"))
            .ends_with("error invalid-state-name"));
  CHECK(findings(machine("a\xC2\xA0"
                         "b"))
            .empty());
}

TEST_CASE("broken text is not blamed for what it seems to lack", "[model]") {
  // The comma alone is wrong; that the rest of the machine is cut off is no fault of its own.
  CHECK(findings(R"({"StartAt":"A","States":{"A":{"Type":"Pass","Foo":1,}}})") ==
        "1:45 error unknown-field, 1:52 error json-syntax");
}

TEST_CASE("messages name what is wrong and what to do", "[model]") {
  struct Message {
    const char* state;
    const char* message;
    const char* help;
  };
  static const Message kMessages[] = {
      {R"({"Type":"Pass","timeoutSeconds":5,"End":true})", "a Pass state has no field \"timeoutSeconds\"", "delete it"},
      {R"({"Type":"Task","Resource":"${F}","timeoutSeconds":5,"End":true})",
       "a Task state has no field \"timeoutSeconds\"", "did you mean \"TimeoutSeconds\"?"},
      {R"({"Type":"pass","End":true})", "\"pass\" is no type of state", "did you mean \"Pass\"?"},
      {R"({"Type":"Pass","Next":"b"})", "there is no state \"b\"", "did you mean \"B\"?"},
      {R"({"Type":"Task","Resource":"${F}","End":true,"Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"},{"ErrorEquals":["E"],"Next":"B"}]})",
       "state \"A\" handles \"States.ALL\" before other errors", "put the entry for \"States.ALL\" last"},
      {R"({"Type":"Pass","Comment":{"a":[1]},"End":true})", "\"Comment\" is an object, but must be a string",
       "write a string"},
      {R"({"Type":"Wait","Seconds":-1,"End":true})", "\"Seconds\" is -1, but must be an integer from 0 to 99999999",
       "write an integer from 0 to 99999999"},
  };
  for (const Message& c : kMessages) {
    INFO(c.state);
    const Document document = read_json(in_state(c.state));
    const LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
    REQUIRE(loaded.diagnostics.size() == 1);
    CHECK(loaded.diagnostics[0].message == c.message);
    CHECK(loaded.diagnostics[0].help == c.help);
    CHECK(loaded.diagnostics[0].pointer.starts_with("/States/A"));
  }
}

TEST_CASE("a pointer escapes what JSON pointers escape", "[model]") {
  const Document document = read_json(R"({"StartAt":"a/b~c","States":{"a/b~c":{"Type":"Wait","End":true}}})");
  const LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].pointer == "/States/a~1b~0c");
  CHECK(loaded.service_diagnostics[0].location == "/States/a/b~c");
}

TEST_CASE("long and unprintable words are shown short and printable", "[model]") {
  const std::string name(200'000, 'n');
  const Document document = read_json(
      fmt::format(R"({{"StartAt":"{0}","States":{{"{0}":{{"Type":"Wait","{1}\u0007":1,"End":true}}}}}})", name, name));
  for (const Diagnostic& d : load_state_machine(document, MachineType::Standard).diagnostics) {
    CHECK(d.message.size() < 500);
    CHECK(d.help.size() < 500);
  }
}

TEST_CASE("a thousand problems of one name are listed, the last tells of the others", "[model]") {
  const auto machine = [](std::size_t count) {
    std::string fields;
    for (std::size_t i = 0; i < count; ++i) fields += fmt::format(",\"x{}\":1", i);
    return fmt::format(R"({{"StartAt":"A","States":{{"A":{{"Type":"Succeed"{}}}}}}})", fields);
  };
  for (const std::size_t count : {kMaxListedOfOneName - 1, kMaxListedOfOneName, kMaxListedOfOneName + 1}) {
    const Document document = read_json(machine(count));
    const LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
    CHECK(loaded.diagnostics.size() == std::min(count, kMaxListedOfOneName));
    const bool more = loaded.diagnostics.back().message.ends_with("(and 1 more like this)");
    CHECK(more == (count > kMaxListedOfOneName));
    CHECK(loaded.service_diagnostics.size() == 101);
  }
}

TEST_CASE("a Parallel may assign, when it is done, a name that its branches assign", "[model]") {
  const char* text = R"({"QueryLanguage": "JSONata", "StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true,
    "Assign": {"x": 1},
    "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Pass", "Assign": {"x": 2}, "End": true}}}]}}})";
  const Document document = read_json(text);
  CHECK(load_state_machine(document, MachineType::Standard).diagnostics.empty());
}

}  // namespace stepglass
