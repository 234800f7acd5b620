#include "analysis/rules/framework/dead_rules.h"

#include "analysis/rules/framework/condition_logic.h"

namespace stepglass::analysis {

std::vector<bool> dead_rules(const Choice& choice) {
  std::vector<bool> dead(choice.choices.size());
  ConditionLogic logic;
  // What is left unproved behind the last step counts as alive.
  for (std::size_t i = 0; i < dead.size() && !logic.is_spent(); ++i) {
    const Condition& condition = choice.choices[i].condition;
    dead[i] = logic.is_contradiction(condition);
    for (std::size_t j = 0; j < i && !dead[i] && !logic.is_spent(); ++j) {
      dead[i] = logic.implies(condition, choice.choices[j].condition);
    }
  }
  return dead;
}

}  // namespace stepglass::analysis
