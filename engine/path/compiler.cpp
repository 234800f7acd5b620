// Text to program, step by step as Jayway's PathCompiler and FilterCompiler go (json-path/JsonPath, Apache-2.0, read
// for its behaviour): which texts are paths is decided by where these look, not by a grammar. Cursor stands for their
// CharacterIndex. Looking outside the text is an error in Java, and some texts are refused for no other reason, so it
// is one here as well.

#include <fmt/format.h>

#include <array>
#include <exception>
#include <string>
#include <utility>

#include "engine/path/loose_json.h"
#include "engine/path/program.h"
#include "engine/support/limits.h"
#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass::path {
namespace {

using Index = std::ptrdiff_t;
constexpr std::size_t kNowhere = std::string_view::npos;

/// Leaves the compiler.
struct Refusal : std::exception {
  enum class Kind {
    InvalidPath,  // Jayway's own InvalidPathException
    Unforeseen,   // another exception of Java, which the compiler of a whole path turns into an InvalidPathException
    Limit,        // one of our limits: nothing may catch it
  };
  Kind kind = Kind::InvalidPath;
  std::string message;
  std::string java;  // the exception of Java and its message, when there is one
  std::size_t offset = 0;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_white_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view trimmed(std::string_view text) {  // String.trim: all up to the space
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

class Cursor {
 public:
  /// `offset`: where the text stands in the path as a whole.
  Cursor(std::string_view text, std::size_t offset)
      : text_(text), offset_(offset), end_(static_cast<Index>(text.size()) - 1) {}

  Index position = 0;

  Index length() const { return end_ + 1; }
  bool contains(Index i) const { return i >= 0 && i <= end_; }
  bool in_bounds() const { return contains(position); }
  bool at_tail() const { return position >= end_; }
  char at(Index i) const {
    if (i < 0 || i >= static_cast<Index>(text_.size())) {
      Refusal refusal;
      refusal.kind = Refusal::Kind::Unforeseen;
      refusal.message = i < 0 ? "the path starts in the middle" : "the path ends too early";
      refusal.java = fmt::format("java.lang.StringIndexOutOfBoundsException: String index out of range: {}", units(i));
      refusal.offset = offset_of(i);
      throw refusal;
    }
    return text_[static_cast<std::size_t>(i)];
  }
  char current() const { return at(position); }
  bool current_is(char c) const { return current() == c; }
  char last() const { return at(end_); }

  std::string_view slice(Index begin, Index end) const {
    if (begin < 0 || end > static_cast<Index>(text_.size()) || begin > end) {
      Refusal refusal;
      refusal.kind = Refusal::Kind::Unforeseen;
      refusal.message = "the path ends too early";
      refusal.java = fmt::format("java.lang.StringIndexOutOfBoundsException: begin {}, end {}, length {}", units(begin),
                                 units(end), units(static_cast<Index>(text_.size())));
      refusal.offset = offset_of(begin);
      throw refusal;
    }
    return text_.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  }
  std::string_view text() const { return text_; }

  void skip_blanks() {
    while (in_bounds() && position < end_ && current_is(' ')) ++position;
  }
  void trim() {
    skip_blanks();
    while (in_bounds() && position < end_ && last() == ' ') --end_;
  }
  void drop_last() { --end_; }

  Index next_significant(Index from) const {
    Index i = from + 1;
    while (contains(i) && text_[static_cast<std::size_t>(i)] == ' ') ++i;
    return i;
  }
  /// The next character that is no space, or a space when there is none.
  char next_significant_char(Index from) const {
    const Index i = next_significant(from);
    return contains(i) ? at(i) : ' ';
  }
  bool next_significant_is(Index from, char c) const {
    const Index i = next_significant(from);
    return contains(i) && at(i) == c;
  }
  Index index_of_next_significant(Index from, char c) const {
    const Index i = next_significant(from);
    return at(i) == c ? i : -1;
  }
  Index previous_significant(Index from) const {
    Index i = from - 1;
    while (contains(i) && at(i) == ' ') --i;
    return contains(i) ? i : -1;
  }

  Index next_index_of(Index from, char c) const {
    if (from < 0 || from > end_) return -1;
    const std::size_t i = text_.find(c, static_cast<std::size_t>(from));
    return i == std::string_view::npos || static_cast<Index>(i) > end_ ? -1 : static_cast<Index>(i);
  }
  Index next_index_of_unescaped(Index from, char c) const {
    for (Index i = from + 1; contains(i); ++i) {
      const char here = at(i);
      if (here == '\\') {
        ++i;
      } else if (here == c) {
        return i;
      }
    }
    return -1;
  }

  Index index_of_matching_close(Index from, char open, char close, bool skip_patterns) const {
    Index opened = 1;
    for (Index i = from + 1; contains(i); ++i) {
      const char quote = at(i);
      if (quote == '\'' || quote == '"') {
        i = next_index_of_unescaped(i, quote);
        if (i == -1) {
          refuse(fmt::format("Could not find matching close quote for {} when parsing : {}", quote, text_), from);
        }
        ++i;
      }
      if (skip_patterns && at(i) == '/') {
        i = next_index_of_unescaped(i, '/');
        if (i == -1) refuse(fmt::format("Could not find matching close for / when parsing regex in : {}", text_), from);
        ++i;
      }
      if (at(i) == open) ++opened;
      if (at(i) == close && --opened == 0) return i;
    }
    return -1;
  }

  [[noreturn, gnu::noinline]] void refuse(std::string message, Index at) const {
    Refusal refusal;
    refusal.message = std::move(message);
    refusal.offset = offset_of(at);
    throw refusal;
  }
  [[noreturn]] void refuse(std::string message) const { refuse(std::move(message), position); }

  /// Java counts in UTF-16 units.
  Index units(Index i) const {
    if (i <= 0) return i;
    const std::size_t inside = std::min(static_cast<std::size_t>(i), text_.size());
    return static_cast<Index>(count_utf16_units(text_.substr(0, inside))) + (i - static_cast<Index>(inside));
  }
  std::size_t offset_of(Index i) const {
    return offset_ + std::min(text_.size(), static_cast<std::size_t>(std::max<Index>(i, 0)));
  }

 private:
  std::string_view text_;
  std::size_t offset_;
  Index end_;
};

/// What all the nested compilers share.
struct Compilation {
  Dialect dialect = Dialect::Jayway;
  std::size_t depth = 0;
  std::uint32_t scanned_places = 0;
  std::uint32_t caches = 0;
};

[[noreturn, gnu::noinline]] void refuse_limit(const Cursor& cursor, std::string message) {
  Refusal refusal;
  refusal.kind = Refusal::Kind::Limit;
  refusal.message = std::move(message);
  refusal.offset = cursor.offset_of(cursor.position);
  throw refusal;
}

[[noreturn, gnu::noinline]] void refuse_java(const Cursor& cursor, std::string message, std::string java) {
  Refusal refusal;
  refusal.kind = Refusal::Kind::Unforeseen;
  refusal.message = std::move(message);
  refusal.java = std::move(java);
  refusal.offset = cursor.offset_of(cursor.position);
  throw refusal;
}

/// Counts one level of nesting for as long as it lives.
class Level {
 public:
  Level(Compilation& compilation, const Cursor& cursor) : compilation_(compilation) {
    if (++compilation_.depth > kMaxDepth) {
      --compilation_.depth;  // the destructor does not run
      refuse_limit(cursor, fmt::format("filters, parentheses and arguments are nested more than {} deep", kMaxDepth));
    }
  }
  ~Level() { --compilation_.depth; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  Compilation& compilation_;
};

/// Integer.parseInt.
std::optional<std::int32_t> parse_int(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(text.size() > 1 && text[1] == '-' ? 0 : 1);
  const auto value = parse_integer(text);
  if (!value || *value < INT32_MIN || *value > INT32_MAX) return std::nullopt;
  return static_cast<std::int32_t>(*value);
}

std::int32_t parse_int_or_refuse(const Cursor& cursor, std::string_view text) {
  const auto value = parse_int(text);
  if (!value) {
    refuse_java(cursor, fmt::format("\"{}\" is no index", text),
                fmt::format("java.lang.NumberFormatException: For input string: \"{}\"", text));
  }
  return *value;
}

/// The escapes of Java's strings; any other character behind a backslash stands for itself. False, with the four
/// characters in `bad`, when \u is not followed by a number.
bool unescape(std::string_view text, std::string& out, std::string& bad) {
  char32_t high = 0;  // first half of a surrogate pair
  const auto flush = [&] {
    if (high != 0) append_utf8(out, 0xFFFD);
    high = 0;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      flush();
      out += text[i];
      continue;
    }
    if (++i == text.size()) {
      flush();
      out += '\\';
      break;
    }
    if (text[i] == 'u') {
      // Four UTF-16 units follow, whatever they are; fewer at the end are dropped.
      std::size_t end = i + 1;
      for (int k = 0; k < 4 && end < text.size(); ++k) next_code_point(text, end);
      const std::string_view digits = text.substr(i + 1, end - i - 1);
      i = end - 1;
      if (digits.size() < 4) continue;
      const bool sign = digits[0] == '+' || digits[0] == '-';  // Integer.parseInt takes one
      char32_t unit = 0;
      for (const char c : digits.substr(sign ? 1 : 0)) {
        const int digit = is_digit(c)            ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) {
          bad = std::string(digits);
          return false;
        }
        unit = unit * 16 + static_cast<char32_t>(digit);
      }
      if (digits[0] == '-') unit = (0x10000 - unit) & 0xFFFF;
      if (high != 0 && unit >= 0xDC00 && unit < 0xE000) {
        append_utf8(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
        high = 0;
        continue;
      }
      flush();
      if (unit >= 0xD800 && unit < 0xDC00) {
        high = unit;
      } else {
        append_utf8(out, unit >= 0xDC00 && unit < 0xE000 ? 0xFFFD : unit);
      }
      continue;
    }
    flush();
    switch (text[i]) {
      case 'r':
        out += '\r';
        break;
      case 'f':
        out += '\f';
        break;
      case 't':
        out += '\t';
        break;
      case 'n':
        out += '\n';
        break;
      case 'b':
        out += '\b';
        break;
      default:
        out += text[i];
        break;
    }
  }
  flush();
  return true;
}

std::string unescape_or_refuse(const Cursor& cursor, std::string_view text) {
  std::string out, bad;
  if (!unescape(text, out, bad)) {
    refuse_java(cursor, fmt::format("\\u is followed by \"{}\", which is no number of four digits", bad),
                fmt::format("com.jayway.jsonpath.JsonPathException: Unable to parse unicode value: {}", bad));
  }
  return out;
}

Function function_named(std::string_view name) {
  constexpr std::pair<std::string_view, Function> kFunctions[] = {
      {"avg", Function::Average},   {"stddev", Function::StandardDeviation},
      {"sum", Function::Sum},       {"min", Function::Minimum},
      {"max", Function::Maximum},   {"concat", Function::Concatenate},
      {"length", Function::Length}, {"size", Function::Length},
      {"append", Function::Append}, {"keys", Function::Keys},
      {"first", Function::First},   {"last", Function::Last},
      {"index", Function::Index},
  };
  for (const auto& [known, function] : kFunctions) {
    if (known == name) return function;
  }
  return Function::Unknown;
}

std::optional<Operator> operator_named(std::string_view name) {
  constexpr std::pair<std::string_view, Operator> kOperators[] = {
      {">=", Operator::GreaterEqual},
      {"<=", Operator::LessEqual},
      {"==", Operator::Equal},
      {"===", Operator::SameTypeEqual},
      {"!=", Operator::NotEqual},
      {"!==", Operator::SameTypeNotEqual},
      {"<", Operator::Less},
      {">", Operator::Greater},
      {"=~", Operator::Matches},
      {"NIN", Operator::NotIn},
      {"IN", Operator::In},
      {"CONTAINS", Operator::Contains},
      {"ALL", Operator::All},
      {"SIZE", Operator::Size},
      {"EXISTS", Operator::Exists},
      {"TYPE", Operator::Type},
      {"MATCHES", Operator::Predicate},
      {"EMPTY", Operator::Empty},
      {"SUBSETOF", Operator::SubsetOf},
      {"ANYOF", Operator::AnyOf},
      {"NONEOF", Operator::NoneOf},
  };
  if (name.size() > 8) return std::nullopt;
  std::string upper(name);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  for (const auto& [known, operation] : kOperators) {
    if (known == upper) return operation;
  }
  return std::nullopt;
}

using ProgramPtr = std::shared_ptr<const Path::Program>;

ProgramPtr compile_path(std::string_view text, std::size_t offset, Compilation& compilation);

Node number_node(std::string_view text) {
  const auto decimal = Decimal::parse(text);
  Node node;
  if (!decimal) return node;
  node.kind = Node::Kind::Number;
  // A Value that is the same decimal is quicker to compare.
  if (const auto integer = parse_integer(text)) {
    node.value = Value(*integer);
  } else if (const auto number = parse_double(text); number && *number <= 1e308 && *number >= -1e308) {
    node.value = Value(*number);
  } else {
    node.value = Value(0);
  }
  // 1.10 has the value of a double's 1.1 but another text, which counts when it meets a string.
  const Decimal kept = Decimal::of(node.value);
  if (compare(kept, *decimal) != 0 || kept.to_string() != decimal->to_string()) {
    node.exact = std::make_shared<Decimal>(*decimal);
  }
  return node;
}

// ------------------------------------------------------------------------------------------------------ filter

class FilterCompiler {
 public:
  FilterCompiler(std::string_view text, std::size_t offset, Compilation& compilation)
      : filter_(text, offset), compilation_(compilation) {
    take_frame(text);
  }

  std::unique_ptr<Expression> compile() {
    try {
      ExpressionPtr result = read_or();
      filter_.skip_blanks();
      if (filter_.in_bounds()) refuse_rest();
      return result;
    } catch (const Refusal& refusal) {
      if (refusal.kind != Refusal::Kind::Unforeseen) throw;
      refuse_unforeseen();
    }
  }

 private:
  /// Takes off what stands around the expression: [? … ].
  [[gnu::noinline]] void take_frame(std::string_view text) {
    filter_.trim();
    if (!filter_.current_is('[') || filter_.last() != ']') {
      filter_.refuse(fmt::format("Filter must start with '[' and end with ']'. {}", text));
    }
    ++filter_.position;
    filter_.drop_last();
    filter_.trim();
    if (!filter_.current_is('?')) {
      filter_.refuse(fmt::format("Filter must start with '[?' and end with ']'. {}", text));
    }
    ++filter_.position;
    filter_.trim();
    if (!filter_.current_is('(') || filter_.last() != ')') {
      filter_.refuse(fmt::format("Filter must start with '[?(' and end with ')]'. {}", text));
    }
  }

  [[noreturn, gnu::noinline]] void refuse_rest() const {
    filter_.refuse(fmt::format("Expected end of filter expression instead of: {}",
                               filter_.slice(filter_.position, filter_.length())));
  }
  [[noreturn, gnu::noinline]] void refuse_unforeseen() const {
    // current() may throw once more: then the path as a whole is refused with that.
    filter_.refuse(fmt::format("Failed to parse filter: {}, error on position: {}, char: {}", filter_.text(),
                               filter_.units(filter_.position), char_text()));
  }
  [[noreturn, gnu::noinline]] void refuse_text(std::string_view message) const {
    filter_.refuse(std::string(message) + std::string(filter_.text()));
  }

  std::string char_text() const {
    filter_.current();
    std::size_t i = static_cast<std::size_t>(filter_.position);
    const std::size_t start = i;
    next_code_point(filter_.text(), i);
    return std::string(filter_.text().substr(start, i - start));
  }

  bool take(std::string_view operation) {
    filter_.skip_blanks();
    const auto size = static_cast<Index>(operation.size());
    if (!filter_.contains(filter_.position + size - 1)) return false;
    if (filter_.slice(filter_.position, filter_.position + size) != operation) return false;
    filter_.position += size;
    return true;
  }

  // Expressions are made on the heap and errors worded outside of these functions, which keeps the frames of what calls
  // itself small: a filter kMaxDepth deep has to fit the stack of a browser's worker.
  using ExpressionPtr = std::unique_ptr<Expression>;

  ExpressionPtr read_or() { return read_chain(Expression::Kind::Or); }

  ExpressionPtr read_link(Expression::Kind kind) {
    return kind == Expression::Kind::Or ? read_chain(Expression::Kind::And) : read_operand_of_and();
  }

  ExpressionPtr read_chain(Expression::Kind kind) {
    ExpressionPtr first = read_link(kind);
    ExpressionPtr chain;
    while (true) {
      const Index before = filter_.position;
      if (!take(kind == Expression::Kind::Or ? "||" : "&&")) {
        filter_.position = before;
        return chain ? std::move(chain) : std::move(first);
      }
      if (!chain) {
        chain = std::make_unique<Expression>();
        chain->kind = kind;
        chain->children.push_back(std::move(*first));
      }
      chain->children.push_back(std::move(*read_link(kind)));
    }
  }

  ExpressionPtr read_operand_of_and() {
    filter_.skip_blanks();
    const Index start = filter_.position;
    if (filter_.current_is('!')) {
      ++filter_.position;
      filter_.skip_blanks();
      if (!filter_.current_is('$') && !filter_.current_is('@')) return read_negation();
      filter_.position = start;
    }
    return filter_.current_is('(') ? read_parentheses() : read_comparison();
  }

  ExpressionPtr read_negation() {
    const Level level(compilation_, filter_);
    ExpressionPtr negation = std::make_unique<Expression>();
    negation->kind = Expression::Kind::Not;
    negation->children.push_back(std::move(*read_operand_of_and()));
    return negation;
  }

  ExpressionPtr read_parentheses() {
    const Level level(compilation_, filter_);
    ++filter_.position;
    ExpressionPtr inner = read_or();
    filter_.skip_blanks();
    if (!filter_.current_is(')')) filter_.refuse("Expected character: )");
    ++filter_.position;
    return inner;
  }

  ExpressionPtr read_comparison() {
    ExpressionPtr comparison = std::make_unique<Expression>();
    read_operand(comparison->left);
    const Index before = filter_.position;
    try {
      const std::optional<Operator> operation = read_operator();
      if (operation) {
        comparison->operation = *operation;
        read_operand(comparison->right);
        return comparison;
      }
    } catch (const Refusal& refusal) {
      if (refusal.kind != Refusal::Kind::InvalidPath) throw;
    }
    // Not a comparison after all: then it asks whether the path exists.
    filter_.position = before;
    if (!comparison->left.path) filter_.refuse("Expected path node");
    ask_existence(*comparison);
    return comparison;
  }

  [[gnu::noinline]] static void ask_existence(Expression& comparison) {
    comparison.operation = Operator::Exists;
    comparison.left.exists_check = true;
    comparison.right = Operand();
    comparison.right.literal.kind = Node::Kind::Boolean;
    comparison.right.literal.value = Value(comparison.left.should_exist);
  }

  static bool is_operator_char(char c) { return c == '<' || c == '>' || c == '=' || c == '~' || c == '!'; }

  [[gnu::noinline]] std::optional<Operator> read_operator() {
    filter_.skip_blanks();
    const Index begin = filter_.position;
    if (is_operator_char(filter_.current())) {
      while (filter_.in_bounds() && is_operator_char(filter_.current())) ++filter_.position;
    } else {
      // An operator in letters is short: where it ends does not matter once it is too long to be one.
      while (filter_.in_bounds() && !filter_.current_is(' ') && filter_.position - begin <= 8) ++filter_.position;
    }
    return operator_named(filter_.slice(begin, filter_.position));
  }

  void read_operand(Operand& operand) {
    filter_.skip_blanks();
    char c = filter_.current();
    if (c == '!') {
      ++filter_.position;
      filter_.skip_blanks();
      c = filter_.current();
      if (c != '$' && c != '@') filter_.refuse("Unexpected character: !");
    }
    if (c == '$' || c == '@') {
      read_path(operand);
    } else {
      read_literal_operand(operand, c);
    }
  }

  [[gnu::noinline]] void read_literal_operand(Operand& operand, char c) {
    operand.literal = compilation_.dialect == Dialect::StepFunctions ? read_literal_or_word(c) : read_literal(c);
    if (operand.literal.kind == Node::Kind::JsonText && operand.literal.value.is_array()) {
      operand.list = std::make_shared<NodeList>(to_list(operand.literal.value.items(), compilation_.depth));
    }
  }

  /// The service takes a word without quotes for a text: @.Name==Receipt. Seen in AWS's own examples.
  Node read_literal_or_word(char c) {
    constexpr std::string_view kEnds = " )=<>!~&|'\"[]{}(/,";
    const Index begin = filter_.position;
    Index end = begin;
    while (filter_.contains(end) && kEnds.find(filter_.at(end)) == kNowhere) ++end;
    try {
      Node node = read_literal(c);
      if (end <= filter_.position) return node;
    } catch (const Refusal& refusal) {
      if (refusal.kind == Refusal::Kind::Limit || end == begin) throw;
    }
    filter_.position = end;
    Node node;
    node.kind = Node::Kind::String;
    node.value = Value(filter_.slice(begin, end));
    return node;
  }

  Node read_literal(char c) {
    switch (c) {
      case '\'':
      case '"':
        return read_string(c);
      case 't':
      case 'f':
        return read_boolean();
      case 'n':
        return read_null();
      case '{':
      case '[':
        return read_json(c);
      case '/':
        return read_pattern();
      default:
        return read_number();
    }
  }

  Node read_null() {
    if (filter_.contains(filter_.position + 3) && filter_.slice(filter_.position, filter_.position + 4) == "null") {
      filter_.position += 4;
      Node node;
      node.kind = Node::Kind::Null;
      return node;
    }
    filter_.refuse("Expected <null> value");
  }

  Node read_boolean() {
    const Index end = filter_.position + (filter_.current_is('t') ? 4 : 5);
    if (!filter_.contains(end - 1)) filter_.refuse("Expected boolean literal");
    const std::string_view text = filter_.slice(filter_.position, end);
    if (text != "true" && text != "false") filter_.refuse("Expected boolean literal");
    filter_.position = end;
    Node node;
    node.kind = Node::Kind::Boolean;
    node.value = Value(text == "true");
    return node;
  }

  Node read_string(char quote) {
    const Index begin = filter_.position;
    const Index end = filter_.next_index_of_unescaped(begin, quote);
    if (end == -1) {
      filter_.refuse(
          fmt::format("String literal does not have matching quotes. Expected {} in {}", quote, filter_.text()));
    }
    filter_.position = end + 1;
    Node node;
    node.kind = Node::Kind::String;
    node.value = Value(unescape_or_refuse(filter_, filter_.slice(begin + 1, end)));
    return node;
  }

  Node read_number() {
    const Index begin = filter_.position;
    while (filter_.in_bounds()) {
      const char c = filter_.current();
      if (!is_digit(c) && c != '-' && c != '.' && c != 'E' && c != 'e') break;
      ++filter_.position;
    }
    const std::string_view text = filter_.slice(begin, filter_.position);
    Node node = number_node(text);
    if (node.kind != Node::Kind::Number) {
      refuse_java(filter_, fmt::format("\"{}\" is no number", text), "java.lang.NumberFormatException");
    }
    return node;
  }

  Node read_json(char open) {
    const Index begin = filter_.position;
    const Index end = filter_.index_of_matching_close(begin, open, open == '[' ? ']' : '}', false);
    if (end == -1) filter_.refuse(fmt::format("String not closed. Expected ' in {}", filter_.text()));
    filter_.position = end + 1;
    Node node;
    node.kind = Node::Kind::JsonText;
    const std::string_view text = filter_.slice(begin, filter_.position);
    node.text = String(text);
    std::optional<Value> value = read_loose_json(text);
    node.broken = !value;
    if (value) node.value = *std::move(value);
    return node;
  }

  Node read_pattern() {
    const Index begin = filter_.position;
    Index closing = filter_.next_index_of_unescaped(begin, '/');
    if (closing == -1) filter_.refuse(fmt::format("Pattern not closed. Expected / in {}", filter_.text()));
    // Java's own flags; d, u and U make no difference here.
    while (filter_.contains(closing + 1) && std::string_view("dixmsuU").find(filter_.at(closing + 1)) != kNowhere) {
      ++closing;
    }
    filter_.position = closing + 1;
    const std::string_view text = filter_.slice(begin, filter_.position);
    const std::size_t last = text.rfind('/');
    Regex::Options options;
    options.syntax = Regex::Syntax::Java;
    for (const char flag : text.substr(last + 1)) {
      options.ignore_case = options.ignore_case || flag == 'i';
      options.multiline = options.multiline || flag == 'm';
      options.dot_all = options.dot_all || flag == 's';
      options.comments = options.comments || flag == 'x';
    }
    const std::string_view pattern = text.substr(1, last == 0 ? 0 : last - 1);
    auto regex = Regex::compile(pattern, options);
    if (!regex) {
      refuse_java(filter_, fmt::format("the pattern /{}/ is wrong: {}", pattern, regex.error().message),
                  "java.util.regex.PatternSyntaxException");
    }
    Node node;
    node.kind = Node::Kind::Pattern;
    node.pattern = std::make_shared<Regex>(*std::move(regex));
    return node;
  }

  void read_path(Operand& operand) {
    const Index previous = filter_.previous_significant(filter_.position);
    const Index begin = filter_.position;
    Index point = -1;  // the last . since `begin`
    ++filter_.position;
    while (filter_.in_bounds()) {
      if (filter_.current_is('[')) {
        const Index close = filter_.index_of_matching_close(filter_.position, '[', ']', false);
        if (close == -1) refuse_text("Square brackets does not match in filter ");
        if (point == -1 && filter_.slice(filter_.position, close).find('.') != std::string_view::npos) {
          point = filter_.position;
        }
        filter_.position = close + 1;
      }
      const char c = filter_.current();
      if (c == ')') {
        // It closes a function when ( stands right before it and a . further left; else it closes the expression.
        const Index open = filter_.previous_significant(filter_.position);
        const bool function = open != -1 && filter_.at(open) == '(' && point != -1 && point < open && point > begin;
        if (!function) break;
      }
      if (!filter_.in_bounds() || is_operator_char(c) || c == ' ') break;
      if (c == '.' && point == -1) point = filter_.position;
      ++filter_.position;
    }
    operand.should_exist = previous == -1 || filter_.at(previous) != '!';
    operand.path = compile_path(filter_.slice(begin, filter_.position), filter_.offset_of(begin), compilation_);
    if (operand.path->from_root) operand.cache = compilation_.caches++;
  }

  Cursor filter_;
  Compilation& compilation_;
};

// -------------------------------------------------------------------------------------------------------- path

class PathCompiler {
 public:
  PathCompiler(Cursor cursor, Compilation& compilation) : path_(cursor), compilation_(compilation) {}

  ProgramPtr compile() {
    while (path_.in_bounds() && is_white_space(path_.current())) ++path_.position;
    const char root = path_.current();
    if (root != '$' && root != '@') path_.refuse("Path must start with '$' or '@'");
    program_->root = root;
    program_->from_root = root == '$';
    program_->dialect = compilation_.dialect;
    if (!path_.at_tail()) {
      ++path_.position;
      if (!path_.current_is('.') && !path_.current_is('[')) {
        path_.refuse(fmt::format("Illegal character at position {} expected '.' or '['", path_.units(path_.position)));
      }
      read_step();
      while (!path_.at_tail()) read_step();
    }
    invert_scanned_function();
    finish(*program_);
    if (inverted_) {
      for (Step& step : program_->steps) step.upstream_definite = false;
    }
    for (std::size_t i = 2; i < program_->steps.size(); ++i) {
      Step& step = program_->steps[i];
      const bool collects = step.leaf && (step.kind == Step::Kind::Name || step.kind == Step::Kind::Wildcard);
      if (collects && program_->steps[i - 2].kind == Step::Kind::Scan) {
        step.scanned_place = compilation_.scanned_places++;
      }
    }
    return program_;
  }

 private:
  using Kind = Step::Kind;

  Step& add(Kind kind) {
    if (program_->steps.size() >= kMaxDepth) {
      refuse_limit(path_, fmt::format("a path has at most {} steps", kMaxDepth));
    }
    program_->steps.emplace_back();
    program_->steps.back().kind = kind;
    return program_->steps.back();
  }

  [[noreturn, gnu::noinline]] void refuse_token(const char* expected) const {
    path_.refuse(fmt::format("Could not parse token starting at position {}{}", path_.units(path_.position), expected));
  }

  void read_step() {
    if (path_.current_is('.')) read_dots();
    switch (path_.current()) {
      case '[':
        if (!read_names() && !read_array() && !read_wildcard() && !read_filter()) {
          read_placeholder();
          refuse_token(". Expected ?, ', 0-9, * ");
        }
        break;
      case '*':
        if (!read_wildcard()) refuse_token("");
        break;
      default:
        if (!read_name_or_function()) refuse_token("");
        break;
    }
  }

  void read_dots() {
    if (path_.contains(path_.position + 1) && path_.at(path_.position + 1) == '.') {
      add(Kind::Scan);
      path_.position += 2;
    } else if (!path_.contains(path_.position + 1)) {
      path_.refuse("Path must not end with a '.");
    } else {
      ++path_.position;
    }
    if (path_.current_is('.')) {
      path_.refuse(fmt::format("Character '.' on position {} is not valid.", path_.units(path_.position)));
    }
  }

  bool read_name_or_function() {
    if (path_.current_is(' ')) return false;
    const Index start = path_.position;
    Index end = path_.length();
    bool is_function = false, escaped = false;
    for (Index i = start; path_.contains(i); ++i) {
      const char c = path_.at(i);
      if (c == '\\' && compilation_.dialect == Dialect::StepFunctions) {
        escaped = true;
        ++i;
        continue;
      }
      if (c == ' ') {
        path_.refuse(
            fmt::format("Use bracket notion ['my prop'] if your property contains blank characters. position: {}",
                        path_.units(path_.position)));
      }
      const bool opens = c == '(' && compilation_.dialect == Dialect::Jayway;  // the service knows no functions
      if (c == '.' || c == '[' || opens) {
        is_function = opens;
        end = i;
        break;
      }
    }
    // In Java an end of 0 means that none was found; a name that starts the text does not occur, $ stands before it.
    const std::string_view name = path_.slice(start, end);
    if (!is_function) {
      path_.position = end;
      Step& step = add(Kind::Name);
      step.name = String(escaped ? without_backslashes(name) : std::string(name));
      return true;
    }
    check_closed(name, end);
    std::vector<Argument> arguments;
    bool has_arguments = false;
    // Behind f() the place is the closing parenthesis: if the path goes on, a step named ")" follows. So does Jayway.
    path_.position = end + 1;
    if (path_.at(end + 1) != ')') {
      arguments = read_arguments(name);
      has_arguments = !arguments.empty();
    }
    Step& step = add(Kind::Function);
    step.name = String(name);
    step.function = function_named(name);
    step.arguments = std::move(arguments);
    step.has_arguments = has_arguments;
    return true;
  }

  static std::string without_backslashes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) ++i;
      out += text[i];
    }
    return out;
  }

