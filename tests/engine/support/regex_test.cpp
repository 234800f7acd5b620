#include "engine/support/regex.h"

#include <fmt/format.h>

#include "engine/support/limits.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

Regex compile(std::string_view pattern, std::string_view flags = "", Regex::Syntax syntax = Regex::Syntax::JavaScript) {
  Regex::Options options = Regex::parse_flags(flags).value();
  options.syntax = syntax;
  auto regex = Regex::compile(pattern, options);
  INFO(pattern);
  if (!regex) FAIL(regex.error().message);
  return *std::move(regex);
}

/// "whole|group 1|group 2|…", a group that took no part as "-"; "none" when there is no match.
std::string found(const Regex& regex, std::string_view subject, std::size_t from = 0) {
  Regex::Match match;
  std::uint64_t steps = kMaxRegexSteps;
  const Regex::Outcome outcome = regex.search(subject, from, steps, match);
  if (outcome == Regex::Outcome::OutOfSteps) return "out of steps";
  if (outcome == Regex::Outcome::NoMatch) return "none";
  std::string text;
  for (std::size_t i = 0; i < match.groups.size(); ++i) {
    if (i > 0) text += '|';
    text += match.groups[i].matched() ? std::string(match.groups[i].of(subject)) : "-";
  }
  return text;
}

struct Row {
  const char* pattern;
  const char* flags;
  const char* subject;
  const char* expected;
};

}  // namespace

TEST_CASE("a regular expression finds what JavaScript finds", "[support]") {
  // Expected texts are those of RegExp.prototype.exec.
  const auto row = GENERATE(values<Row>({
      {"abc", "", "xxabcx", "abc"},
      {"", "", "abc", ""},
      {"a|ab", "", "abc", "a"},
      {"((a)|(ab))((c)|(bc))", "", "abc", "abc|a|a|-|bc|-|bc"},
      {"a[a-z]{2,4}", "", "abcdefghi", "abcde"},
      {"a[a-z]{2,4}?", "", "abcdefghi", "abc"},
      {"(aa|aabaac|ba|b|c)*", "", "aabaac", "aaba|ba"},
      {"(z)((a+)?(b+)?(c))*", "", "zaacbbbcac", "zaacbbbcac|z|ac|a|-|c"},
      {"(a*)*", "", "b", "|-"},
      {"(?=(a+))", "", "baaabac", "|aaa"},
      {"(?=(a+))a*b\\1", "", "baaabac", "aba|a"},
      {"(.*?)a(?!(a+)b\\2c)\\2(.*)", "", "baaabaac", "baaabaac|ba|-|abaac"},
      {"(a*)b\\1+", "", "baaaac", "b|"},
      {"\\bfoo\\b", "", "a foo b", "foo"},
      {"\\Boo", "", "foo", "oo"},
      {"^b", "m", "a\nb", "b"},
      {"a$", "m", "a\nb", "a"},
      {"a$", "", "a\nb", "none"},
      {".+", "", "ab\ncd", "ab"},
      {".+", "s", "ab\ncd", "ab\ncd"},
      {"[^]+", "", "a\nb", "a\nb"},
      {"[]", "", "a", "none"},
      {"aBc", "i", "xAbCx", "AbC"},
      {"[a-c]+", "i", "xABCx", "ABC"},
      {"[^a-c]+", "i", "ABCx", "x"},
      {"straße|ÄÖ", "i", "äö", "äö"},
      {"привет", "i", "ПРИВЕТ", "ПРИВЕТ"},
      {"(?<year>\\d{4})-(?<month>\\d\\d)", "", "on 2024-05-06", "2024-05|2024|05"},
      {"(?<a>.)\\k<a>", "", "abccd", "cc|c"},
      {"\\k<a>", "", "k<a>", "k<a>"},
      {"(?<=\\$)\\d+", "", "a5 $42", "42"},
      {"(?<!\\$)\\b\\d+", "", "$42 17", "17"},
      {"(?<=(\\d+)(\\d+))$", "", "1053", "|1|053"},
      {"(?<=\\1(a))b", "", "aab", "b|a"},
      {"(?<=a.c)d", "", "abcd", "d"},
      {"a{2}", "", "aaa", "aa"},
      {"a{2,}", "", "aaaa", "aaaa"},
      {"a{,2}", "", "a{,2}", "a{,2}"},
      {"x{", "", "x{", "x{"},
      {"]", "", "]", "]"},
      {"a{0}b", "", "ab", "b"},
      {"(a){0}b\\1", "", "ab", "b|-"},
      {"\\x41\\u0042\\103", "", "ABC", "ABC"},
      {"\\u{1F600}", "u", "😀", "😀"},
      {"\\ud83d\\ude00", "", "😀", "😀"},
      {".", "", "😀", "😀"},
      {"^.$", "u", "😀", "😀"},
      {"[😀-😂]", "u", "😁", "😁"},
      {"\\cJ", "", "\n", "\n"},
      {"[\\b]", "", "\b", "\b"},
      {"[\\w-]+", "", "a-b c", "a-b"},
      {"[a-\\d]+", "", "-a1b", "-a1"},
      {"\\0", "", "a", "none"},
      {"(?:ab){3}", "", "ababab", "ababab"},
      {"(?:a|b)+?c", "", "ababc", "ababc"},
      {"(a?)*?b", "", "aab", "aab|a"},
      {"(?:a*?)*b", "", "aab", "aab"},
      {"(\\2a)(\\1)", "", "aaa", "aa|a|a"},
      {"(?!foo)...", "", "foobar", "oob"},
      {"\\d+(?=%)", "", "10 20%", "20"},
      {"(a(?=b(c)))", "", "abc", "a|a|c"},
      {"(?:(a)|b)*", "", "ab", "ab|-"},
      {"(x{1,3}){1500}", "", "x", "none"},
      {"\\s+", "", "a \t\xC2\xA0z", " \t\xC2\xA0"},
      {"^(?:\\+1)?\\d{3}$", "", "+1555", "+1555"},
      {"\\/", "u", "/", "/"},
      {"(?=.*\\d)(?=.*[a-z]).{4,}", "", "ab1c", "ab1c"},
  }));
  DYNAMIC_SECTION("/" << row.pattern << "/" << row.flags << " in " << row.subject) {
    CHECK(found(compile(row.pattern, row.flags), row.subject) == row.expected);
  }
}

