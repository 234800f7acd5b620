#include "engine/jsonata/path_builder.h"

#include <algorithm>
#include <utility>

#include "engine/jsonata/error.h"

// a.b[c] arrives as Filter(Dot(a, b), c) and becomes Path(a, b with the predicate c): what the parser hung around a
// step is hung onto it. A % becomes a search for an ancestor: it goes back over the steps until it has gone up as many
// levels as it asks for, across predicates and blocks, and marks the step whose input is that ancestor. Such paths
// carry tuples: items together with what they came from.

namespace stepglass::jsonata {
namespace {

[[noreturn]] void raise(std::string_view code, std::size_t position, ErrorDetails details = {}) {
  throw Raised{make_error(code, details, position)};
}

NodePtr make(Kind kind, std::uint32_t position) {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  node->position = position;
  return node;
}

class PathBuilder {
 public:
  NodePtr build(NodePtr node) {
    const bool keep_array = node->keep_array;
    NodePtr built = build_kind(std::move(node));
    if (keep_array) built->keep_array = true;
    return built;
  }

 private:
  NodePtr build_kind(NodePtr node) {
    switch (node->kind) {
      case Kind::Dot:
        return dot(std::move(node));
      case Kind::Filter:
        return filter(std::move(node));
      case Kind::GroupBy:
        return group_by(std::move(node));
      case Kind::OrderBy:
        return order_by(std::move(node));
      case Kind::Focus:
        return focus(std::move(node));
      case Kind::Index:
        return index(std::move(node));
      case Kind::Word:
        node->kind = Kind::Name;
        return name(std::move(node));
      case Kind::Name:
        return name(std::move(node));
      case Kind::Parent:
        node->sought = std::make_shared<Ancestor>();
        node->sought->label = labels_++;
        return node;
      case Kind::End:
        raise("S0207", node->position, {.token = "(end)"});
      case Kind::Negate:
        return negate(std::move(node));
      case Kind::Lambda:
        node->nodes[0] = build(std::move(node->nodes[0]));
        mark_tail_calls(*node->nodes[0]);
        return node;
      case Kind::Transform:
        for (NodePtr& part : node->nodes) part = build(std::move(part));
        return node;
      case Kind::Apply:
        build_operands(*node, false);
        node->keep_array = node->nodes[0]->keep_array || node->nodes[1]->keep_array;
        return node;
      case Kind::Call:
      case Kind::Partial:
        build_operands(*node, true);
        node->procedure = build(std::move(node->procedure));
        node->has_closure |= node->procedure->has_closure;
        return node;
      case Kind::Object:
        for (auto& [key, value] : node->pairs) {
          key = build_operand(*node, std::move(key), true);
          value = build_operand(*node, std::move(value), true);
        }
        return node;
      case Kind::Block:
        build_operands(*node, true);
        for (const NodePtr& part : node->nodes) {
          if (part->constructed || (part->kind == Kind::Path && part->nodes[0]->constructed)) node->constructed = true;
        }
        return node;
      default:
        build_operands(*node, true);
        return node;
    }
  }

  void build_operands(Node& node, bool hands_on_ancestry) {
    for (NodePtr& operand : node.nodes) operand = build_operand(node, std::move(operand), hands_on_ancestry);
  }

  NodePtr build_operand(Node& node, NodePtr operand, bool hands_on_ancestry) {
    operand = build(std::move(operand));
    node.has_closure |= operand->has_closure;
    if (hands_on_ancestry) hand_on(node, *operand);
    return operand;
  }

  NodePtr name(NodePtr step) {
    NodePtr path = make(Kind::Path, step->position);
    path->keep_singleton = step->keep_array;
    path->nodes.push_back(std::move(step));
    return path;
  }

  NodePtr negate(NodePtr node) {
    NodePtr operand = build(std::move(node->nodes[0]));
    if (operand->kind == Kind::Literal && operand->value.is_number()) {
      operand->value = operand->value.kind() == Value::Kind::Integer ? Value(-operand->value.as_integer())
                                                                     : Value(-operand->value.as_double());
      return operand;
    }
    hand_on(*node, *operand);
    node->has_closure |= operand->has_closure;
    node->nodes[0] = std::move(operand);
    return node;
  }

