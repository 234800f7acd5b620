// Two definitions, one behind the other with a line of dashes between them, compared and told in every shape.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "analysis/api/definition.h"
#include "analysis/api/diff.h"
#include "engine/document/document.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stepglass;
  using namespace stepglass::analysis;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t split = text.find("\n---\n");
  const Definition before = load_definition(std::string(text.substr(0, split)), MachineType::Standard);
  const Definition after = load_definition(
      split == std::string_view::npos ? std::string() : std::string(text.substr(split + 5)), MachineType::Standard);
  if (!compare_machines("m", before, before).is_same()) std::abort();
  ComparedMachines machines;
  machines.push_back(compare_machines("m", before, after));
  if (!read_json(diff_json(machines)).root()) std::abort();
  diff_markdown(machines);
  diff_text(machines, {});
  return 0;
}
