// The order of one call: what can be refused without evaluating anything is refused first, then the state goes through
// the same data flow as in an execution, with an inspector that keeps the stages, and what goes wrong meets retriers
// and catchers on paper only.

#include "engine/interpreter/test_state.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/document/document.h"
#include "engine/interpreter/data_flow.h"
#include "engine/interpreter/item_batcher.h"
#include "engine/interpreter/item_reader.h"
#include "engine/interpreter/retry.h"
#include "engine/support/match.h"
#include "engine/value/json_size.h"

namespace stepglass {
namespace {

using Refusal = std::optional<StateTestRefusal>;

StateTestRefusal refused(std::string message) {
  return {StateTestRefusal::Kind::Validation, std::move(message)};
}

// ---------------------------------------------------------------------------------------- what needs no evaluation

bool takes_mock(const State& state) {
  return std::holds_alternative<Task>(state.kind) || std::holds_alternative<Map>(state.kind) ||
         std::holds_alternative<Parallel>(state.kind);
}

/// The mocked result of a Map: all its results, or with a ResultWriter what that writes.
Refusal check_map_mock(const Map& map, const Value& result, const StateTest& test) {
  const bool exports = map.result_writer && map.result_writer->exports;
  if (exports) {
    if (!result.is_object()) return refused("Mocked result must be a JSON object.");
    return std::nullopt;
  }
  if (!result.is_array()) return refused("Mocked result must be an array.");
  if (test.map_iteration_failure_count &&
      *test.map_iteration_failure_count > static_cast<std::int64_t>(result.size())) {
    return refused("Map iteration failure count must be less than or equal to the number of Map iterations");
  }
  return std::nullopt;
}

Refusal check_parallel_mock(const Parallel& parallel, const Value& result) {
  if (!result.is_array()) return refused("Mocked result must be an array.");
  if (result.size() != parallel.branches.size()) {
    return refused("Mocked result must contain the same number of items as number of Parallel branches.");
  }
  return std::nullopt;
}

Refusal check_task_mock(const Task& task, const Value& result, FieldValidation mode) {
  if (auto problem = mock_result_problem(task.resource, result, mode)) {
    return refused("Mock result schema validation error: " + *problem);
  }
  return std::nullopt;
}

Refusal check_mock(const State& state, const StateTest& test) {
  const StateMock& mock = *test.mock;
  if (mock.result.has_value() == mock.error_output.has_value()) {
    return refused("A test mock should have only one of the following fields: [result, errorOutput].");
  }
  if (test.reveal_secrets) return refused("TestState does not support RevealSecrets when a mock is specified.");
  if (!takes_mock(state)) {
    return refused(fmt::format("State type '{}' is not supported when a mock is specified", kind_name(state)));
  }
  if (!mock.result) return std::nullopt;
  if (const auto* task = std::get_if<Task>(&state.kind)) {
    return check_task_mock(*task, *mock.result, mock.field_validation);
  }
  if (const auto* parallel = std::get_if<Parallel>(&state.kind)) return check_parallel_mock(*parallel, *mock.result);
  return check_map_mock(std::get<Map>(state.kind), *mock.result, test);
}

Refusal check_without_mock(const State& state, const StateTest& test) {
  if (test.map_iteration_failure_count) {
    return refused("TestState does not support MapIterationFailureCount when a mock is not specified.");
  }
  if (const auto* task = std::get_if<Task>(&state.kind)) {
    // That it is refused is documented, the sentence is ours.
    if (task->resource.kind == Resource::Kind::Activity || task->resource.waits_for_submission()) {
      return refused(
          "TestState does not support Activity tasks, .sync or .waitForTaskToken service integration patterns when a "
          "mock is not specified.");
    }
  } else if (takes_mock(state)) {
    return StateTestRefusal{StateTestRefusal::Kind::InvalidDefinition,
                            "TestState API does not support Map or Parallel states. Supported state types include: "
                            "[Task, Wait, Pass, Succeed, Fail, Choice]"};
  }
  return std::nullopt;
}

/// A Map and a Parallel say which state inside them raised a mocked error.
Refusal check_error_source(const State& state, const std::string& name) {
  if (name.empty()) return std::nullopt;
  bool found = false;
  if (const auto* map = std::get_if<Map>(&state.kind)) found = find_tested_state(map->processor, name).has_value();
  if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
    for (const Scope& branch : parallel->branches) found = found || find_tested_state(branch, name).has_value();
  }
  if (found) return std::nullopt;
  return refused(fmt::format("State '{}' given as ErrorCausedByState is not inside the tested state", name));
}

Refusal check_context(const StateTest& test) {
  if (!test.context) return std::nullopt;
  if (!test.context->is_object()) return refused("Invalid Context object provided: it must be a JSON object");
  if (!test.inside_map && test.context->find("Map")) {
    return refused("Invalid Context object provided: 'Map' field is not supported when mocking a Context object");
  }
  return std::nullopt;
}

Refusal check(const State& state, const StateTest& test) {
  if (auto refusal = check_context(test)) return refusal;
  if (auto refusal = test.mock ? check_mock(state, test) : check_without_mock(state, test)) return refusal;
  return check_error_source(state, test.error_caused_by_state);
}

// ---------------------------------------------------------------------------------------------------- surroundings

/// Context object and variables of the tested state.
class TestSurroundings : public VisitSurroundings {
 public:
  TestSurroundings(const State& state, const StateTest& test, Random& random) : state_(state), test_(test) {
    const bool has_token = [&] {
      const auto* task = std::get_if<Task>(&state.kind);
      return task && (task->resource.kind == Resource::Kind::Activity ||
                      task->resource.pattern == Resource::Pattern::WaitForTaskToken);
    }();
    machine_ = random.uuid();
    execution_ = random.uuid();
    if (has_token) token_ = random.uuid();
    if (test.inside_map) map_ = map_of(first_item(test.input));
  }

