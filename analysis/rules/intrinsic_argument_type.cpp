#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"
#include "engine/intrinsic/function.h"

namespace stepglass::analysis {

extern const Rule intrinsic_argument_type;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::ArgumentType || report.is_full()) continue;
    const intrinsic::Function* function = intrinsic::find_function(problem.name);
    report.add(problem.span, problem.path_text).help =
        function ? fmt::format("write it as in {}", function->example) : std::string();
  }
}

}  // namespace

const Rule intrinsic_argument_type{
    .code = "ASL361",
    .name = "intrinsic-argument-type",
    .severity = Severity::Error,
    .summary = "An intrinsic function with an argument of the wrong type, or out of its range.",
    .why = "The state fails each time it runs.",
    .bad = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.MathAdd($.n, '1')"}, "End": true}}})json",
    .good = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.MathAdd($.n, 1)"}, "End": true}}})json",
    .source = "developer guide, \"Intrinsic functions\"",
    .check = check,
};

}  // namespace stepglass::analysis