  NodePtr as_path(NodePtr node) {
    if (node->kind == Kind::Path) return node;
    NodePtr path = make(Kind::Path, node->position);
    path->has_closure = node->has_closure;
    if (node->kind == Kind::Parent) path->seeking.push_back(node->sought);
    path->nodes.push_back(std::move(node));
    return path;
  }

  NodePtr dot(NodePtr node) {
    NodePtr path = as_path(build(std::move(node->nodes[0])));
    NodePtr rest = build(std::move(node->nodes[1]));
    path->has_closure |= rest->has_closure;
    if (rest->kind == Kind::Path) {
      for (NodePtr& step : rest->nodes) path->nodes.push_back(std::move(step));
    } else {
      std::move(rest->predicates.begin(), rest->predicates.end(), std::back_inserter(rest->stages));
      rest->predicates.clear();
      path->nodes.push_back(std::move(rest));
    }
    for (NodePtr& step : path->nodes) {
      if (step->kind == Kind::Literal) {
        if (!step->value.is_string()) raise("S0213", step->position, {.value = step->value});
        step->kind = Kind::Name;
        step->name = step->value.as_shared_string();
      }
      if (step->keep_array) path->keep_singleton = true;
    }
    if (path->nodes.front()->kind == Kind::Array) path->nodes.front()->constructed = true;
    if (path->nodes.back()->kind == Kind::Array) path->nodes.back()->constructed = true;
    resolve_ancestry(*path);
    return path;
  }

  NodePtr filter(NodePtr node) {
    NodePtr result = build(std::move(node->nodes[0]));
    const bool in_path = result->kind == Kind::Path;
    Node& step = in_path ? *result->nodes.back() : *result;
    if (step.group) raise("S0209", node->position);
    NodePtr predicate = build(std::move(node->nodes[1]));
    result->has_closure |= predicate->has_closure;
    step.has_closure |= predicate->has_closure;
    if (!predicate->seeking.empty()) {
      for (const auto& ancestor : predicate->seeking) {
        if (ancestor->level == 1) {
          seek(step, ancestor);
        } else {
          --ancestor->level;
        }
      }
      hand_on(step, *predicate);
    }
    (in_path ? step.stages : step.predicates).push_back(Stage{std::move(predicate), {}, 0});
    return result;
  }

  NodePtr group_by(NodePtr node) {
    NodePtr result = build(std::move(node->nodes[0]));
    if (result->group) raise("S0210", node->position);
    node->nodes.clear();
    node->kind = Kind::Object;
    for (auto& [key, value] : node->pairs) {
      key = build(std::move(key));
      value = build(std::move(value));
      result->has_closure |= key->has_closure || value->has_closure;
    }
    result->group = std::move(node);
    return result;
  }

  NodePtr order_by(NodePtr node) {
    NodePtr path = as_path(build(std::move(node->nodes[0])));
    NodePtr step = make(Kind::Sort, node->position);
    for (Term& term : node->terms) {
      term.expression = build(std::move(term.expression));
      path->has_closure |= term.expression->has_closure;
      hand_on(*step, *term.expression);
      step->terms.push_back(std::move(term));
    }
    path->nodes.push_back(std::move(step));
    resolve_ancestry(*path);
    return path;
  }

  NodePtr focus(NodePtr node) {
    NodePtr result = build(std::move(node->nodes[0]));
    Node& step = result->kind == Kind::Path ? *result->nodes.back() : *result;
    if (!step.stages.empty() || !step.predicates.empty()) raise("S0215", node->position);
    if (step.kind == Kind::Sort) raise("S0216", node->position);
    if (node->keep_array) step.keep_array = true;
    step.focus = node->name.view();
    step.tuple = true;
    return result;
  }

  NodePtr index(NodePtr node) {
    NodePtr result = build(std::move(node->nodes[0]));
    if (result->kind != Kind::Path) {
      result = as_path(std::move(result));
      Node& step = *result->nodes.back();
      std::move(step.predicates.begin(), step.predicates.end(), std::back_inserter(step.stages));
      step.predicates.clear();
    }
    Node& step = *result->nodes.back();
    if (step.stages.empty()) {
      step.index = node->name.view();
    } else {
      step.stages.push_back(Stage{nullptr, std::string(node->name.view()), 0});
    }
    step.tuple = true;
    return result;
  }

