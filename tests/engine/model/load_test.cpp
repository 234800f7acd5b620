// What loading makes of a definition that is in order: every field has its place in the model.

#include "engine/model/state_machine.h"
#include "engine/support/limits.h"
#include "engine/support/match.h"
#include "engine/value/print.h"
#include "tests/engine/model/fixture.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

/// A loaded definition without errors.
struct Loaded {
  explicit Loaded(std::string text, MachineType type = MachineType::Standard)
      : document(read_json(std::move(text))), machine(load_state_machine(document, type)) {
    INFO(listed(document, machine.diagnostics));
    REQUIRE_FALSE(has_errors(machine.diagnostics));
  }
  const State& state(std::string_view name) const {
    const State* found = find_state(machine.machine->scope, name);
    REQUIRE(found);
    return *found;
  }
  const State& a() const { return state("A"); }

  Document document;
  LoadedMachine machine;
};

Loaded jsonpath(std::string_view a) {
  return Loaded(in_state(a));
}
Loaded jsonata_state(std::string_view a) {
  return Loaded(in_jsonata_state(a));
}

/// "5", "$.n", "{% … %}", "": what a number field holds.
template <typename Field>
std::string shown(const Field& field) {
  return match(
      field, [](std::monostate) { return std::string(); },
      [](std::int64_t number) { return fmt::format("{}", number); },
      [](const path::Query& query) { return query.text(); },
      [](const JsonataField& jsonata) { return std::string(jsonata.written.as_string()); });
}

std::string shown(const NumberField& field) {
  if (const auto* number = std::get_if<double>(&field)) return fmt::format("{}", *number);
  return "?";
}

std::string shown(const TextField& field) {
  return match(
      field, [](std::monostate) { return std::string(); }, [](const std::string& text) { return text; },
      [](const path::Query& query) { return query.text(); }, [](const intrinsic::Call& call) { return call.text(); },
      [](const JsonataField& jsonata) { return std::string(jsonata.written.as_string()); });
}

}  // namespace

TEST_CASE("a machine keeps its own fields", "[model]") {
  const Loaded loaded(
      R"({"Comment":"c","Version":"1.0","TimeoutSeconds":9,"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Succeed"}}})",
      MachineType::Express);
  const StateMachine& machine = *loaded.machine.machine;
  CHECK(machine.comment == "c");
  CHECK(machine.version == "1.0");
  CHECK(machine.timeout_seconds == 9);
  CHECK(machine.language == QueryLanguage::JSONata);
  CHECK(machine.type == MachineType::Express);
  CHECK(machine.scope.start_at.state == &machine.scope.states[0]);
  CHECK(machine.scope.states[0].language == QueryLanguage::JSONata);
  CHECK(kind_name(machine.scope.states[0]) == "Succeed");
}

TEST_CASE("every kind of state has its name", "[model]") {
  const char* const kStates[] = {
      R"({"Type":"Pass","End":true})",
      R"({"Type":"Task","Resource":"${F}","End":true})",
      R"({"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"B"}]})",
      R"({"Type":"Wait","Seconds":1,"End":true})",
      R"({"Type":"Succeed"})",
      R"({"Type":"Fail"})",
      R"({"Type":"Parallel","Branches":[{"StartAt":"X","States":{"X":{"Type":"Succeed"}}}],"End":true})",
      R"({"Type":"Map","ItemProcessor":{"StartAt":"X","States":{"X":{"Type":"Succeed"}}},"End":true})",
  };
  const char* const kNames[] = {"Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"};
  for (std::size_t i = 0; i < std::size(kStates); ++i) {
    const Loaded loaded = jsonpath(kStates[i]);
    CHECK(loaded.a().kind.index() == i);
    CHECK(kind_name(loaded.a()) == kNames[i]);
  }
}

