// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule text_too_large;

const Rule text_too_large{
    .code = "ASL107",
    .name = "text-too-large",
    .severity = Severity::Error,
    .summary = "A text too large to be read.",
    .why = "It is far beyond what the service takes, and reading it costs memory for nothing.",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "a limit of Stepglass, 64 MiB",
};

}  // namespace stepglass::analysis
