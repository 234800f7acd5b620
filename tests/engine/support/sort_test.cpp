#include "engine/support/sort.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/catch.h"

namespace stepglass {
namespace {

TEST_CASE("a sort keeps equal items in their order, whatever the number of items", "[support]") {
  for (std::size_t size = 0; size < 40; ++size) {
    // Keys 0 … 4 in a mixed order, each with its place.
    std::vector<std::pair<int, std::size_t>> items;
    for (std::size_t i = 0; i < size; ++i) items.emplace_back(static_cast<int>(i * 7 % 5), i);
    sort_stable(items, [](const auto& a, const auto& b) { return a.first < b.first; });
    REQUIRE(items.size() == size);
    // By key, then by the place before.
    for (std::size_t i = 1; i < size; ++i) CHECK(items[i - 1] < items[i]);
  }
}

TEST_CASE("a sort moves items that cannot be copied", "[support]") {
  std::vector<std::unique_ptr<std::string>> items;
  for (const char* text : {"b", "c", "a"}) items.push_back(std::make_unique<std::string>(text));
  sort_stable(items, [](const auto& a, const auto& b) { return *a < *b; });
  CHECK(*items[0] + *items[1] + *items[2] == "abc");
}

}  // namespace
}  // namespace stepglass
