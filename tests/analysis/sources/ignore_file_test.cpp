#include "analysis/sources/ignore_file.h"

#include <string>

#include "tests/support/catch.h"

namespace stepglass::analysis {

TEST_CASE("patterns of .gitignore match as git has it", "[sources][ignore]") {
  struct Row {
    std::string_view pattern, path;
    bool is_folder, ignored;
  };
  const auto row =
      GENERATE(Row{"a.json", "a.json", false, true}, Row{"a.json", "x/y/a.json", false, true},
               Row{"/a.json", "x/a.json", false, false}, Row{"/a.json", "a.json", false, true},
               Row{"x/a.json", "y/x/a.json", false, false}, Row{"x/a.json", "x/a.json", false, true},
               Row{"build/", "build", true, true}, Row{"build/", "build", false, false},
               Row{"build/", "x/build", true, true}, Row{"/build/", "x/build", true, false},
               Row{"*.json", "a/b.json", false, true}, Row{"a/*.json", "a/b/c.json", false, false},
               Row{"a/**/c.json", "a/c.json", false, true}, Row{"a/**/c.json", "a/x/y/c.json", false, true},
               Row{"**/c", "x/c", false, true}, Row{"a/**", "a/b/c", false, true}, Row{"a/**", "a", true, false},
               Row{"a?c", "abc", false, true}, Row{"a?c", "a/c", false, false}, Row{"[a-c]x", "bx", false, true},
               Row{"[!a-c]x", "bx", false, false}, Row{"[]]x", "]x", false, true}, Row{"[ax", "[ax", false, false},
               Row{"\\#x", "#x", false, true}, Row{"# x", "# x", false, false}, Row{"x\\*", "x*", false, true},
               Row{"x\\*", "xy", false, false}, Row{"x  ", "x", false, true}, Row{"", "x", false, false},
               Row{"*a*b*", "xxaxxbxx", false, true}, Row{"*a*b", "xxaxxbxx", false, false});
  INFO(row.pattern << " " << row.path);
  CHECK(IgnoreFile(row.pattern).ignores(row.path, row.is_folder).value_or(false) == row.ignored);
}

TEST_CASE("of several patterns the last that matches counts", "[sources][ignore]") {
  const IgnoreFile file("*.json\r\n!keep.json\nkeep.json/\n");
  CHECK(file.ignores("a.json", false) == true);
  CHECK(file.ignores("keep.json", false) == false);
  CHECK(file.ignores("keep.json", true) == true);
  CHECK_FALSE(file.ignores("a.yaml", false));
}

TEST_CASE("patterns of many stars end soon", "[sources][ignore][hostile]") {
  std::string stars, folders, path;
  for (int i = 0; i < 2'000; ++i) {
    stars += "*a";
    folders += "**/a/";
    path += "a/";
  }
  CHECK_FALSE(matches_glob(stars + "b", std::string(4'000, 'a')));
  CHECK_FALSE(matches_glob(folders + "b", path + "c"));
  std::string many;
  for (std::size_t i = 0; i < kMaxIgnorePatterns; ++i) many += "x\n";
  CHECK_FALSE(IgnoreFile(many + "last\n").ignores("last", false));
  CHECK(IgnoreFile(many.substr(2) + "last\n").ignores("last", false));
}

}  // namespace stepglass::analysis
