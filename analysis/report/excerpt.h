#pragma once
// Diagnostics for people: the message, the lines it is about with a caret below, and what to do.
//
//   error: state "Pay" has no "Next" and no "End"
//     ┌─ pay.asl.json:12:5
//   12 │     "Pay": {
//      │     ^^^^^
//      = help: add "End": true

#include <string>
#include <string_view>

#include "analysis/report/columns.h"
#include "engine/document/document.h"

namespace stepglass::analysis {

/// `diagnostic` is about `document`, which people know as `filename`.
std::string excerpt_text(const Diagnostic& diagnostic, const Document& document, std::string_view filename,
                         const Style& style);

}  // namespace stepglass::analysis
