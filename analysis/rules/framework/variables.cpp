#include "analysis/rules/framework/variables.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "analysis/graph/paths.h"
#include "analysis/rules/framework/reads.h"
#include "analysis/rules/framework/report.h"
#include "engine/model/placeholder.h"

namespace stepglass::analysis {
namespace {

// Vertices looked at while ways without assignments are searched, in one machine. Behind it nothing is claimed.
constexpr std::size_t kMaxVisits = 4'000'000;

/// One place that assigns a variable: a state as a whole, one of its rules, or one of its catchers.
struct Assignment {
  Vertex state;
  enum class On : std::uint8_t { State, Rule, Catcher } on;
  std::uint32_t index;
  Span span;
};

using Assignments = std::map<std::string, std::vector<Assignment>, std::less<>>;

struct ScopeVariables {
  const ScopeView* view;
  Assignments assigned;
  /// Something is assigned that is not known, such as under a placeholder.
  bool unknown = false;
};

struct VariableRead {
  std::string name;
  Vertex state;
  Span span;
  bool jsonata;
  /// It is no problem when the variable has no value.
  bool guarded;
  /// It asks only whether there is a value.
  bool asks = false;
};

std::string_view without_suffix(std::string_view key) {
  if (key.ends_with(".$")) key.remove_suffix(2);
  return key;
}

void add_assign(Node object, Vertex state, Assignment::On on, std::uint32_t index, ScopeVariables& scope) {
  if (!object.is_object()) return;
  const auto assign = object.find("Assign");
  if (!assign) return;
  if (!assign->is_object()) {
    scope.unknown = true;
    return;
  }
  for (auto member = assign->first_child(); member; member = member->next_sibling()) {
    if (contains_placeholder(member->key())) scope.unknown = true;
    scope.assigned[std::string(without_suffix(member->key()))].push_back({state, on, index, member->key_span()});
  }
}

ScopeVariables read_assignments(const ScopeView& view) {
  ScopeVariables scope{&view, {}, false};
  for (std::size_t i = 0; i < view.nodes.size(); ++i) {
    const Node node = view.nodes[i];
    if (!node.is_object()) continue;
    const auto state = static_cast<Vertex>(i);
    add_assign(node, state, Assignment::On::State, 0, scope);
    for (const auto& [field, on] : {std::pair("Choices", Assignment::On::Rule), {"Catch", Assignment::On::Catcher}}) {
      const auto list = member(node, field, Node::Kind::Array);
      if (!list) continue;
      std::uint32_t index = 0;
      for (auto item = list->first_child(); item; item = item->next_sibling()) {
        add_assign(*item, state, on, index++, scope);
      }
    }
  }
  return scope;
}

std::vector<VariableRead> read_reads(const ScopeView& view) {
  std::vector<VariableRead> reads;
  for (std::size_t i = 0; i < view.nodes.size(); ++i) {
    const Node node = view.nodes[i];
    const auto state = static_cast<Vertex>(i);
    if (view.states()[i].language == QueryLanguage::JSONPath) {
      // A path that IsPresent tests may be missing; whatever else the state reads may then be guarded by it.
      bool guarded = false;
      if (std::holds_alternative<Choice>(view.states()[i].kind)) {
        for_each_read(node, [&](const Read& read) { guarded = guarded || read.tests_presence; });
      }
      for_each_read(node, [&](const Read& read) {
        if (read.root != path::Query::Root::Variable) return;
        reads.push_back({std::string(read.variable), state, read.at.span(), false, guarded, read.tests_presence});
      });
      continue;
    }
    for_each_expression(node, [&](std::string_view text, Node at, std::string_view) {
      const bool asks = text.find("$exists") != std::string_view::npos;
      // Only in plain chains of names and operators must every variable have a value: functions and conditions may do
      // without.
      const bool guarded = text.find_first_of("({[?:") != std::string_view::npos ||
                           text.find(" or ") != std::string_view::npos || text.find(" and ") != std::string_view::npos;
      for (const std::string& name : free_variables(text)) {
        reads.push_back({name, state, at.span(), true, guarded, asks});
      }
    });
  }
  return reads;
}

bool assigns(const Edge& edge, const std::vector<Assignment>& assignments) {
  return std::any_of(assignments.begin(), assignments.end(), [&](const Assignment& assignment) {
    if (assignment.state != edge.from) return false;
    switch (assignment.on) {
      case Assignment::On::State:
        // A choice rule has an Assign of its own; the state's counts for its Default.
        return edge.way != Way::Catch && edge.way != Way::Choice;
      case Assignment::On::Rule:
        return edge.way == Way::Choice && edge.index == assignment.index;
      case Assignment::On::Catcher:
        return edge.way == Way::Catch && edge.index == assignment.index;
    }
    return false;
  });
}

class Finder {
 public:
  explicit Finder(const MachineView& machine) {
    for (const ScopeView& view : machine.scopes()) scopes_.push_back(read_assignments(view));
    for (const ScopeVariables& scope : scopes_) {
      unknown_ = unknown_ || scope.unknown;
      for (const auto& [name, assignments] : scope.assigned) anywhere_.emplace(name, assignments.front().span);
    }
  }

