#include <fmt/format.h>

#include "engine/document/document.h"
#include "engine/interpreter/run.h"
#include "engine/interpreter/runner.h"
#include "engine/model/state_machine.h"
#include "engine/support/limits.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"
#include "tests/engine/interpreter/stored_objects.h"
#include "tests/support/catch.h"

using namespace stepglass;
using Catch::Matchers::Contains;
using Catch::Matchers::Matches;

namespace {

constexpr std::string_view kPass = R"("P": {"Type": "Pass", "End": true})";
/// Waits as many seconds as the item says.
constexpr std::string_view kWait = R"("P": {"Type": "Wait", "SecondsPath": "$", "End": true})";
/// Waits as many seconds as the item says and fails when it says so.
constexpr std::string_view kWaitAndFail =
    R"("P": {"Type": "Wait", "SecondsPath": "$.wait", "Next": "Q"},)"
    R"("Q": {"Type": "Choice", "Choices": [{"Variable": "$.fail", "BooleanEquals": true, "Next": "F"}], "Default": "S"},)"
    R"("S": {"Type": "Succeed"}, "F": {"Type": "Fail", "Error": "Bad.Item", "Cause": "it is bad"})";

/// A distributed Map with these fields (each followed by a comma) and these states, which start at P.
std::string map_state(std::string_view fields, std::string_view states = kPass, std::string_view type = "STANDARD",
                      std::string_view end = R"("End": true)") {
  return fmt::format(
      R"({{"Type": "Map", {} "ItemProcessor": {{"ProcessorConfig": {{"Mode": "DISTRIBUTED", "ExecutionType": "{}"}},)"
      R"("StartAt": "P", "States": {{{}}}}}, {}}})",
      fields, type, states, end);
}

std::string map_machine(std::string_view fields, std::string_view states = kPass, std::string_view type = "STANDARD") {
  return fmt::format(R"({{"StartAt": "M", "States": {{"M": {}}}}})", map_state(fields, states, type));
}

std::unique_ptr<StateMachine> load(const std::string& definition) {
  const Document document = read_json(definition);
  LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
  for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(diagnostic.message);
  REQUIRE_FALSE(has_errors(loaded.diagnostics));
  REQUIRE(loaded.machine);
  return std::move(loaded.machine);
}

/// A run and the machine that its events point into.
struct Ran {
  std::unique_ptr<StateMachine> machine;
  Execution execution;

  const MapRun& map_run() const {
    REQUIRE(execution.map_runs.size() >= 1);
    return execution.map_runs.front();
  }
  std::string output() const {
    if (execution.status != ExecutionStatus::Succeeded) {
      return fmt::format("{} {}: {}", execution_status_name(execution.status), execution.failure.error.value_or("-"),
                         execution.failure.cause.value_or("-"));
    }
    return to_json(execution.output);
  }
  /// "3<2 MapStateStarted", … from the first event of the Map on.
  std::string events() const {
    std::string text;
    for (std::uint32_t id = 1; id <= execution.history.size(); ++id) {
      const Event& event = execution.history[id];
      text += fmt::format("{}<{} {}\n", id, event.previous, event_type_name(event.type));
    }
    return text;
  }
};

Ran run_definition(const std::string& definition, std::string_view input, World& world, RunOptions options = {}) {
  Ran ran;
  ran.machine = load(definition);
  auto value = read_value(input);
  REQUIRE(value);
  options.input = *std::move(value);
  auto outcome = run(*ran.machine, world, options);
  if (!outcome) FAIL("the run was stopped: " + outcome.error().message);
  ran.execution = *std::move(outcome);
  return ran;
}

Ran run_definition(const std::string& definition, std::string_view input) {
  StoredObjects world;
  return run_definition(definition, input, world);
}

std::string counts(const MapRun::Counts& counts) {
  return fmt::format("total {} succeeded {} failed {} timed out {} aborted {} pending {}", counts.total,
                     counts.succeeded, counts.failed, counts.timed_out, counts.aborted, counts.pending);
}

constexpr std::string_view kReader =
    R"("ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "JSON"},)"
    R"("Parameters": {"Bucket": "b", "Key.$": "$.key"}}, )";

}  // namespace

TEST_CASE("a distributed Map runs an execution per item", "[interpreter][distributed]") {
  const Ran ran = run_definition(map_machine(""), R"(["Hello", "World"])");
  CHECK(ran.output() == R"(["Hello","World"])");
  CHECK(ran.events() ==
        "1<0 ExecutionStarted\n"
        "2<0 MapStateEntered\n"
        "3<2 MapStateStarted\n"
        "4<3 MapRunStarted\n"
        "5<4 MapRunSucceeded\n"
        "6<5 MapStateSucceeded\n"
        "7<4 MapStateExited\n"
        "8<7 ExecutionSucceeded\n");
  CHECK(ran.execution.history[3].data == Value(2));
  CHECK(ran.execution.history[4].details->map_run_arn == ran.map_run().arn);
  CHECK(ran.map_run().status == ExecutionStatus::Succeeded);
  CHECK(counts(ran.map_run().items) == "total 2 succeeded 2 failed 0 timed out 0 aborted 0 pending 0");
  CHECK(ran.map_run().items.results_written == 2);
  REQUIRE(ran.map_run().children.size() == 2);
  CHECK(ran.map_run().children[1].input == Value("World"));
  CHECK(ran.map_run().children[0].name != ran.map_run().children[1].name);
  // The Map, and a Pass in each child.
  CHECK(ran.execution.transitions == 3);
}

