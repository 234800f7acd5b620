// stepglass lint, list, rules and explain: what they find in files and folders, what they write, and how it ends.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "tests/analysis/cli/program.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::cli;

TEST_CASE("lint: the exit status says whether something was found", "[cli]") {
  struct Row {
    std::string arguments;
    int status;
    std::string last;
    std::string error;
  };
  const std::vector<Row> rows = {
      {"lint pass.json", 0, "checked 1 file: nothing found", ""},
      {"lint broken.json pass.json", 1, "checked 2 files: 2 errors, 0 warnings", ""},
      {"lint --fail-on never broken.json", 0, "checked 1 file: 2 errors, 0 warnings", ""},
      {"lint --severity unknown-field=warning --ignore missing-transition --fail-on error broken.json", 0,
       "checked 1 file: 0 errors, 1 warning", ""},
      {"lint --select ASL2 broken.json", 0, "checked 1 file: nothing found", ""},
      {"lint no-such-file.json pass.json", 2, "checked 1 file: nothing found", "no-such-file.json"},
      {"lint --select unknown-fied pass.json", 2, "", "did you mean \"unknown-field\"?"},
      {"lint --severity unknown-field=loud pass.json", 2, "", "--severity takes"},
      {"lint --fail-on sometimes pass.json", 2, "", "--fail-on is"},
      {"lint -o xml pass.json", 2, "", "--output-format is one of text"},
      {"lint --report sarif pass.json", 2, "", "--report takes FORMAT=PATH"},
      {"lint --statistics broken.json", 1, "     1  ASL123  missing-transition", ""},
      {"explain no-such-rule", 2, "", "no rule is named"},
  };
  for (const Row& row : rows) {
    INFO(row.arguments);
    const Called called = call(row.arguments);
    INFO(called.out << called.err);
    CHECK(called.status == row.status);
    CHECK(last_line(called.out) == row.last);
    CHECK(called.err.find(row.error) != std::string::npos);
  }
}

TEST_CASE("lint: standard input has a name, lists of files are read, reports go into files", "[cli]") {
  const Called named = call("lint -o concise --stdin-filename flow.asl.yaml -", "printf 'StartAt: A' |");
  CHECK(named.status == 1);
  CHECK(named.out.starts_with("flow.asl.yaml:1:1: error[ASL116] missing-states: "));
  const Called listed =
      call("lint -o concise --files-from - --report json=lint.json", "printf 'broken.json\\npass.json\\n' |");
  CHECK(listed.status == 1);
  CHECK(content(folder() / "lint.json").find("\"summary\":{\"files\":2,\"errors\":2") != std::string::npos);
}

TEST_CASE("lint: a baseline keeps quiet about what it knows", "[cli]") {
  CHECK(call("lint --update-baseline broken.json").err.find("--baseline FILE") != std::string::npos);
  const Called made = call("lint --baseline known.json --update-baseline broken.json");
  CHECK(made.status == 0);
  CHECK(made.out == "known.json: 2 findings\n");
  const Called quiet = call("lint --baseline known.json broken.json");
  CHECK(quiet.status == 0);
  CHECK(last_line(quiet.out) == "checked 1 file: 0 errors, 0 warnings (2 suppressed)");
  const auto write = [](const char* file, std::string_view text) { std::ofstream(folder() / file) << text; };
  write("grown.json", "{\"StartAt\": \"A\",\n  \"States\": {\"A\": {\"Type\": \"Pass\", \"End\": true, \"Foo\": 1}}}");
  write("of_grown.json", R"({"version": 1, "files": {"grown.json": ["ASL123::/States/A:0"]}})");
  const Called grown = call("lint --baseline of_grown.json grown.json");
  CHECK(grown.status == 1);
  CHECK(grown.err.find("1 of the findings in \"of_grown.json\" is gone") != std::string::npos);
  write("no_baseline.json", R"({"files": {"a": [1]}})");
  const Called refused = call("lint --baseline no_baseline.json broken.json");
  CHECK(refused.status == 2);
  CHECK(refused.err.starts_with("error: no_baseline.json:1:18: a finding is a text"));
}

