#include "engine/interpreter/named_machine.h"

#include <algorithm>

namespace stepglass {

std::string_view bare_name(std::string_view arn) {
  constexpr std::string_view kMarker = ":stateMachine:";
  const std::size_t marker = arn.find(kMarker);
  if (marker == std::string_view::npos) return arn;
  const std::string_view name = arn.substr(marker + kMarker.size());
  return name.substr(0, name.find(':'));
}

const NamedMachine* find_machine(std::span<const NamedMachine> machines, std::string_view arn) {
  const auto find = [&](std::string_view name) {
    return std::find_if(machines.begin(), machines.end(), [&](const NamedMachine& m) { return m.name == name; });
  };
  auto at = find(arn);
  if (at == machines.end()) at = find(bare_name(arn));
  return at == machines.end() ? nullptr : &*at;
}

}  // namespace stepglass
