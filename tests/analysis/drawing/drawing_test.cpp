// Pictures of machines: what never overlaps, what a picture does not depend on, what is said in it.

#include "analysis/drawing/drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/drawing/condition_text.h"
#include "analysis/drawing/graph_text.h"
#include "analysis/drawing/spoken.h"
#include "engine/document/document.h"
#include "engine/support/random.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

class Machine {
 public:
  explicit Machine(std::string text)
      : document_(read_json(std::move(text))), loaded_(load_state_machine(document_, MachineType::Standard)) {
    REQUIRE(loaded_.machine);
  }
  const StateMachine& machine() const { return *loaded_.machine; }
  Drawing drawing() const { return draw(machine()); }
  std::string svg(std::string_view name = "m") const { return svg_text(drawing(), name); }

 private:
  Document document_;
  LoadedMachine loaded_;
};

/// Scopes of states of all kinds, whose transitions lead anywhere.
class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  /// {"StartAt": …, "States": {…}}; `reversed`: with the keys in the opposite order.
  std::string machine(bool reversed) { return scope(0, reversed); }

 private:
  std::string scope(std::size_t depth, bool reversed) {
    const std::size_t first = next_, count = 1 + random_.below(9);
    next_ += count;
    const auto any = [&] { return name(first + random_.below(count)); };
    std::vector<std::string> states;
    for (std::size_t i = 0; i < count; ++i) {
      std::string state;
      const std::string next = i + 1 == count ? std::string(R"("End": true)") : fmt::format(R"("Next": "{}")", any());
      switch (random_.below(depth < 2 ? 7 : 5)) {
        case 0: {
          std::string rules;
          for (std::size_t r = random_.below(4) + 1; r > 0; --r) {
            rules += fmt::format(R"({{"Variable": "$.a{}", "NumericLessThan": {}, "Next": "{}"}}{})", r, r * 1000,
                                 any(), r > 1 ? "," : "");
          }
          state = fmt::format(R"("Type": "Choice", "Choices": [{}], "Default": "{}")", rules, any());
          break;
        }
        case 1:
          state = fmt::format(
              R"("Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", {},
              "Catch": [{{"ErrorEquals": ["A.Rather.Long.Name.Of.An.Error", "B"], "Next": "{}"}},
                {{"ErrorEquals": ["States.ALL"], "Next": "{}"}}])",
              next, any(), any());
          break;
        case 2:
          state = R"("Type": "Succeed")";
          break;
        case 3:
          state = fmt::format(R"("Type": "Wait", "Seconds": 1, {})", next);
          break;
        case 5:
          state = fmt::format(R"("Type": "Map", "ItemProcessor": {}, {})", scope(depth + 1, reversed), next);
          break;
        case 6: {
          const std::string one = scope(depth + 1, reversed);
          state = fmt::format(R"("Type": "Parallel", "Branches": [{}, {}], {})", one, scope(depth + 1, reversed), next);
          break;
        }
        default:
          state = fmt::format(R"("Type": "Pass", {})", next);
      }
      states.push_back(fmt::format(R"("{}": {{{}}})", name(first + i), state));
    }
    if (reversed) std::reverse(states.begin(), states.end());
    return fmt::format(R"({{"StartAt": "{}", "States": {{{}}}}})", name(first), fmt::join(states, ","));
  }
  static std::string name(std::size_t i) { return fmt::format("State {} {}", i, std::string(i % 7 * 4, 'x')); }

  Random random_;
  std::size_t next_ = 0;
};

bool overlap(const Box& a, const Box& b) {
  constexpr double kTouch = 0.01;
  return a.x + kTouch < b.x + b.width && b.x + kTouch < a.x + a.width && a.y + kTouch < b.y + b.height &&
         b.y + kTouch < a.y + a.height;
}
bool contains(const Box& around, const Box& inside) {
  constexpr double kTouch = 0.01;
  return inside.x >= around.x - kTouch && inside.y >= around.y - kTouch &&
         inside.x + inside.width <= around.x + around.width + kTouch &&
         inside.y + inside.height <= around.y + around.height + kTouch;
}

