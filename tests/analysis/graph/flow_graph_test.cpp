// The flow graph and the questions to it.

#include "analysis/graph/flow_graph.h"

#include <algorithm>
#include <string>

#include "analysis/graph/components.h"
#include "analysis/graph/cycles.h"
#include "analysis/graph/dominators.h"
#include "analysis/graph/paths.h"
#include "analysis/graph/reachable.h"
#include "engine/model/state_machine.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

struct Loaded {
  Document document;
  LoadedMachine machine;
  FlowGraph graph;

  explicit Loaded(std::string text)
      : document(read_json(std::move(text))),
        machine(load_state_machine(document, MachineType::Standard)),
        graph(machine.machine->scope) {}

  std::string name(Vertex v) const {
    return v == graph.entry() ? "entry" : v == graph.exit() ? "exit" : graph.state(v).name;
  }
  Vertex find(std::string_view wanted) const {
    for (Vertex v = 0; v < graph.vertex_count(); ++v) {
      if (name(v) == wanted) return v;
    }
    return graph.exit();
  }
  std::string names(const std::vector<bool>& set) const {
    std::string text;
    for (Vertex v = 0; v < graph.vertex_count(); ++v) {
      if (set[v]) text += name(v) + " ";
    }
    return text;
  }
  std::string way(const std::vector<Edge>& edges) const {
    std::string text = edges.empty() ? "" : name(edges.front().from);
    for (const Edge& edge : edges) text += " " + name(edge.to);
    return text;
  }
};

/// A → B ⇄ C → D; an island X; E only by A's catcher.
const char* const kMachine = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "${F}", "Next": "B", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "E"}]},
  "B": {"Type": "Wait", "Seconds": 10, "Next": "C"},
  "C": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "D"}], "Default": "B"},
  "D": {"Type": "Succeed"},
  "E": {"Type": "Wait", "Seconds": 3, "End": true},
  "X": {"Type": "Pass", "Next": "X"}}})";

std::string chain(std::size_t length) {
  std::string text = R"({"StartAt": "S0", "States": {)";
  for (std::size_t i = 0; i < length; ++i) {
    text += "\"S" + std::to_string(i) + R"(": {"Type": "Pass", "Next": "S)" + std::to_string(i + 1) + "\"},";
  }
  return text + "\"S" + std::to_string(length) + R"(": {"Type": "Pass", "Next": "S0"}}})";
}

}  // namespace

TEST_CASE("edges carry why they exist", "[graph]") {
  const Loaded m(kMachine);
  CHECK(m.graph.is_complete());
  const auto out = m.graph.out(m.find("A"));
  REQUIRE(out.size() == 2);
  CHECK(out[0].way == Way::Next);
  CHECK(out[1].way == Way::Catch);
  CHECK(out[1].index == 0);
  const auto rules = m.graph.out(m.find("C"));
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].way == Way::Choice);
  CHECK(rules[1].way == Way::Default);
  CHECK(m.graph.out(m.find("D"))[0].way == Way::End);
  CHECK(m.graph.out(m.graph.entry())[0].way == Way::Start);
}

TEST_CASE("a transition to no state makes no edge", "[graph]") {
  const Loaded m(R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Z"}}})");
  CHECK_FALSE(m.graph.is_complete());
  REQUIRE(m.graph.missing().size() == 1);
  CHECK(m.graph.missing()[0].from == m.find("A"));
  CHECK(m.graph.missing()[0].target->name == "Z");
  CHECK(m.graph.edges().size() == 1);
  CHECK(m.names(reachable_from(m.graph, m.graph.entry())) == "A entry ");
}

TEST_CASE("ways to no state stand where they are tried", "[graph]") {
  const Loaded m(R"({"StartAt": "A", "States": {
    "A": {"Type": "Choice", "Default": "B", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "Z"},
      {"Variable": "$.y", "IsNull": true, "Next": "B"}, {"Variable": "$.z", "IsNull": true, "Next": "Y"}]},
    "B": {"Type": "Task", "Resource": "r", "Next": "Z", "Catch": [{"ErrorEquals": ["E"], "Next": "A"}]}}})");
  const AllWays ways = m.graph.all_ways();
  CHECK(ways.missing == std::vector<std::string>{"Y", "Z"});
  std::string text;
  for (const Edge& edge : ways.edges) {
    const Vertex count = static_cast<Vertex>(m.graph.vertex_count());
    text += m.name(edge.from) + (edge.to < count ? m.name(edge.to) : ways.missing[edge.to - count]) + " ";
  }
  CHECK(text == "AZ AB AY AB BZ BA entryA ");
}

TEST_CASE("a state of unknown type ends its scope where it says so only", "[graph]") {
  const Loaded m(
      R"({"StartAt": "A", "States": {"A": {"Type": "Pas", "End": true}, "B": {"Type": "${Kind}"}, "C": 1}})");
  REQUIRE(m.graph.out(m.find("A")).size() == 1);
  CHECK(m.graph.out(m.find("A"))[0].way == Way::End);
  CHECK(m.graph.out(m.find("B")).empty());
  CHECK(m.graph.out(m.find("C")).empty());
}

TEST_CASE("what can be reached, and from where", "[graph]") {
  const Loaded m(kMachine);
  CHECK(m.names(reachable_from(m.graph, m.graph.entry())) == "A B C D E entry exit ");
  CHECK(m.names(reachable_from(m.graph, m.find("B"))) == "B C D exit ");
  CHECK(m.names(reaching(m.graph, m.graph.exit())) == "A B C D E entry exit ");
  CHECK(m.names(reaching(m.graph, m.find("E"))) == "A E entry ");
}

