// The program itself, as people and scripts call it: exit status, what stands where, colours, batch.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "engine/document/document.h"
#include "engine/value/print.h"
#include "tests/analysis/cli/program.h"
#include "tests/support/catch.h"
#include "tests/support/sanitized.h"

using namespace stepglass;
using namespace stepglass::cli;

TEST_CASE("the exit status says how it went, the last line of the output what came out", "[cli]") {
  struct Row {
    std::string arguments;
    int status;
    std::string last;   // of standard output
    std::string error;  // somewhere in standard error
  };
  const Row rows[] = {
      {"--version", 0, "stepglass " STEPGLASS_VERSION, ""},
      {"--help", 0,
       "Exit status: 0 succeeded, 1 an execution failed or something was found, 2 wrong use, 3 a fault of Stepglass.",
       ""},
      {"help run", 0, "Exit status: 0 succeeded, 1 an execution failed, 2 wrong use, 3 a fault of Stepglass.", ""},
      {"", 2, "", "Usage: stepglass COMMAND"},
      {"rn", 2, "", "unknown command \"rn\"\n  = help: did you mean \"run\"?"},
      {"run", 2, "", "FILE is missing"},
      {"run --nope", 2, "", "--nope"},
      {"run pass.json", 0, "{}", "SUCCEEDED  1 billed transition, 0s virtual"},
      {"run pass.json -i '{\"a\": 1.0}'", 0, "{\"a\":1.0}", "SUCCEEDED"},
      {"run pass.json -i 7 -i 8", 0, "8", "SUCCEEDED"},
      {"run pass.json -i @inputs.jsonl", 0, "{\"n\":2}", "SUCCEEDED"},
      {"run - -i 7 < pass.json", 0, "7", "SUCCEEDED"},
      {"run pass.json -i - < inputs.jsonl", 0, "{\"n\":2}", "SUCCEEDED"},
      {"run pass.json -i @broken.jsonl", 2, "", "broken.jsonl, line 3, column 8: "},
      {"run pass.json -i - < broken.jsonl", 2, "", "standard input, line 3, column 8: "},
      {"run pass.json -i @broken_input.json", 2, "", "Invalid State Machine Execution Input"},
      {"run pass.json -i inputs.jsonl", 2, "",
       "\"inputs.jsonl\" is no JSON\n  = help: write '@inputs.jsonl' to read the file of that name"},
      {"run pass.json -i '{\"a\": 1, \"a\": 2}'", 0, "{\"a\":2}",
       "warning: the input, line 1, column 10: the key \"a\""},
      {"run pass.json --trace none", 0, "{}", "SUCCEEDED"},
      {"run pass.json -i '\"\\u009b31m\"' --trace none", 0, "\"\\u009B31m\"", "SUCCEEDED"},
      {"run task.json", 2, "", "no mock\n  = help: add --mock 'Pay={}'"},
      {"run task.json --mock 'Pay={\"ok\": true}'", 0, "{\"ok\":true}", "SUCCEEDED"},
      {"run task.json --mocks mocks.json", 1, "            failed  Declined", "error: Declined\n"},
      {"run task.json --mocks mocks.json --mock Pay=1", 0, "1", "SUCCEEDED"},
      {"run task.json --mocks mocks.json --mocks more_mocks.json", 0, "2", "SUCCEEDED"},
      {"run task.json --mocks more_mocks.json --mocks mocks.json", 1, "            failed  Declined",
       "error: Declined\n"},
      {"run task.json --mock-config local.json", 0, "7", "SUCCEEDED"},
      {"run task.json --mock-config 'local.json#M#C'", 0, "7", "SUCCEEDED"},
      {"run task.json --mock-config 'local.json#M#D'", 2, "", "the mock configuration has no test case \"D\""},
      {"run task.json --default-mock echo -i 3", 0, "3", "SUCCEEDED"},
      {"run task.json --mock Pay=1 --until Pay", 0, "  +0s    input  {}",
       "PAUSED at event 2 (TaskStateEntered Pay)  1 billed transition"},
      {"run task.json --mock Pay=1 --until 3 --until error", 0, "       Pay  task   lambda Pay {}",
       "PAUSED at event 3"},
      {"run task.json --mocks mocks.json --until error --trace none", 0, "", "PAUSED at event 5"},
      {"run task.json --mock Pay=1 --until Pya", 2, "", "--until: the definition has no state \"Pya\""},
      {"run pass.json --change '3={\"x\": 1}'", 0, "{\"x\":1}", "SUCCEEDED"},
      {"run pass.json --change 9=1", 0, "{}", "warning: the change at event 9 was not made"},
      {"serve --playground nowhere", 2, "", "nowhere holds no built playground\n  = help: build it with scripts/start"},
      {"serve --port 70000", 2, "", "--port"},
      {"run pass.json --change x=1", 2, "", "--change x=1: no event stands before \"=\""},
      {"run task.json --default-mock none", 2, "", "--default-mock is \"echo\" or \"sample\", not \"none\""},
      {"run task.json --mock 'Pya={}'", 2, "", "has no state \"Pya\"\n  = help: did you mean \"Pay\"?"},
      {"run task.json --mock 'End={}'", 2, "", "only Task states are mocked"},
      {"run task.json --mock Pay", 2, "", "there is no \"=\""},
      {"run task.json --mock 'Pay={'", 2, "", "--mock Pay: "},
      {"run task.json --mock 'Pay={\"return\": 1, \"iteration\": -1}'", 2, "", "--mock Pay at /iteration: "},
      {"run missing.json", 2, "", "cannot open \"missing.json\""},
      {"run .", 2, "", "cannot read \".\""},
      {"run broken.json", 2, "", "broken.json: 2 errors"},
      {"run pass.json -i '{'", 2, "", "Invalid State Machine Execution Input"},
      {"run pass.json --type FAST", 2, "", "--type is STANDARD or EXPRESS, not \"FAST\""},
      {"run pass.json --trace xml", 2, "", "--trace is text, json, jsonl, history or none, not \"xml\""},
      {"run pass.json --now noon", 2, "", "\"noon\" is no time"},
      {"run pass.json --inspect B", 2, "", "has no state \"B\""},
      {"run pass.json --max-transitions 0", 2, "", "given up after 0 transitions"},
      {"state pass.json A -i 5", 0, "5", ""},
      {"state pass.json B", 2, "", "has no state \"B\""},
      {"state task.json Pay", 2, "", "say what its work answers\n  = help: add --mock '{}'"},
      {"state task.json Pay --mock '{\"error\": \"E\"}'", 1, "  error            E", ""},
      {"state pass.json", 2, "", "STATE is missing"},
      {"batch -j 257", 2, "", "257"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION("stepglass " << row.arguments) {
      const Called called = call(row.arguments);
      CHECK(called.status == row.status);
      CHECK(last_line(called.out) == row.last);
      CHECK(called.err.find(row.error) != std::string::npos);
      if (row.error.empty()) CHECK(called.err.empty());
    }
  }
}

TEST_CASE("a run can be told as JSON, as lines of events, and as a history", "[cli]") {
  CHECK(call("run pass.json --trace json").out.starts_with(R"({"status":"SUCCEEDED","output":{},"history":[{)"));
  const std::string lines = call("run pass.json --trace jsonl").out;
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 4);
  const std::string history = call("run pass.json --trace history").out;
  CHECK(history.starts_with(R"({"events":[{"timestamp":"2025-01-01T00:00:00.000Z","type":"ExecutionStarted")"));
  CHECK(history.ends_with("}]}\n"));
  CHECK(call("run task.json --mocks mocks.json --trace json").status == 1);
}

