// The conditions of Choice states.
//
// A test of the wrong type is false and never an error; a Variable that is not there is an error for every test but
// IsPresent. And and Or stop as soon as they are decided. Source: spec "Choice state", recorded operator tables.

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "engine/interpreter/data_flow.h"
#include "engine/interpreter/expressions.h"
#include "engine/support/match.h"
#include "engine/support/text.h"

namespace stepglass {
namespace {

bool related(int order, Relation relation) {
  switch (relation) {
    case Relation::Equals:
      return order == 0;
    case Relation::LessThan:
      return order < 0;
    case Relation::GreaterThan:
      return order > 0;
    case Relation::LessThanEquals:
      return order <= 0;
    case Relation::GreaterThanEquals:
      return order >= 0;
  }
  return false;
}

/// Where `wanted` first stands in `text` from `from` on; npos when nowhere. By Knuth, Morris and Pratt, so in time
/// linear in both.
std::size_t find_segment(std::string_view text, std::size_t from, std::string_view wanted) {
  std::vector<std::size_t> border(wanted.size() + 1,
                                  0);  // of each prefix: its longest proper prefix that is its suffix
  for (std::size_t i = 1, k = 0; i < wanted.size(); ++i) {
    while (k > 0 && wanted[i] != wanted[k]) k = border[k];
    if (wanted[i] == wanted[k]) ++k;
    border[i + 1] = k;
  }
  for (std::size_t i = from, k = 0; i < text.size(); ++i) {
    while (k > 0 && text[i] != wanted[k]) k = border[k];
    if (text[i] == wanted[k]) ++k;
    if (k == wanted.size()) return i + 1 - k;
  }
  return wanted.empty() ? from : std::string_view::npos;
}

/// Matches `text` against `pattern`, in which * stands for any characters, a backslash and a star for a star, and two
/// backslashes for one. Nothing when a backslash stands before anything else. The pieces between the stars are looked
/// for one after the other, each as early as it can stand: linear in both.
std::optional<bool> matches_wildcards(std::string_view text, std::string_view pattern) {
  std::vector<std::string> pieces(1);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '*') {
      pieces.emplace_back();
      continue;
    }
    if (pattern[i] == '\\') {
      ++i;
      if (i == pattern.size() || (pattern[i] != '*' && pattern[i] != '\\')) return std::nullopt;
    }
    pieces.back() += pattern[i];
  }
  if (pieces.size() == 1) return text == pieces[0];
  const std::string& first = pieces.front();
  const std::string& last = pieces.back();
  if (text.size() < first.size() + last.size() || !text.starts_with(first) || !text.ends_with(last)) return false;
  text.remove_suffix(last.size());
  std::size_t at = first.size();
  for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
    if (pieces[i].empty()) continue;
    const std::size_t found = find_segment(text, at, pieces[i]);
    if (found == std::string_view::npos) return false;
    at = found + pieces[i].size();
  }
  return true;
}

Failure invalid_variable(const Visit& visit, const path::Query& query) {
  return runtime_failure(visit, fmt::format("Invalid path '{}': The choice state's condition path references an "
                                            "invalid value.",
                                            query.text()));
}

