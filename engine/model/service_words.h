#pragma once
// The sentences of the service's validation, all in one place. Private to engine/model.
//
// Sources, strongest first. Recorded: answers of the service in public test recordings. Measured: texts that people saw
// the service give in 2025 and 2026 and published. Chosen: nobody published the text, so the sentence is ours, in the
// manner of the others.

#include <initializer_list>
#include <string>
#include <string_view>

namespace stepglass::loading::service {

// Recorded.
inline constexpr std::string_view kNoObject = "Definition must be a valid JSON object";
std::string required(std::initializer_list<std::string_view> fields);  // "These fields are required: [States, StartAt]"
std::string required_but_missing(std::string_view field);  // "The field 'RoleArn' is required but was missing"
inline constexpr std::string_view kDowngrade =
    "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
inline constexpr std::string_view kTimestamp = "String does not match RFC3339 timestamp";
inline constexpr std::string_view kStateType =
    "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]";
std::string unknown_resource(std::string_view arn);
std::string bad_dynamic_member(std::string_view field);
inline constexpr std::string_view kEmpty = "Value cannot be empty";
inline constexpr std::string_view kExpressSync = "Express state machine does not support '.sync' service integration";
// With a blank at its end, as recorded.
inline constexpr std::string_view kExpressCallback =
    "Express state machine does not support '.waitForTaskToken' service integration ";
inline constexpr std::string_view kExpressActivity = "Express state machine does not support Activity ARN";

// Measured.
std::string not_supported(std::string_view field);
std::string other_language(std::string_view language, std::string_view field, std::string_view supported_by);
inline constexpr std::string_view kNoEnd = "Workflow has no terminal state";
std::string unreachable(std::string_view state);
std::string missing_target(std::string_view target);
std::string minimum(std::string_view number);
std::string maximum(std::string_view number);
std::string one_of(std::string_view values);       // "Value should be one of the following: [JSONPath, JSONata]"
std::string too_many_of(std::string_view fields);  // "There should only be one of the following fields: [Next, End]"
std::string none_of(
    std::string_view fields);  // "This object should have only one of the following fields: [Next, End]"
std::string expected_type(std::string_view type);  // "Expected value of type [STRING]"
inline constexpr std::string_view kPath = "Value must be a valid JSONPath.";
inline constexpr std::string_view kReferencePath = "Value is not a Reference Path";
inline constexpr std::string_view kReferencePathStart =
    "Value is not a Reference Path: Reference path didn't start with '$'";
inline constexpr std::string_view kStatesAll = "States.ALL must appear alone and at end of list";
inline constexpr std::string_view kOneRuleContent =
    "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]";
inline constexpr std::string_view kNoArn = "Value is not a valid resource ARN";
inline constexpr std::string_view kJsonataString = "JSONata string must start with {% and end with %}";
std::string duplicate_state(std::string_view name);
std::string duplicate_label(std::string_view name);
std::string long_state_name(std::string_view name);
std::string long_label(std::string_view name);
inline constexpr std::string_view kReservedVariable = "Cannot assign to reserved variable '$states'.";
std::string invalid_variable(std::string_view name);
inline constexpr std::string_view kExpressDistributed =
    "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines";
inline constexpr std::string_view kActivityCredentials = "The field 'Credentials' is not supported for activities";
inline constexpr std::string_view kReaderResource = "The field 'Resource' does not match any of the allowed values";
inline constexpr std::string_view kHeaderLocation = "The field 'CSVHeaderLocation' is required";
std::string parameters_required(std::string_view field, std::string_view arn);

// Chosen.
std::string empty_state_name();
std::string invalid_state_name(std::string_view name);
std::string invalid_label(std::string_view name);
std::string conflicting_member(std::string_view key);
inline constexpr std::string_view kTooDeep = "The states are too deeply nested";
std::string no_dollar(std::string_view field);
std::string no_path(std::string_view field);
inline constexpr std::string_view kStaticResult = "The Result of a Pass state is static: paths in it are not evaluated";

}  // namespace stepglass::loading::service
