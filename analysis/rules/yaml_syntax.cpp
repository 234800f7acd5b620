// Found while a definition is read.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule yaml_syntax;

const Rule yaml_syntax{
    .code = "ASL189",
    .name = "yaml-syntax",
    .severity = Severity::Error,
    .summary = "Text that is not YAML.",
    .why = "Nothing behind the mistake can be read.",
    .bad = R"(StartAt: A
States:
  A: {Type: Succeed}
	B
)",
    .good = R"(StartAt: A
States:
  A: {Type: Succeed}
)",
    .source = "YAML 1.2",
};

}  // namespace stepglass::analysis
