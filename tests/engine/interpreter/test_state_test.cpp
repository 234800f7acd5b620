#include "engine/interpreter/test_state.h"

#include <fmt/format.h>

#include <functional>

#include "engine/document/document.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

using namespace stepglass;

namespace {

Value json(std::string_view text) {
  auto value = read_value(text);
  REQUIRE(value);
  return *value;
}

/// Answers every call alike.
class OneAnswer : public World {
 public:
  Result<TaskAnswer, NoAnswer> answer(const TaskCall& call) override {
    asked_for = call.state.name;
    if (!given) return NoAnswer{"no answer"};
    return *given;
  }
  std::optional<TaskAnswer> given;
  std::string asked_for;
};

using Setting = std::function<void(StateTest&)>;

StateMock result(std::string_view text, FieldValidation mode = FieldValidation::Strict) {
  return {.result = json(text), .error_output = std::nullopt, .field_validation = mode};
}
StateMock error(std::string name, std::string cause) {
  return {.result = std::nullopt, .error_output = Failure{name, cause}};
}

struct Tested {
  Document document;
  LoadedMachine loaded;
  Result<StateTestAnswer, StateTestRefusal> answer;
};

Tested ask(std::string_view definition, std::string_view input, const Setting& setting, World& world) {
  Document document = read_json(std::string(definition));
  LoadedMachine loaded = load_single_state(document, MachineType::Standard);
  INFO(definition);
  for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(diagnostic.message);
  REQUIRE_FALSE(has_errors(loaded.diagnostics));
  StateTest test;
  test.input = json(input);
  if (setting) setting(test);
  auto answer = test_state(loaded.machine->scope.states.front(), test, world);
  return {std::move(document), std::move(loaded), std::move(answer)};
}
Tested ask(std::string_view definition, std::string_view input, const Setting& setting) {
  OneAnswer world;
  return ask(definition, input, setting, world);
}

/// The answer in one line: `SUCCEEDED {"a":1} -> Next`, `FAILED Error: cause`, or the refusal.
std::string told(const Tested& tested) {
  if (!tested.answer) return "refused: " + tested.answer.error().message;
  const StateTestAnswer& answer = *tested.answer;
  std::string line(state_test_status_name(answer.status));
  if (answer.status != StateTestStatus::Succeeded) {
    line += fmt::format(" {}: {}", answer.failure.error.value_or("-"), answer.failure.cause.value_or("-"));
  }
  if (answer.status == StateTestStatus::Succeeded || answer.status == StateTestStatus::CaughtError) {
    line += " " + to_json(answer.output);
  }
  if (answer.next_state) line += " -> " + *answer.next_state;
  return line;
}

std::string stages(const Tested& tested) {
  REQUIRE(tested.answer);
  std::string line;
  for (const InspectionData::Stage& stage : tested.answer->inspection.stages) {
    line += (line.empty() ? "" : " ") + stage.name + "=" + to_json(stage.value);
  }
  return line;
}

Setting with(StateMock mock) {
  return [mock](StateTest& test) { test.mock = mock; };
}

constexpr std::string_view kLambda =
    R"({"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "End": true)";

std::string lambda(std::string_view more = "") {
  return fmt::format("{}{}}}", kLambda, more);
}

std::string map_state(std::string_view more = "", bool distributed = true) {
  const std::string_view config = distributed ? R"({"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"})" : "{}";
  return fmt::format(R"({{"Type": "Map", "ItemProcessor": {{"ProcessorConfig": {}, "StartAt": "P",
      "States": {{"P": {{"Type": "Pass", "End": true}}}}}}, "End": true{}}})",
                     config, more);
}

constexpr std::string_view kParallel = R"({"Type": "Parallel", "End": true, "Branches": [
    {"StartAt": "B1", "States": {"B1": {"Type": "Pass", "End": true}}},
    {"StartAt": "B2", "States": {"B2": {"Type": "Pass", "End": true}}}]})";

}  // namespace

