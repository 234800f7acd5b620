// As Sugiyama, Tagawa and Toda did it: turn arrows so that there are no circles, put boxes into layers, let arrows pass
// layers at bends, order each layer so that few arrows cross, move boxes to where their neighbours are.
//
//   layer 0      [start]
//   layer 2      [ A ]          boxes stand in even layers,
//   layer 3    "$.x > 5"  .     texts of arrows and bends in the odd ones between
//   layer 4      [ B ]    .     a bend where an arrow passes a layer of boxes
//   layer 5         .    .
//   layer 6        [ C ]
//
// Arrows that lead to the same box share their bends, so that many which lead to one handler become one line, and there
// are no more of them than boxes times layers. The longest arrows are cut where there would still be too many. Boxes
// that follow each other stand in one column where they can, and long arrows run straight.

#include "analysis/drawing/layers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/support/sort.h"

namespace stepglass::analysis {
namespace {

constexpr double kBoxGap = 28, kBendGap = 14;
// Between a layer of boxes and the next, with and without texts between.
constexpr double kLayerGap = 40, kAboveLabel = 16, kBelowLabel = 18;
constexpr std::size_t kOrderSweeps = 8;
// Crossings are counted, to keep the best order, in layouts of up to so many pieces of arrows.
constexpr std::size_t kMostCounted = 20'000;
constexpr std::uint32_t kNone = UINT32_MAX;

/// A box, a text or a bend.
struct Spot {
  std::uint32_t layer = 0;
  Extent size;
  double right = 0;  // room beside it
  bool is_bend = false;
  bool is_trunk = false;  // the text of the way on that is the longest
  double x = 0;           // of its middle
  std::vector<std::uint32_t> above, below;
};

class Layouter {
 public:
  Layouter(const std::vector<LayerBox>& boxes, const std::vector<LayerEdge>& edges,
           const std::vector<std::uint32_t>& order, std::uint32_t last)
      : edges_(edges), order_(order), last_(last), spots_(boxes.size()), chains_(edges.size()) {
    for (std::size_t v = 0; v < boxes.size(); ++v) {
      spots_[v].size = boxes[v].size;
      spots_[v].right = boxes[v].right;
    }
    layout_.boxes.resize(boxes.size());
    layout_.routes.resize(edges.size());
    out_.resize(boxes.size());
    for (std::uint32_t e = 0; e < edges.size(); ++e) out_[edges[e].from].push_back(e);
  }

  LayeredLayout run() {
    if (order_.empty()) return std::move(layout_);
    turn_back_edges();
    set_layers();
    make_chains();
    mark_trunks();
    order_layers();
    move_spots();
    place();
    return std::move(layout_);
  }

 private:
  bool is_loop(const LayerEdge& edge) const { return edge.from == edge.to; }

  // ------------------------------------------------------------------------------------------------- no circles

  /// Those that lead to where a walk from the beginning is still under way.
  void turn_back_edges() {
    enum class Mark : std::uint8_t { New, Open, Done };
    std::vector<Mark> marks(spots_.size(), Mark::New);
    struct Step {
      std::uint32_t vertex;
      std::size_t next = 0;
    };
    std::vector<Step> open;
    for (const std::uint32_t root : order_) {
      if (marks[root] != Mark::New) continue;
      std::vector<std::uint32_t> finished;
      marks[root] = Mark::Open;
      open.push_back({root});
      while (!open.empty()) {
        Step& step = open.back();
        if (step.next == out_[step.vertex].size()) {
          marks[step.vertex] = Mark::Done;
          finished.push_back(step.vertex);
          open.pop_back();
          continue;
        }
        const std::uint32_t e = out_[step.vertex][step.next++];
        const std::uint32_t to = edges_[e].to;
        layout_.routes[e].back = marks[to] == Mark::Open && !is_loop(edges_[e]);
        if (marks[to] != Mark::New) continue;
        marks[to] = Mark::Open;
        open.push_back({to});
      }
      // In front of those of walks before, whose boxes this one may lead to.
      topological_.insert(topological_.begin(), finished.rbegin(), finished.rend());
    }
  }

  std::uint32_t upper(std::uint32_t e) const { return layout_.routes[e].back ? edges_[e].to : edges_[e].from; }
  std::uint32_t lower(std::uint32_t e) const { return layout_.routes[e].back ? edges_[e].from : edges_[e].to; }

