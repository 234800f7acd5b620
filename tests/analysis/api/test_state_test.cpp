#include "analysis/api/test_state.h"

#include <fmt/format.h>

#include "engine/document/document.h"
#include "engine/support/limits.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

/// The answer as JSON, or "code: message".
std::string ask(std::string_view request) {
  const auto members = split_object(request);
  REQUIRE(members);
  std::string out;
  if (auto error = answer_test_state(*members, out)) return error->code + ": " + error->message;
  INFO(out);
  REQUIRE(read_value(out));
  return out;
}

std::string text_of_length(std::size_t length) {
  return std::string(length, 'x');
}

}  // namespace

TEST_CASE("a TestState call is answered as the service answers it", "[api]") {
  struct Row {
    std::string_view request, reply;
  };
  const auto row = GENERATE(
      // INFO shows no inspectionData, End no nextState.
      Row{R"({"definition": {"Type": "Pass", "End": true}})", R"({"output":"{}","status":"SUCCEEDED"})"},
      Row{R"({"definition": "{\"Type\": \"Pass\", \"Next\": \"B\"}", "input": "{\"a\": 1}", "inspectionLevel": "INFO"})",
          R"({"output":"{\"a\": 1}","nextState":"B","status":"SUCCEEDED"})"},
      // Source: developer guide, example of DEBUG: what was given keeps its spaces, what is made has none.
      Row{R"({"definition": {"Type": "Pass", "InputPath": "$.payload", "Parameters": {"data": 1}, "ResultPath": "$.result",
              "OutputPath": "$.result.data", "Next": "Another State"}, "input": {"payload": {"foo": "bar"}},
              "inspectionLevel": "DEBUG"})",
          R"({"output":"1","inspectionData":{"input":"{\"payload\": {\"foo\": \"bar\"}}","afterInputPath":"{\"foo\":\"bar\"}",)"
          R"("afterParameters":"{\"data\":1}","afterResultSelector":"{\"data\":1}",)"
          R"("afterResultPath":"{\"payload\":{\"foo\":\"bar\"},\"result\":{\"data\":1}}"},)"
          R"("nextState":"Another State","status":"SUCCEEDED"})"},
      Row{R"({"definition": {"Type": "Fail", "Error": "E"}, "inspectionLevel": "TRACE"})",
          R"({"error":"E","inspectionData":{"input":"{}","afterInputPath":"{}"},"status":"FAILED"})"},
      // Results and items of a Map
      Row{R"({"definition": {"Type": "Map", "ItemsPath": "$.v", "MaxConcurrency": 1, "ToleratedFailureCount": 1,
              "ToleratedFailurePercentage": 50, "End": true, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED",
              "ExecutionType": "EXPRESS"}, "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}},
              "input": {"v":["a","b"]}, "mock": {"result": "[1, 4]"}, "inspectionLevel": "DEBUG"})",
          R"({"output":"[1, 4]","inspectionData":{"input":"{\"v\":[\"a\",\"b\"]}","afterInputPath":"{\"v\":[\"a\",\"b\"]}",)"
          R"("afterItemsPath":"[\"a\", \"b\"]","afterResultSelector":"[1, 4]","afterResultPath":"[1, 4]",)"
          R"("toleratedFailureCount":1,"toleratedFailurePercentage":50.0,"maxConcurrency":1},"status":"SUCCEEDED"})"},
      // Handled errors
      Row{R"({"definition": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters":
              {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["E"], "BackoffRate": 1.5}], "End": true},
              "stateConfiguration": {"retrierRetryCount": 1}, "mock": {"errorOutput": {"error": "E", "cause": "C"}},
              "inspectionLevel": "DEBUG"})",
          R"({"error":"E","cause":"C","inspectionData":{"input":"{}","afterInputPath":"{}",)"
          R"("afterParameters":"{\"FunctionName\":\"f\"}","errorDetails":{"retryIndex":0,"retryBackoffIntervalSeconds":1}},)"
          R"("status":"RETRIABLE"})"},
      Row{R"({"definition": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters":
              {"FunctionName": "f"}, "Catch": [{"ErrorEquals": ["E"], "Next": "N"}], "End": true},
              "mock": {"errorOutput": {"error": "E", "cause": "C"}}})",
          R"({"output":"{\"Error\":\"E\",\"Cause\":\"C\"}","error":"E","cause":"C","nextState":"N","status":"CAUGHT_ERROR"})"},
      // A state of a machine, mocks by name, variables
      Row{R"({"definition": {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Task",
              "Resource": "arn:aws:lambda:us-east-1:1:function:f", "End": true}}}, "stateName": "B",
              "mocks": {"B": [{"return": "hi"}]}})",
          R"({"output":"\"hi\"","status":"SUCCEEDED"})"},
      Row{R"({"definition": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:1:function:f", "End": true},
              "mocks": {"": [{"return": "hi"}]}})",
          R"({"output":"\"hi\"","status":"SUCCEEDED"})"},
      Row{R"({"definition": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:1:function:f", "End": true},
              "default_mock": "echo", "input": [1]})",
          R"({"output":"[1]","status":"SUCCEEDED"})"},
      Row{R"({"definition": {"Type": "Pass", "Assign": {"b": 2}, "End": true}, "variables": "{\"a\": 1}",
              "inspectionLevel": "DEBUG"})",
          R"({"output":"{}","inspectionData":{"input":"{}","afterInputPath":"{}","afterParameters":"{}",)"
          R"("afterResultSelector":"{}","afterResultPath":"{}","variables":"{\"a\":1,\"b\":2}"},"status":"SUCCEEDED"})"});
  DYNAMIC_SECTION(row.request) {
    CHECK(ask(row.request) == row.reply);
  }
}

