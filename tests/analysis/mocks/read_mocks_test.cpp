#include <string>
#include <string_view>

#include "analysis/mocks/mocks.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

/// What is wrong with `text`, with its place; empty when nothing is.
template <typename Read>
std::string fault(std::string_view text, Read read) {
  const Document document = read_json(std::string(text));
  REQUIRE(document.diagnostics().empty());
  const auto result = read(*document.root());
  if (result) return "";
  return result.error().pointer + ": " + result.error().message;
}

std::vector<StateMocks> mocks_of(std::string_view text) {
  const Document document = read_json(std::string(text));
  auto mocks = read_mocks(*document.root());
  REQUIRE(mocks);
  return *std::move(mocks);
}

std::string local_fault(std::string_view text, std::string_view machine = "", std::string_view test_case = "") {
  return fault(text, [&](const Node& node) { return read_local_config(node, machine, test_case); });
}

}  // namespace

TEST_CASE("an entry says what an attempt answers", "[mocks]") {
  const auto mocks = mocks_of(R"({"Pay": [
      {"return": {"ok": true}, "duration_seconds": 1.5, "iteration": 3, "submitted": 1, "outcome": "TaskSucceeded"},
      {"error": "Card.Declined", "cause": "no money"},
      {"cause": {"errorType": "E"}, "scheduled": {}, "event_id": 7},
      {"outcome": "TaskFailed"},
      {"error": "States.Timeout", "outcome": "TaskTimedOut"},
      {"error": "E", "outcome": "TaskSubmitFailed"}]})");
  REQUIRE(mocks.size() == 1);
  CHECK(mocks[0].state == "Pay");
  const auto& entries = mocks[0].entries;
  REQUIRE(entries.size() == 6);
  CHECK(to_json(std::get<Value>(entries[0].outcome)) == R"({"ok":true})");
  CHECK(entries[0].duration == std::chrono::milliseconds(1500));
  CHECK(entries[0].iteration == 3u);
  CHECK(to_json(*entries[0].submitted) == "1");
  CHECK_FALSE(entries[0].closing_event);
  CHECK(std::get<Failure>(entries[1].outcome) == Failure{"Card.Declined", "no money"});
  CHECK(std::get<Failure>(entries[2].outcome) == Failure{std::nullopt, R"({"errorType":"E"})"});
  CHECK(std::get<Failure>(entries[3].outcome) == Failure{});
  CHECK_FALSE(entries[3].closing_event);
  CHECK(entries[4].closing_event == EventType::TaskTimedOut);
  CHECK(entries[5].closing_event == EventType::TaskSubmitFailed);
}