TEST_CASE("the same run gives the same names, another seed gives others", "[interpreter][distributed]") {
  StoredObjects world;
  const auto arn = [&](std::uint64_t seed) {
    RunOptions options;
    options.seed = seed;
    const Ran ran = run_definition(map_machine(""), "[1]", world, options);
    return ran.map_run().arn + ran.map_run().children[0].name;
  };
  CHECK(arn(1) == arn(1));
  CHECK(arn(1) != arn(2));
}

TEST_CASE("a Map Run is named by machine and label", "[interpreter][distributed]") {
  CHECK_THAT(run_definition(map_machine(R"("Label": "Rows", )"), "[]").map_run().arn,
             Matches("arn:aws:states:us-east-1:111111111111:mapRun:StateMachine/Rows:[0-9a-f-]{36}"));
  CHECK_THAT(run_definition(map_machine(""), "[]").map_run().arn,
             Matches("arn:aws:states:us-east-1:111111111111:mapRun:StateMachine/[0-9a-f-]{36}:[0-9a-f-]{36}"));
}

TEST_CASE("no items make an empty result", "[interpreter][distributed]") {
  const Ran ran = run_definition(map_machine(""), "[]");
  CHECK(ran.output() == "[]");
  CHECK_THAT(ran.events(), Contains("5<4 MapRunSucceeded"));
  CHECK(run_definition(map_machine(""), "{}").output() == "[]");
}

TEST_CASE("an object is iterated by its members", "[interpreter][distributed]") {
  CHECK(run_definition(map_machine(""), R"({"a": 1, "b": [2]})").output() ==
        R"([{"Key":"a","Value":1},{"Key":"b","Value":[2]}])");
}

TEST_CASE("the items must be an array or an object", "[interpreter][distributed]") {
  const Ran ran = run_definition(map_machine(R"("ItemsPath": "$.n", )"), R"({"n": 1})");
  CHECK(ran.output() ==
        "FAILED States.Runtime: An error occurred while executing the state 'M' (entered at the event id #2). "
        "Reference path \"$.n\" must point to array.");
  CHECK(ran.events() == "1<0 ExecutionStarted\n2<0 MapStateEntered\n3<2 ExecutionFailed\n");
}

TEST_CASE("an item reader brings the items", "[interpreter][distributed]") {
  StoredObjects world;
  world.put("b", "list", "[1,2,3]");
  // ItemsPath is not looked at then, as recorded.
  const Ran ran =
      run_definition(map_machine(fmt::format(R"({}"ItemsPath": "$.nothing", )", kReader)), R"({"key": "list"})", world);
  CHECK(ran.output() == "[1,2,3]");
  CHECK(ran.execution.history[3].data == Value(0));
}

TEST_CASE("a failed item reader fails the Map Run at once", "[interpreter][distributed]") {
  StoredObjects world;
  world.put("b", "object", "{}");
  const Ran ran = run_definition(map_machine(kReader), R"({"key": "object"})", world);
  CHECK(ran.output() == "FAILED States.ItemReaderFailed: Attempting to map over non-iterable node.");
  CHECK(ran.events() ==
        "1<0 ExecutionStarted\n"
        "2<0 MapStateEntered\n"
        "3<2 MapStateStarted\n"
        "4<3 MapRunStarted\n"
        "5<4 MapRunFailed\n"
        "6<5 MapStateFailed\n"
        "7<6 ExecutionFailed\n");
  CHECK(ran.execution.history[5].details->failure.error == "States.ItemReaderFailed");
  CHECK(ran.map_run().status == ExecutionStatus::Failed);
}

TEST_CASE("fields of a distributed Map that are wrong end the execution", "[interpreter][distributed]") {
  struct Row {
    const char* fields;
    const char* input;
    const char* cause;
    int events;
  };
  const Row row = GENERATE(values<Row>({
      {R"("MaxConcurrencyPath": "$.v", "ItemsPath": "$.i", )", R"({"i": [], "v": "x"})",
       "The MaxConcurrencyPath field refers to value \"x\" which is not a valid integer: $.v", 3},
      {R"("ToleratedFailureCountPath": "$.v", "ItemsPath": "$.i", )", R"({"i": [], "v": {}})",
       "The ToleratedFailureCountPath field refers to value \"{}\" which is not a valid integer: $.v", 4},
      {R"("ToleratedFailureCountPath": "$.v", "ItemsPath": "$.i", )", R"({"i": [], "v": -1})",
       "ToleratedFailureCount cannot be negative.", 4},
      {R"("ToleratedFailurePercentagePath": "$.v", "ItemsPath": "$.i", )", R"({"i": [], "v": "x"})",
       "The ToleratedFailurePercentagePath field refers to value \"x\" which is not a valid float: $.v", 4},
      {R"("ToleratedFailurePercentagePath": "$.v", "ItemsPath": "$.i", )", R"({"i": [], "v": 100.5})",
       "ToleratedFailurePercentage must be between 0 and 100.", 4},
      {R"("ItemBatcher": {"MaxItemsPerBatchPath": "$.v"}, "ItemsPath": "$.i", )", R"({"i": [], "v": 0})",
       "MaxItemsPerBatch must be positive.", 4},
      {R"("ItemBatcher": {"MaxInputBytesPerBatchPath": "$.v"}, "ItemsPath": "$.i", )", R"({"i": [], "v": -5})",
       "MaxInputBytesPerBatch must be positive.", 4},
      {R"("ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {"Bucket": "b", "Key.$": "$.v"},)"
       R"("ReaderConfig": {"InputType": "JSON"}}, )",
       R"({"v": 1})",
       "The Parameters '{\"Bucket\":\"b\",\"Key\":1}' could not be used to start the Task: [The value of the field "
       "'Key' has an invalid format]",
       4},
      {R"("ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {"Bucket": "b", "Key": "k"},)"
       R"("ReaderConfig": {"InputType": "JSON", "MaxItemsPath": "$.v"}}, )",
       R"({"v": 1.5})", "The MaxItemsPath field refers to value \"1.5\" which is not a valid integer: $.v", 4},
  }));
  INFO(row.fields);
  const Ran ran = run_definition(map_machine(row.fields), row.input);
  CHECK(ran.output() == fmt::format("FAILED States.Runtime: An error occurred while executing the state 'M' (entered "
                                    "at the event id #2). {}",
                                    row.cause));
  CHECK(ran.execution.history.size() == static_cast<std::uint32_t>(row.events));
}