  void check_closed(std::string_view name, Index open) const {
    Index count = 1;
    for (Index i = open + 1; i < path_.length() && count != 0; ++i) {
      if (path_.at(i) == ')') --count;
      if (path_.at(i) == '(') ++count;
    }
    if (count != 0) refuse_unclosed(name);
  }

  [[noreturn]] void refuse_unclosed(std::string_view name) const {
    path_.refuse(fmt::format("Arguments to function: '{}' are not closed properly.", name));
  }

  /// Cuts the arguments apart as Jayway's own little tokenizer does: by counting brackets, braces, parentheses and
  /// double quotes; an argument that starts with none of { digit " - $ @ is dropped up to where one of these stands.
  [[gnu::noinline]] std::vector<Argument> read_arguments(std::string_view name) {
    const Level level(compilation_, path_);
    std::vector<Argument> arguments;
    Index parens = 1, brackets = 0, braces = 0, quotes = 0;
    bool done = false;
    enum class Type { None, Json, Path } type = Type::None;
    std::string argument;
    const std::size_t offset = path_.offset_of(path_.position);
    char before = 0;
    while (path_.in_bounds() && !done) {
      const char c = path_.current();
      ++path_.position;
      if (type == Type::None) {
        if (is_white_space(c)) continue;
        if (c == '{' || is_digit(c) || c == '"' || c == '-') {
          type = Type::Json;
        } else if (c == '$' || c == '@') {
          type = Type::Path;
        }
      }
      bool ends = false;
      switch (c) {
        case '"':
          quotes += before != '\\' && quotes > 0 ? -1 : 1;
          break;
        case '(':
          ++parens;
          break;
        case '{':
          ++braces;
          break;
        case '[':
          ++brackets;
          break;
        case '}':
          if (braces-- == 0) {
            path_.refuse(
                fmt::format("Unexpected close brace '}}' at character position: {}", path_.units(path_.position)));
          }
          break;
        case ']':
          if (brackets-- == 0) {
            path_.refuse(
                fmt::format("Unexpected close bracket ']' at character position: {}", path_.units(path_.position)));
          }
          break;
        case ')':
          --parens;
          if (parens < 0 || before == '(') argument += c;
          ends = true;
          break;
        case ',':
          ends = true;
          break;
        case '\\': {
          const char next = path_.current();
          if (quotes == 1 && (next == ',' || next == '"')) {
            argument += next;
            ++path_.position;
            before = 0;
            continue;
          }
          break;
        }
        default:
          break;
      }
      if (ends && quotes == 0 && braces == 0 && brackets == 0 && ((parens == 0 && c == ')') || parens == 1)) {
        done = parens == 0;
        if (type != Type::None) {
          arguments.push_back(type == Type::Json ? json_argument(argument) : path_argument(argument, offset));
          argument.clear();
          type = Type::None;
        }
      }
      if (type != Type::None && !(c == ',' && braces == 0 && brackets == 0 && parens == 1)) argument += c;
      before = c;
    }
    if (braces != 0 || parens != 0 || brackets != 0) refuse_unclosed(name);
    return arguments;
  }

