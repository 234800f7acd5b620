#include "engine/jsonata/parser.h"

#include <algorithm>
#include <utility>

#include "engine/jsonata/error.h"
#include "engine/jsonata/function_value.h"
#include "engine/jsonata/lexer.h"
#include "engine/jsonata/path_builder.h"
#include "engine/support/regex.h"

// A Pratt parser: each operator has a power with which it binds what stands on its left, and an expression is read
// until an operator that binds less than the one before.

namespace stepglass::jsonata {
namespace {

struct Infix {
  std::string_view spelling;
  int power;
  Operator op = Operator::None;
};

constexpr Infix kInfix[] = {
    {".", 75},
    {"[", 80},
    {"{", 70},
    {"(", 80},
    {"@", 80},
    {"#", 80},
    {"?", 20},
    {"+", 50, Operator::Add},
    {"-", 50, Operator::Subtract},
    {"*", 60, Operator::Multiply},
    {"/", 60, Operator::Divide},
    {"%", 60, Operator::Modulo},
    {"=", 40, Operator::Equal},
    {"<", 40, Operator::Less},
    {">", 40, Operator::Greater},
    {"^", 40},
    {":=", 10},
    {"!=", 40, Operator::NotEqual},
    {"<=", 40, Operator::LessEqual},
    {">=", 40, Operator::GreaterEqual},
    {"~>", 40},
    {"?:", 40},
    {"??", 40},
    {"and", 30, Operator::And},
    {"or", 25, Operator::Or},
    {"in", 40, Operator::In},
    {"&", 50, Operator::Concatenate},
};

constexpr int kUnaryPower = 70;

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text) { advance(false); }

  NodePtr parse() {
    NodePtr root = expression(0);
    if (token_.kind != Token::Kind::End) raise("S0201", token_.position, {.token = token_.text});
    return root;
  }

 private:
  [[noreturn]] static void raise(std::string_view code, std::size_t position, ErrorDetails details = {}) {
    throw Raised{make_error(code, details, position)};
  }

  void advance(bool after_operand) { token_ = lexer_.next(after_operand); }

  /// Takes the operator `spelling`, which has to stand here.
  void expect(std::string_view spelling, bool after_operand = false) {
    if (!token_.is(spelling)) {
      const bool at_end = token_.kind == Token::Kind::End;
      ErrorDetails details{.value = Value(spelling)};
      details.token = at_end ? "(end)" : token_.text;
      raise(at_end ? "S0203" : "S0202", token_.position, details);
    }
    advance(after_operand);
  }

  const Infix* infix() const {
    if (token_.kind != Token::Kind::Operator) return nullptr;
    const auto* found = std::find_if(std::begin(kInfix), std::end(kInfix),
                                     [&](const Infix& infix) { return infix.spelling == token_.text; });
    return found == std::end(kInfix) ? nullptr : found;
  }

  NodePtr make(Kind kind, const Token& token) {
    auto node = std::make_unique<Node>();
    node->kind = kind;
    node->position = static_cast<std::uint32_t>(token.position);
    return node;
  }

  NodePtr expression(int power) {
    if (++depth_ > kMaxTreeDepth) raise("S0304", token_.position);
    const std::size_t depth = depth_;
    Token token = std::move(token_);
    advance(true);
    NodePtr left = prefix(token);
    while (const Infix* op = infix()) {
      if (power >= op->power) break;
      // What stands on the left becomes deeper, too.
      if (++depth_ > kMaxTreeDepth) raise("S0304", token_.position);
      token = std::move(token_);
      advance(false);
      left = combine(*op, token, std::move(left));
    }
    depth_ = depth - 1;
    return left;
  }

