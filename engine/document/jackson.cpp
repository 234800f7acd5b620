// A reader that stops where Jackson's ReaderBasedJsonParser stops, and for the same reason.
//
// What decides the words of the sentence is which question Jackson asks first. In an object it asks for the name, the
// colon and the start of the value in one go; in an array and at the top for the start of a value. A closing bracket is
// looked at before a comma is demanded. A number ends at the first character that cannot belong to it, and only at the
// top must a blank follow. The place is that of the character Jackson would read next, which mostly is the one behind
// the culprit.
//
//   {"a" 1}      Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value
//                at column 7, one behind the 1
//
// Tested in tests/engine/document/jackson_test.cpp.

#include "engine/document/jackson.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/document/utf8_step.h"
#include "engine/support/text.h"

namespace stepglass {
namespace {

constexpr std::string_view kValues = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/// Characters of a token that the sentence repeats.
constexpr std::size_t kMostTokenUnits = 256;
/// Characters of the text that the place repeats.
constexpr std::size_t kMostSourceUnits = 500;
/// Longer texts Jackson reads through a StringReader, of which the place repeats nothing.
constexpr std::size_t kLongTextUnits = 0x8000;

bool is_iso_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

/// Java's Character.isJavaIdentifierStart for one UTF-16 unit: letters, currency signs, connecting punctuation. Beyond
/// Latin-1 it goes by blocks: what is punctuation, symbol or white space there is none, all else is.
bool starts_identifier(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  if (c < 0x100) {
    return (c >= 0xA2 && c <= 0xA5) || c == 0xAA || c == 0xB5 || c == 0xBA || (c >= 0xC0 && c != 0xD7 && c != 0xF7);
  }
  if (c >= 0xD800 && c <= 0xF8FF) return false;  // surrogates and private use
  if (c >= 0x300 && c <= 0x36F) return false;    // combining marks
  if (c >= 0x2000 && c <= 0x2BFF) {
    return c == 0x203F || c == 0x2040 || c == 0x2054 || c == 0x2071 || c == 0x207F || (c >= 0x2090 && c <= 0x209C) ||
           (c >= 0x20A0 && c <= 0x20BF) || (c >= 0x2160 && c <= 0x2188);
  }
  if (c >= 0x3000 && c <= 0x3004) return false;
  if (c >= 0x3008 && c <= 0x3020) return false;
  if (c == 0x1680 || c >= 0xFFF0 || c == 0xFEFF) return false;
  if (c >= 0xFF00 && c <= 0xFF20) return c == 0xFF04;
  return true;
}

/// Java's Character.isJavaIdentifierPart for one UTF-16 unit.
bool is_identifier_part(char32_t c) {
  if (starts_identifier(c) || (c >= '0' && c <= '9')) return true;
  if (c <= 8 || (c >= 0x0E && c <= 0x1B) || (c >= 0x7F && c <= 0x9F) || c == 0xAD) return true;  // ignorable
  if (c >= 0x300 && c <= 0x36F) return true;
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xFF10 && c <= 0xFF19);
}

void append_units(std::string& out, const std::u16string& units) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char32_t unit = units[i];
    const bool pair =
        unit >= 0xD800 && unit <= 0xDBFF && i + 1 < units.size() && units[i + 1] >= 0xDC00 && units[i + 1] <= 0xDFFF;
    if (pair) {
      append_utf8(out, 0x10000 + ((unit - 0xD800) << 10) + (units[++i] - 0xDC00u));
    } else {
      // Half of a pair is written as "?" when Java writes UTF-8.
      append_utf8(out, unit >= 0xD800 && unit <= 0xDFFF ? U'?' : unit);
    }
  }
}

struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 0;
};

/// Thrown to leave the reader; caught in jackson_error.
struct Found {
  std::string message;
};

class Reader {
 public:
  explicit Reader(std::string_view text);

  /// Reads all. Throws Found at the first error.
  void read();

  std::string place(Place at) const {
    return fmt::format("[Source: {}; line: {}, column: {}]", source_, at.line, at.column);
  }
  /// Where it stands.
  Place here() const { return {row_, static_cast<std::uint32_t>(at_ - row_start_ + 1)}; }

 private:
  enum class Kind { Array, Object };
  struct Open {
    Kind kind;
    Place start;
    bool has_entries = false;
  };
  static constexpr int kEnd = -1;

  bool at_end() const { return at_ >= units_.size(); }
  char32_t peek() const { return units_[at_]; }

