#pragma once
// A definition loaded for tests of its cost.

#include <string>
#include <utility>

#include "engine/document/document.h"
#include "engine/model/state_machine.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {

class Loaded {
 public:
  explicit Loaded(std::string text, MachineType type = MachineType::Standard)
      : document_(read_json(std::move(text))), loaded_(load_state_machine(document_, type)) {
    REQUIRE(loaded_.machine);
    for (const Diagnostic& diagnostic : loaded_.diagnostics) UNSCOPED_INFO(diagnostic.message);
    REQUIRE_FALSE(has_errors(loaded_.diagnostics));
  }
  const StateMachine& machine() const { return *loaded_.machine; }
  const Document& document() const { return document_; }

 private:
  Document document_;
  LoadedMachine loaded_;
};

}  // namespace stepglass::analysis
