#pragma once
// Places in a text as the reference counts them, in UTF-16 units, from and to bytes. Going forwards is linear in all.

#include <cstddef>
#include <string_view>

#include "engine/jsonata/builtins/text_arguments.h"

namespace stepglass::jsonata {

class Utf16Places {
 public:
  explicit Utf16Places(std::string_view text) : text_(text), ascii_(is_ascii(text)) {}

  /// The UTF-16 units before byte `byte`, which begins a character or is the end.
  std::size_t units_before(std::size_t byte) {
    if (ascii_) return byte;
    if (byte < byte_) rewind();
    while (byte_ < byte) step();
    return unit_;
  }

  /// The byte where the character with UTF-16 unit `unit` begins; the end when there is none.
  std::size_t byte_of(std::size_t unit) {
    if (ascii_) return unit < text_.size() ? unit : text_.size();
    if (unit < unit_) rewind();
    while (byte_ < text_.size() && unit_ + width() <= unit) step();
    return byte_;
  }

 private:
  void rewind() { byte_ = unit_ = 0; }
  unsigned char lead() const { return static_cast<unsigned char>(text_[byte_]); }
  std::size_t width() const { return lead() >= 0xF0 ? 2 : 1; }
  void step() {
    unit_ += width();
    byte_ += lead() < 0x80 ? 1 : lead() < 0xE0 ? 2 : lead() < 0xF0 ? 3 : 4;
  }

  const std::string_view text_;
  const bool ascii_;
  std::size_t byte_ = 0;
  std::size_t unit_ = 0;
};

}  // namespace stepglass::jsonata
