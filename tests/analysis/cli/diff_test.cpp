// stepglass diff: files, commits and machines of templates.

#include <fstream>
#include <string>

#include <fmt/format.h>

#include "tests/analysis/cli/program.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::cli;

TEST_CASE("diff: what became of a definition, of a file and of a commit", "[cli]") {
  std::ofstream(folder() / "later.json") << R"({"StartAt": "Pay", "States": {
    "Pay": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Pay", "TimeoutSeconds": 9, "Next": "Wait"},
    "Wait": {"Type": "Wait", "Seconds": 1, "Next": "End"}, "End": {"Type": "Succeed"}}})";
  const Called same = call("diff task.json task.json");
  CHECK(same.status == 0);
  CHECK(same.out == "nothing has changed\n");
  const Called later = call("diff task.json later.json");
  CHECK(later.status == 1);
  CHECK(later.out ==
        "later  1 state added, 1 changed\n"
        "~ Pay   Task\n"
        "    TimeoutSeconds  (none) → 9\n"
        "    Next            \"End\" → \"Wait\"\n"
        "+ Wait  Wait\n"
        "  cost  2 → 3 transitions, $50.00 → $75.00 a month\n"
        "        new Wait \"Wait\": +1\n");
  CHECK(call("diff task.json later.json --format markdown").out.starts_with("**later**: 1 state added, 1 changed; 2 → 3 transitions"));
  CHECK(call("diff task.json later.json --format json").out.starts_with(R"({"version":1,"machines":[)"));
  std::ofstream(folder() / "renamed.json") << R"({"StartAt": "Pay", "States": {
    "Pay": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Pay", "Next": "Stop"}, "Stop": {"Type": "Succeed"}}})";
  CHECK(call("diff task.json renamed.json").out ==
        "renamed  1 state renamed, 1 changed\n"
        "~ Pay   Task\n"
        "    Next  \"End\" → \"Stop\"\n"
        "> Stop  Succeed, was \"End\"\n");
  CHECK(call("diff task.json missing.json").status == 2);
  std::ofstream(folder() / "list.asl.json") << "[1]";
  const Called unreadable = call("diff task.json list.asl.json");
  CHECK(unreadable.status == 2);
  CHECK(unreadable.err.starts_with("error: list.asl.json, a definition is an object"));
  CHECK(call("diff git:HEAD -").status == 2);
  const std::string repository = "mkdir -p committed && cd committed && git init -q . && cp ../task.json a.json && git add . && "
                                 "git -c user.name=a -c user.email=a@b commit -qm a && cp ../later.json a.json && ";
  CHECK(call("diff git:HEAD a.json", repository).out.starts_with("a  1 state added, 1 changed\n"));
}

TEST_CASE("diff: machines of templates are compared with their types, their definitions wherever they are", "[cli]") {
  const auto sam = [](const char* name, const char* definition, const char* type) {
    std::ofstream(folder() / name) << "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  M:\n    Type: "
                                      "AWS::Serverless::StateMachine\n    Properties:\n      Type: "
                                   << type << "\n      DefinitionUri: " << definition << '\n';
  };
  sam("t0.yaml", "pass.json", "STANDARD");
  sam("t1.yaml", "task.json", "EXPRESS");
  sam("t2.yaml", "s3://bucket/key", "STANDARD");
  sam("t3.yaml", "../../etc/hostname", "STANDARD");
  CHECK(call("diff t0.yaml pass.json").status == 0);
  const Called changed = call("diff t0.yaml t1.yaml");
  CHECK(changed.status == 1);
  CHECK(changed.out.find("  type of the machine  \"STANDARD\" → \"EXPRESS\"\n") != std::string::npos);
  for (const char* other : {"t2.yaml", "t3.yaml"}) {
    const Called unread = call(std::string("diff t0.yaml ") + other);
    CHECK(unread.status == 2);
    CHECK(unread.out.starts_with("M  was not compared: "));
  }
  CHECK(call("diff - - </dev/null").status == 2);
  CHECK(call("diff task.json - <pass.json").out.starts_with("1 state added, 2 removed\n"));
  std::ofstream(folder() / "none.yaml") << "a: 1\n";
  CHECK(call("diff none.yaml task.json").status == 2);
}

TEST_CASE("diff: of long values the part is shown where they differ", "[cli]") {
  for (const char version : {'1', '2'}) {
    std::ofstream(folder() / fmt::format("long{}.json", version))
        << R"({"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:)"
        << std::string(80, 'n') << ":v" << version << R"(", "End": true}}})";
  }
  const std::string out = call("diff long1.json long2.json").out;
  CHECK(out.find("- …nnnnnnnnnn:v1\"") != std::string::npos);
  CHECK(out.find("+ …nnnnnnnnnn:v2\"") != std::string::npos);
}
