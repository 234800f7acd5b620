#include "analysis/rules/framework/shapes.h"

#include <algorithm>

namespace stepglass::analysis {
namespace {

// Levels that are kept apart; beyond them all is unknown.
constexpr std::size_t kMaxLevels = 8;

const ShapeNode::Member* find_member(const ShapeNode& node, std::string_view name) {
  const auto at = std::lower_bound(node.members.begin(), node.members.end(), name,
                                   [](const ShapeNode::Member& m, std::string_view n) { return m.name.view() < n; });
  return at != node.members.end() && at->name == name ? &*at : nullptr;
}

void set_member(ShapeNode& node, std::string_view name, Shape shape) {
  const auto at = std::lower_bound(node.members.begin(), node.members.end(), name,
                                   [](const ShapeNode::Member& m, std::string_view n) { return m.name.view() < n; });
  if (at != node.members.end() && at->name == name) {
    at->shape = std::move(shape);
    at->maybe = false;
  } else if (node.members.size() < kMaxShapeMembers) {
    node.members.insert(at, {String(name), std::move(shape), false});
  } else {
    node.closed = false;
  }
}

Shape with_step(const Shape& shape, const std::vector<Steps::Step>& steps, std::size_t at, Shape value) {
  if (at == steps.size()) return value;
  const auto* name = std::get_if<std::string>(&steps[at]);
  if (!name || at >= kMaxLevels) return nullptr;
  if (shape && shape->kind != ShapeNode::Kind::Object) return nullptr;
  const ShapeNode::Member* member = shape ? find_member(*shape, *name) : nullptr;
  // One that is full and open can have any member already.
  if (shape && !member && !shape->closed && shape->members.size() >= kMaxShapeMembers) return shape;
  // A member that is not there is made; of one that may be there nothing is known.
  Shape inner = member ? member->shape : nullptr;
  if (shape && !member && shape->closed) {
    inner = std::make_shared<ShapeNode>(ShapeNode{.kind = ShapeNode::Kind::Object, .members = {}, .count = {}});
  }
  Shape made = with_step(inner, steps, at + 1, std::move(value));
  if (member && made == member->shape && !member->maybe) return shape;
  ShapeNode node{.kind = ShapeNode::Kind::Object, .closed = false, .members = {}, .count = {}};
  if (shape) {
    const ShapeNode& old = *shape;
    node = {old.kind, old.origin, old.maker, old.closed, {}, old.count};
    node.members.reserve(old.members.size() + 1);
    node.members = old.members;
  }
  set_member(node, *name, std::move(made));
  return std::make_shared<ShapeNode>(std::move(node));
}

Shape literal_at(Node node, const State* maker, std::size_t depth) {
  switch (node.kind()) {
    case Node::Kind::Null:
      return scalar_shape(ShapeNode::Kind::Null);
    case Node::Kind::Boolean:
      return scalar_shape(ShapeNode::Kind::Boolean);
    case Node::Kind::Number:
      return scalar_shape(ShapeNode::Kind::Number);
    case Node::Kind::String:
      return scalar_shape(ShapeNode::Kind::Text);
    case Node::Kind::Array:
      return std::make_shared<ShapeNode>(
          ShapeNode{.kind = ShapeNode::Kind::Array, .maker = maker, .members = {}, .count = node.size()});
    case Node::Kind::Object:
      break;
  }
  if (depth >= kMaxLevels) return nullptr;
  ShapeNode object{.kind = ShapeNode::Kind::Object, .maker = maker, .members = {}, .count = {}};
  object.members.reserve(std::min(node.size(), kMaxShapeMembers));
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    if (object.members.size() >= kMaxShapeMembers) {
      object.closed = false;
      break;
    }
    set_member(object, child->key(), literal_at(*child, maker, depth + 1));
  }
  return std::make_shared<ShapeNode>(std::move(object));
}

}  // namespace

Found find_in(const Shape& shape, const Steps& steps) {
  Found found;
  found.shape = shape;
  bool maybe = false;
  for (std::size_t i = 0; i < steps.steps.size(); ++i) {
    const Shape at = found.shape;
    if (!at) break;
    const auto stop = [&](Found::Kind kind) { return Found{kind, nullptr, i, at}; };
    if (const auto* name = std::get_if<std::string>(&steps.steps[i])) {
      if (at->kind == ShapeNode::Kind::Array) return stop(Found::Kind::OnArray);
      if (at->kind != ShapeNode::Kind::Object) return stop(Found::Kind::OnScalar);
      const ShapeNode::Member* member = find_member(*at, *name);
      if (!member) {
        if (at->closed) return stop(Found::Kind::Missing);
        found.shape = nullptr;
        break;
      }
      if (member->maybe && !maybe) {
        maybe = true;
        found.depth = i;
        found.at = at;
      }
      found.shape = member->shape;
    } else {
      const std::int64_t index = std::get<std::int64_t>(steps.steps[i]);
      if (at->kind == ShapeNode::Kind::Array && at->count && static_cast<std::size_t>(index) >= *at->count) {
        return stop(Found::Kind::PastEnd);
      }
      found.shape = nullptr;  // items are not told apart
    }
  }
  if (maybe) found.kind = Found::Kind::MaybeMissing;
  if (!steps.complete) found.shape = nullptr;
  return found;
}

