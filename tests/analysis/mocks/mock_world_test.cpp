#include "analysis/mocks/mock_world.h"

#include <string>
#include <string_view>

#include "analysis/mocks/sample.h"
#include "engine/document/document.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

Mocks mocks_from(std::string_view text) {
  const Document document = read_json(std::string(text));
  auto states = read_mocks(*document.root());
  REQUIRE(states);
  Mocks mocks;
  mocks.states = *std::move(states);
  return mocks;
}

State task_state(std::string name, std::string_view arn) {
  State state;
  state.name = std::move(name);
  Task task;
  task.resource = *parse_resource(arn);
  state.kind = std::move(task);
  return state;
}

struct Caller {
  MockWorld& world;
  const State& state;
  Value input = Value::empty_object();

  std::string operator()(std::optional<std::uint64_t> iteration = {}) {
    const auto answer = world.answer({state, std::get<Task>(state.kind), input, 0, iteration});
    if (!answer) return "no answer: " + answer.error().message;
    if (const auto* failure = std::get_if<Failure>(&answer->outcome)) {
      return failure->error.value_or("") + ": " + failure->cause.value_or("");
    }
    return to_json(std::get<Value>(answer->outcome));
  }
};

constexpr std::string_view kLambda = "arn:aws:lambda:us-east-1:123456789012:function:F";

}  // namespace

TEST_CASE("the n-th attempt takes the n-th entry and the last entry repeats", "[mocks]") {
  const Mocks mocks = mocks_from(R"({"A": [{"return": 1}, {"error": "E", "cause": "c"}]})");
  MockWorld world(mocks);
  const State state = task_state("A", kLambda);
  Caller call{world, state};
  CHECK(call() == "1");
  CHECK(call() == "E: c");
  CHECK(call() == "E: c");
}

TEST_CASE("entries for an item are counted within that item", "[mocks]") {
  const Mocks mocks =
      mocks_from(R"({"A": [{"return": "any"}, {"iteration": 1, "return": 1}, {"iteration": 1, "return": 2}]})");
  MockWorld world(mocks);
  const State state = task_state("A", kLambda);
  Caller call{world, state};
  CHECK(call(1) == "1");
  CHECK(call(0) == "\"any\"");
  CHECK(call(1) == "2");
  CHECK(call(1) == "2");
}

TEST_CASE("a task without an entry has no answer, and the reason says which", "[mocks]") {
  const Mocks mocks = mocks_from(R"({"Charge": [{"iteration": 0, "return": 1}]})");
  MockWorld world(mocks);
  const State charge = task_state("Charge", kLambda);
  const State typo = task_state("Chrage", kLambda);
  const State other = task_state("Ship", kLambda);
  CHECK(Caller{world, charge}(2) == "no answer: state \"Charge\" has mocks for some items but none for iteration 2");
  CHECK(Caller{world, charge}() ==
        "no answer: state \"Charge\" runs outside of a Map and all its mocks have an \"iteration\"");
  CHECK(Caller{world, typo}() ==
        "no answer: state \"Chrage\" calls arn:aws:lambda:us-east-1:123456789012:function:F and has no mock (there are "
        "mocks for \"Charge\": is that the same?)");
  CHECK(Caller{world, other}() ==
        "no answer: state \"Ship\" calls arn:aws:lambda:us-east-1:123456789012:function:F and has no mock");
}

TEST_CASE("an invocation that a mock configuration does not cover fails with States.Runtime", "[mocks]") {
  const Document document = read_json(
      R"({"StateMachines": {"M": {"TestCases": {"C": {"A": "R"}}}},
          "MockedResponses": {"R": {"1-2": {"Return": {"StatusCode": 200, "Payload": {"x": 1}}}}}})");
  Mocks mocks;
  mocks.states = *read_local_config(*document.root(), "", "");
  MockWorld world(mocks);
  const State function = task_state("A", kLambda);
  Caller call{world, function};
  CHECK(call() == "States.Runtime: The mocked response of state 'A' has no entry for invocation 0");
  // A function named by its ARN gives the payload alone.
  CHECK(call() == R"({"x":1})");
  CHECK(call() == R"({"x":1})");
  CHECK(call() == "States.Runtime: The mocked response of state 'A' has no entry for invocation 3");
  MockWorld again(mocks);
  const State service = task_state("A", "arn:aws:states:::lambda:invoke");
  Caller invoke{again, service};
  invoke();
  CHECK(invoke() == R"({"StatusCode":200,"Payload":{"x":1}})");
}

