#include <algorithm>
#include <string>

#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule impossible_error;

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

/// Beginnings of the errors of services that have integrations of their own, in lower case, and what tasks call them.
struct Prefix {
  std::string_view prefix;
  std::string_view service;
};
constexpr Prefix kPrefixes[] = {
    {"lambda", "lambda"},       {"dynamodb", "dynamodb"}, {"sqs", "sqs"},
    {"amazonsqs", "sqs"},       {"sns", "sns"},           {"ecs", "ecs"},
    {"amazonecs", "ecs"},       {"glue", "glue"},         {"batch", "batch"},
    {"sagemaker", "sagemaker"}, {"athena", "athena"},     {"codebuild", "codebuild"},
};

/// Why `task` never gives the error `name`; empty when it may.
std::string why_impossible(const Task& task, std::string_view name) {
  for (const std::string_view word : {"States.BranchFailed", "States.NoChoiceMatched", "States.ItemReaderFailed",
                                      "States.ResultWriterFailed", "States.ExceedToleratedFailureThreshold"}) {
    if (name == word) return "a Task never gives this error";
  }
  const bool has_heartbeat = task.heartbeat_seconds.index() != 0;
  if (name == "States.HeartbeatTimeout" && !has_heartbeat) return "the state has no heartbeat that could be missed";
  // Functions, workers, jobs and whoever holds a token give whatever names they like.
  if (task.resource.kind != Resource::Kind::Service && task.resource.kind != Resource::Kind::AwsSdk) return {};
  if (task.resource.waits_for_submission() || task.resource.service == "lambda") return {};
  std::string_view service = task.resource.service;
  if (service.starts_with("aws-sdk:")) service.remove_prefix(8);
  if (service == "lambda" || service == "states" || service == "sfn") return {};
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return {};
  const std::string prefix = lower(name.substr(0, dot));
  for (const Prefix& row : kPrefixes) {
    if (row.prefix == prefix && row.service != lower(service)) {
      return fmt::format("a call of {} gives no error of {}", service, name.substr(0, dot));
    }
  }
  return {};
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* task = std::get_if<Task>(&state.kind);
    if (!task || task->resource.arn.empty()) continue;
    const auto look = [&](const auto& entries) {
      for (const auto& entry : entries) {
        for (const std::string& name : entry.error_equals) {
          const std::string reason = why_impossible(*task, name);
          if (reason.empty() || report.is_full()) continue;
          report.add(entry.span, fmt::format("\"{}\": {}", display_word(name), reason)).help =
              "delete the name, or write the one that was meant";
        }
      }
    };
    look(state.retry);
    look(state.catchers);
  }
}

}  // namespace

const Rule impossible_error{
    .code = "ASL417",
    .name = "impossible-error",
    .severity = Severity::Warning,
    .summary = "An error name that the state cannot give.",
    .why = "The entry never acts: most often it was copied from another state.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish",
    "Parameters": {"TopicArn": "t", "Message": "m"},
    "Retry": [{"ErrorEquals": ["DynamoDB.ProvisionedThroughputExceededException"]}],
    "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish",
    "Parameters": {"TopicArn": "t", "Message": "m"},
    "Retry": [{"ErrorEquals": ["SNS.ThrottledException"]}],
    "End": true}}})",
    .source = "Amazon States Language, Appendix A; developer guide, \"Integrating services\"",
    .check = check,
};

}  // namespace stepglass::analysis
