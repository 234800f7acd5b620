// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule credentials_missing_role;

const Rule credentials_missing_role{
    .code = "ASL155",
    .name = "credentials-missing-role",
    .severity = Severity::Error,
    .summary = "Credentials without RoleArn.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Credentials": {}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Credentials": {"RoleArn": "arn:aws:iam::111111111111:role/r"}, "End": true}}})",
    .source = "developer guide, \"Accessing cross-account AWS resources\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