TEST_CASE("a mock that is wrong is refused with its place and by name", "[mocks]") {
  struct Row {
    std::string_view text, fault;
  };
  const Row rows[] = {
      {R"([])", ": mocks are an object: state name to list of entries"},
      {R"({"A": {}})", "/A: the mocks of a state are a list, one entry per attempt"},
      {R"({"A": []})", "/A: the list of mocks is empty; it needs at least one entry"},
      {R"({"A": [1]})", "/A/0: a mock is an object such as {\"return\": …} or {\"error\": \"…\"}"},
      {R"({"A": [{}]})", "/A/0: a mock needs \"return\" or \"error\""},
      {R"({"A": [{"outcome": "TaskSucceeded"}]})", "/A/0: a mock needs \"return\" or \"error\""},
      {R"({"A": [{"return": 1, "error": "E"}]})", "/A/0: a mock has either \"return\" or \"error\", not both"},
      {R"({"A": [{"return": 1, "outcome": "TaskFailed"}]})",
       "/A/0: \"outcome\" says that the attempt fails, so the mock has no \"return\""},
      {R"({"A": [{"return": 1, "outcome": "TaskSubmitFailed"}]})",
       "/A/0: \"outcome\" says that the attempt fails, so the mock has no \"return\""},
      {R"({"A": [{"error": "E", "outcome": "TaskSucceeded"}]})",
       "/A/0: \"outcome\" says that the attempt succeeds, so the mock has no \"error\""},
      {R"({"A": [{"retrun": 1}]})", "/A/0/retrun: unknown member of a mock \"retrun\"; did you mean \"return\"?"},
      {R"({"A": [{"return": 1, "delay": 2}]})", "/A/0/delay: unknown member of a mock \"delay\""},
      {R"({"A": [{"error": 1}]})", "/A/0/error: \"error\" of a mock is the error name, a string"},
      {R"({"A": [{"return": 1, "iteration": -1}]})",
       "/A/0/iteration: \"iteration\" of a mock is the index of an item, an integer from 0"},
      {R"({"A": [{"return": 1, "iteration": 1.5}]})",
       "/A/0/iteration: \"iteration\" of a mock is the index of an item, an integer from 0"},
      {R"({"A": [{"return": 1, "duration_seconds": -1}]})",
       "/A/0/duration_seconds: \"duration_seconds\" of a mock is a number from 0 to 315360000"},
      {R"({"A": [{"return": 1, "duration_seconds": 315360001}]})",
       "/A/0/duration_seconds: \"duration_seconds\" of a mock is a number from 0 to 315360000"},
      {R"({"A": [{"error": "E", "outcome": "TaskStarted"}]})",
       "/A/0/outcome: \"outcome\" of a mock is the event that closes the attempt, such as \"TaskTimedOut\""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.text) {
      CHECK(fault(row.text, read_mocks) == row.fault);
    }
  }
  CHECK(fault(R"({"A": [{"return": 1, "duration_seconds": 315360000}]})", read_mocks).empty());
}

TEST_CASE("a short mock is an entry, a list of entries or a bare result", "[mocks]") {
  struct Row {
    std::string_view text;
    std::size_t entries;
    std::string_view first;
  };
  const Row rows[] = {
      {R"({"return": 1})", 1, "1"},
      {R"({"error": "E"})", 1, "E"},
      {R"([{"error": "E"}, {"return": 2}])", 2, "E"},
      {R"({"ok": true})", 1, R"({"ok":true})"},
      {R"({"error": "E", "id": 7})", 1, R"({"error":"E","id":7})"},
      {R"([1, 2])", 1, "[1,2]"},
      {R"([])", 1, "[]"},
      {R"("text")", 1, R"("text")"},
      {R"({"cause": "no outcome"})", 1, R"({"cause":"no outcome"})"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.text) {
      const Document document = read_json(std::string(row.text));
      const auto entries = read_short_mock(*document.root());
      REQUIRE(entries);
      REQUIRE(entries->size() == row.entries);
      const auto& outcome = (*entries)[0].outcome;
      const auto* failure = std::get_if<Failure>(&outcome);
      CHECK((failure ? failure->error.value_or("") : to_json(std::get<Value>(outcome))) == row.first);
    }
  }
}

TEST_CASE("a mock configuration of Step Functions Local gives ranges of invocations", "[mocks]") {
  constexpr std::string_view kConfig = R"({
    "StateMachines": {"Order": {"TestCases": {"Happy": {"Pay": "Declined twice", "Ship": "Shipped"}, "Other": {}}}},
    "MockedResponses": {
      "Declined twice": {"2-4": {"Return": {"paid": true}}, "0-1": {"Throw": {"Error": "E", "Cause": "c"}}},
      "Shipped": {"0": {"Return": 1}}}})";
  const Document document = read_json(std::string(kConfig));
  const auto mocks = read_local_config(*document.root(), "Order", "Happy");
  REQUIRE(mocks);
  REQUIRE(mocks->size() == 2);
  const StateMocks& pay = (*mocks)[0];
  CHECK(pay.state == "Pay");
  CHECK(pay.local);
  REQUIRE(pay.ranges.size() == 2);
  CHECK((pay.ranges[0].first == 0 && pay.ranges[0].last == 1));
  CHECK(std::get<Failure>(pay.entries[pay.ranges[0].entry].outcome) == Failure{"E", "c"});
  CHECK((pay.ranges[1].first == 2 && pay.ranges[1].last == 4));
  // The only machine needs no naming; of two test cases one must be named.
  CHECK(read_local_config(*document.root(), "", "Other"));
  CHECK(local_fault(kConfig, "Order", "") ==
        "/StateMachines/Order/TestCases: say which test case is meant: \"Happy\", \"Other\"");
  CHECK(local_fault(kConfig, "Oder", "Happy") ==
        "/StateMachines: the mock configuration has no state machine \"Oder\"; it has \"Order\"");
}

