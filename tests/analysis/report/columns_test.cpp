#include "analysis/report/columns.h"

#include <string>
#include <string_view>

#include "engine/document/document.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

TEST_CASE("durations have the units that they need", "[report]") {
  struct Row {
    std::int64_t ms;
    std::string_view text;
  };
  for (const Row& row : {Row{0, "0s"}, Row{1, "0.001s"}, Row{1500, "1.5s"}, Row{60'000, "1m"}, Row{61'000, "1m 1s"},
                         Row{3'600'000, "1h"}, Row{90'061'000, "1d 1h 1m 1s"}, Row{86'400'010, "1d 0.01s"},
                         Row{31'536'000'000, "365d"}, Row{-5000, "-5s"}}) {
    CHECK(format_duration(row.ms) == row.text);
  }
}

TEST_CASE("text is cut to columns, not to bytes", "[report]") {
  struct Row {
    std::string_view text;
    std::size_t width;
    std::string_view cut, ascii;
  };
  for (const Row& row : {Row{"abc", 3, "abc", "abc"}, Row{"abcd", 3, "ab…", "..."}, Row{"abcde", 4, "abc…", "a..."},
                         Row{"äöü", 3, "äöü", "äöü"}, Row{"äöüß", 3, "äö…", "..."},
                         Row{"日本語", 6, "日本語", "日本語"}, Row{"日本語", 5, "日本…", "日..."},
                         Row{"日本語", 4, "日…", "..."}, Row{"abc", 0, "…", ""}, Row{"", 0, "", ""}}) {
    DYNAMIC_SECTION(row.text << " " << row.width) {
      CHECK(cut({.width = 80}, row.text, row.width) == row.cut);
      CHECK(cut({.ascii = true, .width = 80}, row.text, row.width) == row.ascii);
    }
  }
}

TEST_CASE("text is wrapped at spaces, and inside words that are too long", "[report]") {
  using Lines = std::vector<std::string>;
  CHECK(wrapped("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrapped("one two three", 8) == Lines{"one two", "three"});
  CHECK(wrapped("abcdefgh", 3) == Lines{"abc", "def", "gh"});
  CHECK(wrapped("a\n\nb", 10) == Lines{"a", "", "b"});
  CHECK(wrapped("", 10) == Lines{""});
  CHECK(wrapped("a\x1b[31mb", 20) == Lines{"a\\u{1B}[31mb"});
}

TEST_CASE("a value is shown in short, safe for a terminal", "[report]") {
  const Style style;
  const auto shown = [&](std::string_view json, std::size_t width) {
    return short_json(style, *read_value(json), width);
  };
  CHECK(shown(R"({"a": [1, 2, {"b": null}]})", 40) == R"({"a":[1,2,{"b":null}]})");
  CHECK(shown(R"({"a": [1, 2, {"b": null}]})", 10) == R"({"a":[1,2…)");
  CHECK(shown(R"("\u202Ehidden")", 40) == R"("\u{202E}hidden")");
  CHECK(shown(R"("\u001b[0m")", 40) == R"("\u001B[0m")");
  // Only what is shown is looked at: this would be a gigabyte.
  Value many = Value("0123456789");
  for (int i = 0; i < 27; ++i) {
    const Value both[] = {many, many};
    many = Value::array(both);
  }
  CHECK(columns(short_json(style, many, 30)) == 30);
  // A long text is cut between characters.
  std::string umlauts = "\"";
  for (int i = 0; i < 1000; ++i) umlauts += "ü";
  CHECK(shown(umlauts + "\"", 5) == "\"üüü…");
}

TEST_CASE("colours are there only when the style has them", "[report]") {
  CHECK(paint({.colour = true, .width = 80}, Tone::Bad, "x") == "\x1b[31mx\x1b[0m");
  CHECK(paint({.colour = true, .width = 80}, Tone::Plain, "x") == "x");
  CHECK(paint({.colour = false, .width = 80}, Tone::Bad, "x") == "x");
}
