// Components are taken in the order in which ways lead through them, so that all that comes into one is known when its
// turn comes. A single vertex hands on what it got. In a loop, visits v solve v = a + vQ, with a what comes in and Q
// the probabilities of the ways inside. Vertices are eliminated one by one, each handing what it would send to itself
// on to its successors (Grassmann, Taksar and Heyman: no subtraction, so that a way out of probability 1e-12 loses no
// digits), and put back in the opposite order.
//
// A bound makes the probabilities at one vertex, the head, depend on how often it was left into the loop. Without the
// head the rest is a chain of its own, smaller: it is solved once for what comes in from outside and once for what one
// departure from the head sends in. With x the probability of coming back after a departure, the head is visited with
// probability 1, x, x², … of those that reach it, and the results are added up in these proportions. For example
//
//     in -> H -> (p) B -> H        H left into the loop at most N times
//             -> (q) out
//
// x = p, visits of B = p (1 + x + … + x^(N-1)), and what is left at the last visit, x^N, goes out.
//
// Tested against sums worked out by hand and against simulated executions: tests/analysis/cost.

#include "analysis/cost/expected_flows.h"

#include <algorithm>
#include <queue>
#include <tuple>

#include "analysis/cost/probability.h"

namespace stepglass::analysis {
namespace {

using Vertex = std::uint32_t;
constexpr std::uint32_t kNone = UINT32_MAX;

// What is left of a component when its sparse vertices are gone is eliminated as a full matrix up to this size, which
// takes about half a second; beyond, it is iterated.
constexpr std::size_t kMaxFull = 1200;
// Multiplications of one iteration, and the relative change at which it has settled.
constexpr std::size_t kMaxIterationSteps = 400'000'000;
constexpr double kSettled = 1e-13;
// By so much probabilities may miss 1.
constexpr double kRounding = 1e-9;

/// Amounts by column, each column one right-hand side.
using Columns = std::vector<std::vector<double>>;

/// Solves v = a + vQ for one component.
class Elimination {
 public:
  /// `size` vertices; `column_count` right-hand sides. Edges of one origin are added one behind the other.
  Elimination(std::size_t size, std::size_t column_count)
      : rows_(size),
        sources_(size),
        exit_(size, 0.0),
        eliminated_(size),
        place_(size),
        seen_from_(size, kNone),
        inflow_(size) {
    for (auto& inflow : inflow_) inflow.assign(column_count, 0.0);
    column_count_ = column_count;
  }

  void add(Vertex from, Vertex to, double probability) {
    if (probability <= 0) return;
    if (seen_from_[to] == from) {
      rows_[from][place_[to]].probability += probability;
      return;
    }
    seen_from_[to] = from;
    place_[to] = static_cast<std::uint32_t>(rows_[from].size());
    rows_[from].push_back({to, probability});
    if (to != from) sources_[to].push_back(from);
  }
  void add_exit(Vertex from, double probability) { exit_[from] += probability; }
  double& inflow(Vertex v, std::size_t column) { return inflow_[v][column]; }

  /// By vertex and column. False when an iteration did not settle.
  bool solve(std::vector<std::vector<double>>& visits) {
    visits.assign(rows_.size(), std::vector<double>(column_count_, 0.0));
    place_.assign(rows_.size(), kNone);
    using Ranked = std::pair<std::size_t, Vertex>;
    std::priority_queue<Ranked, std::vector<Ranked>, std::greater<>> queue;
    for (Vertex v = 0; v < rows_.size(); ++v) queue.emplace(rank(v), v);
    std::size_t left = rows_.size();
    bool settled = true;
    while (!queue.empty()) {
      const auto [rank_then, v] = queue.top();
      queue.pop();
      if (eliminated_[v]) continue;
      const std::size_t rank_now = rank(v);
      if (rank_now > rank_then) {
        queue.emplace(rank_now, v);
        continue;
      }
      // What each further vertex costs is about what it costs in a full matrix.
      if (left > 16 && rank_now > left * left / 4) {
        settled = solve_full(visits);
        break;
      }
      eliminate(v);
      --left;
    }
    for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
      for (std::size_t c = 0; c < column_count_; ++c) {
        double sum = inflow_[step->vertex][c];
        for (const Entry& source : step->sources) {
          if (visits[source.vertex][c] != 0) sum += visits[source.vertex][c] * source.probability;
        }
        visits[step->vertex][c] = sum == 0 ? 0 : sum / step->leaving;
      }
    }
    return settled;
  }

