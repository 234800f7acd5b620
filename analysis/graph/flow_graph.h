#pragma once
// The flow of one scope: its states, an entry and an exit, and the ways between them. Branches and processors are
// scopes, with graphs of their own. Questions are free functions in headers beside this one: reachable.h, components.h,
// dominators.h, cycles.h, paths.h.
//
// Made also of broken definitions: a transition to a state that does not exist makes no edge, see missing() and
// all_ways(). A state of unknown type ends its scope only where it says so.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/model/state.h"

namespace stepglass::analysis {

/// States have the numbers they have in their scope; behind them come the entry and the exit.
using Vertex = std::uint32_t;

/// Why one goes from one place to another.
enum class Way : std::uint8_t { Start, Next, Choice, Default, Catch, End };

struct Edge {
  Vertex from;
  Vertex to;
  Way way;
  /// The number of the choice rule or catcher, from 0.
  std::uint32_t index = 0;
};

/// A transition to a state that does not exist.
struct MissingTarget {
  Vertex from;
  Way way;
  std::uint32_t index = 0;  // as in Edge
  /// How many of edges() come before it.
  std::uint32_t place = 0;
  /// What it names; its name is empty where it is no text.
  const Target* target;
};

/// What a scope's definition says of ways, those to no state included.
struct AllWays {
  /// In the order of FlowGraph::edges(): those of one origin as they are tried. Those to missing states lead to the
  /// vertices behind the exit, one for each name.
  std::vector<Edge> edges;
  /// Names of missing states, in the order of their vertices, which is that of the names.
  std::vector<std::string> missing;
};

class FlowGraph {
 public:
  /// `scope` outlives this.
  explicit FlowGraph(const Scope& scope);

  const Scope& scope() const { return *scope_; }
  std::size_t state_count() const { return scope_->states.size(); }
  std::size_t vertex_count() const { return state_count() + 2; }
  Vertex entry() const { return static_cast<Vertex>(state_count()); }
  Vertex exit() const { return static_cast<Vertex>(state_count() + 1); }
  bool is_state(Vertex v) const { return v < state_count(); }
  const State& state(Vertex v) const { return scope_->states[v]; }
  /// The vertex of a state of this scope.
  Vertex vertex(const State& state) const { return static_cast<Vertex>(&state - scope_->states.data()); }

  /// All edges by their origin, those of one origin in the order in which they are tried: choice rules, Default; Next
  /// or End, catchers.
  const std::vector<Edge>& edges() const { return edges_; }
  std::span<const Edge> out(Vertex v) const { return std::span(edges_).subspan(first_[v], first_[v + 1] - first_[v]); }

  /// In the order of edges().
  const std::vector<MissingTarget>& missing() const { return missing_; }
  /// Both, for pictures; without targets that are no text.
  AllWays all_ways() const;
  /// False when a transition names no state.
  bool is_complete() const { return missing_.empty(); }

 private:
  const Scope* scope_;
  std::vector<Edge> edges_;
  std::vector<std::uint32_t> first_;  // by vertex, and one more
  std::vector<MissingTarget> missing_;
};

}  // namespace stepglass::analysis
