#pragma once
// What the service says about text that is no JSON. It reads JSON with Jackson, a Java library, and hands on Jackson's
// sentence; so here is the part of Jackson that finds the first error.
//
//   jackson_error("not a definition")->text()
//     Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
//      at [Source: (String)"not a definition"; line: 1, column: 4]
//
// Our own diagnostics, which say more and go on, come from read_json.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepglass {

/// The first error that Jackson finds.
struct JacksonError {
  /// The sentence, as the service quotes it in InvalidExecutionInput.
  std::string message;
  /// The place in brackets, as the service gives it in a validation's `location`:
  /// [Source: (String)"…"; line: 1, column: 4]
  std::string location;
  /// Where Jackson stood: mostly one character behind the culprit. Columns in UTF-16 units, from 1; only LF, CR and
  /// CRLF between tokens begin a line.
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  /// Sentence and place, as the service gives them in a validation's `message`.
  std::string text() const { return message + "\n at " + location; }
};

/// Nothing when Jackson takes `text` for JSON. Bytes that are no UTF-8 count as U+FFFD, as they have become before the
/// service sees them.
///
/// Modelled on Jackson 2.13 reading a String; source: the recorded answers of the service, and for what is not recorded
/// Jackson's own behaviour.
std::optional<JacksonError> jackson_error(std::string_view text);

/// The sentence alone; empty when Jackson takes `text` for JSON.
std::string jackson_message(std::string_view text);

}  // namespace stepglass
