#include "engine/support/sort.h"

#include <algorithm>
#include <numeric>

namespace stepglass::detail {

// Merges neighbours of one place, of two, of four, …
std::vector<std::uint32_t> sorted_places(std::size_t size, bool (*less)(void* context, std::uint32_t, std::uint32_t),
                                         void* context) {
  std::vector<std::uint32_t> places(size), merged(size);
  std::iota(places.begin(), places.end(), 0u);
  for (std::size_t width = 1; width < size; width *= 2) {
    for (std::size_t begin = 0; begin < size; begin += 2 * width) {
      const std::size_t middle = std::min(begin + width, size), end = std::min(middle + width, size);
      std::size_t a = begin, b = middle;
      for (std::size_t i = begin; i < end; ++i) {
        const bool second = a == middle || (b < end && less(context, places[b], places[a]));
        merged[i] = places[second ? b++ : a++];
      }
    }
    places.swap(merged);
  }
  return places;
}

}  // namespace stepglass::detail