TEST_CASE("lint: a baseline names files by their way from its own folder", "[cli]") {
  const auto root = folder() / "known";
  std::filesystem::create_directories(root / "sub");
  const auto write = [&](const std::string& file, std::string_view text) { std::ofstream(root / file) << text; };
  const std::string broken = "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\"}}}";
  write(".stepglass.json", R"({"lint": {"baseline": "known.json"}, "paths": {"sub/c.*": {"ignore": ["all"]}}})");
  for (const char* file : {"a.asl.json", "sub/b.asl.json", "sub/c.asl.json", "sub/\xFF.asl.json"}) write(file, broken);
  const auto lint = [&](const std::string& arguments, const std::string& at) {
    return call("lint " + arguments, "cd '" + (root / at).string() + "' &&");
  };
  CHECK(lint("--update-baseline .", ".").out.find("known.json: 3 findings") != std::string::npos);
  CHECK(lint(".", ".").status == 0);
  CHECK(lint(".", "sub").status == 0);
  CHECK(lint("'" + (root / "a.asl.json").string() + "'", "sub").status == 0);
  // What is not looked at stays known.
  write("sub/b.asl.json", "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}");
  CHECK(lint("--update-baseline b.asl.json", "sub").out.find("2 findings") != std::string::npos);
  CHECK(lint(".", ".").status == 0);
  // However the configuration is named, its paths are below its own folder.
  CHECK(last_line(lint("--config ../.stepglass.json c.asl.json", "sub").out) ==
        "checked 1 file: 0 errors, 0 warnings (1 suppressed)");
}

TEST_CASE("lint: nothing is written through a link that lies in the repository", "[cli][hostile]") {
  const auto root = folder() / "hostile";
  std::filesystem::create_directories(root);
  const auto write = [&](const char* file, std::string_view text) { std::ofstream(root / file) << text; };
  std::ofstream(folder() / "victim") << "precious";
  const std::string mendable = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\",\"End\":true}}}";
  write("a.asl.json", mendable);
  std::filesystem::permissions(root / "a.asl.json", std::filesystem::perms(0640));
  std::filesystem::create_symlink("../victim", root / "a.asl.json.stepglass");
  std::filesystem::create_symlink("../victim", root / "known.json");
  const auto lint = [&](const std::string& arguments) { return call("lint " + arguments, "cd '" + root.string() + "' &&"); };
  CHECK(lint("--isolated --fix a.asl.json").err == "mended 1 finding\n");
  CHECK(content(root / "a.asl.json").find("End") == std::string::npos);
  CHECK(std::filesystem::status(root / "a.asl.json").permissions() == std::filesystem::perms(0640));
  write(".stepglass.json", R"({"lint": {"baseline": "known.json"}})");
  const Called refused = lint("--update-baseline a.asl.json");
  CHECK(refused.status == 2);
  CHECK(refused.err.find("outside of the folder") != std::string::npos);
  // A link to nowhere is replaced, not followed.
  std::filesystem::remove(root / "known.json");
  std::filesystem::create_symlink("../made", root / "known.json");
  lint("--update-baseline a.asl.json");
  CHECK_FALSE(std::filesystem::exists(folder() / "made"));
  CHECK(content(folder() / "victim") == "precious");
}

TEST_CASE("lint: files that a template names are read, however its folder is written", "[cli]") {
  const auto root = folder() / "beside";
  std::filesystem::create_directories(root / "infra");
  std::filesystem::create_directories(root / "sm");
  std::ofstream(root / "infra/template.yaml")
      << "Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      DefinitionUri: ../sm/m.json\n";
  std::ofstream(root / "sm/m.json") << R"({"StartAt": "A", "States": {"A": {"Type": "Pass"}}})";
  for (const std::string& path : {std::string("infra"), "'" + (root / "infra").string() + "'"}) {
    const Called called = call("lint --isolated -o concise " + path, "cd '" + root.string() + "' &&");
    CHECK(called.status == 1);
    CHECK(called.out.find("m.json:1:29: error[ASL123] missing-transition") != std::string::npos);
  }
}

TEST_CASE("lint: a named file that holds other things is no broken definition", "[cli]") {
  const auto write = [](const char* file, std::string_view text) { std::ofstream(folder() / file) << text; };
  write("template.yaml", "Resources:\n  F:\n    Type: AWS::Serverless::Function\n");
  write("package.json", R"({"name": "a", "version": "1.0.0"})");
  write("serverless.yml", "service: a\nprovider: {name: aws}\n");
  write("plain.tf", "resource \"aws_sqs_queue\" \"q\" {}\n");
  const Called called = call("lint --isolated template.yaml package.json serverless.yml plain.tf");
  CHECK(called.status == 0);
  CHECK(last_line(called.out) == "checked 4 files: nothing found");
  write("half.json", R"({"StartAt": "A"})");
  CHECK(call("lint --isolated half.json").status == 1);
}

