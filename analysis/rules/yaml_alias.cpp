// Found while a definition is read.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule yaml_alias;

const Rule yaml_alias{
    .code = "ASL190",
    .name = "yaml-alias",
    .severity = Severity::Error,
    .summary = "An alias without its anchor, inside its own anchor, or that expands to too much.",
    .why = "It stands for nothing, or for more than any reader should build.",
    .bad = R"(StartAt: A
States:
  A: {Type: Pass, Result: *unknown, End: true}
)",
    .good = R"(StartAt: A
States:
  A: {Type: Succeed}
)",
    .source = "YAML 1.2",
};

}  // namespace stepglass::analysis