  static Argument json_argument(std::string_view text) {
    Argument argument;
    argument.json = read_leading_json(text);
    return argument;
  }

  [[gnu::noinline]] Argument path_argument(const std::string& text, std::size_t offset) {
    Argument argument;
    argument.path = PathCompiler(Cursor(text, offset), compilation_).compile();
    // length() counts the children of what its first argument selects.
    if (!argument.path->steps.empty() && argument.path->steps.back().kind != Kind::Function) {
      auto children = std::make_shared<Path::Program>(*argument.path);
      children->steps.emplace_back();
      children->steps.back().kind = Kind::Wildcard;
      const bool definite = children->definite;
      finish(*children);
      children->definite = definite;  // Jayway asked before it put the [*] behind
      argument.children = std::move(children);
    } else {
      argument.children = argument.path;
    }
    return argument;
  }

  /// [?] and [?, ?] take filters from the caller in Java; there are none here.
  void read_placeholder() const {
    const Index mark = path_.index_of_next_significant(path_.position, '?');
    if (mark == -1) return;
    const char next = path_.next_significant_char(mark);
    if (next != ']' && next != ',') return;
    const Index begin = path_.position + 1;
    const Index end = path_.next_index_of(begin, ']');
    if (end == -1) return;
    path_.refuse(fmt::format("Not enough predicates supplied for filter [{}] at position {}", path_.slice(begin, end),
                             path_.units(path_.position)));
  }

