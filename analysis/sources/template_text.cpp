#include "analysis/sources/template_text.h"

#include <fmt/format.h>

#include "analysis/sources/limits.h"

namespace stepglass::analysis {
namespace {

/// Bytes of a name in a placeholder: it stays one for engine/model.
constexpr std::size_t kMostNameBytes = 200;

std::string placeholder(std::string_view name) {
  std::string text = "${";
  for (const char c : name.substr(0, kMostNameBytes)) {
    const bool safe = c != '{' && c != '}' && c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
    text += safe ? c : '_';
  }
  if (name.empty()) text += '_';
  return text + "}";
}

MappedText unknown(std::string_view name, Span span) {
  MappedText text;
  text.put(placeholder(name), span);
  return text;
}

/// "Sub" for !Sub and for {"Fn::Sub": …}, with the argument of the call; empty for other values.
struct Call {
  std::string_view name;
  std::optional<Node> argument;
};

Call call_of(const Node& node) {
  if (const std::string_view tag = node.tag(); tag.size() > 1) return {tag.substr(1), node};
  if (!node.is_object() || node.size() != 1) return {};
  const Node member = *node.first_child();
  if (member.key() == "Ref" && member.is_string()) return {"Ref", member};
  if (member.key().starts_with("Fn::") && member.key().size() > 4) return {member.key().substr(4), member};
  return {};
}

/// "Table.Arn" of "Table.Arn" and of ["Table", "Arn"].
std::string attribute_name(const Node& argument) {
  if (argument.is_string()) return std::string(argument.text());
  std::string name;
  for (auto item = argument.first_child(); item && name.size() < kMostNameBytes; item = item->next_sibling()) {
    if (!item->is_string()) continue;
    if (!name.empty()) name += '.';
    name += item->text();
  }
  return name;
}

std::optional<MappedText> text_below(const Node& node, std::size_t depth);

/// [delimiter, [items]]
std::optional<MappedText> joined(const Node& argument, std::size_t depth) {
  if (!argument.is_array() || argument.size() != 2) return std::nullopt;
  const Node delimiter = *argument.first_child(), items = *delimiter.next_sibling();
  if (!delimiter.is_string() || !items.is_array()) return std::nullopt;
  MappedText text;
  for (auto item = items.first_child(); item; item = item->next_sibling()) {
    if (text.text.size() > kMaxSourceBytes) return std::nullopt;
    if (item->index() > 0) text.put(delimiter.text(), delimiter.span());
    const auto part = text_below(*item, depth + 1);
    text.append(part ? *part : unknown("", item->span()));
  }
  return text;
}

std::optional<MappedText> text_below(const Node& node, std::size_t depth) {
  const Call call = call_of(node);
  if (call.name.empty()) {
    if (node.is_string()) return node.mapped_text();
    return std::nullopt;
  }
  const Node& argument = *call.argument;
  constexpr std::size_t kMostCalls = 10;
  if (call.name == "Sub") {
    if (argument.is_string()) return argument.mapped_text();
    const auto first = argument.is_array() ? argument.first_child() : std::nullopt;
    if (first && first->is_string()) return first->mapped_text();
  }
  if (call.name == "Join" && depth < kMostCalls) {
    if (auto text = joined(argument, depth)) return text;
  }
  if (call.name == "Ref" || call.name == "GetAtt") return unknown(attribute_name(argument), node.span());
  if (call.name == "ToJsonString") return std::nullopt;
  return unknown(fmt::format("Fn::{}", call.name), node.span());
}

}  // namespace

bool is_template_function(const Node& node) {
  return !call_of(node).name.empty();
}

std::optional<MappedText> template_text(const Node& node) {
  return text_below(node, 0);
}

std::optional<std::string> function_as_text(const Node& node) {
  if (!is_template_function(node)) return std::nullopt;
  auto text = text_below(node, 0);
  if (!text) return std::nullopt;
  return std::move(text->text);
}

}  // namespace stepglass::analysis