TEST_CASE("a tested state succeeds or fails as in an execution", "[interpreter]") {
  struct Row {
    std::string_view definition, input, expected;
  };
  const auto row = GENERATE(
      Row{R"({"Type": "Pass", "End": true})", R"({"a": 1})", R"(SUCCEEDED {"a":1})"},
      Row{R"({"Type": "Pass", "Result": 7, "ResultPath": "$.b", "Next": "N"})", R"({"a": 1})",
          R"(SUCCEEDED {"a":1,"b":7} -> N)"},
      Row{R"({"Type": "Succeed", "OutputPath": "$.a"})", R"({"a": 1})", "SUCCEEDED 1"},
      Row{R"({"Type": "Fail", "Error": "E", "Cause": "C"})", "{}", "FAILED E: C"},
      Row{R"({"Type": "Fail"})", "{}", "FAILED -: -"},
      Row{R"({"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 2, "Next": "Two"}], "Default": "Other"})",
          R"({"n": 2})", R"(SUCCEEDED {"n":2} -> Two)"},
      Row{R"({"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 2, "Next": "Two"}], "Default": "Other"})",
          R"({"n": 3})", R"(SUCCEEDED {"n":3} -> Other)"},
      Row{R"({"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 2, "Next": "Two"}]})", R"({"n": 3})",
          "FAILED States.Runtime: An error occurred while executing the state 'StateName' (entered at the event id "
          "#2). "
          "Failed to transition out of the state. The state does not point to a next state."},
      Row{R"({"Type": "Wait", "Seconds": 300, "Next": "N"})", "{}", "SUCCEEDED {} -> N"},
      Row{R"({"Type": "Wait", "Seconds": 301, "Next": "N"})", "{}", "FAILED States.Timeout: -"},
      Row{R"({"Type": "Wait", "Timestamp": "2025-01-01T00:05:00Z", "Next": "N"})", "{}", "SUCCEEDED {} -> N"},
      Row{R"({"Type": "Wait", "Timestamp": "2025-01-01T00:05:01Z", "Next": "N"})", "{}", "FAILED States.Timeout: -"},
      Row{R"({"Type": "Wait", "Timestamp": "1999-01-01T00:00:00Z", "Next": "N"})", "{}", "SUCCEEDED {} -> N"},
      Row{R"({"Type": "Pass", "InputPath": "$.no", "End": true})", "{}",
          "FAILED States.Runtime: An error occurred while executing the state 'StateName' (entered at the event id "
          "#2). "
          "Invalid path '$.no' : No results for path: $['no']"});
  DYNAMIC_SECTION(row.definition << row.input) {
    CHECK(told(ask(row.definition, row.input, nullptr)) == row.expected);
  }
}

TEST_CASE("the stages shown depend on the state, as recorded", "[interpreter]") {
  struct Row {
    std::string definition;
    std::string_view input;
    std::optional<StateMock> mock;
    std::string_view expected;
  };
  const std::vector<Row> rows = {
      {R"({"Type": "Pass", "InputPath": "$.a", "Parameters": {"b.$": "$"}, "ResultPath": "$.c", "OutputPath": "$.c", "End": true})",
       R"({"a":1})", std::nullopt,
       R"(input={"a":1} afterInputPath=1 afterParameters={"b":1} afterResultSelector={"b":1} afterResultPath={"a":1,"c":{"b":1}})"},
      {R"({"Type": "Pass", "InputPath": "$.a", "Result": 2, "End": true})", R"({"a":1})", std::nullopt,
       R"(input={"a":1} result=2 afterResultSelector=2 afterResultPath=2)"},
      {R"({"Type": "Succeed", "InputPath": "$.a"})", R"({"a":1})", std::nullopt, R"(input={"a":1} afterInputPath=1)"},
      {R"({"Type": "Wait", "Seconds": 1, "End": true})", "{}", std::nullopt, "input={} afterInputPath={}"},
      {R"({"Type": "Choice", "Choices": [{"Variable": "$", "IsPresent": true, "Next": "N"}]})", "{}", std::nullopt,
       "input={} afterInputPath={}"},
      {R"({"Type": "Fail"})", "{}", std::nullopt, "input={} afterInputPath={}"},
      {lambda(R"(, "ResultSelector": {"p.$": "$.Payload"}, "ResultPath": "$.r")"), R"({"a":1})",
       result(R"({"Payload": 5})"),
       R"(input={"a":1} afterInputPath={"a":1} afterParameters={"FunctionName":"f"} result={"Payload":5} )"
       R"(afterResultSelector={"p":5} afterResultPath={"a":1,"r":{"p":5}})"},
      {lambda(), "{}", error("E", "C"), R"(input={} afterInputPath={} afterParameters={"FunctionName":"f"})"},
      {lambda(R"(, "InputPath": "$.no")"), "{}", result("{}"), "input={}"},
      {std::string(kParallel), "{}", result("[1, 2]"), "input={} afterResultSelector=[1,2] afterResultPath=[1,2]"},
      {map_state(R"(, "ItemsPath": "$.v")"), R"({"v":[1]})", result("[2]"),
       R"(input={"v":[1]} afterInputPath={"v":[1]} afterItemsPath=[1] afterResultSelector=[2] afterResultPath=[2])"},
      {map_state(R"(, "ItemsPath": "$.v")"), R"({"v":1})", result("[2]"), R"(input={"v":1} afterInputPath={"v":1})"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.definition << " " << row.expected) {
      CHECK(stages(ask(row.definition, row.input, [&](StateTest& test) { test.mock = row.mock; })) == row.expected);
    }
  }
}

