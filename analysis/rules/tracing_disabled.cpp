// Found by analysis/sources in templates.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule tracing_disabled;

const Rule tracing_disabled{
    .code = "ASL368",
    .name = "tracing-disabled",
    .severity = Severity::Info,
    .summary = "A template whose state machine is not traced by X-Ray.",
    .why = "Where the time of an execution goes across services is then not to be seen.",
    .bad = R"({"Resources": {"Orders": {"Type": "AWS::Serverless::StateMachine", "Properties": {
  "Logging": {"Level": "ALL"}, "Definition": {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}}}}})",
    .good = R"({"Resources": {"Orders": {"Type": "AWS::Serverless::StateMachine", "Properties": {
  "Tracing": {"Enabled": true}, "Logging": {"Level": "ALL"}, "Definition": {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}}}}})",
    .source = "developer guide, \"X-Ray\"",
};

}  // namespace stepglass::analysis
