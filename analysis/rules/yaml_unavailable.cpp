// Found while a definition is read.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule yaml_unavailable;

const Rule yaml_unavailable{
    .code = "ASL195",
    .name = "yaml-unavailable",
    .severity = Severity::Error,
    .summary = "YAML in a build of Stepglass that reads none.",
    .why = "Nothing was checked.",
    .good = R"(StartAt: A
States:
  A: {Type: Succeed}
)",
    .source = "YAML 1.2",
};

}  // namespace stepglass::analysis