TEST_CASE("what a terminal could act on goes to it as escapes, in JSON too, and into a file as it is", "[cli]") {
  // U+009B starts a control sequence, U+202E turns the direction of text.
  const std::string input =
      "'\"\xC2\x9B"
      "31m \xE2\x80\xAE\"'";
  const auto on_terminal = [](const std::string& arguments) {
    // The program script gives what it runs a terminal.
    std::ofstream(folder() / "call.sh") << "'" STEPGLASS_PROGRAM "' " << arguments << '\n';
    const std::string command = "cd '" + folder().string() + "' && script -qec 'sh call.sh' /dev/null </dev/null >out";
    CHECK(std::system(command.c_str()) == 0);
    return content(folder() / "out");
  };
  for (const std::string format : {"json", "jsonl", "history"}) {
    const std::string arguments = "run pass.json --trace " + format + " -i " + input;
    CHECK(call(arguments).out.find("\xC2\x9B") != std::string::npos);
    const std::string shown = on_terminal(arguments);
    CHECK(shown.find("\\u009B31m \\u202E") != std::string::npos);
    CHECK(shown.find("\xC2\x9B") == std::string::npos);
    CHECK(shown.find("\xE2\x80\xAE") == std::string::npos);
  }
  std::ofstream(folder() / "request") << "{\"op\":\"path\",\"path\":\"$\",\"data\":\"\xC2\x9B\"}\n";
  CHECK(on_terminal("batch < request").find("\"\\u009B\"") != std::string::npos);
  CHECK(on_terminal("batch -j 2 < request").find("\"\\u009B\"") != std::string::npos);
}