TEST_CASE("mocks are refused as the service refuses them", "[interpreter]") {
  struct Row {
    std::string definition;
    Setting setting;
    std::string_view expected;
  };
  const auto neither = StateMock{};
  const auto both = StateMock{.result = json("{}"), .error_output = Failure{"E", "C"}};
  const std::vector<Row> rows = {
      {R"({"Type": "Pass", "End": true})", with(result("{}")),
       "State type 'Pass' is not supported when a mock is specified"},
      {R"({"Type": "Fail"})", with(error("E", "C")), "State type 'Fail' is not supported when a mock is specified"},
      {R"({"Type": "Succeed"})", with(result("{}")), "State type 'Succeed' is not supported when a mock is specified"},
      {R"({"Type": "Wait", "Seconds": 1, "End": true})", with(result("{}")),
       "State type 'Wait' is not supported when a mock is specified"},
      {R"({"Type": "Choice", "Choices": [{"Variable": "$", "IsPresent": true, "Next": "N"}]})", with(result("{}")),
       "State type 'Choice' is not supported when a mock is specified"},
      {lambda(), with(both), "A test mock should have only one of the following fields: [result, errorOutput]."},
      {lambda(), with(neither), "A test mock should have only one of the following fields: [result, errorOutput]."},
      {lambda(),
       [](StateTest& test) {
         test.mock = result("{}");
         test.reveal_secrets = true;
       },
       "TestState does not support RevealSecrets when a mock is specified."},
      {std::string(kParallel), with(result("{}")), "Mocked result must be an array."},
      {std::string(kParallel), with(result("[1]")),
       "Mocked result must contain the same number of items as number of Parallel branches."},
      {std::string(kParallel), with(result("[1, 2, 3]")),
       "Mocked result must contain the same number of items as number of Parallel branches."},
      {std::string(kParallel), nullptr,
       "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, "
       "Succeed, "
       "Fail, Choice]"},
      {map_state(), nullptr,
       "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, "
       "Succeed, "
       "Fail, Choice]"},
      {map_state(), with(result("{}")), "Mocked result must be an array."},
      {map_state(R"(, "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b"}})"),
       with(result("[]")), "Mocked result must be a JSON object."},
      {map_state(), [](StateTest& test) { test.map_iteration_failure_count = 0; },
       "TestState does not support MapIterationFailureCount when a mock is not specified."},
      {map_state(),
       [](StateTest& test) {
         test.mock = result("[1, 1, 1]");
         test.map_iteration_failure_count = 4;
       },
       "Map iteration failure count must be less than or equal to the number of Map iterations"},
      {map_state(),
       [](StateTest& test) {
         test.mock = error("E", "C");
         test.error_caused_by_state = "Q";
       },
       "State 'Q' given as ErrorCausedByState is not inside the tested state"},
      {lambda(), [](StateTest& test) { test.context = json("[]"); },
       "Invalid Context object provided: it must be a JSON object"},
      {lambda(),
       [](StateTest& test) {
         test.mock = result("{}");
         test.context = json(R"({"Map": {}})");
       },
       "Invalid Context object provided: 'Map' field is not supported when mocking a Context object"},
      {R"({"Type": "Task", "Resource": "arn:aws:states:us-east-1:111111111111:activity:a", "End": true})", nullptr,
       "TestState does not support Activity tasks, .sync or .waitForTaskToken service integration patterns when a mock "
       "is "
       "not specified."},
      {lambda(), with(result(R"({"StatusCode": "200"})")),
       "Mock result schema validation error: Field 'StatusCode' must be a number"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.definition << " " << row.expected) {
      CHECK(told(ask(row.definition, "[1, 2, 3]", row.setting)) == "refused: " + std::string(row.expected));
    }
  }
}

