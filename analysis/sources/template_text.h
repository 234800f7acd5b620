#pragma once
// Values of CloudFormation templates as text: what Fn::Sub, Fn::Join and their short forms give, as far as it is known.
// What is not is a placeholder such as ${Table.Arn}. Private to analysis/sources.

#include <optional>
#include <string>

#include "engine/document/document.h"

namespace stepglass::analysis {

/// Whether `node` is a call of a CloudFormation function, in its short or its long form.
bool is_template_function(const Node& node);

/// The text that `node`, a string or a call, becomes, with the place of each byte; nothing for other values.
std::optional<MappedText> template_text(const Node& node);

/// For part_of(): calls are the texts that they become.
std::optional<std::string> function_as_text(const Node& node);

}  // namespace stepglass::analysis
