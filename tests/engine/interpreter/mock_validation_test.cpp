#include "engine/interpreter/mock_validation.h"

#include "engine/document/document.h"
#include "tests/support/catch.h"

using namespace stepglass;

namespace {

std::string problem(std::string_view resource, std::string_view result, FieldValidation mode) {
  const auto parsed = parse_resource("arn:aws:states:::" + std::string(resource));
  REQUIRE(parsed);
  auto value = read_value(result);
  REQUIRE(value);
  return mock_result_problem(*parsed, *value, mode).value_or("");
}

std::string text_of_length(std::size_t length) {
  return '"' + std::string(length, 'x') + '"';
}

}  // namespace

TEST_CASE("a mocked result is compared with the model of the API", "[interpreter]") {
  struct Row {
    std::string_view resource, result, strict, present;
  };
  constexpr std::string_view kSame = "=";
  const auto row = GENERATE_COPY(
      Row{"events:putEvents", "{}", "", kSame}, Row{"events:putEvents", R"({"Other": 1})", "", kSame},
      Row{"events:putEvents", R"({"Entries": "e"})", "Field 'Entries' must be an array", kSame},
      Row{"events:putEvents", R"({"Entries": [{"EventId": "a"}, {"EventId": []}]})", "Field 'EventId' must be a string",
          kSame},
      Row{"events:putEvents", R"({"Entries": [1]})", "Field 'Entries' must be an object", kSame},
      Row{"events:putEvents", "[]", "Result must be an object", kSame},
      Row{"states:startExecution", R"({"executionArn": "a", "startDate": "b"})",
          "Required field 'ExecutionArn' is missing", ""},
      Row{"states:startExecution", R"({"ExecutionArn": "a"})", "Required field 'StartDate' is missing", ""},
      Row{"states:startExecution", R"({"ExecutionArn": "a", "StartDate": true})", "Field 'StartDate' must be a string",
          kSame},
      Row{"states:startExecution", R"({"ExecutionArn": "a", "StartDate": "d"})", "", kSame},
      Row{"states:startExecution.sync", R"({"ExecutionArn": "a", "StartDate": "d"})",
          "Required field 'StateMachineArn' is missing", ""},
      Row{"states:startExecution.sync",
          R"({"ExecutionArn": "a", "StateMachineArn": "m", "Status": "SUCCEEDED", "StartDate": "d", "Output": {}})",
          "Field 'Output' must be a string", kSame},
      Row{"states:startExecution.sync:2",
          R"({"ExecutionArn": "a", "StateMachineArn": "m", "Status": "SUCCEEDED", "StartDate": "d", "Output": {}})", "",
          kSame},
      Row{"states:startExecution.sync:2",
          R"({"ExecutionArn": "a", "StateMachineArn": "m", "Status": "DONE", "StartDate": "d"})",
          "Field 'Status' is not an expected value", kSame},
      Row{"states:startExecution.waitForTaskToken", R"({"ExecutionArn": 1})", "", kSame},
      Row{"aws-sdk:sfn:startExecution", R"({"ExecutionArn": 1, "StartDate": "d"})",
          "Field 'ExecutionArn' must be a string", kSame},
      Row{"lambda:invoke", R"({"StatusCode": "200"})", "Field 'StatusCode' must be a number", kSame},
      Row{"lambda:invoke", R"({"Payload": [1], "SdkHttpMetadata": 1})", "", kSame},
      Row{"lambda:invoke.waitForTaskToken", R"({"StatusCode": "200"})", "", kSame},
      Row{"aws-sdk:lambda:getFunction", R"({"Configuration": {"MemorySize": 127}})",
          "Field 'MemorySize' is less than the minimum value", kSame},
      Row{"aws-sdk:lambda:getFunction", R"({"Configuration": {"MemorySize": 128}})", "", kSame},
      Row{"aws-sdk:lambda:getFunction", R"({"Configuration": {"MemorySize": 10240}})", "", kSame},
      Row{"aws-sdk:lambda:getFunction", R"({"Configuration": {"MemorySize": 10241}})",
          "Field 'MemorySize' exceeds the maximum value", kSame},
      Row{"aws-sdk:lambda:getFunction", R"({"Configuration": {"Architectures": []}})",
          "Field 'Architectures' is smaller than the minimum length", kSame},
      Row{"aws-sdk:s3:getObject", R"({"ContentLength": "9000"})", "Field 'ContentLength' must be a number", kSame},
      Row{"aws-sdk:s3:getObject", R"({"StorageClass": "Papyrus"})", "Field 'StorageClass' is not an expected value",
          kSame},
      Row{"aws-sdk:s3:getObject", R"({"StorageClass": "GLACIER_IR", "BucketKeyEnabled": false})", "", kSame},
      Row{"aws-sdk:s3:getObject", R"({"BucketKeyEnabled": "no"})", "Field 'BucketKeyEnabled' must be a boolean", kSame},
      Row{"aws-sdk:kms:encrypt", R"({"CiphertextBlob": 123})", "Field 'CiphertextBlob' must be a string", kSame},
      Row{"aws-sdk:kms:encrypt", R"({"CiphertextBlob": ""})",
          "Field 'CiphertextBlob' is smaller than the minimum length", kSame},
      Row{"aws-sdk:kms:encrypt", R"({"CiphertextBlob": "a"})", "", kSame},
      Row{"dynamodb:getItem", R"({"Item": {"id": {"S": 1}}})", "Field 'S' must be a string", kSame},
      Row{"dynamodb:getItem", R"({"Item": {"id": {"M": {"x": {"L": [{"BOOL": "y"}]}}}}})",
          "Field 'BOOL' must be a boolean", kSame},
      Row{"dynamodb:getItem", R"({"Item": {"id": "plain"}})", "Field 'id' must be an object", kSame},
      Row{"aws-sdk:dynamodb:query", R"({"Count": 1, "Items": [{"id": {"N": "1"}}]})", "", kSame},
      Row{"sqs:sendMessage", R"({"MessageId": 1})", "Field 'MessageId' must be a string", kSame},
      Row{"aws-sdk:secretsmanager:getSecretValue", R"({"ARN": "short"})",
          "Field 'ARN' is smaller than the minimum length", kSame},
      Row{"apigateway:invoke", R"({"StatusCode": "x"})", "", kSame}, Row{"http:invoke", "[]", "", kSame},
      Row{"aws-sdk:nosuch:thing", "[]", "", kSame});
  DYNAMIC_SECTION(row.resource << row.result) {
    CHECK(problem(row.resource, row.result, FieldValidation::Strict) == row.strict);
    CHECK(problem(row.resource, row.result, FieldValidation::Present) ==
          (row.present == kSame ? row.strict : row.present));
    CHECK(problem(row.resource, row.result, FieldValidation::None).empty());
  }
}

TEST_CASE("the longest text of a field fits, one more does not", "[interpreter]") {
  const auto ciphertext = [](std::size_t length) {
    return problem("aws-sdk:kms:encrypt", R"({"CiphertextBlob": )" + text_of_length(length) + "}",
                   FieldValidation::Strict);
  };
  CHECK(ciphertext(6143).empty());
  CHECK(ciphertext(6144).empty());
  CHECK(ciphertext(6145) == "Field 'CiphertextBlob' exceeds the maximum length");
}

TEST_CASE("a deep mocked result is compared without trouble", "[interpreter]") {
  std::string text;
  for (int i = 0; i < 120; ++i) text += R"({"M":{"x":)";
  text += R"({"S":"end"})";
  for (int i = 0; i < 120; ++i) text += "}}";
  CHECK(problem("dynamodb:getItem", R"({"Item":{"x":)" + text + "}}", FieldValidation::Strict).empty());
}
