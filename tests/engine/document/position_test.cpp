// Lines and columns of offsets, against a count byte by byte.

#include "engine/document/position.h"

#include <string>

#include "tests/support/catch.h"

namespace stepglass::detail {
namespace {

/// Counts from the start: columns in UTF-16 units, a line ends with \n, \r or both.
Position counted(const std::string& text, std::size_t offset) {
  Position at;
  for (std::size_t i = 0; i < offset; ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
      ++at.line;
      at.column = 1;
    } else if ((c & 0xC0) != 0x80) {
      at.column += c >= 0xF0 ? 2 : 1;
    }
  }
  return at;
}

TEST_CASE("positions are those of a count byte by byte, however lines and characters lie to words of eight bytes",
          "[document]") {
  const std::string parts[] = {"\n", "\r", "\r\n", "a", "ä", "😀", "  \"key\": 12,\n", "\n\n\n", "1234567", "12345678"};
  for (std::size_t shift = 0; shift < 8; ++shift) {
    std::string text(shift, ' ');
    for (std::size_t round = 0; round < 40; ++round) {
      text += parts[(round * 7 + shift * 3 + round / 10) % std::size(parts)];
      text += std::string(round % 5, 'x');
    }
    const LineIndex lines(text);
    for (std::size_t offset = 0; offset <= text.size(); ++offset) {
      // Inside of a character there is no place.
      if (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80) continue;
      INFO("shift " << shift << ", offset " << offset);
      const Position found = lines.position(offset);
      const Position expected = counted(text, offset);
      CHECK(found.line == expected.line);
      CHECK(found.column == expected.column);
      // And back, but for the second half of a line's end.
      const bool is_second = offset > 0 && offset < text.size() && text[offset] == '\n' && text[offset - 1] == '\r';
      CHECK(lines.offset(found) == offset - (is_second ? 1 : 0));
    }
  }
}

TEST_CASE("a column behind the line is its end, a line behind the text the text's", "[document]") {
  for (const std::string first : {"ab", "ä"}) {
    for (const std::string end : {"\n", "\r", "\r\n"}) {
      const std::string text = first + end + "cd";
      const LineIndex lines(text);
      CHECK(lines.offset({1, 3}) == first.size());
      CHECK(lines.offset({1, 4'000'000'000u}) == first.size());
      CHECK(lines.offset({2, 2}) == text.size() - 1);
      CHECK(lines.offset({2, 9}) == text.size());
      CHECK(lines.offset({3, 1}) == text.size());
      CHECK(lines.offset({0, 0}) == 0);
    }
  }
  CHECK(LineIndex("\xEF\xBB\xBF" "a").offset({1, 1}) == 3);
}

}  // namespace
}  // namespace stepglass::detail
