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

/// Appends where `span` is and its line with a mark below, as above; `note` stands behind the place. Gives the width of
/// the line's number, for what comes below. `filename` and `note` are safe to print.
std::size_t append_excerpt(std::string& out, Span span, const Document& document, std::string_view filename,
                           std::string_view note, const Style& style, Tone tone);
/// The same for any text; `start` is where in it `span` begins.
std::size_t append_excerpt(std::string& out, Span span, std::string_view text, Position start,
                           std::string_view filename, std::string_view note, const Style& style, Tone tone);

}  // namespace stepglass::analysis