TEST_CASE("a negative MaxItems is found by the Map Run", "[interpreter][distributed]") {
  StoredObjects world;
  world.put("b", "k", "[1]");
  const Ran ran = run_definition(
      map_machine(
          R"("ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {"Bucket": "b", "Key": "k"},)"
          R"("ReaderConfig": {"InputType": "JSON", "MaxItemsPath": "$.v"}}, )"),
      R"({"v": -1})", world);
  CHECK(ran.output() == "FAILED States.ItemReaderFailed: field MaxItems must be positive");
  CHECK_THAT(ran.events(), Contains("5<4 MapRunFailed") && Contains("6<5 MapStateFailed"));
}

TEST_CASE("the ItemSelector sees each item", "[interpreter][distributed]") {
  const std::string selector =
      R"("ItemSelector": {"i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value", "s.$": "$$.Map.Item.Source", "all.$": "$"}, )";
  CHECK(run_definition(map_machine(selector), R"(["a", "b"])").output() ==
        R"([{"all":["a","b"],"s":"STATE_DATA","v":"a","i":0},{"all":["a","b"],"s":"STATE_DATA","v":"b","i":1}])");
  StoredObjects world;
  world.put("b", "k", "[5]");
  CHECK(run_definition(map_machine(selector + std::string(kReader)), R"({"key": "k"})", world).output() ==
        R"([{"all":{"key":"k"},"s":"S3://b/k","v":5,"i":0}])");
  CHECK(run_definition(map_machine(R"("ItemSelector": {"k.$": "$$.Map.Item.Key", "v.$": "$$.Map.Item.Value"}, )"),
                       R"({"x": 1, "y": {}})")
            .output() == R"([{"v":1,"k":"x"},{"v":{},"k":"y"}])");
}

TEST_CASE("an ItemSelector that fails ends the execution", "[interpreter][distributed]") {
  const Ran ran = run_definition(map_machine(R"("ItemSelector": {"k.$": "$$.Map.Item.Key"}, )"), "[1]");
  CHECK_THAT(ran.output(), Contains("States.Runtime") && Contains("$$.Map.Item.Key"));
  CHECK_THAT(ran.events(), Contains("5<4 MapRunFailed\n6<5 ExecutionFailed"));
}

TEST_CASE("batches are the inputs of children", "[interpreter][distributed]") {
  const std::string fields =
      R"("ItemsPath": "$.i", "ItemSelector": {"n.$": "$$.Map.Item.Value"}, "ItemBatcher": {"MaxItemsPerBatchPath": "$.n",)"
      R"("BatchInput": {"from.$": "$.n"}}, )";
  const Ran ran = run_definition(map_machine(fields), R"({"i": [1, 2, 3], "n": "2"})");
  CHECK(ran.output() ==
        R"([{"BatchInput":{"from":"2"},"Items":[{"n":1},{"n":2}]},{"BatchInput":{"from":"2"},"Items":[{"n":3}]}])");
  CHECK(counts(ran.map_run().items) == "total 3 succeeded 3 failed 0 timed out 0 aborted 0 pending 0");
  CHECK(counts(ran.map_run().executions) == "total 2 succeeded 2 failed 0 timed out 0 aborted 0 pending 0");
}

TEST_CASE("children run at the same time, as many as may", "[interpreter][distributed]") {
  struct Row {
    int concurrency;
    int seconds;
  };
  const Row row = GENERATE(values<Row>({{0, 5}, {1, 11}, {2, 6}, {3, 5}, {100, 5}}));
  INFO(row.concurrency);
  const Ran ran =
      run_definition(map_machine(fmt::format(R"("MaxConcurrency": {}, )", row.concurrency), kWait), "[5, 1, 3, 2]");
  CHECK(ran.execution.duration == std::chrono::seconds(row.seconds));
  CHECK(ran.output() == "[5,1,3,2]");
}

TEST_CASE("the next child starts when one ends", "[interpreter][distributed]") {
  const Ran ran = run_definition(map_machine(R"("MaxConcurrency": 2, )", kWait), "[5, 1, 3, 2]");
  std::string starts;
  for (const MapRun::Child& child : ran.map_run().children) {
    starts +=
        fmt::format("{}-{} ", (child.start_ms - 1'735'689'600'000) / 1000, (child.stop_ms - 1'735'689'600'000) / 1000);
  }
  CHECK(starts == "0-5 0-1 1-4 4-6 ");
}

TEST_CASE("more than 10,000 children never run at a time", "[interpreter][distributed]") {
  const auto items = GENERATE(9'999, 10'000, 10'001);
  std::string input = "[1";
  for (int i = 1; i < items; ++i) input += ",1";
  const Ran ran = run_definition(map_machine(R"("ResultPath": null, )", kWait), input + "]");
  CHECK(ran.execution.duration == std::chrono::seconds(items > 10'000 ? 2 : 1));
}

TEST_CASE("failures are tolerated as far as the state says", "[interpreter][distributed]") {
  struct Row {
    const char* fields;
    int failing;
    bool succeeds;
  };
  const Row row = GENERATE(values<Row>({
      {"", 0, true},
      {"", 1, false},
      {R"("ToleratedFailureCount": 0, )", 1, false},
      {R"("ToleratedFailureCount": 2, )", 2, true},
      {R"("ToleratedFailureCount": 2, )", 3, false},
      {R"("ToleratedFailurePercentage": 30, )", 3, true},
      {R"("ToleratedFailurePercentage": 29.9, )", 3, false},
      {R"("ToleratedFailurePercentage": 30, )", 4, false},
      {R"("ToleratedFailurePercentage": 0, )", 1, false},
      {R"("ToleratedFailurePercentage": 100, )", 10, true},
      {R"("ToleratedFailureCount": 2, "ToleratedFailurePercentage": 50, )", 3, false},
      {R"("ToleratedFailureCount": 9, "ToleratedFailurePercentage": 20, )", 3, false},
      {R"("ToleratedFailureCount": 9, "ToleratedFailurePercentage": 50, )", 3, true},
      {R"("ToleratedFailureCount": 3, "ItemBatcher": {"MaxItemsPerBatch": 1}, )", 3, true},
  }));
  INFO(row.fields << " " << row.failing);
  std::string input;
  for (int i = 0; i < 10; ++i) {
    input += fmt::format("{}{{\"wait\": 1, \"fail\": {}}}", i ? "," : "[", i < row.failing);
  }
  std::string states(kWaitAndFail);
  if (std::string_view(row.fields).find("ItemBatcher") != std::string_view::npos) {
    states =
        R"("P": {"Type": "Pass", "InputPath": "$.Items[0]", "Next": "Q"},)" + states.substr(states.find("\"Q\": {"));
  }
  const Ran ran = run_definition(map_machine(row.fields, states), input + "]");
  CHECK((ran.execution.status == ExecutionStatus::Succeeded) == row.succeeds);
  if (!row.succeeds) {
    CHECK(ran.output() ==
          "FAILED States.ExceedToleratedFailureThreshold: The specified tolerated failure threshold was exceeded");
  }
}

TEST_CASE("all items of a batch fail together", "[interpreter][distributed]") {
  const std::string states = R"("P": {"Type": "Fail", "Error": "E"})";
  const auto succeeds = [&](int tolerated) {
    return run_definition(
               map_machine(
                   fmt::format(R"("ToleratedFailureCount": {}, "ItemBatcher": {{"MaxItemsPerBatch": 3}}, )", tolerated),
                   states),
               "[1,2,3]")
               .execution.status == ExecutionStatus::Succeeded;
  };
  CHECK_FALSE(succeeds(2));
  CHECK(succeeds(3));
}

TEST_CASE("what runs when the threshold is exceeded is aborted", "[interpreter][distributed]") {
  const std::string input =
      R"([{"wait": 1, "fail": false}, {"wait": 2, "fail": true}, {"wait": 9, "fail": false}, {"wait": 9, "fail": false},)"
      R"({"wait": 9, "fail": false}])";
  const Ran ran = run_definition(map_machine(R"("MaxConcurrency": 3, )", kWaitAndFail), input);
  CHECK(ran.events() ==
        "1<0 ExecutionStarted\n"
        "2<0 MapStateEntered\n"
        "3<2 MapStateStarted\n"
        "4<3 MapRunStarted\n"
        "5<4 MapRunFailed\n"
        "6<5 MapStateFailed\n"
        "7<6 ExecutionFailed\n");
  CHECK(ran.execution.duration == std::chrono::seconds(2));
  const MapRun& map_run = ran.map_run();
  CHECK(map_run.status == ExecutionStatus::Failed);
  CHECK(counts(map_run.items) == "total 5 succeeded 1 failed 1 timed out 0 aborted 2 pending 1");
  REQUIRE(map_run.children.size() == 4);
  CHECK(map_run.children[1].failure.error == "Bad.Item");
  CHECK(map_run.children[2].status == ExecutionStatus::Aborted);
  CHECK(map_run.children[3].start_ms - map_run.children[0].start_ms == 1000);
  CHECK(map_run.children[3].stop_ms == map_run.children[1].stop_ms);
}

TEST_CASE("a failed Map Run is caught, or tried again as another", "[interpreter][distributed]") {
  const std::string fails = R"("P": {"Type": "Fail", "Error": "E"})";
  const std::string state = map_state(
      R"("Retry": [{"ErrorEquals": ["States.ExceedToleratedFailureThreshold"], "IntervalSeconds": 2, "MaxAttempts": 1}],)"
      R"("Catch": [{"ErrorEquals": ["States.ALL"], "Next": "C"}], )",
      fails);
  const Ran ran = run_definition(
      fmt::format(R"({{"StartAt": "M", "States": {{"M": {}, "C": {{"Type": "Pass", "End": true}}}}}})", state), "[1]");
  CHECK(
      ran.output() ==
      R"({"Error":"States.ExceedToleratedFailureThreshold","Cause":"The specified tolerated failure threshold was exceeded"})");
  CHECK_THAT(ran.events(), Contains("5<4 MapRunFailed\n"
                                    "6<5 MapStateStarted\n"
                                    "7<6 MapRunStarted\n"
                                    "8<7 MapRunFailed\n"
                                    "9<8 MapStateFailed\n"
                                    "10<9 MapStateExited\n"));
  CHECK(ran.execution.duration == std::chrono::seconds(2));
  REQUIRE(ran.execution.map_runs.size() == 2);
  CHECK(ran.execution.map_runs[0].arn != ran.execution.map_runs[1].arn);
}

TEST_CASE("children that failed and were tolerated stand in the result as records", "[interpreter][distributed]") {
  const Ran ran = run_definition(map_machine(R"("ToleratedFailureCount": 1, "Label": "L", )", kWaitAndFail),
                                 R"([{"wait": 0, "fail": true}, {"wait": 0, "fail": false}])");
  REQUIRE(ran.execution.output.size() == 2);
  const Value& record = ran.execution.output.items()[0];
  CHECK(*record.find("Status") == Value("FAILED"));
  CHECK(*record.find("Error") == Value("Bad.Item"));
  CHECK(*record.find("Cause") == Value("it is bad"));
  CHECK(*record.find("Input") == Value(R"({"wait":0,"fail":true})"));
  CHECK(*record.find("StateMachineArn") == Value("arn:aws:states:us-east-1:111111111111:stateMachine:StateMachine/L"));
  CHECK_FALSE(record.find("Output"));
  CHECK(to_json(ran.execution.output.items()[1]) == R"({"wait":0,"fail":false})");
}

TEST_CASE("a child is an execution of its own", "[interpreter][distributed]") {
  const std::string states =
      R"("P": {"Type": "Pass", "Parameters": {"id.$": "$$.Execution.Id", "name.$": "$$.Execution.Name",)"
      R"("input.$": "$$.Execution.Input", "machine.$": "$$.StateMachine.Id", "start.$": "$$.Execution.StartTime"}, "End": true})";
  const Ran ran = run_definition(map_machine(R"("Label": "L", )", states), "[7]");
  REQUIRE(ran.execution.output.size() == 1);
  const Value& child = ran.execution.output.items()[0];
  const std::string name = ran.map_run().children[0].name;
  CHECK(*child.find("id") == Value("arn:aws:states:us-east-1:111111111111:execution:StateMachine/L:" + name));
  CHECK(*child.find("name") == Value(name));
  CHECK(*child.find("input") == Value(7));
  CHECK(*child.find("machine") == Value("arn:aws:states:us-east-1:111111111111:stateMachine:StateMachine/L"));
}

TEST_CASE("a child does not see the variables around it", "[interpreter][distributed]") {
  const std::string reads = R"("P": {"Type": "Pass", "Parameters": {"v.$": "$v"}, "End": true})";
  const Ran ran = run_definition(
      fmt::format(
          R"({{"StartAt": "A", "States": {{"A": {{"Type": "Pass", "Assign": {{"v": 1}}, "Next": "M"}}, "M": {}}}}})",
          map_state(R"("ToleratedFailureCount": 1, "ItemSelector": {"of.$": "$v"}, )", reads)),
      "[1]");
  REQUIRE(ran.map_run().children.size() == 1);
  CHECK(ran.map_run().children[0].failure.error == "States.Runtime");
  CHECK(to_json(ran.map_run().children[0].input) == R"({"of":1})");
}

TEST_CASE("Express children live five minutes and are billed elsewhere", "[interpreter][distributed]") {
  const Ran ran =
      run_definition(map_machine(R"("ToleratedFailureCount": 1, "Label": "L", )", kWait, "EXPRESS"), "[299, 301]");
  CHECK(counts(ran.map_run().items) == "total 2 succeeded 1 failed 0 timed out 1 aborted 0 pending 0");
  CHECK(ran.execution.duration == std::chrono::seconds(300));
  CHECK(ran.execution.transitions == 1);
  const std::string states = R"("P": {"Type": "Pass", "Parameters": {"id.$": "$$.Execution.Id"}, "End": true})";
  const Ran named = run_definition(
      map_machine(
          R"("Label": "L", "ResultWriter": {"WriterConfig": {"Transformation": "NONE", "OutputType": "JSON"}}, )",
          states, "EXPRESS"),
      "[1]");
  const Value record = named.execution.output.items()[0];
  CHECK_THAT(std::string(record.find("ExecutionArn")->as_string()),
             Matches("arn:aws:states:us-east-1:111111111111:express:StateMachine/L:[0-9a-f-]{36}:[0-9a-f-]{36}"));
  CHECK(*record.find("Output") == Value(fmt::format(R"({{"id":"{}"}})", record.find("ExecutionArn")->as_string())));
}

TEST_CASE("tasks of children are asked for with the index of the item", "[interpreter][distributed]") {
  StoredObjects world;
  std::string asked;
  world.task = [&](const TaskCall& call) {
    asked += fmt::format("{} ", call.iteration ? std::to_string(*call.iteration) : "-");
    return TaskAnswer{{}, call.input, {}, std::chrono::seconds(1), {}};
  };
  const std::string task =
      R"("P": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f", "Payload.$": "$"}, "End": true})";
  CHECK(run_definition(map_machine("", task), "[5, 6, 7]", world).execution.status == ExecutionStatus::Succeeded);
  CHECK(asked == "0 1 2 ");
  asked.clear();
  run_definition(map_machine(R"("ItemBatcher": {"MaxItemsPerBatch": 2}, )", task), "[5, 6, 7]", world);
  CHECK(asked == "0 1 ");
  // An inline Map inside of the child is the innermost.
  asked.clear();
  run_definition(
      map_machine(
          "", fmt::format(
                  R"("P": {{"Type": "Map", "ItemProcessor": {{"StartAt": "T", "States": {{"T": {}}}}}, "End": true}})",
                  task.substr(5))),
      "[[1, 2], [3]]", world);
  CHECK(asked == "0 1 0 ");
}

TEST_CASE("a missing mock in a child stops the run", "[interpreter][distributed]") {
  StoredObjects world;
  const auto machine = load(map_machine(
      "", R"("P": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {}, "End": true})"));
  RunOptions options;
  options.input = *read_value("[1]");
  const auto outcome = run(*machine, world, options);
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().reason == RunStopped::Reason::MissingMock);
  CHECK(outcome.error().state == "P");
}

