// Text of a filter to an expression, step by step as Jayway's FilterCompiler goes (json-path/JsonPath, Apache-2.0, read
// for its behaviour).

#include <fmt/format.h>

#include <string>
#include <utility>

#include "engine/path/compiler.h"
#include "engine/path/decimal.h"
#include "engine/path/loose_json.h"
#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass::path {
namespace {

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

}  // namespace

std::unique_ptr<Expression> compile_filter(std::string_view text, std::size_t offset, Compilation& compilation) {
  return FilterCompiler(text, offset, compilation).compile();
}

}  // namespace stepglass::path
