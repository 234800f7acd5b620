// What stands behind a backslash, and classes in brackets.

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/support/letter_case.h"
#include "engine/support/limits.h"
#include "engine/support/regex_parser.h"

namespace stepglass::regex {

int Parser::hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::optional<char32_t> Parser::hex(std::size_t count) {
  char32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int digit = hex_digit(peek(i));
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(digit);
  }
  at_ += count;
  return value;
}

std::optional<char32_t> Parser::braced_hex() {
  const std::size_t start = at_;
  if (take("{")) {
    char32_t value = 0;
    std::size_t count = 0;
    for (; hex_digit(peek()) >= 0 && value <= 0x10FFFF; ++count) {
      value = value * 16 + static_cast<char32_t>(hex_digit(text_[at_++]));
    }
    if (count > 0 && value <= 0x10FFFF && take("}")) return value;
  }
  at_ = start;
  return std::nullopt;
}

std::optional<CharSet> Parser::set_escape() {
  CharSet set;
  switch (peek()) {
    case 'd':
    case 'D':
      set = digits();
      break;
    case 'w':
    case 'W':
      set = word_characters();
      break;
    case 's':
    case 'S':
      set = white_space(options_.syntax);
      break;
    case 'h':
    case 'H':
      if (!java_) return std::nullopt;
      for (const char32_t c : {0x09, 0x20, 0xA0, 0x1680, 0x180E, 0x202F, 0x205F, 0x3000}) set.add(c, c);
      set.add(0x2000, 0x200A);
      break;
    case 'v':
    case 'V':
      if (!java_) return std::nullopt;
      set.add('\n', '\r');
      for (const char32_t c : {0x85, 0x2028, 0x2029}) set.add(c, c);
      break;
    case 'p':
    case 'P': {
      if (!java_ && !options_.unicode) return std::nullopt;
      set = property();
      return set;
    }
    default:
      return std::nullopt;
  }
  const char c = text_[at_++];
  if (c >= 'A' && c <= 'Z') set.negate();
  return set;
}

CharSet Parser::property() {
  const bool negated = text_[at_++] == 'P';
  std::string name;
  if (take("{")) {
    const std::size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) fail("unterminated property");
    name = std::string(text_.substr(at_, end - at_));
    at_ = end + 1;
  } else if (java_ && !at_end()) {
    name = std::string(1, text_[at_++]);
  }
  CharSet set;
  // The properties of ASCII that Java defines as such. Tables of all of Unicode are not carried along.
  if (name == "Lower") {
    set.add('a', 'z');
  } else if (name == "Upper") {
    set.add('A', 'Z');
  } else if (name == "ASCII") {
    set.add(0, 0x7F);
  } else if (name == "Alpha") {
    set.add('a', 'z');
    set.add('A', 'Z');
  } else if (name == "Digit") {
    set.add('0', '9');
  } else if (name == "Alnum") {
    set.add('a', 'z');
    set.add('A', 'Z');
    set.add('0', '9');
  } else if (name == "Punct") {
    set.add('!', '/');
    set.add(':', '@');
    set.add('[', '`');
    set.add('{', '~');
  } else if (name == "Graph") {
    set.add('!', '~');
  } else if (name == "Print") {
    set.add(' ', '~');
  } else if (name == "Blank") {
    set.add(' ', ' ');
    set.add('\t', '\t');
  } else if (name == "Cntrl") {
    set.add(0, 0x1F);
    set.add(0x7F, 0x7F);
  } else if (name == "XDigit") {
    set.add('0', '9');
    set.add('a', 'f');
    set.add('A', 'F');
  } else if (name == "Space") {
    set = white_space(Regex::Syntax::Java);
  } else {
    fail(fmt::format("the property \"{}\" is not supported", name));
  }
  if (negated) set.negate();
  return set;
}

char32_t Parser::char_escape(bool in_class) {
  if (at_end()) fail("\\ at the end of the pattern");
  const char c = text_[at_];
  switch (c) {
    case 't':
      ++at_;
      return '\t';
    case 'n':
      ++at_;
      return '\n';
    case 'r':
      ++at_;
      return '\r';
    case 'f':
      ++at_;
      return '\f';
    case 'v':
      ++at_;
      return '\v';
    case 'a':
      if (java_) {
        ++at_;
        return 7;
      }
      break;
    case 'e':
      if (java_) {
        ++at_;
        return 27;
      }
      break;
    case 'b':
      if (in_class && !java_) {
        ++at_;
        return 8;
      }
      break;
    case 'c': {
      const char letter = peek(1);
      // In a class Annex B takes digits and _ too.
      const bool lenient = in_class && !options_.unicode && !java_ && is_word(static_cast<unsigned char>(letter));
      if (lenient || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')) {
        at_ += 2;
        return static_cast<char32_t>(letter & 31);
      }
      if (options_.unicode || java_) fail("invalid \\c");
      return '\\';  // Annex B: the backslash itself, "c" follows
    }
    case 'x': {
      ++at_;
      if (const auto value = hex(2)) return *value;
      if (java_) {
        if (const auto value = braced_hex()) return *value;
      }
      if (options_.unicode || java_) fail("invalid \\x");
      return 'x';
    }
    case 'u': {
      ++at_;
      if (options_.unicode) {
        if (const auto value = braced_hex()) return *value;
      }
      if (const auto high = hex(4)) {
        if (in(*high, 0xD800, 0xDBFF) && looking_at("\\u")) {
          const std::size_t before = at_;
          at_ += 2;
          const auto low = hex(4);
          if (low && in(*low, 0xDC00, 0xDFFF)) return 0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00);
          at_ = before;
        }
        return *high;
      }
      if (options_.unicode || java_) fail("invalid \\u");
      return 'u';
    }
    default:
      break;
  }
  if (c >= '0' && c <= '7' && (!options_.unicode || (c == '0' && !(peek(1) >= '0' && peek(1) <= '9')))) {
    if (java_ && c != '0') fail("there is no such group");
    if (java_) ++at_;
    char32_t value = 0;
    for (int i = 0; i < 3 && peek() >= '0' && peek() <= '7' && value * 8 <= 0377; ++i) {
      value = value * 8 + static_cast<char32_t>(text_[at_++] - '0');
    }
    return value;
  }
  const bool syntax_character = std::strchr("^$\\.*+?()[]{}|/-", c) != nullptr && c != '\0';
  if (options_.unicode && (!syntax_character || (c == '-' && !in_class))) fail("invalid escape");
  const auto letter = static_cast<unsigned char>(c);
  if (java_ && letter < 0x80 && is_word(letter) && c != '_') fail("invalid escape");
  return take_code_point();
}

