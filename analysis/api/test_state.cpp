#include "analysis/api/test_state.h"

#include <fmt/format.h>

#include <charconv>

#include "analysis/mocks/mock_world.h"
#include "engine/document/jackson.h"
#include "engine/support/limits.h"
#include "engine/support/text.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

ApiError bad_request(std::string message) {
  return {"BadRequest", std::move(message), {}};
}

ApiError validation(std::string message) {
  return {"ValidationException", std::move(message), {}};
}

/// The service's sentence for a member that does not keep to its model.
ApiError out_of_model(std::string_view value, std::string_view member, std::string_view constraint) {
  return validation(
      fmt::format("1 validation error detected: Value {} failed to satisfy constraint: {}",
                  value.empty() ? fmt::format("at '{}'", member) : fmt::format("'{}' at '{}'", display(value), member),
                  constraint));
}

// ------------------------------------------------------------------------------------------------ reading the request

/// What the clients of the service check before they call it: least lengths and values. Source: botocore, recorded for
/// stateName.
class ParameterCheck {
 public:
  void length(std::string_view name, std::string_view text, std::size_t least) {
    const std::size_t size = count_code_points(text);
    if (size >= least) return;
    add(fmt::format("Invalid length for parameter {}, value: {}, valid min length: {}", name, size, least));
  }
  void least(std::string_view name, std::int64_t value, std::int64_t least) {
    if (value >= least) return;
    add(fmt::format("Invalid value for parameter {}, value: {}, valid min value: {}", name, value, least));
  }
  std::optional<ApiError> error() const {
    if (problems_.empty()) return std::nullopt;
    return ApiError{"ParamValidationError", "Parameter validation failed:" + problems_, {}};
  }

 private:
  void add(const std::string& problem) { problems_ += "\n" + problem; }
  std::string problems_;
};

/// The members of an object by name; the first fault is kept.
class Members {
 public:
  /// `place` is what messages put before the names of members: "mock.".
  Members(std::span<const RequestMember> members, std::string place) : members_(members), place_(std::move(place)) {}

  /// Of equal ones the last, as every JSON parser takes it.
  const RequestMember* find(std::string_view name) const {
    for (std::size_t i = members_.size(); i > 0; --i) {
      if (members_[i - 1].key == name) return &members_[i - 1];
    }
    return nullptr;
  }

  std::optional<Value> value(std::string_view name) {
    const RequestMember* member = find(name);
    if (!member) return std::nullopt;
    auto value = read_value(member->text);
    if (value) return *std::move(value);
    refuse(fmt::format("the request is no JSON: \"{}{}\": {}", place_, name, value.error().message));
    return std::nullopt;
  }

  std::optional<std::string> text(std::string_view name) {
    const auto value = this->value(name);
    if (!value) return std::nullopt;
    if (value->is_string()) return std::string(value->as_string());
    refuse(fmt::format("\"{}{}\" is a string", place_, name));
    return std::nullopt;
  }

  /// A member that holds JSON: as text, or as itself, whose bytes are then the text.
  std::optional<std::string> json_text(std::string_view name) {
    const auto value = this->value(name);
    if (!value) return std::nullopt;
    return value->is_string() ? std::string(value->as_string()) : std::string(find(name)->text);
  }

  std::optional<bool> boolean(std::string_view name) {
    const auto value = this->value(name);
    if (!value) return std::nullopt;
    if (value->is_boolean()) return value->as_boolean();
    refuse(fmt::format("\"{}{}\" is true or false", place_, name));
    return std::nullopt;
  }

  std::optional<std::int64_t> integer(std::string_view name) {
    const auto value = this->value(name);
    if (!value) return std::nullopt;
    if (value->kind() == Value::Kind::Integer) return value->as_integer();
    refuse(fmt::format("\"{}{}\" is an integer", place_, name));
    return std::nullopt;
  }

  /// The members of the object `name`, which has no others than `known`.
  std::optional<std::vector<RequestMember>> object(std::string_view name, std::span<const std::string_view> known) {
    const auto value = this->value(name);
    if (!value) return std::nullopt;
    auto members = split_object(find(name)->text);
    if (!members) {
      refuse(fmt::format("\"{}{}\" is an object", place_, name));
      return std::nullopt;
    }
    for (const RequestMember& member : *members) {
      bool is_known = false;
      for (const std::string_view key : known) is_known = is_known || key == member.key;
      if (is_known) continue;
      const auto meant = nearest(member.key, known);
      refuse(fmt::format("unknown field \"{}\" in \"{}{}\"{}", display(member.key), place_, name,
                         meant ? fmt::format("; did you mean \"{}\"?", *meant) : std::string()));
      return std::nullopt;
    }
    return members;
  }

