// Items of a list as a filter compares them.

#include <string>
#include <utility>

#include "engine/path/compiler.h"
#include "engine/path/java_text.h"
#include "engine/path/loose_json.h"

namespace stepglass::path {

NodeList to_list(std::span<const Value> items, std::size_t depth) {
  NodeList list;
  list.nodes.reserve(items.size());
  for (const Value& item : items) {
    Node node;
    switch (item.kind()) {
      case Value::Kind::Null:
        node.kind = Node::Kind::Null;
        break;
      case Value::Kind::Boolean:
        node.kind = Node::Kind::Boolean;
        node.value = item;
        break;
      case Value::Kind::String: {
        // Jayway guesses what a text in a list stands for: a path, JSON, or itself with quotes and escapes taken off.
        const std::string_view text = item.as_string();
        const std::string_view inner = trimmed(text);
        node.kind = Node::Kind::String;
        node.value = item;
        if (!inner.empty() && (inner[0] == '$' || inner[0] == '@')) {
          Compilation compilation;
          compilation.depth = depth;
          try {
            compile_path(inner, 0, compilation);
            node.kind = Node::Kind::Path;
            break;
          } catch (const Refusal&) {
          }
        }
        if (inner.size() > 1 &&
            ((inner.front() == '[' && inner.back() == ']') || (inner.front() == '{' && inner.back() == '}'))) {
          if (auto value = read_loose_json(inner)) {
            node.kind = Node::Kind::JsonText;
            node.value = *std::move(value);
            node.text = String(text);
            break;
          }
        }
        std::string_view bare = text;
        if (bare.size() > 1 && (bare.front() == '\'' || bare.front() == '"') && bare.back() == bare.front()) {
          bare = bare.substr(1, bare.size() - 2);
        }
        if (bare.size() == text.size() && bare.find('\\') == std::string_view::npos) break;
        std::string plain, bad;
        if (text.size() > 1 && !unescape(bare, plain, bad)) list.failed = true;
        if (text.size() > 1) node.value = Value(plain);
        break;
      }
      case Value::Kind::Array:
      case Value::Kind::Object:
        list.failed = true;
        break;
      default:
        node.kind = Node::Kind::Number;
        node.value = item;
        break;
    }
    if (list.failed) break;
    list.nodes.push_back(std::move(node));
  }
  return list;
}

}  // namespace stepglass::path
