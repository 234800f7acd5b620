#pragma once
// Text to the tree of an expression. Private to engine/jsonata.

#include <string_view>

#include "engine/jsonata/tree.h"

namespace stepglass::jsonata {

/// Nodes inside each other, operators of one level in a row included: what evaluating one can need in stack.
inline constexpr std::size_t kMaxTreeDepth = 500;

/// Parses all of `text`: operators by their binding power, then paths by path_builder.h. Raises the S… codes; positions
/// are byte offsets.
NodePtr parse(std::string_view text);

}  // namespace stepglass::jsonata
