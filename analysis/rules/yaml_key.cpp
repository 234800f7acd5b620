// Found while a definition is read.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule yaml_key;

const Rule yaml_key{
    .code = "ASL191",
    .name = "yaml-key",
    .severity = Severity::Error,
    .summary = "A key that is no text.",
    .why = "JSON, which the service reads, has only texts as keys.",
    .bad = R"(StartAt: A
States:
  A: {Type: Pass, Result: {[1]: 2}, End: true}
)",
    .good = R"(StartAt: A
States:
  A: {Type: Succeed}
)",
    .source = "YAML 1.2",
};

}  // namespace stepglass::analysis
