// Values of JSONata states: from a document to JsonataField, with reports for what is no expression and what the
// service refuses in one.

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "engine/jsonata/jsonata.h"
#include "engine/model/placeholder.h"
#include "engine/model/service_words.h"
#include "engine/model/syntax.h"
#include "engine/model/values.h"
#include "engine/support/text.h"

namespace stepglass::loading {
namespace {

/// Compiles one field. Recursion follows the nesting of the definition, which read_json bounds by kMaxDepth.
class Compiler {
 public:
  Compiler(const Reading& reading, JsonataField& field) : reading_(reading), field_(field) {}

  /// The compiled node; nothing when there is no expression in it, so that the value can be shared as it is.
  std::optional<JsonataNode> compile(Node node) {
    if (node.is_string()) return compile_text(node);
    if (!node.is_object() && !node.is_array()) return std::nullopt;
    const std::vector<Node> children = node.is_object() ? unique_children(node) : node.children();
    std::vector<std::optional<JsonataNode>> compiled;
    compiled.reserve(children.size());
    bool any = false;
    for (const Node& child : children) {
      if (node.is_object()) warn_of_dollar_key(child);
      any = (compiled.emplace_back(compile(child)) || any);
    }
    if (!any) return std::nullopt;
    const auto made = [&](std::size_t i) {
      return compiled[i] ? *std::move(compiled[i]) : JsonataNode{children[i].value()};
    };
    if (node.is_array()) {
      JsonataArray array;
      for (std::size_t i = 0; i < children.size(); ++i) array.items.push_back(made(i));
      return JsonataNode{std::move(array)};
    }
    JsonataObject object;
    for (std::size_t i = 0; i < children.size(); ++i) {
      JsonataObject::Member& member = object.members.emplace_back();
      member.key = String(children[i].key());
      member.node.push_back(made(i));
    }
    return JsonataNode{std::move(object)};
  }

 private:
  void warn_of_dollar_key(Node node) {
    if (node.key().size() <= 2 || !node.key().ends_with(".$")) return;
    reading_.findings.add(
        {.name = "dollar-key-in-jsonata",
         .at = node,
         .span = node.key_span(),
         .message = fmt::format("key \"{}\" is written as it is: JSONata evaluates no \".$\" keys", quoted(node.key())),
         .help = "drop the \".$\" and write the value as {% expression %}",
         .severity = Severity::Warning});
  }

  /// Paths and calls as JSONPath has them, and expressions without delimiters, are texts like any other.
  void warn_of_bare_expression(Node node) {
    const std::string_view text = node.text();
    const bool is_bare = text.starts_with("$states.") || looks_dynamic(text);
    // A sentence may begin like one, and of a key with ".$" that is told which it has.
    if (!is_bare || node.key().ends_with(".$") || text.find(' ') < text.find('(')) return;
    warn(reading_, "path-in-jsonata", node,
         fmt::format("{} is copied as text: the state is in JSONata", reading_.findings.shown(node)),
         text.starts_with("$states.")
             ? fmt::format("write \"{{% {} %}}\"", quoted(text))
             : std::string("write what it gives as {% expression %}, from $states.input, $states.context or a variable"));
  }

  std::optional<JsonataNode> compile_text(Node node) {
    const std::string_view text = node.text();
    if (!is_expression(text)) {
      check_delimiters(node);
      warn_of_bare_expression(node);
      return std::nullopt;
    }
    const std::string_view shown = trimmed(text.substr(2, text.size() - 4));
    auto expression = jsonata::Expression::compile(shown, jsonata::Dialect::States);
    if (!expression) {
      // What a deployment tool puts in is not known yet.
      if (!contains_placeholder(text)) report(node, text, shown, expression.error());
      return std::nullopt;
    }
    check_states(node, *expression);
    const jsonata::StatesUse use = expression->states_use();
    field_.states.input |= use.input;
    field_.states.result |= use.result;
    field_.states.error_output |= use.error_output;
    field_.states.context |= use.context;
    field_.states.whole |= use.whole;
    return JsonataNode{
        JsonataExpression{*std::move(expression), std::string(shown), location_in_state(reading_, node)}};
  }

  void check_delimiters(Node node) {
    const std::string_view text = node.text();
    if (text.starts_with("{%") == text.ends_with("%}")) {
      // " {% … %} " is a text for the service; nobody means that.
      if (!is_expression(trimmed(text))) return;
      reading_.findings.add({.name = "jsonata-delimiters",
                             .at = node,
                             .span = node.span(),
                             .message = "blanks around {% and %} make this a text, not an expression",
                             .help = "delete the blanks outside of {% and %}",
                             .severity = Severity::Warning});
      return;
    }
    if (contains_placeholder(text)) return;
    reading_.findings.add({.name = "jsonata-delimiters",
                           .at = node,
                           .span = node.span(),
                           .message = fmt::format("{} has only one of {{% and %}}", reading_.findings.shown(node)),
                           .help = "write the whole text as {% expression %}"},
                          {.message = std::string(service::kJsonataString), .at = node});
  }

