#pragma once
// The reader behind repair(). Private to engine/document; repair.cpp says how it works.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/document/diagnostic_list.h"
#include "engine/document/repair.h"
#include "engine/document/utf8_step.h"
#include "engine/support/limits.h"

namespace stepglass::detail {

inline constexpr std::size_t kLookAhead = 2000;
/// Bytes of a token that a message needs.
inline constexpr std::size_t kTokenBytes = 80;
/// Quotes that a look may pass by.
inline constexpr int kMostQuotes = 20;

inline bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
inline bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20;
}
inline bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
/// Ends a word, whatever stands before it.
inline bool is_structure(char c) {
  return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':' || c == '"';
}

inline int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// White space to people, not to JSON.
inline bool is_foreign_blank(char32_t c) {
  return c == 0x0B || c == 0x0C || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200F) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

/// Quotation marks of typography, as word processors write them.
inline bool is_typographic_quote(char32_t c) {
  return (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x2039 || c == 0x203A || c == 0x300C ||
         c == 0x300D || c == 0xFF02;
}

class Repairer {
 public:
  Repairer(std::string_view text, const LineIndex& lines, const RepairOptions& options, bool trust_indentation)
      : text_(text), size_(text.size()), lines_(lines), options_(options), trust_indentation_(trust_indentation) {}

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
  /// `message` and `help` are texts, or functions that make one: they are called only when there is room.
  template <typename Message, typename Help>
  void fault(Span span, const Message& message, const Help& help, Sure sure) {
    if (!syntax_.has_room() && sure == Sure::No) stopped_ = true;
    add(syntax_, "json-syntax", span, message, help);
  }
  template <typename Message, typename Help>
  static void add(DiagnosticList& list, std::string_view name, Span span, const Message& message, const Help& help) {
    if (!list.has_room()) return list.count();
    list.add({.name = std::string(name),
              .severity = Severity::Error,
              .message = text_from(message),
              .help = text_from(help),
              .span = span,
              .pointer = ""});
  }
  template <typename Text>
  static std::string text_from(const Text& text) {
    if constexpr (std::is_invocable_v<Text>) {
      return text();
    } else {
      return std::string(text);
    }
  }
  void edit(std::size_t begin, std::size_t end, std::string replacement) {
    edits_.push_back({span(begin, end), std::move(replacement)});
  }
  void insert(std::size_t at, std::string text) { edit(at, at, std::move(text)); }
  static Span span(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  std::string_view cut(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }
  std::string_view cut(Span span) const { return cut(span.begin, span.end); }

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

  // Placeholders.
  std::size_t bracketed_end(std::size_t i, std::string_view opening, std::string_view closing) const;
  bool directive();
  /// True when a directive stands behind `at`: what a loop repeats may end with its comma, or start with it.
  bool directive_since(std::size_t at) const { return directive_end_ > at; }
  bool placeholder_value();

  // Words.
  std::size_t word_end(std::size_t begin, bool is_key, std::size_t limit = SIZE_MAX) const;
  void word_value();
  void word_key();
  void quote_word(std::size_t begin, std::size_t end);
  bool is_lone_word() const;
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
  const RepairOptions options_;
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
  std::size_t directive_end_ = 0;  // of the last one; 0 before the first
  bool ended_open_ = false;
  std::size_t syntax_errors_ = 0;

  std::vector<Edit> edits_;
  DiagnosticList syntax_{kMaxSyntaxErrors};
  DiagnosticList utf8_{kMaxListedOfOneName};
  DiagnosticList nul_{kMaxListedOfOneName};
  DiagnosticList lossy_{kMaxListedOfOneName};
};

}  // namespace stepglass::detail
