// Speed of reading JSON, per byte of text. The goal for read_json is well under 8 ns a byte; the JSON library's SAX
// interface alone, with a handler that does nothing, takes about 3.8.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "engine/document/document.h"
#include "engine/document/format_json.h"

namespace {

using namespace stepglass;

/// A definition of at least `bytes` bytes, written in lines as people write it.
std::string definition(std::size_t bytes) {
  std::string text = "{\n  \"StartAt\": \"S0\",\n  \"States\": {\n";
  for (int i = 0; text.size() < bytes; ++i) {
    text += fmt::format(
        "    \"S{0}\": {{\n      \"Type\": \"Task\",\n      \"Comment\": \"state number {0} \\u00e9\",\n"
        "      \"Resource\": \"arn:aws:states:::lambda:invoke\",\n"
        "      \"Parameters\": {{\"Payload.$\": \"$\", \"Count\": {0}, \"Rate\": {0}.5, \"On\": true}},\n"
        "      \"Retry\": [\n        {{\"ErrorEquals\": [\"States.TaskFailed\"], \"MaxAttempts\": 3}}\n      ],\n"
        "      \"Next\": \"S{1}\"\n    }},\n",
        i, i + 1);
  }
  return text + "    \"Last\": {\"Type\": \"Succeed\"}\n  }\n}\n";
}

std::string compact(const std::string& text) {
  std::string out;
  bool in_string = false;
  for (const char c : text) {
    if (c == '"') in_string = !in_string;
    if (in_string || (c != ' ' && c != '\n')) out += c;
  }
  return out;
}

void set_rate(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
  state.counters["ms/MiB"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(text.size()) / 1048576e3,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void read_json_indented(benchmark::State& state) {
  const std::string text = definition(1 << 20);
  for (auto _ : state) benchmark::DoNotOptimize(read_json(text));
  set_rate(state, text);
}
BENCHMARK(read_json_indented)->Unit(benchmark::kMillisecond);

void read_json_compact(benchmark::State& state) {
  const std::string text = compact(definition(1 << 20));
  for (auto _ : state) benchmark::DoNotOptimize(read_json(text));
  set_rate(state, text);
}
BENCHMARK(read_json_compact)->Unit(benchmark::kMillisecond);

void read_json_broken(benchmark::State& state) {
  std::string text = definition(1 << 20);
  text.insert(text.size() / 2, "\"");
  for (auto _ : state) benchmark::DoNotOptimize(read_json(text));
  set_rate(state, text);
}
BENCHMARK(read_json_broken)->Unit(benchmark::kMillisecond);

void read_value_indented(benchmark::State& state) {
  const std::string text = definition(1 << 20);
  for (auto _ : state) benchmark::DoNotOptimize(read_value(text));
  set_rate(state, text);
}
BENCHMARK(read_value_indented)->Unit(benchmark::kMillisecond);

void read_value_small(benchmark::State& state) {
  const std::string text = R"({"orderId": "A-17", "items": [1, 2, 3], "total": 12.5})";
  for (auto _ : state) benchmark::DoNotOptimize(read_value(text));
  set_rate(state, text);
}
BENCHMARK(read_value_small);

void value_of_document(benchmark::State& state) {
  const std::string text = definition(1 << 20);
  for (auto _ : state) {
    const Document document = read_json(text);
    benchmark::DoNotOptimize(document.root()->value());
  }
  set_rate(state, text);
}
BENCHMARK(value_of_document)->Unit(benchmark::kMillisecond);

/// Of a text in one line, of which every gap changes. Reading it is not counted.
void format_compact(benchmark::State& state) {
  const std::string text = compact(definition(1 << 20));
  const Document document = read_json(text);
  for (auto _ : state) benchmark::DoNotOptimize(format_json(document, {}));
  set_rate(state, text);
}
BENCHMARK(format_compact)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