  const Value& context() override {
    if (!made_) {
      context_ = test_.context ? *test_.context : generated();
      made_ = true;
    }
    return context_;
  }

  const Value* variable(std::string_view name) override { return test_.variables.find(name); }
  std::int64_t now_ms() override { return test_.start.count(); }
  std::uint64_t& steps_left() override { return steps_left_; }

  /// Map.Item as an ItemSelector sees it from now on.
  void set_item(Value item) { context_ = context().with_member(map_key_, map_of(std::move(item))); }
  /// As it was before.
  void clear_item() { made_ = false; }

 private:
  static Value first_item(const Value& input) {
    ObjectBuilder item(2);
    item.set("Index", Value(0));
    item.set("Value", input);
    return std::move(item).build();
  }
  static Value map_of(Value item) {
    ObjectBuilder map(1);
    map.set("Item", std::move(item));
    return std::move(map).build();
  }

  /// As recorded: no RedriveCount, and RetryCount only where there can be retries.
  Value generated() const {
    const Identity& identity = test_.identity;
    const Value start(format_timestamp(test_.start));
    ObjectBuilder execution(5);
    execution.set("Id", Value(fmt::format("arn:aws:states:{}:{}:express:{}:{}", identity.region, identity.account,
                                          machine_, execution_)));
    execution.set("Input", test_.input);
    execution.set("Name", Value(execution_));
    execution.set("RoleArn", test_.role_arn.empty() ? Value() : Value(test_.role_arn));
    execution.set("StartTime", start);
    ObjectBuilder machine(2);
    machine.set(
        "Id", Value(fmt::format("arn:aws:states:{}:{}:stateMachine:{}", identity.region, identity.account, machine_)));
    machine.set("Name", Value(machine_));
    ObjectBuilder state(3);
    state.set("Name", Value(kTestedStateName));
    state.set("EnteredTime", start);
    if (takes_mock(state_)) state.set("RetryCount", Value(test_.retrier_retry_count));
    ObjectBuilder context(5);
    context.set("Execution", std::move(execution).build());
    if (!map_.is_null()) context.set(map_key_, map_);
    context.set("StateMachine", std::move(machine).build());
    context.set("State", std::move(state).build());
    if (!token_.empty()) {
      ObjectBuilder task(1);
      task.set("Token", Value(token_));
      context.set("Task", std::move(task).build());
    }
    return std::move(context).build();
  }