  [[noreturn]] void fail(std::string message) const { throw Found{std::move(message)}; }
  [[noreturn]] void fail_unexpected(char32_t c, std::string_view comment) const {
    fail(fmt::format("Unexpected character ({}): {}", describe(c), comment));
  }
  [[noreturn]] void fail_number(char32_t c, std::string_view comment) const {
    fail(fmt::format("Unexpected character ({}) in numeric value: {}", describe(c), comment));
  }
  [[noreturn]] void fail_end(std::string_view where) const { fail(fmt::format("Unexpected end-of-input{}", where)); }
  [[noreturn]] void fail_token(std::u16string matched);

  static std::string describe(char32_t c);
  std::string_view context() const {
    return open_.empty() ? "root" : open_.back().kind == Kind::Array ? "Array" : "Object";
  }

  int skip_blanks();
  void blank(char32_t c);
  int next_or_end();
  char32_t after_comma(char32_t c);
  char32_t colon();
  void close(char32_t bracket);
  void name(char32_t c);
  void value(char32_t c, bool trailing);
  void string(std::string_view what, std::string_view at_text_end);
  void escape();
  void number(bool negative, std::size_t start);
  [[noreturn]] void bad_number_start(char32_t c, bool negative);
  void literal(std::string_view word, std::size_t matched);
  [[noreturn]] void odd_value(char32_t c);

  std::u16string units_;
  std::string source_;
  std::size_t at_ = 0;
  std::uint32_t row_ = 1;
  std::size_t row_start_ = 0;
  std::vector<Open> open_;
};

Reader::Reader(std::string_view text) {
  units_.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const detail::Utf8Step step = detail::utf8_step(text, i);
    i += step.length;
    if (step.code_point >= 0x10000) {
      units_ += static_cast<char16_t>(0xD800 + ((step.code_point - 0x10000) >> 10));
      units_ += static_cast<char16_t>(0xDC00 + ((step.code_point - 0x10000) & 0x3FF));
    } else {
      units_ += static_cast<char16_t>(step.code_point);
    }
  }
  if (units_.size() > kLongTextUnits) {
    source_ = "(StringReader)";
    return;
  }
  source_ = "(String)";
  if (units_.empty()) return;
  std::u16string shown;
  for (const char16_t unit : std::u16string_view(units_).substr(0, kMostSourceUnits)) {
    if (is_iso_control(unit) && unit != '\n' && unit != '\r') {
      for (const char c : fmt::format("\\u{:04X}", static_cast<unsigned>(unit))) shown += static_cast<char16_t>(c);
    } else {
      shown += unit;
    }
  }
  source_ += '"';
  append_units(source_, shown);
  source_ += '"';
  if (units_.size() > kMostSourceUnits) {
    source_ += fmt::format("[truncated {} chars]", units_.size() - kMostSourceUnits);
  }
}

std::string Reader::describe(char32_t c) {
  const auto code = static_cast<std::uint32_t>(c);
  if (is_iso_control(c)) return fmt::format("(CTRL-CHAR, code {})", code);
  std::string shown;
  append_units(shown, std::u16string(1, static_cast<char16_t>(c)));
  if (c > 255) return fmt::format("'{}' (code {} / 0x{:x})", shown, code, code);
  return fmt::format("'{}' (code {})", shown, code);
}

/// `matched` and what follows like a part of a word is no token.
void Reader::fail_token(std::u16string matched) {
  bool cut = false;
  while (!at_end() && is_identifier_part(peek())) {
    matched += units_[at_++];
    if (matched.size() >= kMostTokenUnits) {
      cut = true;
      break;
    }
  }
  std::string token;
  append_units(token, matched);
  fail(fmt::format("Unrecognized token '{}{}': was expecting {}", token, cut ? "..." : "", kValues));
}

/// A blank that has been read.
void Reader::blank(char32_t c) {
  if (c == '\r' && !at_end() && peek() == '\n') ++at_;
  if (c == '\n' || c == '\r') {
    ++row_;
    row_start_ = at_;
  } else if (c != ' ' && c != '\t') {
    fail(fmt::format("Illegal character ({}): only regular white space (\\r, \\n, \\t) is allowed between tokens",
                     describe(c)));
  }
}

/// The next character that is no blank, read; kEnd when there is none.
int Reader::skip_blanks() {
  while (!at_end()) {
    const char32_t c = units_[at_++];
    if (c > ' ') {
      if (c == '/') {
        fail_unexpected(c,
                        "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not "
                        "enabled for parser)");
      }
      return static_cast<int>(c);
    }
    blank(c);
  }
  return kEnd;
}