  bool read_filter() {
    const Index mark = path_.index_of_next_significant(path_.position, '?');
    if (mark == -1) return false;
    const Index open = path_.index_of_next_significant(mark, '(');
    if (open == -1) return false;
    const Index close = path_.index_of_matching_close(open, '(', ')', true);
    if (close == -1 || !path_.next_significant_is(close, ']')) return false;
    const Index end = path_.index_of_next_significant(close, ']');
    std::shared_ptr<const Expression> filter =
        FilterCompiler(path_.slice(path_.position, end + 1), path_.offset_of(path_.position), compilation_).compile();
    add(Kind::Filter).filter = std::move(filter);
    path_.position = end + 1;
    return true;
  }

  bool read_wildcard() {
    const bool bracket = path_.current_is('[');
    if (bracket && !path_.next_significant_is(path_.position, '*')) return false;
    if (bracket) {
      const Index star = path_.index_of_next_significant(path_.position, '*');
      if (!path_.next_significant_is(star, ']')) {
        path_.refuse(fmt::format("Expected wildcard token to end with ']' on position {}", path_.units(star + 1)));
      }
      path_.position = path_.index_of_next_significant(star, ']') + 1;
    } else {
      ++path_.position;
    }
    add(Kind::Wildcard);
    return true;
  }