TEST_CASE("retriers and catchers are evaluated and not carried out", "[interpreter]") {
  constexpr std::string_view kHandlers = R"(,
    "Retry": [{"ErrorEquals": ["A"], "IntervalSeconds": 2, "MaxAttempts": 2, "BackoffRate": 1.5},
              {"ErrorEquals": ["A", "B"], "MaxAttempts": 0},
              {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 10, "MaxAttempts": 9, "MaxDelaySeconds": 25}],
    "Catch": [{"ErrorEquals": ["B"], "Next": "OnB", "ResultPath": "$.e"},
              {"ErrorEquals": ["States.ALL"], "Next": "OnAll"}])";
  struct Row {
    std::string_view error;
    std::int64_t retries;
    std::string_view expected;
    std::optional<std::size_t> retry_index;
    std::optional<std::int64_t> backoff_ms;
    std::optional<std::size_t> catch_index;
  };
  const auto row =
      GENERATE(Row{"A", 0, "RETRIABLE A: why", 0, 2000, {}}, Row{"A", 1, "RETRIABLE A: why", 0, 3000, {}},
               Row{"A", 2, R"(CAUGHT_ERROR A: why {"Error":"A","Cause":"why"} -> OnAll)", 0, {}, 1},
               Row{"B", 0, R"(CAUGHT_ERROR B: why {"i":1,"e":{"Error":"B","Cause":"why"}} -> OnB)", 1, {}, 0},
               Row{"C", 0, "RETRIABLE C: why", 2, 10'000, {}}, Row{"C", 1, "RETRIABLE C: why", 2, 20'000, {}},
               Row{"C", 2, "RETRIABLE C: why", 2, 25'000, {}},
               Row{"C", 9, R"(CAUGHT_ERROR C: why {"Error":"C","Cause":"why"} -> OnAll)", 2, {}, 1},
               Row{"States.Runtime", 0, "FAILED States.Runtime: why", {}, {}, {}});
  DYNAMIC_SECTION(row.error << row.retries) {
    const Tested tested = ask(lambda(kHandlers), R"({"i": 1})", [&](StateTest& test) {
      test.mock = error(std::string(row.error), "why");
      test.retrier_retry_count = row.retries;
    });
    CHECK(told(tested) == row.expected);
    const InspectionData& inspection = tested.answer->inspection;
    CHECK(inspection.retry_index == row.retry_index);
    CHECK(inspection.catch_index == row.catch_index);
    CHECK(inspection.retry_backoff.has_value() == row.backoff_ms.has_value());
    if (row.backoff_ms) CHECK(inspection.retry_backoff->count() == *row.backoff_ms);
  }
}