TEST_CASE("lint: --since looks at what has changed since a commit", "[cli]") {
  const auto checkout = folder() / "checkout";
  std::filesystem::create_directories(checkout);
  const auto write = [&](const char* file, std::string_view text) { std::ofstream(checkout / file) << text; };
  write("old.asl.json", "{}");
  write("edited.asl.json", "{}");
  const auto git = [&](const std::string& words) {
    return std::system(
        ("git -C '" + checkout.string() + "' -c user.name=a -c user.email=a@b " + words + " >/dev/null 2>&1").c_str());
  };
  if (git("init") != 0) return;  // no git here
  REQUIRE(git("add .") == 0);
  REQUIRE(git("commit -m first") == 0);
  write("edited.asl.json", "{ }");
  write("new.asl.json", "{}");
  const auto names = [](const std::string& out) {
    std::string found;
    for (const char* name : {"old", "edited", "new"}) {
      if (out.find(std::string(name) + ".asl.json") != std::string::npos) found += std::string(name) + " ";
    }
    return found;
  };
  CHECK(names(call("lint -o concise checkout").out) == "old edited new ");
  CHECK(names(call("'lint' -o concise --since HEAD .", "cd checkout &&").out) == "edited new ");
  CHECK(call("lint --since nowhere .", "cd checkout &&").err == "error: git knows no commit \"nowhere\"\n");
  CHECK(call("lint --since --upload-pack=x .", "cd checkout &&").status == 2);
}

TEST_CASE("lint: --fix mends files, --diff shows what it would", "[cli]") {
  const auto write = [](const char* file, std::string_view text) { std::ofstream(folder() / file) << text; };
  const std::string text = R"({
  "StartAt": "a",
  "States": {
    "A": {"Type": "Map", "Iterator": {"StartAt": "I", "States": {"I": {"Type": "pass", "End": true}}}, "Next": "B"},
    "B": {"Type": "Succeed", "End": true},
    "C": {"Type": "Succeed"}
  }
}
)";
  write("mend.asl.json", text);
  const Called diff = call("lint --select all --diff mend.asl.json");
  CHECK(diff.status == 1);
  CHECK(diff.out == R"(--- mend.asl.json
+++ mend.asl.json
@@ -1,8 +1,8 @@
 {
-  "StartAt": "a",
+  "StartAt": "A",
   "States": {
-    "A": {"Type": "Map", "Iterator": {"StartAt": "I", "States": {"I": {"Type": "pass", "End": true}}}, "Next": "B"},
-    "B": {"Type": "Succeed", "End": true},
+    "A": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "Next": "B"},
+    "B": {"Type": "Succeed"},
     "C": {"Type": "Succeed"}
   }
 }
)");
  CHECK(content(folder() / "mend.asl.json") == text);
  const Called fixed = call("lint --select ASL1,ASL2 --fix mend.asl.json");
  CHECK(fixed.err == "mended 4 findings\n");
  CHECK(content(folder() / "mend.asl.json").find("ItemProcessor") != std::string::npos);
  CHECK(call("lint --diff mend.asl.json").out.empty());

  // Reports are written all the same, and what has no fix is told.
  write("unmended.asl.json", R"({"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Nope"}}})");
  const Called unmended = call("lint --diff --report json=unmended.json unmended.asl.json");
  CHECK(unmended.status == 1);
  CHECK(unmended.out.empty());
  CHECK(unmended.err == "warning: 1 finding has no fix that is shown here\n");
  CHECK(content(folder() / "unmended.json").find("unknown-state-type") != std::string::npos);
  // A key that is right but for case is left alone where the right one stands there, too.
  write("twice.asl.json", R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true, "end": false}}})");
  CHECK(call("lint --diff twice.asl.json").out.empty());

  // In a string of a template, too; what has to be looked at only when asked.
  write("template.yaml",
        "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n"
        "      DefinitionString: "
        "\"{\\\"StartAt\\\":\\\"A\\\",\\\"States\\\":{\\\"A\\\":{\\\"Type\\\":\\\"Pass\\\",\\\"Nxt\\\":\\\"A\\\","
        "\\\"end\\\":true}}}\"\n");
  CHECK(call("lint --fix template.yaml").err == "mended 1 finding\n");
  CHECK(content(folder() / "template.yaml").find("\\\"End\\\":true") != std::string::npos);
  CHECK(content(folder() / "template.yaml").find("Nxt") != std::string::npos);
  CHECK(call("lint --fix --unsafe-fixes template.yaml").err == "mended 1 finding\n");
  CHECK(content(folder() / "template.yaml").find("Nxt") == std::string::npos);
}