  bool read_array() {
    const char next = path_.next_significant_char(path_.position);
    if (!is_digit(next) && next != '-' && next != ':') return false;
    const Index begin = path_.position + 1;
    const Index end = path_.next_index_of(begin, ']');
    if (end == -1) return false;
    const std::string_view text = trimmed(path_.slice(begin, end));
    for (const char c : text) {
      if (!is_digit(c) && c != ',' && c != '-' && c != ':' && c != ' ') return false;
    }
    if (text.find(':') != std::string_view::npos) {
      read_slice(text);
    } else {
      read_indexes(text);
    }
    path_.position = end + 1;
    return true;
  }

  void read_slice(std::string_view text) {
    const auto refuse = [&] { path_.refuse(fmt::format("Failed to parse SliceOperation: {}", text)); };
    if (text.find_first_not_of("0123456789-:") != std::string_view::npos) refuse();
    // [a:b:c] is [a:b]: what stands behind a second colon is not looked at.
    const std::size_t colon = text.find(':');
    const std::string_view from = text.substr(0, colon);
    std::string_view to = text.substr(colon + 1);
    to = to.substr(0, to.find(':'));
    if (from.empty() && to.empty()) refuse();
    Step step;
    step.kind = Kind::Slice;
    step.has_from = !from.empty();
    step.has_to = !to.empty();
    if (step.has_from) step.index = parse_int_or_refuse(path_, from);
    if (step.has_to) step.to = parse_int_or_refuse(path_, to);
    add(Kind::Slice) = std::move(step);
  }

