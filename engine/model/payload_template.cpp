// Payload templates: from a document to Template, with reports for what is no path and no call.

#include <fmt/format.h>

#include <algorithm>

#include "engine/model/placeholder.h"
#include "engine/model/service_words.h"
#include "engine/model/syntax.h"
#include "engine/model/values.h"
#include "engine/support/limits.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::loading {

namespace {

bool looks_like_path(std::string_view text) {
  if (!text.starts_with("$.") && !text.starts_with("$[") && !text.starts_with("$$.")) return false;
  return static_cast<bool>(path::Query::parse(text));
}

}  // namespace

bool looks_dynamic(std::string_view text) {
  return looks_like_path(text) || (looks_like_call(text) && text.ends_with(')'));
}

namespace {

/// `text` without its last [index]; nothing when it does not end in one.
std::optional<path::Query> without_index(std::string_view text) {
  if (!text.ends_with(']')) return std::nullopt;
  const std::size_t open = text.rfind('[');
  if (open == std::string_view::npos || open == 0 || open + 2 >= text.size()) return std::nullopt;
  for (std::size_t i = open + 1; i + 1 < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
  }
  auto query = path::Query::parse(text.substr(0, open));
  if (!query || !query->is_definite()) return std::nullopt;
  return std::move(*query);
}

/// Compiles one template. The service names the template as a whole as the place of every problem in it.
class Compiler {
 public:
  Compiler(const Reading& reading, Node root) : reading_(reading), root_(root) {}

  /// The compiled node; nothing when there is nothing dynamic in it, so that the value can be shared as it is.
  /// Recursion follows the nesting of the definition, which read_json bounds by kMaxDepth.
  std::optional<TemplateNode> compile(Node node);

 private:
  std::optional<TemplateNode> compile_object(Node node);
  std::optional<TemplateNode> compile_array(Node node);
  /// The member `key.$`; nothing for a placeholder, or with a report.
  std::optional<DynamicMember> compile_member(Node node);
  void report(std::string_view rule, Node node, std::string reason, std::string help);
  void check_conflicts(const std::vector<Node>& children);

