// Reads text that is no JSON.
//
// A reader with an explicit stack walks over the text once. It knows what may come next; where something else stands it
// writes down one diagnostic and an edit, and goes on as if the edit had been made:
//
//   {"A": 1 "B": 'x',}      a comma is missing before "B"    insert ","
//                           'x' stands in single quotes      " for each '
//                           a comma stands before "}"        delete it
//
// Some repairs are certain (a comment, a trailing comma): they go on for ever. The others are guesses; after
// kMaxSyntaxErrors errors a guess is worth nothing any more, so the next one ends the reading: what is open is closed.
//
// Places where the text alone does not say what was meant are decided by a look at what follows:
//   * A line ends inside a string. If the next quote ends a value, the string goes over several lines, else its closing
//     quote is missing at the end of the line.
//   * A string is followed by a letter. If a later quote of the line ends a value, the quotes between are part of it.
//   * After "key": stands another "key":. Then the first has no value.
//   * Behind the end stands "," and a key. Then the last bracket was one too many.
//   * The text ends before all is closed. Then it is read once more, and a line that stands as far left as the line
//   with
//     the bracket, while the first member stood further right, shows where the bracket should have been closed.
// Each look goes to the next quote or over at most kLookAhead bytes, so that all of them together stay linear.
//
// Tested in tests/engine/document/repair_test.cpp, and by read_json, which reads the repaired text strictly.

#include "engine/document/repair.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/document/diagnostic_list.h"
#include "engine/document/utf8_step.h"
#include "engine/support/limits.h"
#include "engine/support/number.h"

