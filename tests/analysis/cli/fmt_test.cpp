// stepglass fmt: which files it changes, and what it says of the others.

#include <sys/stat.h>
#include <unistd.h>

#include <iterator>

#include "analysis/sources/limits.h"
#include "tests/analysis/cli/program.h"

namespace stepglass::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLong = "{\n\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}";
constexpr std::string_view kFormatted = "{\n  \"StartAt\": \"A\",\n  \"States\": {\"A\": {\"Type\": \"Succeed\"}}\n}\n";
constexpr std::string_view kYaml = "StartAt: A # here\nStates: {A: {Type:   Succeed}}\n";

/// A new folder with the files.
fs::path made(const char* name, std::initializer_list<std::pair<const char*, std::string_view>> files) {
  const fs::path root = folder() / name;
  fs::remove_all(root);
  fs::create_directories(root / "sub");
  for (const auto& [file, text] : files) std::ofstream(root / file, std::ios::binary) << text;
  return root;
}

Called fmt(const fs::path& root, const std::string& arguments, const std::string& before = "") {
  return call("fmt " + arguments, "cd '" + root.string() + "' && " + before);
}

}  // namespace

TEST_CASE("fmt: definitions that are JSON files are formatted in place, and nothing else", "[cli]") {
  const fs::path root =
      made("fmt", {{"a.asl.json", kLong},
                   {"sub/b.json", kLong},
                   {"sub/good.json", kFormatted},
                   {"c.asl.yaml", kYaml},
                   {"d.json.j2", kLong},
                   {"e.asl.json", R"({"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":${W}}}})"},
                   {"f.json", R"({"Resources":{"M":{"Type":"AWS::StepFunctions::StateMachine","Properties":{
                                                 "Definition":{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}}}}})"},
                   {"package.json", R"({"name":"x"})"}});
  const auto text = [&](const char* file) { return content(root / file); };
  const std::string in_yaml = text("c.asl.yaml"), makes = text("d.json.j2"), filled = text("e.asl.json"),
                    holds = text("f.json");

  const Called checked = fmt(root, "--check");
  CHECK(checked.status == 1);
  CHECK(checked.out == "a.asl.json\nsub/b.json\n");
  CHECK(checked.err == "2 files would change, 1 as it should be; left alone: 1 in YAML, 3 templates\n");
  CHECK(text("a.asl.json") == kLong);

  fs::permissions(root / "a.asl.json", fs::perms::owner_read | fs::perms::owner_write);
  const Called done = fmt(root, "");
  CHECK(done.status == 0);
  CHECK(done.out == "a.asl.json\nsub/b.json\n");
  CHECK(done.err == "2 files formatted, 1 as it should be; left alone: 1 in YAML, 3 templates\n");
  CHECK(text("a.asl.json") == kFormatted);
  CHECK(text("sub/b.json") == kFormatted);
  CHECK(fs::status(root / "a.asl.json").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(text("c.asl.yaml") == in_yaml);
  CHECK(text("d.json.j2") == makes);
  CHECK(text("e.asl.json") == filled);
  CHECK(text("f.json") == holds);
  CHECK(text("package.json") == R"({"name":"x"})");

  const Called again = fmt(root, "--check .");
  CHECK(again.status == 0);
  CHECK(again.out.empty());
  CHECK(again.err == "0 files would change, 3 as they should be; left alone: 1 in YAML, 3 templates\n");
  CHECK(fmt(root, "package.json c.asl.yaml").err ==
        "0 files formatted, 0 as they should be; left alone: 1 in YAML, 1 other file\n");
}

