// The program itself, as people and scripts call it: exit status, what stands where, colours, batch.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

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