TEST_CASE("the data flow of a state is compiled", "[model]") {
  const Loaded loaded = jsonpath(
      R"({"Type":"Pass","Comment":"c","InputPath":"$.in","OutputPath":null,"ResultPath":"$.out.x","Result":{"a":1},)"
      R"("Parameters":{"b.$":"$.c"},"Assign":{"v.$":"$.d"},"Next":"B"})");
  const State& a = loaded.a();
  CHECK(a.comment == "c");
  CHECK(a.input_path.query->text() == "$.in");
  CHECK_FALSE(a.input_path.discards);
  CHECK(a.output_path.discards);
  CHECK(a.result_path.place->text() == "$.out.x");
  CHECK(a.next->name == "B");
  CHECK(a.next->state == &loaded.state("B"));
  CHECK(a.shared_name == "A");
  CHECK(a.assign);
  const Pass& pass = std::get<Pass>(a.kind);
  CHECK(to_json(*pass.result) == R"({"a":1})");
  CHECK(std::holds_alternative<Template>(pass.parameters));

  const Loaded plain = jsonpath(R"({"Type":"Pass","InputPath":"$","ResultPath":"$","OutputPath":"$","End":true})");
  CHECK_FALSE(plain.a().input_path.query);
  CHECK_FALSE(plain.a().output_path.query);
  CHECK_FALSE(plain.a().result_path.place);
  CHECK_FALSE(plain.a().result_path.discards);
  CHECK_FALSE(plain.a().next);
  CHECK_FALSE(plain.a().assign);
  const Loaded call = jsonpath(R"~({"Type":"Pass","InputPath":"States.StringToJson($.a)","End":true})~");
  CHECK(call.a().input_path.call->function() == "States.StringToJson");
}

TEST_CASE("a Task keeps its resource and times", "[model]") {
  const Loaded literal = jsonpath(
      R"({"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"QueueUrl":"u"},"TimeoutSeconds":9,"HeartbeatSecondsPath":"$.h","Credentials":{"RoleArn":"r"},"ResultSelector":{"a.$":"$.b"},"End":true})");
  const Task& task = std::get<Task>(literal.a().kind);
  CHECK(task.resource.service == "sqs");
  CHECK(shown(task.timeout_seconds) == "9");
  CHECK(shown(task.heartbeat_seconds) == "$.h");
  CHECK(std::holds_alternative<Template>(task.credentials));
  CHECK(std::holds_alternative<Template>(literal.a().result_selector));

  const Loaded expression = jsonata_state(
      R"({"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Arguments":{"QueueUrl":"u"},"TimeoutSeconds":"{% 5 %}","Output":"{% 1 %}","End":true})");
  const Task& other = std::get<Task>(expression.a().kind);
  CHECK(shown(other.timeout_seconds) == "{% 5 %}");
  CHECK(shown(other.heartbeat_seconds).empty());
  CHECK(to_json(std::get<JsonataField>(other.parameters).written) == R"({"QueueUrl":"u"})");
  CHECK(expression.a().output->written.as_string() == "{% 1 %}");
  // Placeholders are unknown values: the field is as if absent.
  const Loaded unknown = jsonpath(R"({"Type":"Task","Resource":"${F.Arn}","TimeoutSeconds":"${T}","End":true})");
  CHECK(shown(std::get<Task>(unknown.a().kind).timeout_seconds).empty());
}

TEST_CASE("retriers and catchers keep their fields and defaults", "[model]") {
  const Loaded loaded = jsonpath(
      R"({"Type":"Task","Resource":"${F}","End":true,"Retry":[{"ErrorEquals":["A","B"]},)"
      R"({"ErrorEquals":["States.ALL"],"IntervalSeconds":2,"MaxAttempts":0,"BackoffRate":1.5,"MaxDelaySeconds":60,"JitterStrategy":"FULL"}],)"
      R"("Catch":[{"ErrorEquals":["A"],"Next":"B","ResultPath":null,"Assign":{"v":1}},{"ErrorEquals":["C"],"Next":"S"}]})");
  const State& a = loaded.a();
  REQUIRE(a.retry.size() == 2);
  CHECK(a.retry[0].error_equals == std::vector<std::string>{"A", "B"});
  CHECK(a.retry[0].interval_seconds == 1);
  CHECK(a.retry[0].max_attempts == 3);
  CHECK(a.retry[0].backoff_rate == 2.0);
  CHECK_FALSE(a.retry[0].max_delay_seconds);
  CHECK_FALSE(a.retry[0].full_jitter);
  CHECK(a.retry[1].interval_seconds == 2);
  CHECK(a.retry[1].max_attempts == 0);
  CHECK(a.retry[1].backoff_rate == 1.5);
  CHECK(a.retry[1].max_delay_seconds == 60);
  CHECK(a.retry[1].full_jitter);
  REQUIRE(a.catchers.size() == 2);
  CHECK(a.catchers[0].next.state == &loaded.state("B"));
  CHECK(a.catchers[0].result_path.discards);
  CHECK(a.catchers[0].assign);
  CHECK(a.catchers[1].next.state == &loaded.state("S"));
  CHECK_FALSE(a.catchers[1].result_path.discards);
}