std::uint32_t Parser::escape(bool& quantifiable) {
  const char c = peek();
  if (c == 'b' || c == 'B') {
    ++at_;
    quantifiable = java_;
    return assertion(Kind::WordBoundary, c == 'B');
  }
  if (java_ && (c == 'A' || c == 'z' || c == 'Z')) {
    ++at_;
    return assertion(c == 'A' ? Kind::Begin : c == 'z' ? Kind::End : Kind::LastLineEnd, false);
  }
  if (java_ && c == 'R') {
    ++at_;
    CharSet set;
    set.add('\n', '\r');
    for (const char32_t line_end : {0x85, 0x2028, 0x2029}) set.add(line_end, line_end);
    Node pair, either;
    pair.kind = Kind::Sequence;
    pair.children.push_back(add_char('\r'));
    pair.children.push_back(add_char('\n'));
    either.kind = Kind::Choice;
    either.children.push_back(add(std::move(pair)));
    either.children.push_back(add_set(std::move(set)));
    return add(std::move(either));
  }
  if (c == 'k' && (has_names_ || options_.unicode || java_)) {
    ++at_;
    if (!take("<")) fail("invalid name of a group");
    Node node;
    node.kind = Kind::BackReference;
    node.name = group_name();
    node.fold = options_.ignore_case;
    program_.memory_helps = false;
    return add(std::move(node));
  }
  if (c >= '1' && c <= '9') {
    const std::size_t start = at_;
    std::uint32_t group = number();
    if (java_) {  // as many digits as make a group that exists
      at_ = start + 1;
      group = static_cast<std::uint32_t>(c - '0');
      while (peek() >= '0' && peek() <= '9' && group * 10 + static_cast<std::uint32_t>(peek() - '0') <= all_groups_) {
        group = group * 10 + static_cast<std::uint32_t>(text_[at_++] - '0');
      }
    }
    if (group <= all_groups_) {
      Node node;
      node.kind = Kind::BackReference;
      node.value = group;
      node.fold = options_.ignore_case;
      program_.memory_helps = false;
      return add(std::move(node));
    }
    if (options_.unicode) fail("there is no such group");
    at_ = start;
  }
  if (auto set = set_escape()) return add_set(std::move(*set));
  return add_char(char_escape(false));
}

CharSet Parser::char_class() {
  if (++depth_ > kMaxDepth) fail(fmt::format("classes nest more than {} deep", kMaxDepth));
  CharSet set;
  const bool negated = take("^");
  std::optional<CharSet> left;  // of &&, Java only
  bool first = true;
  while (true) {
    if (at_end()) fail("unterminated class");
    if (peek() == ']' && !(java_ && first)) break;
    first = false;
    if (java_ && take("[")) {
      set.add(char_class());
      continue;
    }
    if (java_ && take("&&")) {
      set.normalise();
      if (left) set.intersect(std::move(*left));
      left = std::move(set);
      set = CharSet();
      continue;
    }
    std::optional<char32_t> low = class_atom(set);
    if (peek() != '-' || peek(1) == ']' || (java_ && (peek(1) == '[' || text_.substr(at_ + 1).starts_with("&&")))) {
      if (low) set.add(*low, *low);
      continue;
    }
    ++at_;
    if (at_end()) fail("unterminated class");
    const std::optional<char32_t> high = class_atom(set);
    if (!low || !high) {
      if (options_.unicode || java_) fail("a range cannot have a class as its end");
      if (low) set.add(*low, *low);
      if (high) set.add(*high, *high);
      set.add('-', '-');
      continue;
    }
    if (*low > *high) fail("a range is out of order");
    set.add(*low, *high);
  }
  ++at_;
  set.normalise();
  if (left) set.intersect(std::move(*left));
  // [^x] without regard to case must refuse X too: the set is completed before it is turned round.
  if (options_.ignore_case) set.add_other_case();
  if (negated) set.negate();
  --depth_;
  return set;
}

std::optional<char32_t> Parser::class_atom(CharSet& set) {
  if (peek() != '\\') return take_code_point();
  ++at_;
  if (auto other = set_escape()) {
    set.add(*other);
    return std::nullopt;
  }
  if (!java_ && options_.unicode && take("-")) return '-';
  return char_escape(true);
}

}  // namespace stepglass::regex
