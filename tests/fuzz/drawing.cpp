// The picture of any definition, as SVG and as JSON with places.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "analysis/api/definition.h"
#include "analysis/drawing/graph_text.h"
#include "engine/document/document.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stepglass;
  using namespace stepglass::analysis;
  const Definition definition =
      load_definition(std::string(reinterpret_cast<const char*>(data), size), MachineType::Standard);
  if (!definition.loaded.machine) return 0;
  const StateMachine& machine = *definition.loaded.machine;
  const std::string svg = graph_text(GraphFormat::Svg, machine, {.name = "m"});
  if (!svg.ends_with("</svg>\n")) std::abort();
  if (!read_json(graph_text(GraphFormat::Drawing, machine)).diagnostics().empty()) std::abort();
  return 0;
}
