// What the service's ValidateStateMachineDefinition says, in its order and words.

#include "engine/model/state_machine.h"
#include "tests/engine/model/fixture.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

struct Case {
  std::string definition;
  const char* expected;
  MachineType type = MachineType::Standard;
};

constexpr std::string_view kTask =
    R"({{"StartAt":"S","States":{{"S":{{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:1:function:f",{}"End":true}}}}}})";

std::string task(std::string_view fields) {
  return fmt::format(fmt::runtime(kTask), fields);
}
std::string machine(std::string_view state) {
  return fmt::format(R"({{"StartAt":"S","States":{{"S":{}}}}})", state);
}

// Recorded answers.
const Case kRecorded[] = {
    {" ", "SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null"},
    {"not a definition",
     "INVALID_JSON_DESCRIPTION: Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token "
     "'null', 'true' or 'false')\n at [Source: (String)\"not a definition\"; line: 1, column: 4] at [Source: "
     "(String)\"not a definition\"; line: 1, column: 4]"},
    {"{}", "SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /"},
    {R"({"StartAt":"S"})", "SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /"},
    {R"({"States":{"S":{"Type":"Succeed"}}})", "SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt] at /"},
    {machine(R"({"Type":"Foo","End":true})"),
     "SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, "
     "Choice, Parallel, Map] at /States/S/Type"},
    {R"({"StartAt":"S","QueryLanguage":"JSONata","States":{"S":{"Type":"Pass","QueryLanguage":"JSONPath","End":true}}})",
     "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at "
     "/States/S"},
    {machine(R"({"Type":"Wait","Timestamp":"2016-12-05 21:29:29Z","End":true})"),
     "SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/S/Timestamp"},
    {task(R"("Credentials":{"Other":"x"},)"),
     "SCHEMA_VALIDATION_FAILED: The field 'RoleArn' is required but was missing at /States/S/Credentials"},
    {machine(R"({"Type":"Task","Resource":"arn:aws:states:::dynamodb:query","Parameters":{},"End":true})"),
     "SCHEMA_VALIDATION_FAILED: The resource provided arn:aws:states:::dynamodb:query is not recognized. The value is "
     "not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource"},
    {machine(R"~({"Type":"Pass","Parameters":{"x.$":"States.Format('a\\\"b')"},"End":true})~"),
     "SCHEMA_VALIDATION_FAILED: The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function "
     "call at /States/S/Parameters"},
    {machine(R"({"Type":"Parallel","Branches":[],"End":true})"),
     "SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/S/Branches"},
    {machine(
         R"({"Type":"Task","Resource":"arn:aws:states:::sns:publish.waitForTaskToken","Parameters":{},"End":true})"),
     "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service integration  at "
     "/States/S/Resource",
     MachineType::Express},
    {machine(R"({"Type":"Task","Resource":"arn:aws:states:::batch:submitJob.sync","Parameters":{},"End":true})"),
     "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service integration at "
     "/States/S/Resource",
     MachineType::Express},
    {machine(R"({"Type":"Task","Resource":"arn:aws:states:us-east-1:1:activity:a","End":true})"),
     "SCHEMA_VALIDATION_FAILED: Express state machine does not support Activity ARN at /States/S/Resource",
     MachineType::Express},
};

