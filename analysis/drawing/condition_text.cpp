#include "analysis/drawing/condition_text.h"

#include "engine/support/match.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

std::string_view relation_text(Relation relation) {
  switch (relation) {
    case Relation::Equals:
      return "=";
    case Relation::LessThan:
      return "<";
    case Relation::GreaterThan:
      return ">";
    case Relation::LessThanEquals:
      return "≤";
    case Relation::GreaterThanEquals:
      return "≥";
  }
  return "=";
}

std::string_view kind_text(Test test) {
  switch (test) {
    case Test::IsNull:
      return "null";
    case Test::IsPresent:
      return "present";
    case Test::IsNumeric:
      return "a number";
    case Test::IsString:
      return "a string";
    case Test::IsBoolean:
      return "a boolean";
    case Test::IsTimestamp:
      return "a timestamp";
    default:
      return {};
  }
}

std::string comparison_text(const Comparison& comparison) {
  const std::string variable(comparison.variable.text());
  const auto* literal = std::get_if<Value>(&comparison.operand);
  const std::string operand =
      literal ? to_json(*literal) : std::string(std::get<path::Query>(comparison.operand).text());
  if (const std::string_view kind = kind_text(comparison.test); !kind.empty()) {
    const bool holds = !literal || !literal->is_boolean() || literal->as_boolean();
    return fmt::format("{} {} {}", variable, holds ? "is" : "is not", kind);
  }
  if (comparison.test == Test::StringMatches) return fmt::format("{} matches {}", variable, operand);
  // A boolean that has to be true says itself.
  if (comparison.test == Test::Boolean && literal && literal->is_boolean()) {
    return literal->as_boolean() ? variable : "not " + variable;
  }
  return fmt::format("{} {} {}", variable, relation_text(comparison.relation), operand);
}

std::string text_of(const Condition& condition, bool inside);

std::string joined(const std::vector<Condition>& conditions, std::string_view word, bool inside) {
  std::string text;
  for (const Condition& one : conditions) {
    if (!text.empty()) text += fmt::format(" {} ", word);
    text += text_of(one, conditions.size() > 1);
  }
  return inside && conditions.size() > 1 ? "(" + text + ")" : text;
}

/// `inside`: as a part of another. Recursion follows the nesting of the definition, which reading bounds.
std::string text_of(const Condition& condition, bool inside) {
  return match(
      condition.content, [](const Comparison& comparison) { return comparison_text(comparison); },
      [&](const And& all) { return joined(all.all, "and", inside); },
      [&](const Or& any) { return joined(any.any, "or", inside); },
      [&](const Not& no) {
        return no.one.empty() ? std::string("not") : fmt::format("not ({})", text_of(no.one[0], false));
      },
      [](const JsonataField& field) {
        std::string_view text = field.written.is_string() ? field.written.as_string() : std::string_view();
        if (text.starts_with("{%")) text.remove_prefix(2);
        if (text.ends_with("%}")) text.remove_suffix(2);
        return std::string(trimmed(text));
      });
}

}  // namespace

std::string condition_text(const Condition& condition) {
  return display_word(text_of(condition, false));
}

}  // namespace stepglass::analysis