  const State& state_;
  const StateTest& test_;
  std::string machine_, execution_, token_;
  const String map_key_{"Map"};
  bool made_ = false;
  Value context_;
  Value map_;  // of a state inside a Map
  std::uint64_t steps_left_ = kMaxRunSteps;
};

// ----------------------------------------------------------------------------------------------- work of ItemSelector

/// True for a path or call that can look at all of its document, not only at the item. Nesting is bounded by that of
/// the definition.
bool searches(const DynamicMember& member) {
  constexpr std::string_view kItem = "$$.Map.Item";
  if (const auto* query = std::get_if<path::Query>(&member.source)) {
    return !query->is_definite() && !query->text().starts_with(kItem);
  }
  std::string_view text = std::get<intrinsic::Call>(member.source).text();
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$')) {
    text.remove_prefix(at);
    if (!text.starts_with(kItem)) return true;
    text.remove_prefix(kItem.size());
  }
  return false;
}

bool searches(const TemplateNode& node) {
  return match(
      node.content, [](const Value&) { return false; },
      [](const TemplateObject& object) {
        for (const DynamicMember& member : object.dynamic) {
          if (searches(member)) return true;
        }
        for (const TemplateObject::Copied& copied : object.copied) {
          if (searches(copied.node.front())) return true;
        }
        return false;
      },
      [](const TemplateArray& array) {
        for (const TemplateNode& item : array.items) {
          if (searches(item)) return true;
        }
        return false;
      });
}

// ------------------------------------------------------------------------------------------------------------ the run

/// Seconds that a Wait state can wait at all: what a 32-bit number of seconds holds.
constexpr std::int64_t kMaxWaitSeconds = 2'147'483'647;

/// The id of the …StateEntered event in an execution of one state.
constexpr std::uint32_t kEnteredEvent = 2;

class Tester : public Inspector {
 public:
  Tester(const State& state, const StateTest& test, World& world)
      : state_(state),
        test_(test),
        world_(world),
        random_(test.seed),
        surroundings_(state, test, random_),
        visit_{state, kEnteredEvent, test.input, surroundings_, random_, this, kTestedStateName} {
    answer_.inspection.stages.push_back({"input", test.input});
    show_variables({});
  }

  Result<StateTestAnswer, StateTestRefusal> run() {
    match(
        state_.kind, [&](const Pass& pass) { test_pass(pass); }, [&](const Task& task) { test_task(task); },
        [&](const Choice& choice) { test_choice(choice); }, [&](const Wait& wait) { test_wait(wait); },
        [&](const Succeed&) { test_succeed(); }, [&](const Fail& fail) { test_fail(fail); },
        [&](const Parallel& parallel) { test_parallel(parallel); }, [&](const Map& map) { test_map(map); });
    if (refusal_) return *std::move(refusal_);
    return std::move(answer_);
  }

  void stage(const State&, std::uint32_t, std::string_view name, const Value& value) override {
    if (is_shown(name)) answer_.inspection.stages.push_back({std::string(name), value});
  }

 private:
  void show(std::string_view name, const Value& value) { stage(state_, kEnteredEvent, name, value); }
  void show_iterations(std::string_view name, const Value& items) {
    if (is_shown(name)) answer_.inspection.stages.push_back({std::string(name), items, true});
  }

  /// Which stages of which states the service shows (recorded). What is not shown is evaluated all the same.
  bool is_shown(std::string_view name) const {
    const bool before_work = name == "afterInputPath" || name == "afterParameters";
    if (state_.language == QueryLanguage::JSONata) {
      return !before_work && name != "afterItemsPath" && name != "afterResultSelector" && name != "afterResultPath" &&
             (name != "result" || std::holds_alternative<Task>(state_.kind));
    }
    if (const auto* pass = std::get_if<Pass>(&state_.kind)) return !pass->result || !before_work;
    if (std::holds_alternative<Parallel>(state_.kind)) return !before_work;
    return true;
  }

  void show_variables(const Value& assigned) {
    Value variables = test_.variables;
    if (assigned.is_object()) {
      for (const Member& member : assigned.members()) variables = variables.with_member(member.key, member.value);
    }
    if (variables.size() > 0) answer_.inspection.variables = std::move(variables);
  }

