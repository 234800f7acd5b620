// A value of a document as a document of its own.

#include <algorithm>
#include <utility>

#include "engine/document/content.h"
#include "engine/document/document.h"

namespace stepglass {
namespace {

using detail::DocumentContent;
using detail::kNone;
using detail::NodeData;

/// The node behind `id` in the order of the tree, inside `root`; kNone at the end. `into` says whether to visit the
/// children of `id`.
std::uint32_t next_inside(const DocumentContent& content, std::uint32_t root, std::uint32_t id, bool into) {
  if (into && content.nodes[id].first_child != kNone) return content.nodes[id].first_child;
  while (id != root) {
    if (content.nodes[id].next != kNone) return content.nodes[id].next;
    id = content.nodes[id].parent;
  }
  return kNone;
}

}  // namespace

Document unread_document(std::string text) {
  auto content = std::make_unique<DocumentContent>();
  content->set_text(std::move(text));
  content->source = content->text;
  return Document(std::move(content));
}

Document part_of(const Node& root, const Replacement& replacement) {
  const DocumentContent& host = *root.content_;
  auto content = std::make_unique<DocumentContent>();
  content->shared_text = host.shared_text;
  content->text = *content->shared_text;
  content->copy = host.copy;
  content->source = host.source;

  struct Copied {
    std::uint32_t from, to;
    std::uint32_t last_child;
  };
  std::vector<Copied> open;
  std::uint32_t id = root.id_;
  while (id != kNone) {
    const NodeData& original = host.nodes[id];
    while (!open.empty() && open.back().from != original.parent) open.pop_back();
    const auto copy_id = static_cast<std::uint32_t>(content->nodes.size());
    NodeData copy = original;
    copy.parent = copy.next = copy.first_child = kNone;
    const std::optional<std::string> replaced = replacement(Node(&host, id));
    if (original.text != kNone) copy.text = content->decode(host.decoded_range(original.text));
    if (original.key != kNone) copy.key = content->decode(host.decoded_range(original.key));
    if (replaced) {
      copy.kind = Node::Kind::String;
      copy.size = 0;
      copy.text = content->decode(*replaced);
    } else if (const std::string_view tag = Node(&host, id).tag(); !tag.empty()) {
      content->tags.push_back({copy_id, std::string(tag)});
    }
    if (id == root.id_) {
      copy.key_begin = copy.key_end = copy.index = 0;
      copy.key = kNone;
    } else {
      Copied& parent = open.back();
      copy.parent = parent.to;
      if (parent.last_child == kNone) {
        content->nodes[parent.to].first_child = copy_id;
      } else {
        content->nodes[parent.last_child].next = copy_id;
      }
      parent.last_child = copy_id;
    }
    content->nodes.push_back(copy);
    if (!replaced) open.push_back({id, copy_id, kNone});
    id = next_inside(host, root.id_, id, !replaced);
  }
  const Span inside = root.span();
  const std::string prefix = root.pointer();
  for (Diagnostic diagnostic : host.diagnostics) {
    if (diagnostic.span.begin < inside.begin || diagnostic.span.end > inside.end) continue;
    if (diagnostic.pointer.starts_with(prefix)) diagnostic.pointer.erase(0, prefix.size());
    content->diagnostics.push_back(std::move(diagnostic));
  }
  return Document(std::move(content));
}

}  // namespace stepglass