TEST_CASE("choice rules are a tree of conditions", "[model]") {
  const Loaded loaded = jsonpath(
      R"({"Type":"Choice","Default":"B","Choices":[)"
      R"({"Variable":"$.n","NumericGreaterThanEquals":5,"Next":"B","Assign":{"v":1}},)"
      R"({"Variable":"$.t","TimestampLessThan":"2016-03-14T01:59:00Z","Next":"B"},)"
      R"({"Variable":"$v.x","StringEqualsPath":"$$.Execution.Name","Next":"B"},)"
      R"({"Or":[{"Not":{"Variable":"$.a","IsPresent":true}},{"And":[{"Variable":"$.a","StringMatches":"x*"}]}],"Next":"B"}]})");
  const Choice& choice = std::get<Choice>(loaded.a().kind);
  CHECK(choice.default_next->state == &loaded.state("B"));
  REQUIRE(choice.choices.size() == 4);
  const auto& first = std::get<Comparison>(choice.choices[0].condition.content);
  CHECK(first.variable.text() == "$.n");
  CHECK(first.test == Test::Numeric);
  CHECK(first.relation == Relation::GreaterThanEquals);
  CHECK(std::get<Value>(first.operand) == Value(5));
  CHECK(choice.choices[0].assign);
  CHECK(choice.choices[0].next.state == &loaded.state("B"));
  const auto& second = std::get<Comparison>(choice.choices[1].condition.content);
  CHECK(second.relation == Relation::LessThan);
  CHECK(second.instant->seconds == 1457920740);
  const auto& third = std::get<Comparison>(choice.choices[2].condition.content);
  CHECK(third.variable.root() == path::Query::Root::Variable);
  CHECK(std::get<path::Query>(third.operand).root() == path::Query::Root::Context);
  const auto& fourth = std::get<Or>(choice.choices[3].condition.content);
  REQUIRE(fourth.any.size() == 2);
  CHECK(std::get<Comparison>(std::get<Not>(fourth.any[0].content).one[0].content).test == Test::IsPresent);
  CHECK(std::get<Comparison>(std::get<And>(fourth.any[1].content).all[0].content).test == Test::StringMatches);

  const Loaded conditions = jsonata_state(
      R"({"Type":"Choice","Choices":[{"Condition":"{% $x %}","Next":"B","Output":{"a":1}},{"Condition":false,"Next":"B"}]})");
  const Choice& expressions = std::get<Choice>(conditions.a().kind);
  CHECK(std::get<JsonataField>(expressions.choices[0].condition.content).written.as_string() == "{% $x %}");
  CHECK(to_json(expressions.choices[0].output->written) == R"({"a":1})");
  CHECK(std::get<JsonataField>(expressions.choices[1].condition.content).written == Value(false));
}