TEST_CASE("a Map Run takes its time beside other branches", "[interpreter][distributed]") {
  const Ran ran = run_definition(
      fmt::format(R"({{"StartAt": "A", "States": {{"A": {{"Type": "Parallel", "End": true, "Branches": [)"
                  R"({{"StartAt": "M", "States": {{"M": {}}}}},)"
                  R"({{"StartAt": "W", "States": {{"W": {{"Type": "Wait", "Seconds": 1, "End": true}}}}}}]}}}}}})",
                  map_state("", kWait)),
      "[2]");
  CHECK(ran.events() ==
        "1<0 ExecutionStarted\n"
        "2<0 ParallelStateEntered\n"
        "3<2 ParallelStateStarted\n"
        "4<3 MapStateEntered\n"
        "5<4 MapStateStarted\n"
        "6<5 MapRunStarted\n"
        "7<3 WaitStateEntered\n"
        "8<7 WaitStateExited\n"
        "9<6 MapRunSucceeded\n"
        "10<9 MapStateSucceeded\n"
        "11<6 MapStateExited\n"
        "12<11 ParallelStateSucceeded\n"
        "13<11 ParallelStateExited\n"
        "14<13 ExecutionSucceeded\n");
}

TEST_CASE("a Map Run is aborted with its branch", "[interpreter][distributed]") {
  const Ran ran = run_definition(
      fmt::format(R"({{"StartAt": "A", "States": {{"A": {{"Type": "Parallel", "End": true, "Branches": [)"
                  R"({{"StartAt": "M", "States": {{"M": {}}}}},)"
                  R"({{"StartAt": "W", "States": {{"W": {{"Type": "Wait", "Seconds": 2, "Next": "F"}},)"
                  R"("F": {{"Type": "Fail", "Error": "E"}}}}}}]}}}}}})",
                  map_state(R"("MaxConcurrency": 2, )", kWait)),
      "[1, 5, 5, 5]");
  CHECK_THAT(ran.events(), Contains("9<8 FailStateEntered\n"
                                    "10<9 MapRunAborted\n"
                                    "11<9 MapStateAborted\n"
                                    "12<9 ParallelStateFailed\n"));
  CHECK(ran.map_run().status == ExecutionStatus::Aborted);
  CHECK(counts(ran.map_run().items) == "total 4 succeeded 1 failed 0 timed out 0 aborted 2 pending 1");
}

