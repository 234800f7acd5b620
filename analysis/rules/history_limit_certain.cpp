#include "analysis/graph/paths.h"
#include "analysis/rules/check.h"
#include "analysis/rules/framework/history_bounds.h"
#include "engine/support/limits.h"

namespace stepglass::analysis {

extern const Rule history_limit_certain;

namespace {

// With fewer states, and nothing that multiplies them, no execution gets near the limit.
constexpr std::size_t kFewStates = 2000;

bool can_be_long(const MachineView& machine) {
  std::size_t states = 0;
  for (const ScopeView& scope : machine.scopes()) {
    if (!scope.loops.empty()) return true;
    const auto* map = scope.owner ? std::get_if<Map>(&scope.owner->kind) : nullptr;
    if (map && !map->distributed) return true;
    states += scope.states().size();
  }
  return states >= kFewStates;
}

void check(const ScopeView& scope, Report& report) {
  if (!has_history(scope) || !scope.complete || !can_be_long(scope.machine)) return;
  const HistoryBounds& bounds = scope.machine.history_bounds();
  const auto& least = bounds.least(scope);
  // The execution has two events of its own.
  if (!least || least->cost + 2 <= kMaxHistoryEvents) return;
  const State* most = nullptr;
  std::uint64_t most_events = 0;
  for (const State* state : states_of(scope.flow, least->edges)) {
    const std::uint64_t events = bounds.of_state(scope, *state);
    if (events <= most_events) continue;
    most = state;
    most_events = events;
  }
  if (!most) return;
  const auto items = known_items(scope, *most);
  std::string message = fmt::format("no execution can succeed: it needs {} events or more, and its history ends at {}",
                                    least->cost + 2, kMaxHistoryEvents);
  if (items && *items > 0) {
    message += fmt::format("; each of the {} items of \"{}\" takes {}", *items, display_word(most->name),
                           (most_events - 4) / *items);
  }
  Finding& finding = report.add(most->name_span, std::move(message));
  finding.help = "use a distributed Map, or start an execution for each part of the work";
  finding.path = names_of(states_of(scope.flow, least->edges));
}

}  // namespace

const Rule history_limit_certain{
    .code = "ASL510",
    .name = "history-limit-certain",
    .severity = Severity::Error,
    .summary = "An execution that has more events than a history can hold, whatever way it takes.",
    .why =
        "A Standard execution fails at 25,000 events. Maps over a known number of items and loops that count to a "
        "constant are counted with all their events, everything else with the fewest it can have.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "QueryLanguage": "JSONata", "Items": "{% [1..6000] %}", "MaxConcurrency": 1, "End": true,
    "ItemProcessor": {"StartAt": "I", "States": {
      "I": {"Type": "Wait", "Seconds": 1, "Next": "J"},
      "J": {"Type": "Pass", "End": true}}}}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "QueryLanguage": "JSONata", "Items": "{% [1..600] %}", "MaxConcurrency": 1, "End": true,
    "ItemProcessor": {"StartAt": "I", "States": {
      "I": {"Type": "Pass", "End": true}}}}}})",
    .source = "service quotas, \"Maximum execution history size\"",
    .check = check,
};

}  // namespace stepglass::analysis