  const Reading& reading_;
  Node root_;
};

bool is_dynamic_key(std::string_view key) {
  return key.ends_with(".$");
}

void Compiler::report(std::string_view rule, Node node, std::string reason, std::string help) {
  reading_.findings.add(
      {.name = rule,
       .at = node,
       .span = node.is_object() || node.is_array() ? head(node) : node.span(),
       .message = fmt::format("\"{}\" is {}: {}", quoted(node.key()), reading_.findings.shown(node), reason),
       .help = std::move(help)},
      {.message = service::bad_dynamic_member(node.key()), .at = root_});
}

std::optional<DynamicMember> Compiler::compile_member(Node node) {
  const std::string_view field = node.key();
  const std::string_view key = field.substr(0, field.size() - 2);
  if (!node.is_string()) {
    if (is_missing(node)) return std::nullopt;
    report("dynamic-key-not-path", node, "a key that ends in \".$\" takes a path or an intrinsic call",
           fmt::format("write \"{}\" to copy the value as it is", quoted(key)));
    return std::nullopt;
  }
  const std::string_view text = node.text();
  if (text.starts_with('$')) {
    auto query = path::Query::parse(text);
    if (query) {
      check_query(reading_, node, *query);
      return DynamicMember{String(key), std::string(field), std::move(*query), without_index(text)};
    }
    if (!contains_placeholder(text)) report("invalid-path", node, query.error().message, "");
    return std::nullopt;
  }
  if (text.starts_with("States.")) {
    auto call = intrinsic::Call::parse(text);
    if (call) {
      check_call(reading_, node, *call);
      return DynamicMember{String(key), std::string(field), std::move(*call), std::nullopt};
    }
    if (!contains_placeholder(text)) report(rule_of(text, call.error()), node, call.error().message, "");
    return std::nullopt;
  }
  if (!contains_placeholder(text)) {
    report("dynamic-key-not-path", node, "this is no path and no intrinsic call",
           fmt::format("write \"{}\" to copy the text as it is", quoted(key)));
  }
  return std::nullopt;
}

/// `children` of one object: "a" and "a.$" cannot both be there.
void Compiler::check_conflicts(const std::vector<Node>& children) {
  std::vector<std::string_view> keys;
  keys.reserve(children.size());
  for (const Node& child : children) {
    if (!is_dynamic_key(child.key()) && !is_missing(child)) keys.push_back(child.key());
  }
  if (keys.empty()) return;
  // Most templates have a handful of members: then looking at each of them is quicker than sorting.
  constexpr std::size_t kFew = 8;
  const bool few = keys.size() <= kFew;
  if (!few) sort_stable(keys);
  for (const Node& child : children) {
    if (!is_dynamic_key(child.key()) || is_missing(child)) continue;
    const std::string_view key = child.key().substr(0, child.key().size() - 2);
    const bool found = few ? std::find(keys.begin(), keys.end(), key) != keys.end()
                           : std::binary_search(keys.begin(), keys.end(), key);
    if (!found) continue;
    reading_.findings.add(
        {.name = "payload-key-conflict",
         .at = child,
         .span = child.key_span(),
         .message = fmt::format("\"{}\" and \"{}\" give the same member", quoted(key), quoted(child.key())),
         .help = "delete one of the two"},
        {.message = service::conflicting_member(key), .at = root_});
  }
}

std::optional<TemplateNode> Compiler::compile_object(Node node) {
  struct Member {
    Node node;
    std::optional<TemplateNode> compiled;
  };
  std::vector<Member> copied;
  std::vector<DynamicMember> dynamic;
  bool is_dynamic = false;
  const std::vector<Node> children = unique_children(node);
  copied.reserve(children.size());
  for (const Node& child : children) {
    if (is_dynamic_key(child.key())) {
      is_dynamic = true;
      if (auto member = compile_member(child)) dynamic.push_back(std::move(*member));
      continue;
    }
    auto compiled = compile(child);
    is_dynamic = is_dynamic || compiled.has_value();
    copied.push_back({child, std::move(compiled)});
  }
  if (!is_dynamic) return std::nullopt;
  check_conflicts(children);

  TemplateObject object;
  object.copied.reserve(copied.size());
  for (Member& member : copied) {
    object.copied.push_back({String(member.node.key()), {}});
    std::vector<TemplateNode>& slot = object.copied.back().node;
    slot.push_back(member.compiled ? std::move(*member.compiled) : TemplateNode{member.node.value()});
  }
  std::vector<std::string> keys;
  keys.reserve(dynamic.size());
  for (const DynamicMember& member : dynamic) keys.emplace_back(member.key.view());
  object.dynamic.reserve(dynamic.size());
  for (const std::size_t index : java_hash_order(keys)) object.dynamic.push_back(std::move(dynamic[index]));
  return TemplateNode{std::move(object)};
}

std::optional<TemplateNode> Compiler::compile_array(Node node) {
  std::vector<std::pair<Node, std::optional<TemplateNode>>> items;
  bool is_dynamic = false;
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    auto compiled = compile(*child);
    is_dynamic = is_dynamic || compiled.has_value();
    items.emplace_back(*child, std::move(compiled));
  }
  if (!is_dynamic) return std::nullopt;
  TemplateArray array;
  array.items.reserve(items.size());
  for (auto& [item, compiled] : items) {
    array.items.push_back(compiled ? std::move(*compiled) : TemplateNode{item.value()});
  }
  return TemplateNode{std::move(array)};
}

std::optional<TemplateNode> Compiler::compile(Node node) {
  if (node.is_object()) return compile_object(node);
  if (node.is_array()) return compile_array(node);
  if (node.is_string() && node.text().starts_with("{%") && node.text().ends_with("%}")) {
    // The service says nothing of it: to a JSONPath state it is a text like any other.
    reading_.findings.add({.name = "expression-in-jsonpath",
                           .at = node,
                           .span = node.span(),
                           .message = fmt::format("{} is copied as text: the state is in JSONPath",
                                                  reading_.findings.shown(node)),
                           .help = "write \"QueryLanguage\": \"JSONata\" in the state, and Arguments or Output",
                           .severity = Severity::Warning});
    return std::nullopt;
  }
  if (!node.is_string()) return std::nullopt;
  // "$" alone may be the sign of a currency, but no payload.
  const bool is_payload = node.key() == "Payload" || node.key() == "Input" || node.key() == "MessageBody";
  if (!looks_dynamic(node.text()) && !(is_payload && (node.text() == "$" || node.text() == "$$"))) return std::nullopt;
  if (node.key().empty() || !looks_dynamic(node.text())) {
    // The service says nothing of these.
    reading_.findings.add({.name = "path-in-static-key",
                           .at = node,
                           .span = node.span(),
                           .message = node.key().empty()
                                          ? fmt::format("the item {} is copied as text", reading_.findings.shown(node))
                                          : fmt::format("\"{}\" is copied as the text {}", quoted(node.key()),
                                                        reading_.findings.shown(node)),
                           .help = node.key().empty() ? std::string("make the array with States.Array(…) under a key that ends with .$")
                                                      : fmt::format("write the key as \"{}.$\" to evaluate it", quoted(node.key())),
                           .severity = Severity::Warning});
    return std::nullopt;
  }
  reading_.findings.add(
      {.name = "path-in-static-key",
       .at = node,
       .span = node.span(),
       .message = fmt::format("\"{}\" is copied as the text {}", quoted(node.key()), reading_.findings.shown(node)),
       .help = fmt::format("write the key as \"{}.$\" to evaluate it", quoted(node.key())),
       .severity = Severity::Warning},
      {.message = service::no_dollar(node.key()), .at = node, .phase = Phase::Warning, .code = "NO_DOLLAR"});
  return std::nullopt;
}