TEST_CASE("a Map Run is aborted when the execution times out", "[interpreter][distributed]") {
  std::string definition = map_machine(R"("MaxConcurrency": 1, )", kWait);
  definition.insert(1, R"("TimeoutSeconds": 10, )");
  const Ran ran = run_definition(definition, "[4, 4, 4, 4]");
  CHECK(ran.execution.status == ExecutionStatus::TimedOut);
  CHECK(ran.execution.duration == std::chrono::seconds(10));
  CHECK_THAT(ran.events(), Contains("4<3 MapRunStarted\n5<0 ExecutionTimedOut\n"));
  CHECK(counts(ran.map_run().items) == "total 4 succeeded 2 failed 0 timed out 0 aborted 1 pending 1");
  const Ran just = run_definition(definition, "[4, 4, 2]");
  CHECK(just.execution.status == ExecutionStatus::Succeeded);
}

TEST_CASE("a result larger than a payload fails the state", "[interpreter][distributed]") {
  // Two texts, a comma and brackets.
  const auto bytes = GENERATE(kMaxPayloadBytes - 1, kMaxPayloadBytes, kMaxPayloadBytes + 1);
  const bool fits = bytes <= kMaxPayloadBytes;
  const std::string half((bytes - 7) / 2, 'x');
  const std::string other(bytes - 7 - half.size(), 'y');
  const std::string input = fmt::format(R"(["{}","{}"])", half, other);
  REQUIRE(input.size() == bytes);
  const Ran ran = run_definition(map_machine(""), input);
  CHECK((ran.execution.status == ExecutionStatus::Succeeded) == fits);
  if (!fits) {
    CHECK(ran.output() ==
          "FAILED States.DataLimitExceeded: The state/task 'M' returned a result with a size exceeding the maximum "
          "number of bytes service limit.");
    CHECK_THAT(ran.events(), Contains("5<4 MapRunSucceeded\n6<5 MapStateFailed\n7<6 ExecutionFailed"));
    // With an export it is no matter.
    CHECK(run_definition(
              map_machine(
                  R"("ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "o"}}, )"),
              input)
              .execution.status == ExecutionStatus::Succeeded);
  }
}

