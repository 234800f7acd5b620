#pragma once
// Text-delimited files as the ItemReader of a distributed Map takes them. Not RFC 4180: backslashes escape too.
// Source: developer guide, "ItemReader", and recorded runs.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stepglass {

/// Reads records one after the other, each byte once. Fields may be quoted; inside quotes separators and newlines are
/// text and a doubled quote is one quote. A backslash escapes a backslash, a quote and the separator; before anything
/// else it is dropped. Any text can be read.
class CsvReader {
 public:
  /// `text` outlives the reader. A byte order mark at its start is skipped.
  CsvReader(std::string_view text, char separator);

  /// Reads the next record and makes `fields` its fields, the first `most` at most: the others are read over.
  /// False when there is no record left; a newline at the end of the text starts none.
  bool next(std::vector<std::string>& fields, std::size_t most);
  /// Bytes of the record that was read last, its newline not counted.
  std::size_t record_bytes() const { return record_bytes_; }

 private:
  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t record_bytes_ = 0;
};

}  // namespace stepglass
