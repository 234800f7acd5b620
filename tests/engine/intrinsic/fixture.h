#pragma once
// Evaluates calls in tests, from and to JSON text.

#include <string>
#include <string_view>

#include "engine/document/document.h"
#include "engine/intrinsic/intrinsic.h"
#include "engine/value/print.h"
#include "engine/support/limits.h"
#include "tests/support/catch.h"

namespace stepglass::intrinsic {

inline Value json(std::string_view text) {
  auto value = read_value(text);
  REQUIRE(value);
  return *value;
}

/// A context object and variables made of JSON objects.
class TestSurroundings : public path::Surroundings {
 public:
  explicit TestSurroundings(std::string_view context = "{}", std::string_view variables = "{}")
      : context_(json(context)), variables_(json(variables)) {}
  const Value& context() override { return context_; }
  const Value* variable(std::string_view name) override { return variables_.find(name); }
  std::uint64_t& steps_left() override { return steps; }

  std::uint64_t steps = kMaxRunSteps;

 private:
  Value context_, variables_;
};

inline Result<Value, Failure> evaluate(std::string_view text, const Value& document) {
  const auto call = Call::parse(text);
  INFO(text.substr(0, 200));
  if (!call) FAIL(call.error().message);
  TestSurroundings surroundings(R"({"Execution":{"Name":"run-1"}})", R"({"v":{"a":7},"t":"It's {}!"})");
  Random random(0);
  return call->evaluate(document, surroundings, random);
}

/// The result as JSON, or the error's name and cause.
inline std::string run(std::string_view text, std::string_view input = "{}") {
  const auto result = evaluate(text, json(input));
  if (result) return to_json(*result);
  return *result.error().error + ": " + *result.error().cause;
}

/// What run() gives when a function refuses its arguments.
inline std::string refused(std::string_view text, std::string_view function) {
  return "States.Runtime: There was an error while evaluating the intrinsic function: " + std::string(text) +
         ". Invalid arguments in " + std::string(function);
}

/// What is wrong with a text that is no call, with its place.
inline std::string syntax_error(std::string_view text) {
  const auto call = Call::parse(text);
  if (call) return "";
  return std::to_string(call.error().offset) + ": " + call.error().message;
}

}  // namespace stepglass::intrinsic