TEST_CASE("the input of a child is a payload", "[interpreter][distributed]") {
  const auto bytes = GENERATE(kMaxPayloadBytes - 1, kMaxPayloadBytes, kMaxPayloadBytes + 1);
  StoredObjects world;
  world.put("b", "k", fmt::format(R"(["{}"])", std::string(bytes - 2, 'x')));
  const Ran ran = run_definition(map_machine(fmt::format(R"({}"ResultSelector": {{}}, )", kReader),
                                             R"("P": {"Type": "Pass", "Result": 1, "End": true})"),
                                 R"({"key": "k"})", world);
  CHECK((ran.execution.status == ExecutionStatus::Succeeded) == (bytes <= kMaxPayloadBytes));
  if (bytes > kMaxPayloadBytes) CHECK_THAT(ran.output(), Contains("States.ItemReaderFailed"));
}

TEST_CASE("the results are transformed", "[interpreter][distributed]") {
  const auto result = [](std::string_view transformation) {
    return run_definition(
        map_machine(
            fmt::format(R"("ResultWriter": {{"WriterConfig": {{"Transformation": "{}", "OutputType": "JSON"}}}}, )",
                        transformation)),
        "[[1, [2]], [], 3]");
  };
  CHECK(result("COMPACT").output() == "[[1,[2]],[],3]");
  CHECK(result("FLATTEN").output() == "[1,[2],3]");
  const Ran none = result("NONE");
  REQUIRE(none.execution.output.size() == 3);
  std::string keys;
  for (const Member& member : none.execution.output.items()[0].members()) {
    keys += std::string(member.key.view()) + " ";
  }
  CHECK(keys ==
        "ExecutionArn Input InputDetails Name Output OutputDetails RedriveCount RedriveStatus RedriveStatusReason "
        "StartDate StateMachineArn Status StopDate ");
  CHECK(*none.execution.output.items()[0].find("Output") == Value("[1,[2]]"));
}

