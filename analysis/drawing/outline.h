#pragma once
// A drawing as nested lists of HTML: what it shows, for readers and programs that take text only.

#include <string>

#include "analysis/drawing/drawing.h"

namespace stepglass::analysis {

/// A <details> of all states in their scopes with their ways out; without empty lines, at which Markdown ends HTML.
std::string outline_html(const Drawing& drawing);

}  // namespace stepglass::analysis
