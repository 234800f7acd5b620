// The structure of a pattern: choices, sequences, groups, repetitions. Escapes and classes: regex_escapes.cpp.

#include "engine/support/regex_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/support/letter_case.h"
#include "engine/support/limits.h"

namespace stepglass::regex {

std::uint32_t Parser::parse() {
  count_groups();
  const std::uint32_t root = choice();
  if (!at_end()) fail(peek() == ')' ? "unmatched \")\"" : "unexpected character");
  for (Node& node : nodes) {
    if (node.kind != Node::Kind::BackReference || node.name.empty()) continue;
    if (const auto named = names_.find(node.name); named != names_.end()) node.value = named->second;
    if (node.value == 0) fail(fmt::format("there is no group named \"{}\"", node.name));
  }
  program_.groups = groups_ + 1;
  return root;
}

bool Parser::take(std::string_view what) {
  if (!looking_at(what)) return false;
  at_ += what.size();
  return true;
}

std::uint32_t Parser::add(Node node) {
  if (nodes.size() >= kMaxInstructions) fail("the pattern is too large");
  nodes.push_back(std::move(node));
  return static_cast<std::uint32_t>(nodes.size() - 1);
}

std::uint32_t Parser::add_char(char32_t c) {
  Node node;
  node.kind = Kind::Char;
  node.value = c;
  node.fold = options_.ignore_case;
  return add(std::move(node));
}

std::uint32_t Parser::add_set(CharSet set) {
  set.normalise();
  if (java_ && options_.ignore_case) set.add_other_case();
  program_.sets.push_back(std::move(set));
  Node node;
  node.kind = Kind::Class;
  node.value = static_cast<std::uint32_t>(program_.sets.size() - 1);
  return add(std::move(node));
}

void Parser::count_groups() {
  bool in_class = false;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    const char c = text_[i];
    if (c == '\\') {
      ++i;
    } else if (c == '[') {
      in_class = true;
    } else if (c == ']') {
      in_class = false;
    } else if (c == '(' && !in_class) {
      const bool named =
          text_.substr(i).starts_with("(?<") && i + 3 < text_.size() && text_[i + 3] != '=' && text_[i + 3] != '!';
      if (named) has_names_ = true;
      if (named || i + 1 >= text_.size() || text_[i + 1] != '?') ++all_groups_;
    }
  }
}

std::uint32_t Parser::choice() {
  if (++depth_ > kMaxDepth) fail(fmt::format("groups nest more than {} deep", kMaxDepth));
  const Regex::Options outer = options_;
  Node node;
  node.kind = Kind::Choice;
  node.children.push_back(sequence());
  while (take("|")) node.children.push_back(sequence());
  options_ = outer;  // (?i) lasts to the end of its group
  --depth_;
  return node.children.size() == 1 ? node.children[0] : add(std::move(node));
}

std::uint32_t Parser::sequence() {
  Node node;
  node.kind = Kind::Sequence;
  while (true) {
    skip_comments();
    if (at_end() || peek() == '|' || peek() == ')') break;
    term(node.children);
  }
  if (node.children.size() == 1) return node.children[0];
  if (node.children.empty()) node.kind = Kind::Empty;
  return add(std::move(node));
}

void Parser::skip_comments() {
  if (!options_.comments) return;
  while (!at_end()) {
    const char c = peek();
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      ++at_;
    } else if (c == '#') {
      while (!at_end() && peek() != '\n') ++at_;
    } else {
      break;
    }
  }
}

void Parser::term(std::vector<std::uint32_t>& out) {
  const std::uint32_t first_group = static_cast<std::uint32_t>(groups_ + 1);
  const std::size_t start = at_;
  bool quantifiable = true;
  std::uint32_t atom = 0;
  const char c = peek();
  if (c == '^') {
    ++at_;
    atom = assertion(Kind::Begin, options_.multiline);
    quantifiable = java_;
  } else if (c == '$') {
    ++at_;
    atom = assertion(java_ && !options_.multiline ? Kind::LastLineEnd : Kind::End, options_.multiline);
    quantifiable = java_;
  } else if (c == '(') {
    const std::optional<std::uint32_t> group_node = group(quantifiable);
    if (!group_node) return;  // (?i): nothing to match
    atom = *group_node;
  } else if (c == '[') {
    ++at_;
    atom = add_set(char_class());
  } else if (c == '.') {
    ++at_;
    Node node;
    node.kind = Kind::Any;
    node.flag = options_.dot_all;
    atom = add(std::move(node));
  } else if (c == '\\') {
    ++at_;
    if (java_ && take("Q")) {
      const std::size_t end = std::min(text_.find("\\E", at_), text_.size());
      while (at_ < end) out.push_back(add_char(take_code_point()));
      take("\\E");
      return;
    }
    atom = escape(quantifiable);
  } else if (c == '*' || c == '+' || c == '?') {
    fail("there is nothing to repeat");
  } else if (c == '{' && (options_.unicode || java_)) {
    fail("there is nothing to repeat");
  } else if (c == '{' && counted_here()) {
    fail("there is nothing to repeat");
  } else if ((c == '}' || c == ']') && options_.unicode) {
    fail(fmt::format("a lone \"{}\" must be escaped", c));
  } else {
    atom = add_char(take_code_point());
  }
  skip_comments();
  Node repeat;
  repeat.kind = Kind::Repeat;
  if (!quantifier(repeat)) {
    out.push_back(atom);
    return;
  }
  if (!quantifiable) {
    at_ = start;
    fail("this cannot be repeated");
  }
  const bool possessive = java_ && take("+");
  repeat.lazy = !possessive && take("?");
  repeat.first_group = first_group;
  repeat.last_group = static_cast<std::uint32_t>(groups_ + 1);
  repeat.children = {atom};
  const std::uint32_t repeated = add(std::move(repeat));
  if (!possessive) {
    out.push_back(repeated);
  } else {
    Node atomic;
    atomic.kind = Kind::Atomic;
    atomic.children = {repeated};
    out.push_back(add(std::move(atomic)));
  }
  skip_comments();
  if (peek() == '*' || peek() == '+' || peek() == '?' || counted_here()) fail("there is nothing to repeat");
}

