#pragma once
// Evaluates a JSONata expression on its own, as `stepglass eval`, the playground and the conformance suite do.

#include <cstdint>
#include <optional>
#include <string>

#include "engine/jsonata/jsonata.h"
#include "engine/support/result.h"
#include "engine/value/value.h"

namespace stepglass::analysis {

struct JsonataRequest {
  std::string expression;
  /// The input document; absent: undefined.
  std::optional<Value> data;
  /// Variables by name, without $: an object, or null for none.
  Value bindings;
  jsonata::Dialect dialect = jsonata::Dialect::Standard;
  jsonata::Budget budget;
  std::uint64_t seed = 0;
  /// Milliseconds since 1970 for $now and $millis. 2025-01-01T00:00:00Z
  std::int64_t now_ms = 1'735'689'600'000;
};

/// What the expression gives: nothing for undefined. A value with has_opaque() has a function in it.
Result<std::optional<Value>, jsonata::Error> evaluate_jsonata(const JsonataRequest& request);

}  // namespace stepglass::analysis
