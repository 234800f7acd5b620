// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule duplicate_key;

const Rule duplicate_key{
    .code = "ASL105",
    .name = "duplicate-key",
    .severity = Severity::Error,
    .summary = "The same key twice in one object.",
    .why = "Readers keep the last one: the first, such as a whole state, vanishes without a word.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Comment": "one", "Comment": "two", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "RFC 8259, section 4",
};

}  // namespace stepglass::analysis
