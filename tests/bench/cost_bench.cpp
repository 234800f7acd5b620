// How long an estimate takes, beside reading and loading the same definition, which is the limit of what a program over
// whole definitions can do. By hand: build/release/tests/bench/cost_bench

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>

#include "analysis/cost/estimate.h"
#include "engine/document/document.h"
#include "engine/model/state_machine.h"

namespace {

using namespace stepglass;

constexpr const char* kTask = R"("Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
  "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 2}])";

/// Tasks in a row.
std::string chain(int states) {
  std::string text = "{\"StartAt\": \"s0\", \"States\": {";
  for (int i = 0; i + 1 < states; ++i) text += fmt::format("\"s{}\": {{{}, \"Next\": \"s{}\"}},", i, kTask, i + 1);
  return text + fmt::format("\"s{}\": {{\"Type\": \"Succeed\"}}}}}}", states - 1);
}

/// Every third state a Choice that goes back, `far` states at most: all of it is one loop.
std::string loops(int states, int far) {
  const int rounds = states / 3;
  std::string text = "{\"StartAt\": \"t0\", \"States\": {";
  for (int i = 0; i < rounds; ++i) {
    const int back = far > 0 ? std::max(0, i - i * 7919 % far) : static_cast<int>(i * 104729LL % rounds);
    text += fmt::format(
        "\"t{0}\": {{{1}, \"Next\": \"w{0}\"}}, \"w{0}\": {{\"Type\": \"Wait\", \"Seconds\": 1, "
        "\"Next\": \"c{0}\"}}, \"c{0}\": {{\"Type\": \"Choice\", \"Choices\": [{{\"Variable\": \"$.x\", "
        "\"IsPresent\": true, \"Next\": \"t{2}\"}}], \"Default\": \"{3}\"}},",
        i, kTask, back, i + 1 < rounds ? fmt::format("t{}", i + 1) : "end");
  }
  return text + "\"end\": {\"Type\": \"Succeed\"}}}";
}

/// Maps of nine states each.
std::string scopes(int states) {
  const int maps = states / 10;
  std::string text = "{\"StartAt\": \"m0\", \"States\": {";
  for (int i = 0; i < maps; ++i) {
    text += fmt::format(
        "\"m{0}\": {{\"Type\": \"Map\", \"Next\": \"{1}\", \"ItemProcessor\": {{\"StartAt\": \"a{0}_0\", "
        "\"States\": {{",
        i, i + 1 < maps ? fmt::format("m{}", i + 1) : "end");
    for (int k = 0; k < 9; ++k) {
      text += fmt::format("{}\"a{}_{}\": {{{}, {}}}", k > 0 ? "," : "", i, k, kTask,
                          k < 8 ? fmt::format("\"Next\": \"a{}_{}\"", i, k + 1) : std::string("\"End\": true"));
    }
    text += "}}},";
  }
  return text + "\"end\": {\"Type\": \"Succeed\"}}}";
}

std::string definition(int shape, int states) {
  switch (shape) {
    case 0:
      return chain(states);
    case 1:
      return loops(states, 50);
    case 2:
      return loops(states, 0);
    default:
      return scopes(states);
  }
}
constexpr const char* kShapes[] = {"chain", "loops nearby", "one tangle", "scopes"};

void load(benchmark::State& state) {
  const std::string text = definition(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  for (auto _ : state) {
    const Document document = read_json(text);
    benchmark::DoNotOptimize(load_state_machine(document, MachineType::Standard).machine);
  }
  state.SetLabel(kShapes[state.range(0)]);
}

void estimate(benchmark::State& state) {
  const std::string text = definition(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  const Document document = read_json(text);
  const LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
  const analysis::Assumptions assumptions;
  for (auto _ : state) {
    benchmark::DoNotOptimize(analysis::estimate_cost(*loaded.machine, "m", text.size(), assumptions).ledger.size());
  }
  state.SetLabel(kShapes[state.range(0)]);
}

}  // namespace

BENCHMARK(load)->ArgsProduct({{0, 1, 2, 3}, {1000, 10'000}})->Unit(benchmark::kMillisecond);
BENCHMARK(estimate)->ArgsProduct({{0, 1, 2, 3}, {1000, 10'000}})->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
