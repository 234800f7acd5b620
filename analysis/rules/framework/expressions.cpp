#include "analysis/rules/framework/expressions.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "engine/jsonata/function.h"
#include "engine/jsonata/inference.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

using Kind = ExpressionProblem::Kind;

/// From the start of the expression to `units` UTF-16 units behind it; all of the string where it is written with
/// escapes.
Span span_inside(Node at, std::string_view expression, std::size_t units) {
  Span span = at.span();
  const std::string_view text = at.text();
  if (span.end - span.begin != text.size() + 2) return span;
  std::size_t offset = 0;
  for (std::size_t seen = 0; offset < expression.size() && seen < units; ++offset) {
    const auto byte = static_cast<unsigned char>(expression[offset]);
    if ((byte & 0xC0) != 0x80) seen += byte >= 0xF0 ? 2 : 1;
  }
  span.begin += 1 + static_cast<std::uint32_t>(expression.data() - text.data());
  span.end = std::min(span.begin + static_cast<std::uint32_t>(std::max<std::size_t>(offset, 1)), span.end);
  return span;
}

jsonata::Types types_of(ShapeNode::Kind kind) {
  switch (kind) {
    case ShapeNode::Kind::Text:
      return jsonata::type::kString;
    case ShapeNode::Kind::Number:
      return jsonata::type::kNumber;
    case ShapeNode::Kind::Boolean:
      return jsonata::type::kBoolean;
    case ShapeNode::Kind::Null:
      return jsonata::type::kNull;
    case ShapeNode::Kind::Array:
      return jsonata::type::kArray;
    case ShapeNode::Kind::Object:
      return jsonata::type::kObject;
  }
  return jsonata::type::kAnything;
}

/// Answers what paths behind $states find, and remembers the first that finds nothing.
class Paths {
 public:
  explicit Paths(const KnownStates& known) : known_(known) {}

  jsonata::Types types(std::span<const std::string_view> names) {
    constexpr jsonata::Types kUnknown = jsonata::type::kJson | jsonata::type::kNothing;
    const Shape* from = names[0] == "input" ? &known_.input : names[0] == "result" ? &known_.result : nullptr;
    if (!from || !*from) return kUnknown;
    Steps steps;
    for (const std::string_view name : names.subspan(1)) steps.steps.emplace_back(std::string(name));
    const Found found = find_in(*from, steps);
    switch (found.kind) {
      case Found::Kind::Something:
        return found.shape ? types_of(found.shape->kind) : kUnknown;
      case Found::Kind::Missing:
      case Found::Kind::OnScalar: {
        if (missing_.empty()) {
          const std::vector<Steps::Step> before(steps.steps.begin(),
                                                steps.steps.begin() + static_cast<std::ptrdiff_t>(found.depth));
          missing_ = fmt::format("there is no \"{}\" in $states.{}{}",
                                 display_word(std::get<std::string>(steps.steps[found.depth])), names[0],
                                 display_word(steps_text(before)));
          maker_ = found.at->maker;
        }
        return jsonata::type::kNothing;
      }
      case Found::Kind::MaybeMissing:
      case Found::Kind::OnArray:
      case Found::Kind::PastEnd:
        break;
    }
    return kUnknown;
  }

  const std::string& missing() const { return missing_; }
  const State* maker() const { return maker_; }

 private:
  const KnownStates& known_;
  std::string missing_;
  const State* maker_ = nullptr;
};

std::string function_help(std::string_view name) {
  std::vector<std::string_view> names;
  for (const jsonata::Function* function : jsonata::functions()) names.push_back(function->name);
  if (const auto near = nearest(name, names)) return fmt::format("did you mean \"${}\"?", *near);
  return "call a function of JSONata or of Step Functions, or one that the expression itself defines";
}

ExpressionProblem from_mistake(const jsonata::Mistake& mistake, Node at, std::string_view expression) {
  const jsonata::Error& error = mistake.error;
  ExpressionProblem problem{.kind = Kind::Fails,
                            .span = span_inside(at, expression, error.position),
                            .message = {},
                            .always = mistake.always};
  const std::string_view fails =
      mistake.always ? "the expression fails" : "the expression fails where it comes to this";
  if (error.code == "T1006" && error.token) {
    if (*error.token == "eval") {
      problem.kind = Kind::Forbidden;
      problem.message = "the service has no \"$eval\"";
      problem.help = "write the expression out, or read JSON text with $parse";
      return problem;
    }
    problem.message = fmt::format("{}: \"${}\" is no function", fails, display_word(*error.token));
    problem.help = function_help(*error.token);
    return problem;
  }
  problem.message = fmt::format("{}: {}", fails, display_word(error.message));
  return problem;
}

