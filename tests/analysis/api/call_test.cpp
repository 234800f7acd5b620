#include "analysis/api/call.h"

#include <string>
#include <string_view>

#include "engine/document/document.h"
#include "engine/support/limits.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

constexpr std::string_view kPass = R"({"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}})";
constexpr std::string_view kTask =
    R"({"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:F","End":true}}})";

/// A run of `definition` with further members.
std::string run_request(std::string_view definition, std::string_view members = "") {
  return std::string(R"({"op":"run","history":false,"definition":)") + std::string(definition) + std::string(members) +
         "}";
}

/// The member at `path` of the reply, as JSON; "" when there is none.
std::string reply_member(std::string_view request, std::initializer_list<std::string_view> path) {
  const auto reply = read_value(call(request));
  REQUIRE(reply);
  const Value* at = &*reply;
  for (const std::string_view step : path) at = at ? at->find(step) : nullptr;
  return at ? to_json(*at) : "";
}

std::string error_of(std::string_view request) {
  const auto reply = read_value(call(request));
  REQUIRE(reply);
  if (reply->find("ok")->as_boolean()) return "";
  const Value& error = *reply->find("error");
  return std::string(error.find("code")->as_string()) + ": " + std::string(error.find("message")->as_string());
}

}  // namespace

TEST_CASE("cost answers with transitions, the ledger and money", "[api]") {
  const std::string request =
      R"({"op": "cost", "executions_per_month": "2M", "assumptions": {"states": {"M": {"items": 4}}},
    "definition": {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor":
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}}}}})";
  CHECK(reply_member(request, {"result", "transitions"}) == R"({"min":5,"expected":5,"max":5})");
  CHECK(reply_member(request, {"result", "usd_per_month"}) == R"({"min":250,"expected":250,"max":250})");
  CHECK(reply_member(request, {"result", "executions_per_month", "origin"}) == R"("command line")");
  const std::string loop = R"({"op": "cost", "definition": {"StartAt": "A", "States": {"A": {"Type": "Choice",
    "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "A"}], "Default": "B"}, "B": {"Type": "Succeed"}}}})";
  CHECK(reply_member(loop, {"result", "transitions"}) == R"({"min":2,"expected":3,"max":"unbounded"})");
}

TEST_CASE("cost counts machines that tasks start, and tells of histories of others", "[api]") {
  const std::string request = R"({"op": "cost", "definition": {"StartAt": "A", "States": {"A": {"Type": "Task",
    "Resource": "arn:aws:states:::states:startExecution.sync:2", "Parameters":
    {"StateMachineArn": "arn:aws:states:us-east-1:111111111111:stateMachine:inner"}, "End": true}}},
    "machines": {"inner": {"StartAt": "M", "States": {"M": {"Type": "Map", "Items": [1, 2, 3], "QueryLanguage":
      "JSONata", "End": true, "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}},
    "histories": [[{"id": 1, "timestamp": 0, "type": "PassStateEntered", "stateEnteredEventDetails": {"name": "X"}}]]})";
  // The items are derived from the definition of the one that is started.
  CHECK(reply_member(request, {"result", "transitions"}) == R"({"min":5,"expected":5,"max":5})");
  CHECK(reply_member(request, {"result", "notes"}) ==
        R"(["histories/0 is of another state machine: none here has all of its states, e.g. \"X\""])");
}

TEST_CASE("cost refuses assumptions that are wrong, and definitions without a flow", "[api]") {
  const auto message = [](std::string_view members) {
    return reply_member(std::string(R"({"op":"cost","definition":)") + std::string(kPass) + std::string(members) + "}",
                        {"error", "message"});
  };
  CHECK(message(R"(,"assumptions":{"states":{"A":{"items":-1}}})") ==
        R"("\"assumptions\" at line 1, column 25: \"items\" must be a number that is not negative")");
  CHECK(message(R"(,"executions_per_month":-1)") == R"("\"executions_per_month\" is a number that is not negative")");
  CHECK(message(R"(,"histories":[{}])") ==
        R"("histories/0: there are no \"events\": give what GetExecutionHistory answers")");
  CHECK(message(R"(,"histories":{})") == R"("histories: give a list of what GetExecutionHistory answers")");
  CHECK(message(R"(,"paths":1001)") != "");
  CHECK(reply_member(R"({"op":"cost","definition":{"StartAt":"A","States":{}}})", {"error", "code"}) ==
        R"("InvalidDefinition")");
}