  void report(Node node, std::string_view text, std::string_view shown, const jsonata::Error& error) {
    const bool refused = error.code == "UNSUPPORTED_JSONATA_EXPRESSION";
    // The place inside the string, where nothing in it is escaped.
    Span span = node.span();
    if (span.end - span.begin == text.size() + 2) {
      const std::size_t begin = span.begin + 1 + static_cast<std::size_t>(shown.data() - text.data());
      std::size_t offset = 0;
      for (std::size_t units = 0; offset < shown.size() && units < error.position; ++offset) {
        const auto byte = static_cast<unsigned char>(shown[offset]);
        if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
      }
      const std::size_t end = begin + std::max<std::size_t>(offset, 1);
      span.begin = static_cast<std::uint32_t>(begin);
      span.end = std::min(static_cast<std::uint32_t>(end), span.end);
    }
    reading_.findings.add(
        {.name = refused ? "jsonata-top-level-reference" : "jsonata-syntax",
         .at = node,
         .span = span,
         .message = refused ? fmt::format("the expression starts from {}, but there is no document to find it in",
                                          error.details.value ? "\"" + quoted(to_word(*error.details.value)) + "\""
                                                              : std::string("a name"))
                            : fmt::format("the expression is no JSONata: {}", error.message),
         .help = refused ? "start from $states.input, $states.result, $states.context or a variable"
                         : std::string("correct the expression, or delete {% and %} when it is a text")},
        {.message = error.message,
         .at = node,
         .code = refused ? "UNSUPPORTED_JSONATA_EXPRESSION" : "INVALID_JSONATA_EXPRESSION"});
  }

  static std::string_view to_word(const Value& value) {
    return value.is_string() ? value.as_string() : std::string_view();
  }

  /// $states.result and $states.errorOutput exist in few places.
  void check_states(Node node, const jsonata::Expression& expression) {
    const jsonata::StatesUse use = expression.states_use();
    for (const std::vector<std::string>& way : expression.states_names().context_ways) {
      const std::vector<std::string_view> names(way.begin(), way.end());
      check_context_names(reading_, node, names, "$states.context");
    }
    for (const std::string& member : expression.states_names().unknown) {
      const auto near = reading_.findings.suggest(member, use.kMembers);
      warn(reading_, "unknown-context-field", node, fmt::format("\"$states\" has no \"{}\"", quoted(member)),
           near ? fmt::format("did you mean \"$states.{}\"?", *near)
                : std::string("it holds input, result, errorOutput and context"));
    }
    if (!use.result && !use.error_output) return;
    const std::string location = location_in_state(reading_, node);
    const bool in_result = (location.starts_with("Output") || location.starts_with("Assign")) && reading_.has_result;
    const bool in_catcher = location.starts_with("Catch[");
    const auto refuse = [&](std::string_view rule, std::string_view member, std::string help) {
      reading_.findings.add(
          {.name = rule,
           .at = node,
           .span = node.span(),
           .message = fmt::format("\"$states.{}\" does not exist in {}", member, quoted(location)),
           .help = std::move(help)},
          {.message = fmt::format("Reference to '$states.{}' is not supported in this field.", member),
           .at = node,
           .code = "UNSUPPORTED_JSONATA_EXPRESSION"});
    };
    // In a catcher it is undefined, and nobody has recorded a refusal.
    if (use.result && in_catcher) {
      warn(reading_, "jsonata-result-unavailable", node, "\"$states.result\" is undefined where an error was caught",
           "take $states.errorOutput or $states.input");
    } else if (use.result && !in_result) {
      refuse("jsonata-result-unavailable", "result",
             "use it in the Output or Assign of a Task, Map or Parallel; elsewhere take $states.input");
    }
    if (use.error_output && !in_catcher) {
      refuse("jsonata-error-output-unavailable", "errorOutput", "use it in the Output or Assign of a catcher");
    }
  }

  const Reading& reading_;
  JsonataField& field_;
};

}  // namespace

std::string location_in_state(const Reading& reading, Node node) {
  std::vector<Node> steps;
  std::optional<Node> at = node;
  while (at && !(reading.state && *at == *reading.state)) {
    steps.push_back(*at);
    at = at->parent();
  }
  std::string location;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (step->parent() && step->parent()->is_array()) {
      location += fmt::format("[{}]", step->index());
    } else {
      if (!location.empty()) location += '/';
      location += step->key();
    }
  }
  return location;
}

JsonataField read_jsonata(const Reading& reading, Node node) {
  JsonataField field{.written = node.value(), .span = node.span(), .compiled = nullptr, .states = {}};
  if (auto compiled = Compiler(reading, field).compile(node)) {
    field.compiled = std::make_shared<const JsonataNode>(*std::move(compiled));
  }
  return field;
}

}  // namespace stepglass::loading
