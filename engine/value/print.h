#pragma once
// Value to text: compact JSON as the service writes it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/support/text_stage.h"
#include "engine/value/value.h"

namespace stepglass {

/// How doubles are written. The service's JSONPath side writes them as Java does (1.0, 1.0E10), JSONata as ECMAScript
/// does (1, 10000000000).
enum class NumberStyle { Java, ECMAScript };

/// Appends `value` as compact JSON: no spaces; " \ and control characters escaped, all else as it is. The callers keep
/// `value` small: see json_size().
void append_json(std::string& out, const Value& value, NumberStyle style = NumberStyle::Java);
std::string to_json(const Value& value, NumberStyle style = NumberStyle::Java);

/// Appends `value` as Java's toString() writes it: texts without quotes, {a=1, b=[x, 1.0]}. Stops soon after `out` has
/// more than `most` bytes.
void append_java_text(std::string& out, const Value& value, std::size_t most = SIZE_MAX);

/// Adds `value`, which is null, a boolean or a number. `scratch` is anything, and anything afterwards.
void add_json_scalar(TextStage& stage, const Value& value, NumberStyle style, std::string& scratch);

/// Appends `text` as a JSON string, quotes included.
void append_json_string(std::string& out, std::string_view text);

/// The same by itself.
std::string json_string(std::string_view text);

/// Appends `,"name":"text"`; the name is written as it is.
void append_json_member(std::string& out, std::string_view name, std::string_view text);

}  // namespace stepglass