  // ----------------------------------------------------------------------------------------------------- endings

  void succeed(Result<Completion, Failure> completion, const Target* next) {
    if (!completion) return fail(std::move(completion).error());
    answer_.output = std::move(completion->output);
    show_variables(completion->assigned);
    if (next) answer_.next_state = next->name;
  }
  void succeed(Result<Completion, Failure> completion) {
    succeed(std::move(completion), state_.next ? &*state_.next : nullptr);
  }

  void fail(Failure failure) { fail(RaisedError{std::move(failure)}); }

  /// Retriers, then catchers. As in an execution only the first retrier that takes the error counts.
  void fail(RaisedError error) {
    InspectionData& inspection = answer_.inspection;
    without_prefix(error.failure);
    error.failure.location.reset();
    answer_.failure = error.failure;
    answer_.status = StateTestStatus::Failed;
    for (std::size_t i = 0; i < state_.retry.size(); ++i) {
      const Retrier& retrier = state_.retry[i];
      if (!takes(retrier.error_equals, error)) continue;
      inspection.retry_index = i;
      if (test_.retrier_retry_count >= retrier.max_attempts) break;
      inspection.retry_backoff = backoff(retrier, test_.retrier_retry_count);
      answer_.status = StateTestStatus::Retriable;
      return;
    }
    for (std::size_t i = 0; i < state_.catchers.size(); ++i) {
      const Catcher& catcher = state_.catchers[i];
      if (!takes(catcher.error_equals, error)) continue;
      auto completion = complete_caught(visit_, catcher, error.failure);
      if (!completion) {
        answer_.failure = std::move(completion).error();
        without_prefix(answer_.failure);
        return;
      }
      inspection.catch_index = i;
      answer_.status = StateTestStatus::CaughtError;
      answer_.output = std::move(completion->output);
      answer_.next_state = catcher.next.name;
      show_variables(completion->assigned);
      return;
    }
  }

  /// With a mock there is no execution and so no event to name. Recorded: "Reference path … must point to array."
  /// stands without the prefix that executions have.
  void without_prefix(Failure& failure) const {
    if (!test_.mock || !failure.cause) return;
    const std::string prefix = *engine_failure(visit_, "", "").cause;
    if (failure.cause->starts_with(prefix)) failure.cause->erase(0, prefix.size());
  }

  // ------------------------------------------------------------------------------------------------------ states

  void test_pass(const Pass& pass) {
    auto selected = selected_input(visit_);
    if (!selected) return fail(std::move(selected).error());
    auto effective = apply_template(visit_, pass.parameters, *selected);
    if (!effective) return fail(std::move(effective).error());
    if (pass.result) {
      show("result", *pass.result);
    } else {
      show("afterParameters", *effective);
    }
    succeed(complete(visit_, pass.result ? *pass.result : *effective));
  }

  void test_choice(const Choice& choice) {
    auto selected = selected_input(visit_);
    if (!selected) return fail(std::move(selected).error());
    auto rule = matching_rule(visit_, choice, *selected);
    if (!rule) return fail(std::move(rule).error());
    if (!*rule && !choice.default_next) {
      return fail(
          runtime_failure(visit_, "Failed to transition out of the state. The state does not point to a next state."));
    }
    succeed(pass_through(visit_, *selected, *rule ? (*rule)->assign : state_.assign,
                         *rule ? (*rule)->output : state_.output),
            *rule ? &(*rule)->next : &*choice.default_next);
  }

  void test_wait(const Wait& wait) {
    auto selected = selected_input(visit_);
    if (!selected) return fail(std::move(selected).error());
    auto end = wait_end(visit_, wait, *selected);
    if (!end) return fail(std::move(end).error());
    const std::int64_t now = std::chrono::duration_cast<std::chrono::seconds>(test_.start).count();
    const std::int64_t delay = end->seconds ? *end->seconds : end->until->seconds - now;
    if (delay > kMaxWaitSeconds) return fail(runtime_failure(visit_, "Wait state delay is too long."));
    if (std::chrono::seconds(delay) > kMaxStateTest) return fail(Failure{"States.Timeout", std::nullopt});
    succeed(pass_through(visit_, *selected, state_.assign, state_.output));
  }

