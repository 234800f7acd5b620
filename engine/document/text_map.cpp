#include "engine/document/text_map.h"

#include <algorithm>
#include <iterator>

namespace stepglass {
namespace {

std::vector<Piece>::const_iterator piece_with(const std::vector<Piece>& pieces, std::uint32_t offset) {
  const auto behind = std::upper_bound(pieces.begin(), pieces.end(), offset,
                                       [](std::uint32_t o, const Piece& piece) { return o < piece.source_begin; });
  return behind == pieces.begin() ? behind : std::prev(behind);
}

}  // namespace

Span original_span(const std::vector<Piece>& pieces, std::uint32_t begin, std::uint32_t end) {
  const auto first = piece_with(pieces, begin);
  Span span;
  span.begin = first->original.begin + (first->taken_over ? begin - first->source_begin : 0);
  if (begin >= end) return {span.begin, span.begin};
  const auto last = piece_with(pieces, end - 1);
  span.end = last->taken_over ? last->original.begin + (end - last->source_begin) : last->original.end;
  return span;
}

std::uint32_t made_offset(const std::vector<Piece>& pieces, std::uint32_t offset) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    if (offset < piece.original.begin) return piece.source_begin;
    if (offset >= piece.original.end && i + 1 < pieces.size()) continue;
    return piece.source_begin + (piece.taken_over ? std::min(offset, piece.original.end) - piece.original.begin : 0);
  }
  return 0;
}

std::vector<Piece> composed(const std::vector<Piece>& inner, const std::vector<Piece>& outer) {
  if (outer.empty()) return inner;
  std::vector<Piece> result;
  result.reserve(inner.size() + outer.size());
  for (const Piece& piece : inner) {
    const auto [begin, end] = piece.original;
    if (!piece.taken_over) {
      result.push_back({piece.source_begin, original_span(outer, begin, end), false});
      continue;
    }
    auto part = piece_with(outer, begin);
    for (std::uint32_t at = begin; at < end; ++part) {
      const auto following = std::next(part);
      const std::uint32_t part_end = following == outer.end() ? end : std::min(end, following->source_begin);
      if (part_end <= at) continue;  // a piece without text
      const std::uint32_t source_begin = piece.source_begin + (at - begin);
      const std::uint32_t skipped = at - part->source_begin;
      if (part->taken_over) {
        const std::uint32_t from = part->original.begin + skipped;
        result.push_back({source_begin, {from, from + (part_end - at)}, true});
      } else {
        result.push_back({source_begin, part->original, false});
      }
      at = part_end;
    }
  }
  return result;
}

void MappedText::take_over(std::string_view part, std::uint32_t offset) {
  if (part.empty()) return;
  const auto size = static_cast<std::uint32_t>(part.size());
  const auto begin = static_cast<std::uint32_t>(text.size());
  text += part;
  if (!pieces.empty() && pieces.back().taken_over && pieces.back().original.end == offset) {
    pieces.back().original.end += size;
    return;
  }
  pieces.push_back({begin, {offset, offset + size}, true});
}

void MappedText::put(std::string_view part, Span original) {
  if (part.empty()) return;
  pieces.push_back({static_cast<std::uint32_t>(text.size()), original, false});
  text += part;
}

void MappedText::append(const MappedText& other) {
  const auto begin = static_cast<std::uint32_t>(text.size());
  text += other.text;
  for (Piece piece : other.pieces) {
    piece.source_begin += begin;
    pieces.push_back(piece);
  }
}

}  // namespace stepglass