  /// Each as high as what leads to it lets it.
  void set_layers() {
    std::vector<std::vector<std::uint32_t>> below(spots_.size());
    for (std::uint32_t e = 0; e < edges_.size(); ++e) {
      if (!is_loop(edges_[e])) below[upper(e)].push_back(lower(e));
    }
    std::uint32_t deepest = 0;
    for (const std::uint32_t v : topological_) {
      for (const std::uint32_t w : below[v]) spots_[w].layer = std::max(spots_[w].layer, spots_[v].layer + 2);
      if (v != last_) deepest = std::max(deepest, spots_[v].layer);
    }
    if (last_ != kNone && last_ < spots_.size() && spots_.size() > 1) {
      spots_[last_].layer = std::max(spots_[last_].layer, deepest + 2);
    }
  }

  // ------------------------------------------------------------------------------------------------------ chains

  std::uint32_t add_spot(std::uint32_t layer, Extent size, bool is_bend) {
    spots_.push_back({.layer = layer, .size = size, .is_bend = is_bend});
    return static_cast<std::uint32_t>(spots_.size() - 1);
  }

  void make_chains() {
    std::vector<std::uint32_t> by_length;
    for (std::uint32_t e = 0; e < edges_.size(); ++e) {
      if (!is_loop(edges_[e])) by_length.push_back(e);
    }
    const auto length = [&](std::uint32_t e) { return spots_[lower(e)].layer - spots_[upper(e)].layer; };
    sort_stable(by_length, [&](std::uint32_t a, std::uint32_t b) { return length(a) < length(b); });
    std::vector<bool> jumps(edges_.size(), false);
    std::size_t bends = 0;
    for (const std::uint32_t e : by_length) {
      bends += length(e);
      jumps[e] = bends > kMaxBends;
    }
    for (const std::uint32_t v : order_) {
      for (const std::uint32_t e : out_[v]) {
        if (is_loop(edges_[e])) continue;
        if (jumps[e]) {
          add_jump(e);
        } else {
          add_chain(e);
        }
      }
    }
  }

  void add_jump(std::uint32_t e) {
    const LayerEdge& edge = edges_[e];
    layout_.routes[e].back = false;
    const Extent size{std::max(edge.label.width, edge.jump.width), edge.label.height + edge.jump.height};
    const std::uint32_t text = add_spot(spots_[edge.from].layer + 1, size, false);
    chains_[e] = {edge.from, text};
    connect(edge.from, text);
    layout_.routes[e].jump.emplace();
  }

  void add_chain(std::uint32_t e) {
    const LayerEdge& edge = edges_[e];
    const bool back = layout_.routes[e].back;
    const std::uint32_t from = spots_[upper(e)].layer, to = spots_[lower(e)].layer;
    std::vector<std::uint32_t>& chain = chains_[e];
    chain.push_back(upper(e));
    // The text stands near where the arrow starts.
    const bool has_label = edge.label.width > 0;
    const std::uint32_t label_layer = has_label ? (back ? to - 1 : from + 1) : kNone;
    for (std::uint32_t layer = from + 1; layer < to; ++layer) {
      if (layer == label_layer) {
        labels_[e] = add_spot(layer, edge.label, false);
        chain.push_back(labels_[e]);
        continue;
      }
      const auto [at, is_new] = shared_.emplace(std::tuple(edge.to, back, layer), 0);
      if (is_new) at->second = add_spot(layer, {}, true);
      chain.push_back(at->second);
    }
    chain.push_back(lower(e));
    for (std::size_t i = 0; i + 1 < chain.size(); ++i) connect(chain[i], chain[i + 1]);
  }

  void connect(std::uint32_t upper, std::uint32_t lower) {
    if (!connected_.emplace(upper, lower).second) return;
    spots_[upper].below.push_back(lower);
    spots_[lower].above.push_back(upper);
  }

  /// Where all ways out of a box have texts, the one behind which most layers follow goes straight on, so that a ladder
  /// of choices hangs down and does not drift.
  void mark_trunks() {
    std::vector<std::uint32_t> heights(spots_.size(), 0);
    for (std::size_t i = topological_.size(); i-- > 0;) {
      const std::uint32_t v = topological_[i];
      std::uint32_t trunk = kNone, highest = 0;
      for (const std::uint32_t e : out_[v]) {
        if (is_loop(edges_[e]) || layout_.routes[e].back) continue;
        const std::uint32_t height = heights[edges_[e].to] + 1;
        if (height >= highest) trunk = height > highest ? e : kNone;
        highest = std::max(highest, height);
      }
      heights[v] = highest;
      const auto label = labels_.find(trunk);
      if (label != labels_.end() && chains_[trunk].size() == 3) spots_[label->second].is_trunk = true;
    }
  }