/// What a field takes. Source: recorded, "returned an unexpected result type".
jsonata::Types wanted_in(std::string_view field) {
  for (const std::string_view number : {"HeartbeatSeconds", "MaxConcurrency", "Seconds", "TimeoutSeconds",
                                        "ToleratedFailureCount", "ToleratedFailurePercentage"}) {
    if (field == number) return jsonata::type::kNumber;
  }
  if (field == "Cause" || field == "Error" || field == "Timestamp") return jsonata::type::kString;
  // A distributed Map goes through the members of objects, too.
  if (field == "Items") return jsonata::type::kArray | jsonata::type::kObject;
  return jsonata::type::kAnything;
}

std::string types_text(jsonata::Types types) {
  using namespace jsonata::type;
  for (const auto& [type, words] : {std::pair(kString, "a string"),
                                    {kNumber, "a number"},
                                    {kNull, "null"},
                                    {kArray, "an array"},
                                    {kObject, "an object"},
                                    {kBoolean, "a boolean"},
                                    {kArray | kObject, "an array"},
                                    {kFunction, "a function"}}) {
    if (types == type) return words;
  }
  return "something else";
}

}  // namespace

std::optional<ShapeNode::Kind> certain_type(std::string_view expression) {
  const auto compiled = jsonata::Expression::compile(trimmed(expression), jsonata::Dialect::States);
  if (!compiled) return std::nullopt;
  const jsonata::Types types = jsonata::infer(*compiled).types & ~jsonata::type::kNothing;
  for (const ShapeNode::Kind kind : {ShapeNode::Kind::Text, ShapeNode::Kind::Number, ShapeNode::Kind::Boolean,
                                     ShapeNode::Kind::Null, ShapeNode::Kind::Array, ShapeNode::Kind::Object}) {
    if (types == types_of(kind)) return kind;
  }
  return std::nullopt;
}

std::vector<ExpressionProblem> find_expression_problems(std::string_view expression, Node at,
                                                        const KnownStates& known) {
  std::vector<ExpressionProblem> problems;
  expression = trimmed(expression);
  const auto compiled = jsonata::Expression::compile(expression, jsonata::Dialect::States);
  if (!compiled) return problems;
  Paths paths(known);
  const jsonata::Inference inferred =
      jsonata::infer(*compiled, [&](std::span<const std::string_view> names) { return paths.types(names); });
  bool fails = false;
  for (const jsonata::Mistake& mistake : inferred.mistakes) {
    fails = fails || mistake.always;
    problems.push_back(from_mistake(mistake, at, expression));
  }
  if (fails) return problems;
  if (inferred.types == jsonata::type::kNothing) {
    ExpressionProblem problem{.kind = Kind::GivesNothing, .span = at.span(), .message = "the expression gives nothing"};
    if (!paths.missing().empty()) problem.message += ": " + paths.missing();
    problem.help = "give it a value for this case, such as with ?: or $exists, or name what is there";
    problem.maker = paths.maker();
    problems.push_back(std::move(problem));
    return problems;
  }
  const jsonata::Types given = inferred.types & ~jsonata::type::kNothing;
  if (given == jsonata::type::kFunction) {
    problems.push_back({.kind = Kind::Fails,
                        .span = at.span(),
                        .message = "the expression gives a function, which is no JSON",
                        .help = "call it, or give what it is about"});
  } else if (known.field == "Condition" && !(given & jsonata::type::kBoolean)) {
    problems.push_back({.kind = Kind::NotBoolean,
                        .span = at.span(),
                        .message = fmt::format("the condition is {}, never true or false", types_text(given)),
                        .help = "compare it with something, or ask with $exists or $boolean"});
  } else if (const jsonata::Types wanted = wanted_in(known.field); !(given & wanted)) {
    problems.push_back({.kind = Kind::Fails,
                        .span = at.span(),
                        .message = fmt::format("the expression gives {}, but \"{}\" takes {}", types_text(given),
                                               known.field, types_text(wanted)),
                        .help = fmt::format("give it {}", types_text(wanted))});
  }
  return problems;
}

}  // namespace stepglass::analysis