TEST_CASE("fmt: what is no JSON is told with its place, and the others are formatted", "[cli]") {
  const fs::path root = made("fmt_broken", {{"a.asl.json", kLong},
                                            {"broken.asl.json", "{\"StartAt\": \"A\",\n\"States\": {},}"},
                                            {"empty.asl.json", ""},
                                            {"deep.asl.json", std::string(257, '[') + std::string(257, ']')}});
  const Called done = fmt(root, "");
  CHECK(done.status == 2);
  CHECK(done.err.find("error: broken.asl.json, line 2, column 13: ") != std::string::npos);
  CHECK(done.err.find("error: empty.asl.json, line 1, column 1: ") != std::string::npos);
  CHECK(done.err.find("error: deep.asl.json, line 1, column 257: arrays and objects are nested more than 256 deep\n") !=
        std::string::npos);
  CHECK(last_line(done.err) == "1 file formatted, 0 as they should be");
  CHECK(content(root / "a.asl.json") == kFormatted);
  CHECK(content(root / "broken.asl.json") == "{\"StartAt\": \"A\",\n\"States\": {},}");
  const Called missing = fmt(root, "no.json a.asl.json");
  CHECK(missing.status == 2);
  CHECK(missing.err.find("cannot read \"no.json\"") != std::string::npos);
}

TEST_CASE("fmt: JSON with comments is left alone", "[cli]") {
  constexpr std::string_view kCommented = "// here\n{\"StartAt\":\"A\", /* there */\n\"States\":{},}";
  const fs::path root = made("fmt_comments", {{"a.jsonc", kLong},
                                              {"b.jsonc", kCommented},
                                              {"c.json5", "{\"StartAt\":\"A\",\"States\":{},}"},
                                              {"tsconfig.jsonc", "{\"strict\": true,}"},
                                              {"d.asl.json", kFormatted}});
  for (const char* arguments : {"", "--check"}) {
    const Called done = fmt(root, arguments);
    CHECK(done.status == 0);
    CHECK(done.out.empty());
    CHECK(done.err.find("left alone: ") != std::string::npos);
    CHECK(done.err.find(" in JSON with comments\n") != std::string::npos);
  }
  CHECK(fmt(root, "b.jsonc").err == "0 files formatted, 0 as they should be; left alone: 1 in JSON with comments\n");
  CHECK(content(root / "a.jsonc") == kLong);
  CHECK(content(root / "b.jsonc") == kCommented);
}

TEST_CASE("fmt: a byte order mark stays, line ends become line feeds, members that stand twice stay", "[cli]") {
  const fs::path root = made(
      "fmt_bytes",
      {{"a.asl.json", "\xEF\xBB\xBF{\r\n\"StartAt\": \"A\",\r\n\"StartAt\": \"\\u0041\",\r\n\"States\": {}}\r\n"}});
  CHECK(fmt(root, "a.asl.json").status == 0);
  CHECK(content(root / "a.asl.json") ==
        "\xEF\xBB\xBF{\n  \"StartAt\": \"A\",\n  \"StartAt\": \"\\u0041\",\n  \"States\": {}\n}\n");
  CHECK(fmt(root, "--check").status == 0);
}

TEST_CASE("fmt: of a link that is named its target changes, of one met on the way nothing", "[cli]") {
  const fs::path root = made("fmt_links", {{"a.asl.json", kLong}});
  const fs::path outside = made("fmt_links_outside", {{"b.asl.json", kLong}});
  fs::create_symlink("../fmt_links_outside/b.asl.json", root / "link.asl.json");
  const Called walked = fmt(root, "");
  CHECK(walked.status == 0);
  CHECK(walked.out == "a.asl.json\n");
  CHECK(content(outside / "b.asl.json") == kLong);
  const Called named = fmt(root, "link.asl.json");
  CHECK(named.status == 0);
  CHECK(named.out == "link.asl.json\n");
  CHECK(fs::is_symlink(root / "link.asl.json"));
  CHECK(content(outside / "b.asl.json") == kFormatted);
}