  void test_succeed() {
    auto selected = selected_input(visit_);
    if (!selected) return fail(std::move(selected).error());
    succeed(pass_through(visit_, *selected, Assign{}, state_.output), nullptr);
  }

  void test_fail(const Fail& fail_state) {
    // A Fail state has no InputPath; the stage is there nevertheless (recorded).
    show("afterInputPath", test_.input);
    auto error = text_field(visit_, fail_state.error, "Error", test_.input);
    if (!error) return fail(std::move(error).error());
    auto cause = text_field(visit_, fail_state.cause, "Cause", test_.input);
    if (!cause) return fail(std::move(cause).error());
    fail(Failure{*std::move(error), *std::move(cause)});
  }

  void test_task(const Task& task) {
    auto selected = selected_input(visit_);
    if (!selected) return fail(std::move(selected).error());
    auto effective = apply_template(visit_, task.parameters, *selected);
    if (!effective) return fail(std::move(effective).error());
    show(state_.language == QueryLanguage::JSONata ? "afterArguments" : "afterParameters", *effective);
    auto timeout = seconds_field(visit_, task.timeout_seconds, "TimeoutSeconds", *selected);
    if (!timeout) return fail(std::move(timeout).error());
    auto heartbeat = seconds_field(visit_, task.heartbeat_seconds, "HeartbeatSeconds", *selected);
    if (!heartbeat) return fail(std::move(heartbeat).error());
    if (task.credentials.index() != 0) {
      auto credentials = apply_template(visit_, task.credentials, *selected);
      if (!credentials) return fail(std::move(credentials).error());
    }
    Result<Value, RaisedError> result = Value();
    if (test_.mock) {
      if (test_.mock->error_output) return fail(*test_.mock->error_output);
      result = *test_.mock->result;
    } else {
      auto answer = world_.answer({state_, std::get<Task>(state_.kind), *effective, 0, std::nullopt});
      if (!answer) {
        refusal_ = StateTestRefusal{StateTestRefusal::Kind::MissingMock, std::move(answer).error().message};
        return;
      }
      result = outcome_of(*answer, *timeout, *heartbeat);
    }
    if (!result) return fail(std::move(result).error());
    if (json_size(*result) > kMaxPayloadBytes) {
      return fail(
          data_limit_failure(task.resource.kind == Resource::Kind::Lambda ? task.resource.arn : task.resource.service));
    }
    show("result", *result);
    succeed(complete(visit_, *result));
  }

  /// What the world's answer comes to when the time limits are kept.
  Result<Value, RaisedError> outcome_of(const TaskAnswer& answer, std::optional<std::int64_t> timeout_seconds,
                                        std::optional<std::int64_t> heartbeat_seconds) const {
    const auto* failure = std::get_if<Failure>(&answer.outcome);
    const bool says_timeout = answer.closing_event == EventType::TaskTimedOut ||
                              answer.closing_event == EventType::LambdaFunctionTimedOut ||
                              answer.closing_event == EventType::ActivityTimedOut;
    std::chrono::milliseconds limit = kMaxStateTest;
    if (timeout_seconds && *timeout_seconds < std::chrono::seconds(kMaxStateTest).count()) {
      limit = std::chrono::seconds(*timeout_seconds);
    }
    if (says_timeout || (answer.duration && *answer.duration > limit)) {
      RaisedError error{Failure{"States.Timeout", std::nullopt}};
      if (failure) error.failure.cause = failure->cause;
      error.missed_heartbeat =
          says_timeout && heartbeat_seconds && (!timeout_seconds || *heartbeat_seconds < *timeout_seconds);
      return error;
    }
    if (failure) return RaisedError{*failure};
    return std::get<Value>(answer.outcome);
  }

  void test_parallel(const Parallel& parallel) {
    auto selected = selected_input(visit_);
    if (!selected) return fail(std::move(selected).error());
    auto effective = apply_template(visit_, parallel.parameters, *selected);
    if (!effective) return fail(std::move(effective).error());
    if (test_.mock->error_output) return fail(*test_.mock->error_output);
    succeed(complete(visit_, *test_.mock->result));
  }