  NodePtr prefix(const Token& token) {
    switch (token.kind) {
      case Token::Kind::End:
        return make(Kind::End, token);
      case Token::Kind::Name: {
        NodePtr node = make(Kind::Name, token);
        node->name = String(token.text);
        return node;
      }
      case Token::Kind::Variable: {
        const Kind kind = token.text.empty() ? Kind::Context : token.text == "$" ? Kind::Root : Kind::Variable;
        NodePtr node = make(kind, token);
        node->name = String(token.text);
        return node;
      }
      case Token::Kind::Literal: {
        NodePtr node = make(Kind::Literal, token);
        node->value = token.value;
        return node;
      }
      case Token::Kind::Regex:
        return regex(token);
      case Token::Kind::Operator:
        break;
    }
    if (token.text == "and" || token.text == "or" || token.text == "in") {
      NodePtr node = make(Kind::Word, token);
      node->name = String(token.text);
      return node;
    }
    if (token.text == "-") {
      NodePtr node = make(Kind::Negate, token);
      node->nodes.push_back(expression(kUnaryPower));
      return node;
    }
    if (token.text == "*") return make(Kind::Wildcard, token);
    if (token.text == "**") return make(Kind::Descendants, token);
    if (token.text == "%") return make(Kind::Parent, token);
    if (token.text == "(") return block(token);
    if (token.text == "[") return array(token);
    if (token.text == "{") return object(token, Kind::Object);
    if (token.text == "|") return transform(token);
    raise("S0211", token.position, {.token = token.text});
  }

  NodePtr regex(const Token& token) {
    NodePtr node = make(Kind::Regex, token);
    auto options = Regex::parse_flags(token.flags);
    auto regex = Regex::compile(token.text, options.value_or(Regex::Options{}));
    if (!regex) raise("S0303", token.position, {.value = Value(regex.error().message)});
    node->value = Value(new RegexValue(*std::move(regex)));
    return node;
  }

  NodePtr block(const Token& token) {
    NodePtr node = make(Kind::Block, token);
    while (!token_.is(")")) {
      node->nodes.push_back(expression(0));
      if (!token_.is(";")) break;
      advance(false);
    }
    expect(")", true);
    return node;
  }

  NodePtr array(const Token& token) {
    NodePtr node = make(Kind::Array, token);
    while (!token_.is("]") || !node->nodes.empty()) {
      NodePtr item = expression(0);
      if (token_.is("..")) {
        NodePtr range = make(Kind::Binary, token_);
        range->op = Operator::Range;
        advance(false);
        range->nodes.push_back(std::move(item));
        range->nodes.push_back(expression(0));
        item = std::move(range);
      }
      node->nodes.push_back(std::move(item));
      if (!token_.is(",")) break;
      advance(false);
    }
    expect("]", true);
    return node;
  }

  NodePtr object(const Token& token, Kind kind) {
    NodePtr node = make(kind, token);
    while (!token_.is("}") || !node->pairs.empty()) {
      NodePtr key = expression(0);
      expect(":");
      NodePtr value = expression(0);
      node->pairs.emplace_back(std::move(key), std::move(value));
      if (!token_.is(",")) break;
      advance(false);
    }
    expect("}", true);
    return node;
  }

  NodePtr transform(const Token& token) {
    NodePtr node = make(Kind::Transform, token);
    node->has_closure = true;
    node->nodes.push_back(expression(0));
    expect("|");
    node->nodes.push_back(expression(0));
    if (token_.is(",")) {
      advance(false);
      node->nodes.push_back(expression(0));
    }
    expect("|");
    return node;
  }

  NodePtr combine(const Infix& infix, const Token& token, NodePtr left) {
    if (infix.op != Operator::None) {
      NodePtr node = make(Kind::Binary, token);
      node->op = infix.op;
      return with_operands(std::move(node), std::move(left), expression(infix.power));
    }
    switch (infix.spelling[0]) {
      case '.':
        return with_operands(make(Kind::Dot, token), std::move(left), expression(infix.power));
      case '(':
        return call(token, std::move(left));
      case '[':
        return filter(token, std::move(left));
      case '{': {
        NodePtr node = object(token, Kind::GroupBy);
        node->nodes.push_back(std::move(left));
        return node;
      }
      case '^':
        return order_by(token, std::move(left));
      case ':': {
        if (left->kind != Kind::Variable) raise("S0212", left->position, {.token = std::string(left->name.view())});
        NodePtr node = make(Kind::Bind, token);
        node->name = left->name;
        node->nodes.push_back(expression(infix.power - 1));
        return node;
      }
      case '@':
      case '#': {
        NodePtr node = make(infix.spelling[0] == '@' ? Kind::Focus : Kind::Index, token);
        NodePtr right = expression(infix.power);
        if (right->kind != Kind::Variable) raise("S0214", right->position, {.token = token.text});
        node->name = right->name;
        node->nodes.push_back(std::move(left));
        return node;
      }
      case '~':
        return with_operands(make(Kind::Apply, token), std::move(left), expression(infix.power));
      default:
        break;
    }
    if (infix.spelling == "?") {
      NodePtr node = make(Kind::Condition, token);
      node->nodes.push_back(std::move(left));
      node->nodes.push_back(expression(0));
      if (token_.is(":")) {
        advance(false);
        node->nodes.push_back(expression(0));
      }
      return node;
    }
    return with_operands(make(infix.spelling == "?:" ? Kind::Default : Kind::Coalesce, token), std::move(left),
                         expression(0));
  }

