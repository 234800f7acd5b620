#include "engine/document/position.h"

#include <algorithm>
#include <cstring>

#include "engine/document/utf8_step.h"

namespace stepglass::detail {
namespace {

constexpr std::size_t kBlock = 256;

std::uint32_t units_of(const Utf8Step& step) {
  return step.code_point >= 0x10000 ? 2 : 1;
}

/// A word of eight times the byte `c`.
constexpr std::uint64_t repeated(unsigned char c) { return 0x0101010101010101 * c; }

/// True when one of the eight bytes is 0.
bool holds_zero(std::uint64_t word) { return ((word - repeated(0x01)) & ~word & repeated(0x80)) != 0; }

/// True when the eight bytes from `text` are ASCII and end no line.
bool is_plain(const char* text) {
  std::uint64_t word;
  std::memcpy(&word, text, sizeof(word));
  return (word & repeated(0x80)) == 0 && !holds_zero(word ^ repeated('\n')) && !holds_zero(word ^ repeated('\r'));
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text) {
  std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::uint32_t units = 0;
  lines_.push_back({static_cast<std::uint32_t>(i), 0});
  blocks_.push_back({static_cast<std::uint32_t>(i), 0});
  while (i < text.size()) {
    if (i >= blocks_.size() * kBlock) blocks_.push_back({static_cast<std::uint32_t>(i), units});
    if (i + 8 <= text.size() && is_plain(text.data() + i)) {
      i += 8;
      units += 8;
      continue;
    }
    const char c = text[i];
    if (static_cast<unsigned char>(c) < 0x80) {
      ++i;
      ++units;
      if (c == '\n' || (c == '\r' && (i == text.size() || text[i] != '\n'))) {
        lines_.push_back({static_cast<std::uint32_t>(i), units});
      }
      continue;
    }
    const Utf8Step step = utf8_step(text, i);
    i += step.length;
    units += units_of(step);
  }
}

LineIndex::Mark LineIndex::mark_at(std::size_t offset) const {
  std::size_t block = std::min(offset / kBlock, blocks_.size() - 1);
  if (blocks_[block].offset > offset && block > 0) --block;
  Mark mark = blocks_[block];
  while (mark.offset < offset) {
    const Utf8Step step = utf8_step(text_, mark.offset);
    if (mark.offset + step.length > offset) break;
    mark.offset += step.length;
    mark.units += units_of(step);
  }
  return mark;
}

Position LineIndex::position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const Mark here = mark_at(offset);
  auto line = std::upper_bound(lines_.begin(), lines_.end(), offset,
                               [](std::size_t o, const Mark& mark) { return o < mark.offset; });
  if (line != lines_.begin()) --line;
  return {static_cast<std::uint32_t>(line - lines_.begin()) + 1, here.units - line->units + 1};
}

}  // namespace stepglass::detail
