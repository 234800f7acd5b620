#include "analysis/api/cost.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "analysis/cost/derive.h"
#include "analysis/rules/framework/machine_view.h"
#include "engine/document/text_fault.h"
#include "engine/interpreter/named_machine.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

/// Why nothing can be said of the flow; nothing when something can.
std::optional<ApiError> fault_of(const Definition& definition) {
  for (const Diagnostic& diagnostic : definition.document.diagnostics()) {
    if (is_syntax_error(diagnostic)) return ApiError{"InvalidDefinition", diagnostic.message, {}};
  }
  if (definition.loaded.machine && definition.loaded.machine->scope.start_at.state) return std::nullopt;
  const auto loaded = check_runnable(definition);
  if (!loaded) return loaded.error();
  return ApiError{"InvalidDefinition", "StartAt names no state", {}};
}

/// The machines of a request, by what tasks call them.
class MachinesOf {
 public:
  explicit MachinesOf(const CostRequest& request) : request_(request) {
    for (const NamedDefinition& named : request.machines) {
      machines_.push_back({named.name, named.definition->loaded.machine.get()});
    }
  }

  const NamedDefinition* find(std::string_view arn) const {
    const NamedMachine* found = find_machine(machines_, arn);
    if (!found || !found->machine || !found->machine->scope.start_at.state) return nullptr;
    return &request_.machines[static_cast<std::size_t>(found - machines_.data())];
  }

  std::optional<MachineAtHand> at_hand(std::string_view arn) const {
    const NamedDefinition* found = find(arn);
    if (!found) return std::nullopt;
    return MachineAtHand{std::string(bare_name(found->name)), found->definition->loaded.machine.get(),
                         definition_bytes(*found->definition)};
  }

  static std::size_t definition_bytes(const Definition& definition) {
    const auto root = definition.document.root();
    return root ? root->span().end - root->span().begin : definition.document.text().size();
  }

 private:
  const CostRequest& request_;
  std::vector<NamedMachine> machines_;
};

/// Calls `take` with the ARN of every machine that a task of `scope`, or of a scope inside, starts.
template <typename Take>
void each_started(const Scope& scope, const Take& take) {
  for (const State& state : scope.states) {
    if (const std::string_view arn = started_machine(state); !arn.empty()) take(arn);
    if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
      for (const Scope& branch : parallel->branches) each_started(branch, take);
    } else if (const auto* map = std::get_if<Map>(&state.kind)) {
      each_started(map->processor, take);
    }
  }
}

void assume_more(const Definition& definition, std::string_view name, const CostRequest& request, Assumptions& into) {
  const StateMachine& machine = *definition.loaded.machine;
  if (request.observed) request.observed->assume(machine, name, into);
  derive_assumptions(MachineView(definition.document, machine), name, into);
}

}  // namespace

Assumptions all_assumptions(const Definition& definition, const CostRequest& request) {
  Assumptions assumptions = request.assumptions;
  if (!definition.loaded.machine) return assumptions;
  assume_more(definition, request.name, request, assumptions);
  if (request.machines.empty()) return assumptions;
  const MachinesOf machines(request);
  std::set<const NamedDefinition*> known;
  std::vector<const Scope*> open{&definition.loaded.machine->scope};
  while (!open.empty()) {
    const Scope& scope = *open.back();
    open.pop_back();
    each_started(scope, [&](std::string_view arn) {
      const NamedDefinition* named = machines.find(arn);
      if (!named || !known.insert(named).second) return;
      assume_more(*named->definition, bare_name(named->name), request, assumptions);
      open.push_back(&named->definition->loaded.machine->scope);
    });
  }
  return assumptions;
}

