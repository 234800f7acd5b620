#include "engine/document/pointer.h"

#include <algorithm>
#include <string>

namespace stepglass {

std::optional<Node> find_node(const Document& document, std::string_view pointer) {
  std::optional<Node> node = document.root();
  while (node && !pointer.empty()) {
    if (pointer.front() != '/') return std::nullopt;
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    std::string step;
    for (std::size_t i = 0; i < end; ++i) {
      if (pointer[i] == '~' && i + 1 < end) {
        step += pointer[++i] == '1' ? '/' : '~';
      } else {
        step += pointer[i];
      }
    }
    pointer.remove_prefix(end);
    if (node->is_object()) {
      node = node->find(step);
      continue;
    }
    auto item = node->first_child();
    while (item && std::to_string(item->index()) != step) item = item->next_sibling();
    node = item;
  }
  return node;
}

}  // namespace stepglass
