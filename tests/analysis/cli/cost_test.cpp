// stepglass cost, as people call it.

#include "tests/analysis/cli/program.h"
#include "tests/support/catch.h"

namespace stepglass::cli {
namespace {

/// A folder with an order whose payment is tried again, and a template that calls it an Express machine.
class Shop {
 public:
  Shop() {
    std::filesystem::create_directories(path() / "flows");
    write("flows/order.asl.json", order(""));
    write("template.yaml", R"(Resources:
  Quick:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      DefinitionUri: flows/order.asl.json
  Slow:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: flows/order.asl.json
  Elsewhere:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: flows/missing.asl.json
)");
    write("cost.yaml", "executions_per_month: 2M\nstates:\n  Pay:\n    failure_rate: 50 %\n");
    write("wrong.yaml", "states:\n  Pay:\n    items: -1\n    failure: 3\n");
  }
  ~Shop() { std::filesystem::remove_all(path()); }

  static std::filesystem::path path() { return folder() / "shop"; }
  static void write(const char* file, std::string_view text) { std::ofstream(path() / file) << text; }
  /// `more`: a state before End.
  static std::string order(std::string_view more) {
    return R"({"StartAt": "Pay", "States": {
  "Pay": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:Pay",
    "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}], "Next": ")" +
           std::string(more.empty() ? "Done" : "Log") + R"("},)" + std::string(more) +
           R"("Done": {"Type": "Succeed"}}})";
  }
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("cost shows the ledger of a machine, with what is assumed", "[cli]") {
  const Shop shop;
  const Called called = call("cost shop/flows/order.asl.json --assume 'Pay.failure_rate=50 %'");
  CHECK(called.status == 0);
  CHECK(called.err.empty());
  CHECK(called.out ==
        "order  STANDARD  us-east-1, prices of 2026-11-01: aws.amazon.com/step-functions/pricing, captures up to 2026\n"
        "shop/flows/order.asl.json:1\n"
        "assuming 1,000,000 executions a month (default)\n"
        "\n"
        "                                  least         expected             most\n"
        "  transitions                         2             2.25                3\n"
        "  duration                           1s               2s               3s\n"
        "  a month                        $50.00           $56.25           $75.00  free tier not applied\n"
        "  25 % of executions fail\n"
        "\n"
        "  state      visits   transitions       a month   from\n"
        "  Pay             1          1.50        $37.50   fails 50 % (command line);\n"
        "                                                   takes 1 s (default)\n"
        "  Done         0.75          0.75        $18.75   derived\n"
        "\n"
        "  cheapest        Pay → Done  (2 transitions)\n"
        "  likeliest       Pay → Done  (75 %; 2.50 transitions, 2s)\n"
        "  dearest         Pay → Done  (3 transitions)\n"
        "  biggest levers  Pay: failures + 10 % → -$0.25\n"
        "  as EXPRESS      $3.08 a month (2s at 64 MB); cheaper up to 53s an execution\n"
        "  counted         every state that is entered and every retry; AWS publishes no\n"
        "                  exact rule\n"
        "  not included    lambda, logs, data transfer, KMS\n");
}

TEST_CASE("a repository has one table; a definition counts once for each template that names it", "[cli]") {
  const Shop shop;
  const Called called = call("cost shop --assumptions shop/cost.yaml");
  CHECK(called.status == 0);
  CHECK(has(called.out, "Quick      EXPRESS "));
  CHECK(has(called.out, "Slow       STANDARD"));
  CHECK(has(called.out, "its definition is in shop/flows/missing.asl.json, which is not there"));
  CHECK(has(called.out, "2 machines: "));
  CHECK(has(called.out, "assuming 2,000,000 executions of each; 1 could not be estimated"));
  CHECK(call("cost -j1 shop --assumptions shop/cost.yaml").out == called.out);
}

TEST_CASE("assumptions that are wrong are told with their place", "[cli]") {
  const Shop shop;
  const Called called = call("cost shop --assumptions shop/wrong.yaml");
  CHECK(called.status == 2);
  CHECK(has(called.err, "shop/wrong.yaml:3:12: \"items\" must be a number that is not negative"));
  CHECK(has(called.err, "shop/wrong.yaml:4:5: there is no assumption \"failure\" here"));
  CHECK(call("cost shop --assume Pay.items=nan").status == 2);
  CHECK(call("cost shop --executions -3").status == 2);
  CHECK(call("cost shop --executions 1e999").status == 2);
}

TEST_CASE("what is assumed of nobody is told", "[cli]") {
  const Shop shop;
  const Called called = call("cost shop/flows/order.asl.json --assume Pey.items=4");
  CHECK(called.status == 0);
  CHECK(called.err == "warning: there is no state \"Pey\", of which something is assumed; did you mean \"Pay\"?\n");
  CHECK(has(call("cost shop --assume Pay.failure_rate=0 --executions 0").out, "$0.00 a month"));
}