  // --------------------------------------------------------------------------------------------------------- Map

  void test_map(const Map& map) {
    auto selected = selected_input(visit_);
    if (!selected) return fail(std::move(selected).error());
    auto concurrency = count_field(visit_, map.max_concurrency, "MaxConcurrency", *selected);
    if (!concurrency) return fail(std::move(concurrency).error());
    auto items = iterated(map, *selected);
    if (!items) return fail(std::move(items).error());
    const auto count = static_cast<std::int64_t>(items->values.size());
    auto exceeded = threshold_exceeded(map, *selected, count);
    if (!exceeded) return fail(std::move(exceeded).error());
    answer_.inspection.max_concurrency = concurrency->value_or(0);
    auto inputs = iteration_inputs(map, *std::move(items), *selected);
    if (!inputs) return fail(std::move(inputs).error());
    if (refusal_) return;
    if (map.item_batcher) {
      if (auto failure = batch(*map.item_batcher, *inputs, *selected)) return fail(*std::move(failure));
    }
    if (test_.mock->error_output) return fail(*test_.mock->error_output);
    // A result that is an array has been compared before.
    if (test_.map_iteration_failure_count.value_or(0) > count && !test_.mock->result->is_array()) {
      refusal_ = refused("Map iteration failure count must be less than or equal to the number of Map iterations");
      return;
    }
    if (*exceeded) {
      return fail(
          Failure{"States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded"});
    }
    succeed(complete(visit_, *test_.mock->result));
  }

  /// What is iterated over. Source: developer guide, "Testing Distributed Map states": without data for the ItemReader
  /// the input is taken "as if it had already been read".
  Result<MapItems, Failure> iterated(const Map& map, const Value& selected) {
    Value source = selected;
    std::string origin = "STATE_DATA";
    std::optional<std::int64_t> most;
    if (map.item_reader) {
      const ItemReader& reader = *map.item_reader;
      origin = source_of(reader, selected);
      auto max_items = integer_field(visit_, reader.max_items, "MaxItems", selected);
      if (!max_items) return std::move(max_items).error();
      if (*max_items && **max_items > 0) most = *max_items;
      if (test_.map_item_reader_data) {
        if (!is_json(reader)) return read(reader, *test_.map_item_reader_data, most);
        auto data = read_value(*test_.map_item_reader_data);
        if (!data) return Failure{"States.ItemReaderFailed", "The items are no JSON: " + data.error().message};
        source = *std::move(data);
      }
      if (reader.items_pointer) {
        const Value* found = value_at_pointer(source, *reader.items_pointer);
        if (!found) {
          return Failure{"States.ItemReaderFailed",
                         fmt::format("ItemsPointer '{}' points to nothing in the items.", *reader.items_pointer)};
        }
        source = Value(*found);
        show("afterItemsPointer", source);
      }
    }
    if (map.items_path) {
      auto found = map.items_path->evaluate(source, surroundings_);
      if (!found) {
        return runtime_failure(visit_,
                               fmt::format("Invalid path '{}' : {}", map.items_path->text(), found.error().message));
      }
      source = *std::move(found);
    }
    if (state_.language == QueryLanguage::JSONata) {
      auto found = map_items(visit_, map, source, map.distributed);
      if (!found) return std::move(found).error();
      source = *std::move(found);
    }
    auto items = items_of(source, origin);
    if (!items || (source.is_object() && !map.distributed)) {
      return runtime_failure(visit_, fmt::format("Reference path \"{}\" must point to array.", shown_path(map)));
    }
    show_iterations("afterItemsPath", source);
    if (most && items->values.size() > static_cast<std::uint64_t>(*most)) {
      items->values.resize(static_cast<std::size_t>(*most));
    }
    return *std::move(items);
  }

  /// ItemsPath as that sentence shows it: a path into the context object without its first $ (recorded).
  static std::string shown_path(const Map& map) {
    if (!map.items_path) return "$";
    const std::string& text = map.items_path->text();
    return map.items_path->root() == path::Query::Root::Context ? text.substr(1) : text;
  }

