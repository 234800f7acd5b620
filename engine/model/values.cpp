#include "engine/model/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/model/name_index.h"
#include "engine/model/placeholder.h"
#include "engine/model/service_words.h"
#include "engine/support/number.h"

namespace stepglass::loading {
namespace {

std::string number_text(double number) {
  std::string text;
  append_double_java(text, number);
  return text;
}

void report_range(const Reading& reading, Node node, std::string_view rule, std::string message, std::string help,
                  std::string sentence) {
  reading.findings.add(
      {.name = rule, .at = node, .span = node.span(), .message = std::move(message), .help = std::move(help)},
      {.message = std::move(sentence), .at = node});
}

/// What a string gives where a number is wanted: an expression, an unknown (monostate), or a report.
template <typename Field>
Field read_number_text(const Reading& reading, Node node, bool takes_expression, std::string_view rule,
                       std::string_view expected, std::string_view type) {
  const std::string_view text = node.text();
  if (takes_expression && reading.is_jsonata() && (text.starts_with("{%") || text.ends_with("%}"))) {
    JsonataField field = read_jsonata(reading, node);
    if (is_expression(text)) return field;
    return {};
  }
  if (!contains_placeholder(text)) report_type(reading, node, expected, type, rule);
  return {};
}

std::string range_text(const IntegerRule& rule) {
  if (rule.most == INT64_MAX) return fmt::format("an integer, {} or more", rule.least);
  return fmt::format("an integer from {} to {}", rule.least, rule.most);
}

}  // namespace

std::vector<Node> unique_children(Node node) {
  std::vector<Node> children = node.children();
  if (!node.is_object() || children.size() < 2) return children;
  NameIndex index;
  index.reserve(children.size());
  for (const Node& child : children) index.add(child.key());
  index.sort();
  const std::vector<bool> superseded = index.superseded();
  if (superseded.empty()) return children;
  std::vector<Node> unique;
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (!superseded[i]) unique.push_back(children[i]);
  }
  return unique;
}

bool is_missing(Node node) {
  return node.is_null() && node.span().begin == node.span().end;
}

void report_type(const Reading& reading, Node node, std::string_view expected, std::string_view type,
                 std::string_view rule) {
  if (is_missing(node)) return;
  // A placeholder may become an array or an object as well.
  if (node.is_string() && contains_placeholder(node.text())) return;
  const std::string name = node.key().empty() ? "the value" : fmt::format("\"{}\"", quoted(node.key()));
  const bool is_container = node.is_object() || node.is_array();
  const std::string shown = node.is_object()  ? "an object"
                            : node.is_array() ? "an array"
                                              : reading.findings.shown(node);
  reading.findings.add({.name = rule,
                        .at = node,
                        .span = is_container ? head(node) : node.span(),
                        .message = fmt::format("{} is {}, but must be {}", name, shown, expected),
                        .help = fmt::format("write {}", expected)},
                       {.message = service::expected_type(type), .at = node});
}

std::optional<std::string_view> read_string(const Reading& reading, Node node, std::string_view rule) {
  if (node.is_string()) return node.text();
  report_type(reading, node, "a string", "[STRING]", rule);
  return std::nullopt;
}

std::optional<std::string_view> read_word(const Reading& reading, Node node, std::string_view rule,
                                          std::initializer_list<std::string_view> values) {
  const auto text = read_string(reading, node, rule);
  if (!text) return std::nullopt;
  if (std::find(values.begin(), values.end(), *text) != values.end()) return text;
  if (contains_placeholder(*text)) return std::nullopt;
  std::string listed;
  for (const std::string_view value : values) {
    if (!listed.empty()) listed += ", ";
    listed += value;
  }
  std::string help = fmt::format("write one of {}", listed);
  std::string suggestion;
  if (const auto near = reading.findings.suggest(*text, values)) {
    help = fmt::format("did you mean \"{}\"?", *near);
    suggestion = *near;
  }
  reading.findings.add(
      {.name = rule,
       .at = node,
       .span = node.span(),
       .message = fmt::format("\"{}\" is \"{}\", which is none of {}", quoted(node.key()), quoted(*text), listed),
       .help = std::move(help),
       .suggestion = std::move(suggestion)},
      {.message = service::one_of(listed), .at = node});
  return std::nullopt;
}