TEST_CASE("a Map fails when more iterations failed than it tolerates", "[interpreter]") {
  struct Row {
    std::string_view fields;
    std::int64_t failed;
    bool exceeds;
  };
  const auto row = GENERATE(
      Row{"", 0, false}, Row{"", 1, true}, Row{R"(, "ToleratedFailureCount": 2)", 2, false},
      Row{R"(, "ToleratedFailureCount": 2)", 3, true}, Row{R"(, "ToleratedFailurePercentage": 50)", 2, false},
      Row{R"(, "ToleratedFailurePercentage": 50)", 3, true}, Row{R"(, "ToleratedFailurePercentage": 75)", 3, false},
      Row{R"(, "ToleratedFailureCount": 4, "ToleratedFailurePercentage": 50)", 3, true},
      Row{R"(, "ToleratedFailureCount": 1, "ToleratedFailurePercentage": 100)", 2, true});
  DYNAMIC_SECTION(row.fields << row.failed) {
    const std::string definition =
        map_state(std::string(row.fields) +
                  R"(, "Catch": [{"ErrorEquals": ["States.ExceedToleratedFailureThreshold"], "Next": "N"}])");
    const Tested tested = ask(definition, "[1, 2, 3, 4]", [&](StateTest& test) {
      test.mock = result("[1, 2, 3, 4]");
      test.map_iteration_failure_count = row.failed;
    });
    CHECK(told(tested) == (row.exceeds
                               ? "CAUGHT_ERROR States.ExceedToleratedFailureThreshold: The specified tolerated failure "
                                 "threshold was exceeded {\"Error\":\"States.ExceedToleratedFailureThreshold\","
                                 "\"Cause\":\"The specified tolerated failure threshold was exceeded\"} -> N"
                               : "SUCCEEDED [1,2,3,4]"));
  }
}

TEST_CASE("a Map shows what its iterations get", "[interpreter]") {
  struct Row {
    std::string definition;
    std::string_view input;
    std::optional<std::string> data;
    std::string_view expected;  // behind afterInputPath
  };
  const std::string reader = R"(, "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", )"
                             R"("ReaderConfig": {"InputType": "JSON"MORE}, "Parameters": {"Bucket": "b", "Key": "k"}})";
  const auto reads = [&](std::string_view more) {
    std::string text = reader;
    return text.replace(text.find("MORE"), 4, more);
  };
  const std::string csv = R"(, "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": )"
                          R"({"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}, )"
                          R"("Parameters": {"Bucket": "b", "Key": "k"}})";
  constexpr std::string_view kSelector =
      R"(, "ItemSelector": {"i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value", "n.$": "$.n"})";
  constexpr std::string_view kSourceSelector = R"(, "ItemSelector": {"s.$": "$$.Map.Item.Source"})";
  const std::vector<Row> rows = {
      {map_state("", false), "[1,2]", {}, "afterItemsPath=[1,2]"},
      {map_state(R"(, "ItemsPath": "$.v")" + std::string(kSelector), false),
       R"({"v":[5,6],"n":0})",
       {},
       R"(afterItemsPath=[5,6] afterItemSelector=[{"v":5,"i":0,"n":0},{"v":6,"i":1,"n":0}])"},
      {map_state(), R"({"a":1,"b":2})", {}, R"(afterItemsPath={"a":1,"b":2})"},
      {map_state(R"(, "ItemSelector": {"k.$": "$$.Map.Item.Key", "v.$": "$$.Map.Item.Value"})"),
       R"({"a":1})",
       {},
       R"(afterItemsPath={"a":1} afterItemSelector=[{"v":1,"k":"a"}])"},
      {map_state(kSourceSelector), "[1]", {}, R"(afterItemsPath=[1] afterItemSelector=[{"s":"STATE_DATA"}])"},
      {map_state(reads("") + std::string(kSourceSelector)), "{}", "[1]",
       R"(afterItemsPath=[1] afterItemSelector=[{"s":"S3://b/k"}])"},
      {map_state(reads("")), R"([7])", {}, "afterItemsPath=[7]"},
      {map_state(reads(R"(, "MaxItems": 2)") + R"(, "ItemBatcher": {"MaxItemsPerBatch": 9})"), "{}", "[1, 2, 3]",
       R"(afterItemsPath=[1,2,3] afterItemBatcher=[{"Items":[1,2]}])"},
      {map_state(reads(R"(, "ItemsPointer": "/a/b")")), "{}", R"({"a": {"b": [3, 4]}})",
       "afterItemsPointer=[3,4] afterItemsPath=[3,4]"},
      {map_state(csv), "{}", "x,y\n1,2\n3,4\n", R"(afterItemsPath=[{"x":"1","y":"2"},{"x":"3","y":"4"}])"},
      {map_state(R"(, "ItemBatcher": {"MaxItemsPerBatch": 2, "BatchInput": {"n": 1}})"),
       "[1,2,3]",
       {},
       R"(afterItemsPath=[1,2,3] afterItemBatcher=[{"BatchInput":{"n":1},"Items":[1,2]},{"BatchInput":{"n":1},"Items":[3]}])"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.definition) {
      const Tested tested = ask(row.definition, row.input, [&](StateTest& test) {
        test.mock = error("E", "C");
        test.map_item_reader_data = row.data;
      });
      const std::string before = fmt::format("input={0} afterInputPath={0} ", row.input);
      CHECK(stages(tested) == before + std::string(row.expected));
    }
  }
}

