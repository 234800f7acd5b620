#include "analysis/rules/framework/reads.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/intrinsic/intrinsic.h"
#include "engine/model/placeholder.h"

namespace stepglass::analysis {
namespace {

using OnRead = std::function<void(const Read&)>;
using OnCall = std::function<void(const intrinsic::Call&, Node, std::string_view)>;

/// Who is told of what; either may be null.
struct Visit {
  const OnRead* on_read = nullptr;
  const OnCall* on_call = nullptr;
};

/// Fields in which nothing is evaluated, or which belong to inner scopes.
bool holds_no_reads(std::string_view field) {
  static constexpr std::string_view kFields[] = {"Branches", "Comment",    "Default",       "End",    "ItemProcessor",
                                                 "Iterator", "Label",      "Next",          "Result", "Resource",
                                                 "Retry",    "ResultPath", "QueryLanguage", "Type"};
  return std::find(std::begin(kFields), std::end(kFields), field) != std::end(kFields);
}

/// `text` starts with $. It is not parsed: whether it is a path at all is told elsewhere.
void visit_path(Node node, std::string_view text, std::string_view field, bool whole, std::string_view test,
                const Visit& visit) {
  using Root = path::Query::Root;
  const auto starts_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  };
  Read read{node, text, Root::Document, {}, field, whole, test, test == "IsPresent"};
  if (text.starts_with("$$")) {
    read.root = Root::Context;
  } else if (text.size() > 1 && starts_name(text[1])) {
    std::size_t end = 2;
    while (end < text.size() && (starts_name(text[end]) || (text[end] >= '0' && text[end] <= '9'))) ++end;
    read.root = Root::Variable;
    read.variable = text.substr(1, end - 1);
  } else if (text.size() > 1 && text[1] != '.' && text[1] != '[') {
    return;
  }
  if (visit.on_read) (*visit.on_read)(read);
}

void visit_text(Node node, std::string_view field, std::string_view test, const Visit& visit) {
  if (!node.is_string()) return;
  const std::string_view text = node.text();
  if (contains_placeholder(text)) return;
  if (text.starts_with('$')) {
    visit_path(node, text, field, true, test, visit);
  } else if (text.starts_with("States.")) {
    if (const auto call = intrinsic::Call::parse(text)) {
      if (visit.on_call) (*visit.on_call)(*call, node, field);
      call->for_each_query(
          [&](const path::Query& query, Span) { visit_path(node, query.text(), field, false, {}, visit); });
    }
  }
}

void visit_template(Node node, std::string_view field, const Visit& visit) {
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    if (child->is_object() || child->is_array()) {
      visit_template(*child, field, visit);
    } else if (child->key().ends_with(".$")) {
      visit_text(*child, field, {}, visit);
    }
  }
}

void visit_rule(Node rule, const Visit& visit) {
  if (!rule.is_object()) return;
  std::string_view test;
  for (auto child = rule.first_child(); child; child = child->next_sibling()) {
    const std::string_view key = child->key();
    if (key != "Variable" && key != "Next" && key != "Comment" && key != "Assign") test = key;
  }
  for (auto child = rule.first_child(); child; child = child->next_sibling()) {
    const std::string_view key = child->key();
    if (key == "Variable") {
      visit_text(*child, "Choices", test, visit);
    } else if (key.ends_with("Path")) {
      visit_text(*child, "Choices", {}, visit);
    } else if (key == "Assign") {
      visit_template(*child, "Assign", visit);
    } else if (key == "Not") {
      visit_rule(*child, visit);
    } else if ((key == "And" || key == "Or") && child->is_array()) {
      for (auto inner = child->first_child(); inner; inner = inner->next_sibling()) visit_rule(*inner, visit);
    }
  }
}

void visit_expressions(Node node, std::string_view field,
                       const std::function<void(std::string_view, Node, std::string_view)>& f) {
  if (node.is_string()) {
    std::string_view text = node.text();
    if (text.size() < 4 || !text.starts_with("{%") || !text.ends_with("%}")) return;
    if (!contains_placeholder(text)) f(text.substr(2, text.size() - 4), node, field);
    return;
  }
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    const std::string_view key = child->key();
    if (field.empty() && holds_no_reads(key)) continue;
    visit_expressions(*child, field.empty() ? key : field, f);
  }
}

