#include "analysis/api/call.h"
#include "tests/support/catch.h"

using namespace stepglass::analysis;

TEST_CASE("the op lint tells each finding with code, place and help", "[api]") {
  CHECK(
      call(R"({"op": "lint", "text": "{\"StartAt\": \"A\",\n \"States\": {\"A\": {\"Type\": \"Pass\"}}}"})") ==
      R"({"ok":true,"result":{"diagnostics":[{"code":"ASL123","name":"missing-transition","severity":"error",)"
      R"("message":"state \"A\" has neither \"Next\" nor \"End\": true","help":"name the next state, or write \"End\": true",)"
      R"("range":{"start":{"line":2,"column":13,"offset":29},"end":{"line":2,"column":16,"offset":32}},)"
      R"("pointer":"/States/A","machine":"","related":[],"fixes":[{"title":"add \"End\": true",)"
      R"("range":{"start":{"line":2,"column":33,"offset":49},"end":{"line":2,"column":33,"offset":49}},)"
      R"("replacement":", \"End\": true","safe":false}],"aws_code":"SCHEMA_VALIDATION_FAILED"}]}})");
}

TEST_CASE("the op lint tells what is wrong in a template around its definitions", "[api]") {
  const auto found = [](const std::string& text) {
    return call(R"({"op": "lint", "filename": "template.yaml", "text": ")" + text + "\"}");
  };
  const std::string machine = "M:\\n  Type: AWS::StepFunctions::StateMachine\\n";
  CHECK(found("Resources:\\n bad: [\\n" + machine).find("yaml-syntax") != std::string::npos);
  CHECK(found("Resources:\\n  A: 1\\n  A: 2\\n  " + machine).find("duplicate-key") != std::string::npos);
}

TEST_CASE("the op lint finds nothing in a sound definition", "[api]") {
  CHECK(call(R"({"op": "lint", "text": "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}"})") ==
        R"({"ok":true,"result":{"diagnostics":[]}})");
}

TEST_CASE("the op lint selects and ignores rules by name, code and beginning of code", "[api]") {
  const auto found = [](const char* options) {
    return call(std::string(
                    R"({"op": "lint", "text": "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\"}}}")") +
                options + "}")
               .find("missing-transition") != std::string::npos;
  };
  CHECK(found(""));
  CHECK(found(R"(, "select": ["missing-transition"])"));
  CHECK(found(R"(, "select": ["ASL1"])"));
  CHECK(found(R"(, "select": ["all"])"));
  CHECK_FALSE(found(R"(, "select": ["ASL2"])"));
  CHECK_FALSE(found(R"(, "ignore": ["missing-transition"])"));
  CHECK_FALSE(found(R"(, "ignore": ["ASL123"])"));
  CHECK_FALSE(found(R"(, "select": ["all"], "ignore": ["ASL1"])"));
}

TEST_CASE("the op lint refuses what it cannot know", "[api]") {
  CHECK(call(R"({"op": "lint", "text": "{}", "select": ["no-such-rule"]})")
            .find("no rule is named \\\"no-such-rule\\\"") != std::string::npos);
  CHECK(call(R"({"op": "lint", "text": "{}", "select": "all"})").find("is a list of strings") != std::string::npos);
  CHECK(call(R"({"op": "lint"})").find("\\\"text\\\" is missing") != std::string::npos);
}

TEST_CASE("the name of the file decides whether it is YAML", "[api]") {
  const auto lint = [](const char* filename) {
    return call(std::string(R"({"op": "lint", "text": "StartAt: A\nStates:\n  A: {Type: Pass}\n", "filename": ")") +
                filename + "\"}");
  };
  for (const char* name : {"a.asl.yaml", "a.yml", "a.asl"}) {
    CHECK(lint(name).find(R"("name":"missing-transition")") != std::string::npos);
  }
  CHECK(lint("a.asl.json").find(R"("name":"json-syntax")") != std::string::npos);
}