/// Where a token may start or the text end.
int Reader::next_or_end() {
  const int c = skip_blanks();
  if (c == kEnd && !open_.empty()) {
    fail_end(fmt::format(": expected close marker for {} (start marker at {})", context(), place(open_.back().start)));
  }
  return c;
}

char32_t Reader::after_comma(char32_t c) {
  if (c != ',') fail_unexpected(c, fmt::format("was expecting comma to separate {} entries", context()));
  const int next = skip_blanks();
  if (next == kEnd) fail_end(fmt::format(" within/between {} entries", context()));
  return static_cast<char32_t>(next);
}

/// The colon, and the character with which the value starts.
char32_t Reader::colon() {
  const std::string between = fmt::format(" within/between {} entries", context());
  const int c = skip_blanks();
  if (c == kEnd) fail_end(between);
  if (c != ':') fail_unexpected(static_cast<char32_t>(c), "was expecting a colon to separate field name and value");
  const int next = skip_blanks();
  if (next == kEnd) fail_end(between);
  return static_cast<char32_t>(next);
}

void Reader::close(char32_t bracket) {
  const bool array = bracket == ']';
  const bool fits = !open_.empty() && (open_.back().kind == Kind::Array) == array;
  if (!fits) {
    fail(fmt::format("Unexpected close marker '{}': expected '{}' (for {} starting at {})", array ? ']' : '}',
                     array ? '}' : ']', context(), place(open_.empty() ? Place{} : open_.back().start)));
  }
  open_.pop_back();
}

void Reader::name(char32_t c) {
  if (c != '"') fail_unexpected(c, "was expecting double-quote to start field name");
  string("name", " in field name");
}

/// A string whose opening quote has been read.
void Reader::string(std::string_view what, std::string_view at_text_end) {
  for (;;) {
    if (at_end()) fail_end(at_text_end);
    const char32_t c = units_[at_++];
    if (c == '"') return;
    if (c == '\\') {
      escape();
    } else if (c < ' ') {
      fail(fmt::format("Illegal unquoted character ({}): has to be escaped using backslash to be included in {}",
                       describe(c), what));
    }
  }
}

/// An escape whose backslash has been read.
void Reader::escape() {
  constexpr std::string_view kEnds = " in character escape sequence";
  if (at_end()) fail_end(kEnds);
  const char32_t c = units_[at_++];
  if (c < 0x80 && std::string_view("\"/\\bfnrt").find(static_cast<char>(c)) != std::string_view::npos) return;
  if (c != 'u') fail(fmt::format("Unrecognized character escape {}", describe(c)));
  for (int i = 0; i < 4; ++i) {
    if (at_end()) fail_end(kEnds);
    const char32_t digit = units_[at_++];
    const bool hex = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F');
    if (!hex) fail_unexpected(digit, "expected a hex-digit for character escape sequence");
  }
}

/// A number that starts at `start`; its first character has been read.
void Reader::number(bool negative, std::size_t start) {
  at_ = start + (negative ? 1 : 0);
  const auto is_digit = [&] { return !at_end() && peek() >= '0' && peek() <= '9'; };
  const auto digits = [&] {
    const std::size_t first = at_;
    while (is_digit()) ++at_;
    return at_ > first;
  };
  if (at_end()) fail_end("No digit following minus sign");
  if (!is_digit()) {
    const char32_t c = units_[at_++];
    bad_number_start(c, negative);
  }
  if (peek() == '0') {
    ++at_;
    if (is_digit()) fail("Invalid numeric value: Leading zeroes not allowed");
  } else {
    digits();
  }
  if (!at_end() && peek() == '.') {
    ++at_;
    if (!digits()) {
      // At the end of the text Jackson looks at the point itself.
      const char32_t c = at_end() ? U'.' : units_[at_++];
      fail_number(c, "Decimal point not followed by a digit");
    }
  }
  if (!at_end() && (peek() == 'e' || peek() == 'E')) {
    ++at_;
    if (at_end()) fail_end("expected a digit for number exponent");
    if (peek() == '+' || peek() == '-') {
      ++at_;
      if (at_end()) fail_end("expected a digit for number exponent");
    }
    if (!digits()) {
      const char32_t c = units_[at_++];
      fail_number(c, "Exponent indicator not followed by a digit");
    }
  }
  if (!open_.empty() || at_end()) return;
  const char32_t c = units_[at_++];
  if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return blank(c);
  fail_unexpected(c, "Expected space separating root-level values");
}