TEST_CASE("lint: what cannot be read is told, and not taken for sound", "[cli]") {
  std::ofstream(folder() / "main.tf")
      << "resource \"aws_sfn_state_machine\" \"a\" {\n  definition = jsonencode({ StartAt =\n";
  const Called called = call("lint main.tf");
  CHECK(called.status == 0);
  CHECK(called.err == "warning: main.tf:2: not checked \"a\": the definition is jsonencode({ StartAt =\n");
  CHECK(last_line(called.out) == "checked 1 file: nothing found");
}

TEST_CASE("lint: --watch looks again when a file has changed", "[cli]") {
  const auto file = folder() / "watched.asl.json";
  std::ofstream(file) << "{}";
  // It never ends by itself: the shell writes the file a second time, waits for the second report, and ends it.
  const std::string script =
      "'" STEPGLASS_PROGRAM
      "' lint --watch watched.asl.json >watch.out 2>watch.err & p=$!; "
      "for i in $(seq 100); do grep -q watching watch.err && break; sleep 0.1; done; "
      "printf '{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}' >watched.asl.json; "
      "for i in $(seq 100); do grep -q 'nothing found' watch.out && break; sleep 0.1; done; "
      "kill $p; wait $p 2>/dev/null; true";
  CHECK(std::system(("cd '" + folder().string() + "' || exit 1; : >watch.err; " + script).c_str()) == 0);
  const std::string out = content(folder() / "watch.out");
  CHECK(out.find("checked 1 file: 2 errors, 0 warnings") != std::string::npos);
  CHECK(out.find("checked 1 file: nothing found") != std::string::npos);
  CHECK(call("lint --watch -", "true |").err.starts_with("error: standard input cannot be watched"));
}

