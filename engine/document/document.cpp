#include "engine/document/document.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "engine/document/content.h"
#include "engine/document/scalar.h"
#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass {

using detail::DocumentContent;
using detail::kNone;
using detail::NodeData;

namespace detail {

std::string_view DocumentContent::tag_of(std::uint32_t id) const {
  const auto found =
      std::lower_bound(tags.begin(), tags.end(), id, [](const Tag& tag, std::uint32_t i) { return tag.node < i; });
  return found != tags.end() && found->node == id ? std::string_view(found->name) : std::string_view();
}

std::string DocumentContent::pointer_of(std::uint32_t id) const {
  std::vector<std::uint32_t> path;
  for (; nodes[id].parent != kNone; id = nodes[id].parent) path.push_back(id);
  std::string pointer;
  for (auto it = path.rbegin(); it != path.rend(); ++it) {
    const NodeData& node = nodes[*it];
    if (nodes[node.parent].kind == Node::Kind::Array) {
      append_pointer_step(pointer, std::to_string(node.index));
    } else {
      append_pointer_step(pointer, key_of(node));
    }
  }
  return pointer;
}

namespace {

Value number_of(const DocumentContent& content, const NodeData& node) {
  const std::string_view token =
      node.text != kNone ? content.decoded_range(node.text) : content.source.substr(node.begin, node.end - node.begin);
  if (const auto integer = parse_integer(token)) return Value(*integer);
  std::uint64_t large = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), large);
  if (error == std::errc() && end == token.data() + token.size()) return Value(large);
  return Value(parse_double(token).value_or(0));
}

/// Recursive; the tree is at most kMaxDepth deep.
Value value_of(const DocumentContent& content, std::uint32_t id) {
  const NodeData& node = content.nodes[id];
  switch (node.kind) {
    case Node::Kind::Null:
      return Value();
    case Node::Kind::Boolean:
      return Value(node.boolean);
    case Node::Kind::Number:
      return number_of(content, node);
    default:
      break;
  }
  if (content.values.empty()) content.values.resize(content.nodes.size());
  if (!content.values[id].is_null()) return content.values[id];
  Value value;
  if (node.kind == Node::Kind::String) {
    value = Value(content.text_of(node));
  } else if (node.kind == Node::Kind::Array) {
    ArrayBuilder builder(node.size);
    for (std::uint32_t c = node.first_child; c != kNone; c = content.nodes[c].next) builder.add(value_of(content, c));
    value = std::move(builder).build();
  } else {
    if (!content.keys) content.keys = std::make_unique<KeyCache>();
    ObjectBuilder builder(node.size);
    for (std::uint32_t c = node.first_child; c != kNone; c = content.nodes[c].next) {
      builder.set(content.keys->get(content.key_of(content.nodes[c])), value_of(content, c));
    }
    value = std::move(builder).build();
  }
  content.values[id] = value;
  return value;
}

}  // namespace
}  // namespace detail

// ------------------------------------------------------------------------------------------------------------ Node

Node::Kind Node::kind() const {
  return content_->nodes[id_].kind;
}

Span Node::span() const {
  const NodeData& node = content_->nodes[id_];
  return content_->original(node.begin, node.end);
}

std::string_view Node::key() const {
  return content_->key_of(content_->nodes[id_]);
}

Span Node::key_span() const {
  const NodeData& node = content_->nodes[id_];
  return node.key_end > 0 ? content_->original(node.key_begin, node.key_end) : Span{};
}

std::size_t Node::index() const {
  return content_->nodes[id_].index;
}

std::optional<Node> Node::parent() const {
  const std::uint32_t parent = content_->nodes[id_].parent;
  if (parent == kNone) return std::nullopt;
  return Node(content_, parent);
}

std::string_view Node::text() const {
  return content_->text_of(content_->nodes[id_]);
}

bool Node::boolean() const {
  return content_->nodes[id_].boolean;
}

std::string_view Node::tag() const {
  return content_->tag_of(id_);
}

MappedText Node::mapped_text() const {
  return detail::mapped_text(*content_, id_);
}

Span Node::text_span(std::size_t begin, std::size_t end) const {
  const MappedText mapped = mapped_text();
  if (mapped.pieces.empty()) return span();
  end = std::min(end, mapped.text.size());
  begin = std::min(begin, end);
  return original_span(mapped.pieces, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
}

Value Node::number() const {
  return detail::number_of(*content_, content_->nodes[id_]);
}

std::size_t Node::size() const {
  return content_->nodes[id_].size;
}

std::optional<Node> Node::first_child() const {
  const std::uint32_t child = content_->nodes[id_].first_child;
  if (child == kNone) return std::nullopt;
  return Node(content_, child);
}

std::optional<Node> Node::next_sibling() const {
  const std::uint32_t next = content_->nodes[id_].next;
  if (next == kNone) return std::nullopt;
  return Node(content_, next);
}

std::vector<Node> Node::children() const {
  const NodeData& node = content_->nodes[id_];
  std::vector<Node> children;
  children.reserve(node.size);
  for (std::uint32_t c = node.first_child; c != kNone; c = content_->nodes[c].next) {
    children.push_back(Node(content_, c));
  }
  return children;
}

std::optional<Node> Node::find(std::string_view key) const {
  if (!is_object()) return std::nullopt;
  std::uint32_t found = kNone;
  for (std::uint32_t c = content_->nodes[id_].first_child; c != kNone; c = content_->nodes[c].next) {
    if (content_->key_of(content_->nodes[c]) == key) found = c;
  }
  if (found == kNone) return std::nullopt;
  return Node(content_, found);
}

Value Node::value() const {
  return detail::value_of(*content_, id_);
}

std::string Node::pointer() const {
  return content_->pointer_of(id_);
}

// -------------------------------------------------------------------------------------------------------- Document

Document::Document(std::unique_ptr<DocumentContent> content) : content_(std::move(content)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

std::string_view Document::text() const {
  return content_->text;
}

std::optional<Node> Document::root() const {
  if (content_->nodes.empty()) return std::nullopt;
  return Node(content_.get(), 0);
}

const Diagnostics& Document::diagnostics() const {
  return content_->diagnostics;
}

Position Document::position(std::size_t offset) const {
  return content_->line_index().position(offset);
}

std::size_t Document::offset(Position position) const {
  return content_->line_index().offset(position);
}

}  // namespace stepglass