  void refuse(std::string message) {
    if (!fault_) fault_ = bad_request(std::move(message));
  }
  void refuse(ApiError error) {
    if (!fault_) fault_ = std::move(error);
  }
  const std::optional<ApiError>& fault() const { return fault_; }

 private:
  std::span<const RequestMember> members_;
  std::string place_;
  std::optional<ApiError> fault_;
};

void read_mock(Members& request, TestStateRequest& result) {
  static constexpr std::string_view kMockFields[] = {"result", "errorOutput", "fieldValidationMode"};
  static constexpr std::string_view kErrorFields[] = {"error", "cause"};
  const auto fields = request.object("mock", kMockFields);
  if (!fields) return;
  Members mock(*fields, "mock.");
  TestStateMock& read = result.mock.emplace();
  read.result_text = mock.json_text("result");
  if (const auto error_fields = mock.object("errorOutput", kErrorFields)) {
    Members error(*error_fields, "mock.errorOutput.");
    read.error_output = Failure{error.text("error"), error.text("cause")};
    if (error.fault()) request.refuse(*error.fault());
  }
  if (const auto mode = mock.text("fieldValidationMode")) {
    if (*mode == "STRICT") {
      read.field_validation = FieldValidation::Strict;
    } else if (*mode == "PRESENT") {
      read.field_validation = FieldValidation::Present;
    } else if (*mode == "NONE") {
      read.field_validation = FieldValidation::None;
    } else {
      mock.refuse(out_of_model(*mode, "mock.fieldValidationMode",
                               "Member must satisfy enum value set: [STRICT, PRESENT, NONE]"));
    }
  }
  if (mock.fault()) request.refuse(*mock.fault());
}

void read_configuration(Members& request, TestStateRequest& result, ParameterCheck& check) {
  static constexpr std::string_view kConfigurationFields[] = {"retrierRetryCount", "errorCausedByState",
                                                              "mapIterationFailureCount", "mapItemReaderData"};
  const auto fields = request.object("stateConfiguration", kConfigurationFields);
  if (!fields) return;
  Members configuration(*fields, "stateConfiguration.");
  if (const auto count = configuration.integer("retrierRetryCount")) {
    check.least("stateConfiguration.retrierRetryCount", *count, 0);
    result.retrier_retry_count = *count;
  }
  if (auto name = configuration.text("errorCausedByState")) {
    check.length("stateConfiguration.errorCausedByState", *name, 1);
    result.error_caused_by_state = *std::move(name);
  }
  if (const auto count = configuration.integer("mapIterationFailureCount")) {
    check.least("stateConfiguration.mapIterationFailureCount", *count, 0);
    result.map_iteration_failure_count = *count;
  }
  result.map_item_reader_data = configuration.json_text("mapItemReaderData");
  if (configuration.fault()) request.refuse(*configuration.fault());
}

void read_task_mocks(Members& request, TestStateRequest& result) {
  if (const RequestMember* member = request.find("mocks")) {
    result.task_mocks.emplace();
    const Document document = read_json(std::string(member->text));
    for (const Diagnostic& diagnostic : document.diagnostics()) {
      if (diagnostic.severity != Severity::Error) continue;
      return request.refuse(fmt::format("\"mocks\": {}", diagnostic.message));
    }
    auto states = read_mocks(*document.root());
    if (!states) {
      const MockProblem& problem = states.error();
      return request.refuse(fmt::format("mocks{}: {}", display(problem.pointer), problem.message));
    }
    result.task_mocks->states = *std::move(states);
  }
  if (const auto word = request.text("default_mock")) {
    const auto fallback = parse_default_mock(*word);
    if (!fallback) return request.refuse("\"default_mock\" is \"echo\" or \"sample\"");
    if (!result.task_mocks) result.task_mocks.emplace();
    result.task_mocks->fallback = *fallback;
  }
}

