#pragma once
// HCL, the language of Terraform, as far as definitions need it: the blocks and attributes of a file, and expressions
// as JSON text. What is not literal becomes a placeholder. Private to analysis/sources.
//
// Reading survives anything: what is no HCL is passed over.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/text_map.h"
#include "engine/support/span.h"

namespace stepglass::analysis {

/// `definition = EXPRESSION` inside blocks.
struct HclAttribute {
  /// The block around it: "resource", and its labels "aws_sfn_state_machine" and "order".
  std::string_view block = {};
  std::string_view first_label = {}, second_label = {};
  /// Counts the blocks of the file, so that attributes of one block can be told from those of the next.
  std::uint32_t block_number = 0;
  /// Blocks around: 1 in `resource … {`.
  std::uint32_t depth = 0;
  std::string_view name = {};
  Span name_span = {};
  Span expression = {};
};

/// Attributes of a file; more are not read.
inline constexpr std::size_t kMaxHclAttributes = 100'000;

/// The attributes of all blocks of `text`, which outlives them, in order. Linear.
std::vector<HclAttribute> hcl_attributes(std::string_view text);

/// The text of a heredoc or of a string in quotes that is all of `expression`: indentation and escapes taken away,
/// interpolations as ${…}, of loops one turn. Nothing for other expressions. `chooses` says whether directives choose
/// between parts of it, so that nothing can be claimed of what is read.
std::optional<MappedText> hcl_text(std::string_view text, Span expression, bool& chooses);

/// The same for a template that is a file of its own.
MappedText hcl_template(std::string_view text, bool& chooses);

/// What stands inside of `expression` when that is a quoted string of one interpolation and nothing else: x of "${x}".
std::optional<Span> hcl_interpolation(std::string_view text, Span expression);

/// The argument of `name(argument)` that is all of `expression`; of several arguments the first.
std::optional<Span> hcl_argument(std::string_view text, Span expression, std::string_view name);

/// What jsonencode gives for `expression`: JSON text. What is not literal, and what is deeper than kMaxDepth, becomes a
/// string with a placeholder.
MappedText hcl_json(std::string_view text, Span expression);

}  // namespace stepglass::analysis