TEST_CASE("what a Map makes for its iterations has a limit", "[interpreter]") {
  // 2,048 items, each of which gets the whole input: {"a":…} around it.
  const auto told_with = [](std::uint64_t bytes_of_one) {
    std::string input = "[";
    for (int i = 0; i < 2047; ++i) input += "0,";
    input += '"' + std::string(bytes_of_one - 6 - input.size() - 3, 'x') + "\"]";
    return told(ask(map_state(R"(, "ItemSelector": {"a.$": "$"})"), input, with(result("[]"))));
  };
  constexpr std::uint64_t kOne = kMaxIterationBytes / 2048;
  CHECK(told_with(kOne - 1) == "SUCCEEDED []");
  CHECK(told_with(kOne) == "SUCCEEDED []");
  CHECK(told_with(kOne + 1).starts_with("refused: the inputs that ItemSelector makes"));
}

TEST_CASE("an ItemSelector that searches its input for every item has a limit", "[interpreter]") {
  // 2,048 items; what is searched is the input, the empty variables and one byte more.
  const auto told_with = [](std::uint64_t searched, std::string_view selector) {
    std::string input = "[";
    for (int i = 0; i < 2047; ++i) input += "0,";
    input += '"' + std::string(searched - 3 - input.size() - 3, 'x') + "\"]";
    const std::string more = fmt::format(R"(, "ItemSelector": {{"a": [{{"b.$": "{}"}}]}})", selector);
    return told(ask(map_state(more), input, with(result("[]"))));
  };
  constexpr std::uint64_t kOne = kMaxSelectorWork / 2048;
  constexpr std::string_view kRefusal = "refused: the ItemSelector would search";
  const auto search = GENERATE("$[?(@ == 'no')]", "$[0:1]", "$$.Execution.Input[1,2]", "States.ArrayLength($)",
                               "States.Format('{}{}', $$.Map.Item.Value, $[0])");
  DYNAMIC_SECTION(search) {
    CHECK(told_with(kOne - 1, search) == "SUCCEEDED []");
    CHECK(told_with(kOne, search) == "SUCCEEDED []");
    CHECK(told_with(kOne + 1, search).starts_with(kRefusal));
  }
  const auto look = GENERATE("$[0]", "$$.Map.Item.Value", "$$.Map.Item[*]", "States.Format('{}', $$.Map.Item.Index)");
  DYNAMIC_SECTION(look) {
    CHECK(told_with(kOne + 1, look) == "SUCCEEDED []");
  }
}