TEST_CASE("without mocks a task echoes its input or answers a sample, when asked for", "[mocks]") {
  Mocks mocks;
  const State state = task_state("A", "arn:aws:states:::sns:publish");
  mocks.fallback = DefaultMock::Echo;
  MockWorld echo(mocks);
  CHECK(Caller{echo, state, Value(7)}() == "7");
  Mocks samples;
  samples.fallback = DefaultMock::Sample;
  MockWorld sample(samples);
  CHECK(Caller{sample, state}().starts_with(R"({"MessageId":")"));
}

TEST_CASE("a job that waits has an answer to its start even when the mock gives none", "[mocks]") {
  const Mocks mocks = mocks_from(R"({"A": [{"return": 1}, {"return": 1, "submitted": {"own": true}}]})");
  MockWorld world(mocks);
  const State state = task_state("A", "arn:aws:states:::sqs:sendMessage.waitForTaskToken");
  const TaskCall call{state, std::get<Task>(state.kind), Value(), 0, std::nullopt};
  const auto first = world.answer(call);
  REQUIRE(first->submitted);
  CHECK(first->submitted->find("MessageId"));
  CHECK(to_json(*world.answer(call)->submitted) == R"({"own":true})");
}

TEST_CASE("samples have the shape of their integration", "[mocks]") {
  struct Row {
    std::string_view arn;
    std::string_view members;
  };
  const Row rows[] = {
      {"arn:aws:lambda:us-east-1:123456789012:function:F", ""},
      {"arn:aws:states:us-east-1:123456789012:activity:A", ""},
      {"arn:aws:states:::lambda:invoke", "ExecutedVersion Payload StatusCode SdkHttpMetadata SdkResponseMetadata"},
      {"arn:aws:states:::lambda:invoke.waitForTaskToken", ""},
      {"arn:aws:states:::dynamodb:putItem", "SdkHttpMetadata SdkResponseMetadata"},
      {"arn:aws:states:::sqs:sendMessage", "MD5OfMessageBody MessageId SdkHttpMetadata SdkResponseMetadata"},
      {"arn:aws:states:::events:putEvents", "Entries FailedEntryCount"},
      {"arn:aws:states:::states:startExecution", "ExecutionArn StartDate SdkHttpMetadata SdkResponseMetadata"},
      {"arn:aws:states:::http:invoke", "Headers ResponseBody StatusCode StatusText"},
      {"arn:aws:states:::aws-sdk:dynamodb:putItem", ""},
      {"arn:aws:states:::glue:startJobRun.sync", "Id JobName JobRunState"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.arn) {
      const State state = task_state("A", row.arn);
      std::string members;
      const Value result = sample_result(std::get<Task>(state.kind));
      for (const Member& member : result.members()) {
        members += (members.empty() ? "" : " ") + std::string(member.key.view());
      }
      CHECK(members == row.members);
    }
  }
  // .sync gives input and output as text, .sync:2 as JSON.
  const State sync = task_state("A", "arn:aws:states:::states:startExecution.sync");
  const State sync2 = task_state("A", "arn:aws:states:::states:startExecution.sync:2");
  CHECK(sample_result(std::get<Task>(sync.kind)).find("Output")->is_string());
  CHECK(sample_result(std::get<Task>(sync2.kind)).find("Output")->is_object());
}

TEST_CASE("objects in S3 are found by bucket, key and prefix", "[mocks]") {
  Mocks mocks;
  mocks.objects = {
      {"b", "x/2", "two"}, {"b", "x/1", "one"}, {"a", "x/1", "other"}, {"b", "y", ""}, {"b", "x/1", "new"}};
  MockWorld world(mocks);
  REQUIRE(world.object("b", "x/1"));
  CHECK(world.object("b", "x/1")->body == "new");
  CHECK_FALSE(world.object("b", "x/"));
  CHECK_FALSE(world.object("c", "y"));
  const auto found = world.objects("b", "x/");
  REQUIRE(found.size() == 2);
  CHECK(found[0]->body == "new");
  CHECK(found[1]->key == "x/2");
  CHECK(world.objects("b", "").size() == 3);
}

TEST_CASE("a nested execution finds its machine by ARN or by name", "[mocks]") {
  const StateMachine one, two;
  const Mocks mocks;
  MockWorld world(mocks, {{"Order", &one}, {"arn:aws:states:us-east-1:123456789012:stateMachine:Pay", &two}});
  CHECK(world.state_machine("arn:aws:states:eu-west-1:111111111111:stateMachine:Order") == &one);
  CHECK(world.state_machine("arn:aws:states:eu-west-1:111111111111:stateMachine:Order:live") == &one);
  CHECK(world.state_machine("Order") == &one);
  CHECK(world.state_machine("arn:aws:states:us-east-1:123456789012:stateMachine:Pay") == &two);
  CHECK_FALSE(world.state_machine("arn:aws:states:us-east-1:123456789012:stateMachine:Ship"));
  CHECK_FALSE(world.state_machine("order"));
}