TEST_CASE("a request that cannot be served gets a reply that says why", "[api]") {
  struct Row {
    std::string request, error;
  };
  const Row rows[] = {
      {"", "BadRequest: the request is no JSON: the text is empty (line 1, column 1)"},
      {"[]", "BadRequest: a request is a JSON object such as {\"op\": \"run\", \"definition\": {…}}"},
      {"7", "BadRequest: a request is a JSON object such as {\"op\": \"run\", \"definition\": {…}}"},
      {"{}", "BadRequest: the request has no \"op\"; known are "},
      {R"({"op":7})", "BadRequest: \"op\" is a string"},
      {R"({"op":"rnu"})", "BadRequest: unknown op \"rnu\"; did you mean \"run\"?"},
      {R"({"op":"\u001b"})", "BadRequest: unknown op \"\\u{1B}\"; known are "},
      {R"({"op":"path","path":"$","dta":1})",
       "BadRequest: unknown field \"dta\" in a request for \"path\"; did you mean \"data\"?"},
      {R"({"op":"path","path":"$","path":"$"})", "BadRequest: the field \"path\" stands twice in the request"},
      {R"({"op":"path"})", "BadRequest: \"path\" is missing"},
      {R"({"op":"path","path":"$","dialect":"x"})",
       "BadRequest: \"dialect\" is \"jayway\" or \"reference\", not \"x\""},
      {R"({"op":"path","path":"$","data":{"a":tru}})", "BadRequest: the request is no JSON: "},
      {R"({"op":"path","path":"$" "data":1})", "BadRequest: the request is no JSON: "},
      {R"({"op":"run"})", "BadRequest: \"definition\" is missing"},
      {R"({"op":"run","definition":{"a" 1}})", "BadRequest: the request is no JSON: "},
      {run_request(kPass, R"(,"type":"FAST")"), "BadRequest: \"type\" is \"STANDARD\" or \"EXPRESS\", not \"FAST\""},
      {run_request(kPass, R"(,"input":1,"input_text":"1")"),
       "BadRequest: a request has either \"input\" or \"input_text\""},
      {run_request(kPass, R"(,"seed":-1)"), "BadRequest: \"seed\" is an integer from 0 to 18446744073709551615"},
      {run_request(kPass, R"(,"now":"today")"), "BadRequest: \"now\" is a time such as "},
      {R"({"op":"run","history":1,"definition":{}})", "BadRequest: \"history\" is true or false"},
      {run_request(kPass, R"(,"context":1)"), "BadRequest: \"context\" is an object"},
      {run_request(kPass, R"(,"mocks":{"A":[{"retrun":1}]})"),
       "BadRequest: mocks/A/0/retrun: unknown member of a mock \"retrun\"; did you mean \"return\"?"},
      {run_request(kPass, R"(,"mocks":{},"mock_config":{})"),
       "BadRequest: a request has either \"mocks\" or \"mock_config\""},
      {run_request(kPass, R"(,"default_mock":"none")"),
       "BadRequest: \"default_mock\" is \"echo\" or \"sample\", not \"none\""},
      {run_request(kPass, R"(,"machines":[])"), "BadRequest: \"machines\" is an object: "},
      {run_request(kPass, R"(,"machines":{"M":{}})"), "InvalidDefinition: state machine \"M\": "},
      {run_request("\"{\""), "InvalidDefinition: "},
      {run_request("[]"), "InvalidDefinition: "},
      {run_request("{}"), "InvalidDefinition: "},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.request) {
      const std::string error = error_of(row.request);
      CHECK(error.substr(0, row.error.size()) == row.error);
    }
  }
}

