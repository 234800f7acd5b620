// As expected_flows.cpp, with the larger (or smaller) of two ways in place of their sum: components in order, a loop
// with a bound by what one departure from its head can bring. With x the most that a round can cost, the dearest way
// through the head goes round as often as the bound allows; the cheapest one leaves at once, unless the loop goes round
// exactly so often.

#include "analysis/cost/extremes.h"

#include <algorithm>
#include <queue>

namespace stepglass::analysis {
namespace {

using Vertex = std::uint32_t;
constexpr std::uint32_t kNoWay = UINT32_MAX;

/// Ways grow by sharing their beginnings: each is made of parts that are there already.
struct Way {
  std::uint32_t first = kNoWay;   // what comes before
  std::uint32_t second = kNoWay;  // a way that follows, gone `times`; or
  std::uint32_t edge = kNoWay;    // an edge that follows
  double times = 1;
};

/// The best way to a place, and what it costs.
struct Best {
  double cost = 0;
  std::uint32_t way = kNoWay;  // kNoWay: there is none
  explicit operator bool() const { return way != kNoWay; }
};

class ExtremeFinder {
 public:
  ExtremeFinder(const Chain& chain, const std::vector<double>& weights, bool most)
      : chain_(chain),
        weights_(weights),
        most_(most),
        components_(chain, weights),
        part_(chain.vertex_count, 0),
        bound_(chain.vertex_count, nullptr) {
    for (const ChainBound& bound : chain.bounds) bound_[bound.vertex] = &bound;
  }

  Extreme find(Vertex start) {
    std::vector<Vertex> all(chain_.vertex_count);
    for (Vertex v = 0; v < chain_.vertex_count; ++v) all[v] = v;
    add_column();
    arrival_[0][start] = {0, add_way({})};
    part_.assign(chain_.vertex_count, ++parts_);
    run(all, parts_, 1, 0);

    Extreme result;
    result.at_exit.resize(chain_.exit_count);
    result.paths.resize(chain_.exit_count);
    std::vector<Best> exits(chain_.exit_count);
    for (std::size_t e = 0; e < chain_.edges.size(); ++e) {
      if (chain_.edges[e].to >= chain_.vertex_count) {
        improve(exits[chain_.edges[e].to - chain_.vertex_count], taken_[0][e]);
      }
    }
    for (std::size_t i = 0; i < exits.size(); ++i) {
      if (!exits[i]) continue;
      result.at_exit[i] = exits[i].cost;
      result.paths[i] = path_of(exits[i].way);
    }
    return result;
  }

 private:
  bool better(double a, double b) const { return most_ ? a > b : a < b; }
  void improve(Best& best, const Best& other) const {
    if (other && (!best || better(other.cost, best.cost))) best = other;
  }
  std::uint32_t add_way(Way way) {
    ways_.push_back(way);
    return static_cast<std::uint32_t>(ways_.size() - 1);
  }
  bool is_possible(std::uint32_t e) const { return weights_[e] >= 0; }
  Best along(const Best& from, std::uint32_t e) {
    if (!from || !is_possible(e)) return {};
    return {from.cost + weights_[e], add_way({from.way, kNoWay, e, 1})};
  }
  Best then(const Best& first, const Best& second, double times = 1) {
    if (!first || !second) return {};
    if (times == 0) return first;
    const double cost = second.cost == 0 ? 0 : second.cost * times;
    return {first.cost + cost, add_way({first.way, second.way, kNoWay, times})};
  }
  void add_column() {
    arrival_.emplace_back(chain_.vertex_count);
    taken_.emplace_back(chain_.edges.size());
  }

