#pragma once
// Places in a text as JSON.

#include <cstdint>
#include <string>

#include "engine/document/document.h"

namespace stepglass {

/// Appends {"line": …, "column": …, "offset": …}; the offset in bytes from 0.
void append_place(std::string& out, Position position, std::uint32_t offset);

/// Appends "range": {"start": …, "end": …}, a member, of the bytes of `span` and where they start and end.
void append_range(std::string& out, Span span, Position start, Position end);

}  // namespace stepglass