TEST_CASE("an export says where the results are, and what they are", "[interpreter][distributed]") {
  const std::string fields =
      R"("Label": "L", "MaxConcurrency": 1, "ToleratedFailureCount": 1, "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",)"
      R"("Parameters": {"Bucket": "out", "Prefix": "jobs"}}, )";
  const Ran ran =
      run_definition(map_machine(fields, kWaitAndFail), R"([{"wait": 0, "fail": true}, {"wait": 1, "fail": false}])");
  const MapRun& map_run = ran.map_run();
  const std::string folder = "jobs/" + map_run.arn.substr(map_run.arn.rfind(':') + 1) + "/";
  CHECK(ran.output() ==
        fmt::format(R"({{"MapRunArn":"{}","ResultWriterDetails":{{"Bucket":"out","Key":"{}manifest.json"}}}})",
                    map_run.arn, folder));
  REQUIRE(map_run.written.size() == 3);
  CHECK(map_run.written[0].key == folder + "FAILED_0.json");
  CHECK(map_run.written[1].key == folder + "SUCCEEDED_0.json");
  CHECK(map_run.written[2].key == folder + "manifest.json");
  for (const StoredObject& object : map_run.written) CHECK(object.bucket == "out");
  const auto failed = read_value(map_run.written[0].body);
  REQUIRE(failed);
  CHECK(*failed->items()[0].find("Status") == Value("FAILED"));
  const auto succeeded = read_value(map_run.written[1].body);
  REQUIRE(succeeded);
  CHECK(*succeeded->items()[0].find("StartDate") == Value("2025-01-01T00:00:00Z"));
  CHECK(*succeeded->items()[0].find("StopDate") == Value("2025-01-01T00:00:01Z"));
  CHECK(
      map_run.written[2].body ==
      fmt::format(R"({{"DestinationBucket":"out","MapRunArn":"{}","ResultFiles":{{"FAILED":[{{"Key":"{}FAILED_0.json",)"
                  R"("Size":{}}}],"PENDING":[],"SUCCEEDED":[{{"Key":"{}SUCCEEDED_0.json","Size":{}}}]}}}})",
                  map_run.arn, folder, map_run.written[0].body.size(), folder, map_run.written[1].body.size()));
}

TEST_CASE("exported results can be JSON Lines of outputs", "[interpreter][distributed]") {
  const auto body = [](std::string_view config) {
    const Ran ran = run_definition(
        map_machine(fmt::format(
            R"("ResultWriter": {{"Resource": "arn:aws:states:::s3:putObject", "Parameters": {{"Bucket": "o"}}, "WriterConfig": {}}}, )",
            config)),
        "[[1, 2], {}]");
    return ran.map_run().written.at(0);
  };
  CHECK(body(R"({"Transformation": "COMPACT", "OutputType": "JSONL"})").body == "[1,2]\n{}\n");
  CHECK_THAT(body(R"({"Transformation": "COMPACT", "OutputType": "JSONL"})").key,
             Matches("[0-9a-f-]{36}/SUCCEEDED_0.jsonl"));
  CHECK(body(R"({"Transformation": "FLATTEN", "OutputType": "JSON"})").body == "[1,2,{}]");
}

TEST_CASE("a failed Map Run exports what it has", "[interpreter][distributed]") {
  const Ran ran = run_definition(
      map_machine(
          R"("MaxConcurrency": 1, "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "o"}}, )",
          kWaitAndFail),
      R"([{"wait": 0, "fail": true}, {"wait": 0, "fail": false}])");
  CHECK(ran.execution.status == ExecutionStatus::Failed);
  REQUIRE(ran.map_run().written.size() == 3);
  CHECK_THAT(ran.map_run().written[0].key, Contains("FAILED_0"));
  CHECK(ran.map_run().written[1].body ==
        R"([{"Input":"{\"wait\":0,\"fail\":false}","InputDetails":{"Included":true},"Status":"PENDING"}])");
}

TEST_CASE("a run starts a limited number of children", "[interpreter][distributed]") {
  const auto machine = load(map_machine(""));
  StoredObjects world;
  RunOptions options;
  options.input = *read_value("[1,2,3]");
  const auto left = GENERATE(2u, 3u, 4u);
  RunBudget budget{world, 100, left};
  auto outcome = Runner(*machine, machine->scope, options, budget, 0).run();
  CHECK(outcome.has_value() == (left >= 3));
  if (!outcome) {
    CHECK(outcome.error().reason == RunStopped::Reason::ExecutionLimit);
    CHECK(outcome.error().message == "the run started more than 1000000 child executions, in state \"M\"");
  }
}