TEST_CASE("a mock configuration that is wrong is refused", "[mocks]") {
  const auto config = [](std::string_view response) {
    return R"({"StateMachines": {"M": {"TestCases": {"C": {"A": "R"}}}}, "MockedResponses": {"R": )" +
           std::string(response) + "}}";
  };
  struct Row {
    std::string text, fault;
  };
  const Row rows[] = {
      {"{}", ": the mock configuration has no \"StateMachines\""},
      {R"({"StateMachines": {"M": {}}})", "/StateMachines/M: state machine \"M\" has no \"TestCases\""},
      {R"({"StateMachines": {"M": {"TestCases": {"C": {"A": "Rr"}}}}, "MockedResponses": {"R": {}}})",
       "/StateMachines/M/TestCases/C/A: there is no mocked response \"Rr\"; did you mean \"R\"?"},
      {config("[]"), "/MockedResponses/R: a mocked response is an object with members such as \"0\" or \"1-2\""},
      {config(R"({"x": {"Return": 1}})"),
       "/MockedResponses/R/x: \"x\" is no number of an invocation; write \"0\" or a range such as \"1-2\""},
      {config(R"({"2-1": {"Return": 1}})"),
       "/MockedResponses/R/2-1: \"2-1\" is no number of an invocation; write \"0\" or a range such as \"1-2\""},
      {config(R"({"-1": {"Return": 1}})"),
       "/MockedResponses/R/-1: \"-1\" is no number of an invocation; write \"0\" or a range such as \"1-2\""},
      {config(R"({"0-2": {"Return": 1}, "2": {"Return": 2}})"), "/MockedResponses/R: two ranges cover invocation 2"},
      {config(R"({"0": {"Return": 1, "Throw": {"Error": "E"}}})"),
       "/MockedResponses/R/0: a mocked response is an object with exactly one of \"Return\" and \"Throw\""},
      {config(R"({"0": {"return": 1}})"),
       "/MockedResponses/R/0/return: unknown member of a mocked response \"return\"; did you mean \"Return\"?"},
      {config(R"({"0": {"Throw": {"Cause": "c"}}})"),
       "/MockedResponses/R/0/Throw: \"Throw\" needs \"Error\", the error name"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.text) {
      CHECK(local_fault(row.text) == row.fault);
    }
  }
}

TEST_CASE("an environment is read for its objects in S3", "[mocks]") {
  const Document document = read_json(
      R"({"s3_objects": [{"bucket": "b", "key": "k", "body": "text"}, {"bucket": "b", "key": "j", "body": [1]}],
          "lambda_functions": [], "collaborators": {}})");
  const auto objects = read_environment(*document.root());
  REQUIRE(objects);
  REQUIRE(objects->size() == 2);
  CHECK((*objects)[0].body == "text");
  CHECK((*objects)[1].body == "[1]");
  CHECK(fault(R"({"s3": []})", read_environment) == "/s3: unknown member of \"environment\" \"s3\"");
  CHECK(fault(R"({"s3_objects": [{"bucket": "b", "key": "k"}]})", read_environment) ==
        "/s3_objects/0: an object in S3 needs \"bucket\", \"key\" and \"body\"");
}