TEST_CASE("the file of assumptions that cost writes is one that it reads", "[cli]") {
  const Shop shop;
  const Called written = call("cost shop/flows/order.asl.json --write-assumptions --assume 'Pay.failure_rate=0.1'");
  CHECK(has(written.out, "states:\n  Pay:\n    failure_rate: 0.1\n#    duration_seconds: 1  # takes 1 s\n"));
  Shop::write("again.yaml", written.out);
  const Called with = call("cost shop/flows/order.asl.json --assumptions shop/again.yaml --format json");
  CHECK(with.status == 0);
  CHECK(has(with.out, R"("origin":"file","place":"shop/again.yaml:9","assumption":"failure_rate")"));
  // Of several machines, with what holds for all; and nothing but comments where nobody said anything.
  Shop::write("flows/thirds.asl.json",
              R"({"StartAt": "A", "States": {"A": {"Type": "Choice", "Default": "B", "Choices": [
    {"Variable": "$.x", "IsNull": true, "Next": "B"}, {"Variable": "$.x", "IsNull": false, "Next": "B"}]},
    "B": {"Type": "Succeed"}}})");
  const std::string given =
      "--assume A.choices=[0.333333333333,0.333333333333,0.333333333334] --region eu-west-1 --assume payload_bytes=77 "
      "--assume usd_per_gb_hour=0.1";
  Shop::write("all.yaml", call("cost shop --write-assumptions " + given).out);
  const std::string all = content(Shop::path() / "all.yaml");
  CHECK(has(all, "\nregion: eu-west-1\npayload_bytes: 77\nusd_per_gb_hour: 0.1\n"));
  CHECK(has(all, "choices: [0.333333333333, 0.333333333333, 0.333333333334]\n"));
  CHECK(call("cost shop --format csv --assumptions shop/all.yaml").out.size() ==
        call("cost shop --format csv --assumptions shop/all.yaml " + given).out.size());
  Shop::write("none.yaml", call("cost shop --write-assumptions").out);
  CHECK(call("cost shop --assumptions shop/none.yaml").out == call("cost shop").out);
}

TEST_CASE("a saved report is compared with what is there now, and gates say when it is too much", "[cli]") {
  const Shop shop;
  Shop::write("before.json", call("cost shop/flows/order.asl.json --format json").out);
  CHECK(call("cost shop/flows/order.asl.json --compare-to shop/before.json").out == "the cost is the same\n");
  CHECK(call("cost shop/flows/order.asl.json --compare-to shop/before.json --comment-when change").out.empty());

  Shop::write("flows/order.asl.json", Shop::order(R"("Log": {"Type": "Pass", "Next": "Done"},)"));
  const Called called = call("cost shop/flows/order.asl.json --compare-to shop/before.json --fail-increase 10%");
  CHECK(called.status == 1);
  CHECK(has(called.out, "transitions  2 → 3"));
  CHECK(has(called.out, "because of   new Pass \"Log\": +1"));
  CHECK(has(called.out, "all: $50.00 → $75.00 a month (+50.0 %)"));
  CHECK(has(called.err, "--fail-increase 10 %: a month becomes dearer by $25.00"));
  CHECK(call("cost shop/flows/order.asl.json --compare-to shop/before.json --fail-increase '$30'").status == 0);

  const Called comment =
      call("cost shop/flows/order.asl.json --compare-to shop/before.json --fail-increase 10% --format markdown");
  CHECK(
      comment.out.starts_with("<!-- stepglass-cost -->\n### Step Functions cost: **+$25.00 a month (+50.0 %)**, "
                              "$50.00 → $75.00\n"));
  CHECK(has(comment.out, "| order | 2 → 3 | $50.00 → **$75.00** |"));
  CHECK(call("cost shop/flows/order.asl.json --fail-above '$60/month'").status == 1);
  CHECK(call("cost shop/flows/order.asl.json --fail-above 80").status == 0);
}

TEST_CASE("a commit is compared without touching the checkout", "[cli]") {
  const Shop shop;
  const std::string git = "cd shop && git -c user.name=a -c user.email=a@b ";
  REQUIRE(std::system(("cd '" + folder().string() + "' && " + git + "init -q . 2>/dev/null && git add -A && " +
                       "git -c user.name=a -c user.email=a@b commit -qm first")
                          .c_str()) == 0);
  Shop::write("flows/order.asl.json", Shop::order(R"("Log": {"Type": "Pass", "Next": "Done"},)"));
  const Called called = call("cost --compare-to git:HEAD", "cd shop &&");
  CHECK(called.status == 0);
  CHECK(has(called.out, "Slow  flows/order.asl.json\n  transitions  2 → 3"));
  CHECK(content(Shop::path() / "flows/order.asl.json").find("Log") != std::string::npos);
  const Called unknown = call("cost --compare-to git:nowhere", "cd shop &&");
  CHECK(unknown.status == 2);
  CHECK(has(unknown.err, "git knows no commit \"nowhere\""));
}

