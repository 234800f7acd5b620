#include "engine/document/position.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "engine/document/utf8_step.h"

namespace stepglass::detail {
namespace {

constexpr std::size_t kBlock = 256;

std::uint32_t units_of(const Utf8Step& step) {
  return step.code_point >= 0x10000 ? 2 : 1;
}

/// A word of eight times the byte `c`.
constexpr std::uint64_t repeated(unsigned char c) {
  return std::uint64_t{0x0101010101010101} * c;
}

static_assert(std::endian::native == std::endian::little, "the first byte of a word has its lowest bits");

/// Bit 7 of each byte of `word` that is 0; all bytes are ASCII.
std::uint64_t zeros(std::uint64_t word) {
  return (repeated(0x80) - word) & repeated(0x80);
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text) {
  std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::uint32_t units = 0;
  lines_.push_back({static_cast<std::uint32_t>(i), 0});
  blocks_.push_back({static_cast<std::uint32_t>(i), 0});
  while (i < text.size()) {
    if (i >= blocks_.size() * kBlock) blocks_.push_back({static_cast<std::uint32_t>(i), units});
    if (i + 8 <= text.size()) {
      std::uint64_t word;
      std::memcpy(&word, text.data() + i, sizeof(word));
      if ((word & repeated(0x80)) == 0 && zeros(word ^ repeated('\r')) == 0) {
        for (std::uint64_t ends = zeros(word ^ repeated('\n')); ends != 0; ends &= ends - 1) {
          const auto behind = static_cast<std::uint32_t>(std::countr_zero(ends) / 8 + 1);
          lines_.push_back({static_cast<std::uint32_t>(i) + behind, units + behind});
        }
        i += 8;
        units += 8;
        continue;
      }
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