 private:
  struct Entry {
    Vertex vertex;
    double probability;
  };
  struct Eliminated {
    Vertex vertex;
    double leaving;  // the probability of going on to another vertex
    std::vector<Entry> sources;
  };

  std::size_t rank(Vertex v) const { return rows_[v].size() * sources_[v].size(); }

  double leaving(Vertex v) const {
    double sum = exit_[v];
    for (const Entry& entry : rows_[v]) {
      if (entry.vertex != v && !eliminated_[entry.vertex]) sum += entry.probability;
    }
    return sum;
  }

  void eliminate(Vertex v) {
    Eliminated step{v, leaving(v), {}};
    eliminated_[v] = true;
    std::vector<Entry> out;
    for (const Entry& entry : rows_[v]) {
      if (!eliminated_[entry.vertex]) out.push_back({entry.vertex, entry.probability / step.leaving});
    }
    for (const Vertex source : sources_[v]) {
      if (eliminated_[source]) continue;
      std::vector<Entry>& row = rows_[source];
      for (std::uint32_t i = 0; i < row.size(); ++i) place_[row[i].vertex] = i;
      const double share = row[place_[v]].probability;
      step.sources.push_back({source, share});
      for (const Entry& entry : out) {
        if (place_[entry.vertex] != kNone) {
          row[place_[entry.vertex]].probability += share * entry.probability;
        } else {
          place_[entry.vertex] = static_cast<std::uint32_t>(row.size());
          row.push_back({entry.vertex, share * entry.probability});
          if (entry.vertex != source) sources_[entry.vertex].push_back(source);
        }
      }
      if (exit_[v] > 0) exit_[source] += share * exit_[v] / step.leaving;
      for (const Entry& entry : row) place_[entry.vertex] = kNone;
      std::erase_if(row, [&](const Entry& entry) { return entry.vertex == v; });
    }
    for (std::size_t c = 0; c < column_count_; ++c) {
      if (inflow_[v][c] == 0) continue;
      for (const Entry& entry : out) inflow_[entry.vertex][c] += inflow_[v][c] * entry.probability;
    }
    for (const Entry& entry : out) {
      std::erase_if(sources_[entry.vertex], [&](Vertex source) { return source == v; });
    }
    steps_.push_back(std::move(step));
  }

  /// What is left, as a matrix.
  bool solve_full(std::vector<std::vector<double>>& visits) {
    std::vector<Vertex> left;
    for (Vertex v = 0; v < rows_.size(); ++v) {
      if (eliminated_[v]) continue;
      place_[v] = static_cast<std::uint32_t>(left.size());
      left.push_back(v);
    }
    const std::size_t n = left.size();
    if (n > kMaxFull) return iterate(left, visits);
    // Rows are sources; behind the columns of vertices stands the exit.
    std::vector<double> matrix(n * n, 0.0);
    std::vector<double> exits(n);
    for (std::size_t i = 0; i < n; ++i) {
      exits[i] = exit_[left[i]];
      for (const Entry& entry : rows_[left[i]]) matrix[i * n + place_[entry.vertex]] = entry.probability;
    }
    std::vector<double> leaving(n);
    for (std::size_t k = n; k-- > 0;) {
      const double* from = &matrix[k * n];
      double sum = exits[k];
      for (std::size_t j = 0; j < k; ++j) sum += from[j];
      leaving[k] = sum;
      for (std::size_t i = 0; i < k; ++i) {
        double* row = &matrix[i * n];
        if (row[k] == 0) continue;
        const double share = row[k] / sum;
        for (std::size_t j = 0; j < k; ++j) row[j] += share * from[j];
        exits[i] += share * exits[k];
      }
      for (std::size_t c = 0; c < column_count_; ++c) {
        const double amount = inflow_[left[k]][c];
        if (amount == 0) continue;
        for (std::size_t j = 0; j < k; ++j) inflow_[left[j]][c] += amount / sum * from[j];
      }
    }
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t c = 0; c < column_count_; ++c) {
        double sum = inflow_[left[k]][c];
        for (std::size_t i = 0; i < k; ++i) {
          if (matrix[i * n + k] != 0) sum += visits[left[i]][c] * matrix[i * n + k];
        }
        visits[left[k]][c] = sum == 0 ? 0 : sum / leaving[k];
      }
    }
    return true;
  }

  /// Gauss and Seidel: all terms are positive, so that it can only settle from below.
  bool iterate(const std::vector<Vertex>& left, std::vector<std::vector<double>>& visits) {
    std::vector<std::vector<Entry>> sources(rows_.size());
    std::vector<double> leaving(rows_.size());
    std::size_t entries = 0;
    for (const Vertex v : left) {
      leaving[v] = this->leaving(v);
      for (const Entry& entry : rows_[v]) {
        if (entry.vertex != v) sources[entry.vertex].push_back({v, entry.probability});
      }
      entries += rows_[v].size();
    }
    bool settled = true;
    for (std::size_t c = 0; c < column_count_; ++c) {
      double change = 1;
      for (std::size_t steps = 0; change > kSettled && steps < kMaxIterationSteps; steps += entries) {
        change = 0;
        for (const Vertex v : left) {
          double sum = inflow_[v][c];
          for (const Entry& source : sources[v]) sum += visits[source.vertex][c] * source.probability;
          const double value = sum == 0 ? 0 : sum / leaving[v];
          if (value != visits[v][c]) change = std::max(change, (value - visits[v][c]) / value);
          visits[v][c] = value;
        }
      }
      settled = settled && change <= kSettled;
    }
    return settled;
  }

  std::vector<std::vector<Entry>> rows_;
  std::vector<std::vector<Vertex>> sources_;
  std::vector<double> exit_;
  std::vector<bool> eliminated_;
  std::vector<std::uint32_t> place_;  // in the row that is looked at
  std::vector<Vertex> seen_from_;
  std::vector<std::vector<double>> inflow_;
  std::size_t column_count_ = 0;
  std::vector<Eliminated> steps_;
};

