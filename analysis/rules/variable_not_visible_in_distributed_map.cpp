#include "analysis/rules/check.h"
#include "analysis/rules/framework/variables.h"

namespace stepglass::analysis {

extern const Rule variable_not_visible_in_distributed_map;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const VariableProblem& problem : scope.machine.variable_problems()) {
    if (problem.scope != &scope || problem.kind != VariableProblem::Kind::Distributed || report.is_full()) continue;
    Finding& finding = report.add(
        problem.jsonata ? Severity::Warning : Severity::Error, problem.span,
        fmt::format("the variable \"${}\" cannot be seen inside a distributed Map", display_word(problem.name)));
    finding.help = "hand it in by the ItemSelector";
    finding.related.push_back({problem.assigned, "assigned here"});
  }
}

}  // namespace

const Rule variable_not_visible_in_distributed_map{
    .code = "ASL327",
    .name = "variable-not-visible-in-distributed-map",
    .severity = Severity::Error,
    .summary = "A variable from around a distributed Map, read inside it.",
    .why = "Each child of a distributed Map is an execution of its own, which sees no variables of its parent.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"total": 1}, "Next": "B"},
  "B": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
    "StartAt": "I", "States": {"I": {"Type": "Pass", "Parameters": {"a.$": "$total"}, "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"total": 1}, "Next": "B"},
  "B": {"Type": "Map", "ItemSelector": {"total.$": "$total"},
    "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
    "StartAt": "I", "States": {"I": {"Type": "Pass", "Parameters": {"a.$": "$.total"}, "End": true}}}, "End": true}}})",
    .source = "developer guide, \"Passing data between states with variables\"",
    .check = check,
};

}  // namespace stepglass::analysis