TEST_CASE("a comparison writes nothing anywhere", "[cli]") {
  const Shop shop;
  REQUIRE(
      std::system(("cd '" + Shop::path().string() +
                   "' && git init -q . 2>/dev/null && git add -A && git -c user.name=a -c user.email=a@b commit -qm x")
                      .c_str()) == 0);
  const std::string edited = Shop::order(R"("Log": {"Type": "Pass", "Next": "Done"},)");
  Shop::write("flows/order.asl.json", edited);
  CHECK(call("cost --compare-to git:HEAD", "cd shop && TMPDIR=/no/such/folder").status == 0);
  CHECK(content(Shop::path() / "flows/order.asl.json") == edited);
}

TEST_CASE("a gate that cannot be checked does not pass", "[cli]") {
  const Shop shop;
  const Called unpriced = call("cost shop/flows/order.asl.json --region mars-1 --fail-above 500");
  CHECK(unpriced.status == 1);
  CHECK(has(unpriced.err, "--fail-above $500.00: no price is known for order"));
  Shop::write("before.json", call("cost shop/flows/order.asl.json --format json").out);
  const Called broken = [] {
    Shop::write("flows/order.asl.json", R"({"StartAt": "Nowhere", "States": {"A": {"Type": "Succeed"}}})");
    return call("cost shop/flows/order.asl.json --compare-to shop/before.json --fail-increase 10%");
  }();
  CHECK(broken.status == 1);
  CHECK(has(broken.err, "--fail-increase 10 %: order can no longer be estimated"));
  CHECK(has(broken.out, "no estimate any more: "));
}

TEST_CASE("a machine without an estimate passes no gate", "[cli]") {
  const Shop shop;
  Shop::write("flows/bad.asl.json", R"({"StartAt": "A", "States": {"A": {"Type": "Succeed")");
  const Called called = call("cost shop/flows --fail-above 100000 --fail-unbounded");
  CHECK(called.status == 1);
  CHECK(has(called.err, "--fail-above $100,000.00: bad could not be estimated"));
  CHECK(has(called.err, "--fail-unbounded: bad could not be estimated"));
}

TEST_CASE("what tasks start is compared as the commit has it", "[cli]") {
  const Shop shop;
  Shop::write("outer.asl.json", R"({"StartAt": "S", "States": {"S": {"Type": "Task", "End": true,
    "Resource": "arn:aws:states:::states:startExecution", "Parameters": {"StateMachineArn": "order"}}}})");
  REQUIRE(
      std::system(("cd '" + Shop::path().string() +
                   "' && git init -q . 2>/dev/null && git add -A && git -c user.name=a -c user.email=a@b commit -qm x")
                      .c_str()) == 0);
  Shop::write("flows/order.asl.json", Shop::order(R"("Log": {"Type": "Pass", "Next": "Done"},)"));
  const Called called =
      call("cost outer.asl.json --machine order=flows/order.asl.json --compare-to git:HEAD", "cd shop &&");
  CHECK(has(called.out, "transitions  3 → 4"));
  CHECK(has(called.out, "because of   new Pass \"Log\" of order: +1"));
}

TEST_CASE("limits are told although nothing changed", "[cli]") {
  const Shop shop;
  Shop::write("before.json", call("cost shop/flows/order.asl.json --format json").out);
  const Called called = call(
      "cost shop/flows/order.asl.json --compare-to shop/before.json --format markdown --fail-above 1 --comment-when "
      "change");
  CHECK(called.status == 1);
  CHECK(has(called.out, "### Step Functions cost: unchanged\n\n> ⚠ "));
}

TEST_CASE("a loop without bound can be made a reason to fail", "[cli]") {
  const Shop shop;
  Shop::write("loop.asl.json", R"({"StartAt": "A", "States": {"A": {"Type": "Choice", "Default": "B",
    "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "A"}]}, "B": {"Type": "Succeed"}}})");
  const Called called = call("cost shop/loop.asl.json --fail-unbounded");
  CHECK(called.status == 1);
  CHECK(has(called.err, "--fail-unbounded: loop has no most"));
  CHECK(call("cost shop/loop.asl.json --fail-unbounded --assume A.max_rounds=9").status == 0);
}