class FlowFinder {
 public:
  explicit FlowFinder(const Chain& chain)
      : chain_(chain),
        components_(chain),
        part_(chain.vertex_count, 0),
        bound_(chain.vertex_count, nullptr),
        local_(chain.vertex_count, 0) {
    for (const ChainBound& bound : chain.bounds) bound_[bound.vertex] = &bound;
  }

  Flows find(Vertex start) {
    std::vector<Vertex> all(chain_.vertex_count);
    for (Vertex v = 0; v < chain_.vertex_count; ++v) all[v] = v;
    inflow_.emplace_back(chain_.vertex_count, 0.0);
    flow_.emplace_back(chain_.edges.size(), 0.0);
    inflow_[0][start] = 1;
    part_.assign(chain_.vertex_count, ++parts_);
    flow_through(all, parts_, 1, 0);
    result_.edges = std::move(flow_[0]);
    result_.visits.assign(chain_.vertex_count, 0.0);
    result_.visits[start] = 1;
    for (std::size_t e = 0; e < chain_.edges.size(); ++e) {
      if (chain_.edges[e].to < chain_.vertex_count) result_.visits[chain_.edges[e].to] += result_.edges[e];
    }
    tell_huge_from_endless();
    for (const ChainBound& bound : chain_.bounds) {
      if (!std::any_of(result_.loops.begin(), result_.loops.end(),
                       [&](const BoundedLoop& loop) { return loop.head == bound.vertex; })) {
        result_.idle_bounds.push_back(bound.vertex);
      }
    }
    return std::move(result_);
  }

 private:
  /// Numbers too large to be counted come out as no numbers at all, as do those of what is never left. Where an exit
  /// can be got to, they are kTooOften.
  void tell_huge_from_endless() {
    const auto is_huge = [](double number) { return !(number <= kTooOften); };
    if (std::none_of(result_.visits.begin(), result_.visits.end(), is_huge)) return;
    std::vector<std::vector<Vertex>> sources(chain_.vertex_count);
    std::vector<bool> leaves(chain_.vertex_count, false);
    std::vector<Vertex> open;
    for (Vertex v = 0; v < chain_.vertex_count; ++v) {
      double sum = 0;
      bool left = false;
      for (const ChainEdge& edge : chain_.out(v)) {
        sum += edge.probability;
        if (edge.probability <= 0) continue;
        if (edge.to < chain_.vertex_count) {
          sources[edge.to].push_back(v);
        } else {
          left = true;
        }
      }
      leaves[v] = left || sum < 1 - kRounding;
      if (leaves[v]) open.push_back(v);
    }
    while (!open.empty()) {
      const Vertex v = open.back();
      open.pop_back();
      for (const Vertex source : sources[v]) {
        if (leaves[source]) continue;
        leaves[source] = true;
        open.push_back(source);
      }
    }
    for (Vertex v = 0; v < chain_.vertex_count; ++v) {
      double& visits = result_.visits[v];
      if (is_huge(visits)) visits = leaves[v] ? kTooOften : kUnbounded;
    }
    for (std::size_t e = 0; e < chain_.edges.size(); ++e) {
      const ChainEdge& edge = chain_.edges[e];
      if (!is_huge(result_.edges[e])) continue;
      const double flow = edge.probability > 0 ? result_.visits[edge.from] * edge.probability : 0;
      result_.edges[e] = edge.to < chain_.vertex_count ? flow : std::min(flow, 1.0);
    }
  }

