#include "analysis/api/validate.h"

#include <fmt/format.h>

#include "engine/support/limits.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

/// A machine with `count` errors, one warning and a state that is in order.
std::string machine(int count) {
  std::string states = R"("A":{"Type":"Pass","Parameters":{"a":"$.x"},"Next":"S0"})";
  for (int i = 0; i < count; ++i) {
    states += fmt::format(R"(,"S{}":{{"Type":"Wait","Seconds":-1,"Next":"S{}"}})", i, i + 1);
  }
  return fmt::format(R"({{"StartAt":"A","States":{{{},"S{}":{{"Type":"Succeed"}}}}}})", states, count);
}

}  // namespace

TEST_CASE("a valid definition is OK, also with warnings", "[api]") {
  const ValidateResponse errors = *validate({.definition_text = machine(0)});
  CHECK(errors.ok);
  CHECK(errors.diagnostics.empty());
  CHECK_FALSE(errors.truncated);
  const ValidateResponse all = *validate({.definition_text = machine(0), .least = Severity::Warning});
  CHECK(all.ok);
  REQUIRE(all.diagnostics.size() == 1);
  CHECK(all.diagnostics[0].code == "NO_DOLLAR");
}

TEST_CASE("at most max_results diagnostics come back, 100 by default", "[api]") {
  struct Case {
    int errors;
    int max_results;
    std::size_t given;
    bool truncated;
  };
  for (const Case& c :
       {Case{99, 100, 99, false}, Case{100, 100, 100, false}, Case{101, 100, 100, true}, Case{100, 0, 100, false},
        Case{101, 0, 100, true}, Case{3, 1, 1, true}, Case{1, 1, 1, false}, Case{101, 1000, 100, true}}) {
    const ValidateResponse response = *validate({.definition_text = machine(c.errors), .max_results = c.max_results});
    CHECK_FALSE(response.ok);
    CHECK(response.diagnostics.size() == c.given);
    CHECK(response.truncated == c.truncated);
  }
}

TEST_CASE("a definition above a megabyte is refused unread", "[api]") {
  const auto of_size = [](std::size_t size) {
    std::string text = machine(0);
    text.append(size - text.size(), ' ');
    return text;
  };
  CHECK(validate({.definition_text = of_size(kMaxDefinitionBytes)}).has_value());
  CHECK_FALSE(create(of_size(kMaxDefinitionBytes), MachineType::Standard));
  const std::string message =
      "1 validation error detected: Value at 'definition' failed to satisfy constraint: Member must have length less "
      "than or equal to 1048576";
  const auto refused = validate({.definition_text = of_size(kMaxDefinitionBytes + 1)});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "ValidationException");
  CHECK(refused.error().message == message);
  CHECK(create(of_size(kMaxDefinitionBytes + 1), MachineType::Standard)->message == message);
}

TEST_CASE("a definition that the service refuses fails to be created", "[api]") {
  CHECK_FALSE(create(machine(0), MachineType::Standard));
  struct Case {
    const char* definition;
    const char* message;
  };
  for (const Case& c : {
           Case{R"({"StartAt":"S"})",
                "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at "
                "/'"},
           Case{R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"}}})",
                "Invalid State Machine Definition: 'MISSING_END_STATE: Workflow has no terminal state at null'"},
           Case{R"({"StartAt":"pass1","States":{"pass1":{"Type":"Pass","Next":"pass3"},)"
                R"("pass2":{"Type":"Pass","End":true}}})",
                "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: pass3 at "
                "/States/pass1/Next, MISSING_TRANSITION_TARGET: State \"pass2\" is not reachable. at /States/pass2'"},
           Case{"",
                "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON "
                "object at null'"},
       }) {
    INFO(c.definition);
    const auto error = create(c.definition, MachineType::Standard);
    REQUIRE(error);
    CHECK(error->code == "InvalidDefinition");
    CHECK(error->message == c.message);
    CHECK_FALSE(error->diagnostics.empty());
  }
}

}  // namespace stepglass::analysis
