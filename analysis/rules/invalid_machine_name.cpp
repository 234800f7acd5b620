// Found by analysis/sources in templates.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_machine_name;

const Rule invalid_machine_name{
    .code = "ASL199",
    .name = "invalid-machine-name",
    .severity = Severity::Error,
    .summary = "A name that no state machine can have.",
    .why = "The deployment fails: a name has 1 to 80 characters, without blanks, brackets and most signs.",
    .bad = R"({"Resources": {"Orders": {"Type": "AWS::Serverless::StateMachine", "Properties": {
  "Name": "my orders", "Definition": {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}}}}})",
    .good = R"({"Resources": {"Orders": {"Type": "AWS::Serverless::StateMachine", "Properties": {
  "Name": "my-orders", "Definition": {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}}}}})",
    .source = "API reference, CreateStateMachine",
};

}  // namespace stepglass::analysis
