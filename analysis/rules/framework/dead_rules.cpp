#include "analysis/rules/framework/dead_rules.h"

#include "analysis/rules/framework/condition_logic.h"

namespace stepglass::analysis {
namespace {

// Comparisons looked at for one state: enough for hundreds of rules.
constexpr std::size_t kMaxSteps = 200'000;

}  // namespace

std::vector<bool> dead_rules(const Choice& choice) {
  std::vector<bool> dead(choice.choices.size());
  ConditionLogic logic(kMaxSteps);
  // What is left unproved behind the last step counts as alive.
  std::size_t pairs = kMaxSteps;
  for (std::size_t i = 0; i < dead.size() && pairs > 0; ++i) {
    const Condition& condition = choice.choices[i].condition;
    dead[i] = logic.is_contradiction(condition);
    for (std::size_t j = 0; j < i && !dead[i] && pairs > 0; ++j, --pairs) {
      dead[i] = logic.implies(condition, choice.choices[j].condition);
    }
  }
  return dead;
}

}  // namespace stepglass::analysis