TEST_CASE("lint: the nearest configuration counts, and the command line more", "[cli]") {
  const auto project = folder() / "project";
  std::filesystem::create_directories(project / "flows" / "legacy");
  const auto write = [&](const char* file, std::string_view text) { std::ofstream(project / file) << text; };
  const std::string broken = "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"Nxt\": \"B\"}}}";
  write("flows/a.asl.json", broken);
  write("flows/legacy/b.asl.json", broken);
  write("base.yaml", "lint:\n  severity: {unknown-field: warning}\n  ignore: [missing-transition]\n");
  write(
      ".stepglass.json",
      R"({"extends": "base.yaml", "lint": {"fail-on": "error"}, "paths": {"flows/legacy/**": {"ignore": ["ASL111"]}}})");
  const auto lint = [&](const std::string& arguments) { return call("lint " + arguments, "cd project/flows &&"); };
  CHECK(lint(".").status == 0);
  CHECK(last_line(lint(".").out) == "checked 2 files: 0 errors, 1 warning (1 suppressed)");
  CHECK(lint("--fail-on warning .").status == 1);
  CHECK(last_line(lint("--severity unknown-field=error .").out) == "checked 2 files: 1 error, 0 warnings (1 suppressed)");
  CHECK(last_line(lint("--isolated .").out) == "checked 2 files: 4 errors, 0 warnings");
  CHECK(last_line(lint("--config ../base.yaml .").out) == "checked 2 files: 0 errors, 2 warnings");

  const std::vector<std::pair<std::string, std::string>> faults = {
      {R"({"lnit": {}})", ":1:2: there is no \"lnit\" here"},
      {R"({"lint": {"fail-on": "often"}})", ":1:22: one of error, warning, info, never is wanted here"},
      {R"({"lint": {"select": ["no-rule"]}})", ":1:22: no rule is named \"no-rule\""},
      {R"({"lint": [])", "error: "},
      {R"({"extends": "own.json"})", "extends itself"},
      {R"({"lint": {"baseline": "../other.json"}})", "outside of the folder"},
      {R"({"lint": {"baseline": "/tmp/other.json"}})", "outside of the folder"},
      {R"({"paths": {"a": 1}})", "a path has"},
  };
  for (const auto& [text, message] : faults) {
    INFO(text);
    write("own.json", text);
    const Called called = lint("--config ../own.json .");
    CHECK(called.status == 2);
    CHECK(called.err.find(message) != std::string::npos);
  }
}

TEST_CASE("the JSON Schema of the configuration is published", "[cli]") {
  const std::string schema = call("schema").out;
  CHECK(schema == content(STEPGLASS_SOURCE_DIR "/analysis/cli/config.schema.json"));
  for (const char* name : {"select", "ignore", "severity", "fail-on", "type", "baseline"}) {
    CHECK(schema.find("\"" + std::string(name) + "\": {") != std::string::npos);
  }
}

TEST_CASE("rules and explain show what lint knows", "[cli]") {
  CHECK(call("explain unreachable-state").out.starts_with("ASL204 unreachable-state: "));
  CHECK(call("explain ASL204").status == 0);
  CHECK(call("rules").out.find("ASL204  error    unreachable-state") != std::string::npos);
  CHECK(call("rules --markdown").out.starts_with("# Rules\n"));
}

namespace stepglass {

TEST_CASE("lint and list look through folders and say where in which file a machine is", "[cli]") {
  const auto repository = folder() / "repository";
  std::filesystem::create_directories(repository / "flows");
  std::filesystem::create_directories(repository / "ignored");
  const auto write = [&](const char* file, std::string_view text) { std::ofstream(repository / file) << text; };
  write(".gitignore", "/ignored/\n");
  write("ignored/x.asl.json", "{}");
  write("template.yaml", R"(Resources:
  Inner:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Sub |
        {"StartAt": "A", "States":
          {"A": {"Type": "Pass", "Nxt": "${B}", "End": true}}}
  Outer:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      DefinitionUri: flows/outer.asl.json
)");
  // A callback is what an Express machine cannot wait for: the type stands in the template.
  write("flows/outer.asl.json", R"({"StartAt": "A", "States": {"A": {"Type": "Task", "End": true, "HeartbeatSeconds": 9,
    "TimeoutSeconds": 10, "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    "Parameters": {"QueueUrl": "q", "MessageBody.$": "$$.Task.Token"}}}})");
  write("other.json", R"({"no": "machine"})");

  const Called linted = call("lint -o concise repository");
  CHECK(linted.status == 1);
  CHECK(linted.out.find("repository/template.yaml:7:34: error") != std::string::npos);
  CHECK(linted.out.find("repository/flows/outer.asl.json:") != std::string::npos);
  CHECK(linted.out.find("express-callback") != std::string::npos);
  CHECK(linted.out.find("ignored") == std::string::npos);

  const Called listed = call("list --json repository");
  CHECK(listed.status == 0);
  CHECK(
      listed.out ==
      "{\"machines\":[\n"
      "{\"file\":\"repository/flows/outer.asl.json\",\"name\":\"outer\",\"form\":\"file\",\"line\":1,\"column\":1,"
      "\"states\":1,\"bytes\":249},\n"
      "{\"file\":\"repository/template.yaml\",\"name\":\"Inner\",\"form\":\"cfn-string\",\"line\":2,\"column\":3,"
      "\"states\":1,\"bytes\":89},\n"
      "{\"file\":\"repository/template.yaml\",\"name\":\"Outer\",\"form\":\"cfn-uri\",\"type\":\"EXPRESS\",\"line\":8,"
      "\"column\":3,\"states\":1,\"bytes\":249,\"definition_file\":\"repository/flows/outer.asl.json\"}],\n"
      "\"skipped\":[]}\n");
  CHECK(call("list -j1 --json repository").out == listed.out);
  const Called text = call("list repository");
  CHECK(last_line(text.out) == "3 machines, 2 definitions");
  CHECK(text.out.find("repository/template.yaml:8") != std::string::npos);
  const Called missing = call("list no-such-folder");
  CHECK(missing.status == 2);
  CHECK(missing.err.find("no-such-folder was not looked at: No such file or directory") != std::string::npos);
  std::filesystem::remove_all(repository);
}

}  // namespace stepglass