TEST_CASE("every operator has its test and relation", "[model]") {
  struct Row {
    const char* name;
    const char* operand;
    Test test;
    Relation relation;
  };
  using enum Relation;
  static const Row kRows[] = {
      {"StringEquals", "\"a\"", Test::String, Equals},
      {"StringLessThan", "\"a\"", Test::String, LessThan},
      {"StringGreaterThan", "\"a\"", Test::String, GreaterThan},
      {"StringLessThanEquals", "\"a\"", Test::String, LessThanEquals},
      {"StringGreaterThanEquals", "\"a\"", Test::String, GreaterThanEquals},
      {"NumericEquals", "1", Test::Numeric, Equals},
      {"NumericLessThan", "1.5", Test::Numeric, LessThan},
      {"NumericGreaterThan", "1", Test::Numeric, GreaterThan},
      {"NumericLessThanEquals", "1", Test::Numeric, LessThanEquals},
      {"NumericGreaterThanEquals", "1", Test::Numeric, GreaterThanEquals},
      {"BooleanEquals", "true", Test::Boolean, Equals},
      {"TimestampEquals", "\"2016-03-14T01:59:00Z\"", Test::Timestamp, Equals},
      {"TimestampLessThan", "\"2016-03-14T01:59:00Z\"", Test::Timestamp, LessThan},
      {"TimestampGreaterThan", "\"2016-03-14T01:59:00Z\"", Test::Timestamp, GreaterThan},
      {"TimestampLessThanEquals", "\"2016-03-14T01:59:00Z\"", Test::Timestamp, LessThanEquals},
      {"TimestampGreaterThanEquals", "\"2016-03-14T01:59:00Z\"", Test::Timestamp, GreaterThanEquals},
      {"StringMatches", "\"a*\"", Test::StringMatches, Equals},
      {"IsNull", "true", Test::IsNull, Equals},
      {"IsPresent", "false", Test::IsPresent, Equals},
      {"IsNumeric", "true", Test::IsNumeric, Equals},
      {"IsString", "true", Test::IsString, Equals},
      {"IsBoolean", "true", Test::IsBoolean, Equals},
      {"IsTimestamp", "true", Test::IsTimestamp, Equals},
  };
  for (const Row& row : kRows) {
    INFO(row.name);
    const bool has_path = row.test <= Test::Timestamp;
    for (const bool is_path : {false, true}) {
      if (is_path && !has_path) continue;
      const Loaded loaded =
          jsonpath(fmt::format(R"({{"Type":"Choice","Choices":[{{"Variable":"$.x","{}{}":{},"Next":"B"}}]}})", row.name,
                               is_path ? "Path" : "", is_path ? "\"$.y\"" : row.operand));
      const auto& comparison = std::get<Comparison>(std::get<Choice>(loaded.a().kind).choices[0].condition.content);
      CHECK(comparison.test == row.test);
      CHECK(comparison.relation == row.relation);
      CHECK(std::holds_alternative<path::Query>(comparison.operand) == is_path);
    }
  }
}

TEST_CASE("a Wait and a Fail keep what they are given", "[model]") {
  const auto wait = [](const Loaded& loaded) -> const Wait& { return std::get<Wait>(loaded.a().kind); };
  CHECK(shown(wait(jsonpath(R"({"Type":"Wait","Seconds":5,"End":true})")).seconds) == "5");
  CHECK(shown(wait(jsonpath(R"({"Type":"Wait","SecondsPath":"$.n","End":true})")).seconds) == "$.n");
  CHECK(shown(wait(jsonata_state(R"({"Type":"Wait","Seconds":"{% 5 %}","End":true})")).seconds) == "{% 5 %}");
  const Loaded at = jsonpath(R"({"Type":"Wait","Timestamp":"1970-01-01T00:00:07Z","End":true})");
  CHECK(std::get<Instant>(wait(at).timestamp).seconds == 7);
  const Loaded path = jsonpath(R"({"Type":"Wait","TimestampPath":"$.t","End":true})");
  CHECK(std::get<path::Query>(wait(path).timestamp).text() == "$.t");
  const Loaded expression = jsonata_state(R"({"Type":"Wait","Timestamp":"{% $t %}","End":true})");
  CHECK(std::holds_alternative<JsonataField>(wait(expression).timestamp));

  const Loaded literal = jsonpath(R"~({"Type":"Fail","Error":"E","CausePath":"States.Format('{}', $.c)"})~");
  CHECK(shown(std::get<Fail>(literal.a().kind).error) == "E");
  CHECK(shown(std::get<Fail>(literal.a().kind).cause) == "States.Format('{}', $.c)");
  const Loaded empty = jsonpath(R"({"Type":"Fail"})");
  CHECK(shown(std::get<Fail>(empty.a().kind).error).empty());
  const Loaded jsonata_fail = jsonata_state(R"({"Type":"Fail","Error":"{% 'e' %}","Cause":"c"})");
  CHECK(shown(std::get<Fail>(jsonata_fail.a().kind).error) == "{% 'e' %}");
  CHECK(shown(std::get<Fail>(jsonata_fail.a().kind).cause) == "c");
}