TEST_CASE("a regular expression that is none says why and where", "[support]") {
  const auto row = GENERATE(values<Row>({
      {"(", "", "", "unterminated group"},
      {"a)", "", "", "unmatched \")\""},
      {"[a", "", "", "unterminated class"},
      {"*", "", "", "there is nothing to repeat"},
      {"a**", "", "", "there is nothing to repeat"},
      {"a{2}{3}", "", "", "there is nothing to repeat"},
      {"{1}", "", "", "there is nothing to repeat"},
      {"a{3,2}", "", "", "the numbers of a repetition are out of order"},
      {"[b-a]", "", "", "a range is out of order"},
      {"\\", "", "", "\\ at the end of the pattern"},
      {"(?<a>.)(?<a>.)", "", "", "there are two groups named \"a\""},
      {"(?<1>.)", "", "", "invalid name of a group"},
      {"(?<a>.)\\k<b>", "", "", "there is no group named \"b\""},
      {"(?z)", "", "", "invalid group"},
      {"\\1", "u", "", "there is no such group"},
      {"\\q", "u", "", "invalid escape"},
      {"{", "u", "", "there is nothing to repeat"},
      {"]", "u", "", "a lone \"]\" must be escaped"},
      {"(?<=a)*", "", "", "this cannot be repeated"},
      {"\\p{L}", "u", "", "the property \"L\" is not supported"},
  }));
  DYNAMIC_SECTION("/" << row.pattern << "/" << row.flags) {
    const auto regex = Regex::compile(row.pattern, Regex::parse_flags(row.flags).value());
    REQUIRE_FALSE(regex);
    CHECK(regex.error().message == row.expected);
    CHECK(regex.error().offset <= std::string_view(row.pattern).size());
  }
}

TEST_CASE("in Java's syntax all of a text is matched as Java does", "[support]") {
  struct JavaRow {
    const char* pattern;
    const char* flags;
    const char* subject;
    bool expected;
  };
  const auto row = GENERATE(values<JavaRow>({
      {"a+", "", "aaa", true},
      {"a+", "", "aaab", false},
      {"a|ab", "", "ab", true},
      {"(?i)AbC", "", "aBc", true},
      {"a(?i)b(?-i)c", "", "aBc", true},
      {"a(?i)b(?-i)c", "", "aBC", false},
      {"(?i:a)b", "", "Ab", true},
      {"\\Qa.b\\E", "", "a.b", true},
      {"\\Qa.b\\E", "", "axb", false},
      {"\\Aab\\z", "", "ab", true},
      {"a++a", "", "aaa", false},
      {"(?>a|ab)c", "", "abc", false},
      {"(?>ab|a)c", "", "abc", true},
      {"\\p{Alpha}+\\p{Digit}", "", "ab1", true},
      {"\\P{Alpha}", "", "1", true},
      {"[a-z&&[^aeiou]]+", "", "xyz", true},
      {"[a-z&&[^aeiou]]+", "", "xaz", false},
      {"[a-c[x-z]]+", "", "axbz", true},
      {"[]a]+", "", "]a", true},
      {"a$", "", "a", true},
      {"\\s", "", "\xC2\xA0", false},
      {"\\h", "", "\xC2\xA0", true},
      {"a\\Rb", "", "a\r\nb", true},
      {"\\x{1F600}", "", "😀", true},
      {"\\(it", "", "(it", true},
  }));
  DYNAMIC_SECTION("/" << row.pattern << "/ and " << row.subject) {
    std::uint64_t steps = kMaxRegexSteps;
    const Regex::Outcome outcome = compile(row.pattern, row.flags, Regex::Syntax::Java).matches(row.subject, steps);
    CHECK((outcome == Regex::Outcome::Match) == row.expected);
  }
  for (const char* pattern : {"\\y", "a{1", "(?z)a", "x{2,1}"}) {
    Regex::Options options;
    options.syntax = Regex::Syntax::Java;
    CHECK_FALSE(Regex::compile(pattern, options));
  }
}