Result<bool, Failure> holds(const Visit& visit, const Comparison& comparison, const Value& selected) {
  if (!visit.surroundings.take_steps(kStepsOfPart)) return out_of_steps();
  // Definite paths, nearly all there are, are followed without making anything.
  Value made;
  const Value* value = nullptr;
  if (comparison.variable.is_definite()) {
    value = comparison.variable.find(selected, visit.surroundings);
  } else if (auto found = comparison.variable.evaluate(selected, visit.surroundings)) {
    made = *std::move(found);
    value = &made;
  }
  const auto expected = [&] { return std::get<Value>(comparison.operand).as_boolean(); };
  if (comparison.test == Test::IsPresent) return (value != nullptr) == expected();
  if (!value) return invalid_variable(visit, comparison.variable);

  Value made_operand;
  const Value* operand = std::get_if<Value>(&comparison.operand);
  if (!operand) {
    const auto& query = std::get<path::Query>(comparison.operand);
    auto found = query.evaluate(selected, visit.surroundings);
    if (!found) return invalid_variable(visit, query);
    made_operand = *std::move(found);
    operand = &made_operand;
  }
  if (value->is_string() && operand->is_string()) {
    const std::size_t bytes = value->as_string().size() + operand->as_string().size();
    if (!visit.surroundings.take_steps(bytes / kBytesOfStep)) return out_of_steps();
  }
  switch (comparison.test) {
    case Test::String:
      return value->is_string() && operand->is_string() &&
             (comparison.relation == Relation::Equals
                  ? value->as_string() == operand->as_string()
                  : related(compare_utf16(value->as_string(), operand->as_string()), comparison.relation));
    case Test::Numeric:
      return value->is_number() && operand->is_number() &&
             related(compare_numbers(*value, *operand), comparison.relation);
    case Test::Boolean:
      return value->is_boolean() && operand->is_boolean() && value->as_boolean() == operand->as_boolean();
    case Test::Timestamp: {
      if (!value->is_string() || !operand->is_string()) return false;
      const auto a = parse_timestamp(value->as_string());
      const auto b = comparison.instant ? comparison.instant : parse_timestamp(operand->as_string());
      if (!a || !b) return false;
      return related(*a < *b ? -1 : *b < *a ? 1 : 0, comparison.relation);
    }
    case Test::StringMatches: {
      if (!value->is_string()) return false;
      const auto matches = matches_wildcards(value->as_string(), operand->as_string());
      if (matches) return *matches;
      // Source: spec, "Choice state". The words are ours.
      return runtime_failure(visit,
                             fmt::format("The StringMatches pattern '{}' has a backslash that is not followed by "
                                         "'*' or '\\'.",
                                         operand->as_string()));
    }
    case Test::IsNull:
      return value->is_null() == expected();
    case Test::IsNumeric:
      return value->is_number() == expected();
    case Test::IsString:
      return value->is_string() == expected();
    case Test::IsBoolean:
      return value->is_boolean() == expected();
    case Test::IsTimestamp:
      return (value->is_string() && parse_timestamp(value->as_string())) == expected();
    case Test::IsPresent:
      break;
  }
  return false;
}

/// Nesting is bounded by that of the document.
Result<bool, Failure> holds(const Visit& visit, const Condition& condition, const Value& selected) {
  using Answer = Result<bool, Failure>;
  return match(
      condition.content, [&](const Comparison& comparison) { return holds(visit, comparison, selected); },
      [&](const And& rule) -> Answer {
        for (const Condition& one : rule.all) {
          auto answer = holds(visit, one, selected);
          if (!answer || !*answer) return answer;
        }
        return true;
      },
      [&](const Or& rule) -> Answer {
        for (const Condition& one : rule.any) {
          auto answer = holds(visit, one, selected);
          if (!answer || *answer) return answer;
        }
        return false;
      },
      [&](const Not& rule) -> Answer {
        auto answer = holds(visit, rule.one.front(), selected);
        if (!answer) return answer;
        return !*answer;
      },
      [&](const JsonataField& jsonata) -> Answer {
        const auto value = evaluate_field(visit, jsonata);
        if (!value) return value.error();
        if (value->is_boolean()) return value->as_boolean();
        return unexpected_type(visit, jsonata, "Condition", "boolean", *value);
      });
}

}  // namespace

Result<const ChoiceRule*, Failure> matching_rule(const Visit& visit, const Choice& choice, const Value& selected) {
  for (const ChoiceRule& rule : choice.choices) {
    auto answer = holds(visit, rule.condition, selected);
    if (!answer) return std::move(answer).error();
    if (*answer) return &rule;
  }
  return nullptr;
}

}  // namespace stepglass
