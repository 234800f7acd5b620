#pragma once
// JSON pointers (RFC 6901) into documents.

#include <optional>
#include <string_view>

#include "engine/document/document.h"

namespace stepglass {

/// The value at `pointer`; nothing when there is none. Takes time in the length of arrays on the way.
std::optional<Node> find_node(const Document& document, std::string_view pointer);

}  // namespace stepglass
