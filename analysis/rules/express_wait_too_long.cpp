// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule express_wait_too_long;

const Rule express_wait_too_long{
    .code = "ASL187",
    .name = "express-wait-too-long",
    .severity = Severity::Warning,
    .summary = "A Wait that an Express workflow does not live to see the end of.",
    .why = "An Express execution lasts five minutes at most.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 600, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 60, "End": true}}})",
    .source = "service quotas, \"Maximum execution time\"",
    .type = ExampleType::Express,
};

}  // namespace stepglass::analysis