TEST_CASE("a search starts where it is told and not inside a character", "[support]") {
  const Regex regex = compile("a|é");
  CHECK(found(regex, "aéa", 0) == "a");
  CHECK(found(regex, "aéa", 1) == "é");
  CHECK(found(regex, "aéa", 3) == "a");
  CHECK(found(regex, "aéa", 4) == "none");
  CHECK(found(compile("^a"), "ba", 1) == "none");
  CHECK(found(compile(""), "é", 1) == "");
}

TEST_CASE("names of groups stand in the order of the pattern", "[support]") {
  const Regex regex = compile("(a)(?<first>b)(?:c)(?<second>d)");
  CHECK(regex.group_count() == 3);
  REQUIRE(regex.group_names().size() == 2);
  CHECK(regex.group_names()[0] == std::pair<std::string, std::size_t>("first", 2));
  CHECK(regex.group_names()[1] == std::pair<std::string, std::size_t>("second", 3));
}

TEST_CASE("flags are read once each", "[support]") {
  CHECK(Regex::parse_flags("gimsu"));
  CHECK_FALSE(Regex::parse_flags("ii"));
  CHECK_FALSE(Regex::parse_flags("x"));
}

TEST_CASE("patterns that ruin backtracking matchers take time linear in the subject", "[support]") {
  const auto pattern = GENERATE("(a+)+$", "(a*)*x", "(a|a)*x", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$",
                                "a*a*a*a*a*a*a*b", "(.*)*x", "a*b", "(?:.*a){12}$", "(a*?)*?b");
  DYNAMIC_SECTION(pattern) {
    const std::string subject = std::string(20'000, 'a') + "!";
    CHECK(found(compile(pattern), subject) == "none");
  }
}

TEST_CASE("what cannot be remembered ends with the budget", "[support]") {
  const auto pattern = GENERATE("^(a+)+\\1$", "^(?:(?=(a+))a|a)*b\\1", "^(?:a{1,3000}){1,3000}b");
  DYNAMIC_SECTION(pattern) {
    const std::string subject = std::string(3'000, 'a') + "!";
    CHECK(found(compile(pattern), subject) == "out of steps");
  }
}

TEST_CASE("steps are counted down and the last one counts", "[support]") {
  const Regex regex = compile("abc");
  Regex::Match match;
  std::uint64_t plenty = 1000;
  REQUIRE(regex.search("abc", 0, plenty, match) == Regex::Outcome::Match);
  const std::uint64_t used = 1000 - plenty;
  for (const std::uint64_t budget : {used - 1, used, used + 1}) {
    std::uint64_t steps = budget;
    const Regex::Outcome outcome = regex.search("abc", 0, steps, match);
    CHECK(outcome == (budget < used ? Regex::Outcome::OutOfSteps : Regex::Outcome::Match));
  }
}

TEST_CASE("groups nest up to the limit", "[support]") {
  // The pattern itself is the first level.
  for (const std::size_t depth : {kMaxDepth - 2, kMaxDepth - 1, kMaxDepth}) {
    const std::string pattern = std::string(depth, '(') + "a" + std::string(depth, ')');
    CHECK(static_cast<bool>(Regex::compile(pattern, {})) == (depth < kMaxDepth));
  }
  std::string starred(100, '(');
  starred += "a";
  for (int i = 0; i < 100; ++i) starred += ")*";
  CHECK(found(compile(starred), "aaa").starts_with("aaa|"));
  std::string plus(30, '(');
  plus += "a";
  for (int i = 0; i < 30; ++i) plus += ")+";
  CHECK(found(compile(plus), "aaa").starts_with("aaa|"));
}

TEST_CASE("long subjects need no deep recursion", "[support]") {
  const std::string subject(500'000, 'x');
  CHECK(found(compile("(?:x|y)*"), subject.substr(0, 100'000)).size() == 100'000);
  CHECK(found(compile("x*"), subject).size() == 500'000);
}

TEST_CASE("case does not matter as in ECMAScript without the flag u", "[support]") {
  const auto row = GENERATE(values<Row>({
      {"STRASSE", "i", "straße", "none"},
      {"straße", "i", "STRAßE", "STRAßE"},
      {"[a-z]+", "i", "\u017F\u212A", "none"},
      {"\\w", "i", "ſ", "none"},
      {"σ+", "i", "ΣσςA", "Σσς"},
      {"[Α-Ω]+", "i", "αΣςb", "αΣς"},
      {"[^ς]", "i", "σΣςx", "x"},
      {"[^\\W]+", "i", "aZſ", "aZ"},
      {"ǅ", "i", "ǆ", "ǆ"},
      {"µ", "i", "μ", "μ"},
      {"(é)\\1", "i", "éÉ", "éÉ|é"},
      {"i", "i", "İıI", "I"},
  }));
  DYNAMIC_SECTION("/" << row.pattern << "/" << row.flags << " in " << row.subject) {
    CHECK(found(compile(row.pattern, row.flags), row.subject) == row.expected);
  }
}

TEST_CASE("a search finds its start however the pattern begins", "[support]") {
  const auto row = GENERATE(values<Row>({
      {"abc\\d", "", "ab abcab abc1", "abc1"},
      {"(ab)c*", "", "aab", "ab|ab"},
      {"é+x", "", "eééx", "ééx"},
      {"[é-ü]x", "", "ézöx", "öx"},
      {"x*y|[0-9]", "", "aaxb3", "3"},
      {"x*", "", "aax", ""},
      {"(?:|a)b", "", "cab", "ab"},
      {"^b", "m", "ab\nb", "b"},
      {"\\bcd", "", "abcd cd", "cd"},
      {"\\Bcd", "", "cd abcd", "cd"},
      {"(?=b).", "", "aab", "b"},
      {"(?<=a)b", "", "bab", "b"},
      {"A", "i", "bbaa", "a"},
      {"$", "", "abc", ""},
      {".y", "", "\nxy", "xy"},
      {"[^a]", "", "aaé", "é"},
  }));
  DYNAMIC_SECTION("/" << row.pattern << "/" << row.flags << " in " << row.subject) {
    CHECK(found(compile(row.pattern, row.flags), row.subject) == row.expected);
  }
}

TEST_CASE("a scan finds what separate searches find", "[support]") {
  const auto pattern = GENERATE("a(b)?", "(a)|(b)", "(?:(a)|b)*", "[ab]{2}(?=c|$)", "(a+)+b", "(\\w)\\1");
  DYNAMIC_SECTION(pattern) {
    const std::string subject = "aab ba abc aaab bb c abab";
    const Regex regex = compile(pattern);
    Regex::Scan scan(regex, subject);
    Regex::Match match;
    std::size_t matches = 0;
    for (std::size_t from = 0; from <= subject.size(); ++from) {
      std::uint64_t steps = kMaxRegexSteps, other_steps = kMaxRegexSteps;
      const auto outcome = scan.search(from, steps);
      REQUIRE(outcome == regex.search(subject, from, other_steps, match));
      if (outcome != Regex::Outcome::Match) continue;
      ++matches;
      for (std::size_t number = 0; number <= regex.group_count(); ++number) {
        CHECK(scan.group(number).begin == match.groups[number].begin);
        CHECK(scan.group(number).end == match.groups[number].end);
      }
    }
    CHECK(matches > 0);
  }
}

TEST_CASE("a pattern of very many names compiles", "[support]") {
  std::string pattern;
  for (int i = 0; i < 20'000; ++i) pattern += fmt::format("(?<n{}>)", i);
  CHECK(compile(pattern + "\\k<n19999>").group_names().size() == 20'000);
}

TEST_CASE("no step of a search is dear", "[support]") {
  // Each would do millions of times the work that its steps tell of, if they did not charge for it.
  std::string groups;
  for (int i = 0; i < 5'000; ++i) groups += "()";
  const auto steps_of = [](const std::string& pattern, const std::string& subject) {
    const Regex regex = compile(pattern);
    Regex::Scan scan(regex, subject);
    std::uint64_t steps = kMaxRegexSteps;
    scan.search(0, steps);
    return kMaxRegexSteps - steps;
  };
  CHECK(steps_of("needle", std::string(1'600'000, 'n')) >= 100'000);
  CHECK(steps_of("[xyz]", std::string(1'600'000, 'n')) >= 100'000);
  CHECK(steps_of(groups, "") >= 2 * 5'000 / 16);
  CHECK(steps_of("(?:" + groups + "a)*b", std::string(40, 'a')) >= 40 * 5'000 / 16);
  CHECK(steps_of("(a*)b\\1", std::string(1'600, 'a') + "b" + std::string(1'600, 'a')) >= 1'700);
}

}  // namespace stepglass