  /// Whether the data of a reader is one JSON value; a listing is given as an array.
  static bool is_json(const ItemReader& reader) {
    using enum ItemReader::InputType;
    return reader.source == ItemReader::Source::ListObjects || reader.manifest_type != ItemReader::ManifestType::None ||
           reader.input_type == None || reader.input_type == Json || reader.input_type == Manifest;
  }

  /// Map.Item.Source of what a reader reads.
  std::string source_of(const ItemReader& reader, const Value& selected) {
    const auto parameters = apply_template(visit_, reader.parameters, selected);
    const Value* bucket = parameters ? parameters->find("Bucket") : nullptr;
    const Value* key = parameters ? parameters->find("Key") : nullptr;
    std::string source = "S3://";
    if (bucket && bucket->is_string()) source += bucket->as_string();
    if (key && key->is_string()) (source += '/') += key->as_string();
    return source;
  }

  /// The items of a text that is CSV, JSON lines, …
  Result<MapItems, Failure> read(const ItemReader& reader, const std::string& data, std::optional<std::int64_t> most) {
    class OneObject : public World {
     public:
      explicit OneObject(const std::string& data) : object_{"", "", data} {}
      Result<TaskAnswer, NoAnswer> answer(const TaskCall&) override { return NoAnswer{}; }
      const StoredObject* object(std::string_view, std::string_view) override { return &object_; }

     private:
      StoredObject object_;
    };
    OneObject world(data);
    ReadRequest request;
    request.reader = &reader;
    request.max_items = most;
    ReadBudget budget;
    auto items = read_items(request, world, budget);
    if (!items) {
      const ReadError& error = items.error();
      return error.limit.empty() ? error.failure : Failure{"States.ItemReaderFailed", error.limit};
    }
    show_iterations("afterItemsPath", Value::array(items->values));
    return *std::move(items);
  }

  /// What the iterations get: the items, or what ItemSelector makes of each.
  Result<std::vector<Value>, Failure> iteration_inputs(const Map& map, MapItems items, const Value& selected) {
    if (map.item_selector.index() == 0) return std::move(items.values);
    const auto* selector = std::get_if<Template>(&map.item_selector);
    const std::uint64_t searched =
        json_size(test_.input) + json_size(test_.variables) + (test_.context ? json_size(*test_.context) : 0) + 1;
    if (selector && searches(selector->root()) && items.values.size() > kMaxSelectorWork / searched) {
      refusal_ = StateTestRefusal{StateTestRefusal::Kind::Unsupported,
                                  fmt::format("the ItemSelector would search {} bytes for each of {} items",
                                              searched - 1, items.values.size())};
      return std::vector<Value>();
    }
    std::vector<Value> inputs;
    inputs.reserve(items.values.size());
    std::optional<Failure> failure;
    std::uint64_t bytes = 0;
    std::size_t origin = 0;
    for (std::size_t i = 0; i < items.values.size(); ++i) {
      while (origin + 1 < items.origins.size() && items.origins[origin + 1].first <= i) ++origin;
      const MapItems::Origin& from = items.origins[origin];
      const Value& item = items.values[i];
      ObjectBuilder context(4);
      context.set("Index", Value(static_cast<std::int64_t>(i)));
      if (from.pairs) context.set("Key", item.members()[0].value);
      context.set("Value", from.pairs ? item.members()[1].value : item);
      if (map.distributed) context.set("Source", Value(from.source));
      surroundings_.set_item(std::move(context).build());
      auto input = apply_template(visit_, map.item_selector, selected);
      if (!input) {
        failure = std::move(input).error();
        break;
      }
      bytes = add_json_size(bytes, json_size(*input));
      if (bytes > kMaxIterationBytes) {
        refusal_ = StateTestRefusal{StateTestRefusal::Kind::Unsupported,
                                    fmt::format("the inputs that ItemSelector makes for the iterations are larger than "
                                                "{} MiB together",
                                                kMaxIterationBytes >> 20)};
        break;
      }
      inputs.push_back(*std::move(input));
    }
    surroundings_.clear_item();
    if (failure) return *std::move(failure);
    show_iterations("afterItemSelector", Value::array(inputs));
    return inputs;
  }

