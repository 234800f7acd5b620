// Found while a definition is read.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule yaml_documents;

const Rule yaml_documents{
    .code = "ASL193",
    .name = "yaml-documents",
    .severity = Severity::Warning,
    .summary = "Several documents in one file.",
    .why = "Only the first is a definition that anybody reads.",
    .bad = R"(StartAt: A
States:
  A: {Type: Succeed}
---
StartAt: B
)",
    .good = R"(StartAt: A
States:
  A: {Type: Succeed}
)",
    .source = "YAML 1.2",
};

}  // namespace stepglass::analysis