void check_scope(const DrawnScope& scope) {
  std::vector<Box> boxes;
  for (const DrawnState& state : scope.states) {
    boxes.push_back(state.box);
    CHECK(contains(scope.box, state.box));
    CHECK(contains(state.box, state.name.box));
    for (const DrawnScope& inner : state.scopes) {
      CHECK(contains(state.box, inner.box));
      CHECK_FALSE(overlap(state.name.box, inner.box));
      check_scope(inner);
    }
    for (std::size_t i = 1; i < state.scopes.size(); ++i)
      CHECK_FALSE(overlap(state.scopes[i - 1].box, state.scopes[i].box));
  }
  std::size_t crossed = 0, overlapping = 0;
  for (const DrawnEdge& edge : scope.edges) {
    if (edge.label) boxes.push_back(edge.label->box);
    if (edge.jump) boxes.push_back(edge.jump->box);
    CHECK(edge.points.size() >= 2);
    // No line passes through the box of a state: between two points it stays within the rows of its layer's gap.
    for (std::size_t i = 1; i < edge.points.size(); ++i) {
      const Point &a = edge.points[i - 1], &b = edge.points[i];
      const Box line{std::min(a.x, b.x), std::min(a.y, b.y), std::fabs(a.x - b.x), std::fabs(a.y - b.y)};
      for (const DrawnState& state : scope.states) {
        crossed += edge.edge.from != edge.edge.to && overlap(line, state.box);
      }
    }
  }
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    CHECK(contains(scope.box, boxes[i]));
    for (std::size_t k = 0; k < i; ++k) overlapping += overlap(boxes[i], boxes[k]);
  }
  CHECK(crossed == 0);
  CHECK(overlapping == 0);
}

TEST_CASE("no boxes and texts overlap, and no line passes through a box", "[drawing]") {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    const std::string text = Maker(seed).machine(false);
    INFO(text);
    check_scope(Machine(text).drawing().scope);
  }
}

TEST_CASE("a picture does not depend on the order of keys", "[drawing]") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Drawing one = Machine(Maker(seed).machine(false)).drawing(),
                  other = Machine(Maker(seed).machine(true)).drawing();
    CHECK(one.size.width == other.size.width);
    CHECK(one.size.height == other.size.height);
    std::vector<std::pair<double, double>> places[2];
    const auto collect = [](const DrawnScope& scope, auto& into, const auto& self) -> void {
      for (const DrawnState& state : scope.states) {
        into.emplace_back(state.box.x, state.box.y);
        for (const DrawnScope& inner : state.scopes) self(inner, into, self);
      }
    };
    collect(one.scope, places[0], collect);
    collect(other.scope, places[1], collect);
    for (auto& list : places) std::sort(list.begin(), list.end());
    CHECK(places[0] == places[1]);
  }
}

TEST_CASE("what comes later stands below, and a way back leads up", "[drawing]") {
  const Drawing drawing = Machine(R"({"StartAt": "A", "States": {"C": {"Type": "Succeed"},
    "B": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "A"}], "Default": "C"},
    "A": {"Type": "Pass", "Next": "B"}}})")
                              .drawing();
  const auto& states = drawing.scope.states;
  CHECK(states[2].box.y < states[1].box.y);
  CHECK(states[1].box.y < states[0].box.y);
  std::size_t back = 0;
  for (const DrawnEdge& edge : drawing.scope.edges) {
    back += edge.back;
    if (edge.back) CHECK(edge.points.front().y > edge.points.back().y);
  }
  CHECK(back == 1);
}

TEST_CASE("states that follow each other stand in one column, and long arrows are straight", "[drawing]") {
  // Each fails over to the last, so that there are texts beside the way and an arrow past all of it.
  std::string text = R"({"StartAt": "S0", "States": {)";
  for (int i = 0; i < 20; ++i) {
    text += fmt::format(R"("S{}": {{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "S{}",
      "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "Sorry"}}]}},)",
                        i, i + 1);
  }
  const Machine machine(text + R"("S20": {"Type": "Succeed"}, "Sorry": {"Type": "Fail"}}})");
  const Drawing drawing = machine.drawing();
  const auto middle = [](const DrawnState& state) { return state.box.x + state.box.width / 2; };
  for (const DrawnState& state : drawing.scope.states) {
    CAPTURE(state.state->name);
    if (state.state->name != "Sorry") CHECK(std::abs(middle(state) - middle(drawing.scope.states[0])) < 0.1);
  }
  for (const DrawnEdge& edge : drawing.scope.edges) {
    if (edge.edge.way != Way::Next) continue;
    for (const Point& point : edge.points) CHECK(std::abs(point.x - middle(drawing.scope.states[0])) < 0.1);
  }
}