Shape with_shape_at(const Shape& shape, const std::vector<Steps::Step>& steps, Shape value) {
  return with_step(shape, steps, 0, std::move(value));
}

namespace {

/// Whether joining `b` to `a` leaves `a` as it is, as it mostly does.
bool absorbs(const Shape& a, const Shape& b, std::size_t depth) {
  if (a == b || !a) return true;
  if (!b || a->kind != b->kind || depth >= kMaxLevels) return false;
  if (a->kind == ShapeNode::Kind::Array) return a->count == b->count;
  if (a->kind != ShapeNode::Kind::Object) return true;
  if (a->members.size() != b->members.size() || (a->closed && !b->closed)) return false;
  if (a->maker != b->maker && b->origin != ShapeNode::Origin::Literal) return false;
  for (std::size_t i = 0; i < a->members.size(); ++i) {
    const ShapeNode::Member &x = a->members[i], &y = b->members[i];
    if (!(x.name == y.name) || (y.maybe && !x.maybe) || !absorbs(x.shape, y.shape, depth + 1)) return false;
  }
  return true;
}

}  // namespace

Shape join(const Shape& a, const Shape& b, std::size_t depth) {
  if (absorbs(a, b, depth)) return a;
  if (!b || a->kind != b->kind || depth >= kMaxLevels) return nullptr;
  if (a->kind == ShapeNode::Kind::Array) {
    ShapeNode node = *a;
    node.count = std::nullopt;
    return std::make_shared<ShapeNode>(std::move(node));
  }
  ShapeNode node{.kind = ShapeNode::Kind::Object,
                 .origin = a->origin,
                 .maker = a->maker,
                 .closed = a->closed && b->closed,
                 .members = {},
                 .count = {}};
  if (b->maker != a->maker && b->origin != ShapeNode::Origin::Literal) {
    node.origin = b->origin;
    node.maker = b->maker;
  }
  node.members.reserve(std::max(a->members.size(), b->members.size()));
  auto x = a->members.begin();
  auto y = b->members.begin();
  while (x != a->members.end() || y != b->members.end()) {
    if (y == b->members.end() || (x != a->members.end() && x->name.view() < y->name.view())) {
      // In an open object the other one may be there, too.
      node.members.push_back({x->name, b->closed ? x->shape : nullptr, b->closed || x->maybe});
      ++x;
    } else if (x == a->members.end() || y->name.view() < x->name.view()) {
      node.members.push_back({y->name, a->closed ? y->shape : nullptr, a->closed || y->maybe});
      ++y;
    } else {
      node.members.push_back({x->name, join(x->shape, y->shape, depth + 1), x->maybe || y->maybe});
      ++x;
      ++y;
    }
  }
  if (node.members.size() > kMaxShapeMembers) return nullptr;
  return std::make_shared<ShapeNode>(std::move(node));
}

bool same(const Shape& a, const Shape& b, std::size_t depth) {
  if (a == b) return true;
  if (!a || !b || a->kind != b->kind || a->closed != b->closed || a->count != b->count ||
      a->members.size() != b->members.size() || depth > kMaxLevels) {
    return false;
  }
  for (std::size_t i = 0; i < a->members.size(); ++i) {
    const ShapeNode::Member &x = a->members[i], &y = b->members[i];
    if (!(x.name == y.name) || x.maybe != y.maybe || !same(x.shape, y.shape, depth + 1)) return false;
  }
  return true;
}

std::optional<ShapeNode::Kind> kind_of(intrinsic::Type type) {
  switch (type) {
    case intrinsic::Type::String:
      return ShapeNode::Kind::Text;
    case intrinsic::Type::Number:
      return ShapeNode::Kind::Number;
    case intrinsic::Type::Boolean:
      return ShapeNode::Kind::Boolean;
    case intrinsic::Type::Array:
      return ShapeNode::Kind::Array;
    case intrinsic::Type::Object:
      return ShapeNode::Kind::Object;
    case intrinsic::Type::Any:
      break;
  }
  return std::nullopt;
}

std::string_view kind_words(ShapeNode::Kind kind) {
  switch (kind) {
    case ShapeNode::Kind::Text:
      return "a text";
    case ShapeNode::Kind::Number:
      return "a number";
    case ShapeNode::Kind::Boolean:
      return "a boolean";
    case ShapeNode::Kind::Null:
      return "null";
    case ShapeNode::Kind::Array:
      return "an array";
    case ShapeNode::Kind::Object:
      return "an object";
  }
  return "";
}

Shape scalar_shape(ShapeNode::Kind kind) {
  static const ShapeNode kScalars[] = {
      {.kind = ShapeNode::Kind::Text, .members = {}, .count = {}},
      {.kind = ShapeNode::Kind::Number, .members = {}, .count = {}},
      {.kind = ShapeNode::Kind::Boolean, .members = {}, .count = {}},
      {.kind = ShapeNode::Kind::Null, .members = {}, .count = {}},
  };
  // Owned by nobody: they stay for as long as the program runs.
  return Shape(Shape(), &kScalars[static_cast<std::size_t>(kind)]);
}

Shape literal_shape(Node node, const State* maker) {
  return literal_at(node, maker, 0);
}

}  // namespace stepglass::analysis
