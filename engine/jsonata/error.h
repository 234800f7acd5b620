#pragma once
// Why an expression does not compile or gives nothing.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "engine/value/value.h"

namespace stepglass::jsonata {

/// What fills the sentence of a code.
struct ErrorDetails {
  std::optional<std::string> token = {};
  /// Shown as JSON.
  std::optional<Value> value = {};
  std::optional<Value> value2 = {};
  /// 1-based argument number.
  std::optional<std::size_t> index = {};
  /// A type by name, e.g. "numbers"; the object key of D1009.
  std::optional<std::string> type = {};
};

struct Error {
  /// The reference implementation's code, e.g. "T2001". Empty for what the service reports without one: the limits of
  /// the States dialect.
  std::string code = {};
  /// For people: the reference implementation's sentence with its words filled in, since the service quotes it.
  std::string message = {};
  /// UTF-16 units from the start of the expression to behind the token, as the reference implementation counts.
  std::size_t position = 0;
  /// The operator, function or text that it is about.
  std::optional<std::string> token = {};
  /// What the service reports without a reason, as "an internal error during evaluation".
  bool internal = false;
  /// What filled the sentence.
  ErrorDetails details = {};
};

/// The error of `code` with its sentence. Source: the reference implementation's table of codes.
Error make_error(std::string_view code, const ErrorDetails& details = {}, std::size_t position = 0);
/// Sets the token of an error that has none, in its sentence, too.
void set_token(Error& error, std::string_view token);

/// Leaves a parser or an evaluation early. Thrown and caught inside engine/jsonata only.
struct Raised {
  Error error;
};

}  // namespace stepglass::jsonata