  // ------------------------------------------------------------------------------------------------------- order

  void order_layers() {
    std::uint32_t count = 0;
    for (const Spot& spot : spots_) count = std::max(count, spot.layer + 1);
    layers_.resize(count);
    // As a walk meets them.
    std::vector<bool> seen(spots_.size(), false);
    const auto meet = [&](std::uint32_t s) {
      if (seen[s]) return;
      seen[s] = true;
      layers_[spots_[s].layer].push_back(s);
    };
    for (const std::uint32_t v : order_) {
      meet(v);
      for (const std::uint32_t e : out_[v]) {
        for (const std::uint32_t s : chains_[e]) {
          if (s >= layout_.boxes.size()) meet(s);
        }
      }
    }
    place_of_.resize(spots_.size());
    number_layers();
    std::size_t pieces = 0;
    for (const Spot& spot : spots_) pieces += spot.below.size();
    const bool counts = pieces <= kMostCounted;
    auto best = layers_;
    std::uint64_t least = counts ? crossings() : 0;
    for (std::size_t sweep = 0; sweep < kOrderSweeps && (!counts || least > 0); ++sweep) {
      const bool down = sweep % 2 == 0;
      for (std::size_t i = 1; i < layers_.size(); ++i) {
        const std::size_t layer = down ? i : layers_.size() - 1 - i;
        sort_layer(layers_[layer], down);
      }
      if (!counts) continue;
      const std::uint64_t now = crossings();
      if (now >= least) continue;
      least = now;
      best = layers_;
    }
    if (counts) layers_ = std::move(best);
    number_layers();
  }

  void number_layers() {
    for (const auto& layer : layers_) {
      for (std::size_t i = 0; i < layer.size(); ++i) place_of_[layer[i]] = static_cast<double>(i);
    }
  }

  /// By the mean place of neighbours on the one side; who has none stays.
  void sort_layer(std::vector<std::uint32_t>& layer, bool down) {
    std::vector<std::pair<double, std::uint32_t>> keys;
    for (const std::uint32_t s : layer) {
      const auto& neighbours = down ? spots_[s].above : spots_[s].below;
      double sum = 0;
      for (const std::uint32_t n : neighbours) sum += place_of_[n];
      keys.emplace_back(neighbours.empty() ? place_of_[s] : sum / static_cast<double>(neighbours.size()), s);
    }
    sort_stable(keys, [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < keys.size(); ++i) {
      layer[i] = keys[i].second;
      place_of_[layer[i]] = static_cast<double>(i);
    }
  }

  /// Pairs of pieces between two layers that cross: inversions, counted in a tree of sums.
  std::uint64_t crossings() const {
    std::uint64_t count = 0;
    std::vector<std::uint64_t> tree;
    std::vector<std::size_t> ends;
    for (std::size_t layer = 0; layer + 1 < layers_.size(); ++layer) {
      const std::size_t width = layers_[layer + 1].size();
      tree.assign(width + 1, 0);
      std::uint64_t total = 0;
      for (const std::uint32_t s : layers_[layer]) {
        ends.clear();
        for (const std::uint32_t below : spots_[s].below) ends.push_back(static_cast<std::size_t>(place_of_[below]));
        for (const std::size_t end : ends) {
          std::uint64_t up_to = 0;
          for (std::size_t i = end + 1; i > 0; i -= i & (~i + 1)) up_to += tree[i];
          count += total - up_to;
        }
        for (const std::size_t end : ends) {
          for (std::size_t i = end + 1; i <= width; i += i & (~i + 1)) ++tree[i];
          ++total;
        }
      }
    }
    return count;
  }

  // ----------------------------------------------------------------------------------------------------- places

  double gap(const Spot& a, const Spot& b) const {
    return (a.size.width + b.size.width) / 2 + a.right + (a.is_bend && b.is_bend ? kBendGap : kBoxGap);
  }

  /// After Brandes and Köpf, "Fast and Simple Horizontal Coordinate Assignment", 2001. Spots that follow each other are
  /// lined up into blocks, which are then put as near to each other as they can be: from above and from below, from the
  /// left and from the right. The mean of the two in the middle is what is taken; order and gaps hold in it, too.
  void move_spots() {
    find_crossed();
    std::array<std::vector<double>, 4> assigned;
    std::array<std::pair<double, double>, 4> ends;
    std::size_t narrowest = 0;
    for (std::size_t i = 0; i < assigned.size(); ++i) {
      assigned[i] = assign(i < 2, i % 2 == 0);
      ends[i] = {assigned[i][0], assigned[i][0]};
      for (std::size_t s = 0; s < spots_.size(); ++s) {
        ends[i].first = std::min(ends[i].first, assigned[i][s] - spots_[s].size.width / 2);
        ends[i].second = std::max(ends[i].second, assigned[i][s] + spots_[s].size.width / 2 + spots_[s].right);
      }
      if (ends[i].second - ends[i].first < ends[narrowest].second - ends[narrowest].first) narrowest = i;
    }
    for (std::size_t s = 0; s < spots_.size(); ++s) {
      std::array<double, 4> x;
      for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = assigned[i][s] +
               (i % 2 == 0 ? ends[narrowest].first - ends[i].first : ends[narrowest].second - ends[i].second);
      }
      // Between the two in the middle.
      const auto [low, high] = std::minmax(x[0], x[1]);
      const auto [other_low, other_high] = std::minmax(x[2], x[3]);
      spots_[s].x = (std::max(low, other_low) + std::min(high, other_high)) / 2;
    }
  }

