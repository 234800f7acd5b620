#include <map>

#include "analysis/rules/check.h"
#include "analysis/rules/framework/loop_data.h"

namespace stepglass::analysis {

extern const Rule loop_counter_wrong_way;

namespace {

struct Tests {
  const Edge* wrong = nullptr;
  Need need;
  bool right = false;
};

void check(const ScopeView& scope, Report& report) {
  if (!scope.complete) return;
  for (const Loop& loop : scope.loops) {
    if (report.is_full()) return;
    if (!scope.reached[loop.states.front()]) continue;
    const LoopData data(scope, loop);
    if (data.counters().empty()) continue;
    std::map<std::string, Tests> tests;
    for (const Edge& edge : loop.exits) {
      for (Need& need : needs_of(scope, edge)) {
        const Counter* counter = data.counter(need.place);
        if (!counter) continue;
        Tests& of = tests[counter->place];
        if (need.above == (counter->step > 0)) {
          of.right = true;
        } else if (!of.wrong) {
          of.wrong = &edge;
          of.need = std::move(need);
        }
      }
    }
    for (const Counter& counter : data.counters()) {
      const auto found = tests.find(counter.place);
      if (found == tests.end() || found->second.right || !found->second.wrong) continue;
      const Edge& edge = *found->second.wrong;
      const auto& choice = std::get<stepglass::Choice>(scope.flow.state(edge.from).kind);
      const Need& need = found->second.need;
      Finding& finding =
          report.add(edge.way == Way::Choice ? choice.choices[edge.index].span : choice.default_next->span,
                     fmt::format("the loop is left when \"{}\" is {}{}{}, but goes {} by {} each turn",
                                 display_word(counter.place),
                                 need.inclusive ? ""
                                 : need.above   ? "more than "
                                                : "less than ",
                                 need.limit,
                                 !need.inclusive ? ""
                                 : need.above    ? " or more"
                                                 : " or less",
                                 counter.step > 0 ? "up" : "down", counter.step > 0 ? counter.step : -counter.step));
      finding.help = "count the other way, or turn the comparison round";
      finding.related.push_back({scope.flow.state(counter.writer).name_span, "here it is counted"});
    }
  }
}

}  // namespace

const Rule loop_counter_wrong_way{
    .code = "ASL231",
    .name = "loop-counter-wrong-way",
    .severity = Severity::Warning,
    .summary = "A loop whose counter moves away from the number at which the loop is left.",
    .why = "What does not hold at the first turn holds less and less: the counter never ends the loop.",
    .bad = R"json({"StartAt": "N", "States": {
  "N": {"Type": "Pass", "Result": {"i": 0}, "ResultPath": "$.count", "Next": "I"},
  "I": {"Type": "Pass", "Parameters": {"i.$": "States.MathAdd($.count.i, -1)"}, "ResultPath": "$.count", "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.count.i", "NumericGreaterThan": 10, "Next": "C"}], "Default": "W"},
  "W": {"Type": "Wait", "Seconds": 5, "Next": "I"},
  "C": {"Type": "Succeed"}}})json",
    .good = R"json({"StartAt": "N", "States": {
  "N": {"Type": "Pass", "Result": {"i": 0}, "ResultPath": "$.count", "Next": "I"},
  "I": {"Type": "Pass", "Parameters": {"i.$": "States.MathAdd($.count.i, 1)"}, "ResultPath": "$.count", "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.count.i", "NumericGreaterThan": 10, "Next": "C"}], "Default": "W"},
  "W": {"Type": "Wait", "Seconds": 5, "Next": "I"},
  "C": {"Type": "Succeed"}}})json",
    .source = "graph: a strong component; its only writer of what its Choices compare",
    .check = check,
};

}  // namespace stepglass::analysis
