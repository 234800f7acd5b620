#pragma once
// A layered layout of boxes and arrows: what comes later stands below. Knows sizes and numbers only; drawing.h makes it
// of a scope. Private to analysis/drawing.

#include <cstdint>
#include <optional>
#include <vector>

namespace stepglass::analysis {

struct Point {
  double x = 0, y = 0;
};

struct Box {
  double x = 0, y = 0, width = 0, height = 0;  // x and y of the upper left corner
};

/// Of a box, or of the text at an arrow; in pixels.
struct Extent {
  double width = 0, height = 0;
};

struct LayerBox {
  Extent size;
  /// Room that it needs at its right, e.g. for loops.
  double right = 0;
};

struct LayerEdge {
  std::uint32_t from;
  std::uint32_t to;
  /// Of its text; nothing where it has none.
  Extent label = {};
  /// Of the text that stands at its end where it is too long to be drawn, which names where it leads.
  Extent jump = {};
};

struct Route {
  /// From the border of the one box to that of the other; between two points it is upright or bends.
  std::vector<Point> points;
  std::optional<Box> label;
  /// It leads up.
  bool back = false;
  /// It ends at the box of this text, and does not reach where it leads.
  std::optional<Box> jump;
};

struct LayeredLayout {
  Extent size;
  std::vector<Box> boxes;     // by vertex
  std::vector<Route> routes;  // by edge
};

/// Vertices are `boxes`; `order` names all of them: those of which others start first, the beginning in front. `last`
/// is put below all others. No boxes and texts overlap. The result depends on the order of edges and of `order`, and on
/// nothing else. O(n log n) in boxes, edges and kMaxBends.
LayeredLayout layered_layout(const std::vector<LayerBox>& boxes, const std::vector<LayerEdge>& edges,
                             const std::vector<std::uint32_t>& order, std::uint32_t last);

/// Layers that arrows pass, all together; the longest arrows become jumps where there would be more.
inline constexpr std::size_t kMaxBends = 100'000;

}  // namespace stepglass::analysis
