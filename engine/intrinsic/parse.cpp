// The parser of intrinsic calls.
//
//   call     = name "(" [ argument *( "," argument ) ] ")"
//   argument = "'" text "'" | number | "true" | "false" | "null" | path | call
//
// A path is whatever follows a $ up to the comma or parenthesis that ends the argument; brackets, quotes inside
// brackets and parentheses are skipped in pairs, and path::Query says whether it is one. Each byte is looked at once,
// and calls stand at most kMaxCallNesting deep inside each other, so that no text takes long or recurses far.

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/intrinsic/function.h"
#include "engine/intrinsic/intrinsic.h"
#include "engine/intrinsic/program.h"
#include "engine/support/limits.h"
#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass::intrinsic {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_name(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/// `word` for a message: safe to show, and not longer than a name needs.
std::string shown(std::string_view word) {
  constexpr std::size_t most = 60;
  if (word.size() <= most) return display(word);
  std::size_t cut = most;
  while (cut > 0 && (static_cast<unsigned char>(word[cut]) & 0xC0) == 0x80) --cut;
  return display(word.substr(0, cut)) + "…";
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  /// Leaves the parser early; caught in Call::parse.
  struct Stop {
    SyntaxError error;
  };

  Invocation parse() {
    if (const auto invalid = find_invalid_utf8(text_)) fail("the text is not UTF-8", *invalid);
    if (text_.empty() || is_space(text_[0])) fail("expected the name of a function, such as States.Format", 0);
    Invocation root = call(1);
    skip_space();
    if (at_ < text_.size()) fail(fmt::format("unexpected \"{}\" behind the call", shown(text_.substr(at_))), at_);
    return root;
  }

 private:
  [[noreturn]] void fail(std::string message, std::size_t offset) const { throw Stop{{std::move(message), offset}}; }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }

  Span span_from(std::size_t begin) const {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }

  std::string_view word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  Invocation call(std::size_t depth) {
    const std::size_t begin = at_;
    const std::string_view name = word();
    if (name.empty()) fail(fmt::format("expected the name of a function, not \"{}\"", shown(text_.substr(at_))), at_);
    skip_space();
    if (!is_at('(')) fail(fmt::format("expected \"(\" behind \"{}\"", shown(name)), at_);
    if (depth > kMaxCallNesting) {
      fail(fmt::format("calls are nested more than {} deep", kMaxCallNesting), begin);
    }
    Invocation call;
    call.function = find_function(name);
    if (!call.function) fail(unknown(name), begin);
    ++at_;
    skip_space();
    if (is_at(')')) {
      ++at_;
      call.span = span_from(begin);
      return call;
    }
    for (;;) {
      call.arguments.push_back(argument(depth));
      // States.Format reads the escapes of its template itself, as it has to for a template that a path gives.
      if (call.arguments.size() == 1 && call.function->name == "States.Format") keep_escapes(call.arguments[0]);
      skip_space();
      if (is_at(')')) break;
      if (at_ == text_.size()) fail(fmt::format("\"{}(\" has no closing parenthesis", shown(name)), begin);
      if (!is_at(',')) fail(fmt::format("expected \",\" or \")\", not \"{}\"", shown(text_.substr(at_))), at_);
      ++at_;
      skip_space();
    }
    ++at_;
    call.span = span_from(begin);
    return call;
  }

  std::string unknown(std::string_view name) const {
    std::string message = fmt::format("unknown function \"{}\"", shown(name));
    std::vector<std::string_view> names;
    for (const Function& function : functions()) names.push_back(function.name);
    auto near = nearest(name, names);
    std::string with_prefix;
    if (!near && name.size() <= 40) near = nearest(with_prefix = "States." + std::string(name), names);
    if (near) message += fmt::format("; did you mean \"{}\"?", *near);
    return message;
  }

  Argument argument(std::size_t depth) {
    const std::size_t begin = at_;
    if (at_ == text_.size()) fail("expected an argument or \")\"", at_);
    Argument result;
    const char c = text_[at_];
    if (c == '\'') {
      result.content = Value(string());
    } else if (c == '$') {
      result.content = query();
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      result.content = number();
    } else if (c == '"') {
      fail("strings stand in single quotes", at_);
    } else if (is_name(c)) {
      const std::string_view name = word();
      if (name == "true" || name == "false") {
        result.content = Value(name == "true");
      } else if (name == "null") {
        result.content = Value();
      } else {
        skip_space();
        if (!is_at('(')) {
          fail(fmt::format("\"{}\" is no string in single quotes, number, path or call", shown(name)), begin);
        }
        at_ = begin;
        result.content = std::make_unique<const Invocation>(call(depth + 1));
      }
    } else if (c == ',' || c == ')') {
      fail("an argument is missing", at_);
    } else {
      fail(fmt::format("\"{}\" is no string in single quotes, number, path or call", shown(text_.substr(at_))), at_);
    }
    result.span = span_from(begin);
    return result;
  }

  /// The text between single quotes, without its escapes.
  std::string string() {
    const std::size_t begin = at_++;
    std::string out;
    std::size_t start = at_;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\'') {
        out += text_.substr(start, at_ - start);
        ++at_;
        return out;
      }
      if (c != '\\') continue;
      const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
      // Anything else behind a backslash is refused when a state machine is created (recorded for \" ).
      if (next != '\'' && next != '{' && next != '}' && next != '\\') {
        fail("a backslash in a string stands only before ' { } or \\; write \\\\ for itself", at_);
      }
      out += text_.substr(start, at_ - start);
      start = ++at_;
    }
    fail("the string has no closing quote", begin);
  }

  void keep_escapes(Argument& argument) const {
    const Value* literal = argument.literal();
    if (!literal || !literal->is_string()) return;
    argument.content = Value(text_.substr(argument.span.begin + 1, argument.span.end - argument.span.begin - 2));
  }

  Value number() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_name(text_[at_]) || text_[at_] == '-' || text_[at_] == '+')) ++at_;
    const std::string_view text = text_.substr(begin, at_ - begin);
    const auto value = parse_double(text);
    if (!value) fail(fmt::format("\"{}\" is no number", shown(text)), begin);
    if (*value - *value != 0) fail(fmt::format("the number \"{}\" is too large", shown(text)), begin);
    if (text.find_first_of(".eE") == std::string_view::npos) {
      if (const auto integer = parse_integer(text)) return Value(*integer);
    }
    return Value(*value);
  }

  path::Query query() {
    const std::size_t begin = at_;
    skip_path();
    std::size_t end = at_;
    while (is_space(text_[end - 1])) --end;
    at_ = end;  // so that the span ends with the path
    auto query = path::Query::parse(text_.substr(begin, end - begin));
    if (!query) fail(std::move(query.error().message), begin + query.error().offset);
    return std::move(*query);
  }

  void skip_path() {
    const std::size_t begin = at_;
    std::size_t brackets = 0, parentheses = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\' && at_ + 1 < text_.size()) {
        at_ += 2;
        continue;
      }
      if (brackets > 0 && (c == '\'' || c == '"')) {
        skip_quoted(c);
        continue;
      }
      if (brackets > 0 && c == '/' && is_after_match_operator(begin)) {
        skip_quoted(c);
        continue;
      }
      if (c == '[') ++brackets;
      if (c == ']' && brackets > 0) --brackets;
      if (c == '(') ++parentheses;
      if (brackets == 0 && parentheses == 0 && (c == ',' || c == ')')) return;
      if (c == ')' && parentheses > 0) --parentheses;
      ++at_;
    }
    if (brackets > 0) fail("a bracket of the path is not closed", begin);
  }

  /// True when only blanks stand between =~ and here: a regular expression begins.
  bool is_after_match_operator(std::size_t begin) const {
    std::size_t i = at_;
    while (i > begin && text_[i - 1] == ' ') --i;
    return i >= begin + 2 && text_[i - 1] == '~' && text_[i - 2] == '=';
  }

  void skip_quoted(char quote) {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == quote) {
        ++at_;
        return;
      }
    }
    at_ = text_.size();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<Call, SyntaxError> Call::parse(std::string_view text) {
  // Spans have 32 bits; a definition has at most a MiB.
  if (text.size() > kMaxTextBytes) return SyntaxError{"the text is too long", 0};
  try {
    auto program = std::make_shared<Program>();
    program->text = text;
    program->root = Parser(text).parse();
    return Call(std::move(program));
  } catch (Parser::Stop& stop) {
    return std::move(stop.error);
  }
}

}  // namespace stepglass::intrinsic