bool is_expression(std::string_view text) {
  return text.size() >= 4 && text.starts_with("{%") && text.ends_with("%}");
}

IntegerField read_integer(const Reading& reading, Node node, const IntegerRule& rule) {
  if (is_missing(node)) return {};
  const std::string expected = range_text(rule);
  if (node.is_string()) {
    return read_number_text<IntegerField>(reading, node, rule.takes_expression, rule.rule, expected, "Integer");
  }
  if (!node.is_number()) {
    report_type(reading, node, expected, "Integer", rule.rule);
    return {};
  }
  const Value number = node.number();
  if (number.kind() == Value::Kind::Double && number.as_double() != std::floor(number.as_double())) {
    report_type(reading, node, expected, "Integer", rule.rule);
    return {};
  }
  const bool below = compare_numbers(number, Value(rule.least)) < 0;
  if (!below && compare_numbers(number, Value(rule.most)) <= 0) {
    return number.kind() == Value::Kind::Integer ? number.as_integer() : static_cast<std::int64_t>(number.as_double());
  }
  // An unbounded field takes any integer; what no 64 bits hold has no effect beyond them.
  if (!below && rule.most == INT64_MAX) return rule.most;
  const std::string message =
      fmt::format("\"{}\" is {}, but must be {}", quoted(node.key()), reading.findings.shown(node), expected);
  if (below && rule.lenient && compare_numbers(number, Value(0)) >= 0) {
    reading.findings.add({.name = rule.rule,
                          .at = node,
                          .span = node.span(),
                          .message = message,
                          .help = fmt::format("write {}", expected),
                          .severity = Severity::Warning});
    return static_cast<std::int64_t>(number.as_double());
  }
  report_range(reading, node, rule.rule, message, fmt::format("write {}", expected),
               below ? service::minimum(fmt::format("{}", rule.lenient ? 0 : rule.least))
                     : service::maximum(fmt::format("{}", rule.most)));
  return {};
}

std::optional<std::int64_t> read_literal_integer(const Reading& reading, Node node, IntegerRule rule) {
  rule.takes_expression = false;
  const IntegerField field = read_integer(reading, node, rule);
  if (const auto* number = std::get_if<std::int64_t>(&field)) return *number;
  return std::nullopt;
}

NumberField read_number(const Reading& reading, Node node, const NumberRule& rule) {
  if (is_missing(node)) return {};
  const std::string expected = rule.most ? fmt::format("a number from {} to {}", rule.least, *rule.most)
                                         : fmt::format("a number, {} or more", number_text(rule.least));
  if (node.is_string()) {
    return read_number_text<NumberField>(reading, node, rule.takes_expression, rule.rule, expected, "Float");
  }
  if (!node.is_number()) {
    report_type(reading, node, expected, "Float", rule.rule);
    return {};
  }
  const double number = node.number().as_double();
  const bool below = number < rule.least;
  if (!below && !(rule.most && number > *rule.most)) return number;
  report_range(reading, node, rule.rule,
               fmt::format("\"{}\" is {}, but must be {}", quoted(node.key()), reading.findings.shown(node), expected),
               fmt::format("write {}", expected),
               below ? service::minimum(number_text(rule.least)) : service::maximum(number_text(*rule.most)));
  return {};
}

TextField read_text(const Reading& reading, Node node) {
  const auto text = read_string(reading, node);
  if (!text) return {};
  if (reading.is_jsonata() && (text->starts_with("{%") || text->ends_with("%}"))) return read_jsonata(reading, node);
  if (!reading.is_jsonata()) warn_of_static_path(reading, node);
  return std::string(*text);
}

}  // namespace stepglass::loading
