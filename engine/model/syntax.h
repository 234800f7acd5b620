#pragma once
// What fields have to say about paths and calls: why they do not parse, and what is odd about those that do. Private to
// engine/model.

#include <span>
#include <string>
#include <string_view>

#include "engine/intrinsic/intrinsic.h"
#include "engine/model/values.h"

namespace stepglass::loading {

/// Tells of what the service takes without a word.
void warn(const Reading& reading, std::string_view rule, Node node, std::string message, std::string help);

/// True when `text` is meant as an intrinsic call.
bool looks_like_call(std::string_view text);

/// True when `text` looks like a path or a call that should have been evaluated. In payload_template.cpp.
bool looks_dynamic(std::string_view text);

/// The name of the diagnostic for the call `text` that does not parse.
std::string_view rule_of(std::string_view text, const intrinsic::SyntaxError& error);

/// Warns of fields that the context object does not have, and of $$.Map where no Map is. The service notices neither
/// before the execution.
void check_query(const Reading& reading, Node node, const path::Query& query);
/// The same for the names behind `root`, which is the context object as its language writes it.
void check_context_names(const Reading& reading, Node node, std::span<const std::string_view> names,
                         std::string_view root);
/// As check_query for all paths in the call; warns of arguments with which a function is bound to fail.
void check_call(const Reading& reading, Node node, const intrinsic::Call& call);

}  // namespace stepglass::loading