TEST_CASE("a distributed Map keeps reader, batches and writer", "[model]") {
  const Loaded loaded = jsonpath(
      R"({"Type":"Map","Label":"l","ItemProcessor":{"Comment":"p","ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"X","States":{"X":{"Type":"Succeed"}}},)"
      R"("ItemsPath":"$.items","ItemSelector":{"i.$":"$$.Map.Item.Value"},"MaxConcurrency":7,"ToleratedFailureCountPath":"$.f","ToleratedFailurePercentage":2.5,)"
      R"("ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"GIVEN","CSVHeaders":["a","b"],"CSVDelimiter":"PIPE","MaxItems":3,"Transformation":"NONE"},"Parameters":{"Bucket":"b"}},)"
      R"("ItemBatcher":{"MaxItemsPerBatch":5,"MaxInputBytesPerBatchPath":"$.b","BatchInput":{"x":1}},)"
      R"("ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"b"},"WriterConfig":{"Transformation":"FLATTEN","OutputType":"JSONL"}},"End":true})");
  const Map& map = std::get<Map>(loaded.a().kind);
  CHECK(map.distributed);
  CHECK(map.express_children);
  CHECK(map.label == "l");
  CHECK(map.processor.comment == "p");
  CHECK(map.processor.start_at.state == &map.processor.states[0]);
  CHECK(map.items_path->text() == "$.items");
  CHECK(std::holds_alternative<Template>(map.item_selector));
  CHECK(shown(map.max_concurrency) == "7");
  CHECK(shown(map.tolerated_failure_count) == "$.f");
  CHECK(shown(map.tolerated_failure_percentage) == "2.5");
  REQUIRE(map.item_reader);
  CHECK(map.item_reader->source == ItemReader::Source::GetObject);
  CHECK(map.item_reader->input_type == ItemReader::InputType::Csv);
  CHECK(map.item_reader->csv_headers_given);
  CHECK(map.item_reader->csv_headers == std::vector<std::string>{"a", "b"});
  CHECK(map.item_reader->csv_delimiter == '|');
  CHECK(shown(map.item_reader->max_items) == "3");
  REQUIRE(map.item_batcher);
  CHECK(shown(map.item_batcher->max_items_per_batch) == "5");
  CHECK(shown(map.item_batcher->max_input_bytes_per_batch) == "$.b");
  REQUIRE(map.result_writer);
  CHECK(map.result_writer->exports);
  CHECK(map.result_writer->transformation == ResultWriter::Transformation::Flatten);
  CHECK(map.result_writer->json_lines);

  const Loaded list = jsonata_state(
      R"({"Type":"Map","Items":"{% $x %}","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"X","States":{"X":{"Type":"Succeed"}}},)"
      R"("ItemReader":{"Resource":"arn:aws:states:::s3:listObjectsV2","Arguments":{"Bucket":"b"},"ReaderConfig":{"InputType":"PARQUET","ManifestType":"ATHENA_DATA","ItemsPointer":"/a","Transformation":"LOAD_AND_FLATTEN","MaxItems":"{% 9 %}"}},"End":true})");
  const Map& other = std::get<Map>(list.a().kind);
  CHECK_FALSE(other.express_children);
  CHECK(other.items);
  CHECK(other.item_reader->source == ItemReader::Source::ListObjects);
  CHECK(other.item_reader->input_type == ItemReader::InputType::Parquet);
  CHECK(other.item_reader->manifest_type == ItemReader::ManifestType::AthenaData);
  CHECK(other.item_reader->items_pointer == "/a");
  CHECK(other.item_reader->load_and_flatten);
  CHECK(shown(other.item_reader->max_items) == "{% 9 %}");
  CHECK_FALSE(other.item_batcher);
  CHECK_FALSE(other.result_writer);
}

