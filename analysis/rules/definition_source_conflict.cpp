// Found by analysis/sources in templates.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule definition_source_conflict;

const Rule definition_source_conflict{
    .code = "ASL366",
    .name = "definition-source-conflict",
    .severity = Severity::Error,
    .summary = "A template whose state machine has several definitions, or none.",
    .why = "The deployment fails.",
    .bad = R"({"Resources": {"Orders": {"Type": "AWS::Serverless::StateMachine", "Properties": {
  "DefinitionUri": "orders.asl.json", "Definition": {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}}}}})",
    .good = R"({"Resources": {"Orders": {"Type": "AWS::Serverless::StateMachine", "Properties": {
  "Definition": {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}}}}})",
    .source = "CloudFormation and SAM references",
};

}  // namespace stepglass::analysis