  static NodePtr with_operands(NodePtr node, NodePtr left, NodePtr right) {
    node->nodes.reserve(2);
    node->nodes.push_back(std::move(left));
    node->nodes.push_back(std::move(right));
    return node;
  }

  NodePtr call(const Token& token, NodePtr left) {
    NodePtr node = make(Kind::Call, token);
    if (!token_.is(")")) {
      for (;;) {
        if (token_.is("?")) {
          node->kind = Kind::Partial;
          node->nodes.push_back(make(Kind::Placeholder, token_));
          advance(false);
        } else {
          node->nodes.push_back(expression(0));
        }
        if (!token_.is(",")) break;
        advance(false);
      }
    }
    expect(")", true);
    if (left->kind == Kind::Name && (left->name == "function" || left->name == "\xCE\xBB")) {
      return lambda(std::move(node));
    }
    node->procedure = std::move(left);
    return node;
  }

  NodePtr lambda(NodePtr node) {
    node->kind = Kind::Lambda;
    node->has_closure = true;
    for (std::size_t i = 0; i < node->nodes.size(); ++i) {
      const Node& parameter = *node->nodes[i];
      if (parameter.kind != Kind::Variable) {
        ErrorDetails details{.value = Value(static_cast<std::int64_t>(i + 1))};
        details.token = std::string(parameter.name.view());
        raise("S0208", parameter.position, details);
      }
      node->parameters.push_back(parameter.name);
    }
    node->nodes.clear();
    if (token_.is("<")) {
      const std::size_t position = token_.position;
      std::string text = "<";
      for (int depth = 1; depth > 0 && !token_.is("{") && token_.kind != Token::Kind::End;) {
        advance(false);
        if (token_.is(">")) --depth;
        if (token_.is("<")) ++depth;
        text += token_.kind == Token::Kind::End ? "(end)" : token_.text;
      }
      expect(">");
      try {
        node->signature = std::make_shared<Signature>(Signature::parse(text));
      } catch (Raised& raised) {
        raised.error.position += position;
        throw;
      }
    }
    expect("{");
    node->nodes.push_back(expression(0));
    expect("}");
    return node;
  }

  NodePtr filter(const Token& token, NodePtr left) {
    if (token_.is("]")) {
      Node* step = left.get();
      while (step->kind == Kind::Filter) step = step->nodes[0].get();
      step->keep_array = true;
      expect("]");
      return left;
    }
    NodePtr node = make(Kind::Filter, token);
    NodePtr predicate = expression(0);
    expect("]", true);
    return with_operands(std::move(node), std::move(left), std::move(predicate));
  }

  NodePtr order_by(const Token& token, NodePtr left) {
    NodePtr node = make(Kind::OrderBy, token);
    expect("(");
    for (;;) {
      Term term;
      if (token_.is("<") || token_.is(">")) {
        term.descending = token_.is(">");
        advance(false);
      }
      term.expression = expression(0);
      node->terms.push_back(std::move(term));
      if (!token_.is(",")) break;
      advance(false);
    }
    expect(")");
    node->nodes.push_back(std::move(left));
    return node;
  }

  Lexer lexer_;
  Token token_;
  std::size_t depth_ = 0;
};

}  // namespace

NodePtr parse(std::string_view text) {
  return build_paths(Parser(text).parse());
}

}  // namespace stepglass::jsonata