TEST_CASE("targets are states of the same scope, at any depth", "[model]") {
  const Loaded loaded = jsonpath(
      R"({"Type":"Parallel","Next":"B","Branches":[{"StartAt":"X","States":{"X":{"Type":"Map","Next":"Y","Iterator":)"
      R"({"StartAt":"I","States":{"I":{"Type":"Pass","Next":"J"},"J":{"Type":"Succeed"}}}},"Y":{"Type":"Succeed"}}}]})");
  CHECK(loaded.state("I").next->state == &loaded.state("J"));
  CHECK(loaded.state("X").next->state == &loaded.state("Y"));
  const Parallel& parallel = std::get<Parallel>(loaded.a().kind);
  CHECK(parallel.branches[0].start_at.state == &loaded.state("X"));
  CHECK_FALSE(find_state(loaded.machine.machine->scope, "nowhere"));
}

TEST_CASE("what can be understood is there even when something is wrong", "[model]") {
  const Document document =
      read_json(in_state(R"({"Type":"Wait","Seconds":-1,"Next":"Z","Foo":1,"OutputPath":"$.o"})"));
  const LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
  REQUIRE(loaded.machine);
  const State* a = find_state(loaded.machine->scope, "A");
  CHECK(a->next->name == "Z");
  CHECK_FALSE(a->next->state);
  CHECK(a->output_path.query->text() == "$.o");
}

TEST_CASE("Maps may be nested as deep as a text may be", "[model]") {
  std::string state = R"({"Type":"Succeed"})";
  int depth = 0;
  // Each level adds four to the nesting of the text: the array, the branch, its States, the state.
  while (static_cast<std::size_t>(depth + 1) * 4 + 3 <= kMaxDepth) {
    state = fmt::format(R"({{"Type":"Parallel","Branches":[{{"StartAt":"s{0}","States":{{"s{0}":{1}}}}}],"End":true}})",
                        depth++, state);
  }
  CHECK(findings(fmt::format(R"({{"StartAt":"A","States":{{"A":{}}}}})", state)).empty());
}

TEST_CASE("a state of no known type is told apart from the Pass that stands for it", "[model]") {
  const Document document = read_json(R"({"StartAt": "A", "States": {
    "A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pas", "Next": "C"}, "C": {"End": true}, "D": 1,
    "E": {"Type": "${Kind}", "Next": "A"}, "F": "${State}"}})");
  const LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
  std::string unknown, placeholders, ends;
  for (const State& state : loaded.machine->scope.states) {
    unknown += state.has_unknown_kind ? state.name : "";
    placeholders += state.has_placeholder_kind ? state.name : "";
    ends += state.unknown_kind_ends ? state.name : "";
  }
  CHECK(unknown == "BCDEF");
  CHECK(placeholders == "EF");
  CHECK(ends == "C");
}

TEST_CASE("hostile definitions take linear time and end", "[model]") {
  std::vector<std::string> definitions;
  std::string text;
  // Thousands of targets that do not exist, of unknown fields, of equal keys, of states out of reach.
  for (int i = 0; i < 20'000; ++i) text += fmt::format(R"("S{0}":{{"Type":"Pass","Next":"X{0}","Foo":1}},)", i);
  definitions.push_back(fmt::format(R"({{"StartAt":"S0","States":{{{}"E":{{"Type":"Succeed"}}}}}})", text));
  text.clear();
  for (int i = 0; i < 60'000; ++i) text += R"("Type":"Pass",)";
  definitions.push_back(fmt::format(R"({{"StartAt":"S","States":{{"S":{{{}"End":true}}}}}})", text));
  text.clear();
  for (int i = 0; i < 60'000; ++i) text += fmt::format("\"u{}\":1,", i);
  definitions.push_back(
      fmt::format(R"({{"StartAt":"S","States":{{"{}":{{{}"Type":"Pass"}}}}}})", std::string(300'000, 'n'), text));
  text.clear();
  for (int i = 0; i < 40'000; ++i) text += fmt::format("\"k{}.$\":\"$.a[(\",", i);
  definitions.push_back(
      fmt::format(R"({{"StartAt":"S","States":{{"S":{{"Type":"Pass","Parameters":{{{}"a":1}},"End":true}}}}}})", text));
  for (const std::string& definition : definitions) {
    const Document document = read_json(definition);
    const LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
    CHECK(loaded.machine);
    CHECK(has_errors(loaded.diagnostics));
    CHECK(loaded.diagnostics.size() < 10'000);
  }
}

}  // namespace stepglass
