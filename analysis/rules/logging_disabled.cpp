// Found by analysis/sources in templates.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule logging_disabled;

const Rule logging_disabled{
    .code = "ASL367",
    .name = "logging-disabled",
    .severity = Severity::Info,
    .summary = "A template whose state machine keeps no log.",
    .why = "What an Express execution did is then nowhere to be found, and of Standard ones only for 90 days.",
    .bad = R"({"Resources": {"Orders": {"Type": "AWS::Serverless::StateMachine", "Properties": {
  "Tracing": {"Enabled": true}, "Definition": {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}}}}})",
    .good = R"({"Resources": {"Orders": {"Type": "AWS::Serverless::StateMachine", "Properties": {
  "Tracing": {"Enabled": true}, "Logging": {"Level": "ALL"}, "Definition": {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}}}}})",
    .source = "developer guide, \"Logging to CloudWatch Logs\"",
};

}  // namespace stepglass::analysis
