#pragma once
// Machines that tasks start, by name.

#include <span>
#include <string>
#include <string_view>

#include "engine/model/state_machine.h"

namespace stepglass {

/// A machine under its ARN or its bare name.
struct NamedMachine {
  std::string name;
  const StateMachine* machine = nullptr;
};

/// The name in arn:aws:states:us-east-1:123456789012:stateMachine:NAME, with :VERSION or :ALIAS behind it or not;
/// anything else is a name itself.
std::string_view bare_name(std::string_view arn);

/// The one that `arn` names: by the whole of it, or else by its bare name; null when there is none.
const NamedMachine* find_machine(std::span<const NamedMachine> machines, std::string_view arn);

}  // namespace stepglass
