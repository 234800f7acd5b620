// Found while a definition is read.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule yaml_tag;

const Rule yaml_tag{
    .code = "ASL192",
    .name = "yaml-tag",
    .severity = Severity::Warning,
    .summary = "A tag that neither YAML nor CloudFormation knows.",
    .why = "Other readers may refuse it; here the value is read as if it were not there.",
    .bad = R"(StartAt: A
States:
  A: {Type: Pass, Result: !money 2, End: true}
)",
    .good = R"(StartAt: A
States:
  A: {Type: Succeed}
)",
    .source = "YAML 1.2",
};

}  // namespace stepglass::analysis
