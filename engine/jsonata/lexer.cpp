#include "engine/jsonata/lexer.h"

#include <cmath>
#include <utility>

#include "engine/jsonata/error.h"
#include "engine/jsonata/item.h"
#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass::jsonata {
namespace {

constexpr std::string_view kBlank = " \t\n\r\v";
constexpr std::string_view kDoubleOperators[] = {"..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??"};
/// A name ends before any of these.
constexpr std::string_view kOperatorCharacters = ".[]{}(),@#;:?+-*/%|=<>^&!~";

bool is_blank(char c) {
  return kBlank.find(c) != std::string_view::npos;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

[[noreturn]] void raise(std::string_view code, std::size_t position, ErrorDetails details = {}) {
  throw Raised{make_error(code, details, position)};
}

}  // namespace

/// Skips white space and comments; false at the end of the text.
bool Lexer::skip_blank() {
  for (;;) {
    while (offset_ < text_.size() && is_blank(text_[offset_])) ++offset_;
    if (at(offset_) != '/' || at(offset_ + 1) != '*') return offset_ < text_.size();
    const std::size_t end = text_.find("*/", offset_ + 2);
    if (end == std::string_view::npos) raise("S0106", offset_);
    offset_ = end + 2;
  }
}

Token Lexer::next(bool after_operand) {
  Token token;
  if (!skip_blank()) {
    token.position = text_.size();
    return token;
  }
  const char c = text_[offset_];
  if (c == '/' && !after_operand) return regex();
  token.kind = Token::Kind::Operator;
  const std::string_view two = text_.substr(offset_, 2);
  for (const std::string_view op : kDoubleOperators) {
    if (two != op) continue;
    offset_ += 2;
    token.text = op;
    token.position = offset_;
    return token;
  }
  if (kOperatorCharacters.find(c) != std::string_view::npos) {
    token.text = c;
    token.position = ++offset_;
    return token;
  }
  if (c == '"' || c == '\'') return string(c);
  if (const std::size_t end = number_end(); end > offset_) return number(end);
  return name();
}

Token Lexer::string(char quote) {
  constexpr std::string_view kEscapes = "\"\\/bfnrt";
  constexpr std::string_view kEscaped = "\"\\/\b\f\n\r\t";
  std::string decoded;
  // A high surrogate that waits for its other half. One that stays alone has no UTF-8 and becomes U+FFFD.
  char32_t high = 0;
  const auto add = [&](char32_t unit) {
    const bool is_low = unit >= 0xDC00 && unit < 0xE000;
    if (high != 0) {
      append_utf8(decoded, is_low ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD);
      high = 0;
      if (is_low) return;
    }
    if (unit >= 0xD800 && unit < 0xDC00) {
      high = unit;
    } else {
      append_utf8(decoded, is_low ? 0xFFFD : unit);
    }
  };
  for (++offset_; offset_ < text_.size(); ++offset_) {
    const char c = text_[offset_];
    if (c == quote) {
      if (high != 0) append_utf8(decoded, 0xFFFD);
      Token token;
      token.kind = Token::Kind::Literal;
      token.value = Value(decoded);
      token.text = std::move(decoded);
      token.position = ++offset_;
      return token;
    }
    if (c != '\\') {
      if (high != 0) append_utf8(decoded, 0xFFFD);
      high = 0;
      decoded += c;
      continue;
    }
    ++offset_;
    const char escape = at(offset_);
    if (escape == 'u') {
      char32_t unit = 0;
      for (std::size_t i = 1; i <= 4; ++i) {
        const int digit = hex_digit(at(offset_ + i));
        if (digit < 0) raise("S0104", offset_);
        unit = unit * 16 + static_cast<char32_t>(digit);
      }
      offset_ += 4;
      add(unit);
      continue;
    }
    const std::size_t index = offset_ < text_.size() ? kEscapes.find(escape) : std::string_view::npos;
    if (index == std::string_view::npos) {
      std::size_t end = offset_;
      if (end < text_.size()) next_code_point(text_, end);
      raise("S0103", offset_, {.token = std::string(text_.substr(offset_, end - offset_))});
    }
    add(static_cast<unsigned char>(kEscaped[index]));
  }
  raise("S0101", text_.size());
}

/// The end of the number that starts here; here when none does.
std::size_t Lexer::number_end() const {
  std::size_t end = offset_;
  if (!is_digit(at(end))) return offset_;
  if (at(end) == '0') {
    ++end;
  } else {
    while (is_digit(at(end))) ++end;
  }
  if (at(end) == '.' && is_digit(at(end + 1))) {
    ++end;
    while (is_digit(at(end))) ++end;
  }
  if (at(end) == 'e' || at(end) == 'E') {
    std::size_t digits = end + 1;
    if (at(digits) == '+' || at(digits) == '-') ++digits;
    if (is_digit(at(digits))) {
      while (is_digit(at(digits))) ++digits;
      end = digits;
    }
  }
  return end;
}

Token Lexer::number(std::size_t end) {
  const std::string_view spelling = text_.substr(offset_, end - offset_);
  const double number = parse_double(spelling).value_or(INFINITY);
  if (!std::isfinite(number)) raise("S0102", offset_, {.token = std::string(spelling)});
  Token token;
  token.kind = Token::Kind::Literal;
  token.value = number_value(number);
  token.text = spelling;
  token.position = offset_ = end;
  return token;
}

Token Lexer::regex() {
  const std::size_t start = ++offset_;
  // A slash inside brackets does not end it.
  int depth = 0;
  for (; offset_ < text_.size(); ++offset_) {
    const char c = text_[offset_];
    if (c == '/' && depth == 0) {
      std::size_t backslashes = 0;
      while (offset_ - backslashes > start && text_[offset_ - backslashes - 1] == '\\') ++backslashes;
      if (backslashes % 2 != 0) continue;
      if (offset_ == start) raise("S0301", offset_);
      Token token;
      token.kind = Token::Kind::Regex;
      token.text = text_.substr(start, offset_ - start);
      const std::size_t flags = ++offset_;
      while (at(offset_) == 'i' || at(offset_) == 'm') ++offset_;
      token.flags = text_.substr(flags, offset_ - flags);
      token.position = offset_;
      return token;
    }
    if (text_[offset_ - 1] == '\\') continue;
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
  }
  raise("S0302", text_.size());
}

Token Lexer::name() {
  Token token;
  token.kind = Token::Kind::Name;
  if (text_[offset_] == '`') {
    const std::size_t end = text_.find('`', offset_ + 1);
    if (end == std::string_view::npos) raise("S0105", text_.size());
    token.text = text_.substr(offset_ + 1, end - offset_ - 1);
    token.position = offset_ = end + 1;
    return token;
  }
  const std::size_t start = offset_;
  while (offset_ < text_.size() && !is_blank(text_[offset_]) &&
         kOperatorCharacters.find(text_[offset_]) == std::string_view::npos) {
    ++offset_;
  }
  const std::string_view word = text_.substr(start, offset_ - start);
  token.position = offset_;
  if (word[0] == '$') {
    token.kind = Token::Kind::Variable;
    token.text = word.substr(1);
    return token;
  }
  token.text = word;
  if (word == "and" || word == "or" || word == "in") {
    token.kind = Token::Kind::Operator;
  } else if (word == "true" || word == "false" || word == "null") {
    token.kind = Token::Kind::Literal;
    token.value = word == "null" ? Value() : Value(word == "true");
  }
  return token;
}

}  // namespace stepglass::jsonata
