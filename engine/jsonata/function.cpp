#include "engine/jsonata/function.h"

#include <algorithm>
#include <vector>

#include "engine/support/sort.h"

namespace stepglass::jsonata {
namespace {

/// Sorted by name; of one name in both dialects the one for the States dialect first.
const std::vector<const Function*>& registry() {
  static const std::vector<const Function*> all = [] {
    std::vector<const Function*> functions;
    for (const auto family : {aggregate_functions(), array_functions(), boolean_functions(), date_functions(),
                              encoding_functions(), higher_order_functions(), matching_functions(), meta_functions(),
                              number_functions(), object_functions(), states_functions(), string_functions()}) {
      for (const Function& function : family) functions.push_back(&function);
    }
    sort_stable(functions, [](const Function* a, const Function* b) {
      return a->name != b->name ? a->name < b->name : a->states_only && !b->states_only;
    });
    return functions;
  }();
  return all;
}

}  // namespace

std::span<const Function* const> functions() {
  return registry();
}

const Function* find_function(std::string_view name, Dialect dialect) {
  const auto& all = registry();
  auto found = std::lower_bound(all.begin(), all.end(), name,
                                [](const Function* function, std::string_view n) { return function->name < n; });
  for (; found != all.end() && (*found)->name == name; ++found) {
    if ((*found)->states_only && dialect != Dialect::States) continue;
    // The service has taken it out.
    if (name == "eval" && dialect == Dialect::States) return nullptr;
    return *found;
  }
  return nullptr;
}

}  // namespace stepglass::jsonata
