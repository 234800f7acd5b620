#pragma once
// Byte offsets to lines and columns. Private to engine/document; callers ask Document::position.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/document/document.h"

namespace stepglass::detail {

/// The lines of a text. Lines end with LF, CRLF or a lone CR. A byte order mark takes no column, as in editors; bytes
/// that are no UTF-8 take the columns of the U+FFFD that editors show.
class LineIndex {
 public:
  /// `text` outlives this. O(bytes).
  explicit LineIndex(std::string_view text);

  /// An offset inside a character counts as its start, one behind the text as its end. O(log lines).
  Position position(std::size_t offset) const;
  /// Back: the start of the character there; of a column behind the line its end, of a line behind the text the text's.
  /// O(log lines + log bytes).
  std::size_t offset(Position position) const;

 private:
  struct Mark {
    std::uint32_t offset;
    std::uint32_t units;
  };
  /// UTF-16 units before `offset`, and where its character starts.
  Mark mark_at(std::size_t offset) const;

  std::string_view text_;
  bool is_plain_;  // offsets are units
  std::vector<Mark> lines_;
  /// Unless it is plain: the first character that starts in each block of kBlock bytes, so that a column in a long line is found quickly.
  std::vector<Mark> blocks_;
};

}  // namespace stepglass::detail
