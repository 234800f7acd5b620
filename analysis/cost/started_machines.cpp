// What tasks start, seen from the machine that starts it.

#include "analysis/cost/scope_cost.h"

namespace stepglass::analysis {
namespace {

/// The text of the member `key` of a template, when it is literal.
std::string_view literal_member(const TemplateField& field, std::string_view key) {
  const Value* value = nullptr;
  if (const auto* plain = std::get_if<Template>(&field)) {
    if (const auto* whole = std::get_if<Value>(&plain->root().content)) {
      value = whole->find(key);
    } else if (const auto* object = std::get_if<TemplateObject>(&plain->root().content)) {
      for (const TemplateObject::Copied& member : object->copied) {
        if (member.key == key) value = std::get_if<Value>(&member.node.front().content);
      }
    }
  } else if (const auto* jsonata = std::get_if<JsonataField>(&field)) {
    value = jsonata->written.find(key);
  }
  if (!value || !value->is_string()) return {};
  const std::string_view text = value->as_string();
  return text.starts_with("{%") ? std::string_view() : text;
}

}  // namespace

std::string_view started_machine(const State& state) {
  const auto* task = std::get_if<Task>(&state.kind);
  if (!task || task->resource.action != "startExecution" || task->resource.service != "states") return {};
  return literal_member(task->parameters, "StateMachineArn");
}

std::unique_ptr<ScopeCost> cost_of_machine(const StateMachine& machine, CostContext& context) {
  context.started->open.push_back(&machine);
  auto cost = cost_of_scope(machine.scope, context);
  context.started->open.pop_back();
  return cost;
}

double inner_steps(const ScopeCost& scope) {
  double steps = 0;
  for (std::size_t i = 0; i < scope.states.size(); ++i) {
    const StateCost& state = scope.states[i];
    if (state.inner.empty() || scope.flows.visits.empty()) continue;
    const auto* map = std::get_if<Map>(&state.state->kind);
    if (map && map->distributed) continue;
    const double runs = times(scope.flows.visits[i], state.inner_runs);
    for (const auto& inner : state.inner) steps += times(runs, 1 + inner_steps(*inner));
  }
  return steps;
}

std::vector<std::pair<const StartedMachine*, double>> started_runs(const ScopeCost& root,
                                                                   const StartedMachines& started) {
  std::unordered_map<const StartedMachine*, double> runs;
  const std::function<void(const ScopeCost&, double)> count = [&](const ScopeCost& scope, double times_run) {
    if (times_run == 0) return;
    for (std::size_t i = 0; i < scope.states.size(); ++i) {
      const StateCost& state = scope.states[i];
      const double visits = scope.flows.visits.empty() ? 0 : times(times_run, scope.flows.visits[i]);
      if (state.started) runs[state.started] += times(visits, state.attempts.expected);
      for (const auto& inner : state.inner) count(*inner, times(visits, state.inner_runs));
    }
  };
  count(root, 1);
  std::vector<std::pair<const StartedMachine*, double>> result;
  // What one starts stands before it.
  for (auto at = started.all.rbegin(); at != started.all.rend(); ++at) {
    const auto found = runs.find(&*at);
    if (found == runs.end()) continue;
    result.emplace_back(&*at, found->second);
    count(*at->cost, found->second);
  }
  return result;
}

}  // namespace stepglass::analysis
