#pragma once
// Text to tokens. Private to engine/jsonata.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/value/value.h"

namespace stepglass::jsonata {

struct Token {
  enum class Kind : std::uint8_t { End, Name, Variable, Operator, Literal, Regex };
  Kind kind = Kind::End;
  /// Of a name or variable, without quotes and $; an operator's spelling; a regular expression's pattern.
  std::string text;
  /// A literal.
  Value value;
  /// Flags of a regular expression.
  std::string flags;
  /// Byte offset behind the token.
  std::size_t position = 0;

  bool is(std::string_view op) const { return kind == Kind::Operator && text == op; }
};

class Lexer {
 public:
  /// `text` outlives the lexer.
  explicit Lexer(std::string_view text) : text_(text) {}

  /// The next token. `after_operand`: a slash is a division and no regular expression. Raises the S01…, S03… codes.
  Token next(bool after_operand);

 private:
  char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  bool skip_blank();
  Token string(char quote);
  Token number(std::size_t end);
  std::size_t number_end() const;
  Token regex();
  Token name();

  std::string_view text_;
  std::size_t offset_ = 0;
};

}  // namespace stepglass::jsonata