TemplateField compile_template(const Reading& reading, Node node) {
  auto compiled = Compiler(reading, node).compile(node);
  return Template(compiled ? std::move(*compiled) : TemplateNode{node.value()});
}

/// Letters outside ASCII are not looked up: Unicode's ID_Start and ID_Continue grow with every version.
bool is_variable_name(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  };
  if (name.empty() || !is_letter(name[0]) || count_code_points(name) > kMaxNameCharacters) return false;
  return std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

TemplateField read_template(const Reading& reading, Node node) {
  if (is_missing(node)) return {};
  if (reading.is_jsonata()) return read_jsonata(reading, node);
  return compile_template(reading, node);
}

Assign read_assign(const Reading& reading, Node node) {
  if (is_missing(node)) return {};
  if (!node.is_object()) {
    if (reading.is_jsonata() && node.is_string() && is_expression(node.text())) {
      reading.findings.add({.name = "assign-not-object",
                            .at = node,
                            .span = node.span(),
                            .message = "\"Assign\" is one expression, but must be an object of variables",
                            .help = "write {\"name\": \"{% expression %}\"}"},
                           {.message = service::expected_type("[OBJECT]"), .at = node});
    } else {
      report_type(reading, node, "an object of variables", "[OBJECT]", "assign-not-object");
    }
    return {};
  }
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    std::string_view name = child->key();
    if (!reading.is_jsonata() && is_dynamic_key(name)) name.remove_suffix(2);
    if (name == "states") {
      reading.findings.add(
          {.name = "reserved-variable-name",
           .at = *child,
           .span = child->key_span(),
           .message = "variable \"states\" is reserved",
           .help = "choose another name"},
          {.message = std::string(service::kReservedVariable), .at = *child, .code = "RESERVED_VARIABLE_NAME"});
    } else if (!is_variable_name(name) && !contains_placeholder(name)) {
      reading.findings.add({.name = "invalid-variable-name",
                            .at = *child,
                            .span = child->key_span(),
                            .message = fmt::format("\"{}\" is no name for a variable", quoted(name)),
                            .help = "start with a letter, go on with letters, digits and _, at most 80 characters"},
                           {.message = service::invalid_variable(name), .at = *child, .code = "INVALID_VARIABLE_NAME"});
    }
  }
  return Assign{read_template(reading, node)};
}

void warn_of_static_path(const Reading& reading, Node node) {
  if (!node.is_string() || !looks_like_path(node.text())) return;
  reading.findings.add(
      {.name = "path-in-static-key",
       .at = node,
       .span = node.span(),
       .message = fmt::format("\"{}\" is the text {}: no path is evaluated here", quoted(node.key()),
                              reading.findings.shown(node)),
       .help = fmt::format("write the field as \"{}Path\" to read the value", quoted(node.key())),
       .severity = Severity::Warning},
      {.message = service::no_path(node.key()), .at = node, .phase = Phase::Warning, .code = "NO_PATH"});
}

namespace {

/// The first place in a Pass state's Result that looks as if it should be evaluated.
std::optional<Node> find_dynamic(Node node) {
  if (node.is_string()) return looks_dynamic(node.text()) ? std::optional(node) : std::nullopt;
  if (!node.is_object() && !node.is_array()) return std::nullopt;
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    if (is_dynamic_key(child->key()) && child->is_string() &&
        (child->text().starts_with('$') || looks_like_call(child->text()))) {
      return child;
    }
    if (auto found = find_dynamic(*child)) return found;
  }
  return std::nullopt;
}

}  // namespace

void warn_of_static_result(const Reading& reading, Node node) {
  const auto found = find_dynamic(node);
  if (!found) return;
  reading.findings.add({.name = "pass-result-is-static",
                        .at = *found,
                        .span = found->span(),
                        .message = fmt::format("{} in Result is copied as it is", reading.findings.shown(*found)),
                        .help = "write Parameters instead of Result to evaluate it",
                        .severity = Severity::Warning},
                       {.message = std::string(service::kStaticResult),
                        .at = node,
                        .phase = Phase::Warning,
                        .code = "PASS_RESULT_IS_STATIC"});
}

}  // namespace stepglass::loading