TEST_CASE("an SVG says what it shows, and escapes what it is given", "[drawing]") {
  const std::string svg = Machine(R"({"StartAt": "<script>", "States": {
    "<script>": {"Type": "Choice", "Choices": [{"Variable": "$.a", "StringEquals": "\"><img onerror=x>", "Next": "E"}],
      "Default": "<script>"}, "E": {"Type": "Succeed"}}})")
                              .svg("<b>&'");
  CHECK(svg.find("<script") == std::string::npos);
  CHECK(svg.find("<img") == std::string::npos);
  CHECK(svg.find("<title>&lt;b&gt;&amp;&apos;</title>") != std::string::npos);
  CHECK(svg.find("<desc>2 states, starts at &lt;script&gt;, 1 end, 1 loop</desc>") != std::string::npos);
  CHECK(svg.find("aria-label=\"E, Succeed, step 2 of 2, end\"") != std::string::npos);
}

TEST_CASE("a state is told with what it calls, where it stands and where it leads", "[drawing]") {
  const auto spoken = [](const std::string& resource) {
    const Machine machine(fmt::format(R"({{"StartAt": "Start", "States": {{
      "Start": {{"Type": "Pass", "Next": "Charge"}},
      "Charge": {{"Type": "Task", "Resource": "{}", "Next": "Sum",
        "Catch": [{{"ErrorEquals": ["Card.Declined"], "Next": "Start"}}]}},
      "Sum": {{"Type": "Map", "End": true, "ItemProcessor": {{"StartAt": "One", "States": {{
        "One": {{"Type": "Pass", "End": true}}}}}}}}}}}})",
                                      resource));
    const Drawing drawing = machine.drawing();
    CHECK(drawing.summary == "4 states, starts at Start, 1 end, 1 loop");
    return spoken_text(drawing, drawing.scope.states[1]);
  };
  CHECK(spoken("arn:aws:lambda:us-east-1:111111111111:function:f") ==
        "Charge, Task, Lambda, step 2 of 4, next Sum, on Card.Declined go to Start");
  CHECK(spoken("arn:aws:states:::lambda:invoke").starts_with("Charge, Task, Lambda, step"));
  CHECK(spoken("arn:aws:states:::sqs:sendMessage").starts_with("Charge, Task, sqs sendMessage, step"));
  CHECK(spoken("arn:aws:states:::aws-sdk:s3:getObject").starts_with("Charge, Task, s3 getObject, step"));
  CHECK(spoken("arn:aws:states:::http:invoke").starts_with("Charge, Task, HTTP, step"));
  CHECK(spoken("arn:aws:states:us-east-1:111111111111:activity:a").starts_with("Charge, Task, activity, step"));
}

TEST_CASE("what has states inside is no symbol: those within would not be told", "[drawing]") {
  const std::string svg = Machine(R"({"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
    "StartAt": "In", "States": {"In": {"Type": "Pass", "End": true}}}}}})")
                              .svg();
  CHECK(svg.find("<g class=\"state map\" role=\"graphics-object\"") != std::string::npos);
  CHECK(svg.find("<g class=\"state pass\" role=\"graphics-symbol\"") != std::string::npos);
}

TEST_CASE("a collapsed state is one node that says what it hides, and ids stay", "[drawing]") {
  const Machine machine(R"({"StartAt": "A", "States": {
    "A": {"Type": "Parallel", "Next": "B", "Branches": [
      {"StartAt": "A1", "States": {"A1": {"Type": "Map", "End": true, "ItemProcessor": {
        "StartAt": "A11", "States": {"A11": {"Type": "Pass", "End": true}}}}}},
      {"StartAt": "A2", "States": {"A2": {"Type": "Pass", "End": true}}}]},
    "B": {"Type": "Map", "End": true, "ItemProcessor": {
      "StartAt": "B1", "States": {"B1": {"Type": "Pass", "End": true}}}}}})");
  const Drawing whole = machine.drawing(), drawing = draw(machine.machine(), {"A", "no such state"});
  const auto& states = drawing.scope.states;
  CHECK(states[0].scopes.empty());
  CHECK(states[0].hidden == 3);
  CHECK(states[1].hidden == 0);
  CHECK(states[1].scopes[0].states[0].id == whole.scope.states[1].scopes[0].states[0].id);
  CHECK(states[1].step == whole.scope.states[1].step);
  CHECK(drawing.summary == whole.summary);
  CHECK(drawing.size.height < whole.size.height);
  check_scope(drawing.scope);
  CHECK(spoken_text(drawing, states[0]) == "A, Parallel, step 1 of 6, collapsed, +3 states, next B");
  const std::string svg = svg_text(drawing, "m");
  CHECK(svg.find(">+3 states</text>") != std::string::npos);
  CHECK(svg.find("A11") == std::string::npos);
  CHECK(drawing_json(drawing).find("\"hidden\":3") != std::string::npos);
}

