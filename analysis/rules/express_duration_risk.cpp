#include <algorithm>

#include "analysis/graph/components.h"
#include "analysis/graph/paths.h"
#include "analysis/rules/check.h"
#include "engine/support/limits.h"

namespace stepglass::analysis {

extern const Rule express_duration_risk;

namespace {

constexpr auto kMaxSeconds = static_cast<std::uint64_t>(kMaxExpressSeconds);

struct Longest {
  std::uint64_t seconds = 0;
  std::vector<const State*> waits;  // those that wait, in the order of the way; inner ones are told by their owner
};

/// The way with the longest constant Waits, each state of a loop counted no more than one of it once. Recursion follows
/// the nesting of the definition, which reading bounds by kMaxDepth.
Longest longest_way(const ScopeView& scope) {
  const Components components = strong_components(scope.flow);
  std::vector<std::uint64_t> own(components.count), best(components.count);
  std::vector<const State*> waiting(components.count);
  std::vector<std::uint32_t> next(components.count, UINT32_MAX);
  const auto wait_of = [&](const State& state) -> std::uint64_t {
    if (const auto* wait = std::get_if<Wait>(&state.kind)) {
      const auto* seconds = std::get_if<std::int64_t>(&wait->seconds);
      // One that alone is too long is told by express-wait-too-long.
      return seconds && *seconds > 0 && *seconds <= static_cast<std::int64_t>(kMaxSeconds)
                 ? static_cast<std::uint64_t>(*seconds)
                 : 0;
    }
    std::uint64_t most = 0;
    const auto inside = [&](const Scope& inner) {
      if (const ScopeView* view = scope.machine.find(inner)) most = std::max(most, longest_way(*view).seconds);
    };
    if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
      for (const Scope& branch : parallel->branches) inside(branch);
    }
    return most;
  };
  std::vector<std::vector<Vertex>> members(components.count);
  for (Vertex v = 0; v < scope.flow.vertex_count(); ++v) members[components.of[v]].push_back(v);
  // Components that others lead to have smaller numbers.
  for (std::uint32_t c = 0; c < components.count; ++c) {
    for (const Vertex v : members[c]) {
      if (scope.flow.is_state(v)) {
        const std::uint64_t seconds = wait_of(scope.flow.state(v));
        if (seconds > own[c]) {
          own[c] = seconds;
          waiting[c] = &scope.flow.state(v);
        }
      }
      for (const Edge& edge : scope.flow.out(v)) {
        const std::uint32_t to = components.of[edge.to];
        if (to == c || (next[c] != UINT32_MAX && best[to] <= best[next[c]])) continue;
        next[c] = to;
      }
    }
    best[c] = own[c] + (next[c] == UINT32_MAX ? 0 : best[next[c]]);
  }
  Longest longest;
  const std::uint32_t start = components.of[scope.flow.entry()];
  longest.seconds = best[start];
  for (std::uint32_t c = start; c != UINT32_MAX; c = next[c]) {
    if (waiting[c]) longest.waits.push_back(waiting[c]);
  }
  return longest;
}

void check(const ScopeView& scope, Report& report) {
  if (!scope.express || !scope.complete || (scope.outer && !scope.is_child_execution())) return;
  const Longest longest = longest_way(scope);
  if (longest.seconds <= kMaxSeconds || longest.waits.empty()) return;
  Finding& finding = report.add(
      longest.waits.back()->name_span,
      fmt::format("the Waits on a way through {} are {} seconds together, but an Express execution lasts {} at most",
                  arrows(names_of(longest.waits)), longest.seconds, kMaxSeconds));
  finding.help = "make the Waits shorter, or use a Standard workflow";
}

}  // namespace

const Rule express_duration_risk{
    .code = "ASL233",
    .name = "express-duration-risk",
    .severity = Severity::Warning,
    .summary = "Waits that together last longer than an Express execution.",
    .why = "An execution that takes this way times out after five minutes, whatever else it does.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 200, "Next": "B"},
  "B": {"Type": "Wait", "Seconds": 200, "Next": "C"},
  "C": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 100, "Next": "B"},
  "B": {"Type": "Wait", "Seconds": 100, "Next": "C"},
  "C": {"Type": "Succeed"}}})",
    .source = "service quotas, \"Maximum execution time\"",
    .type = ExampleType::Express,
    .check = check,
};

}  // namespace stepglass::analysis
