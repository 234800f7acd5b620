#pragma once
// A range of bytes in a text: from `begin` up to, not including, `end`.

#include <cstdint>

namespace stepglass {

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

}  // namespace stepglass
