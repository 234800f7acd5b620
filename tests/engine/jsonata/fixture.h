#pragma once
// Expressions as tables: a row is an expression and the text of what it gives.

#include <cstdint>
#include <ctime>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/document/document.h"
#include "engine/jsonata/inference.h"
#include "engine/jsonata/jsonata.h"
#include "engine/value/print.h"
#include "engine/value/value.h"
#include "tests/support/catch.h"
#include "tests/support/sanitized.h"

namespace stepglass::jsonata {

/// The world of the tests: seed 0, the first moment of 2025, and the variables that a test sets.
class TestEnvironment : public Environment {
 public:
  const Value* variable(std::string_view name) override {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : &found->second;
  }
  Random& random() override { return random_; }
  std::int64_t now_ms() override { return 1'735'689'600'000; }

  std::map<std::string, Value, std::less<>> variables;

 private:
  Random random_{0};
};

inline Value json(std::string_view text) {
  auto value = read_value(text);
  INFO(text);
  REQUIRE(value);
  return *std::move(value);
}

/// What is inferred of an expression has to be so of each of its results.
inline void check_inference(const Expression& expression, const std::optional<Value>& result) {
  const Inference inferred = infer(expression);
  INFO(expression.text());
  for (const Mistake& mistake : inferred.mistakes) {
    INFO(mistake.error.message);
    CHECK_FALSE(mistake.always);
  }
  const Types type = !result                ? type::kNothing
                     : result->is_array()   ? type::kArray
                     : result->is_object()  ? type::kObject
                     : result->is_string()  ? type::kString
                     : result->is_number()  ? type::kNumber
                     : result->is_boolean() ? type::kBoolean
                     : result->is_opaque()  ? type::kFunction
                                            : type::kNull;
  CHECK((inferred.types & type) != 0);
}

/// What `expression` gives for `input`, which is JSON: compact JSON, "undefined", "function", or
/// "error CODE" — with the message where there is no code.
inline std::string evaluated(std::string_view expression, std::string_view input = "null",
                             Dialect dialect = Dialect::Standard, Budget budget = {}) {
  const auto failed = [](const Error& error) { return "error " + (error.code.empty() ? error.message : error.code); };
  const auto compiled = Expression::compile(expression, dialect);
  if (!compiled) return failed(compiled.error());
  TestEnvironment environment;
  const Value value = json(input);
  const auto result = compiled->evaluate(dialect == Dialect::States ? nullptr : &value, environment, budget);
  if (!result) return failed(result.error());
  check_inference(*compiled, *result);
  if (!*result) return "undefined";
  if ((*result)->has_opaque()) return "function";
  return to_json(**result, NumberStyle::ECMAScript);
}

/// Milliseconds of the processor that are "at once"; checked builds take several times as long.
#ifdef STEPGLASS_SANITIZED
inline constexpr double kAtOnceMs = 4'000;
#else
inline constexpr double kAtOnceMs = 1'000;
#endif

/// Milliseconds of the processor that `call` takes: what else the machine does is left out.
template <typename Call>
double milliseconds(Call call) {
  const std::clock_t start = std::clock();
  call();
  return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

}  // namespace stepglass::jsonata
