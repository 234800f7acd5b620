// The first line is a call of an intrinsic function, the rest the document that its paths look into.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/document/document.h"
#include "engine/intrinsic/intrinsic.h"

namespace {

class Nothing : public stepglass::path::Surroundings {
 public:
  const stepglass::Value& context() override { return context_; }
  const stepglass::Value* variable(std::string_view) override { return nullptr; }
  std::uint64_t& steps_left() override { return steps_; }

 private:
  stepglass::Value context_ = stepglass::Value::empty_object();
  std::uint64_t steps_ = 1'000'000;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stepglass;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find('\n');
  const auto call = intrinsic::Call::parse(text.substr(0, end));
  const auto value = read_value(end == std::string_view::npos ? "{}" : text.substr(end + 1));
  if (!call || !value) return 0;
  Nothing nothing;
  Random random(0);
  static_cast<void>(call->evaluate(*value, nothing, random));
  return 0;
}