/// Whether a character can stand in a name behind a dot and means nothing but itself.
bool is_plain_in_name(char c) {
  switch (c) {
    case '.':
    case '[':
    case '\\':
    case '*':
    case '(':
    case ')':
    case '@':
    case '?':
    case ' ':
      return false;
    default:
      return true;
  }
}

}  // namespace

Steps read_steps(std::string_view text) {
  Steps result;
  result.steps.reserve(
      static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c == '.' || c == '['; })));
  while (!text.empty()) {
    if (text.starts_with("['") || text.starts_with("[\"")) {
      const char quote = text[1];
      const std::size_t end = text.find(quote, 2);
      if (end == std::string_view::npos || end + 1 >= text.size() || text[end + 1] != ']' ||
          text.substr(2, end - 2).find('\\') != std::string_view::npos) {
        break;
      }
      result.steps.emplace_back(std::string(text.substr(2, end - 2)));
      text.remove_prefix(end + 2);
    } else if (text.starts_with('[')) {
      const std::size_t end = text.find(']');
      if (end == std::string_view::npos || end < 2 || end > 9) break;
      const std::string_view digits = text.substr(1, end - 1);
      if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) break;
      std::int64_t index = 0;
      for (const char c : digits) index = index * 10 + (c - '0');
      result.steps.emplace_back(index);
      text.remove_prefix(end + 1);
    } else if (text.starts_with('.') && text.size() > 1) {
      std::size_t end = 1;
      while (end < text.size() && is_plain_in_name(text[end])) ++end;
      const std::string_view name = text.substr(1, end - 1);
      if (name.empty() || (end < text.size() && text[end] != '.' && text[end] != '[')) break;
      result.steps.emplace_back(std::string(name));
      text.remove_prefix(end);
    } else {
      break;
    }
  }
  result.complete = text.empty();
  return result;
}

namespace {

/// The steps behind `$`, `$$` or `$variable`.
Steps steps_behind_root(path::Query::Root root, std::string_view variable, std::string_view text) {
  const std::size_t length = root == path::Query::Root::Document  ? 1
                             : root == path::Query::Root::Context ? 2
                                                                  : 1 + variable.size();
  return read_steps(text.substr(std::min(length, text.size())));
}

}  // namespace

Steps read_steps(const Read& read) {
  return steps_behind_root(read.root, read.variable, read.text);
}

Steps read_steps(const path::Query& query) {
  return steps_behind_root(query.root(), query.variable(), query.text());
}

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// Functions of the language, which stand without parentheses where they are handed on.
bool is_builtin(std::string_view name) {
  static constexpr std::string_view kNames[] = {"abs",
                                                "append",
                                                "assert",
                                                "average",
                                                "base64decode",
                                                "base64encode",
                                                "boolean",
                                                "ceil",
                                                "clone",
                                                "contains",
                                                "count",
                                                "decodeUrl",
                                                "decodeUrlComponent",
                                                "distinct",
                                                "each",
                                                "encodeUrl",
                                                "encodeUrlComponent",
                                                "error",
                                                "eval",
                                                "exists",
                                                "filter",
                                                "floor",
                                                "formatBase",
                                                "formatInteger",
                                                "formatNumber",
                                                "fromMillis",
                                                "hash",
                                                "join",
                                                "keys",
                                                "length",
                                                "lookup",
                                                "lowercase",
                                                "map",
                                                "match",
                                                "max",
                                                "merge",
                                                "millis",
                                                "min",
                                                "not",
                                                "now",
                                                "number",
                                                "pad",
                                                "parse",
                                                "parseInteger",
                                                "partition",
                                                "power",
                                                "random",
                                                "range",
                                                "reduce",
                                                "replace",
                                                "reverse",
                                                "round",
                                                "shuffle",
                                                "sift",
                                                "single",
                                                "sort",
                                                "split",
                                                "spread",
                                                "sqrt",
                                                "states",
                                                "string",
                                                "substring",
                                                "substringAfter",
                                                "substringBefore",
                                                "sum",
                                                "toMillis",
                                                "trim",
                                                "type",
                                                "uppercase",
                                                "uuid",
                                                "zip"};
  return std::binary_search(std::begin(kNames), std::end(kNames), name);
}