TEST_CASE("a state can be inspected visit by visit", "[cli]") {
  const Called called = call("run pass.json --inspect A -i 7");
  CHECK(called.out.find("A, visit 1  (event 2)\n") != std::string::npos);
  CHECK(called.out.find("  afterInputPath       7\n") != std::string::npos);
  CHECK(last_line(called.out) == "7");
}

TEST_CASE("a broken definition is shown with its lines", "[cli]") {
  const std::string err = call("run broken.json").err;
  CHECK(err.find("  ┌─ broken.json:2:36\n") != std::string::npos);
  CHECK(err.find("\n2 │   \"States\": {\"A\": {\"Type\": \"Pass\", \"Nxt\": \"B\"}}}\n") != std::string::npos);
  CHECK(err.find("  │                                    ^^^^^\n") != std::string::npos);
  CHECK(call("run broken.json", "LC_ALL=C").err.find("--> broken.json:2:36\n") != std::string::npos);
}

TEST_CASE("colours are for terminals, unless somebody says otherwise", "[cli]") {
  const auto coloured = [](const std::string& environment) {
    const Called called = call("run pass.json", environment);
    CHECK((called.out.find('\x1b') != std::string::npos) == (called.err.find('\x1b') != std::string::npos));
    return called.out.find('\x1b') != std::string::npos;
  };
  CHECK_FALSE(coloured("env -u FORCE_COLOR -u NO_COLOR TERM=xterm"));
  CHECK(coloured("env -u NO_COLOR FORCE_COLOR=1"));
  CHECK_FALSE(coloured("env NO_COLOR=1 FORCE_COLOR=1"));
  CHECK_FALSE(coloured("env -u NO_COLOR FORCE_COLOR=0"));
  CHECK(coloured("env NO_COLOR= FORCE_COLOR=1"));
}

TEST_CASE("batch answers every line in order, broken ones too", "[cli]") {
  std::string requests;
  std::string replies;
  for (int i = 0; i < 500; ++i) {
    const std::string number = std::to_string(i);
    if (i % 50 == 7) {
      requests += "{\"id\":" + number + ",\"op\":\n";
      continue;
    }
    requests +=
        "{\"id\":" + number + ",\"op\":\"path\",\"path\":\"$[" + std::to_string(i % 3) + "]\",\"data\":[0,1,2]}\n";
  }
  requests += "{\"id\":\"last\",\"op\":\"path\",\"path\":\"$\",\"data\":1}";  // without a line end
  std::ofstream(folder() / "requests") << requests;
  const Called alone = call("batch < requests");
  CHECK(alone.status == 0);
  std::size_t lines = 0, at = 0;
  for (std::size_t end; (end = alone.out.find('\n', at)) != std::string::npos; at = end + 1, ++lines) {
    const std::string line = alone.out.substr(at, end - at);
    if (lines == 500) {
      CHECK(line == R"({"id":"last","ok":true,"result":{"value":1}})");
    } else if (lines % 50 == 7) {
      CHECK(line.starts_with(R"({"ok":false,"error":{"code":"BadRequest")"));
    } else {
      CHECK(line == "{\"id\":" + std::to_string(lines) +
                        ",\"ok\":true,\"result\":{\"value\":" + std::to_string(lines % 3) + "}}");
    }
  }
  CHECK(lines == 501);
  for (const char* jobs : {"-j 2", "-j 4", "-j 16", "-j 0"}) {
    CHECK(call("batch " + std::string(jobs) + " < requests").out == alone.out);
  }
  CHECK(call("batch < /dev/null").out.empty());
  CHECK(call("batch -j 2 < /dev/null").out.empty());
}

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

