#pragma once
// A request of the call protocol, split into its members without reading what they hold: a definition is read where its
// own places count, an input where only its value does, and an id is handed back byte for byte.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepglass::analysis {

struct RequestMember {
  std::string key;
  /// The bytes of the value inside the request. That it is well-formed is not checked yet.
  std::string_view text;
};

/// Members of a request, and of an object of machines in it: far more than any use has.
inline constexpr std::size_t kMaxRequestMembers = 1000;

/// The members of the JSON object `text`, the first kMaxRequestMembers + 1 of them; nothing when `text` is no object.
/// Looks at brackets and quotes only: a broken value is found by whoever reads it. Linear, without recursion.
std::optional<std::vector<RequestMember>> split_object(std::string_view text);

/// Why `text` is no JSON, in one line with the place; nothing when it is. Text that is nested too deeply to be read, or
/// has a number too large for a double, is JSON.
std::optional<std::string> json_fault(std::string_view text);

}  // namespace stepglass::analysis