  void read_indexes(std::string_view text) {
    std::vector<std::int32_t> indexes;
    while (true) {
      const std::size_t comma = text.find(',');
      const std::string_view index = trimmed(text.substr(0, comma));
      const auto value = parse_int(index);
      if (!value) path_.refuse(fmt::format("Failed to parse token in ArrayIndexOperation: {}", index));
      indexes.push_back(*value);
      if (comma == std::string_view::npos) break;
      text.remove_prefix(comma + 1);
    }
    Step& step = add(indexes.size() == 1 ? Kind::Index : Kind::Indexes);
    step.index = indexes[0];
    step.indexes = std::move(indexes);
  }

  /// A name between quotes. The service takes a backslash away only before a quote like those around the name: the key
  /// that $['Test\""Name"'] finds has a backslash in it (recorded).
  std::string name_in_quotes(std::string_view text, char quote) const {
    if (compilation_.dialect == Dialect::Jayway) return unescape_or_refuse(path_, text);
    std::string name;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == quote) ++i;
      name += text[i];
    }
    return name;
  }

  bool read_names() {
    const char quote = path_.next_significant_char(path_.position);
    if (quote != '\'' && quote != '"') return false;
    std::vector<String> names;
    Index start = path_.position + 1;
    Index end = 0;
    bool inside = false, last_was_comma = false;
    for (Index i = start; path_.contains(i); ++i) {
      const char c = path_.at(i);
      const auto empty = [&] { path_.refuse(fmt::format("Found empty property at index {}", path_.units(i)), i); };
      if (c == '\\') {
        ++i;
      } else if (c == ']' && !inside) {
        if (last_was_comma) empty();
        break;
      } else if (c == quote) {
        if (inside) {
          const char next = path_.next_significant_char(i);
          if (next != ']' && next != ',') {
            path_.refuse(fmt::format("Property must be separated by comma or Property must be terminated close square "
                                     "bracket at index {}",
                                     path_.units(i)),
                         i);
          }
          end = i;
          names.emplace_back(name_in_quotes(path_.slice(start, end), quote));
          inside = false;
        } else {
          start = i + 1;
          inside = true;
          last_was_comma = false;
        }
      } else if (c == ',' && !inside) {
        if (last_was_comma) empty();
        last_was_comma = true;
      }
    }
    if (inside) path_.refuse(fmt::format("Property has not been closed - missing closing {}", quote));
    const Index close = path_.index_of_next_significant(end, ']');
    if (close == -1) path_.refuse("Property has not been closed - missing closing ]");
    path_.position = close + 1;
    if (names.empty()) path_.refuse("Empty properties");
    Step& step = add(names.size() == 1 ? Kind::Name : Kind::Names);
    step.quote = quote;
    step.name = names[0];
    if (names.size() > 1) step.names = std::move(names);
    return true;
  }

  /// $..a.length() is taken as $.length($..a): a function behind a scan at the start gets all that was found.
  void invert_scanned_function() {
    auto& steps = program_->steps;
    if (steps.empty() || steps[0].kind != Kind::Scan || steps.back().kind != Kind::Function) return;
    std::size_t function = 0;
    while (steps[function].kind != Kind::Function) ++function;
    auto scanned = std::make_shared<Path::Program>();
    scanned->root = program_->root;
    scanned->dialect = program_->dialect;
    scanned->steps.assign(std::make_move_iterator(steps.begin()),
                          std::make_move_iterator(steps.begin() + static_cast<Index>(function)));
    finish(*scanned);
    Argument argument;
    auto children = std::make_shared<Path::Program>(*scanned);
    children->steps.emplace_back();
    children->steps.back().kind = Kind::Wildcard;
    finish(*children);
    argument.path = std::move(scanned);
    argument.children = std::move(children);
    steps.erase(steps.begin(), steps.begin() + static_cast<Index>(function));
    steps[0].arguments.clear();
    steps[0].arguments.push_back(std::move(argument));
    program_->root = '$';
    inverted_ = true;
  }

  Cursor path_;
  bool inverted_ = false;
  Compilation& compilation_;
  std::shared_ptr<Path::Program> program_ = std::make_shared<Path::Program>();
};