TEST_CASE("a reply as text is what the program prints", "[cli]") {
  const std::string definition = content(folder() / "task.json");
  const auto text_of = [](const std::string& request) {
    std::ofstream(folder() / "request.jsonl") << request << '\n';
    const auto reply = read_value(call("batch <request.jsonl").out);
    REQUIRE(reply);
    return std::string(reply->find("result")->find("text")->as_string());
  };
  std::string quoted;
  append_json_string(quoted, definition);
  CHECK(text_of(R"({"op": "lint", "format": "text", "filename": "task.json", "text": )" + quoted + "}") ==
        call("lint task.json").out);
  CHECK(text_of(R"({"op": "cost", "format": "text", "filename": "task.json", "name": "task", "definition": )" + quoted +
                "}") == call("cost task.json").out);
  const Called run = call("run task.json --mocks mocks.json");
  const std::string told =
      text_of(R"({"op": "run", "format": "text", "mocks": {"Pay": [{"error": "Declined"}]}, "definition": )" + quoted + "}");
  // What the run took on the clock of this machine is told by the program alone.
  CHECK(run.out + run.err.substr(0, run.err.rfind(" (")) + '\n' == told);
}

TEST_CASE("batch refuses a line that is too long and serves the next", "[cli]") {
  {
    std::ofstream file(folder() / "long");
    file << "{\"op\":\"path\",\"path\":\"$\",\"data\":\"" << std::string((64u << 20) + 1, 'x') << "\"}\n";
    file << "{\"op\":\"path\",\"path\":\"$\",\"data\":1}\n";
  }
  const std::string expected =
      "{\"ok\":false,\"error\":{\"code\":\"BadRequest\",\"message\":\"the line is longer than 64 MiB\"}}\n"
      "{\"ok\":true,\"result\":{\"value\":1}}\n";
  CHECK(call("batch < long").out == expected);
  CHECK(call("batch -j 2 < long").out == expected);
  std::filesystem::remove(folder() / "long");
}

// A sanitizer keeps what was freed.
#ifndef STEPGLASS_SANITIZED
TEST_CASE("batch does not gather large replies that nobody reads", "[cli]") {
  {
    // Replies of 24 MB to requests of 61 kB. 64 of them could be under way by their number alone.
    std::string path = "$[0";
    for (int i = 0; i < 400; ++i) path += ",0";
    const std::string request =
        R"({"op":"path","path":")" + path + R"(]","data":[")" + std::string(60'000, 'x') + "\"]}\n";
    std::ofstream file(folder() / "many");
    for (int i = 0; i < 64; ++i) file << request;
  }
  // Until it takes no more memory.
  std::ofstream(folder() / "slow.sh") << "rm -f from; mkfifo from\n"
                                         "'" STEPGLASS_PROGRAM
                                         "' batch -j 8 < many > from &\n"
                                         "exec 4< from\n"
                                         "last=0\n"
                                         "while sleep 0.5; do\n"
                                         "  now=$(sed -n 's/VmHWM:[^0-9]*\\([0-9]*\\).*/\\1/p' /proc/$!/status)\n"
                                         "  [ \"$now\" = $last ] && [ $now -gt 100000 ] && break\n"
                                         "  last=$now\n"
                                         "done\n"
                                         "echo $now\n"
                                         "kill $!\n";
  CHECK(std::system(("cd '" + folder().string() + "' && timeout 60 bash slow.sh > out 2> err").c_str()) == 0);
  const long kilobytes = std::strtol(content(folder() / "out").c_str(), nullptr, 10);
  CHECK(kilobytes > 100'000);
  CHECK(kilobytes < 1'000'000);
  std::filesystem::remove(folder() / "many");
}
#endif

TEST_CASE("batch answers before its input ends", "[cli]") {
  for (const std::string jobs : {"-j 1", "-j 2"}) {
    // The second request is sent only when the reply to the first has been read.
    std::ofstream(folder() / "talk.sh") << "rm -f to from; mkfifo to from\n"
                                           "'" STEPGLASS_PROGRAM "' batch " +
                                               jobs +
                                               " < to > from &\n"
                                               "exec 3> to 4< from\n"
                                               "echo '{\"op\":\"path\",\"path\":\"$\",\"data\":1}' >&3\n"
                                               "read -r first <&4\n"
                                               "echo '{\"op\":\"path\",\"path\":\"$\",\"data\":2}' >&3\n"
                                               "read -r second <&4\n"
                                               "exec 3>&-\n"
                                               "wait\n"
                                               "printf '%s\\n' \"$first\" \"$second\"\n";
    const auto out = folder() / "out";
    const int status = std::system(("cd '" + folder().string() + "' && timeout 20 bash talk.sh > out").c_str());
    CHECK(status == 0);
    CHECK(content(out) == "{\"ok\":true,\"result\":{\"value\":1}}\n{\"ok\":true,\"result\":{\"value\":2}}\n");
  }
}

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
