#pragma once
// Turns what the parser has read into what is evaluated: dots, brackets and the other operators of paths become paths
// of steps with predicates, and each % finds the step that it refers to. Private to engine/jsonata.

#include "engine/jsonata/tree.h"

namespace stepglass::jsonata {

/// Raises S02… codes.
NodePtr build_paths(NodePtr root);

}  // namespace stepglass::jsonata
