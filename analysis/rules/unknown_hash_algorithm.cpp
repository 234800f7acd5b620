// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unknown_hash_algorithm;

const Rule unknown_hash_algorithm{
    .code = "ASL311",
    .name = "unknown-hash-algorithm",
    .severity = Severity::Warning,
    .summary = "A States.Hash by an algorithm that does not exist.",
    .why = "It is MD5, SHA-1, SHA-256, SHA-384 or SHA-512; the state fails otherwise.",
    .bad = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.Hash($.x, 'MD4')"}, "End": true}}})json",
    .good = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.Hash($.x, 'SHA-256')"}, "End": true}}})json",
    .source = "developer guide, \"Intrinsic functions\"",
};

}  // namespace stepglass::analysis