  static std::uint64_t piece(std::uint32_t upper, std::uint32_t lower) { return (std::uint64_t{upper} << 32) | lower; }

  /// Pieces that cross one between two bends, which is to be straight: nothing is lined up along them.
  void find_crossed() {
    for (std::size_t layer = 0; layer + 1 < layers_.size(); ++layer) {
      const auto& below = layers_[layer + 1];
      double left = 0;
      std::size_t looked_at = 0;
      for (std::size_t i = 0; i < below.size(); ++i) {
        std::optional<double> straight;
        for (const std::uint32_t above : spots_[below[i]].above) {
          if (spots_[above].is_bend && spots_[below[i]].is_bend) straight = place_of_[above];
        }
        if (!straight && i + 1 != below.size()) continue;
        const double right = straight.value_or(static_cast<double>(layers_[layer].size()));
        for (; looked_at <= i; ++looked_at) {
          const std::uint32_t s = below[looked_at];
          for (const std::uint32_t above : spots_[s].above) {
            const bool outside = place_of_[above] < left || place_of_[above] > right;
            if (outside && !(spots_[above].is_bend && spots_[s].is_bend)) crossed_.push_back(piece(above, s));
          }
        }
        left = right;
      }
    }
    sort_stable(crossed_);
  }

  /// How much it matters that a piece is straight: long arrows first, then the usual way, last what has a text, of
  /// which the trunk comes first.
  double straightness(std::uint32_t a, std::uint32_t b) const {
    const auto is_text = [&](std::uint32_t s) { return s >= layout_.boxes.size() && !spots_[s].is_bend; };
    if (spots_[a].is_bend && spots_[b].is_bend) return 3;
    if (!is_text(a) && !is_text(b)) return 2;
    return spots_[a].is_trunk || spots_[b].is_trunk ? 1.5 : 1;
  }

  /// `down`: lined up with what stands above; `leftwards`: as far to the left as can be.
  std::vector<double> assign(bool down, bool leftwards) const {
    std::vector<std::uint32_t> root(spots_.size());
    std::vector<bool> lined_up(spots_.size(), false);
    for (std::uint32_t s = 0; s < root.size(); ++s) root[s] = s;
    std::vector<double> best_above(spots_.size(), 0), best_below(spots_.size(), 0);
    for (std::uint32_t s = 0; s < root.size(); ++s) {
      for (const std::uint32_t n : spots_[s].below) {
        best_below[s] = std::max(best_below[s], straightness(s, n));
        best_above[n] = std::max(best_above[n], straightness(s, n));
      }
    }
    std::vector<std::pair<double, std::uint32_t>> wanted;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const auto& layer = layers_[down ? l : layers_.size() - 1 - l];
      double taken = -1e18;
      for (std::size_t i = 0; i < layer.size(); ++i) {
        const std::uint32_t s = leftwards ? layer[i] : layer[layer.size() - 1 - i];
        double most = 0;
        wanted.clear();
        for (const std::uint32_t n : down ? spots_[s].above : spots_[s].below) {
          const double w = straightness(s, n);
          // Only if that has nothing better on this side.
          if (w < (down ? best_below[n] : best_above[n])) continue;
          if (w > most) wanted.clear();
          most = std::max(most, w);
          if (w == most) wanted.emplace_back(leftwards ? place_of_[n] : -place_of_[n], n);
        }
        if (wanted.empty()) continue;
        sort_stable(wanted, [](const auto& a, const auto& b) { return a.first < b.first; });
        for (std::size_t m = (wanted.size() - 1) / 2; m <= wanted.size() / 2 && !lined_up[s]; ++m) {
          const auto [at, n] = wanted[m];
          if (at <= taken) continue;
          if (std::binary_search(crossed_.begin(), crossed_.end(), down ? piece(n, s) : piece(s, n))) continue;
          root[s] = root[n];
          lined_up[s] = true;
          taken = at;
        }
      }
    }
    return put_together(root, leftwards);
  }

