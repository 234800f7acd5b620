#pragma once
// Reads what options and files hold, and tells what is wrong with it.

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "analysis/api/definition.h"
#include "analysis/cli/console.h"
#include "analysis/mocks/mocks.h"
#include "engine/document/document.h"
#include "engine/support/result.h"
#include "engine/support/text.h"

namespace stepglass::cli {

/// Prints what is wrong with a definition, with the lines it is about; true when it can run.
bool report(const analysis::Definition& definition, const std::string& file);

/// A fault in the JSON text that people know as `what`.
WrongUse broken_json(std::string_view what, const Document& document, const Diagnostic& diagnostic);

/// Reads `text`, which people know as `what`, and hands its root to `read`, which gives a Result with a MockProblem.
template <typename Read>
auto read_with(std::string_view what, const std::string& text, Read read)
    -> Result<std::remove_cvref_t<decltype(*read(std::declval<const Node&>()))>, WrongUse> {
  const Document document = read_json(text);
  for (const Diagnostic& diagnostic : document.diagnostics()) {
    if (diagnostic.severity == Severity::Error) return broken_json(what, document, diagnostic);
  }
  auto result = read(*document.root());
  if (result) return *std::move(result);
  const analysis::MockProblem& problem = result.error();
  return WrongUse{fmt::format("{}{}{}: {}", what, problem.pointer.empty() ? "" : " at ", display_word(problem.pointer),
                              problem.message),
                  ""};
}

}  // namespace stepglass::cli