/// Behind a sign stands `c`, which has been read and is no digit.
void Reader::bad_number_start(char32_t c, bool negative) {
  if (c == 'I') {
    if (at_end()) fail_end(" in a value");
    c = units_[at_++];
    if (c == 'N' || c == 'n') {
      const std::string word = std::string(negative ? "-" : "+") + (c == 'N' ? "INF" : "Infinity");
      literal(word, 3);
      fail(fmt::format("Non-standard token '{}': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow", word));
    }
  }
  fail_number(c, "expected digit (0-9) to follow minus sign, for valid numeric value");
}

/// `word`, of which `matched` characters have been read.
void Reader::literal(std::string_view word, std::size_t matched) {
  for (; matched < word.size(); ++matched) {
    if (at_end() || peek() != static_cast<char32_t>(word[matched])) break;
    ++at_;
  }
  const bool whole = matched == word.size();
  if (whole && (at_end() || peek() < '0' || !is_identifier_part(peek()))) return;
  std::u16string token;
  for (const char c : word.substr(0, matched)) token += static_cast<char16_t>(c);
  fail_token(std::move(token));
}

/// `c`, which has been read, starts no value.
void Reader::odd_value(char32_t c) {
  constexpr std::string_view kAllow = "enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow";
  if (c == 'N') {
    literal("NaN", 1);
    fail(fmt::format("Non-standard token 'NaN': {}", kAllow));
  }
  if (c == 'I') {
    literal("Infinity", 1);
    fail(fmt::format("Non-standard token 'Infinity': {}", kAllow));
  }
  if (c == '+') {
    if (at_end()) fail_end(" in a value");
    const char32_t next = units_[at_++];
    bad_number_start(next, false);
  }
  if (starts_identifier(c)) fail_token(std::u16string(1, static_cast<char16_t>(c)));
  fail_unexpected(c, fmt::format("expected a valid value {}", kValues));
}

/// The value that starts with `c`, which has been read. `trailing`: behind the end of the text's value.
void Reader::value(char32_t c, bool trailing) {
  const std::size_t start = at_ - 1;
  const Place place_of_start{row_, static_cast<std::uint32_t>(at_ - row_start_)};
  std::string_view token;
  switch (c) {
    case '"':
      token = "VALUE_STRING";
      break;
    case '[':
    case '{':
      token = c == '[' ? "START_ARRAY" : "START_OBJECT";
      break;
    case 't':
      literal("true", 1);
      token = "VALUE_TRUE";
      break;
    case 'f':
      literal("false", 1);
      token = "VALUE_FALSE";
      break;
    case 'n':
      literal("null", 1);
      token = "VALUE_NULL";
      break;
    case '}':
      // [1,} ; in objects the value is asked for in another way.
      if (!open_.empty() && open_.back().kind == Kind::Array) fail_unexpected(c, "expected a value");
      odd_value(c);
    default:
      if (c != '-' && !(c >= '0' && c <= '9')) odd_value(c);
      number(c == '-', start);
      token = "VALUE_NUMBER_INT";
      for (std::size_t i = start; i < at_; ++i) {
        if (units_[i] == '.' || units_[i] == 'e' || units_[i] == 'E') token = "VALUE_NUMBER_FLOAT";
      }
      break;
  }
  if (trailing) {
    fail(fmt::format(
        "Trailing token (of type {}) found after value (bound as `com.fasterxml.jackson.databind.JsonNode`): "
        "not allowed as per `DeserializationFeature.FAIL_ON_TRAILING_TOKENS`",
        token));
  }
  if (c == '"') string("string value", ": was expecting closing quote for a string value");
  if (c == '[' || c == '{') open_.push_back({c == '[' ? Kind::Array : Kind::Object, place_of_start});
}

void Reader::read() {
  bool done = false;
  for (;;) {
    const int next = next_or_end();
    if (next == kEnd) {
      if (!done) fail("No content to map due to end-of-input");
      return;
    }
    auto c = static_cast<char32_t>(next);
    if (c == ']' || c == '}') {
      close(c);
    } else if (open_.empty()) {
      value(c, done);
    } else {
      if (open_.back().has_entries) c = after_comma(c);
      open_.back().has_entries = true;
      if (open_.back().kind == Kind::Object) {
        name(c);
        c = colon();
      }
      value(c, false);
    }
    done |= open_.empty();
  }
}

}  // namespace

std::optional<JacksonError> jackson_error(std::string_view text) {
  Reader reader(text);
  try {
    reader.read();
  } catch (Found& found) {
    const Place here = reader.here();
    return JacksonError{
        .message = std::move(found.message), .location = reader.place(here), .line = here.line, .column = here.column};
  }
  return std::nullopt;
}

std::string jackson_message(std::string_view text) {
  auto error = jackson_error(text);
  return error ? std::move(error->message) : std::string();
}

}  // namespace stepglass