TEST_CASE("the results that children hold are limited together", "[interpreter][distributed]") {
  // Each child makes a text of its own: {"t":"<8 characters>"} has 16 bytes.
  const auto machine =
      load(map_machine("", R"x("P": {"Type": "Pass", "Parameters": {"t.$": "States.Format('{}', $)"}, "End": true})x"));
  StoredObjects world;
  RunOptions options;
  options.input = *read_value(R"(["12345678", "abcdefgh"])");
  RunBudget budget{world, 100, 100};
  budget.result_bytes_left = GENERATE(31u, 32u, 33u);
  const bool fits = budget.result_bytes_left >= 32;
  options.keep_history = GENERATE(true, false);
  const std::uint64_t before = budget.result_bytes_left;
  auto outcome = Runner(*machine, machine->scope, options, budget, 0).run();
  CHECK(outcome.has_value() == fits);
  if (outcome) {
    CHECK(budget.result_bytes_left == (options.keep_history ? before - 32 : before));
  } else {
    CHECK(outcome.error().reason == RunStopped::Reason::ExecutionLimit);
    CHECK_THAT(outcome.error().message, Contains("bytes of results"));
  }
}

TEST_CASE("an output that is the input takes no room", "[interpreter][distributed]") {
  const auto machine = load(map_machine(""));
  StoredObjects world;
  RunOptions options;
  options.input = *read_value(R"(["12345678", "abcdefgh"])");
  RunBudget budget{world, 100, 100};
  budget.result_bytes_left = 0;
  CHECK(Runner(*machine, machine->scope, options, budget, 0).run().has_value());
}

TEST_CASE("files too large to show are listed in the manifest", "[interpreter][distributed]") {
  const auto machine = load(map_machine(
      R"("ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "o"}, "WriterConfig": {"Transformation": "COMPACT", "OutputType": "JSON"}}, )"));
  StoredObjects world;
  RunOptions options;
  options.input = *read_value("[1,2,3]");
  RunBudget budget{world, 100, 100};
  budget.written_bytes_left = GENERATE(6u, 7u, 8u);
  const bool shown = budget.written_bytes_left >= 7;
  const auto outcome = Runner(*machine, machine->scope, options, budget, 0).run();
  REQUIRE(outcome);
  const std::vector<StoredObject>& written = outcome->map_runs.at(0).written;
  CHECK(written.size() == (shown ? 2u : 1u));
  if (shown) CHECK(written[0].body == "[1,2,3]");
  CHECK_THAT(written.back().key, Contains("manifest.json"));
  CHECK_THAT(written.back().body, Contains("SUCCEEDED_0.json"));
}

TEST_CASE("children draw on the transitions of the run", "[interpreter][distributed]") {
  const auto machine = load(map_machine(""));
  StoredObjects world;
  RunOptions options;
  options.input = *read_value("[1,2,3]");
  options.max_transitions = GENERATE(3u, 4u, 5u);
  const auto outcome = run(*machine, world, options);
  CHECK(outcome.has_value() == (options.max_transitions >= 4));
  if (!outcome) CHECK(outcome.error().reason == RunStopped::Reason::TransitionLimit);
}

TEST_CASE("distributed Maps stand in each other up to the nesting of executions", "[interpreter][distributed]") {
  const auto depth = GENERATE(kMaxExecutionNesting - 1, kMaxExecutionNesting, kMaxExecutionNesting + 1);
  std::string state = R"("P": {"Type": "Pass", "End": true})";
  std::string input = "1";
  for (std::uint32_t i = 1; i < depth; ++i) {
    // State names are unique in a machine.
    std::string inner = state;
    state = fmt::format(R"("N{0}": {1})", i, map_state("", inner));
    if (const auto at = state.find(R"("StartAt": "P")"); i > 1 && at != std::string::npos) {
      state.replace(at, 14, fmt::format(R"("StartAt": "N{}")", i - 1));
    }
    input = "[" + input + "]";
  }
  std::string definition = map_machine("", state);
  if (depth > 1)
    definition.replace(definition.find(R"("StartAt": "P")"), 14, fmt::format(R"("StartAt": "N{}")", depth - 1));
  const auto machine = load(definition);
  StoredObjects world;
  RunOptions options;
  options.input = *read_value("[" + input + "]");
  const auto outcome = run(*machine, world, options);
  CHECK(outcome.has_value() == (depth <= kMaxExecutionNesting));
  if (outcome) {
    CHECK(outcome->map_runs.size() == depth);
    CHECK(outcome->output == options.input);
  } else {
    CHECK(outcome.error().reason == RunStopped::Reason::ExecutionLimit);
  }
}

TEST_CASE("without a history the records of Map Runs are counts only", "[interpreter][distributed]") {
  StoredObjects world;
  RunOptions options;
  options.keep_history = false;
  const Ran ran = run_definition(
      map_machine(R"("ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "o"}}, )"),
      "[1,2]", world, options);
  CHECK(ran.map_run().children.empty());
  CHECK(ran.map_run().written.empty());
  CHECK(ran.map_run().executions.succeeded == 2);
}

TEST_CASE("many items take little", "[interpreter][distributed]") {
  std::string body = "[0";
  for (int i = 1; i < 100'000; ++i) body += "," + std::to_string(i);
  StoredObjects world;
  world.put("b", "k", body + "]");
  const Ran ran = run_definition(
      map_machine(fmt::format(
          R"({}"ResultWriter": {{"Resource": "arn:aws:states:::s3:putObject", "Parameters": {{"Bucket": "o"}}}}, )",
          kReader)),
      R"({"key": "k"})", world);
  CHECK(ran.map_run().items.succeeded == 100'000);
  CHECK(ran.map_run().children.back().output == Value(99'999));
}
