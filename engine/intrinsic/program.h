#pragma once
// What a Call is made of. Private to engine/intrinsic.

#include <string>

#include "engine/intrinsic/intrinsic.h"

namespace stepglass::intrinsic {

struct Call::Program {
  std::string text;
  Invocation root;
};

}  // namespace stepglass::intrinsic
