#pragma once
// A machine in which chance stands in place of data, so that the interpreter can play what an estimate assumes: a
// Choice draws its way, a task fails now and then, a Map has its number of items. It shares nothing with the sums of
// expected_flows.h, which it is there to check. Private to analysis/cost.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "analysis/cost/scope_cost.h"
#include "engine/interpreter/world.h"
#include "engine/model/state_machine.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

class ChanceMachine {
 public:
  /// `cost` is that of `machine`'s own scope; it outlives this. Fails when the chance machine cannot be loaded, e.g.
  /// for a state whose transitions lead nowhere.
  static Result<std::unique_ptr<ChanceMachine>, std::string> make(const StateMachine& machine, const ScopeCost& cost) {
    Started started;
    return make(machine, cost, started);
  }

  const StateMachine& machine() const { return *loaded_.machine; }
  const Document& document() const { return document_; }

  /// What a task does.
  struct TaskPlan {
    ErrorShares failures;
    double seconds = 0;
    /// The machine that each attempt starts.
    std::shared_ptr<const ChanceMachine> started;
    bool waits = false;  // for it
  };
  /// Of a state of machine(); null for one that is no task.
  const TaskPlan* plan(const State& state) const;

 private:
  /// Those made already, each once.
  using Started = std::map<const StartedMachine*, std::shared_ptr<const ChanceMachine>>;

  ChanceMachine(std::string text, MachineType type);
  static Result<std::unique_ptr<ChanceMachine>, std::string> make(const StateMachine& machine, const ScopeCost& cost,
                                                                  Started& started);
  Result<void, std::string> plan_tasks(const Scope& scope, const ScopeCost& cost, Started& started);

  Document document_;
  LoadedMachine loaded_;
  std::vector<std::pair<const State*, TaskPlan>> plans_;  // sorted
};

}  // namespace stepglass::analysis