// ------------------------------------------------------------------------------------------------------ running the
// test

/// Texts that are too long for their members of the API.
std::optional<ApiError> check_lengths(const TestStateRequest& request) {
  struct Row {
    std::string_view name;
    const std::string* text;
    std::size_t most;
  };
  const auto of = [](const std::optional<std::string>& text) { return text ? &*text : nullptr; };
  const std::string* result = request.mock ? of(request.mock->result_text) : nullptr;
  for (const Row& row :
       {Row{"definition", &request.definition_text, kMaxDefinitionBytes},
        Row{"stateName", of(request.state_name), kMaxNameCharacters}, Row{"roleArn", &request.role_arn, 256},
        Row{"input", &request.input_text, kMaxPayloadBytes},
        Row{"variables", of(request.variables_text), kMaxPayloadBytes},
        Row{"context", of(request.context_text), kMaxPayloadBytes}, Row{"mock.result", result, kMaxPayloadBytes},
        Row{"stateConfiguration.errorCausedByState", &request.error_caused_by_state, kMaxNameCharacters},
        Row{"stateConfiguration.mapItemReaderData", of(request.map_item_reader_data), kMaxPayloadBytes}}) {
    if (!row.text || count_code_points(*row.text) <= row.most) continue;
    return out_of_model("", row.name, fmt::format("Member must have length less than or equal to {}", row.most));
  }
  return std::nullopt;
}

/// InvalidDefinition in the service's words; the diagnostics say it in ours, with places.
ApiError invalid_definition(const Document& document, const LoadedMachine& loaded) {
  std::string problems;
  for (const ServiceDiagnostic& diagnostic : loaded.service_diagnostics) {
    if (diagnostic.severity != Severity::Error) continue;
    if (!problems.empty()) problems += ", ";
    problems += fmt::format("{}: {} at {}", diagnostic.code, diagnostic.message, diagnostic.location.value_or("null"));
  }
  if (problems.empty()) {
    for (const Diagnostic& diagnostic : loaded.diagnostics) {
      if (diagnostic.severity != Severity::Error) continue;
      problems = diagnostic.message;
      break;
    }
  }
  return {"InvalidDefinition", fmt::format("Invalid State Machine Definition: '{}'", problems),
          placed(loaded.diagnostics, document)};
}

ApiError refusal_of(StateTestRefusal refusal) {
  using enum StateTestRefusal::Kind;
  switch (refusal.kind) {
    case Validation:
      return validation(std::move(refusal.message));
    case InvalidDefinition:
      return {"InvalidDefinition", std::move(refusal.message), {}};
    case MissingMock:
      return {"MissingMock", std::move(refusal.message), {}};
    case Unsupported:
      break;
  }
  return {"Unsupported", std::move(refusal.message), {}};
}

/// Reads a text that holds one JSON object.
Result<Value, ApiError> object_of(const std::string& text, std::string_view what) {
  auto value = read_value(text);
  if (!value) return validation(fmt::format("Invalid {} provided: {}", what, value.error().message));
  if (!value->is_object()) return validation(fmt::format("Invalid {} provided: it must be a JSON object", what));
  return *std::move(value);
}

/// The state, and the machine that holds it.
struct Tested {
  LoadedMachine loaded;
  const State* state = nullptr;
  bool inside_map = false;
};

Result<Tested, ApiError> find_state_of(const TestStateRequest& request, const Document& document) {
  Tested tested;
  tested.loaded = request.state_name ? load_state_machine(document, MachineType::Standard)
                                     : load_single_state(document, MachineType::Standard);
  if (!tested.loaded.machine || has_errors(tested.loaded.diagnostics))
    return invalid_definition(document, tested.loaded);
  const Scope& scope = tested.loaded.machine->scope;
  if (!request.state_name) {
    tested.state = &scope.states.front();
    return tested;
  }
  const auto found = find_tested_state(scope, *request.state_name);
  if (!found) return validation("State not found in definition");
  tested.state = &found->state;
  tested.inside_map = found->inside_map;
  return tested;
}

// ----------------------------------------------------------------------------------------------------------- the
// answer

class ReplyWriter {
 public:
  ReplyWriter(std::string& out, const TestStateReply& reply) : out_(out), reply_(reply) {}

