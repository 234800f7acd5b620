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
constexpr std::uint64_t repeated(unsigned char c) {
  return std::uint64_t{0x0101010101010101} * c;
}

/// Bit 7 of each byte of `word` that is 0; all bytes are ASCII.
std::uint64_t zeros(std::uint64_t word) {
  return (repeated(0x80) - word) & repeated(0x80);
}

/// Whether every character is one byte, and every line ends with LF.
bool is_plain(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + i, sizeof(word));
    if ((word & repeated(0x80)) != 0 || zeros(word ^ repeated('\r')) != 0) return false;
  }
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '\r'; });
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text), is_plain_(is_plain(text)) {
  if (is_plain_) {
    for (std::size_t begin = 0; begin != std::string_view::npos;) {
      lines_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin)});
      const std::size_t end = text.find('\n', begin);
      begin = end == std::string_view::npos ? end : end + 1;
    }
    return;
  }
  std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::uint32_t units = 0;
  lines_.push_back({static_cast<std::uint32_t>(i), 0});
  blocks_.push_back({static_cast<std::uint32_t>(i), 0});
  while (i < text.size()) {
    if (i >= blocks_.size() * kBlock) blocks_.push_back({static_cast<std::uint32_t>(i), units});
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
  if (is_plain_) return {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(offset)};
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

std::size_t LineIndex::offset(Position position) const {
  const std::size_t number = std::max(position.line, 1u) - 1;
  if (number >= lines_.size()) return text_.size();
  const Mark line = lines_[number];
  std::size_t end = text_.size();
  if (number + 1 < lines_.size()) {
    end = lines_[number + 1].offset - 1;
    if (text_[end] == '\n' && end > line.offset && text_[end - 1] == '\r') --end;
  }
  const std::uint64_t units = std::uint64_t{line.units} + std::max(position.column, 1u) - 1;
  if (is_plain_) return std::min<std::uint64_t>(units, end);
  auto block = std::upper_bound(blocks_.begin(), blocks_.end(), units,
                                [](std::uint64_t u, const Mark& mark) { return u < mark.units; });
  Mark mark = block == blocks_.begin() ? line : *std::prev(block);
  if (mark.offset < line.offset) mark = line;
  while (mark.offset < end) {
    const Utf8Step step = utf8_step(text_, mark.offset);
    if (mark.units + units_of(step) > units) break;
    mark.offset += step.length;
    mark.units += units_of(step);
  }
  return std::min<std::size_t>(mark.offset, end);
}

}  // namespace stepglass::detail
