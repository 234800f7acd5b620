#include "analysis/mocks/sample.h"

#include <string>
#include <string_view>

#include "engine/document/document.h"

namespace stepglass::analysis {
namespace {

/// What optimized integrations add to the response of the classic services. Source: recorded.
constexpr std::string_view kEnvelope =
    R"("SdkHttpMetadata": {"AllHttpHeaders": {}, "HttpHeaders": {}, "HttpStatusCode": 200},
       "SdkResponseMetadata": {"RequestId": "00000000-0000-4000-8000-000000000000"})";

struct Sample {
  std::string_view service;
  std::string_view action;
  /// Of the API call; null when there is no sample of its own.
  std::string_view response;
  bool envelope = false;
  /// What a .sync task answers; empty: as the API call.
  std::string_view after_job = {};
};

/// One row per integration whose shape is known. Sources: recorded runs, developer guide, API references.
constexpr Sample kSamples[] = {
    {"lambda", "invoke", R"("ExecutedVersion": "$LATEST", "Payload": {}, "StatusCode": 200)", true},
    {"dynamodb", "getItem", R"("Item": {"id": {"S": "sample"}})", true},
    {"dynamodb", "putItem", "", true},
    {"dynamodb", "updateItem", "", true},
    {"dynamodb", "deleteItem", "", true},
    {"sqs", "sendMessage",
     R"("MD5OfMessageBody": "d41d8cd98f00b204e9800998ecf8427e", "MessageId": "00000000-0000-4000-8000-000000000000")",
     true},
    {"sns", "publish", R"("MessageId": "00000000-0000-4000-8000-000000000000")", true},
    {"events", "putEvents",
     R"("Entries": [{"EventId": "00000000-0000-4000-8000-000000000000"}], "FailedEntryCount": 0)"},
    {"states", "startExecution",
     R"("ExecutionArn": "arn:aws:states:us-east-1:111111111111:execution:StateMachine:sample",
        "StartDate": 1735689600000)",
     true,
     R"("ExecutionArn": "arn:aws:states:us-east-1:111111111111:execution:StateMachine:sample", "Input": "{}",
        "InputDetails": {"Included": true}, "Name": "sample", "Output": "{}", "OutputDetails": {"Included": true},
        "RedriveCount": 0, "RedriveStatus": "NOT_REDRIVABLE",
        "RedriveStatusReason": "Execution is SUCCEEDED and cannot be redriven", "StartDate": 1735689600000,
        "StateMachineArn": "arn:aws:states:us-east-1:111111111111:stateMachine:StateMachine", "Status": "SUCCEEDED",
        "StopDate": 1735689600000)"},
    {"ecs", "runTask",
     R"("Failures": [], "Tasks": [{"LastStatus": "PROVISIONING",
        "TaskArn": "arn:aws:ecs:us-east-1:111111111111:task/sample/00000000000000000000000000000000"}])",
     true,
     R"("Containers": [{"ExitCode": 0, "Name": "sample"}], "LastStatus": "STOPPED",
        "TaskArn": "arn:aws:ecs:us-east-1:111111111111:task/sample/00000000000000000000000000000000")"},
    {"batch", "submitJob",
     R"("JobArn": "arn:aws:batch:us-east-1:111111111111:job/sample", "JobId": "sample", "JobName": "sample")", true,
     R"("JobArn": "arn:aws:batch:us-east-1:111111111111:job/sample", "JobId": "sample", "JobName": "sample",
        "Status": "SUCCEEDED")"},
    {"glue", "startJobRun", R"("JobName": "sample", "JobRunId": "jr_sample")", true,
     R"("Id": "jr_sample", "JobName": "sample", "JobRunState": "SUCCEEDED")"},
    {"athena", "startQueryExecution", R"("QueryExecutionId": "00000000-0000-4000-8000-000000000000")", true,
     R"("QueryExecution": {"QueryExecutionId": "00000000-0000-4000-8000-000000000000",
        "Status": {"State": "SUCCEEDED"}})"},
    {"codebuild", "startBuild", R"("Build": {"BuildStatus": "IN_PROGRESS", "Id": "sample"})", true,
     R"("Build": {"BuildStatus": "SUCCEEDED", "Id": "sample"})"},
    {"apigateway", "invoke", R"("Headers": {}, "ResponseBody": {}, "StatusCode": 200, "StatusText": "OK")"},
    {"http", "invoke", R"("Headers": {}, "ResponseBody": {}, "StatusCode": 200, "StatusText": "OK")"},
    {"bedrock", "invokeModel", R"("Body": {}, "ContentType": "application/json")"},
    {"bedrockagentcore", "invokeHarness",
     R"("Metrics": {"LatencyMs": 1}, "Output": {"Message": {"Content": [{"Text": "sample"}], "Role": "assistant"}},
        "StopReason": "end_turn", "Usage": {"InputTokens": 1, "OutputTokens": 1, "TotalTokens": 2})"},
    {"aws-sdk:s3", "getObject",
     R"("AcceptRanges": "bytes", "Body": "", "ContentLength": 0, "ContentType": "binary/octet-stream",
        "ETag": "\"d41d8cd98f00b204e9800998ecf8427e\"", "LastModified": "2025-01-01T00:00:00Z", "Metadata": {},
        "ServerSideEncryption": "AES256")"},
};

const Sample* find_sample(const Resource& resource) {
  for (const Sample& sample : kSamples) {
    if (sample.service == resource.service && sample.action == resource.action) return &sample;
  }
  return nullptr;
}

Value read_members(std::string_view members, bool envelope) {
  std::string text = "{";
  text += members;
  if (envelope) {
    if (!members.empty()) text += ", ";
    text += kEnvelope;
  }
  text += '}';
  auto value = read_value(text);
  return value ? *std::move(value) : Value::empty_object();
}

/// The response of the API call.
Value response(const Task& task) {
  const Sample* sample = find_sample(task.resource);
  if (sample) return read_members(sample->response, sample->envelope);
  return read_members("", task.resource.kind == Resource::Kind::Service);
}

}  // namespace

Value sample_result(const Task& task) {
  const Resource& resource = task.resource;
  // Functions, activities and whoever sends a task token back answer what they like.
  if (resource.kind == Resource::Kind::Lambda || resource.kind == Resource::Kind::Activity ||
      resource.pattern == Resource::Pattern::WaitForTaskToken) {
    return Value::empty_object();
  }
  if (resource.pattern == Resource::Pattern::RequestResponse) return response(task);
  const Sample* sample = find_sample(resource);
  if (!sample || sample->after_job.empty()) return response(task);
  Value result = read_members(sample->after_job, false);
  if (resource.pattern == Resource::Pattern::Sync2 && resource.service == "states") {
    // .sync:2 gives the child's input and output as JSON, not as text.
    for (const std::string_view key : {"Input", "Output"}) {
      if (result.find(key)) result = result.with_member(key, Value::empty_object());
    }
  }
  return result;
}

Value short_sample(const Task& task) {
  return sample_result(task).without_member("SdkHttpMetadata").without_member("SdkResponseMetadata");
}

Value sample_submission(const Task& task) {
  return response(task);
}

}  // namespace stepglass::analysis
