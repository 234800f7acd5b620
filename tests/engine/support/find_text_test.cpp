#include "engine/support/random.h"
#include "engine/support/text.h"
#include "tests/support/catch.h"

using namespace stepglass;

TEST_CASE("a text is found where std::string_view::find finds it", "[support]") {
  // Few letters and long texts to look for, so that starts of them stand everywhere.
  Random random(1);
  const auto letters = [&](std::size_t size, std::uint64_t kinds) {
    std::string text;
    while (text.size() < size) text += static_cast<char>('a' + random.below(kinds));
    return text;
  };
  std::size_t found = 0;
  for (int round = 0; round < 2'000; ++round) {
    const std::string unit = letters(1 + random.below(5), 2);
    std::string text;
    for (std::size_t i = 0; i < 60; ++i) text += random.below(30) == 0 ? letters(1, 2) : unit;
    const std::size_t size = random.below(text.size());
    const std::string what =
        random.below(2) ? text.substr(random.below(text.size() - size), size) : text.substr(0, size) + "b";
    const std::size_t from = random.below(text.size() + 2);
    const std::size_t expected = text.find(what, from);
    if (find_text(text, what, from) != expected) FAIL(what << " in " << text << " from " << from);
    found += expected != std::string::npos;
  }
  CHECK(found > 300);
}

TEST_CASE("looking for a text is linear in both", "[support]") {
  // Compared in full at each place this would be 10^12 bytes.
  const std::string text(4'000'000, 'a');
  CHECK(find_text(text, std::string(1'000'000, 'a') + "b") == std::string::npos);
  CHECK(find_text(text, "b" + std::string(1'000'000, 'a')) == std::string::npos);
  CHECK(find_text(text + "b", std::string(1'000'000, 'a') + "b") == 3'000'000);
}
