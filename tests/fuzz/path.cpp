// The first line is a path, the rest a value that it is evaluated on.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/document/document.h"
#include "engine/path/path.h"
#include "engine/path/reference_path.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stepglass;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find('\n');
  const std::string_view path = text.substr(0, end);
  static_cast<void>(path::ReferencePath::parse(path));
  const auto value = read_value(end == std::string_view::npos ? "{}" : text.substr(end + 1));
  for (const path::Dialect dialect : {path::Dialect::Jayway, path::Dialect::StepFunctions}) {
    const auto parsed = path::Path::parse(path, dialect);
    std::uint64_t visits = 100'000;
    if (parsed && value) static_cast<void>(parsed->evaluate(*value, &visits));
  }
  return 0;
}
