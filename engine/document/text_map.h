#pragma once
// A text that was made from pieces of another one, such as JSON out of the escapes of a string, and where each of its
// bytes comes from.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/support/span.h"

namespace stepglass {

/// A stretch of a made text: either taken over from the original byte for byte, or put in place of a stretch of it.
struct Piece {
  std::uint32_t source_begin;
  Span original;
  bool taken_over;
};

/// The place in the original of [begin, end) of the made text. `pieces` begin at 0, have no gaps and are not empty; an
/// empty range stands for its place alone.
Span original_span(const std::vector<Piece>& pieces, std::uint32_t begin, std::uint32_t end);

/// Back: the byte of the made text that the byte `offset` of the original became; of what became several their first, of
/// what was left out the next one.
std::uint32_t made_offset(const std::vector<Piece>& pieces, std::uint32_t offset);

/// The pieces of a text made from `inner`, whose original was itself made from `outer`: back to the first text.
std::vector<Piece> composed(const std::vector<Piece>& inner, const std::vector<Piece>& outer);

/// A made text while it grows.
struct MappedText {
  std::string text;
  std::vector<Piece> pieces;

  /// Adds `part`, which stands at `offset` in the original.
  void take_over(std::string_view part, std::uint32_t offset);
  /// Adds `part` in place of `original`.
  void put(std::string_view part, Span original);
  /// Adds all of `other`.
  void append(const MappedText& other);
};

}  // namespace stepglass