std::uint32_t Parser::assertion(Kind kind, bool flag) {
  Node node;
  node.kind = kind;
  node.flag = flag;
  return add(std::move(node));
}

bool Parser::counted_here() const {
  std::size_t i = at_;
  if (i >= text_.size() || text_[i] != '{') return false;
  const auto digits_from = [&] {
    const std::size_t start = ++i;
    while (i < text_.size() && text_[i] >= '0' && text_[i] <= '9') ++i;
    return i > start;
  };
  if (!digits_from()) return false;
  if (i < text_.size() && text_[i] == ',') digits_from();
  return i < text_.size() && text_[i] == '}';
}

bool Parser::quantifier(Node& repeat) {
  if (take("*")) {
    repeat.max = kUnbounded;
  } else if (take("+")) {
    repeat.min = 1;
    repeat.max = kUnbounded;
  } else if (take("?")) {
    repeat.max = 1;
  } else if (counted_here()) {
    ++at_;
    repeat.min = repeat.max = number();
    if (take(",")) repeat.max = peek() == '}' ? kUnbounded : number();
    take("}");
    if (repeat.min > repeat.max) fail("the numbers of a repetition are out of order");
  } else if (peek() == '{' && (options_.unicode || java_)) {
    fail("incomplete repetition");
  } else {
    return false;
  }
  return true;
}

std::uint32_t Parser::number() {
  std::uint64_t value = 0;
  while (peek() >= '0' && peek() <= '9') {
    value = std::min<std::uint64_t>(value * 10 + static_cast<std::uint64_t>(peek() - '0'), kUnbounded - 1);
    ++at_;
  }
  return static_cast<std::uint32_t>(value);
}

std::string Parser::group_name() {
  const std::size_t end = text_.find('>', at_);
  if (end == std::string_view::npos || end == at_) fail("invalid name of a group");
  std::string name(text_.substr(at_, end - at_));
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    if (!is_word(c) && c != '$' && c < 0x80) fail("invalid name of a group");
    if (i == 0 && c >= '0' && c <= '9') fail("invalid name of a group");
  }
  at_ = end + 1;
  return name;
}

std::optional<std::uint32_t> Parser::group(bool& quantifiable) {
  ++at_;
  Node node;
  node.kind = Kind::Group;
  const Regex::Options outer = options_;
  if (take("?:")) {
  } else if (take("?=") || take("?!") || take("?<=") || take("?<!")) {
    node.kind = Kind::Look;
    node.flag = text_[at_ - 1] == '!';
    node.behind = text_[at_ - 2] == '<';
    quantifiable = java_ || (!node.behind && !options_.unicode);  // Annex B of ECMAScript
    program_.memory_helps = false;
  } else if (java_ && take("?>")) {
    node.kind = Kind::Atomic;
    program_.memory_helps = false;
  } else if (take("?<")) {
    std::string name = group_name();
    node.value = static_cast<std::uint32_t>(++groups_);
    if (!names_.emplace(name, node.value).second) fail(fmt::format("there are two groups named \"{}\"", name));
    program_.names.emplace_back(std::move(name), groups_);
  } else if (peek() == '?') {
    ++at_;
    if (!java_) fail("invalid group");
    bool on = true;
    for (; !at_end() && peek() != ')' && peek() != ':'; ++at_) {
      switch (peek()) {
        case '-':
          on = false;
          break;
        case 'i':
          options_.ignore_case = on;
          break;
        case 'm':
          options_.multiline = on;
          break;
        case 's':
          options_.dot_all = on;
          break;
        case 'x':
          options_.comments = on;
          break;
        case 'd':
        case 'u':
        case 'U':
          break;
        default:
          fail("unknown flag in a group");
      }
    }
    if (take(")")) return std::nullopt;
    if (!take(":")) fail("unterminated group");
  } else {
    node.value = static_cast<std::uint32_t>(++groups_);
  }
  node.children.push_back(choice());
  options_ = outer;
  if (!take(")")) fail("unterminated group");
  return add(std::move(node));
}

}  // namespace stepglass::regex
