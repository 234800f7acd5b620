#pragma once
// Paths as text, with "/" between folders. Private to analysis/sources.

#include <optional>
#include <string>
#include <string_view>

namespace stepglass::analysis {

/// `target`, as written in the file `from`, as a path from where `from` starts; nothing when it leads out of there, is
/// absolute, a URL, or not known before deployment.
std::optional<std::string> path_from(std::string_view from, std::string_view target);

/// The last part of `path`.
std::string_view file_name(std::string_view path);

/// The file's name without its endings: "order" of "a/order.asl.json".
std::string_view file_stem(std::string_view path);

}  // namespace stepglass::analysis
