#pragma once
// What a diagnostic of read_json says of the text as a whole.

#include "engine/document/diagnostic.h"

namespace stepglass {

/// Whether `diagnostic` says that the tree is not all of the text.
bool leaves_out(const Diagnostic& diagnostic);

/// Whether it says that the text is no JSON. Text that is nested too deeply or too large to be read is JSON.
bool is_syntax_error(const Diagnostic& diagnostic);

}  // namespace stepglass