  std::optional<Failure> batch(const ItemBatcher& batcher, const std::vector<Value>& inputs, const Value& selected) {
    BatchLimits limits;
    auto items = integer_field(visit_, batcher.max_items_per_batch, "MaxItemsPerBatch", selected);
    if (!items) return std::move(items).error();
    auto bytes = integer_field(visit_, batcher.max_input_bytes_per_batch, "MaxInputBytesPerBatch", selected);
    if (!bytes) return std::move(bytes).error();
    if (*items && **items <= 0) return runtime_failure(visit_, "MaxItemsPerBatch must be positive.");
    if (*bytes && **bytes <= 0) return runtime_failure(visit_, "MaxInputBytesPerBatch must be positive.");
    if (*items) limits.items = static_cast<std::uint64_t>(**items);
    limits.bytes = kMaxPayloadBytes;
    if (*bytes) limits.bytes = std::min(kMaxPayloadBytes, static_cast<std::uint64_t>(**bytes));
    if (batcher.batch_input.index() != 0) {
      auto input = apply_template(visit_, batcher.batch_input, selected);
      if (!input) return std::move(input).error();
      limits.input = *std::move(input);
    }
    show_iterations("afterItemBatcher", Value::array(batches_of(inputs, limits).inputs));
    return std::nullopt;
  }

  /// Whether so many failed iterations of `total` are more than tolerated. Source: developer guide, "Setting failure
  /// thresholds".
  Result<bool, Failure> threshold_exceeded(const Map& map, const Value& selected, std::int64_t total) {
    auto count = integer_field(visit_, map.tolerated_failure_count, "ToleratedFailureCount", selected);
    if (!count) return std::move(count).error();
    auto percentage = number_field(visit_, map.tolerated_failure_percentage, "ToleratedFailurePercentage", selected);
    if (!percentage) return std::move(percentage).error();
    if (count->has_value() && **count < 0) {
      return field_failure(visit_, "ToleratedFailureCount", "ToleratedFailureCount cannot be negative.");
    }
    if (percentage->has_value() && !(**percentage >= 0 && **percentage <= 100)) {
      return field_failure(visit_, "ToleratedFailurePercentage",
                           "ToleratedFailurePercentage must be between 0 and 100.");
    }
    answer_.inspection.tolerated_failure_count = *count;
    answer_.inspection.tolerated_failure_percentage = *percentage;
    const std::int64_t failed = test_.map_iteration_failure_count.value_or(0);
    if (failed == 0) return false;
    if (!count->has_value() && !percentage->has_value()) return true;
    if (count->has_value() && failed > **count) return true;
    return percentage->has_value() &&
           static_cast<double>(failed) * 100.0 > **percentage * static_cast<double>(std::max<std::int64_t>(1, total));
  }

  const State& state_;
  const StateTest& test_;
  World& world_;
  Random random_;
  TestSurroundings surroundings_;
  Visit visit_;
  StateTestAnswer answer_;
  Refusal refusal_;
};

}  // namespace

std::string_view state_test_status_name(StateTestStatus status) {
  constexpr std::string_view kNames[] = {"SUCCEEDED", "FAILED", "RETRIABLE", "CAUGHT_ERROR"};
  return kNames[static_cast<std::size_t>(status)];
}

std::optional<FoundState> find_tested_state(const Scope& scope, std::string_view name) {
  for (const State& state : scope.states) {
    if (state.name == name) return FoundState{state, false};
    if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
      for (const Scope& branch : parallel->branches) {
        if (auto found = find_tested_state(branch, name)) return found;
      }
    } else if (const auto* map = std::get_if<Map>(&state.kind)) {
      if (auto found = find_tested_state(map->processor, name)) return FoundState{found->state, true};
    }
  }
  return std::nullopt;
}

Result<StateTestAnswer, StateTestRefusal> test_state(const State& state, const StateTest& test, World& world) {
  if (auto refusal = check(state, test)) return *std::move(refusal);
  return Tester(state, test, world).run();
}

}  // namespace stepglass