/// The offset behind the text, name or pattern in quotes that starts at `at`.
std::size_t behind_quotes(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote) at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

}  // namespace

std::vector<std::string> free_variables(std::string_view text) {
  std::vector<std::string> names;
  std::vector<std::string> bound;
  char before = '(';           // the last character that is no blank
  bool in_parameters = false;  // between the parentheses behind `function`
  std::string_view last_word;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++i;
      continue;
    }
    if (text.substr(i, 2) == "/*") {
      const std::size_t end = text.find("*/", i + 2);
      i = end == std::string_view::npos ? text.size() : end + 2;
      continue;
    }
    const bool pattern = c == '/' && std::string_view("([{,=~:;?&|<>+-*").find(before) != std::string_view::npos;
    if (c == '"' || c == '\'' || c == '`' || pattern) {
      i = behind_quotes(text, i);
      before = c;
      continue;
    }
    if (c == '$' && i + 1 < text.size() && is_word(text[i + 1])) {
      std::size_t end = i + 1;
      while (end < text.size() && is_word(text[end])) ++end;
      std::string name(text.substr(i + 1, end - i - 1));
      const std::size_t next = text.find_first_not_of(" \t\r\n", end);
      const std::string_view rest = next == std::string_view::npos ? std::string_view() : text.substr(next);
      if (in_parameters || before == '@' || before == '#' || rest.starts_with(":=")) {
        bound.push_back(std::move(name));
      } else if (!rest.starts_with('(') && !is_builtin(name)) {
        names.push_back(std::move(name));
      }
      i = end;
      before = 'a';
      continue;
    }
    if (is_word(c)) {
      std::size_t end = i;
      while (end < text.size() && is_word(text[end])) ++end;
      last_word = text.substr(i, end - i);
      i = end;
      before = 'a';
      continue;
    }
    if (c == '(') in_parameters = before == 'a' && (last_word == "function" || last_word == "\xCE\xBB");
    if (c == ')') in_parameters = false;
    before = c;
    if (c != '(') last_word = {};
    ++i;
  }
  std::vector<std::string> result;
  for (std::string& name : names) {
    const auto same = [&](const std::string& other) { return other == name; };
    if (std::any_of(bound.begin(), bound.end(), same) || std::any_of(result.begin(), result.end(), same)) continue;
    result.push_back(std::move(name));
  }
  return result;
}

std::string steps_text(const std::vector<Steps::Step>& steps) {
  std::string text;
  for (const Steps::Step& step : steps) {
    if (const auto* name = std::get_if<std::string>(&step)) {
      text += "." + *name;
    } else {
      text += fmt::format("[{}]", std::get<std::int64_t>(step));
    }
  }
  return text;
}

namespace {

void visit_state(Node state, const Visit& f) {
  if (!state.is_object()) return;
  for (auto child = state.first_child(); child; child = child->next_sibling()) {
    const std::string_view key = child->key();
    if (holds_no_reads(key)) continue;
    if (key == "Choices") {
      for (auto rule = child->first_child(); rule; rule = rule->next_sibling()) visit_rule(*rule, f);
    } else if (key == "Catch") {
      for (auto catcher = child->first_child(); catcher; catcher = catcher->next_sibling()) {
        if (const auto assign = member(*catcher, "Assign", Node::Kind::Object)) visit_template(*assign, "Assign", f);
      }
    } else if (key.ends_with("Path")) {
      visit_text(*child, key, {}, f);
    } else if (child->is_object()) {
      visit_template(*child, key, f);
    }
  }
}

}  // namespace

void for_each_read(Node state, const OnRead& f) {
  visit_state(state, {.on_read = &f});
}

void for_each_call(Node state, const OnCall& f) {
  visit_state(state, {.on_call = &f});
}

void for_each_expression(Node state, const std::function<void(std::string_view, Node, std::string_view)>& f) {
  if (state.is_object()) visit_expressions(state, {}, f);
}

}  // namespace stepglass::analysis