// Measured by others and published.
const Case kMeasured[] = {
    {machine(R"({"Type":"Wait","Seconds":100000000,"End":true})"),
     "SCHEMA_VALIDATION_FAILED: Maximum value is 99999999 at /States/S/Seconds"},
    {task(R"("TimeoutSeconds":0,)"), "SCHEMA_VALIDATION_FAILED: Minimum value is 1 at /States/S/TimeoutSeconds"},
    {task(R"("Retry":[{"ErrorEquals":["E"],"BackoffRate":0.5}],)"),
     "SCHEMA_VALIDATION_FAILED: Minimum value is 1.0 at /States/S/Retry[0]/BackoffRate"},
    {task(R"("Retry":[{"ErrorEquals":["E"],"IntervalSeconds":0}],)"), ""},
    {R"({"StartAt":"S","TimeoutSeconds":0,"States":{"S":{"Type":"Succeed"}}})", ""},
    {machine(R"({"Type":"Pass","TimeoutSeconds":5,"End":true})"),
     "SCHEMA_VALIDATION_FAILED: Field 'TimeoutSeconds' is not supported at /States/S"},
    {machine(R"({"Type":"Pass","Output":1,"End":true})"),
     "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the "
     "'JSONata' QueryLanguage at /States/S"},
    // What is neither language is JSONata; the state is told before its field.
    {machine(R"({"Type":"Pass","QueryLanguage":"jsonata","InputPath":"$.a","End":true})"),
     "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the "
     "'JSONPath' QueryLanguage at /States/S\n"
     "SCHEMA_VALIDATION_FAILED: Value should be one of the following: [JSONPath, JSONata] at /States/S/QueryLanguage"},
    {R"({"StartAt":"S","QueryLanguage":5,"States":{"S":{"Type":"Pass","End":true}}})",
     "SCHEMA_VALIDATION_FAILED: Expected value of type [STRING] at /QueryLanguage"},
    // The downgrade hides the fields of the other language, and nothing else.
    {R"({"StartAt":"S","QueryLanguage":"JSONata","States":{"S":{"Type":"Map","QueryLanguage":"JSONPath",)"
     R"("MaxConcurrency":-1,"Output":1,"ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Succeed"}}},"End":true}}})",
     "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at "
     "/States/S\n"
     "SCHEMA_VALIDATION_FAILED: Minimum value is 0 at /States/S/MaxConcurrency"},
    {machine(
         R"({"Type":"Map","ItemProcessor":{"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Succeed"}}},"End":true})"),
     "SCHEMA_VALIDATION_FAILED: Field 'QueryLanguage' is not supported at /States/S/ItemProcessor"},
    {machine(R"({"Type":"Pass"})"),
     "SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: [Next, End] at /States/S"},
    {task(R"("TimeoutSeconds":5,"TimeoutSecondsPath":"$.t",)"),
     "SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [TimeoutSeconds, TimeoutSecondsPath] "
     "at /States/S"},
    {machine(R"({"Type":"Pass","InputPath":"a","End":true})"),
     "SCHEMA_VALIDATION_FAILED: Value must be a valid JSONPath. at /States/S/InputPath"},
    {task(R"("Retry":[{"ErrorEquals":["States.ALL"]},{"ErrorEquals":["E"]}],)"),
     "SCHEMA_VALIDATION_FAILED: States.ALL must appear alone and at end of list at /States/S/Retry[0]/ErrorEquals[0]"},
    {task(R"("Catch":[{}],)"),
     "SCHEMA_VALIDATION_FAILED: These fields are required: [ErrorEquals, Next] at /States/S/Catch[0]"},
    {machine(R"({"Type":"Choice","Choices":[{"Variable":"x","IsNull":true,"Next":"S"}],"Default":"S"})"),
     "SCHEMA_VALIDATION_FAILED: Value is not a Reference Path: Reference path didn't start with '$' at "
     "/States/S/Choices[0]/Variable\n"
     "MISSING_END_STATE: Workflow has no terminal state at null"},
    {machine(R"({"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true})"),
     "SCHEMA_VALIDATION_FAILED: Parameters field is required for resource ARN: arn:aws:states:::lambda:invoke at "
     "/States/S/Resource"},
    {machine(R"({"Type":"Pass","Assign":{"states":1,"a-b":1},"End":true})"),
     "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/S/Assign/states\n"
     "INVALID_VARIABLE_NAME: Invalid variable name 'a-b': the variable name contains invalid characters. at "
     "/States/S/Assign/a-b"},
    {R"({"StartAt":"S","States":{"S":{"Type":"Parallel","Branches":[{"StartAt":"X","States":{"X":{"Type":"Succeed"}}},)"
     R"({"StartAt":"X","States":{"X":{"Type":"Succeed"}}}],"End":true}}})",
     "DUPLICATE_STATE_NAME: Duplicate State name: X at /States/S/Branches[1]/States/X"},
    // Targets: the word is Next wherever the name stands.
    {R"({"StartAt":"pass1","States":{"pass1":{"Type":"Pass","Next":"pass3"},"pass2":{"Type":"Pass","End":true}}})",
     "MISSING_TRANSITION_TARGET: Missing 'Next' target: pass3 at /States/pass1/Next\n"
     "MISSING_TRANSITION_TARGET: State \"pass2\" is not reachable. at /States/pass2"},
    {R"({"StartAt":"Nope","States":{"A":{"Type":"Pass","End":true}}})",
     "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at /StartAt\n"
     "MISSING_TRANSITION_TARGET: State \"A\" is not reachable. at /States/A"},
    {R"({"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Variable":"$.x","IsPresent":true,"Next":"Ghost"}],)"
     R"("Default":"Other"},"Z":{"Type":"Succeed"}}})",
     "MISSING_TRANSITION_TARGET: Missing 'Next' target: Ghost at /States/C/Choices[0]/Next\n"
     "MISSING_TRANSITION_TARGET: Missing 'Next' target: Other at /States/C/Default\n"
     "MISSING_TRANSITION_TARGET: State \"Z\" is not reachable. at /States/Z"},
    {R"({"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"W","States":{"W":{"Type":"Succeed"},)"
     R"("Ghost":{"Type":"Succeed"}}},"End":true}}})",
     "MISSING_TRANSITION_TARGET: State \"Ghost\" is not reachable. at /States/M/ItemProcessor/States/Ghost"},
    // Without an end, nothing is said of what cannot be reached.
    {R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"},"C":{"Type":"Pass","Next":"A"}}})",
     "MISSING_END_STATE: Workflow has no terminal state at null"},
    {R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"NOPE"}}})",
     "MISSING_TRANSITION_TARGET: Missing 'Next' target: NOPE at /States/A/Next\n"
     "MISSING_END_STATE: Workflow has no terminal state at null"},
    {R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"},"C":{"Type":"Pass","End":true}}})",
     "MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C"},
    {R"({"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"A"}}},"End":true}}})",
     ""},
};

