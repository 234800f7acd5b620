// Connects the states of a scope: names to states, what cannot be reached, what never ends, names that stand twice.

#include <algorithm>

#include "engine/model/loader.h"
#include "engine/model/name_index.h"
#include "engine/model/placeholder.h"
#include "engine/model/service_words.h"
#include "engine/support/sort.h"

namespace stepglass::loading {
namespace {

/// Which states can be reached from StartAt. Each state and each reference is looked at once.
std::vector<bool> reach(const ScopeLoad& load, const std::vector<const State*>& targets) {
  const std::vector<State>& states = load.scope.states;
  // References come state by state, in order, after that of StartAt.
  std::vector<std::size_t> first(states.size() + 1, load.references.size());
  for (std::size_t i = load.references.size(); i-- > 0;) {
    const std::size_t from = load.references[i].from;
    if (from != Reference::kFromStart) first[from] = i;
  }
  std::vector<bool> reached(states.size());
  std::vector<std::size_t> open;
  const auto visit = [&](const State* state) {
    if (!state) return;
    const std::size_t index = static_cast<std::size_t>(state - states.data());
    if (reached[index]) return;
    reached[index] = true;
    open.push_back(index);
  };
  for (std::size_t i = 0; i < load.references.size(); ++i) {
    if (load.references[i].from == Reference::kFromStart) visit(targets[i]);
  }
  while (!open.empty()) {
    const std::size_t from = open.back();
    open.pop_back();
    for (std::size_t i = first[from]; i < load.references.size() && load.references[i].from == from; ++i) {
      visit(targets[i]);
    }
  }
  return reached;
}

}  // namespace

void Loader::connect(ScopeLoad& load, const NameIndex& index) {
  Scope& scope = load.scope;
  const auto find = [&](std::string_view name) -> const State* {
    const auto position = index.find(name);
    return position ? &scope.states[*position] : nullptr;
  };
  bool start_is_known = true;
  std::vector<const State*> targets;
  targets.reserve(load.references.size());
  for (const Reference& reference : load.references) {
    const std::string_view name = reference.node.text();
    const State* target = find(name);
    targets.push_back(target);
    reference.target->state = target;
    if (target) continue;
    if (load.has_placeholder_name || contains_placeholder(name)) {
      load.has_unknown_target = true;
      continue;
    }
    const bool is_start = reference.from == Reference::kFromStart;
    if (is_start) start_is_known = false;
    findings_.say({.message = service::missing_target(name),
                   .at = reference.node,
                   .phase = Phase::Targets,
                   .code = "MISSING_TRANSITION_TARGET"});
    Dangling dangling{.node = reference.node, .is_start = is_start, .near = {}};
    std::vector<std::string_view> candidates;
    if (findings_.can_suggest(scope.states.size())) {
      for (const State& state : scope.states) candidates.emplace_back(state.name);
    }
    if (const auto near = findings_.suggest(name, candidates)) dangling.near = std::string(*near);
    dangling_.push_back(std::move(dangling));
  }

  if (!load.has_unknown_end && !load.has_end) {
    Finding finding{.name = "no-terminal-state",
                    .at = load.object,
                    .span = head(load.object),
                    .message = load.is_machine ? "the state machine has no state at which it ends"
                                               : "no state ends this: it runs for ever",
                    .help = "write \"End\": true in a state, or add a Succeed or Fail state"};
    if (load.is_machine) {
      findings_.add(std::move(finding), {.message = std::string(service::kNoEnd),
                                         .at = std::nullopt,
                                         .phase = Phase::End,
                                         .code = "MISSING_END_STATE"});
    } else {
      // The service looks at the machine itself only. Measured.
      finding.severity = Severity::Warning;
      findings_.add(std::move(finding));
    }
  }

  if (load.has_unknown_target) return;
  const std::vector<bool> reached = reach(load, targets);
  for (std::size_t i = 0; i < scope.states.size(); ++i) {
    if (reached[i]) continue;
    const ServiceWords words{.message = service::unreachable(scope.states[i].name),
                             .at = load.state_nodes[i],
                             .phase = Phase::Reach,
                             .code = "MISSING_TRANSITION_TARGET"};
    if (!start_is_known) {
      // Everything is out of reach, which the wrong StartAt says already.
      findings_.say(words);
      continue;
    }
    findings_.add({.name = "unreachable-state",
                   .at = load.state_nodes[i],
                   .span = scope.states[i].name_span,
                   .message = fmt::format("state \"{}\" can never run", quoted(scope.states[i].name)),
                   .help = "name it in a Next, Default or Catch, or delete it"},
                  words);
  }
}

void Loader::report_dangling() {
  if (dangling_.empty()) return;
  NameIndex index;
  index.reserve(names_.size());
  for (const Node& node : names_) index.add(node.key());
  index.sort();
  for (const Dangling& dangling : dangling_) {
    const std::string_view name = dangling.node.text();
    if (const auto elsewhere = index.find(name)) {
      const auto place = findings_.location(names_[*elsewhere]);
      findings_.add({.name = "transition-leaves-scope",
                     .at = dangling.node,
                     .span = dangling.node.span(),
                     .message = fmt::format("state \"{}\" is in another scope", quoted(name)),
                     .help = fmt::format("only states of the same \"States\" can be named here; this one stands at {}",
                                         place ? quoted(*place) : "another place")});
      continue;
    }
    std::string help = dangling.near.empty() ? "name a state of the same \"States\""
                                             : fmt::format("did you mean \"{}\"?", quoted(dangling.near));
    findings_.add({.name = dangling.is_start ? "unknown-start-at" : "unknown-transition-target",
                   .at = dangling.node,
                   .span = dangling.node.span(),
                   .message = fmt::format("there is no state \"{}\"", quoted(name)),
                   .help = std::move(help),
                   .suggestion = std::string(dangling.near)});
  }
}

void Loader::report_duplicates() {
  std::vector<Node> again;
  if (scopes_ > 1) {  // within one scope the document reports them, as equal keys
    struct Named {
      HashedName name;
      Node node;
    };
    std::vector<Named> sorted;
    sorted.reserve(names_.size());
    for (const Node& node : names_) sorted.push_back({HashedName(node.key()), node});
    sort_stable(sorted, [](const Named& a, const Named& b) {
      return a.name == b.name ? a.node.span().begin < b.node.span().begin : a.name < b.name;
    });
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      if (sorted[i].name == sorted[i - 1].name && !contains_placeholder(sorted[i].name.name)) {
        again.push_back(sorted[i].node);
      }
    }
  }
  const auto by_place = [](const Node& a, const Node& b) { return a.span().begin < b.span().begin; };
  sort_stable(again, by_place);
  for (const Node& node : again) {
    findings_.add({.name = "duplicate-state-name",
                   .at = node,
                   .span = head(node),
                   .message = fmt::format("a second state is named \"{}\"", quoted(node.key())),
                   .help = "names are unique in the whole machine, nested states included; rename one of the two"},
                  {.message = service::duplicate_state(node.key()),
                   .at = node,
                   .phase = Phase::Names,
                   .code = "DUPLICATE_STATE_NAME"});
  }

  sort_stable(labels_, [](const Node& a, const Node& b) { return a.text() < b.text(); });
  std::vector<Node> labels_again;
  for (std::size_t i = 1; i < labels_.size(); ++i) {
    if (labels_[i].text() == labels_[i - 1].text()) labels_again.push_back(labels_[i]);
  }
  sort_stable(labels_again, by_place);
  for (const Node& node : labels_again) {
    findings_.add({.name = "duplicate-map-label",
                   .at = node,
                   .span = node.span(),
                   .message = fmt::format("a second Map is labelled \"{}\"", quoted(node.text())),
                   .help = "labels are unique in the whole machine; choose another"},
                  {.message = service::duplicate_label(node.text()),
                   .at = node,
                   .phase = Phase::Names,
                   .code = "DUPLICATE_LABEL_NAME"});
  }
}

}  // namespace stepglass::loading
