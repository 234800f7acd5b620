#include "engine/model/template.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/support/limits.h"
#include "engine/support/match.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass {
namespace {

/// What one evaluation works on; the same for all nodes of a template.
struct Evaluation {
  const Value& document;
  const Value& input;
  path::Surroundings& surroundings;
  Random& random;

  Result<Value, Failure> evaluate(const TemplateNode& node) const;
  Result<Value, Failure> evaluate(const TemplateObject& object) const;
  Result<Value, Failure> evaluate(const TemplateArray& array) const;
  Result<Value, Failure> evaluate(const DynamicMember& member) const;
  Failure not_found(const path::Query& query, const std::string& field) const;
};

Failure Evaluation::not_found(const path::Query& query, const std::string& field) const {
  const Value& shown = query.root() == path::Query::Root::Document ? document : input;
  return Failure{"States.Runtime",
                 fmt::format("The JSONPath '{}' specified for the field '{}' could not be found in the input '{}'",
                             query.text(), field, to_json(shown))};
}

Result<Value, Failure> Evaluation::evaluate(const DynamicMember& member) const {
  return match(
      member.source,
      [&](const path::Query& query) -> Result<Value, Failure> {
        auto found = query.evaluate(document, surroundings);
        if (found) return std::move(*found);
        // An index on what is no array is told in the words of the path library (recorded).
        if (found.error().kind == path::EvaluationError::Kind::Failed || found.error().not_an_array) {
          return Failure{"States.Runtime", std::move(found.error().message)};
        }
        if (member.indexed) {
          const Value* array = member.indexed->find(document, surroundings);
          if (array && array->is_array()) return Value();
        }
        return not_found(query, member.field);
      },
      [&](const intrinsic::Call& call) { return call.evaluate(document, surroundings, random); });
}

Result<Value, Failure> Evaluation::evaluate(const TemplateObject& object) const {
  if (!surroundings.take_steps(kStepsOfPart * (object.copied.size() + object.dynamic.size()))) return out_of_steps();
  ObjectBuilder builder(object.copied.size() + object.dynamic.size());
  for (const TemplateObject::Copied& member : object.copied) {
    auto value = evaluate(member.node.front());
    if (!value) return std::move(value).error();
    builder.set(member.key, std::move(*value));
  }
  for (const DynamicMember& member : object.dynamic) {
    auto value = evaluate(member);
    if (!value) return std::move(value).error();
    builder.set(member.key, std::move(*value));
  }
  return std::move(builder).build();
}

Result<Value, Failure> Evaluation::evaluate(const TemplateArray& array) const {
  if (!surroundings.take_steps(kStepsOfPart * array.items.size())) return out_of_steps();
  ArrayBuilder builder(array.items.size());
  for (const TemplateNode& item : array.items) {
    auto value = evaluate(item);
    if (!value) return std::move(value).error();
    builder.add(std::move(*value));
  }
  return std::move(builder).build();
}

// Recursion follows the nesting of the definition, which read_json bounds by kMaxDepth.
Result<Value, Failure> Evaluation::evaluate(const TemplateNode& node) const {
  return match(
      node.content, [](const Value& value) -> Result<Value, Failure> { return value; },
      [&](const TemplateObject& object) { return evaluate(object); },
      [&](const TemplateArray& array) { return evaluate(array); });
}

/// java.lang.String.hashCode: over UTF-16 units, in 32 bits that wrap around.
std::uint32_t java_hash(std::string_view text) {
  std::uint32_t hash = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const char32_t code_point = next_code_point(text, offset);
    if (code_point < 0x10000) {
      hash = hash * 31 + code_point;
    } else {
      const std::uint32_t beyond = code_point - 0x10000;
      hash = hash * 31 + (0xD800 + (beyond >> 10));
      hash = hash * 31 + (0xDC00 + (beyond & 0x3FF));
    }
  }
  return hash;
}

}  // namespace

Result<Value, Failure> Template::evaluate(const Value& document, const Value& input, path::Surroundings& surroundings,
                                          Random& random) const {
  return Evaluation{document, input, surroundings, random}.evaluate(root_);
}

std::vector<std::size_t> java_hash_order(const std::vector<std::string>& keys) {
  // java.util.HashMap starts with 16 buckets and doubles as soon as more than three quarters as many keys are in it. A
  // bucket keeps its keys as inserted, and a doubling splits buckets without changing that order.
  std::size_t table = 16;
  while (keys.size() * 4 > table * 3) table *= 2;
  std::vector<std::pair<std::size_t, std::size_t>> order;  // bucket, index
  order.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::uint32_t hash = java_hash(keys[i]);
    order.emplace_back((hash ^ (hash >> 16)) & (table - 1), i);
  }
  sort_stable(order);
  std::vector<std::size_t> indexes;
  indexes.reserve(keys.size());
  for (const auto& entry : order) indexes.push_back(entry.second);
  return indexes;
}

}  // namespace stepglass