  /// Blocks by their roots: to the one side as far as they can, then back as far as their neighbours let them.
  std::vector<double> put_together(const std::vector<std::uint32_t>& root, bool leftwards) const {
    struct Gap {
      std::uint32_t from, to;
      double distance;
    };
    std::vector<Gap> gaps;
    std::vector<std::uint32_t> first(spots_.size() + 1, 0), waiting(spots_.size(), 0);
    for (const auto& layer : layers_) {
      for (std::size_t i = 0; i + 1 < layer.size(); ++i) {
        std::uint32_t a = layer[i], b = layer[i + 1];
        const double distance = gap(spots_[a], spots_[b]);
        if (!leftwards) std::swap(a, b);
        gaps.push_back({root[a], root[b], distance});
        ++first[root[a] + 1];
        ++waiting[root[b]];
      }
    }
    for (std::size_t s = 0; s < spots_.size(); ++s) first[s + 1] += first[s];
    std::vector<std::uint32_t> by_from(gaps.size()), next(first.begin(), first.end() - 1), order;
    for (std::uint32_t g = 0; g < gaps.size(); ++g) by_from[next[gaps[g].from]++] = g;
    std::vector<double> x(spots_.size(), 0);
    for (std::uint32_t s = 0; s < root.size(); ++s) {
      if (root[s] == s && waiting[s] == 0) order.push_back(s);
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (std::uint32_t k = first[order[i]]; k < first[order[i] + 1]; ++k) {
        const Gap& gap = gaps[by_from[k]];
        x[gap.to] = std::max(x[gap.to], x[gap.from] + gap.distance);
        if (--waiting[gap.to] == 0) order.push_back(gap.to);
      }
    }
    for (std::size_t i = order.size(); i-- > 0;) {
      const std::uint32_t s = order[i];
      if (first[s] == first[s + 1]) continue;
      double least = 1e18;
      for (std::uint32_t k = first[s]; k < first[s + 1]; ++k) {
        least = std::min(least, x[gaps[by_from[k]].to] - gaps[by_from[k]].distance);
      }
      x[s] = std::max(x[s], least);
    }
    std::vector<double> all(spots_.size());
    for (std::size_t s = 0; s < all.size(); ++s) all[s] = leftwards ? x[root[s]] : -x[root[s]];
    return all;
  }

  void place() {
    double left = 0, right = 0;
    bool first = true;
    for (const Spot& spot : spots_) {
      const double from = spot.x - spot.size.width / 2, to = spot.x + spot.size.width / 2 + spot.right;
      left = first ? from : std::min(left, from);
      right = first ? to : std::max(right, to);
      first = false;
    }
    tops_.resize(layers_.size());
    heights_.assign(layers_.size(), 0);
    double y = 0;
    for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
      for (const std::uint32_t s : layers_[layer]) heights_[layer] = std::max(heights_[layer], spots_[s].size.height);
      if (layer % 2 == 1) {
        const bool texts = heights_[layer] > 0;
        tops_[layer] = y + (texts ? kAboveLabel : kLayerGap / 2);
        y = tops_[layer] + heights_[layer] + (texts ? kBelowLabel : kLayerGap / 2);
      } else {
        tops_[layer] = y;
        y += heights_[layer];
      }
    }
    for (Spot& spot : spots_) spot.x -= left;
    layout_.size = {right - left, y};
    for (std::size_t v = 0; v < layout_.boxes.size(); ++v) layout_.boxes[v] = box_of(static_cast<std::uint32_t>(v));
    set_ports();
    for (std::uint32_t e = 0; e < edges_.size(); ++e) {
      if (!is_loop(edges_[e])) draw(e);
    }
  }