TEST_CASE("a Map that has nothing to iterate over fails", "[interpreter]") {
  struct Row {
    std::string definition;
    std::optional<std::string> data;
    std::string_view expected;
  };
  const std::string reader = R"(, "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", )"
                             R"("ReaderConfig": {"InputType": "JSON", "ItemsPointer": "/a"}, )"
                             R"("Parameters": {"Bucket": "b", "Key": "k"}})";
  // With a mock the sentence has no prefix, and a path into the context object is shown with one $ (recorded).
  const std::vector<Row> rows = {
      {map_state("", false), {}, "FAILED States.Runtime: Reference path \"$\" must point to array."},
      {map_state(R"(, "ItemsPath": "$.a", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "N"}])"),
       {},
       "FAILED States.Runtime: Reference path \"$.a\" must point to array."},
      {map_state(R"(, "ItemsPath": "$$.Execution.Name")"),
       {},
       "FAILED States.Runtime: Reference path \"$.Execution.Name\" must point to array."},
      {map_state(R"(, "ItemsPath": "$.no")"),
       {},
       "FAILED States.Runtime: Invalid path '$.no' : No results for path: $['no']"},
      {map_state(reader), "{}", "FAILED States.ItemReaderFailed: ItemsPointer '/a' points to nothing in the items."},
      {map_state(R"(, "ToleratedFailureCountPath": "$.minus")"),
       {},
       "FAILED States.Runtime: ToleratedFailureCount cannot be negative."},
      {map_state(R"(, "ToleratedFailurePercentagePath": "$.much")"),
       {},
       "FAILED States.Runtime: ToleratedFailurePercentage must be between 0 and 100."},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.expected) {
      CHECK(told(ask(row.definition, R"({"a": 1, "minus": -1, "much": 101})", [&](StateTest& test) {
              test.mock = result("[]");
              test.map_item_reader_data = row.data;
            })) == row.expected);
    }
  }
}

TEST_CASE("the context object is the given one, or made up", "[interpreter]") {
  const std::string definition = R"({"Type": "Pass", "InputPath": "$$", "End": true})";
  const std::string task = lambda(R"(, "ResultSelector": {"c.$": "$$.State"})");
  const auto output = [](const Tested& tested) { return to_json(tested.answer->output); };
  CHECK(output(ask(definition, "{}", [](StateTest& test) { test.context = json(R"({"x": 1})"); })) == R"({"x":1})");
  CHECK(output(ask(definition, "{}", [](StateTest& test) { test.context = json("{}"); })) == "{}");
  CHECK(output(ask(task, "{}", with(result("{}")))) ==
        R"({"c":{"Name":"StateName","EnteredTime":"2025-01-01T00:00:00Z","RetryCount":0}})");
  const Value made = ask(definition, "[4]", nullptr).answer->output;
  REQUIRE(made.find("Execution"));
  CHECK(made.find("Execution")->find("Input")->is_array());
  CHECK(made.find("Execution")->find("RoleArn")->is_null());
  CHECK_FALSE(made.find("Execution")->find("RedriveCount"));
  CHECK(to_json(*made.find("State")) == R"({"Name":"StateName","EnteredTime":"2025-01-01T00:00:00Z"})");
  CHECK_FALSE(made.find("Map"));
  CHECK_FALSE(made.find("Task"));
  const Value inside = ask(definition, "[4]", [](StateTest& test) {
                         test.inside_map = true;
                         test.role_arn = "arn:aws:iam::1:role/r";
                       }).answer->output;
  REQUIRE(inside.find("Map"));
  CHECK(to_json(*inside.find("Map")) == R"({"Item":{"Index":0,"Value":[4]}})");
  CHECK(to_json(*inside.find("Execution")->find("RoleArn")) == R"("arn:aws:iam::1:role/r")");
  CHECK(output(ask(definition, "{}", [](StateTest& test) {
          test.inside_map = true;
          test.context = json(R"({"Map": {"Item": {"Index": 3}}})");
        })) == R"({"Map":{"Item":{"Index":3}}})");
}

TEST_CASE("variables are given ones and assigned ones together", "[interpreter]") {
  const std::string definition =
      R"({"Type": "Pass", "Parameters": {"v.$": "$x.y"}, "Assign": {"z.$": "$.v", "x": 2}, "End": true})";
  const Tested tested =
      ask(definition, "{}", [](StateTest& test) { test.variables = json(R"({"x": {"y": 1}, "w": 0})"); });
  CHECK(told(tested) == R"(SUCCEEDED {"v":1})");
  REQUIRE(tested.answer->inspection.variables);
  CHECK(to_json(*tested.answer->inspection.variables) == R"({"x":2,"w":0,"z":1})");
  CHECK_FALSE(ask(R"({"Type": "Pass", "End": true})", "{}", nullptr).answer->inspection.variables);
}