TEST_CASE("an id comes back byte for byte", "[api]") {
  for (const std::string_view id :
       {"1", "1.0e+2", "\"a\\u0062\"", "null", "{ \"x\" : [ 1,2 ] }", "123456789012345678901"}) {
    CHECK(call("{\"id\": " + std::string(id) + " ,\"op\":\"path\",\"path\":\"$\",\"data\":1}") ==
          "{\"id\":" + std::string(id) + ",\"ok\":true,\"result\":{\"value\":1}}");
    CHECK(call("{\"op\":\"no\",\"id\":" + std::string(id) + "}")
              .starts_with("{\"id\":" + std::string(id) + ",\"ok\":false,"));
  }
  // One that is no JSON does not make the reply broken too, and is no reason to serve the rest.
  CHECK(call(R"({"id":tru,"op":"path","path":"$"})")
            .starts_with(R"({"ok":false,"error":{"code":"BadRequest","message":"the request is no JSON: )"));
  CHECK(error_of(R"({"id":)" + std::string(257, '[') + std::string(257, ']') + R"(,"op":"path","path":"$"})") ==
        "BadRequest: \"id\": arrays and objects are nested more than 256 deep");
}

TEST_CASE("a byte order mark before a request is no part of it", "[api]") {
  CHECK(call("\xEF\xBB\xBF{\"id\":1,\"op\":\"path\",\"path\":\"$\",\"data\":1}") ==
        R"({"id":1,"ok":true,"result":{"value":1}})");
}

TEST_CASE("a definition is an object or its text, with places of its own", "[api]") {
  const std::string_view broken = R"({"StartAt":"B","States":{"A":{"Type":"Pass","End":true}}})";
  const auto places = [&](const std::string& request) { return reply_member(request, {"error", "diagnostics"}); };
  std::string as_text;
  append_json_string(as_text, broken);
  const std::string object = places(run_request(broken));
  CHECK(object == places(run_request(as_text)));
  CHECK(object.find(R"("range":{"start":{"line":1,"column":12,"offset":11})") != std::string::npos);
  for (const std::string_view member : {"name", "severity", "message", "range", "pointer"}) {
    CHECK(object.find("\"" + std::string(member) + "\":") != std::string::npos);
  }
}

TEST_CASE("a definition that is text may be YAML, with places in it; the service's own calls take JSON alone", "[api]") {
  CHECK(call(R"({"op": "run", "history": false, "definition": "StartAt: A\nStates:\n  A: {Type: Pass, Result: 7, End: true}\n"})") ==
        R"({"ok":true,"result":{"status":"SUCCEEDED","output":7,"transitions":1,"duration_seconds":0}})");
  const std::string broken = reply_member(
      R"({"op": "run", "definition": "StartAt: B\nStates:\n  A: {Type: Pass, End: true}\n"})", {"error", "diagnostics"});
  CHECK(broken.find(R"("range":{"start":{"line":1,"column":10,"offset":9})") != std::string::npos);
  CHECK(call(R"({"op": "create", "definition": "StartAt: A\nStates:\n  A: {Type: Pass, End: true}\n"})")
            .find("\"ok\":false") != std::string::npos);
}

TEST_CASE("a run has the members that the protocol names", "[api]") {
  CHECK(call(run_request(kPass, R"(,"input":{"b":1.50})")) ==
        R"({"ok":true,"result":{"status":"SUCCEEDED","output":{"b":1.5},"transitions":1,"duration_seconds":0}})");
  CHECK(call(run_request(kTask, R"(,"mocks":{"A":[{"error":"E","duration_seconds":1.25}]})")) ==
        R"({"ok":true,"result":{"status":"FAILED","error":"E","transitions":1,"duration_seconds":1.25}})");
  const std::string with_history = "{\"op\":\"run\",\"definition\":" + std::string(kPass) + ",\"input\":[ 1 ]}";
  CHECK(call(with_history).find(R"("input":"[ 1 ]")") != std::string::npos);
  CHECK(reply_member(run_request(kPass, R"(,"input_text":" 7 ")"), {"result", "output"}) == "7");
  CHECK(reply_member(run_request(kPass), {"result", "output"}) == "{}");
}

TEST_CASE("a run warns of keys that stand twice in its input and of mocks that nobody asks for", "[api]") {
  const auto warnings = [](std::string_view definition, std::string_view members) {
    return reply_member(run_request(definition, members), {"result", "warnings"});
  };
  CHECK(warnings(kPass, R"(,"input":{"a":1,"b":{"x":1,"y":2,"x":3}})") ==
        R"(["the input, line 1, column 25: the key \"x\" stands twice in this object, first in line 1; )"
        R"(only the last one counts"])");
  CHECK(warnings(kTask, R"(,"mocks":{"A":[{"return":1}],"B":[{"return":1}],"A\u001b":[{"return":1}]})") ==
        R"(["the mocks of \"B\" are not used: there is no such state; did you mean \"A\"?",)"
        R"("the mocks of \"A\\u{1B}\" are not used: there is no such state; did you mean \"A\"?"])");
  CHECK(warnings(kPass, R"(,"mocks":{"A":[{"return":1}]})") ==
        R"(["the mocks of \"A\" are not used: it is a Pass, and only Task states are mocked"])");
  CHECK(warnings(kTask, R"(,"mocks":{"A":[{"return":1}]},"input":{"a":{"a":{}},"b":[{"a":1},{"a":1}]})").empty());
  std::string many;
  for (int i = 0; i < 30; ++i) many += (i > 0 ? ",\"nobody " : "\"nobody ") + std::to_string(i) + "\":[{\"return\":1}]";
  const std::string text = warnings(kPass, ",\"mocks\":{" + many + "}");
  CHECK(read_value(text)->size() == 21);
  CHECK(text.ends_with("\"and 10 more\"]"));
}