  /// What `inner` seeks further out becomes what `outer` seeks.
  static void hand_on(Node& outer, const Node& inner) {
    outer.seeking.insert(outer.seeking.end(), inner.seeking.begin(), inner.seeking.end());
    if (inner.kind == Kind::Parent) outer.seeking.push_back(inner.sought);
  }

  static void seek(Node& node, const std::shared_ptr<Ancestor>& ancestor) {
    switch (node.kind) {
      case Kind::Name:
      case Kind::Wildcard:
        if (--ancestor->level == 0) {
          if (node.ancestor) ancestor->label = node.ancestor->label;
          node.ancestor = ancestor;
          node.tuple = true;
        }
        return;
      case Kind::Parent:
        ++ancestor->level;
        return;
      case Kind::Block:
        if (!node.nodes.empty()) {
          node.tuple = true;
          seek(*node.nodes.back(), ancestor);
        }
        return;
      case Kind::Path: {
        node.tuple = true;
        std::size_t index = node.nodes.size();
        seek(*node.nodes[--index], ancestor);
        while (ancestor->level > 0 && index > 0) seek(*node.nodes[--index], ancestor);
        return;
      }
      default:
        raise("S0217", node.position, {.token = std::string(kind_name(node.kind))});
    }
  }

  void resolve_ancestry(Node& path) {
    const Node& last = *path.nodes.back();
    std::vector<std::shared_ptr<Ancestor>> ancestors = last.seeking;
    if (last.kind == Kind::Parent) ancestors.push_back(last.sought);
    for (const auto& ancestor : ancestors) {
      std::size_t index = path.nodes.size() - 1;
      while (ancestor->level > 0) {
        if (index == 0) {
          path.seeking.push_back(ancestor);
          break;
        }
        Node* step = path.nodes[--index].get();
        // Steps in a row that bind the focus all have the same input.
        while (index > 0 && !step->focus.empty() && !path.nodes[index - 1]->focus.empty()) {
          step = path.nodes[--index].get();
        }
        seek(*step, ancestor);
      }
    }
  }

  static void mark_tail_calls(Node& node) {
    if (node.kind == Kind::Call) {
      if (node.predicates.empty()) node.tail = true;
    } else if (node.kind == Kind::Condition) {
      for (std::size_t i = 1; i < node.nodes.size(); ++i) mark_tail_calls(*node.nodes[i]);
    } else if (node.kind == Kind::Default || node.kind == Kind::Coalesce) {
      mark_tail_calls(*node.nodes[1]);
    } else if (node.kind == Kind::Block && !node.nodes.empty()) {
      mark_tail_calls(*node.nodes.back());
    }
  }

  int labels_ = 0;
};

}  // namespace

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::Path:
      return "path";
    case Kind::Binary:
      return "binary";
    case Kind::Negate:
    case Kind::Array:
    case Kind::Object:
      return "unary";
    case Kind::Name:
      return "name";
    case Kind::Wildcard:
      return "wildcard";
    case Kind::Descendants:
      return "descendant";
    case Kind::Parent:
      return "parent";
    case Kind::Condition:
    case Kind::Default:
    case Kind::Coalesce:
      return "condition";
    case Kind::Block:
      return "block";
    case Kind::Bind:
      return "bind";
    case Kind::Regex:
      return "regex";
    case Kind::Call:
      return "function";
    case Kind::Partial:
      return "partial";
    case Kind::Variable:
    case Kind::Context:
    case Kind::Root:
      return "variable";
    case Kind::Lambda:
      return "lambda";
    case Kind::Apply:
      return "apply";
    case Kind::Transform:
      return "transform";
    case Kind::Sort:
      return "sort";
    default:
      return "value";
  }
}

NodePtr build_paths(NodePtr root) {
  root = PathBuilder().build(std::move(root));
  if (root->kind == Kind::Parent || !root->seeking.empty()) {
    raise("S0217", root->position, {.token = std::string(kind_name(root->kind))});
  }
  return root;
}

}  // namespace stepglass::jsonata
