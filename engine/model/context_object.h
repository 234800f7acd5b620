#pragma once
// What the context object holds. Source: developer guide, "Context object".

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepglass {

struct UnknownContextField {
  /// Which of the names it is.
  std::size_t index;
  /// What is there instead.
  std::span<const std::string_view> known;
};

/// The first of `names`, from the root of the context object, that is not there; nothing when all are, as far as is known.
std::optional<UnknownContextField> unknown_context_field(std::span<const std::string_view> names);

/// The ways to all that is there and no object of its own: "Execution.Id", "Map.Item.Value", …
std::vector<std::string> context_ways();

}  // namespace stepglass