TEST_CASE("fmt: a file that is named twice is formatted once", "[cli]") {
  const std::string arguments =
      GENERATE("a.asl.json a.asl.json", "a.asl.json ./a.asl.json .", "a.asl.json sub/link.json");
  const fs::path root = made("fmt_twice", {{"a.asl.json", kLong}});
  fs::create_symlink("../a.asl.json", root / "sub" / "link.json");
  const Called done = fmt(root, arguments);
  CHECK(done.status == 0);
  CHECK(done.out == "a.asl.json\n");
  CHECK(done.err == "1 file formatted, 0 as they should be\n");
  CHECK(content(root / "a.asl.json") == kFormatted);
}

TEST_CASE("fmt: a file that cannot be written is told, and nothing is left beside it", "[cli]") {
  // Too long a name for another one beside it, which root cannot make either.
  const std::string name = std::string(255 - 9, 'x') + ".asl.json";
  const fs::path root = made("fmt_unwritten", {{name.c_str(), kLong}, {"z.asl.json", kLong}});
  fs::remove(root / "sub");
  const Called done = fmt(root, "");
  CHECK(done.status == 2);
  CHECK(done.out == "z.asl.json\n");
  CHECK(done.err.starts_with("error: cannot write \"" + name + "\": File name too long\n"));
  CHECK(last_line(done.err) == "1 file formatted, 0 as they should be");
  CHECK(content(root / name) == kLong);
  CHECK(std::distance(fs::directory_iterator(root), fs::directory_iterator()) == 2);
}

TEST_CASE("fmt: a file keeps its owner, and a read-only one stays", "[cli]") {
  const fs::path root = made("fmt_owner", {{"a.asl.json", kLong}});
  const std::string path = (root / "a.asl.json").string();
  if (geteuid() == 0) {
    REQUIRE(chown(path.c_str(), 12345, 54321) == 0);
    CHECK(fmt(root, "").status == 0);
    struct stat about = {};
    REQUIRE(stat(path.c_str(), &about) == 0);
    CHECK(about.st_uid == 12345);
    CHECK(about.st_gid == 54321);
    CHECK(content(path) == kFormatted);
    return;
  }
  // Root may write to it.
  fs::permissions(path, fs::perms::owner_read);
  const Called done = fmt(root, "");
  CHECK(done.status == 2);
  CHECK(done.err.starts_with("error: cannot write \"a.asl.json\": Permission denied\n"));
  CHECK(content(path) == kLong);
}

TEST_CASE("fmt: with --check, what cannot be read counts more than what would change", "[cli]") {
  const fs::path root = made("fmt_check", {{"a.asl.json", kLong}, {"b.asl.json", "{\"StartAt\": \"A\","}});
  const Called done = fmt(root, "--check");
  CHECK(done.status == 2);
  CHECK(done.out == "a.asl.json\n");
  CHECK(content(root / "a.asl.json") == kLong);
}

TEST_CASE("fmt: standard input is formatted to standard output", "[cli]") {
  const Called done = call("fmt -", "printf '{\"a\":[1,2]}' |");
  CHECK(done.status == 0);
  CHECK(done.out == "{\"a\": [1, 2]}\n");
  CHECK(call("fmt --indent 3 --width 0 -", "printf '{\"a\":1}' |").out == "{\n   \"a\": 1\n}\n");
  const Called differs = call("fmt --check -", "printf '{\"a\":[1,2]}' |");
  CHECK(differs.status == 1);
  CHECK(differs.out.empty());
  CHECK(call("fmt --check -", "printf '{\"a\": [1, 2]}\\n' |").status == 0);
  const Called yaml = call("fmt -", "printf 'StartAt: A\\nStates: {}\\n' |");
  CHECK(yaml.status == 2);
  CHECK(yaml.err ==
        "error: standard input: YAML keeps the layout and the comments that its author gave it\n"
        "  = help: only JSON is formatted\n");
  CHECK(call("fmt -", "printf '{\"a\":' |").err.find("standard input: line 1, column 6: ") != std::string::npos);
  CHECK(call("fmt - pass.json", "printf '{}' |").status == 2);
}

