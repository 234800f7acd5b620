#pragma once
// A place in a text as JSON.

#include <cstdint>
#include <string>

#include "engine/document/document.h"

namespace stepglass {

/// Appends {"line": …, "column": …, "offset": …}; the offset in bytes from 0.
void append_place(std::string& out, Position position, std::uint32_t offset);

}  // namespace stepglass
