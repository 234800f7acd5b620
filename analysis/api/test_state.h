#pragma once
// test_state(): one state alone, as the service's TestState API answers. Plain structs in, plain structs out; JSON that
// the API carries as text is text here too, since the answer shows unchanged data in the caller's own words.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/api/api_error.h"
#include "analysis/api/request.h"
#include "analysis/api/run.h"
#include "analysis/mocks/mocks.h"
#include "engine/interpreter/test_state.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

/// `mock` of a request: what stands in for the work of the state.
struct TestStateMock {
  std::optional<std::string> result_text;
  std::optional<Failure> error_output;
  FieldValidation field_validation = FieldValidation::Strict;
};

/// The fields of the API and what they mean: API reference, TestState.
struct TestStateRequest {
  std::string definition_text;
  /// Absent: the definition is one state.
  std::optional<std::string> state_name;
  std::string role_arn;
  std::string input_text = "{}";
  InspectionLevel inspection = InspectionLevel::Info;
  bool reveal_secrets = false;
  std::optional<std::string> variables_text;
  std::optional<std::string> context_text;

  std::optional<TestStateMock> mock;

  std::int64_t retrier_retry_count = 0;
  std::string error_caused_by_state;
  std::optional<std::int64_t> map_iteration_failure_count;
  std::optional<std::string> map_item_reader_data;

  /// What a Task without `mock` answers, by the name of the state; "" names the state of a definition that is one
  /// state. Absent: a Task needs a mock, or the service's answer to a call without a role is given.
  std::optional<Mocks> task_mocks;
};

struct TestStateReply {
  StateTestAnswer answer;
  InspectionLevel inspection = InspectionLevel::Info;
  /// Values that the caller gave, with his text of them.
  struct Given {
    Value value;
    std::string text;
  };
  std::vector<Given> given;
};

/// Fails with the exception that the service gives (ValidationException, InvalidDefinition, InvalidExecutionInput),
/// with ParamValidationError, which the service's own clients give, or with MissingMock or Unsupported.
Result<TestStateReply, ApiError> test_state(const TestStateRequest& request);

/// The fields of a `state` request of the call protocol.
inline constexpr std::string_view kTestStateFields[] = {
    "definition",    "stateName",   "roleArn", "input", "inspectionLevel",
    "revealSecrets", "variables",   "context", "mock",  "stateConfiguration",
    "mocks",         "default_mock"};

/// Reads a `state` request. JSON may stand as text, as in the API, or as itself. Fails with BadRequest and as above.
Result<TestStateRequest, ApiError> read_test_state_request(std::span<const RequestMember> members);

/// Appends the answer in the shape of the API: output and stages are JSON text inside strings.
void append_test_state_reply(std::string& out, const TestStateReply& reply);

/// All of it: the answer to the `state` request `members`, appended to `out`.
std::optional<ApiError> answer_test_state(std::span<const RequestMember> members, std::string& out);

}  // namespace stepglass::analysis