TEST_CASE("CSV and Infracost's usage are for other programs", "[cli]") {
  const Shop shop;
  Shop::write("formula.asl.json",
              R"({"StartAt": "=A1, \"x\"", "States": {"=A1, \"x\"": {"Type": "Pass", "End": true}}})");
  const Called csv = call("cost shop/formula.asl.json --format csv");
  CHECK(has(csv.out, "\"'=A1, \"\"x\"\"\",Pass,0,1,1,25,"));
  const Called called = call("cost shop/template.yaml shop/flows --infracost-usage shop/usage.yml");
  CHECK(called.status == 0);
  const std::string usage = content(Shop::path() / "usage.yml");
  CHECK(has(usage,
            "  aws_sfn_state_machine.Quick:\n    monthly_requests: 1000000\n    workflow_duration_ms: 1000\n"
            "    memory_mb: 64\n"));
  CHECK(has(usage, "  aws_sfn_state_machine.Slow:\n    monthly_transitions: 2000000\n"));
}

TEST_CASE("executions that are played stand beside what is expected", "[cli]") {
  const Shop shop;
  const std::string command =
      "cost shop/flows/order.asl.json --assume 'Pay.failure_rate=50 %' --simulate 2000 --seed 7";
  const Called called = call(command);
  CHECK(called.status == 0);
  CHECK(has(called.out, "simulated       2,000 executions, seed 7;"));
  CHECK(call(command + " -j1").out == called.out);
  CHECK(call("cost shop --simulate 999999999999").status == 2);
}

TEST_CASE("a machine that tasks start is counted where its definition is given", "[cli]") {
  const Shop shop;
  Shop::write("outer.asl.json", R"({"StartAt": "Start", "States": {"Start": {"Type": "Task", "End": true,
    "Resource": "arn:aws:states:::states:startExecution.sync:2", "Parameters":
    {"StateMachineArn": "arn:aws:states:us-east-1:111111111111:stateMachine:order"}}}})");
  CHECK(has(call("cost shop/outer.asl.json").out, "transitions                         1 "));
  const Called called = call("cost shop/outer.asl.json --machine order=shop/flows/order.asl.json --simulate 100");
  CHECK(has(called.out, "transitions                         3                3                4"));
  CHECK(has(called.out, "transitions 3 ± 0 (3 … 3)"));
  CHECK(has(called.out, "order (executions)"));
  // A template gives the one that has the name; assumptions of it are those of somebody.
  Shop::write("inline.yaml", R"(Resources:
  other:
    Type: AWS::Serverless::StateMachine
    Properties: {Definition: {StartAt: A, States: {A: {Type: Succeed}}}}
  order:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Pass, Next: B}, B: {Type: Pass, Next: C}, C: {Type: Succeed}}}
)");
  Shop::write("inner.yaml", "machines:\n  order:\n    states: {}\n");
  const Called with_template =
      call("cost shop/outer.asl.json --machine order=shop/inline.yaml --assumptions shop/inner.yaml");
  CHECK(with_template.err.empty());
  CHECK(has(with_template.out, "transitions                         4 "));
}

TEST_CASE("what was observed is assumed", "[cli]") {
  const Shop shop;
  Shop::write("history.json", R"([{"id": 1, "timestamp": 1, "type": "TaskStateEntered",
    "stateEnteredEventDetails": {"name": "Pay"}}, {"id": 2, "previousEventId": 1, "timestamp": 1,
    "type": "TaskScheduled"}, {"id": 3, "previousEventId": 2, "timestamp": 5, "type": "TaskSucceeded"}])");
  const Called called = call("cost shop/flows/order.asl.json --observe shop/history.json");
  CHECK(has(called.out, "fails 0 % (observed"));
  CHECK(has(called.out, "takes 4 s (observed"));
  CHECK(call("cost shop/flows/order.asl.json --observe shop/cost.yaml").status == 2);
  Shop::write("loop.asl.json", R"({"StartAt": "A", "States": {"A": {"Type": "Succeed"}}})");
  CHECK(has(call("cost shop/loop.asl.json --observe shop/history.json").err,
            "history.json is of another state machine: none here has all of its states, e.g. \"Pay\""));
}

TEST_CASE("cost says what is missing", "[cli]") {
  const Shop shop;
  CHECK(call("cost mocks.json").status == 2);
  CHECK(call("cost no-such-file").status == 2);
  const Called broken = call("cost -", "echo '{\"StartAt\": \"A\", \"States\": {\"B\": {\"Type\": \"Pass\"}}}' |");
  CHECK(broken.status == 2);
  CHECK(has(broken.out, "stdin"));
  CHECK(call("cost shop --fail-increase 10%").err.find("--fail-increase needs --compare-to") != std::string::npos);
  CHECK(call("cost shop --format xml").status == 2);
  std::filesystem::create_directories(Shop::path() / "empty");
  CHECK(has(call("cost shop/empty").err, "there are no state machines here"));
}

}  // namespace
}  // namespace stepglass::cli