TEST_CASE("loops are told whether they are drawn or not", "[drawing]") {
  const Machine machine(R"({"StartAt": "Each", "States": {
    "Each": {"Type": "Map", "Next": "Ask", "ItemProcessor": {"StartAt": "In", "States": {
      "In": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "In"}], "Default": "Out"},
      "Out": {"Type": "Succeed"}}}},
    "Ask": {"Type": "Choice", "Default": "Wait",
      "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "Done"}, {"Variable": "$.y", "IsPresent": true, "Next": "Log"}]},
    "Wait": {"Type": "Wait", "Seconds": 1, "Next": "Ask"}, "Log": {"Type": "Pass", "Next": "Ask"},
    "Done": {"Type": "Succeed"}}})");
  CHECK(machine.drawing().summary == "7 states, starts at Each, 1 end, 3 loops");
  CHECK(draw(machine.machine(), {"Each"}).summary == machine.drawing().summary);
}

TEST_CASE("names to collapse come in any order, and what hides nothing is drawn as it is", "[drawing]") {
  const auto scope = [](char name) {
    return fmt::format(R"({{"StartAt": "{0}", "States": {{"{0}": {{"Type": "Pass", "End": true}}}}}})", name);
  };
  const Machine machine(fmt::format(R"({{"StartAt": "P", "States": {{
    "P": {{"Type": "Map", "Next": "Q", "ItemProcessor": {}}}, "Q": {{"Type": "Map", "Next": "R", "ItemProcessor": {}}},
    "R": {{"Type": "Parallel", "End": true, "Branches": [{{"StartAt": "Z", "States": {{}}}}]}}}}}})",
                                    scope('A'), scope('B')));
  const Drawing drawing = draw(machine.machine(), {"R", "Q", "P"});
  CHECK(drawing.scope.states[0].hidden == 1);
  CHECK(drawing.scope.states[1].hidden == 1);
  CHECK(drawing.scope.states[2].hidden == 0);
  CHECK(drawing.scope.states[2].scopes.size() == 1);
  const std::string json = graph_text(GraphFormat::Json, machine.machine(), {.collapsed = {"R", "Q", "P"}});
  CHECK(json.find(R"("name":"Q","type":"Map","hidden":1)") != std::string::npos);
  CHECK(json.find(R"("name":"R","type":"Parallel","scopes":[)") != std::string::npos);
  CHECK(json.find("\"hidden\":0") == std::string::npos);
}

TEST_CASE("what is broken is drawn dashed, with a word", "[drawing]") {
  const Machine machine(R"({"StartAt": "A", "States": {
    "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "Gone"}], "Default": "B"},
    "B": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Gone",
      "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "C"}]},
    "C": {"Type": "Taks", "Next": "A"}, "D": {"Comment": "no type"}}})");
  const Drawing drawing = machine.drawing();
  const DrawnScope& scope = drawing.scope;
  REQUIRE(scope.missing.size() == 1);
  CHECK(scope.missing[0].text.full == "missing: Gone");
  CHECK(contains(scope.box, scope.missing[0].box));
  CHECK(contains(scope.missing[0].box, scope.missing[0].text.box));
  std::size_t leading_there = 0;
  for (const DrawnEdge& edge : scope.edges) {
    leading_there += edge.edge.to == scope.states.size() + 2;
    // Nobody knows whether what has no type ends.
    CHECK(edge.edge.way != Way::End);
    CHECK_FALSE(edge.points.empty());
  }
  CHECK(leading_there == 2);
  CHECK(spoken_text(drawing, scope.states[0]) ==
        "A, Choice, step 2 of 4, if $.x is present go to Gone, which is missing, else go to B");
  CHECK(spoken_text(drawing, scope.states[2]).starts_with("C, unknown type, "));
  const std::string svg = machine.svg(), dashes = "stroke-dasharray=\"6 4\"/>\n";
  const auto dashed_in = [&](std::string_view part) {
    const std::size_t at = svg.find(part);
    return at != std::string::npos && svg.find(dashes, at) < svg.find("</g>", at);
  };
  CHECK(dashed_in("<g class=\"missing\">"));
  CHECK(dashed_in("aria-label=\"C, unknown type"));
  CHECK(dashed_in("aria-label=\"D, unknown type"));
  CHECK(svg.find(">unknown type</text>") != std::string::npos);
  const std::string json = drawing_json(drawing);
  CHECK(read_json(json).diagnostics().empty());
  CHECK(json.find(R"("missing":[{"name":"Gone","box":[)") != std::string::npos);
  CHECK(json.find(R"({"from":"1","to":null,"missing":"Gone","kind":"next")") != std::string::npos);
  CHECK(json.find(R"("type":"Pass")") == std::string::npos);
  CHECK(json.find(R"("type":"unknown",)") != std::string::npos);
  CHECK(json.find(R"("unknown":"unknown type")") != std::string::npos);
}