TEST_CASE("loops and their exits", "[graph]") {
  const Loaded m(kMachine);
  const auto loops = find_loops(m.graph);
  REQUIRE(loops.size() == 2);
  REQUIRE(loops[0].states.size() == 2);
  CHECK(m.name(loops[0].states[0]) == "B");
  CHECK(m.way(loops[0].exits) == "C D");
  REQUIRE(loops[1].states.size() == 1);
  CHECK(m.name(loops[1].states[0]) == "X");
  CHECK(loops[1].exits.empty());
  const Components components = strong_components(m.graph);
  CHECK(components.of[m.find("B")] == components.of[m.find("C")]);
  CHECK(components.of[m.find("A")] != components.of[m.find("B")]);
}

TEST_CASE("shortest ways, with and without edges", "[graph]") {
  const Loaded m(kMachine);
  CHECK(m.way(shortest_path(m.graph, m.graph.entry(), m.find("D"))) == "entry A B C D");
  CHECK(m.way(shortest_path(m.graph, m.graph.entry(), m.graph.exit())) == "entry A E exit");
  CHECK(m.way(shortest_path(m.graph, m.graph.entry(), m.graph.exit(),
                            [](const Edge& edge) { return edge.way != Way::Catch; })) == "entry A B C D exit");
  CHECK(shortest_path(m.graph, m.find("D"), m.find("A")).empty());
  CHECK(m.way(shortest_cycle(m.graph, m.find("C"))) == "C B C");
  CHECK(m.way(shortest_cycle(m.graph, m.find("X"))) == "X X");
  CHECK(shortest_cycle(m.graph, m.find("A")).empty());
}

TEST_CASE("the way that costs least", "[graph]") {
  const Loaded m(kMachine);
  const auto cost = [&](Vertex v) -> std::uint64_t {
    const auto* wait = m.graph.is_state(v) ? std::get_if<Wait>(&m.graph.state(v).kind) : nullptr;
    const auto* seconds = wait ? std::get_if<std::int64_t>(&wait->seconds) : nullptr;
    return seconds ? static_cast<std::uint64_t>(*seconds) : 0;
  };
  const auto path = cheapest_path(m.graph, m.graph.entry(), m.graph.exit(), cost);
  REQUIRE(path);
  CHECK(path->cost == 3);
  CHECK(m.way(path->edges) == "entry A E exit");
  CHECK_FALSE(cheapest_path(m.graph, m.find("X"), m.graph.exit(), cost));
  CHECK(cheapest_path(m.graph, m.graph.entry(), m.graph.exit(), [](Vertex) { return UINT64_MAX; })->cost >=
        UINT64_MAX - 1);
}

TEST_CASE("edges with costs of their own, and edges left out", "[graph]") {
  const Loaded m(R"({"StartAt": "A", "States": {
    "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "Next": "B",
          "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}, {"ErrorEquals": ["E"], "Next": "C"}]},
    "B": {"Type": "Pass", "Next": "A"},
    "C": {"Type": "Succeed"}}})");
  const auto cost = [](const Edge& edge) -> std::uint64_t { return edge.way == Way::Catch ? 2 : 5; };
  const auto path = cheapest_path(m.graph, m.graph.entry(), m.graph.exit(), cost);
  REQUIRE(path);
  CHECK(path->cost == 12);
  const auto to_b = cheapest_path(m.graph, m.find("A"), m.find("B"), cost);
  REQUIRE(to_b);
  CHECK(to_b->edges.front().way == Way::Catch);
  CHECK(cheapest_cycle(m.graph, m.find("A"), cost) == 7);
  CHECK(cheapest_cycle(m.graph, m.find("C"), cost) == UINT64_MAX);
  const auto no_catch = [](const Edge& edge) { return edge.way != Way::Catch; };
  CHECK_FALSE(reachable_from(m.graph, m.graph.entry(), no_catch)[m.find("C")]);
  CHECK_FALSE(reaching(m.graph, m.graph.exit(), no_catch)[m.find("A")]);
  CHECK_FALSE(immediate_dominators(m.graph, no_catch)[m.graph.exit()]);
  CHECK(m.name(*immediate_dominators(m.graph)[m.graph.exit()]) == "C");
}

TEST_CASE("dominators: what every way to a state goes through", "[graph]") {
  const Loaded m(kMachine);
  const auto dominators = immediate_dominators(m.graph);
  CHECK(m.name(*dominators[m.find("A")]) == "entry");
  CHECK(m.name(*dominators[m.find("C")]) == "B");
  CHECK(m.name(*dominators[m.find("D")]) == "C");
  CHECK(m.name(*dominators[m.graph.exit()]) == "A");
  CHECK_FALSE(dominators[m.graph.entry()]);
  CHECK_FALSE(dominators[m.find("X")]);
}

TEST_CASE("a chain of many states is followed without deep recursion", "[graph]") {
  const Loaded m(chain(60'000));
  CHECK(find_loops(m.graph).size() == 1);
  CHECK(shortest_cycle(m.graph, 0).size() == 60'001);
  const auto dominators = immediate_dominators(m.graph);
  CHECK(dominators[60'000] == Vertex{59'999});
}