TEST_CASE("a TestState call is refused with the exception that the service gives", "[api]") {
  struct Row {
    std::string_view request, reply;
  };
  constexpr std::string_view kMachine =
      R"("definition": {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}})";
  constexpr std::string_view kTask =
      R"("definition": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"QueueUrl": "q", "MessageBody": "m"}, "End": true})";
  const auto row = GENERATE_COPY(
      Row{R"({})", "BadRequest: \"definition\" is missing"},
      Row{R"({"definition": ""})",
          "ParamValidationError: Parameter validation failed:\nInvalid length for parameter definition, value: 0, "
          "valid min "
          "length: 1"},
      Row{R"({MACHINE, "stateName": ""})",
          "ParamValidationError: Parameter validation failed:\nInvalid length for parameter stateName, value: 0, valid "
          "min "
          "length: 1"},
      Row{R"({TASK, "roleArn": "", "stateConfiguration": {"retrierRetryCount": -1}})",
          "ParamValidationError: Parameter validation failed:\nInvalid length for parameter roleArn, value: 0, valid "
          "min "
          "length: 1\nInvalid value for parameter stateConfiguration.retrierRetryCount, value: -1, valid min value: 0"},
      Row{R"({MACHINE, "stateName": "B"})", "ValidationException: State not found in definition"},
      Row{R"({MACHINE, "stateName": "\"A\""})", "ValidationException: State not found in definition"},
      Row{R"({TASK})", "ValidationException: RoleArn must be specified when testing a Task state"},
      Row{R"({TASK, "mock": {"result": "{"}})", "ValidationException: Mocked result must be valid JSON"},
      Row{R"({TASK, "mock": {}})",
          "ValidationException: A test mock should have only one of the following fields: [result, errorOutput]."},
      Row{R"({TASK, "mock": {"result": "{\"MessageId\": 1}"}})",
          "ValidationException: Mock result schema validation error: Field 'MessageId' must be a string"},
      Row{R"({TASK, "mock": {"result": "{}", "fieldValidationMode": "LOOSE"}})",
          "ValidationException: 1 validation error detected: Value 'LOOSE' at 'mock.fieldValidationMode' failed to "
          "satisfy "
          "constraint: Member must satisfy enum value set: [STRICT, PRESENT, NONE]"},
      Row{R"({TASK, "mock": {"results": "{}"}})",
          "BadRequest: unknown field \"results\" in \"mock\"; did you mean \"result\"?"},
      Row{R"({TASK, "mock": "x"})", "BadRequest: \"mock\" is an object"},
      Row{R"({TASK, "mock": {"errorOutput": {"error": 1}}})", "BadRequest: \"mock.errorOutput.error\" is a string"},
      Row{R"({TASK, "inspectionLevel": "LOUD"})",
          "ValidationException: 1 validation error detected: Value 'LOUD' at 'inspectionLevel' failed to satisfy "
          "constraint: "
          "Member must satisfy enum value set: [INFO, DEBUG, TRACE]"},
      Row{R"({TASK, "variables": "[]", "mock": {"result": "{}"}})",
          "ValidationException: Invalid Variables provided: it must be a JSON object"});
  DYNAMIC_SECTION(row.request) {
    std::string request(row.request);
    if (const auto at = request.find("MACHINE"); at != std::string::npos) request.replace(at, 7, kMachine);
    if (const auto at = request.find("TASK"); at != std::string::npos) request.replace(at, 4, kTask);
    CHECK(ask(request) == row.reply);
  }
}