TEST_CASE("a state of unknown type ends where it says so, and one from deployment is no mistake", "[drawing]") {
  const Machine machine(R"({"StartAt": "A", "States": {
    "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "B"}], "Default": "C"},
    "B": {"Type": "${Kind}", "End": true}, "C": {"Type": "Taks", "End": false}}})");
  const Drawing drawing = machine.drawing();
  CHECK(drawing.summary == "3 states, starts at A, 1 end");
  CHECK(spoken_text(drawing, drawing.scope.states[1]) == "B, type from deployment, step 2 of 3, end");
  CHECK(spoken_text(drawing, drawing.scope.states[2]) == "C, unknown type, step 3 of 3");
  CHECK(machine.svg().find(">type from deployment</text>") != std::string::npos);
  CHECK(drawing_json(drawing).find(R"("unknown":"type from deployment")") != std::string::npos);
}

TEST_CASE("a ladder of choices hangs down and does not drift sideways", "[drawing]") {
  std::string states;
  for (int i = 0; i < 12; ++i) {
    states += fmt::format(R"("Check {0}": {{"Type": "Choice", "Default": "Check {1}", "Choices": [
      {{"Variable": "$.x", "NumericEquals": {0}, "Next": "Do {0}"}}]}}, "Do {0}": {{"Type": "Pass", "Next": "Check 12"}},)",
                          i, i + 1);
  }
  const Machine machine(
      fmt::format(R"({{"StartAt": "Check 0", "States": {{{}"Check 12": {{"Type": "Succeed"}}}}}})", states));
  const Drawing drawing = machine.drawing();
  for (const DrawnState& state : drawing.scope.states) {
    CAPTURE(state.state->name);
    if (std::holds_alternative<Choice>(state.state->kind)) {
      CHECK(std::abs(state.box.x - drawing.scope.states[0].box.x) < 20);
    }
  }
  CHECK(drawing.size.width < 400);
}

TEST_CASE("what arrows share is drawn once, so that dashes stay dashes", "[drawing]") {
  std::string states;
  for (int i = 0; i < 6; ++i) {
    states += fmt::format(R"("T{}": {{"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
      {}, "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "F"}}]}},)",
                          i, i == 5 ? R"("End": true)" : fmt::format(R"("Next": "T{}")", i + 1));
  }
  const std::string svg =
      Machine(fmt::format(R"({{"StartAt": "T0", "States": {{{}"F": {{"Type": "Fail"}}}}}})", states)).svg();
  std::set<std::string> starts;
  std::size_t dashed = 0;
  for (std::size_t at = 0; (at = svg.find("d=\"M", at)) != std::string::npos; ++at) {
    const std::string d = svg.substr(at + 3, svg.find('"', at + 3) - at - 3);
    if (svg.compare(svg.find('/', at) - 23, 23, " stroke-dasharray=\"5 3\"") != 0) continue;
    ++dashed;
    CHECK(starts.insert(d.substr(d.rfind(' '))).second);
  }
  CHECK(dashed == 6);
}

TEST_CASE("a drawing as JSON has the places of states and edges", "[drawing]") {
  const Machine machine(R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}})");
  const std::string json = drawing_json(machine.drawing());
  CHECK(read_json(json).diagnostics().empty());
  CHECK(json.find(R"("states":[{"id":"0","name":"A","type":"Pass","box":[)") != std::string::npos);
  CHECK(json.find(R"({"from":"0","to":null,"kind":"end","back":false,"points":[[)") != std::string::npos);
}