ProgramPtr compile_path(std::string_view text, std::size_t offset, Compilation& compilation) {
  try {
    Cursor cursor(text, offset);
    cursor.trim();
    std::string rooted;
    const char first = cursor.at(0);
    if (first != '$' && first != '@') {
      rooted = "$." + std::string(text);
      cursor = Cursor(rooted, offset);
      cursor.trim();
    }
    if (cursor.last() == '.') cursor.refuse("Path must not end with a '.' or '..'", cursor.length());
    return PathCompiler(cursor, compilation).compile();
  } catch (Refusal& refusal) {
    if (refusal.kind == Refusal::Kind::Unforeseen) refusal.kind = Refusal::Kind::InvalidPath;
    throw;
  }
}

}  // namespace

void finish(Path::Program& program) {
  bool upstream = true;
  program.definite = program.plain = true;
  program.plain_steps.clear();
  for (std::size_t i = 0; i < program.steps.size(); ++i) {
    Step& step = program.steps[i];
    step.leaf = i + 1 == program.steps.size();
    using Kind = Step::Kind;
    step.definite = step.kind == Kind::Name || step.kind == Kind::Index || step.kind == Kind::Function ||
                    (step.kind == Kind::Names && step.leaf);
    step.upstream_definite = upstream;
    upstream = upstream && step.definite;
    program.definite = program.definite && step.definite;
    program.plain = program.plain && (step.kind == Kind::Name || step.kind == Kind::Index);
  }
  if (!program.plain) return;
  for (const Step& step : program.steps) {
    program.plain_steps.push_back({step.name, step.index, step.kind == Step::Kind::Index});
  }
}

