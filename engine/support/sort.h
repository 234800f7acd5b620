#pragma once
// A sort that is small rather than fast, for what runs once for a definition or a request. std::sort becomes one to
// three kilobytes of code for every type and every order: that was a twelfth of the module for browsers.

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace stepglass {
namespace detail {

/// The places 0 … size - 1 in the order that `less(context, a, b)`, which compares two of them, asks for; equal ones
/// stay in their order.
std::vector<std::uint32_t> sorted_places(std::size_t size, bool (*less)(void* context, std::uint32_t, std::uint32_t),
                                         void* context);

}  // namespace detail

/// Sorts `items`; equal ones stay in their order.
template <typename T, typename Less = std::less<>>
void sort_stable(std::vector<T>& items, Less less = {}) {
  struct Context {
    const std::vector<T>& items;
    Less& less;
  } context{items, less};
  const auto by_place = [](void* c, std::uint32_t a, std::uint32_t b) -> bool {
    const Context& all = *static_cast<Context*>(c);
    return all.less(all.items[a], all.items[b]);
  };
  std::vector<T> sorted;
  sorted.reserve(items.size());
  for (const std::uint32_t place : detail::sorted_places(items.size(), by_place, &context)) {
    sorted.push_back(std::move(items[place]));
  }
  items = std::move(sorted);
}

}  // namespace stepglass