TEST_CASE("without a mock the world answers for a task", "[interpreter]") {
  struct Row {
    std::string_view fields;
    TaskAnswer answer;
    std::string_view expected;
  };
  using namespace std::chrono_literals;
  const auto taking = [](std::chrono::milliseconds duration) {
    TaskAnswer answer;
    answer.outcome = json("1");
    answer.duration = duration;
    return answer;
  };
  TaskAnswer failing;
  failing.outcome = Failure{"E", "C"};
  TaskAnswer timing_out;
  timing_out.closing_event = EventType::TaskTimedOut;
  const std::vector<Row> rows = {
      {"", taking(0ms), "SUCCEEDED 1"},
      {"", failing, "FAILED E: C"},
      {"", taking(300s), "SUCCEEDED 1"},
      {"", taking(300s + 1ms), "FAILED States.Timeout: -"},
      {R"(, "TimeoutSeconds": 5)", taking(5s), "SUCCEEDED 1"},
      {R"(, "TimeoutSeconds": 5)", taking(5s + 1ms), "FAILED States.Timeout: -"},
      {R"(, "TimeoutSeconds": 99999999)", taking(301s), "FAILED States.Timeout: -"},
      {R"(, "HeartbeatSeconds": 1, "Catch": [{"ErrorEquals": ["States.HeartbeatTimeout"], "Next": "N"}])", timing_out,
       R"(CAUGHT_ERROR States.Timeout: - {"Error":"States.Timeout","Cause":""} -> N)"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.fields << row.expected) {
      OneAnswer world;
      world.given = row.answer;
      CHECK(told(ask(lambda(row.fields), "{}", nullptr, world)) == row.expected);
    }
  }
  OneAnswer silent;
  const Tested tested = ask(lambda(), "{}", nullptr, silent);
  REQUIRE_FALSE(tested.answer);
  CHECK(tested.answer.error().kind == StateTestRefusal::Kind::MissingMock);
  CHECK(silent.asked_for == "StateName");
}

TEST_CASE("a mocked result can be as large as a payload", "[interpreter]") {
  const std::string task = R"({"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true, "Parameters":
    {"ApiEndpoint": "https://a.b", "Method": "GET", "InvocationConfig": {"ConnectionArn": "c"}}})";
  const auto status = [&](std::size_t bytes) {
    return told(ask(task, "{}",
                    [&](StateTest& test) {
                      test.mock = StateMock{.result = Value(std::string(bytes - 2, 'x')), .error_output = std::nullopt};
                    }))
        .substr(0, 32);
  };
  CHECK(status(kMaxPayloadBytes - 1).starts_with("SUCCEEDED"));
  CHECK(status(kMaxPayloadBytes).starts_with("SUCCEEDED"));
  CHECK(status(kMaxPayloadBytes + 1).starts_with("FAILED States.DataLimitExceeded"));
}

TEST_CASE("a state is found at any depth, and whether a Map is around it", "[interpreter]") {
  const Document document =
      read_json(R"({"StartAt": "A", "States": {"A": {"Type": "Parallel", "End": true, "Branches": [
    {"StartAt": "B", "States": {"B": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "C", "States": {
      "C": {"Type": "Parallel", "End": true, "Branches": [
        {"StartAt": "D", "States": {"D": {"Type": "Pass", "End": true}}}]}}}}}}]}}})");
  const LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
  REQUIRE(loaded.machine);
  const Scope& scope = loaded.machine->scope;
  for (const std::string_view name : {"A", "B", "C", "D"}) {
    const auto found = find_tested_state(scope, name);
    REQUIRE(found);
    CHECK(found->state.name == name);
    CHECK(found->inside_map == (name > "B"));
  }
  CHECK_FALSE(find_tested_state(scope, "E"));
}
