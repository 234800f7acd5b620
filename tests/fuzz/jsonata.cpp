// The first line is an expression, the rest its input. Small budgets: what is looked for are faults, not slow ones.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/document/document.h"
#include "engine/jsonata/jsonata.h"

namespace {

class Nothing : public stepglass::jsonata::Environment {
 public:
  const stepglass::Value* variable(std::string_view) override { return nullptr; }
  stepglass::Random& random() override { return random_; }
  std::int64_t now_ms() override { return 0; }

 private:
  stepglass::Random random_{0};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stepglass;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find('\n');
  const auto value = read_value(end == std::string_view::npos ? "null" : text.substr(end + 1));
  for (const jsonata::Dialect dialect : {jsonata::Dialect::Standard, jsonata::Dialect::States}) {
    const auto expression = jsonata::Expression::compile(text.substr(0, end), dialect);
    if (!expression || !value) continue;
    Nothing nothing;
    jsonata::Budget budget{.steps = 20'000, .depth = 60, .bytes = 1 << 20};
    const auto result = expression->evaluate(&*value, nothing, budget);
    if (result && *result) jsonata::to_text(**result);
  }
  return 0;
}