// Codes are documented, the sentences are ours.
const Case kWarnings[] = {
    {machine(R"({"Type":"Pass","Parameters":{"a":"$.x"},"End":true})"),
     "warning NO_DOLLAR: The value for the field 'a' appears to be a JSONPath or an intrinsic function call, but the "
     "field name does not end with '.$' at /States/S/Parameters/a"},
    {machine(R"({"Type":"Fail","Cause":"$.x"})"),
     "warning NO_PATH: The value for the field 'Cause' looks like a path, but the field name does not end with 'Path' "
     "at /States/S/Cause"},
    {machine(R"({"Type":"Pass","Result":"$.x","End":true})"),
     "warning PASS_RESULT_IS_STATIC: The Result of a Pass state is static: paths in it are not evaluated at "
     "/States/S/Result"},
};

}  // namespace

TEST_CASE("the service's recorded answers", "[model]") {
  for (const Case& c : kRecorded) {
    INFO(c.definition);
    CHECK(service_findings(c.definition, c.type) == c.expected);
  }
}

TEST_CASE("the service's measured answers", "[model]") {
  for (const Case& c : kMeasured) {
    INFO(c.definition);
    CHECK(service_findings(c.definition, c.type) == c.expected);
  }
}

TEST_CASE("the service's warnings", "[model]") {
  for (const Case& c : kWarnings) {
    INFO(c.definition);
    CHECK(service_findings(c.definition, c.type) == c.expected);
  }
}

TEST_CASE("what the service refuses is an error of ours, and nothing else is", "[model]") {
  const auto check = [](const Case& c) {
    INFO(c.definition);
    const Document document = read_json(c.definition);
    const LoadedMachine loaded = load_state_machine(document, c.type);
    bool refused = false;
    for (const ServiceDiagnostic& d : loaded.service_diagnostics) refused = refused || d.severity == Severity::Error;
    CHECK(has_errors(loaded.diagnostics) == refused);
  };
  for (const Case& c : kRecorded) check(c);
  for (const Case& c : kMeasured) check(c);
  for (const Case& c : kWarnings) check(c);
}

TEST_CASE("a text that is nested too deeply is refused as such", "[model]") {
  const std::string deep = std::string(300, '[') + std::string(300, ']');
  CHECK(service_findings(machine(fmt::format(R"({{"Type":"Pass","Result":{},"End":true}})", deep))) ==
        "TOO_DEEPLY_NESTED: The states are too deeply nested at null");
}

TEST_CASE("a single state stands at /States/StateName", "[model]") {
  const Document document = read_json(R"({"Type":"Parallel","Next":"Elsewhere","Branches":[
{"StartAt":"X","States":{"X":{"Type":"Wait","Seconds":-1,"End":true}}}]})");
  const LoadedMachine loaded = load_single_state(document, MachineType::Standard);
  REQUIRE(loaded.machine);
  CHECK(loaded.machine->scope.start_at.state == &loaded.machine->scope.states[0]);
  CHECK(loaded.machine->scope.states[0].name == "StateName");
  CHECK(loaded.machine->scope.states[0].next->name == "Elsewhere");
  CHECK(listed(document, loaded.diagnostics) == "2:55 error invalid-wait-seconds");
  CHECK(listed(loaded.service_diagnostics) ==
        "SCHEMA_VALIDATION_FAILED: Minimum value is 0 at /States/StateName/Branches[0]/States/X/Seconds");
  CHECK(listed(load_single_state(read_json(R"({"Type":"Pass"})"), MachineType::Standard).service_diagnostics) ==
        "SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: [Next, End] at "
        "/States/StateName");
  CHECK_FALSE(load_single_state(read_json("[]"), MachineType::Standard).machine);
}

}  // namespace stepglass