  void write() {
    const StateTestAnswer& answer = reply_.answer;
    const bool has_output =
        answer.status == StateTestStatus::Succeeded || answer.status == StateTestStatus::CaughtError;
    out_ += '{';
    if (has_output) member("output", text_of(answer.output));
    if (answer.status != StateTestStatus::Succeeded) {
      if (answer.failure.error) member("error", *answer.failure.error);
      if (answer.failure.cause) member("cause", *answer.failure.cause);
    }
    if (reply_.inspection >= InspectionLevel::Debug) {
      name("inspectionData");
      inspection(answer.inspection);
    }
    if (answer.next_state) member("nextState", *answer.next_state);
    member("status", state_test_status_name(answer.status));
    out_ += '}';
  }

 private:
  void name(std::string_view key) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(out_, key);
    out_ += ':';
  }
  void member(std::string_view key, std::string_view text) {
    name(key);
    append_json_string(out_, text);
  }
  void member(std::string_view key, std::int64_t number) {
    name(key);
    append_json(out_, Value(number));
  }

  /// What the caller gave, in his own words; everything else as compact JSON. Recorded and documented: an output that
  /// is the mocked "[1, 4, 9]" keeps its spaces, what a path selects of the input has none.
  std::string text_of(const Value& value) const {
    for (const TestStateReply::Given& given : reply_.given) {
      if (value.kind() == given.value.kind() && value.is_same(given.value)) return given.text;
    }
    return to_json(value);
  }

  /// Items as the service lists them: ["a", "b"]. Recorded for afterItemsPath.
  std::string text_of_items(const Value& items) const {
    if (!items.is_array()) return text_of(items);
    std::string text = "[";
    for (const Value& item : items.items()) {
      if (text.size() > 1) text += ", ";
      append_json(text, item);
    }
    return text + "]";
  }

  void inspection(const InspectionData& data) {
    out_ += '{';
    for (const InspectionData::Stage& stage : data.stages) {
      // No member of the API is longer; what is handed to many iterations can be.
      if (json_size(stage.value) > kMaxPayloadBytes) continue;
      member(stage.name, stage.per_iteration ? text_of_items(stage.value) : text_of(stage.value));
    }
    if (data.variables && json_size(*data.variables) <= kMaxPayloadBytes) member("variables", text_of(*data.variables));
    if (data.retry_index || data.catch_index) {
      name("errorDetails");
      out_ += '{';
      if (data.catch_index) member("catchIndex", static_cast<std::int64_t>(*data.catch_index));
      if (data.retry_index) member("retryIndex", static_cast<std::int64_t>(*data.retry_index));
      if (data.retry_backoff) member("retryBackoffIntervalSeconds", data.retry_backoff->count() / 1000);
      out_ += '}';
    }
    if (data.tolerated_failure_count) member("toleratedFailureCount", *data.tolerated_failure_count);
    if (data.tolerated_failure_percentage) {
      name("toleratedFailurePercentage");
      append_json(out_, Value(*data.tolerated_failure_percentage));
    }
    if (data.max_concurrency) member("maxConcurrency", *data.max_concurrency);
    out_ += '}';
  }

  std::string& out_;
  const TestStateReply& reply_;
};

}  // namespace