  Box box_of(std::uint32_t s) const {
    const Spot& spot = spots_[s];
    const double middle = tops_[spot.layer] + heights_[spot.layer] / 2;
    return {spot.x - spot.size.width / 2, middle - spot.size.height / 2, spot.size.width, spot.size.height};
  }

  /// Where the pieces that leave a box, or come to it, touch it: side by side, in the order of their other ends.
  void set_ports() {
    for (std::uint32_t v = 0; v < layout_.boxes.size(); ++v) {
      spread(v, spots_[v].below, below_ports_);
      spread(v, spots_[v].above, above_ports_);
    }
  }
  void spread(std::uint32_t v, std::vector<std::uint32_t> others,
              std::map<std::pair<std::uint32_t, std::uint32_t>, double>& ports) {
    sort_stable(others, [&](std::uint32_t a, std::uint32_t b) { return spots_[a].x < spots_[b].x; });
    const auto count = static_cast<double>(others.size());
    // What stands in the same column is met in the middle, so that the arrow is straight.
    double middle = (count - 1) / 2;
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (std::abs(spots_[others[i]].x - spots_[v].x) < 0.05) middle = static_cast<double>(i);
    }
    const double most = std::max({middle, count - 1 - middle, 1.0});
    const double step = std::min(spots_[v].size.width * 0.38 / most, 24.0);
    for (std::size_t i = 0; i < others.size(); ++i) {
      ports[{v, others[i]}] = spots_[v].x + (static_cast<double>(i) - middle) * step;
    }
  }

  double bottom_of(std::uint32_t s) const { return tops_[spots_[s].layer] + heights_[spots_[s].layer]; }

  /// Upright between the box and the border of its layer, beside higher boxes.
  static void add_port(Route& route, double x, double from, double to) {
    route.points.push_back({x, from});
    if (to - from > 0.05) route.points.push_back({x, to});
  }

  void draw(std::uint32_t e) {
    Route& route = layout_.routes[e];
    const std::vector<std::uint32_t>& chain = chains_[e];
    const Box begin = box_of(chain.front());
    add_port(route, below_ports_[{chain.front(), chain[1]}], begin.y + begin.height, bottom_of(chain.front()));
    for (std::size_t i = 1; i + 1 < chain.size(); ++i) {
      const Spot& spot = spots_[chain[i]];
      const double top = tops_[spot.layer], height = heights_[spot.layer];
      route.points.push_back({spot.x, top});
      if (height > 0) route.points.push_back({spot.x, top + height});
    }
    if (route.jump) {
      route.jump = box_of(chain.back());
      add_port(route, spots_[chain.back()].x, tops_[spots_[chain.back()].layer], route.jump->y);
      return;
    }
    const Box end = box_of(chain.back());
    add_port(route, above_ports_[{chain.back(), chain[chain.size() - 2]}], tops_[spots_[chain.back()].layer], end.y);
    if (const auto label = labels_.find(e); label != labels_.end()) route.label = box_of(label->second);
    if (route.back) std::reverse(route.points.begin(), route.points.end());
  }

  const std::vector<LayerEdge>& edges_;
  const std::vector<std::uint32_t>& order_;
  std::uint32_t last_;
  std::vector<Spot> spots_;                      // boxes first
  std::vector<std::vector<std::uint32_t>> out_;  // edges by vertex
  std::vector<std::uint32_t> topological_;
  std::vector<std::vector<std::uint32_t>> chains_;  // by edge: spots from above
  std::map<std::uint32_t, std::uint32_t> labels_;   // by edge: the spot of its text
  std::map<std::tuple<std::uint32_t, bool, std::uint32_t>, std::uint32_t> shared_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> connected_;
  std::vector<std::vector<std::uint32_t>> layers_;
  std::vector<double> place_of_;
  std::vector<std::uint64_t> crossed_;
  std::vector<double> tops_, heights_;  // by layer
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> below_ports_, above_ports_;
  LayeredLayout layout_;
};

}  // namespace

LayeredLayout layered_layout(const std::vector<LayerBox>& boxes, const std::vector<LayerEdge>& edges,
                             const std::vector<std::uint32_t>& order, std::uint32_t last) {
  return Layouter(boxes, edges, order, last).run();
}

}  // namespace stepglass::analysis