TEST_CASE("conditions read as people write them", "[drawing]") {
  const auto text = [](const std::string& rule) {
    const Machine machine(R"({"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{)" + rule +
                          R"(, "Next": "B"}]}, "B": {"Type": "Succeed"}}})");
    return condition_text(std::get<Choice>(machine.machine().scope.states[0].kind).choices[0].condition);
  };
  CHECK(text(R"("Variable": "$.x", "NumericLessThanEquals": 5)") == "$.x ≤ 5");
  CHECK(text(R"("Variable": "$.x", "StringEquals": "a")") == "$.x = \"a\"");
  CHECK(text(R"("Variable": "$.x", "BooleanEquals": false)") == "not $.x");
  CHECK(text(R"("Variable": "$.x", "IsPresent": false)") == "$.x is not present");
  CHECK(text(R"("Variable": "$.x", "StringMatches": "a*")") == "$.x matches \"a*\"");
  CHECK(text(R"("Variable": "$.x", "NumericGreaterThanPath": "$.y")") == "$.x > $.y");
  CHECK(text(R"("And": [{"Variable": "$.x", "IsNull": true}, {"Not": {"Variable": "$.y", "BooleanEquals": true}}])") ==
        "$.x is null and not ($.y)");
  CHECK(text(R"("Or": [{"And": [{"Variable": "$.x", "IsNull": true}, {"Variable": "$.z", "IsNull": true}]},
    {"Variable": "$.y", "BooleanEquals": true}])") == "($.x is null and $.z is null) or $.y");
}

TEST_CASE("long names are broken and cut, and are whole in titles", "[drawing]") {
  const std::string name(80, 'W');
  const Machine machine(fmt::format(R"({{"StartAt": "{0}", "States": {{"{0}": {{"Type": "Succeed"}}}}}})", name));
  const Drawing drawing = machine.drawing();
  CHECK(drawing.scope.states[0].name.lines.size() == 3);
  CHECK(drawing.scope.states[0].name.lines.back().ends_with("…"));
  CHECK(drawing.size.width < 300);
  CHECK(machine.svg().find("<title>" + name + "</title>") != std::string::npos);
}

TEST_CASE("arrows that would pass too many layers name where they lead", "[drawing]") {
  // Every state catches to one that no other leads to, far below.
  std::string states;
  constexpr int kStates = 700;
  for (int i = 0; i < kStates; ++i) {
    states += fmt::format(R"("s{0}": {{"Type": "Choice", "Default": "s{1}", "Choices": [
      {{"Variable": "$.x", "IsPresent": true, "Next": "s{2}"}}]}},)",
                          i, i + 1, i * 263 % kStates);
  }
  const Machine machine(
      fmt::format(R"({{"StartAt": "s0", "States": {{{}"s{}": {{"Type": "Succeed"}}}}}})", states, kStates));
  const Drawing drawing = machine.drawing();
  std::size_t jumps = 0;
  for (const DrawnEdge& edge : drawing.scope.edges) jumps += edge.jump.has_value();
  CHECK(jumps > 0);
  CHECK(jumps < 2 * kStates);
  check_scope(drawing.scope);
}

TEST_CASE("arrows of a long chain to one handler stay within what is counted", "[drawing]") {
  std::string states;
  constexpr int kStates = 3000;
  for (int i = 0; i < kStates; ++i) {
    states += fmt::format(R"("s{0}": {{"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
      "Next": "s{1}", "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "s{2}"}}]}},)",
                          i, i + 1, kStates);
  }
  const Machine machine(
      fmt::format(R"({{"StartAt": "s0", "States": {{{}"s{}": {{"Type": "Succeed"}}}}}})", states, kStates));
  std::size_t points = 0;
  for (const DrawnEdge& edge : machine.drawing().scope.edges) points += edge.points.size();
  // Two points for each layer of boxes that is passed, and a few at both ends.
  CHECK(points < 2 * kMaxBends + 10 * 2 * kStates);
}

TEST_CASE("a machine that nobody ends, and one without states, have pictures", "[drawing]") {
  CHECK_FALSE(Machine(R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "A"}}})").drawing().scope.end);
  const Drawing broken = Machine(R"({"StartAt": "A", "States": {"B": {"Type": "Pass", "Next": "C"}}})").drawing();
  CHECK(broken.scope.states.size() == 1);
  CHECK(Machine(R"({"States": {}})").drawing().size.width > 0);
}

}  // namespace
}  // namespace stepglass::analysis