TEST_CASE("a definition that cannot be loaded is InvalidDefinition in the service's words", "[api]") {
  const std::string reply = ask(R"({"definition": {"Type": "Psas", "End": true}})");
  CHECK(reply ==
        "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The field 'Type' should have "
        "one of "
        "these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/StateName/Type'");
  CHECK(ask(R"({"definition": "no json"})").starts_with("InvalidDefinition: Invalid State Machine Definition: '"));
  CHECK(ask(R"({"definition": {"Type": "Pass", "End": true}, "input": "not json"})") ==
        "InvalidExecutionInput: Invalid State Machine Execution Input: 'Unrecognized token 'not': was expecting (JSON "
        "String, Number, Array, Object or token 'null', 'true' or 'false')'");
  CHECK(ask(R"({"definition": {"Type": "Pass", "End": true}, "input": "1e999"})")
            .starts_with("InvalidExecutionInput: Invalid State Machine Execution Input: '"));
}

TEST_CASE("texts longer than the API takes are refused", "[api]") {
  struct Row {
    std::string_view name;
    std::size_t most;
    std::string_view request;  // TEXT stands for the text
  };
  const auto row = GENERATE(
      Row{"stateName", 80,
          R"({"definition": {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}, "stateName": "TEXT"})"},
      Row{"roleArn", 256, R"({"definition": {"Type": "Pass", "End": true}, "roleArn": "TEXT"})"},
      Row{"input", kMaxPayloadBytes, R"({"definition": {"Type": "Pass", "End": true}, "input": ["TEXT"]})"},
      Row{"context", kMaxPayloadBytes, R"({"definition": {"Type": "Pass", "End": true}, "context": "TEXT"})"},
      Row{"definition", kMaxDefinitionBytes, R"({"definition": "TEXT"})"});
  DYNAMIC_SECTION(row.name) {
    const std::string sentence = fmt::format(
        "ValidationException: 1 validation error detected: Value at '{}' failed to satisfy constraint: Member "
        "must have length less than or equal to {}",
        row.name, row.most);
    const std::size_t around = row.name == "input" ? 4 : 0;  // ["…"]
    const auto reply = [&](std::size_t length) {
      std::string request(row.request);
      return ask(request.replace(request.find("TEXT"), 4, text_of_length(length - around)));
    };
    CHECK(reply(row.most - 1) != sentence);
    CHECK(reply(row.most) != sentence);
    CHECK(reply(row.most + 1) == sentence);
  }
}