Result<std::shared_ptr<const Path::Program>, SyntaxError> compile(std::string_view text, Dialect dialect) {
  Compilation compilation;
  compilation.dialect = dialect;
  try {
    ProgramPtr program = compile_path(text, 0, compilation);
    auto counted = std::make_shared<Path::Program>(*program);
    counted->scanned_places = compilation.scanned_places;
    counted->caches = compilation.caches;
    return ProgramPtr(std::move(counted));
  } catch (const Refusal& refusal) {
    return SyntaxError{refusal.message, std::min(refusal.offset, text.size()), refusal.java};
  }
}

NodeList to_list(std::span<const Value> items, std::size_t depth) {
  NodeList list;
  list.nodes.reserve(items.size());
  for (const Value& item : items) {
    Node node;
    switch (item.kind()) {
      case Value::Kind::Null:
        node.kind = Node::Kind::Null;
        break;
      case Value::Kind::Boolean:
        node.kind = Node::Kind::Boolean;
        node.value = item;
        break;
      case Value::Kind::String: {
        // Jayway guesses what a text in a list stands for: a path, JSON, or itself with quotes and escapes taken off.
        const std::string_view text = item.as_string();
        const std::string_view inner = trimmed(text);
        node.kind = Node::Kind::String;
        node.value = item;
        if (!inner.empty() && (inner[0] == '$' || inner[0] == '@')) {
          Compilation compilation;
          compilation.depth = depth;
          try {
            compile_path(inner, 0, compilation);
            node.kind = Node::Kind::Path;
            break;
          } catch (const Refusal&) {
          }
        }
        if (inner.size() > 1 &&
            ((inner.front() == '[' && inner.back() == ']') || (inner.front() == '{' && inner.back() == '}'))) {
          if (auto value = read_loose_json(inner)) {
            node.kind = Node::Kind::JsonText;
            node.value = *std::move(value);
            node.text = String(text);
            break;
          }
        }
        std::string_view bare = text;
        if (bare.size() > 1 && (bare.front() == '\'' || bare.front() == '"') && bare.back() == bare.front()) {
          bare = bare.substr(1, bare.size() - 2);
        }
        if (bare.size() == text.size() && bare.find('\\') == std::string_view::npos) break;
        std::string plain, bad;
        if (text.size() > 1 && !unescape(bare, plain, bad)) list.failed = true;
        if (text.size() > 1) node.value = Value(plain);
        break;
      }
      case Value::Kind::Array:
      case Value::Kind::Object:
        list.failed = true;
        break;
      default:
        node.kind = Node::Kind::Number;
        node.value = item;
        break;
    }
    if (list.failed) break;
    list.nodes.push_back(std::move(node));
  }
  return list;
}

std::string normalised(const Path::Program& program, std::size_t first) {
  std::string out;
  if (first == std::string::npos) {
    out += program.root;
    first = 0;
  }
  for (std::size_t i = first; i < program.steps.size(); ++i) {
    const Step& step = program.steps[i];
    switch (step.kind) {
      case Step::Kind::Name:
        out += fmt::format("[{0}{1}{0}]", step.quote, step.name.view());
        break;
      case Step::Kind::Names:
        for (std::size_t k = 0; k < step.names.size(); ++k) {
          out += fmt::format("{0}{1}{2}{1}", k == 0 ? "[" : ",", step.quote, step.names[k].view());
        }
        out += ']';
        break;
      case Step::Kind::Index:
      case Step::Kind::Indexes:
        for (std::size_t k = 0; k < step.indexes.size(); ++k) {
          out += fmt::format("{}{}", k == 0 ? "[" : ",", step.indexes[k]);
        }
        out += ']';
        break;
      case Step::Kind::Slice:
        out += '[';
        if (step.has_from) out += std::to_string(step.index);
        out += ':';
        if (step.has_to) out += std::to_string(step.to);
        out += ']';
        break;
      case Step::Kind::Wildcard:
        out += "[*]";
        break;
      case Step::Kind::Scan:
        out += "..";
        break;
      case Step::Kind::Filter:
        out += "[?]";
        break;
      case Step::Kind::Function:
        out += fmt::format(".{}{}", step.name.view(), step.has_arguments ? "(...)" : "()");
        break;
    }
  }
  return out;
}

}  // namespace stepglass::path