TEST_CASE("a mock that is missing is named with the line to add", "[api]") {
  CHECK(error_of(run_request(kTask)) ==
        "MissingMock: state \"A\" calls arn:aws:lambda:us-east-1:123456789012:function:F and has no mock; add to the "
        "mocks: \"A\": [{\"return\": {}}]");
  CHECK(reply_member(run_request(kTask, R"(,"default_mock":"echo","input":7)"), {"result", "output"}) == "7");
}

TEST_CASE("an execution does not start with an input that the service refuses", "[api]") {
  const auto with_text = [](const std::string& text) {
    std::string quoted;
    append_json_string(quoted, text);
    return error_of(run_request(kPass, ",\"input_text\":" + quoted));
  };
  CHECK(with_text("{'not': 'json'") ==
        "InvalidExecutionInput: Invalid State Machine Execution Input: 'Unexpected character (''' (code 39)): was "
        "expecting double-quote to start field name'");
  CHECK(with_text("") == "InvalidExecutionInput: Invalid State Machine Execution Input: 'Invalid execution input.'");
  const auto quoted = [](std::size_t bytes) { return "\"" + std::string(bytes - 2, 'x') + "\""; };
  CHECK(with_text(quoted(kMaxPayloadBytes - 1)).empty());
  CHECK(with_text(quoted(kMaxPayloadBytes)).empty());
  CHECK(with_text(quoted(kMaxPayloadBytes + 1)).starts_with("ValidationException: "));
}

TEST_CASE("an inspection has an entry for every state entered", "[api]") {
  const std::string_view choice = R"({"StartAt":"C","States":{
      "C":{"Type":"Choice","Choices":[{"Variable":"$.x","IsPresent":false,"Next":"E"},{"Variable":"$.x","IsPresent":true,"Next":"E"}]},
      "E":{"Type":"Pass","Result":2,"End":true}}})";
  const auto inspection = [&](std::string_view level) {
    return reply_member(run_request(choice, ",\"input\":{\"x\":1},\"inspection\":\"" + std::string(level) + "\""),
                        {"result", "inspection"});
  };
  CHECK(inspection("NONE").empty());
  CHECK(inspection("INFO") ==
        R"([{"eventId":2,"stateName":"C","status":"SUCCEEDED","output":"{\"x\":1}","nextState":"E","choiceRule":1},)"
        R"({"eventId":4,"stateName":"E","status":"SUCCEEDED","output":"2"}])");
  const std::string debug = inspection("DEBUG");
  CHECK(debug.find(R"("inspectionData":{"input":"{\"x\":1}","afterInputPath":"{\"x\":1}")") != std::string::npos);
  CHECK(inspection("TRACE") == debug);
}

TEST_CASE("a nested execution runs the definition that is given beside", "[api]") {
  const std::string_view parent = R"({"StartAt":"Call","States":{"Call":{"Type":"Task",
      "Resource":"arn:aws:states:::states:startExecution.sync:2","OutputPath":"$.Output","End":true,
      "Parameters":{"StateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:Child","Input":{"n.$":"$.n"}}}}})";
  CHECK(reply_member(run_request(parent, ",\"input\":{\"n\":7},\"machines\":{\"Child\":" + std::string(kPass) + "}"),
                     {"result", "output"}) == R"({"n":7})");
}