Result<Estimate, ApiError> estimate(const Definition& definition, const CostRequest& request) {
  if (auto fault = fault_of(definition)) return *std::move(fault);
  EstimateOptions options;
  options.paths = request.paths;
  const MachinesOf machines(request);
  options.machine_of = [&](std::string_view arn) { return machines.at_hand(arn); };
  Estimate result = estimate_cost(*definition.loaded.machine, request.name, MachinesOf::definition_bytes(definition),
                                  all_assumptions(definition, request), options);
  std::size_t errors = 0;
  for (const Diagnostic& diagnostic : definition.loaded.diagnostics) errors += diagnostic.severity == Severity::Error;
  if (errors > 0) {
    result.notes.insert(result.notes.begin(), fmt::format("The definition has {}: \"stepglass lint\" tells of them.",
                                                          counted(errors, "error")));
  }
  return result;
}

Result<SimulatedCost, ApiError> simulate(const Definition& definition, const CostRequest& request,
                                         SimulateOptions options) {
  if (auto fault = fault_of(definition)) return *std::move(fault);
  const MachinesOf machines(request);
  options.machine_of = [&](std::string_view arn) { return machines.at_hand(arn); };
  auto result = simulate_cost(*definition.loaded.machine, request.name, all_assumptions(definition, request), options);
  if (!result) return ApiError{"NotSimulated", std::move(result).error(), {}};
  return *std::move(result);
}

std::vector<std::pair<std::size_t, std::string>> unused_histories(const Observations& observed,
                                                                  const std::vector<const Estimate*>& estimates) {
  std::vector<std::set<std::string_view>> machines;
  for (const Estimate* estimate : estimates) {
    std::map<std::string_view, std::set<std::string_view>> states;
    for (const LedgerRow& row : estimate->ledger) states[row.machine].insert(row.state);
    for (auto& [machine, names] : states) machines.push_back(std::move(names));
  }
  std::vector<std::pair<std::size_t, std::string>> unused;
  for (std::size_t i = 0; i < observed.executions(); ++i) {
    const auto names = observed.states_of(i);
    std::string_view missing;
    const bool fits = std::any_of(machines.begin(), machines.end(), [&](const auto& states) {
      const auto at = std::find_if(names.begin(), names.end(), [&](auto name) { return !states.contains(name); });
      if (at != names.end() && missing.empty()) missing = *at;
      return at == names.end();
    });
    if (fits) continue;
    unused.emplace_back(i, fmt::format("is of another state machine: none here has all of its states{}",
                                       missing.empty() ? "" : fmt::format(", e.g. \"{}\"", display_word(missing))));
  }
  return unused;
}

std::vector<std::string> unused_assumptions(const Assumptions& assumptions,
                                            const std::vector<const Estimate*>& estimates) {
  std::vector<std::string> unused;
  std::set<std::string_view> machines, all_states;
  std::map<std::string_view, std::set<std::string_view>> states;
  for (const Estimate* estimate : estimates) {
    machines.insert(estimate->machine);
    for (const LedgerRow& row : estimate->ledger) {
      const std::string_view machine = row.machine.empty() ? estimate->machine : row.machine;
      machines.insert(machine);
      if (row.state.empty()) continue;
      states[machine].insert(row.state);
      all_states.insert(row.state);
    }
  }
  const auto tell = [&](std::string_view what, std::string_view name, const std::set<std::string_view>& known) {
    const auto meant = nearest(name, known);
    unused.push_back(fmt::format("there is no {} \"{}\", of which something is assumed{}", what, display_word(name),
                                 meant ? fmt::format("; did you mean \"{}\"?", display_word(*meant)) : std::string()));
  };
  for (const auto& [state, assumed] : assumptions.all.states) {
    if (!all_states.contains(state)) tell("state", state, all_states);
  }
  for (const auto& [machine, own] : assumptions.machines) {
    if (!machines.contains(machine)) {
      tell("state machine", machine, machines);
      continue;
    }
    for (const auto& [state, assumed] : own.states) {
      if (!states[machine].contains(state)) tell("state", state, states[machine]);
    }
  }
  return unused;
}

}  // namespace stepglass::analysis
