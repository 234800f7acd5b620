#pragma once
// What fields have to say about paths and calls that do not parse. Private to engine/model.

#include <string_view>

#include "engine/intrinsic/intrinsic.h"
#include "engine/model/values.h"

namespace stepglass::loading {

/// True when `text` is meant as an intrinsic call.
bool looks_like_call(std::string_view text);

/// The name of the diagnostic for a call that does not parse.
std::string_view rule_of(const intrinsic::SyntaxError& error);

/// Warns of fields that the context object does not have, and of $$.Map where no Map is, in a path or call `text`.
void check_context(const Reading& reading, Node node, std::string_view text);

}  // namespace stepglass::loading
