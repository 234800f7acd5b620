#pragma once
// From the text of a regular expression to its tree.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/support/regex.h"
#include "engine/support/regex_char_set.h"
#include "engine/support/regex_program.h"
#include "engine/support/regex_tree.h"
#include "engine/support/text.h"

namespace stepglass::regex {

/// Throws SyntaxFailure. Writes sets, names and the number of groups into the program.
class Parser {
 public:
  Parser(std::string_view pattern, const Regex::Options& options, Regex::Program& program)
      : text_(pattern), options_(options), java_(options.syntax == Regex::Syntax::Java), program_(program) {}

  /// The root of the tree.
  std::uint32_t parse();

  /// Children stand before their parents.
  std::vector<Node> nodes;

 private:
  using Kind = Node::Kind;

  [[noreturn]] void fail(std::string message) const { throw SyntaxFailure({std::move(message), at_}); }
  bool at_end() const { return at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool looking_at(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  bool take(std::string_view what);
  char32_t take_code_point() { return next_code_point(text_, at_); }

  std::uint32_t add(Node node);
  std::uint32_t add_char(char32_t c);
  std::uint32_t add_set(CharSet set);

  /// \2 is a back-reference only when there is such a group, also when it stands further right.
  void count_groups();

  std::uint32_t choice();
  std::uint32_t sequence();
  void skip_comments();
  void term(std::vector<std::uint32_t>& out);
  std::uint32_t assertion(Kind kind, bool flag);
  bool counted_here() const;
  bool quantifier(Node& repeat);
  std::uint32_t number();
  std::string group_name();

  /// A group in parentheses; nothing for flags that hold from here on.
  std::optional<std::uint32_t> group(bool& quantifiable);

  static int hex_digit(char c);

  /// Exactly `count` hexadecimal digits; leaves the place as it was when they are not there.
  std::optional<char32_t> hex(std::size_t count);

  std::optional<char32_t> braced_hex();

  /// \d, \w, \s, \p{…} and their opposites, after the backslash.
  std::optional<CharSet> set_escape();
  CharSet property();

  /// One character after a backslash, inside or outside a class.
  char32_t char_escape(bool in_class);

  std::uint32_t escape(bool& quantifiable);

  /// The rest of a class, after its [.
  CharSet char_class();

  /// One member of a class; nothing when it was a set, which is added at once.
  std::optional<char32_t> class_atom(CharSet& set);

  std::string_view text_;
  std::size_t at_ = 0;
  Regex::Options options_;
  const bool java_;
  Regex::Program& program_;
  std::size_t depth_ = 0;
  std::size_t groups_ = 0;
  std::size_t all_groups_ = 0;
  bool has_names_ = false;
  std::map<std::string, std::uint32_t> names_;
};

}  // namespace stepglass::regex