TEST_CASE("fmt: the help text says what becomes of line ends, and which files count", "[cli]") {
  const Called help = call("fmt --help");
  CHECK(help.out.find("Lines end with LF") != std::string::npos);
  CHECK(help.out.find(".gitignore") != std::string::npos);
  CHECK(help.out.find("spaces for each level, 1 to 8 (default: 2)") != std::string::npos);
  CHECK(help.out.find("up to 1000; what is longer is broken (default: 100)") != std::string::npos);
}

TEST_CASE("fmt: what .gitignore names is left out, what lint ignores is not", "[cli]") {
  const fs::path root = made("fmt_ignored", {{"a.asl.json", kLong},
                                             {"sub/b.asl.json", kLong},
                                             {".gitignore", "a.*\n"},
                                             {".stepglass.json", R"({"paths": {"sub/**": {"ignore": ["ASL"]}}})"}});
  fs::create_directory(root / ".git");
  const Called done = fmt(root, "--check");
  CHECK(done.out == "sub/b.asl.json\n");
  CHECK(done.status == 1);
}

TEST_CASE("fmt: indent and width have limits", "[cli]") {
  struct Row {
    std::string arguments;
    int status;
    std::string err;
  };
  const Row rows[] = {
      {"--indent 0", 2, "--indent is from 1 to 8, not 0"},
      {"--indent 1", 0, ""},
      {"--indent 8", 0, ""},
      {"--indent 9", 2, "--indent is from 1 to 8, not 9"},
      {"--indent x", 2, "--indent"},
      {"--width 0", 0, ""},
      {"--width 1000", 0, ""},
      {"--width 1001", 2, "--width is at most 1000, not 1001"},
      {"--width -1", 2, "--width"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.arguments);
    const Called done = call("fmt " + row.arguments + " -", "printf '{}' |");
    CHECK(done.status == row.status);
    CHECK(done.err.find(row.err) != std::string::npos);
  }
}

TEST_CASE("fmt: a line of a mebibyte", "[cli]") {
  std::string text = "{\"StartAt\":\"A\",\"States\":{";
  for (int i = 0; text.size() < 1u << 20; ++i) text += "\"S" + std::to_string(i) + "\":{\"Type\":\"Succeed\"},";
  const fs::path root = made("fmt_long", {{"a.asl.json", text + "\"A\":{\"Type\":\"Succeed\"}}}"}});
  CHECK(fmt(root, "").status == 0);
  CHECK(content(root / "a.asl.json")
            .starts_with("{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"S0\": {\"Type\": \"Succeed\"},\n"));
  CHECK(fmt(root, "--check").status == 0);
}

TEST_CASE("fmt: no file becomes larger than what is read", "[cli]") {
  const bool fits = GENERATE(true, false);
  const std::string head = "{\n  \"StartAt\": \"A\",\n  \"Comment\": \"", tail = "\",\n  \"States\": {}\n}\n";
  const std::string comment(analysis::kMaxSourceBytes - head.size() - tail.size() + (fits ? 0 : 1), 'x');
  const std::string before = "{\"StartAt\":\"A\",\"Comment\":\"" + comment + "\",\"States\":{}}";
  const fs::path root = made("fmt_most", {{"a.asl.json", before}});
  const Called checked = fmt(root, "--check");
  CHECK(checked.status == (fits ? 1 : 2));
  const Called done = fmt(root, "");
  CHECK(done.status == (fits ? 0 : 2));
  CHECK((content(root / "a.asl.json") == (fits ? head + comment + tail : before)));
  if (fits) return;
  CHECK(checked.err ==
        "error: cannot format \"a.asl.json\": it would be larger than 8 MiB\n0 files would change, 0 as they should "
        "be\n");
  CHECK(done.err ==
        "error: cannot format \"a.asl.json\": it would be larger than 8 MiB\n0 files formatted, 0 as they should be\n");
}

}  // namespace stepglass::cli
