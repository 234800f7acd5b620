#include "engine/model/resource.h"

#include <string>

#include "engine/model/placeholder.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

using Kind = Resource::Kind;
using Pattern = Resource::Pattern;

struct Reading {
  const char* arn;
  Kind kind;
  Pattern pattern;
  const char* service;
  const char* action;
  const char* event_resource;
};

const Reading kResources[] = {
    {"arn:aws:lambda:us-east-1:123456789012:function:f", Kind::Lambda, Pattern::RequestResponse, "", "", ""},
    {"arn:aws-cn:lambda:cn-north-1:123456789012:function:f:$LATEST", Kind::Lambda, Pattern::RequestResponse, "", "",
     ""},
    {"arn:aws-us-gov:lambda:us-gov-west-1:1:function:f:1", Kind::Lambda, Pattern::RequestResponse, "", "", ""},
    {"${Function.Arn}", Kind::Lambda, Pattern::RequestResponse, "", "", ""},
    {"arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Name}", Kind::Lambda,
     Pattern::RequestResponse, "", "", ""},
    {"arn:aws:lambda:#{AWS::Region}:#{AWS::AccountId}:function:f", Kind::Lambda, Pattern::RequestResponse, "", "", ""},
    {"arn:aws:states:us-east-1:123456789012:activity:a", Kind::Activity, Pattern::RequestResponse, "", "", ""},
    {"arn:aws:states:::lambda:invoke", Kind::Service, Pattern::RequestResponse, "lambda", "invoke", "invoke"},
    {"arn:aws:states:::lambda:invoke.waitForTaskToken", Kind::Service, Pattern::WaitForTaskToken, "lambda", "invoke",
     "invoke.waitForTaskToken"},
    {"arn:aws:states:::batch:submitJob.sync", Kind::Service, Pattern::Sync, "batch", "submitJob", "submitJob.sync"},
    {"arn:aws:states:::states:startExecution.sync:2", Kind::Service, Pattern::Sync2, "states", "startExecution",
     "startExecution.sync:2"},
    {"arn:aws:states:::aws-sdk:dynamodb:query", Kind::AwsSdk, Pattern::RequestResponse, "aws-sdk:dynamodb", "query",
     "query"},
    {"arn:aws:states:::aws-sdk:sfn:startExecution.waitForTaskToken", Kind::AwsSdk, Pattern::WaitForTaskToken,
     "aws-sdk:sfn", "startExecution", "startExecution.waitForTaskToken"},
    {"arn:aws:states:::http:invoke", Kind::Http, Pattern::RequestResponse, "http", "invoke", "invoke"},
    {"arn:${AWS::Partition}:states:::sqs:sendMessage", Kind::Service, Pattern::RequestResponse, "sqs", "sendMessage",
     "sendMessage"},
    {"arn:aws:states:::nosuch:thing", Kind::Service, Pattern::RequestResponse, "nosuch", "thing", "thing"},
    // Published samples fill in region and account.
    {"arn:aws:states:us-east-1:123456789012:aws-sdk:s3:getObject", Kind::AwsSdk, Pattern::RequestResponse, "aws-sdk:s3",
     "getObject", "getObject"},
};

const char* const kRefused[] = {
    "",
    "hello",
    "arn",
    "arn:",
    "arn:aws",
    "arn:aws:lambda:us-east-1:1:f",
    "arn:aws:lambda:us-east-1:1:function:",
    "arn:aws:lambda:us-east-1:1:function:f:",
    "arn:aws:lambda:us-east-1:1:function:f:$*#1",
    "arn::lambda:us-east-1:1:function:f",
    "arn:aws:states:::",
    "arn:aws:states:::lambda",
    "arn:aws:states:::lambda:",
    "arn:aws:states:::lambda:.sync",
    "arn:aws:states:::aws-sdk:s3",
    "arn:aws:states:::aws-sdk:s3:",
    "arn:aws:states:us-east-1:1:activity:",
    "arn:aws:swf:us-east-1:123456789012:task:X",
    "arn:aws:sns:us-east-1:1:t",
    "$.resource",
    "${unclosed",
};

}  // namespace

TEST_CASE("a Resource says what is called and by which pattern", "[model]") {
  for (const Reading& reading : kResources) {
    INFO(reading.arn);
    const auto resource = parse_resource(reading.arn);
    REQUIRE(resource);
    CHECK(resource->arn == reading.arn);
    CHECK(resource->kind == reading.kind);
    CHECK(resource->pattern == reading.pattern);
    CHECK(resource->service == reading.service);
    CHECK(resource->action == reading.action);
    CHECK(resource->event_resource == reading.event_resource);
    CHECK(resource->waits_for_submission() == (reading.pattern != Pattern::RequestResponse));
  }
}

TEST_CASE("what a task cannot call is no Resource", "[model]") {
  for (const char* arn : kRefused) {
    INFO(arn);
    CHECK_FALSE(parse_resource(arn));
  }
}

TEST_CASE("placeholders have a name between their braces", "[model]") {
  CHECK(contains_placeholder("${A}"));
  CHECK(contains_placeholder("a-${AWS::Region}-b"));
  CHECK(contains_placeholder("#{AWS::Region}"));
  CHECK(contains_placeholder("{{ name }}"));
  CHECK_FALSE(contains_placeholder("States.Format('${}', $.price)"));
  CHECK_FALSE(contains_placeholder("{% $a %}"));
  CHECK_FALSE(contains_placeholder("${A"));
  CHECK_FALSE(contains_placeholder("{A}"));
  CHECK_FALSE(contains_placeholder(""));
  // The limit: one at it, one above.
  CHECK(contains_placeholder("${" + std::string(kMaxPlaceholderBytes, 'x') + "}"));
  CHECK_FALSE(contains_placeholder("${" + std::string(kMaxPlaceholderBytes + 1, 'x') + "}"));
}

TEST_CASE("many unclosed placeholders take no more time than their length", "[model]") {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += "${";
  CHECK_FALSE(parse_resource(text));
}

}  // namespace stepglass