  void run(std::span<const Vertex> vertices, std::uint32_t part, std::size_t columns, std::size_t depth) {
    const ChainComponents components = components_.find(vertices, part_, part);
    for (std::size_t i = 0; i < components.count(); ++i) {
      const auto component = components.component(i);
      const std::uint32_t here = ++parts_;
      for (const Vertex v : component) part_[v] = here;
      const bool round = component.size() > 1 || loops(component[0], here);
      const ChainBound* bound = round && depth < kMaxBoundNesting ? bound_in(component, here) : nullptr;
      if (bound) {
        go_round(component, here, *bound, columns, depth);
        for (const Vertex v : component) part_[v] = here;
      } else {
        if (round) close(component, here, columns);
        for (const Vertex v : component) {
          for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
            for (std::size_t c = 0; c < columns; ++c) taken_[c][e] = along(arrival_[c][v], e);
          }
        }
      }
      for (const Vertex v : component) {
        for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
          const Vertex to = chain_.edges[e].to;
          if (to >= chain_.vertex_count || part_[to] != part) continue;
          for (std::size_t c = 0; c < columns; ++c) improve(arrival_[c][to], taken_[c][e]);
        }
      }
    }
    for (const Vertex v : vertices) part_[v] = part;
  }

  bool loops(Vertex v, std::uint32_t here) const {
    for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
      if (stays(e, here) && is_possible(e)) return true;
    }
    return false;
  }
  bool stays(std::uint32_t e, std::uint32_t here) const {
    const Vertex to = chain_.edges[e].to;
    return to < chain_.vertex_count && part_[to] == here;
  }

  const ChainBound* bound_in(std::span<const Vertex> component, std::uint32_t here) const {
    const ChainBound* found = nullptr;
    for (const Vertex v : component) {
      if (!bound_[v] || (found && found->vertex < v)) continue;
      for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
        if (!stays(e, here)) {
          found = bound_[v];
          break;
        }
      }
    }
    return found;
  }

  /// The best arrivals inside of a loop without a bound.
  void close(std::span<const Vertex> component, std::uint32_t here, std::size_t columns) {
    for (std::size_t c = 0; c < columns; ++c) most_ ? close_most(component, here, c) : close_least(component, here, c);
  }

  void close_most(std::span<const Vertex> component, std::uint32_t here, std::size_t c) {
    // Whoever is inside can go round for ever; only when that costs nothing there is a most.
    bool costs = false;
    for (const Vertex v : component) {
      for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
        costs = costs || (stays(e, here) && is_possible(e) && weights_[e] > 0);
      }
    }
    Best best;
    for (const Vertex v : component) improve(best, arrival_[c][v]);
    if (!best) return;
    if (costs) best.cost = kUnbounded;
    spread(component, here, c, best);
  }

  /// Everyone in the component is reached from where `best` arrives, at no more cost.
  void spread(std::span<const Vertex> component, std::uint32_t here, std::size_t c, const Best& best) {
    std::vector<Vertex> open;
    for (const Vertex v : component) {
      if (arrival_[c][v] && arrival_[c][v].way == best.way) open.push_back(v);
      arrival_[c][v] = {};
    }
    for (const Vertex v : open) arrival_[c][v] = best;
    for (std::size_t i = 0; i < open.size(); ++i) {
      const Vertex v = open[i];
      for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
        if (!stays(e, here) || !is_possible(e) || arrival_[c][chain_.edges[e].to]) continue;
        const Best next = along(arrival_[c][v], e);
        arrival_[c][chain_.edges[e].to] = {best.cost, next.way};
        open.push_back(chain_.edges[e].to);
      }
    }
  }

  void close_least(std::span<const Vertex> component, std::uint32_t here, std::size_t c) {
    using Item = std::pair<double, Vertex>;
    std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
    for (const Vertex v : component) {
      if (arrival_[c][v]) queue.emplace(arrival_[c][v].cost, v);
    }
    while (!queue.empty()) {
      const auto [cost, v] = queue.top();
      queue.pop();
      if (cost > arrival_[c][v].cost) continue;
      for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
        if (!stays(e, here) || !is_possible(e)) continue;
        const Vertex to = chain_.edges[e].to;
        const double there = cost + weights_[e];
        if (arrival_[c][to] && arrival_[c][to].cost <= there) continue;
        arrival_[c][to] = along(arrival_[c][v], e);
        queue.emplace(there, to);
      }
    }
  }

  void go_round(std::span<const Vertex> component, std::uint32_t here, const ChainBound& bound, std::size_t columns,
                std::size_t depth) {
    const Vertex head = bound.vertex;
    std::vector<Vertex> rest;
    for (const Vertex v : component) {
      if (v != head) rest.push_back(v);
    }
    const std::size_t departure = columns;
    if (arrival_.size() == departure) add_column();
    for (const Vertex v : component) {
      arrival_[departure][v] = {};
      for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) taken_[departure][e] = {};
    }
    const Best at_head{0, add_way({})};
    std::vector<Best> departures;
    Best round;
    for (std::uint32_t e = chain_.first[head]; e < chain_.first[head + 1]; ++e) {
      departures.push_back(stays(e, here) ? along(at_head, e) : Best{});
      if (!departures.back()) continue;
      improve(chain_.edges[e].to == head ? round : arrival_[departure][chain_.edges[e].to], departures.back());
    }
    part_[head] = ++parts_;
    run(rest, here, columns + 1, depth + 1);
    part_[head] = here;

    std::vector<Best> reached(columns);
    for (std::size_t c = 0; c < columns; ++c) reached[c] = arrival_[c][head];
    for (const Vertex v : rest) {
      for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
        if (chain_.edges[e].to != head) continue;
        for (std::size_t c = 0; c < columns; ++c) improve(reached[c], taken_[c][e]);
        improve(round, taken_[departure][e]);
      }
    }
    for (std::size_t c = 0; c < columns; ++c) {
      if (!reached[c]) continue;
      // At the head with rounds left for one more departure, and with none left or none wanted.
      Best leaving_in, leaving_out;
      if (bound.rounds >= 1) leaving_in = reached[c];
      if (bound.rounds >= 2 && most_) improve(leaving_in, then(reached[c], round, bound.rounds - 1));
      if (!bound.exact || bound.rounds == 0) leaving_out = reached[c];
      if (bound.rounds >= 1 && (bound.exact || most_)) improve(leaving_out, then(reached[c], round, bound.rounds));
      for (const Vertex v : rest) {
        for (std::uint32_t e = chain_.first[v]; e < chain_.first[v + 1]; ++e) {
          improve(taken_[c][e], then(leaving_in, taken_[departure][e]));
        }
      }
      for (std::uint32_t e = chain_.first[head]; e < chain_.first[head + 1]; ++e) {
        taken_[c][e] = stays(e, here) ? then(leaving_in, departures[e - chain_.first[head]]) : along(leaving_out, e);
      }
    }
  }

  /// Recursion follows loops in loops, at most kMaxBoundNesting deep.
  ChainPath path_of(std::uint32_t way) const {
    // From the end to the start: a way gone once is put in its place, one gone often becomes a piece of its own.
    ChainPath path;
    std::vector<std::uint32_t> open{way};
    std::vector<std::uint32_t> edges;
    const auto close_piece = [&] {
      if (edges.empty()) return;
      path.push_back({{edges.rbegin(), edges.rend()}, {}, 1});
      edges.clear();
    };
    while (!open.empty()) {
      const Way& at = ways_[open.back()];
      open.pop_back();
      if (at.first != kNoWay) open.push_back(at.first);
      if (at.edge != kNoWay) {
        edges.push_back(at.edge);
      } else if (at.second != kNoWay && at.times == 1) {
        open.push_back(at.second);
      } else if (at.second != kNoWay) {
        close_piece();
        path.push_back({{}, path_of(at.second), at.times});
      }
    }
    close_piece();
    std::reverse(path.begin(), path.end());
    return path;
  }

  const Chain& chain_;
  const std::vector<double>& weights_;
  bool most_;
  ComponentFinder components_;
  std::uint32_t parts_ = 0;
  std::vector<std::uint32_t> part_;
  std::vector<const ChainBound*> bound_;
  std::vector<Way> ways_;
  std::vector<std::vector<Best>> arrival_;  // by column, then vertex: on arriving
  std::vector<std::vector<Best>> taken_;    // by column, then edge: having taken it
};

}  // namespace

Extreme dearest_ways(const Chain& chain, std::uint32_t start, const std::vector<double>& weights) {
  return ExtremeFinder(chain, weights, true).find(start);
}

Extreme cheapest_ways(const Chain& chain, std::uint32_t start, const std::vector<double>& weights) {
  return ExtremeFinder(chain, weights, false).find(start);
}

}  // namespace stepglass::analysis
