// Found by analysis/sources in templates.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule substitution_undefined;

const Rule substitution_undefined{
    .code = "ASL369",
    .name = "substitution-undefined",
    .severity = Severity::Warning,
    .summary = "A ${word} in a definition that the template gives no value.",
    .why = "It stays as it stands, and where an ARN is wanted the deployment fails.",
    .bad = R"({"Resources": {"Orders": {"Type": "AWS::Serverless::StateMachine", "Properties": {
  "DefinitionSubstitutions": {"Pay": "x"}, "Definition": {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Pya}", "End": true}}}}}}})",
    .good = R"({"Resources": {"Orders": {"Type": "AWS::Serverless::StateMachine", "Properties": {
  "DefinitionSubstitutions": {"Pay": "x"}, "Definition": {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Pay}", "End": true}}}}}}})",
    .source = "CloudFormation reference, DefinitionSubstitutions",
};

}  // namespace stepglass::analysis
