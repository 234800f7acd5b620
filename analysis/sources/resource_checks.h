#pragma once
// What is wrong with a resource of CloudFormation or SAM that defines a state machine, apart from the definition: its
// name, where the definition stands, logging, tracing, and the words that its definition leaves to be filled in.
// Private to analysis/sources.

#include "engine/document/diagnostic.h"
#include "engine/document/document.h"

namespace stepglass::analysis {

/// Appends to `diagnostics` what is found. `resource` has "Type" and an object "Properties". What a function of the
/// template gives is unknown, and unknown is not wrong.
void check_resource(const Node& resource, Diagnostics& diagnostics);

}  // namespace stepglass::analysis
