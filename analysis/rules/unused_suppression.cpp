// Found when the directives are applied, see framework/suppression.h.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unused_suppression;

const Rule unused_suppression{
    .code = "ASL188",
    .name = "unused-suppression",
    .severity = Severity::Warning,
    .summary = "A directive in a Comment that keeps nothing quiet.",
    .why = "What it was for is mended, or its rule is misspelt; left there it would hide the next mistake. "
           "stepglass:ignore[RULE] counts for the object that has the Comment, ignore-tree[RULE] for what is inside, too, "
           "ignore-file[RULE] for the whole definition.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Comment": "stepglass:ignore[unreachable-state] not yet wired", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Comment": "not yet wired", "End": true}}})",
    .source = "Stepglass",
};

}  // namespace stepglass::analysis