Result<TestStateReply, ApiError> test_state(const TestStateRequest& request) {
  if (auto error = check_lengths(request)) return *std::move(error);
  if (request.mock && request.mock->result_text.has_value() == request.mock->error_output.has_value()) {
    return validation("A test mock should have only one of the following fields: [result, errorOutput].");
  }
  const Document document = read_json(request.definition_text);
  auto tested = find_state_of(request, document);
  if (!tested) return std::move(tested).error();
  const State& state = *tested->state;

  TestStateReply reply;
  reply.inspection = request.inspection;
  StateTest test;
  auto input = read_value(request.input_text);
  if (!input) {
    // Jackson has nothing to say where it reads what we do not, such as a number without a double.
    const std::string message = jackson_message(request.input_text);
    return ApiError{
        "InvalidExecutionInput",
        fmt::format("Invalid State Machine Execution Input: '{}'", message.empty() ? input.error().message : message),
        {}};
  }
  test.input = *std::move(input);
  reply.given.push_back({test.input, request.input_text});
  if (request.variables_text) {
    auto variables = object_of(*request.variables_text, "Variables");
    if (!variables) return std::move(variables).error();
    test.variables = *std::move(variables);
    reply.given.push_back({test.variables, *request.variables_text});
  }
  if (request.context_text) {
    auto context = object_of(*request.context_text, "Context object");
    if (!context) return std::move(context).error();
    test.context = *std::move(context);
  }
  if (request.mock) {
    StateMock& mock = test.mock.emplace();
    mock.error_output = request.mock->error_output;
    mock.field_validation = request.mock->field_validation;
    if (request.mock->result_text) {
      auto result = read_value(*request.mock->result_text);
      if (!result) return validation("Mocked result must be valid JSON");
      mock.result = *std::move(result);
      reply.given.push_back({*mock.result, *request.mock->result_text});
    }
  }
  test.reveal_secrets = request.reveal_secrets;
  test.retrier_retry_count = request.retrier_retry_count;
  test.error_caused_by_state = request.error_caused_by_state;
  test.map_iteration_failure_count = request.map_iteration_failure_count;
  test.map_item_reader_data = request.map_item_reader_data;
  test.inside_map = tested->inside_map;
  // What calls something runs under a role, and offline any will do.
  const bool is_task = std::holds_alternative<Task>(state.kind);
  const bool needs_role =
      is_task || std::holds_alternative<Map>(state.kind) || std::holds_alternative<Parallel>(state.kind);
  test.role_arn = request.role_arn;
  if (request.role_arn.empty() && needs_role) {
    test.role_arn = fmt::format("arn:aws:iam::{}:role/StepFunctionsRole", test.identity.account);
  }
  if (is_task && !request.mock && !request.task_mocks && request.role_arn.empty()) {
    return validation("RoleArn must be specified when testing a Task state");
  }

  Mocks mocks = request.task_mocks.value_or(Mocks());
  if (!request.state_name) {
    for (StateMocks& state_mocks : mocks.states) {
      if (state_mocks.state.empty()) state_mocks.state = state.name;
    }
  }
  MockWorld world(mocks);
  auto answer = stepglass::test_state(state, test, world);
  if (!answer) return refusal_of(std::move(answer).error());
  reply.answer = *std::move(answer);
  return reply;
}

Result<TestStateRequest, ApiError> read_test_state_request(std::span<const RequestMember> members) {
  Members request(members, "");
  ParameterCheck check;
  TestStateRequest result;
  if (const RequestMember* definition = request.find("definition")) {
    // Broken JSON is the definition's own fault when it came as text.
    const bool is_text = !definition->text.empty() && definition->text.front() == '"';
    if (is_text || request.value("definition")) result.definition_text = request.json_text("definition").value_or("");
    check.length("definition", result.definition_text, 1);
  } else {
    request.refuse("\"definition\" is missing");
  }
  if (auto name = request.text("stateName")) {
    check.length("stateName", *name, 1);
    result.state_name = *std::move(name);
  }
  if (auto role = request.text("roleArn")) {
    check.length("roleArn", *role, 1);
    result.role_arn = *std::move(role);
  }
  if (auto input = request.json_text("input")) result.input_text = *std::move(input);
  if (const auto level = request.text("inspectionLevel")) {
    const auto parsed = parse_inspection_level(*level);
    if (parsed && *parsed != InspectionLevel::None) {
      result.inspection = *parsed;
    } else {
      request.refuse(
          out_of_model(*level, "inspectionLevel", "Member must satisfy enum value set: [INFO, DEBUG, TRACE]"));
    }
  }
  result.reveal_secrets = request.boolean("revealSecrets").value_or(false);
  result.variables_text = request.json_text("variables");
  result.context_text = request.json_text("context");
  read_mock(request, result);
  read_configuration(request, result, check);
  read_task_mocks(request, result);
  if (request.fault()) return *request.fault();
  if (auto error = check.error()) return *std::move(error);
  return result;
}

void append_test_state_reply(std::string& out, const TestStateReply& reply) {
  ReplyWriter(out, reply).write();
}

std::optional<ApiError> answer_test_state(std::span<const RequestMember> members, std::string& out) {
  const auto request = read_test_state_request(members);
  if (!request) return request.error();
  const auto reply = test_state(*request);
  if (!reply) return reply.error();
  append_test_state_reply(out, *reply);
  return std::nullopt;
}

}  // namespace stepglass::analysis