  /// Takes what comes into `vertices`, whose part is `part`, along all their ways, for the first `columns` columns.
  /// Ways that lead out of the part are only counted.
  void flow_through(std::span<const Vertex> vertices, std::uint32_t part, std::size_t columns, std::size_t depth) {
    const ChainComponents components = components_.find(vertices, part_, part);
    for (std::size_t i = 0; i < components.count(); ++i) {
      const auto component = components.component(i);
      const bool alone = component.size() == 1 && !has_self_loop(component[0]);
      if (alone) {
        hand_on(component[0], columns);
      } else if (const ChainBound* bound = depth < kMaxBoundNesting ? bound_in(component, part) : nullptr) {
        go_round(component, *bound, columns, depth);
        for (const Vertex v : component) part_[v] = part;
      } else {
        eliminate(component, columns);
      }
      // What leaves the component goes to those behind it.
      const std::uint32_t here = ++parts_;
      for (const Vertex v : component) part_[v] = here;
      for (const Vertex v : component) {
        for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
          const Vertex to = chain_.edges[e].to;
          if (to >= chain_.vertex_count || part_[to] != part) continue;
          for (std::size_t c = 0; c < columns; ++c) inflow_[c][to] += flow_[c][e];
        }
      }
    }
    for (const Vertex v : vertices) part_[v] = part;
  }

  bool has_self_loop(Vertex v) const {
    const auto out = chain_.out(v);
    return std::any_of(out.begin(), out.end(), [&](const ChainEdge& edge) { return edge.to == v; });
  }

  void hand_on(Vertex v, std::size_t columns) {
    for (std::size_t c = 0; c < columns; ++c) {
      if (inflow_[c][v] == 0) continue;
      for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
        if (chain_.edges[e].probability > 0) flow_[c][e] += inflow_[c][v] * chain_.edges[e].probability;
      }
    }
  }

  /// The bound of a vertex of the component that has a way out of it; the first by number.
  const ChainBound* bound_in(std::span<const Vertex> component, std::uint32_t part) {
    const ChainBound* found = nullptr;
    const std::uint32_t here = ++parts_;
    for (const Vertex v : component) part_[v] = here;
    for (const Vertex v : component) {
      if (!bound_[v] || (found && found->vertex < v)) continue;
      const auto out = chain_.out(v);
      const auto leaves = [&](const ChainEdge& edge) {
        return edge.to >= chain_.vertex_count || part_[edge.to] != here;
      };
      if (std::any_of(out.begin(), out.end(), leaves)) found = bound_[v];
    }
    for (const Vertex v : component) part_[v] = part;
    return found;
  }

  void go_round(std::span<const Vertex> component, const ChainBound& bound, std::size_t columns, std::size_t depth) {
    const Vertex head = bound.vertex;
    result_.loops.push_back({head, {component.begin(), component.end()}, bound.rounds, bound.exact});
    const std::uint32_t here = ++parts_;
    std::vector<Vertex> rest;
    for (const Vertex v : component) {
      part_[v] = here;
      if (v != head) rest.push_back(v);
    }
    // Into the loop and out of it, as long as rounds are left and at the last visit.
    double in_sum = 0, out_sum = 0;
    const auto stays = [&](const ChainEdge& edge) { return edge.to < chain_.vertex_count && part_[edge.to] == here; };
    for (const ChainEdge& edge : chain_.out(head)) (stays(edge) ? in_sum : out_sum) += edge.probability;
    const auto in_share = [&](double p) { return bound.exact ? (in_sum > 0 ? p / in_sum : 0) : p; };
    const auto out_share = [&](double p) { return out_sum > 0 ? p / out_sum : 0; };

    // One more column: what one departure into the loop does.
    const std::size_t departure = columns;
    if (inflow_.size() == departure) {
      inflow_.emplace_back(chain_.vertex_count, 0.0);
      flow_.emplace_back(chain_.edges.size(), 0.0);
    }
    for (const Vertex v : component) {
      inflow_[departure][v] = 0;
      for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) flow_[departure][e] = 0;
    }
    std::vector<bool> inner(chain_.first[head + 1] - chain_.first[head]);
    double returning = 0;
    for (std::size_t i = 0; i < inner.size(); ++i) {
      const ChainEdge& edge = chain_.edges[chain_.first[head] + i];
      inner[i] = stays(edge);
      if (!inner[i]) continue;
      if (edge.to == head) {
        returning += in_share(edge.probability);
      } else {
        inflow_[departure][edge.to] += in_share(edge.probability);
      }
    }
    part_[head] = ++parts_;
    flow_through(rest, here, columns + 1, depth + 1);

    std::vector<double> arriving(columns + 1, 0.0);
    for (const Vertex v : rest) {
      for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
        if (chain_.edges[e].to != head) continue;
        for (std::size_t c = 0; c <= columns; ++c) arriving[c] += flow_[c][e];
      }
    }
    returning = std::min(returning + arriving[departure], 1.0);
    const double visits_with_rounds = geometric_sum(returning, bound.rounds);
    const double last_visit = whole_power_of(returning, bound.rounds);
    for (std::size_t c = 0; c < columns; ++c) {
      const double reached = inflow_[c][head] + arriving[c];
      if (reached == 0) continue;
      const double departures = visits_with_rounds == 0 ? 0 : reached * visits_with_rounds;
      for (const Vertex v : rest) {
        for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
          if (flow_[departure][e] != 0) flow_[c][e] += departures * flow_[departure][e];
        }
      }
      for (std::size_t i = 0; i < inner.size(); ++i) {
        const std::uint32_t e = chain_.first[head] + static_cast<std::uint32_t>(i);
        const double p = chain_.edges[e].probability;
        if (p == 0) continue;
        if (departures > 0 && (inner[i] || !bound.exact)) flow_[c][e] += departures * (inner[i] ? in_share(p) : p);
        if (!inner[i] && last_visit > 0) flow_[c][e] += reached * last_visit * out_share(p);
      }
    }
  }

  void eliminate(std::span<const Vertex> component, std::size_t columns) {
    for (std::size_t i = 0; i < component.size(); ++i) local_[component[i]] = static_cast<std::uint32_t>(i);
    const std::uint32_t here = ++parts_;
    const std::uint32_t around = part_[component[0]];
    for (const Vertex v : component) part_[v] = here;
    Elimination elimination(component.size(), columns);
    for (const Vertex v : component) {
      double sum = 0;
      for (const ChainEdge& edge : chain_.out(v)) {
        sum += edge.probability;
        if (edge.to < chain_.vertex_count && part_[edge.to] == here) {
          elimination.add(local_[v], local_[edge.to], edge.probability);
        } else {
          elimination.add_exit(local_[v], edge.probability);
        }
      }
      if (sum < 1 - kRounding) elimination.add_exit(local_[v], 1 - sum);
      for (std::size_t c = 0; c < columns; ++c) elimination.inflow(local_[v], c) = inflow_[c][v];
    }
    std::vector<std::vector<double>> visits;
    result_.settled = elimination.solve(visits) && result_.settled;
    for (const Vertex v : component) {
      part_[v] = around;
      for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
        const double p = chain_.edges[e].probability;
        for (std::size_t c = 0; c < columns; ++c) {
          const double amount = visits[local_[v]][c];
          if (p > 0 && amount != 0) flow_[c][e] += amount * p;
        }
      }
    }
  }

  const Chain& chain_;
  ComponentFinder components_;
  std::uint32_t parts_ = 0;
  std::vector<std::uint32_t> part_;
  std::vector<const ChainBound*> bound_;
  std::vector<std::uint32_t> local_;
  Columns inflow_;  // by column, then vertex
  Columns flow_;    // by column, then edge
  Flows result_;
};

}  // namespace

Flows expected_flows(const Chain& chain, std::uint32_t start) {
  return FlowFinder(chain).find(start);
}

}  // namespace stepglass::analysis
