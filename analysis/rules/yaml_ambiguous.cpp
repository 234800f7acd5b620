// Found while a definition is read.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule yaml_ambiguous;

const Rule yaml_ambiguous{
    .code = "ASL194",
    .name = "yaml-ambiguous",
    .severity = Severity::Info,
    .summary = "A word that YAML 1.1 and 1.2 take for different values.",
    .why = "The tool that deploys it may read another value than the one that was meant.",
    .bad = R"(StartAt: A
States:
  A: {Type: Pass, Result: yes, End: true}
)",
    .good = R"(StartAt: A
States:
  A: {Type: Succeed}
)",
    .source = "YAML 1.2",
};

}  // namespace stepglass::analysis
