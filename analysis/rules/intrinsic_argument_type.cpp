#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"
#include "analysis/rules/framework/reads.h"
#include "engine/intrinsic/certain_failures.h"

namespace stepglass::analysis {

extern const Rule intrinsic_argument_type;

namespace {

void add(Report& report, Span span, std::string message, std::string_view function) {
  const intrinsic::Function* known = intrinsic::find_function(function);
  report.add(span, std::move(message)).help = known ? fmt::format("write it as in {}", known->example) : std::string();
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    if (state.language != QueryLanguage::JSONPath) continue;
    for_each_call(scope.node(state), [&](const intrinsic::Call& call, Node at, std::string_view) {
      if (report.is_full()) return;
      for (const intrinsic::CertainFailure& failure : intrinsic::find_certain_failures(call)) {
        add(report, at.span(), intrinsic::describe(failure), failure.function->name);
      }
    });
  }
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::ArgumentType || report.is_full()) continue;
    add(report, problem.span, problem.path_text, problem.name);
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