  std::vector<VariableProblem> find() {
    for (const ScopeVariables& scope : scopes_) {
      std::set<std::pair<std::string, std::uint32_t>> told;
      for (const VariableRead& read : read_reads(*scope.view)) {
        read_.insert(read.name);
        // One text may read the same variable several times.
        if (told.insert({read.name, read.span.begin}).second) check(scope, read);
      }
    }
    for (const ScopeVariables& scope : scopes_) {
      if (!scope.view->complete) continue;
      for (const auto& [name, assignments] : scope.assigned) {
        if (read_.count(name)) continue;
        VariableProblem problem{VariableProblem::Kind::NeverRead, name, assignments.front().span};
        problem.scope = scope.view;
        problems_.push_back(std::move(problem));
      }
    }
    return std::move(problems_);
  }

 private:
  const ScopeVariables& of(const ScopeView& view) const {
    return *std::find_if(scopes_.begin(), scopes_.end(), [&](const ScopeVariables& s) { return s.view == &view; });
  }

  void add(VariableProblem::Kind kind, const ScopeVariables& scope, const VariableRead& read,
           std::optional<Span> assigned, std::vector<std::string> path = {}) {
    VariableProblem problem{kind, read.name, read.span};
    problem.has_assigned = assigned.has_value();
    if (assigned) problem.assigned = *assigned;
    problem.path = std::move(path);
    problem.jsonata = read.jsonata;
    problem.scope = scope.view;
    problems_.push_back(std::move(problem));
  }

  void check(const ScopeVariables& scope, const VariableRead& read) {
    if (unknown_ || read.asks) return;
    // From the innermost scope outwards to the one that assigns the variable.
    const ScopeView* view = scope.view;
    Vertex at = read.state;
    bool hidden = false;
    while (true) {
      const ScopeVariables& here = of(*view);
      if (const auto found = here.assigned.find(read.name); found != here.assigned.end()) {
        if (hidden) return add(VariableProblem::Kind::Distributed, scope, read, found->second.front().span);
        return check_assigned(here, found->second, at, scope, read);
      }
      if (!view->outer) break;
      hidden = hidden || view->is_child_execution();
      at = view->outer->flow.vertex(*view->owner);
      view = view->outer;
    }
    const auto elsewhere = anywhere_.find(read.name);
    if (elsewhere != anywhere_.end()) return add(VariableProblem::Kind::OutOfScope, scope, read, elsewhere->second);
    add(VariableProblem::Kind::Undefined, scope, read, std::nullopt);
  }

  /// Looks for a way from the entry of `here` to `at` on which nothing assigns the variable.
  void check_assigned(const ScopeVariables& here, const std::vector<Assignment>& assignments, Vertex at,
                      const ScopeVariables& scope, const VariableRead& read) {
    const FlowGraph& flow = here.view->flow;
    if (read.guarded || !here.view->complete || !here.view->reached[at]) return;
    const std::size_t cost = flow.edges().size() * (1 + assignments.size() / 8);
    if (cost > visits_left_) return;
    visits_left_ -= cost;
    const auto path =
        shortest_path(flow, flow.entry(), at, [&](const Edge& edge) { return !assigns(edge, assignments); });
    if (path.empty()) return;
    const bool same =
        std::any_of(assignments.begin(), assignments.end(), [&](const Assignment& a) { return a.state == at; });
    add(same ? VariableProblem::Kind::SameState : VariableProblem::Kind::MaybeUnassigned, scope, read,
        assignments.front().span, names_of(states_of(flow, path)));
  }

  std::deque<ScopeVariables> scopes_;
  std::map<std::string, Span, std::less<>> anywhere_;
  std::set<std::string, std::less<>> read_;
  std::vector<VariableProblem> problems_;
  std::size_t visits_left_ = kMaxVisits;
  bool unknown_ = false;
};

}  // namespace

std::vector<VariableProblem> find_variable_problems(const MachineView& machine) {
  // Most definitions have no variables at all.
  return Finder(machine).find();
}

}  // namespace stepglass::analysis
