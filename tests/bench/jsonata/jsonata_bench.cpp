// Evaluates and compiles the expressions of a case file, for tests/bench/jsonata/run. Prints a JSON line for each.
//
//   jsonata_bench CASES.json DATA_FOLDER [CASE…]

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/document/document.h"
#include "engine/jsonata/jsonata.h"
#include "engine/support/digest.h"
#include "engine/value/print.h"

namespace {

using namespace stepglass;
using Clock = std::chrono::steady_clock;

Value read(const std::string& path) {
  std::ifstream file(path);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  auto value = read_value(text);
  if (!value) {
    fmt::print(stderr, "{}: {}\n", path, value.error().message);
    std::exit(2);
  }
  return *std::move(value);
}

class Bindings : public jsonata::Environment {
 public:
  explicit Bindings(Value values) : values_(std::move(values)) {}
  const Value* variable(std::string_view name) override { return values_.find(name); }
  Random& random() override { return random_; }
  std::int64_t now_ms() override { return 1'735'689'600'000; }

 private:
  Value values_;
  Random random_{0};
};

/// Nanoseconds that one call of `once` takes: the median of nine batches of some 20 ms.
template <typename F>
double nanoseconds(F once) {
  const auto batch = [&](std::uint64_t count) {
    const auto start = Clock::now();
    for (std::uint64_t i = 0; i < count; ++i) once();
    return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
  };
  std::uint64_t count = 1;
  while (batch(count) < 2e7) count *= 2;
  std::vector<double> times;
  for (int i = 0; i < 9; ++i) times.push_back(batch(count) / static_cast<double>(count));
  std::sort(times.begin(), times.end());
  return times[4];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const Value cases = read(argv[1]);
  const std::string folder = std::string(argv[2]) + "/";
  jsonata::Budget unlimited{.steps = UINT64_MAX, .depth = 500, .bytes = UINT64_MAX};
  for (const Value& one : cases.items()) {
    const std::string id(one.find("id")->as_string()), text(one.find("expr")->as_string());
    if (argc > 3 && std::find(argv + 3, argv + argc, id) == argv + argc) continue;
    const Value data = read(folder + std::string(one.find("data")->as_string()) + ".json");
    const Value* bindings = one.find("bindings");
    Bindings environment(bindings ? read(folder + std::string(bindings->as_string()) + ".json") : Value());
    const auto expression = jsonata::Expression::compile(text);
    if (!expression) {
      fmt::print("{{\"case\": \"{}\", \"error\": \"{}\"}}\n", id, expression.error().code);
      continue;
    }
    const auto evaluate = [&] {
      jsonata::Budget budget = unlimited;
      return expression->evaluate(&data, environment, budget);
    };
    const auto result = evaluate();
    const std::string shown = result && *result ? to_json(**result, NumberStyle::ECMAScript) : "undefined";
    fmt::print("{{\"case\": \"{}\", \"ns\": {:.1f}, \"compile_us\": {:.3f}, \"sha\": \"{}\"}}\n", id,
               nanoseconds([&] { (void)evaluate(); }),
               nanoseconds([&] { (void)jsonata::Expression::compile(text); }) / 1000,
               hex_digest(Digest::Sha256, shown).substr(0, 16));
    std::fflush(stdout);
  }
}
