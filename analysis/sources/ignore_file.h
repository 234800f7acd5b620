#pragma once
// The patterns of one .gitignore. Source: gitignore(5).

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepglass::analysis {

/// Patterns of one file that are read; later ones are not.
inline constexpr std::size_t kMaxIgnorePatterns = 10'000;

class IgnoreFile {
 public:
  /// Reads the lines of `text`. What is no pattern matches nothing.
  explicit IgnoreFile(std::string_view text);

  /// Whether `path`, relative to the folder of the file and with "/" between folders, is left out (true) or kept
  /// (false, by a pattern with "!"); nothing when no pattern matches. The last pattern that matches counts.
  std::optional<bool> ignores(std::string_view path, bool is_folder) const;

  bool empty() const { return patterns_.empty(); }

 private:
  struct Pattern {
    std::string text;
    bool keeps = false;         // "!"
    bool folders_only = false;  // ends with "/"
    bool anchored = false;      // with a "/" inside: from the folder of the file on
  };
  std::vector<Pattern> patterns_;
};

/// Whether `pattern` matches all of `path`: * and ? stop at "/", ** does not, […] is one character, \ takes the next
/// one as it is. Takes at most pattern × path steps.
bool matches_glob(std::string_view pattern, std::string_view path);

}  // namespace stepglass::analysis