TEST_CASE("a path is evaluated on its own", "[api]") {
  const auto result = [](std::string_view members) {
    return reply_member("{\"op\":\"path\"," + std::string(members) + "}", {"result"});
  };
  CHECK(result(R"("path":"$.a[-1]","data":{"a":[1,2]})") == R"({"value":2})");
  CHECK(result(R"("path":"$.b","data":{"a":1})").starts_with(R"({"error":"path not found")"));
  CHECK(result(R"("path":"$.a[*]","data":{"a":[1]},"dialect":"reference")").starts_with(R"({"error":"invalid path")"));
  CHECK(result(R"("path":"a b c[")").starts_with(R"({"error":"invalid path")"));
}

TEST_CASE("requests that are cut short or damaged anywhere get a reply", "[api]") {
  const std::string whole =
      run_request(kTask, R"(,"id":[1,"x"],"mocks":{"A":[{"return":{"a":"\u00e4\\\""}}]},"input":{})");
  REQUIRE(error_of(whole).empty());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto reply = read_value(call(std::string_view(whole).substr(0, size)));
    REQUIRE(reply);
    CHECK_FALSE(reply->find("ok")->as_boolean());
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char c : {'\0', '"', '\\', '{', ']', '\xFF', '7'}) {
      std::string damaged = whole;
      damaged[at] = c;
      CHECK(read_value(call(damaged)));
    }
  }
}

TEST_CASE("members are counted, and long words are not repeated whole", "[api]") {
  const auto machines = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
      text += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":" + std::string(kPass);
    return error_of(run_request(kPass, ",\"machines\":{" + text + "}"));
  };
  CHECK(machines(999).empty());
  CHECK(machines(1000).empty());
  CHECK(machines(1001) == "BadRequest: \"machines\" has more than 1000 members");
  std::string many = "{\"a\":1";
  for (int i = 0; i < 1000; ++i) many += ",\"a\":1";
  CHECK(error_of(many + "}") == "BadRequest: the request has more than 1000 members");
  CHECK(call("{\"op\":\"" + std::string(1'000'000, 'x') + "\"}").size() < 400);
  CHECK(call("{\"op\":\"path\",\"" + std::string(1'000'000, 'x') + "\":1}").size() < 300);
}

TEST_CASE("a request that is too large is refused", "[api]") {
  std::string request = R"({"op":"path","path":"$.x","data":{}})";
  request.append(kMaxTextBytes - request.size() - 1, ' ');
  CHECK(reply_member(request, {"ok"}) == "true");
  request += ' ';
  CHECK(reply_member(request, {"ok"}) == "true");
  request += ' ';
  CHECK(error_of(request) == "BadRequest: the request is larger than 64 MiB");
}

TEST_CASE("nesting is counted inside each member", "[api]") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  const auto request = [&](std::size_t depth) { return R"({"op":"path","path":"$.x","data":)" + nested(depth) + "}"; };
  CHECK(reply_member(request(kMaxDepth - 1), {"ok"}) == "true");
  CHECK(reply_member(request(kMaxDepth), {"ok"}) == "true");
  CHECK(error_of(request(kMaxDepth + 1)) == "BadRequest: \"data\": arrays and objects are nested more than 256 deep");
  CHECK(error_of(run_request(kPass, ",\"input\":" + nested(kMaxDepth + 1))) ==
        "BadRequest: \"input\": arrays and objects are nested more than 256 deep");
  CHECK(read_value(call(R"({"op":"path","path":"$","data":)" + nested(1'000'000) + "}")));
}

TEST_CASE("a value that is too large as text is not written", "[api]") {
  // The same long text again and again takes no memory here, and more than a reply may have as text.
  std::string path = "$[0";
  for (int i = 0; i < 9'000; ++i) path += ",0";
  const std::string data = "[\"" + std::string(60'000, 'x') + "\"]";
  CHECK(error_of(R"({"op":"path","path":")" + path + R"(]","data":)" + data + "}") ==
        "ReplyTooLarge: the value is larger than 64 MiB");
}