namespace stepglass::detail {
namespace {

constexpr std::size_t kLookAhead = 2000;
/// Quotes that a look may pass by.
constexpr int kMostQuotes = 20;

constexpr const char* kLargest = "1.7976931348623157e308";
constexpr const char* kLowest = "-1.7976931348623157e308";

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20;
}
bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
/// Ends a word, whatever stands before it.
bool is_structure(char c) {
  return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':' || c == '"';
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// White space to people, not to JSON.
bool is_foreign_blank(char32_t c) {
  return c == 0x0B || c == 0x0C || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200F) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

/// Quotation marks of typography, as word processors write them.
bool is_typographic_quote(char32_t c) {
  return (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x2039 || c == 0x203A || c == 0x300C ||
         c == 0x300D || c == 0xFF02;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

/// `word` as JSON number grammar has it.
bool is_number(std::string_view word) {
  return parse_double(word).has_value();
}

/// A word that people mean as a number, in JSON's grammar; nothing where it is none.
std::optional<std::string> mend_number(std::string_view word) {
  std::string out;
  if (!word.empty() && (word[0] == '+' || word[0] == '-')) {
    if (word[0] == '-') out += '-';
    word.remove_prefix(1);
  }
  if (word.size() > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) {
    std::uint64_t value = 0;
    if (word.size() > 2 + 16) return std::nullopt;
    for (const char c : word.substr(2)) {
      if (hex_value(c) < 0) return std::nullopt;
      value = value * 16 + static_cast<std::uint64_t>(hex_value(c));
    }
    return out + std::to_string(value);
  }
  std::size_t i = 0;
  const auto digits = [&] {
    std::string found;
    for (; i < word.size() && (is_digit(word[i]) || (word[i] == '_' && !found.empty())); ++i) {
      if (word[i] != '_') found += word[i];
    }
    return found;
  };
  const std::string whole = digits();
  std::string fraction;
  bool has_point = false;
  if (i < word.size() && word[i] == '.') {
    ++i;
    has_point = true;
    fraction = digits();
  }
  if (whole.empty() && fraction.empty()) return std::nullopt;
  const std::size_t first = std::min(whole.find_first_not_of('0'), whole.empty() ? 0 : whole.size() - 1);
  out += whole.empty() ? "0" : whole.substr(first);
  if (has_point && !fraction.empty()) out += "." + fraction;
  if (i < word.size() && (word[i] == 'e' || word[i] == 'E')) {
    ++i;
    std::string exponent;
    if (i < word.size() && (word[i] == '+' || word[i] == '-')) exponent += word[i++];
    const std::string power = digits();
    if (!power.empty()) out += "e" + exponent + power;
  }
  if (i != word.size()) return std::nullopt;
  return out;
}

class Repairer {
 public:
  Repairer(std::string_view text, const LineIndex& lines, bool trust_indentation)
      : text_(text), size_(text.size()), lines_(lines), trust_indentation_(trust_indentation) {}

  Repair run();
  /// After run(): the text ended before all brackets were closed.
  bool ended_open() const { return ended_open_; }
  std::size_t syntax_errors() const { return syntax_errors_; }

 private:
  /// What may come next.
  enum class Expect {
    Value,      // after a colon, after a comma in an array, at the start of the text
    FirstItem,  // a value or "]"
    FirstKey,   // a key or "}"
    Key,        // after a comma in an object
    Colon,
    Separator,  // a comma, or the bracket that closes
    End         // nothing more
  };
  /// Certain repairs are what was meant; guesses end the reading when there are too many.
  enum class Sure { Yes, No };

  // Findings and edits.
  void fault(Span span, std::string message, std::string help, Sure sure);
  void edit(std::size_t begin, std::size_t end, std::string replacement) {
    edits_.push_back({span(begin, end), std::move(replacement)});
  }
  void insert(std::size_t at, std::string text) { edit(at, at, std::move(text)); }
  static Span span(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  std::string_view cut(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }
  std::string_view cut(Span span) const { return cut(span.begin, span.end); }
  bool has_room() const { return syntax_.has_room(); }

  // Looking at the text.
  char at(std::size_t i) const { return i < size_ ? text_[i] : '\0'; }
  bool is_end(std::size_t i) const { return i >= size_; }
  std::size_t behind_blanks(std::size_t i) const {
    while (i < size_ && is_blank(text_[i])) ++i;
    return i;
  }
  std::size_t behind_spaces(std::size_t i) const {
    while (i < size_ && (text_[i] == ' ' || text_[i] == '\t')) ++i;
    return i;
  }
  std::size_t line_end(std::size_t i) const {
    while (i < size_ && !is_line_end(text_[i])) ++i;
    return i;
  }
  std::size_t before_blanks(std::size_t end, std::size_t begin) const {
    while (end > begin && is_blank(text_[end - 1])) --end;
    return end;
  }
  /// True when what stands at `i` can follow a value.
  bool ends_value(std::size_t i) const {
    const char c = at(i);
    return is_end(i) || c == ',' || c == '}' || c == ']' || is_line_end(c);
  }
  bool starts_comment(std::size_t i) const {
    return at(i) == '#' || (at(i) == '/' && (at(i + 1) == '/' || at(i + 1) == '*'));
  }
  bool starts_quoted(std::size_t i) const;
  Span token_at(std::size_t i) const;
  std::string quoted_token(Span token) const;

  // Reading.
  bool is_other_encoding();
  void skip_blanks();
  void comment();
  void strange_bytes();
  void step();
  void expect_value();
  void expect_key();
  void expect_colon();
  void expect_separator();
  void expect_end();
  void start(bool array);
  void close();
  void wrong_bracket();
  void missing_value(std::size_t at_offset, std::string inserted);
  void after_value() {
    expect_ = open_arrays_.empty() ? Expect::End : Expect::Separator;
    after_colon_ = false;
  }
  void drop_last_comma();
  void comma();
  void close_by_indentation();
  void close_array_before_key();
  void pop();
  void end_of_text();
  void close_all(std::size_t at_offset);

  // Strings.
  struct StringEnd {
    std::size_t content_end;  // before the closing quote, or where it is missing
    bool closed;
  };
  StringEnd find_string_end(std::size_t quote) const;
  std::size_t unclosed_end(std::size_t begin, std::size_t end, bool at_text_end) const;
  void string(bool is_key);
  void oddly_quoted(bool is_key);
  void content(std::size_t begin, std::size_t end, bool quiet, bool escape_quotes);
  void escape(std::size_t& i, std::size_t end, bool quiet);
  bool quotes_inside(std::size_t begin, std::size_t close, bool is_key);

  // Words.
  std::size_t word_end(std::size_t begin, bool is_key, std::size_t limit = SIZE_MAX) const;
  void word_value();
  void word_key();
  void quote_word(std::size_t begin, std::size_t end);
  bool top_level_words();

  /// An open container. What is deeper than kMaxDepth has none.
  struct Open {
    std::uint32_t at;                          // its bracket
    std::uint32_t indent;                      // of the line with the bracket
    std::uint32_t member_indent = UINT32_MAX;  // of the first member, where that starts a line
  };

  bool in_array() const { return open_arrays_.back(); }
  std::string open_name() const;

  const std::string_view text_;
  const std::size_t size_;
  const LineIndex& lines_;
  const bool trust_indentation_;
  std::size_t at_ = 0;
  Expect expect_ = Expect::Value;
  bool stopped_ = false;

  std::vector<bool> open_arrays_;  // the open containers: array or object
  std::vector<Open> opened_;       // the same, down to kMaxDepth
  std::size_t arrays_ = 0;         // how many of the open ones are arrays
  Span key_;                       // the last key
  std::size_t last_comma_ = 0;
  std::optional<std::size_t> comma_edit_;  // where the last comma is not in the text: the edit that ends with it
  std::size_t last_end_ = 0;               // behind the last token
  bool after_colon_ = false;               // a member's value is due
  struct LastClose {
    std::size_t at;
    bool array;
    Open open;
  };
  std::optional<LastClose> last_close_;
  std::optional<Span> open_string_;  // the string in which the text ends
  std::size_t line_start_ = 0;
  bool starts_line_ = true;        // the next token is the first one of its line
  std::uint32_t line_indent_ = 0;  // of the line of the last token
  bool ended_open_ = false;
  std::size_t syntax_errors_ = 0;

  std::vector<Edit> edits_;
  DiagnosticList syntax_{kMaxSyntaxErrors};
  DiagnosticList utf8_{kMaxListedOfOneName};
  DiagnosticList nul_{kMaxListedOfOneName};
  DiagnosticList lossy_{kMaxListedOfOneName};
};

void Repairer::fault(Span span, std::string message, std::string help, Sure sure) {
  if (!syntax_.has_room() && sure == Sure::No) stopped_ = true;
  syntax_.add({.name = "json-syntax",
               .severity = Severity::Error,
               .message = std::move(message),
               .help = std::move(help),
               .span = span,
               .pointer = ""});
}

// -------------------------------------------------------------------------------------------------- between tokens

bool Repairer::is_other_encoding() {
  const auto byte = [&](std::size_t i) { return i < size_ ? static_cast<unsigned char>(text_[i]) : 0x100u; };
  std::string_view name;
  std::size_t mark = 0;
  // With a byte order mark.
  if (byte(0) == 0xFF && byte(1) == 0xFE) {
    const bool wide = byte(2) == 0 && byte(3) == 0;
    name = wide ? "UTF-32 (little endian)" : "UTF-16 (little endian)";
    mark = wide ? 4 : 2;
  } else if (byte(0) == 0xFE && byte(1) == 0xFF) {
    name = "UTF-16 (big endian)";
    mark = 2;
  } else if (byte(0) == 0 && byte(1) == 0 && byte(2) == 0xFE && byte(3) == 0xFF) {
    name = "UTF-32 (big endian)";
    mark = 4;
  } else if (size_ >= 4) {
    // Without one: JSON starts with ASCII, so every second (or three of four) of the first bytes are NUL.
    const auto all_nul = [&](std::size_t first, std::size_t stride) {
      for (std::size_t i = first; i < std::min<std::size_t>(size_, 8); i += stride) {
        if (text_[i] != '\0') return false;
      }
      return true;
    };
    if (all_nul(0, 4) && all_nul(1, 4) && all_nul(2, 4) && byte(3) != 0) {
      name = "UTF-32 (big endian)";
    } else if (all_nul(1, 4) && all_nul(2, 4) && all_nul(3, 4) && byte(0) != 0) {
      name = "UTF-32 (little endian)";
    } else if (all_nul(0, 2) && byte(1) != 0 && byte(3) != 0) {
      name = "UTF-16 (big endian)";
    } else if (all_nul(1, 2) && byte(0) != 0 && byte(2) != 0) {
      name = "UTF-16 (little endian)";
    } else {
      return false;
    }
    mark = 4;
  } else {
    return false;
  }
  utf8_.add({.name = "invalid-utf8",
             .severity = Severity::Error,
             .message = fmt::format("the text is {}, and JSON is UTF-8", name),
             .help = "save it as UTF-8",
             .span = span(0, mark),
             .pointer = ""});
  return true;
}

/// Skips what stands between tokens, faulty or not. Afterwards at_ is at a token or at the end.
void Repairer::skip_blanks() {
  while (!is_end(at_)) {
    const char c = text_[at_];
    if (is_blank(c)) {
      ++at_;
      if (is_line_end(c)) {
        line_start_ = at_;
        starts_line_ = true;
      }
    } else if (starts_comment(at_)) {
      comment();
    } else if (is_control(c) || c == '\x7F') {
      strange_bytes();
    } else if (!is_ascii(c)) {
      const Utf8Step here = utf8_step(text_, at_);
      if (here.valid && !is_foreign_blank(here.code_point)) return;
      strange_bytes();
    } else {
      return;
    }
  }
}

void Repairer::comment() {
  const std::size_t begin = at_;
  if (text_[at_] == '/' && at(at_ + 1) == '*') {
    const std::size_t close = text_.find("*/", at_ + 2);
    at_ = close == std::string_view::npos ? size_ : close + 2;
  } else {
    at_ = line_end(at_);
  }
  fault(span(begin, at_), "a comment is no JSON", "delete it, or make it a \"Comment\" field", Sure::Yes);
  edit(begin, at_, " ");
}

/// A run of NUL bytes, of bytes that are no UTF-8, of white space that JSON does not know, or of control characters.
void Repairer::strange_bytes() {
  const std::size_t begin = at_;
  const Utf8Step first = utf8_step(text_, at_);
  const auto same_kind = [&](const Utf8Step& step) {
    if (!first.valid) return !step.valid;
    if (!step.valid) return false;
    if (first.code_point == 0) return step.code_point == 0;
    if (is_foreign_blank(first.code_point)) return step.code_point == first.code_point;
    return step.code_point == first.code_point;
  };
  while (!is_end(at_)) {
    const Utf8Step step = utf8_step(text_, at_);
    if (!same_kind(step)) break;
    at_ += step.length;
  }
  const Span run = span(begin, at_);
  edit(begin, at_, " ");
  if (!first.valid) {
    utf8_.add({.name = "invalid-utf8",
               .severity = Severity::Error,
               .message = fmt::format("\"{}\" is no UTF-8", excerpt(cut(run))),
               .help = "save the text as UTF-8",
               .span = run,
               .pointer = ""});
  } else if (first.code_point == 0) {
    nul_.add({.name = "null-byte",
              .severity = Severity::Error,
              .message = "a NUL byte is no JSON",
              .help = "delete it; many readers take it for the end of the text",
              .span = run,
              .pointer = ""});
  } else if (is_foreign_blank(first.code_point)) {
    fault(run,
          fmt::format("the character U+{:04X} is no white space in JSON", static_cast<std::uint32_t>(first.code_point)),
          "write a space or a line break", Sure::Yes);
  } else {
    fault(run, fmt::format("the control character U+{:04X} is no JSON", static_cast<std::uint32_t>(first.code_point)),
          "delete it", Sure::Yes);
  }
}

bool Repairer::starts_quoted(std::size_t i) const {
  const char c = at(i);
  if (c == '"' || c == '\'' || c == '`') return true;
  if (is_end(i) || is_ascii(c)) return false;
  const Utf8Step here = utf8_step(text_, i);
  return here.valid && is_typographic_quote(here.code_point);
}

/// The token at `i` for a message; it need not be all of it.
Span Repairer::token_at(std::size_t i) const {
  if (is_end(i)) return span(i, i);
  if (text_[i] == '"') {
    std::size_t end = i + 1;
    while (end < size_ && text_[end] != '"' && !is_line_end(text_[end]))
      end += text_[end] == '\\' && end + 1 < size_ ? 2 : 1;
    return span(i, at(end) == '"' ? end + 1 : end);
  }
  if (is_structure(text_[i])) return span(i, i + 1);
  return span(i, std::max(word_end(i, true, i + kLookAhead), i + utf8_step(text_, i).length));
}

/// The token in quotes; its own, when it has some.
std::string Repairer::quoted_token(Span token) const {
  const std::string text = excerpt(cut(token));
  return text.starts_with('"') ? text + (text.size() > 1 && text.ends_with('"') ? "" : "\"") : "\"" + text + "\"";
}

// --------------------------------------------------------------------------------------------------------- strings

Repairer::StringEnd Repairer::find_string_end(std::size_t quote) const {
  bool several_lines = false;
  for (std::size_t i = quote + 1; i < size_;) {
    const char c = text_[i];
    if (c == '"') return {i, true};
    if (c == '\\') {
      i += 2;
      continue;
    }
    if (is_line_end(c) && !several_lines) {
      std::size_t next = i;
      while (next < size_ && text_[next] != '"') next += text_[next] == '\\' ? 2 : 1;
      if (next >= size_) return {unclosed_end(quote + 1, i, false), false};
      const std::size_t behind = behind_spaces(next + 1);
      if (!ends_value(behind) && at(behind) != ':') return {unclosed_end(quote + 1, i, false), false};
      several_lines = true;
    }
    ++i;
  }
  return {unclosed_end(quote + 1, size_, true), false};
}

/// Where the content of a string ends whose closing quote is missing before `end`: in front of blanks, of a comma, and
/// at the end of the text of those brackets that close what is open.
std::size_t Repairer::unclosed_end(std::size_t begin, std::size_t end, bool at_text_end) const {
  std::size_t last = before_blanks(end, begin);
  if (last > begin && text_[last - 1] == ',') return before_blanks(last - 1, begin);
  if (!at_text_end) return last;
  std::size_t brackets = last;
  while (brackets > begin &&
         (text_[brackets - 1] == '}' || text_[brackets - 1] == ']' || is_blank(text_[brackets - 1]))) {
    --brackets;
  }
  std::size_t open = open_arrays_.size();
  for (std::size_t i = brackets; i < last; ++i) {
    if (is_blank(text_[i])) continue;
    if (open == 0 || open_arrays_[open - 1] != (text_[i] == ']')) return last;
    --open;
  }
  return before_blanks(brackets, begin);
}

/// A string in double quotes at at_.
void Repairer::string(bool is_key) {
  const std::size_t begin = at_;
  const StringEnd end = find_string_end(begin);
  if (!end.closed) {
    std::size_t last = end.content_end;
    if (is_key) {
      // {"Type: 1  or  {"Type  — the key ends before the colon.
      const std::size_t colon = cut(begin + 1, last).find(':');
      if (colon != std::string_view::npos) last = before_blanks(begin + 1 + colon, begin + 1);
    }
    content(begin + 1, last, false, false);
    if (behind_blanks(last) == size_) {
      open_string_ = span(begin, last);
    } else {
      fault(span(begin, last), fmt::format("the string {} is never closed", quoted_token(span(begin, last))),
            "add a double quote where it ends", Sure::No);
    }
    insert(last, "\"");
    at_ = last_end_ = last;
    return;
  }
  const std::size_t close = end.content_end;
  if (is_key && at(behind_blanks(close + 1)) != ':') {
    // {"Type: "Pass"  — the quote behind the colon starts the value.
    const std::size_t last = before_blanks(close, begin + 1);
    if (last > begin + 1 && text_[last - 1] == ':' && cut(begin + 1, last - 1).find('\n') == std::string_view::npos) {
      const std::size_t key_end = before_blanks(last - 1, begin + 1);
      content(begin + 1, key_end, false, false);
      fault(span(begin, key_end), fmt::format("the key {} has no closing quote", quoted_token(span(begin, key_end))),
            "add a double quote before the colon", Sure::No);
      insert(key_end, "\"");
      at_ = last_end_ = key_end;
      return;
    }
  }
  if (quotes_inside(begin, close, is_key)) return;
  content(begin + 1, close, false, false);
  at_ = last_end_ = close + 1;
}

/// "say "hi" now": a letter behind the closing quote, and later in the line a quote that ends a value.
bool Repairer::quotes_inside(std::size_t begin, std::size_t close, bool is_key) {
  const char behind = at(close + 1);
  if (is_end(close + 1) || is_blank(behind) || is_structure(behind) || is_control(behind) ||
      starts_comment(close + 1)) {
    return false;
  }
  int inner = 0;  // quotes inside, without the first
  const std::size_t limit = std::min(size_, close + kLookAhead);
  for (std::size_t i = close + 1; i < limit && !is_line_end(text_[i]);) {
    if (text_[i] == '\\') {
      i += 2;
      continue;
    }
    if (text_[i] == '"') {
      const std::size_t next = behind_spaces(i + 1);
      const bool colon = at(next) == ':';
      if (is_key ? colon : ends_value(next)) {
        content(begin + 1, i, false, true);
        fault(span(close, close + 1),
              fmt::format("a double quote inside the string {} is not escaped", quoted_token(span(begin, i + 1))),
              "write \\\" for it", Sure::No);
        at_ = last_end_ = i + 1;
        return true;
      }
      if (colon || ++inner > kMostQuotes) return false;
    }
    ++i;
  }
  return false;
}

/// A string in other quotes at at_: 'a', `a`, “a”.
void Repairer::oddly_quoted(bool is_key) {
  const std::size_t begin = at_;
  const Utf8Step open = utf8_step(text_, begin);
  const std::size_t first = begin + open.length;
  const bool typographic = !is_ascii(text_[begin]);
  // The first closing quote that can end a value or a key, else the first one at all. On the same line.
  std::size_t close = 0, close_length = 0;
  const std::size_t limit = std::min(size_, first + kLookAhead);
  int passed = 0;
  for (std::size_t i = first; i < limit && !is_line_end(text_[i]) && passed < kMostQuotes;) {
    if (text_[i] == '\\') {
      i += 2;
      continue;
    }
    const Utf8Step here = utf8_step(text_, i);
    const bool closes = typographic ? here.valid && (is_typographic_quote(here.code_point) || text_[i] == '"')
                                    : text_[i] == text_[begin];
    if (closes) {
      const std::size_t next = behind_spaces(i + here.length);
      const bool fits = ends_value(next) || at(next) == ':';
      if (fits || close_length == 0) {
        close = i;
        close_length = here.length;
      }
      if (fits) break;
      ++passed;
    }
    i += here.length;
  }
  const std::string_view what = typographic           ? "typographic quotation marks"
                                : text_[begin] == '`' ? "backticks"
                                                      : "single quotes";
  if (close_length == 0) {
    std::size_t last = std::min(line_end(first), size_);
    if (is_key) {
      const std::size_t colon = cut(first, last).find(':');
      if (colon != std::string_view::npos) last = first + colon;
    }
    last = unclosed_end(first, last, last == size_);
    edit(begin, first, "\"");
    content(first, last, true, true);
    fault(span(begin, last), fmt::format("the string \"{}\" is never closed", excerpt(cut(begin, last))),
          "write it in double quotes", Sure::No);
    insert(last, "\"");
    at_ = last_end_ = last;
    return;
  }
  const std::size_t end = close + close_length;
  if (has_room()) {
    fault(span(begin, end), fmt::format("\"{}\" stands in {}", excerpt(cut(first, close)), what),
          "write it in double quotes", Sure::Yes);
  } else {
    syntax_.count();
  }
  edit(begin, first, "\"");
  content(first, close, true, true);
  edit(close, end, "\"");
  at_ = last_end_ = end;
}

/// Makes what stands between two quotes the content of a JSON string. `quiet`: the string as a whole was reported.
void Repairer::content(std::size_t begin, std::size_t end, bool quiet, bool escape_quotes) {
  bool control_reported = quiet;
  for (std::size_t i = begin; i < end;) {
    const char c = text_[i];
    if (c == '\\') {
      escape(i, end, quiet);
    } else if (c == '"' && escape_quotes) {
      edit(i, i + 1, "\\\"");
      ++i;
    } else if (c == '\0') {
      const std::size_t first = i;
      std::string escapes;
      for (; i < end && text_[i] == '\0'; ++i) escapes += "\\u0000";
      nul_.add({.name = "null-byte",
                .severity = Severity::Error,
                .message = "a NUL byte stands inside a string",
                .help = "delete it, or write \\u0000",
                .span = span(first, i),
                .pointer = ""});
      edit(first, i, std::move(escapes));
    } else if (is_control(c)) {
      if (!control_reported) {
        const std::string_view what = is_line_end(c) ? "a line break" : c == '\t' ? "a tab" : "a control character";
        fault(span(i, i + 1), fmt::format("{} stands inside a string", what),
              fmt::format("write {} for it", c == '\n'   ? "\\n"
                                             : c == '\r' ? "\\r"
                                             : c == '\t' ? "\\t"
                                                         : fmt::format("\\u{:04x}", static_cast<unsigned>(c))),
              Sure::Yes);
        control_reported = true;
      }
      edit(i, i + 1, fmt::format("\\u{:04x}", static_cast<unsigned>(c)));
      ++i;
    } else if (is_ascii(c)) {
      ++i;
    } else {
      const Utf8Step here = utf8_step(text_, i);
      if (here.valid) {
        i += here.length;
        continue;
      }
      const std::size_t first = i;
      while (i < end && !utf8_step(text_, i).valid) i += utf8_step(text_, i).length;
      i = std::min(i, end);
      utf8_.add({.name = "invalid-utf8",
                 .severity = Severity::Error,
                 .message = fmt::format("\"{}\" inside a string is no UTF-8", excerpt(cut(first, i))),
                 .help = "save the text as UTF-8",
                 .span = span(first, i),
                 .pointer = ""});
      edit(first, i, "\xEF\xBF\xBD");
    }
  }
}

/// The escape at `i`; moves behind it.
void Repairer::escape(std::size_t& i, std::size_t end, bool quiet) {
  const std::size_t begin = i;
  if (i + 1 >= end) {
    // The last byte before a missing quote.
    edit(i, i + 1, "\\\\");
    if (!quiet) fault(span(i, i + 1), "a backslash escapes nothing", "write \\\\ for a backslash", Sure::Yes);
    i = end;
    return;
  }
  const char c = text_[i + 1];
  switch (c) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
      i += 2;
      return;
    default:
      break;
  }
  const auto unit_at = [&](std::size_t from) -> std::optional<unsigned> {  // the four digits of \uXXXX
    if (from + 6 > end || text_[from] != '\\' || text_[from + 1] != 'u') return std::nullopt;
    unsigned unit = 0;
    for (std::size_t k = from + 2; k < from + 6; ++k) {
      if (hex_value(text_[k]) < 0) return std::nullopt;
      unit = unit * 16 + static_cast<unsigned>(hex_value(text_[k]));
    }
    return unit;
  };
  if (c == 'u') {
    if (const auto unit = unit_at(i)) {
      if (*unit < 0xD800 || *unit > 0xDFFF) {
        i += 6;
        return;
      }
      const auto second = unit_at(i + 6);
      if (*unit <= 0xDBFF && second && *second >= 0xDC00 && *second <= 0xDFFF) {
        i += 12;
        return;
      }
      if (!quiet) {
        fault(span(i, i + 6), fmt::format("the escape \"{}\" is half of a surrogate pair", cut(i, i + 6)),
              "write both halves, or the character itself", Sure::Yes);
      }
      edit(i, i + 6, "\xEF\xBF\xBD");
      i += 6;
      return;
    }
    std::size_t digits = i + 2;
    while (digits < end && digits < i + 6 && hex_value(text_[digits]) >= 0) ++digits;
    if (!quiet) {
      fault(span(i, digits), fmt::format("the escape \"{}\" needs four hexadecimal digits", cut(i, digits)),
            "write \\u and four digits, or \\\\ for a backslash", Sure::Yes);
    }
    insert(i, "\\");
    i += 2;
    return;
  }
  if (c == '\'') {
    if (!quiet) fault(span(i, i + 2), "the escape \"\\'\" is no JSON", "write ' as it is", Sure::Yes);
    edit(i, i + 1, "");
    i += 2;
    return;
  }
  const std::size_t length = is_ascii(c) ? 1 : utf8_step(text_, i + 1).length;
  if (!quiet) {
    fault(span(begin, std::min(i + 1 + length, end)),
          fmt::format("the escape \"{}\" is no JSON", excerpt(cut(begin, std::min(i + 1 + length, end)))),
          "write \\\\ for a backslash", Sure::Yes);
  }
  insert(i, "\\");
  i += 1;
  // What follows is content of its own: it may be a line break or no UTF-8. Letters pass.
}

// ----------------------------------------------------------------------------------------------------------- words

/// The end of what stands at `begin` without quotes. In a value ":" belongs to it unless white space, a quote or a
/// bracket follows, as in arn:aws:…; "${…}" is one piece.
std::size_t Repairer::word_end(std::size_t begin, bool is_key, std::size_t limit) const {
  std::size_t i = begin;
  std::size_t not_closed_before = 0;
  while (!is_end(i) && i < limit) {
    const char c = text_[i];
    if (c == '$' && at(i + 1) == '{') {
      std::size_t close = std::max(i + 2, not_closed_before);
      const std::size_t last = std::min(size_, i + kLookAhead);
      while (close < last && text_[close] != '}' && text_[close] != '"' && !is_line_end(text_[close])) ++close;
      if (close < last && text_[close] == '}') {
        i = close + 1;
      } else {
        not_closed_before = close;
        ++i;
      }
      continue;
    }
    if (c == ':' && !is_key) {
      const char next = at(i + 1);
      if (is_end(i + 1) || is_blank(next) || (is_structure(next) && next != ':')) break;
      ++i;
      continue;
    }
    if (is_structure(c) || is_blank(c) || is_control(c) || c == '\x7F') break;
    if (is_key && c == '=') break;
    if (c == '/' && starts_comment(i) && !(i > begin && text_[i - 1] == ':')) break;
    if (is_ascii(c)) {
      ++i;
      continue;
    }
    const Utf8Step here = utf8_step(text_, i);
    if (!here.valid || is_foreign_blank(here.code_point) || is_typographic_quote(here.code_point)) break;
    i += here.length;
  }
  return i;
}

void Repairer::quote_word(std::size_t begin, std::size_t end) {
  insert(begin, "\"");
  content(begin, end, true, true);
  insert(end, "\"");
  at_ = last_end_ = end;
}

/// A value that starts with neither quote nor bracket.
void Repairer::word_value() {
  const std::size_t begin = at_;
  std::size_t end = word_end(begin, false);
  if (end == begin) {
    // Nothing that a word could start with, such as a lone ':' or '='.
    end = begin + utf8_step(text_, begin).length;
    fault(span(begin, end), fmt::format("\"{}\" starts no value", excerpt(cut(begin, end))), "delete it", Sure::No);
    edit(begin, end, "");
    at_ = end;
    return;
  }
  const std::string_view word = cut(begin, end);
  const auto accept = [&] {
    at_ = last_end_ = end;
    after_value();
  };
  const auto replace = [&](std::string replacement) {
    edit(begin, end, std::move(replacement));
    accept();
  };
  if (word == "true" || word == "false" || word == "null") return accept();
  if (is_number(word)) {
    if (const double number = *parse_double(word); !std::isfinite(number)) {
      lossy_.add({.name = "lossy-number",
                  .severity = Severity::Error,
                  .message = fmt::format("the number \"{}\" is too large", excerpt(word)),
                  .help = "the largest number is about 1.8e308",
                  .span = span(begin, end),
                  .pointer = ""});
      return replace(word[0] == '-' ? kLowest : kLargest);
    }
    return accept();
  }
  if (const auto number = mend_number(word)) {
    // An exponent can make the mended one too large as well.
    const bool finite = std::isfinite(parse_double(*number).value_or(0));
    fault(span(begin, end), fmt::format("\"{}\" is no number in JSON", excerpt(word)),
          finite ? fmt::format("write {}", excerpt(*number)) : "write a smaller one", Sure::Yes);
    return replace(finite ? *number : number->front() == '-' ? kLowest : kLargest);
  }
  const std::string small = lower(word);
  if (small == "nan" || small == "infinity" || small == "-infinity" || small == "+infinity" || small == "inf" ||
      small == "-inf" || small == "+inf" || small == "-nan" || small == "+nan") {
    fault(span(begin, end), fmt::format("\"{}\" is no JSON value", excerpt(word)), "write null or a number", Sure::Yes);
    return replace("null");
  }
  const std::string_view literal =
      small == "true" || small == "tru" || small == "tr"                       ? "true"
      : small == "false" || small == "fals" || small == "fal" || small == "fa" ? "false"
      : small == "null" || small == "nul" || small == "nu" || small == "none" || small == "nil" || small == "undefined"
          ? "null"
          : "";
  if (!literal.empty()) {
    fault(span(begin, end), fmt::format("\"{}\" is no JSON value", excerpt(word)), fmt::format("write {}", literal),
          Sure::Yes);
    return replace(std::string(literal));
  }
  if (at(end) == '"' && ends_value(behind_spaces(end + 1))) {  // Pass",
    fault(span(begin, end + 1), fmt::format("the string \"{}\" has no opening quote", excerpt(word)),
          "add a double quote where it starts", Sure::Yes);
    insert(begin, "\"");
    content(begin, end, true, true);
    at_ = last_end_ = end + 1;
    return after_value();
  }
  // A text without quotes; it may have several words.
  const std::size_t limit = begin + kLookAhead;
  while (end < limit) {
    const std::size_t next = behind_spaces(end);
    if (next == end || is_end(next) || starts_quoted(next) || starts_comment(next)) break;
    const std::size_t next_end = word_end(next, false);
    if (next_end == next || at(behind_spaces(next_end)) == ':') break;
    end = next_end;
  }
  fault(span(begin, end), fmt::format("\"{}\" is no JSON value", excerpt(cut(begin, end))),
        "put it in double quotes if it is a text", Sure::No);
  quote_word(begin, end);
  after_value();
}

/// A key that starts with neither quote nor bracket.
void Repairer::word_key() {
  const std::size_t begin = at_;
  const std::size_t end = word_end(begin, true);
  if (end == begin) {
    const std::size_t next = begin + utf8_step(text_, begin).length;
    fault(span(begin, next), fmt::format("\"{}\" is no key", excerpt(cut(begin, next))), "delete it", Sure::No);
    edit(begin, next, "");
    at_ = next;
    return;
  }
  key_ = span(begin, end);
  expect_ = Expect::Colon;
  if (at(end) == '"' && at(behind_blanks(end + 1)) == ':') {  // Type":
    fault(span(begin, end + 1), fmt::format("the key \"{}\" has no opening quote", excerpt(cut(key_))),
          "add a double quote where it starts", Sure::Yes);
    insert(begin, "\"");
    content(begin, end, true, true);
    at_ = last_end_ = end + 1;
    return;
  }
  const bool certain = at(behind_blanks(end)) == ':';
  if (certain && !has_room()) {
    syntax_.count();
  } else {
    fault(key_, fmt::format("the key \"{}\" stands without quotes", excerpt(cut(key_))), "put it in double quotes",
          certain ? Sure::Yes : Sure::No);
  }
  quote_word(begin, end);
}

/// Words before the first bracket of the text, such as `const definition = {`. False when no bracket follows them on
/// their line or at the start of one of the next lines.
bool Repairer::top_level_words() {
  const std::size_t begin = at_;
  std::size_t i = begin;
  const std::size_t limit = std::min(size_, begin + kLookAhead);
  bool line_start = true;
  bool first_line = true;
  for (; i < limit; ++i) {
    const char c = text_[i];
    if (is_line_end(c)) {
      line_start = true;
      first_line = false;
      continue;
    }
    if ((c == '{' || c == '[') && (line_start || first_line)) break;
    if (!is_blank(c)) line_start = false;
  }
  const std::size_t end =
      i < limit ? before_blanks(i, begin) : before_blanks(std::max(word_end(begin, false), begin + 1), begin);
  fault(span(begin, end), fmt::format("\"{}\" is no JSON value", excerpt(cut(begin, end))),
        i < limit ? "delete what stands before the first bracket" : "JSON starts with { for an object", Sure::No);
  if (i >= limit) return false;
  edit(begin, end, " ");
  at_ = i;
  return true;
}

// ------------------------------------------------------------------------------------------------------- structure

void Repairer::start(bool array) {
  if (open_arrays_.size() <= kMaxDepth) opened_.push_back({static_cast<std::uint32_t>(at_), line_indent_});
  open_arrays_.push_back(array);
  arrays_ += array ? 1 : 0;
  last_end_ = ++at_;
  expect_ = array ? Expect::FirstItem : Expect::FirstKey;
  after_colon_ = false;
}

void Repairer::pop() {
  arrays_ -= in_array() ? 1 : 0;
  open_arrays_.pop_back();
  if (opened_.size() > open_arrays_.size()) opened_.pop_back();
}

void Repairer::close() {
  const bool known = opened_.size() == open_arrays_.size();
  last_close_ = {at_, in_array(), known ? opened_.back() : Open{}};
  pop();
  last_end_ = ++at_;
  after_value();
}

/// ["a"  and in the next line  "key":  — the array should have been closed before it.
void Repairer::close_array_before_key() {
  if (expect_ != Expect::Separator && (expect_ != Expect::Value || after_colon_)) return;
  const std::size_t depth = open_arrays_.size();
  if (depth < 2 || !in_array() || open_arrays_[depth - 2] || text_[at_] != '"') return;
  const StringEnd end = find_string_end(at_);
  if (!end.closed || at(behind_blanks(end.content_end + 1)) != ':') return;
  const std::size_t place = expect_ == Expect::Separator ? last_end_ : last_comma_;
  fault(span(place, place), fmt::format("{} is not closed", open_name()), "add \"]\" here", Sure::No);
  if (stopped_) return;
  insert(place, "]");
  pop();
  if (expect_ != Expect::Separator) expect_ = Expect::Key;
}

/// Closes what the token at at_, the first of its line, stands too far left to be in.
void Repairer::close_by_indentation() {
  const std::size_t indent = at_ - line_start_;
  const bool closes = text_[at_] == '}' || text_[at_] == ']';
  if (expect_ != Expect::Separator && expect_ != Expect::Key && !(expect_ == Expect::Value && !after_colon_)) return;
  while (open_arrays_.size() > 1 && opened_.size() == open_arrays_.size()) {
    const Open& open = opened_.back();
    if (open.member_indent == UINT32_MAX || open.member_indent <= open.indent) return;
    if (closes ? indent >= open.indent : indent > open.indent) return;
    const std::size_t place = expect_ == Expect::Separator ? last_end_ : last_comma_;
    fault(span(place, place), fmt::format("{} is not closed", open_name()),
          fmt::format("add \"{}\" here", in_array() ? ']' : '}'), Sure::No);
    if (stopped_) return;
    insert(place, in_array() ? "]" : "}");
    pop();
    if (expect_ != Expect::Separator) expect_ = in_array() ? Expect::Value : Expect::Key;
  }
}

/// The container that is open, for messages.
std::string Repairer::open_name() const {
  const std::size_t depth = open_arrays_.size();
  const std::string_view what = in_array() ? "array" : "object";
  if (depth > opened_.size()) return fmt::format("an {}", what);
  return fmt::format("the {} that starts in line {}", what, lines_.position(opened_[depth - 1].at).line);
}

/// A bracket that does not close what is open.
void Repairer::wrong_bracket() {
  const bool array = text_[at_] == ']';
  const std::string_view seen = array ? "]" : "}", due = array ? "}" : "]";
  const bool opened = !open_arrays_.empty() && (array ? arrays_ > 0 : arrays_ < open_arrays_.size());
  // [1}  or  {"a": [1}, "b": 2}  — the wrong one of the two brackets, since something else comes to close the rest.
  const bool at_text_end = is_end(behind_blanks(at_ + 1));
  if ((!opened && open_arrays_.size() == 1 && at_text_end) || (opened && open_arrays_.size() == 2 && !at_text_end)) {
    fault(span(at_, at_ + 1), fmt::format("\"{}\" closes {}", seen, open_name()), fmt::format("write \"{}\"", due),
          Sure::No);
    edit(at_, at_ + 1, std::string(due));
    close();
    return;
  }
  if (!opened) {
    std::size_t end = at_ + 1;
    while (at(end) == text_[at_]) ++end;
    fault(span(at_, end), fmt::format("\"{}\" closes nothing", excerpt(cut(at_, end))), "delete it", Sure::No);
    edit(at_, end, "");
    at_ = end;
    return;
  }
  fault(span(at_, at_ + 1), fmt::format("\"{}\" stands before {} is closed", seen, open_name()),
        fmt::format("add \"{}\" before it", due), Sure::No);
  while (!stopped_ && in_array() != array) {
    insert(at_, in_array() ? "]" : "}");
    pop();
  }
  if (!stopped_) close();
}

void Repairer::missing_value(std::size_t at_offset, std::string inserted) {
  fault(key_, fmt::format("the key {} has no value", quoted_token(key_)), "write a value, or delete the key", Sure::No);
  if (inserted.back() == ',') {
    last_comma_ = at_offset;
    comma_edit_ = edits_.size();
  }
  insert(at_offset, std::move(inserted));
  after_colon_ = false;
}

void Repairer::comma() {
  last_comma_ = at_;
  comma_edit_.reset();
  last_end_ = ++at_;
  expect_ = in_array() ? Expect::Value : Expect::Key;
}

void Repairer::drop_last_comma() {
  if (comma_edit_) {
    edits_[*comma_edit_].replacement.pop_back();
  } else {
    edit(last_comma_, last_comma_ + 1, "");
  }
}

void Repairer::expect_value() {
  const char c = text_[at_];
  if (c == '{' || c == '[') return start(c == '[');
  if (c == '}' || c == ']') {
    const bool array = c == ']';
    if (open_arrays_.empty()) return wrong_bracket();
    if (expect_ == Expect::FirstItem) return array ? close() : wrong_bracket();
    if (after_colon_) {
      missing_value(last_end_, "null");
      after_value();
      return;
    }
    fault(span(last_comma_, last_comma_ + 1), fmt::format("a comma stands before \"{}\"", c), "delete the comma",
          Sure::Yes);
    drop_last_comma();
    expect_ = Expect::Separator;
    return;
  }
  if (c == ',') {
    if (after_colon_) {
      missing_value(last_end_, "null");
      after_value();
      return;
    }
    std::size_t end = at_ + 1;
    while (at(end) == ',') ++end;
    fault(span(at_, end), "a value is missing before \",\"", "write the value, or delete the comma", Sure::No);
    edit(at_, end, "");
    at_ = end;
    return;
  }
  if (c == ':') {
    fault(span(at_, at_ + 1),
          after_colon_ ? "a second colon stands behind a key" : "a colon stands where a value belongs",
          "delete the colon", Sure::No);
    edit(at_, at_ + 1, "");
    ++at_;
    return;
  }
  if (starts_quoted(at_)) {
    if (after_colon_ && c == '"') {
      // "a": "b": 1
      const StringEnd end = find_string_end(at_);
      if (end.closed && at(behind_blanks(end.content_end + 1)) == ':') {
        missing_value(last_end_, "null,");
        expect_ = Expect::Key;
        return;
      }
    }
    if (c == '"') {
      string(false);
    } else {
      oddly_quoted(false);
    }
    return after_value();
  }
  if (open_arrays_.empty() && !is_digit(c) && c != '-') {
    const std::string_view word = cut(at_, word_end(at_, false));
    if (word != "true" && word != "false" && word != "null") {
      const std::size_t behind = behind_blanks(at_ + word.size());
      const std::string small = lower(word);
      const bool alone = is_end(behind) && (small == "true" || small == "false" || small == "none" || small == "nan");
      if (!alone && !mend_number(word)) {
        if (!top_level_words()) stopped_ = true;
        return;
      }
    }
  }
  word_value();
}

void Repairer::expect_key() {
  const char c = text_[at_];
  after_colon_ = false;
  if (c == '}') {
    if (expect_ == Expect::FirstKey) return close();
    fault(span(last_comma_, last_comma_ + 1), "a comma stands before \"}\"", "delete the comma", Sure::Yes);
    drop_last_comma();
    return close();
  }
  if (c == ']') {
    if (expect_ == Expect::Key) {
      drop_last_comma();
      expect_ = Expect::Separator;
    }
    return wrong_bracket();
  }
  if (c == ',') {
    std::size_t end = at_ + 1;
    while (at(end) == ',') ++end;
    fault(span(at_, end), "a key is missing before \",\"", "delete the comma", Sure::No);
    edit(at_, end, "");
    at_ = end;
    return;
  }
  if (c == ':' || c == '{' || c == '[') {
    fault(span(at_, at_ + 1), fmt::format("a key is missing before \"{}\"", c), "write a key in double quotes",
          Sure::No);
    key_ = span(at_, at_);
    insert(at_, c == ':' ? "\"\"" : "\"\":");
    expect_ = c == ':' ? Expect::Colon : Expect::Value;
    after_colon_ = c != ':';
    return;
  }
  const std::size_t begin = at_;
  if (c == '"') {
    string(true);
  } else if (starts_quoted(at_)) {
    oddly_quoted(true);
  } else {
    return word_key();
  }
  key_ = span(begin, at_);
  expect_ = Expect::Colon;
}

void Repairer::expect_colon() {
  const char c = text_[at_];
  const auto go_on = [&](std::size_t end) {
    at_ = last_end_ = end;
    expect_ = Expect::Value;
    after_colon_ = true;
  };
  if (c == ':') return go_on(at_ + 1);
  if (c == '=') {
    const std::size_t end = at_ + (at(at_ + 1) == '>' ? 2 : 1);
    fault(span(at_, end), fmt::format("\"{}\" stands where a colon belongs", cut(at_, end)), "write \":\"", Sure::Yes);
    edit(at_, end, ":");
    return go_on(end);
  }
  const auto no_value = [&](std::string inserted, Expect next) {
    missing_value(last_end_, std::move(inserted));
    expect_ = next;
  };
  if (c == ',' || c == '}' || c == ']') return no_value(":null", Expect::Separator);
  if (c == '"') {
    const StringEnd end = find_string_end(at_);
    if (end.closed && at(behind_blanks(end.content_end + 1)) == ':') return no_value(":null,", Expect::Key);
  }
  fault(key_, fmt::format("a colon is missing after {}", quoted_token(key_)), "write \":\" behind the key", Sure::No);
  insert(last_end_, ":");
  expect_ = Expect::Value;
  after_colon_ = true;
}

void Repairer::expect_separator() {
  const char c = text_[at_];
  if (c == ',') return comma();
  if (c == '}' || c == ']') return (c == ']') == in_array() ? close() : wrong_bracket();
  if (c == ';') {
    fault(span(at_, at_ + 1), "\";\" stands where a comma belongs", "write \",\"", Sure::Yes);
    edit(at_, at_ + 1, ",");
    comma();
    comma_edit_ = edits_.size() - 1;
    return;
  }
  if (c == ':') {
    fault(span(at_, at_ + 1), in_array() ? "a colon stands inside an array" : "a colon stands behind a value",
          in_array() ? "write \",\", or { and } around members" : "delete it", Sure::No);
    edit(at_, at_ + 1, in_array() ? "," : "");
    if (in_array()) {
      comma();
      comma_edit_ = edits_.size() - 1;
    } else {
      ++at_;
    }
    return;
  }
  const Span token = token_at(at_);
  const bool starts_value = c == '{' || c == '[' || starts_quoted(at_);
  const bool is_key = !in_array() && at(behind_blanks(token.end)) == ':';
  if (in_array() || starts_value || is_key) {
    const bool certain = starts_quoted(at_) && (in_array() || is_key);
    fault(token, fmt::format("a comma is missing before {}", quoted_token(token)), "add the comma",
          certain ? Sure::Yes : Sure::No);
    last_comma_ = last_end_;
    comma_edit_ = edits_.size();
    insert(last_end_, ",");
    expect_ = in_array() ? Expect::Value : Expect::Key;
    return;
  }
  // Words behind a value.
  std::size_t end = at_;
  while (!is_end(end) && !is_line_end(text_[end]) && !is_structure(text_[end]) && !is_control(text_[end]) &&
         utf8_step(text_, end).valid && !starts_comment(end)) {
    end += utf8_step(text_, end).length;
  }
  end = std::max(before_blanks(end, at_), at_ + utf8_step(text_, at_).length);
  fault(span(at_, end), fmt::format("\"{}\" stands behind a value", excerpt(cut(at_, end))),
        "delete it, or put a comma before it", Sure::No);
  edit(at_, end, "");
  at_ = end;
}

void Repairer::expect_end() {
  const char c = text_[at_];
  if (c == ',' && last_close_ && !last_close_->array && last_close_->at + 1 == last_end_) {
    // {"a": {}}, "b": 1}  — one bracket too many, and the text goes on.
    const std::size_t next = behind_blanks(at_ + 1);
    if (at(next) == '"') {
      const StringEnd end = find_string_end(next);
      if (end.closed && at(behind_blanks(end.content_end + 1)) == ':') {
        fault(span(last_close_->at, last_close_->at + 1), "this \"}\" closes the text too early", "delete it",
              Sure::No);
        if (stopped_) return;
        edit(last_close_->at, last_close_->at + 1, "");
        open_arrays_.push_back(false);
        opened_.push_back(last_close_->open);
        last_close_.reset();
        return comma();
      }
    }
  }
  if (c == '}' || c == ']') return wrong_bracket();
  const Span token = token_at(at_);
  const bool second = c == '{' || c == '[' || c == '"';
  fault(token,
        second ? fmt::format("a second value starts with {}", quoted_token(token))
               : fmt::format("{} stands behind the end", quoted_token(token)),
        second ? "a text holds one value; put several in [ and ]" : "delete what stands behind the last bracket",
        Sure::No);
  stopped_ = true;
}

void Repairer::close_all(std::size_t at_offset) {
  std::string brackets;
  brackets.reserve(open_arrays_.size());
  while (!open_arrays_.empty()) {
    brackets += in_array() ? ']' : '}';
    open_arrays_.pop_back();
  }
  if (!brackets.empty()) insert(at_offset, std::move(brackets));
}

/// Completes what is open, at the end of the text or where the reading stops.
void Repairer::end_of_text() {
  const std::size_t end = stopped_ ? at_ : size_;
  if (expect_ == Expect::End && !open_string_) return;
  std::string missing;
  if (expect_ == Expect::Colon) missing = ":null";
  if (expect_ == Expect::Value && after_colon_) missing = "null";
  if (!stopped_) {
    // One place is broken here, the end: one diagnostic.
    ended_open_ = !open_arrays_.empty();
    std::string closing = open_string_ ? "\"" : "";
    for (std::size_t i = open_arrays_.size(); i > 0 && closing.size() < 20; --i)
      closing += open_arrays_[i - 1] ? ']' : '}';
    if (closing.size() < open_arrays_.size()) closing += "…";
    const std::string_view value = missing.empty() ? "" : closing.empty() ? "write a value" : "write a value, and ";
    fault(open_string_ ? *open_string_ : span(last_end_, last_end_),
          open_string_       ? fmt::format("the text ends inside the string {}", quoted_token(*open_string_))
          : !missing.empty() ? fmt::format("the text ends behind the key {}", quoted_token(key_))
                             : fmt::format("the text ends before {} is closed", open_name()),
          fmt::format("{}{}", value, closing.empty() ? "" : fmt::format("add {} at the end", closing)), Sure::Yes);
  }
  if ((expect_ == Expect::Key || expect_ == Expect::Value) && missing.empty()) drop_last_comma();
  if (!missing.empty()) insert(end, std::move(missing));
  close_all(end);
}

void Repairer::step() {
  switch (expect_) {
    case Expect::Value:
    case Expect::FirstItem:
      return expect_value();
    case Expect::FirstKey:
    case Expect::Key:
      return expect_key();
    case Expect::Colon:
      return expect_colon();
    case Expect::Separator:
      return expect_separator();
    case Expect::End:
      return expect_end();
  }
}

Repair Repairer::run() {
  Repair result;
  bool has_value = false;
  if (!is_other_encoding()) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    last_end_ = at_;
    for (;;) {
      skip_blanks();
      if (stopped_ || is_end(at_)) break;
      if (starts_line_) {
        line_indent_ = static_cast<std::uint32_t>(at_ - line_start_);
        if (trust_indentation_) close_by_indentation();
        close_array_before_key();
        if (stopped_) break;
        const bool first = expect_ == Expect::FirstKey || expect_ == Expect::FirstItem;
        if (first && opened_.size() == open_arrays_.size()) opened_.back().member_indent = line_indent_;
        starts_line_ = false;
      }
      step();
      if (stopped_) break;
    }
    const bool nothing = open_arrays_.empty() && expect_ != Expect::End;
    if (nothing && syntax_.found() == 0) {
      fault(span(at_, at_), size_ == 0 ? "the text is empty" : "the text holds no value",
            "JSON starts with { for an object", Sure::Yes);
    }
    if (!nothing) {
      has_value = true;
      if (stopped_) at_ = std::max(at_, last_end_);
      end_of_text();
      if (stopped_ && at_ < size_) edit(at_, size_, "");
    }
  }
  syntax_errors_ = syntax_.found();
  syntax_.move_to(result.diagnostics);
  utf8_.move_to(result.diagnostics);
  nul_.move_to(result.diagnostics);
  lossy_.move_to(result.diagnostics);
  sort_diagnostics(result.diagnostics);
  // What is inserted at a place comes before what is changed there.
  std::stable_sort(edits_.begin(), edits_.end(), [](const Edit& a, const Edit& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end < b.span.end;
  });
  result.edits = std::move(edits_);
  result.has_value = has_value;
  return result;
}

}  // namespace

Repair repair(std::string_view text, const LineIndex& lines) {
  Repairer plain(text, lines, false);
  Repair result = plain.run();
  if (!plain.ended_open()) return result;
  Repairer indented(text, lines, true);
  Repair other = indented.run();
  const bool better = !indented.ended_open() && indented.syntax_errors() <= plain.syntax_errors();
  return better ? other : result;
}

}  // namespace stepglass::detail
