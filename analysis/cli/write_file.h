#pragma once
// Files that the program writes because it was asked to.

#include <string>
#include <string_view>

namespace stepglass::cli {

/// Writes `text` to the file, which may be a pipe or a device; false, with errno, when it cannot.
bool write_file(const std::string& path, std::string_view text);

/// Puts `text` in the place of the file, at once: whoever reads it sees the old or the new one, and what stands beside it
/// is never touched. Of a link, the file that it leads to is replaced; a link that leads nowhere is replaced itself. A
/// file that was there keeps its permissions, and its owner and group where we may give them; one that may not be
/// written to stays (EACCES). False, with errno, when it cannot. What a power failure leaves is up to the file system.
bool replace_file(const std::string& path, std::string_view text);

}  // namespace stepglass::cli
