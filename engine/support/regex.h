#pragma once
// Regular expressions in JavaScript's syntax, or Java's where it differs. No pattern and no subject can make it hang:
// it backtracks on a stack of its own and counts its steps against a budget, and where a pattern allows it (no
// look-around, no back-reference) it remembers what failed, so that (a+)+$ takes time linear in the subject.
//
//   auto regex = Regex::compile("(?<year>\\d{4})-(\\d\\d)", {});
//   Regex::Match match;
//   std::uint64_t steps = kMaxRegexSteps;
//   if (regex->search(text, 0, steps, match) == Regex::Outcome::Match) use(match.groups[1]);
//
// Subjects are UTF-8 and are matched by code point; places are byte offsets.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/support/result.h"

namespace stepglass {
namespace regex {
class Machine;
}

/// Why a text is no regular expression.
struct RegexError {
  std::string message;
  /// Byte offset inside the pattern.
  std::size_t offset = 0;
};

class Regex {
 public:
  enum class Syntax : std::uint8_t { JavaScript, Java };

  struct Options {
    bool ignore_case = false;  // i
    bool multiline = false;    // m: ^ and $ match at lines
    bool dot_all = false;      // s: . matches line ends too
    bool global = false;       // g: for callers that look for all matches; search() does not regard it
    bool unicode = false;      // u: stray escapes, braces and brackets are errors
    bool comments = false;     // x, Java only: white space and # comments are skipped
    Syntax syntax = Syntax::JavaScript;
  };

  /// Options from JavaScript's flags, any of "dgimsuy" once each; nothing for any other text.
  static std::optional<Options> parse_flags(std::string_view flags);

  /// Compiles `pattern`. Groups nest at most kMaxDepth deep.
  static Result<Regex, RegexError> compile(std::string_view pattern, const Options& options);

  /// A stretch of the subject; begin is npos when the group took no part in the match.
  struct Group {
    std::size_t begin = std::string_view::npos;
    std::size_t end = std::string_view::npos;
    bool matched() const { return begin != std::string_view::npos; }
    std::string_view of(std::string_view subject) const {
      return matched() ? subject.substr(begin, end - begin) : std::string_view();
    }
  };

  struct Match {
    /// groups[0] is the whole match.
    std::vector<Group> groups;
  };

  enum class Outcome : std::uint8_t { Match, NoMatch, OutOfSteps };

  /// Finds the first match that starts at byte `from` or later. Takes what it used from `steps`; gives up with
  /// OutOfSteps when they are used up. `subject` is well-formed UTF-8.
  Outcome search(std::string_view subject, std::size_t from, std::uint64_t& steps, Match& match) const;

  /// Searches in one subject, one after the other: quicker than search(), since they share what they need.
  class Scan {
   public:
    /// `regex` and `subject` outlive this.
    Scan(const Regex& regex, std::string_view subject);
    Scan(Scan&& other) noexcept;
    ~Scan();
    /// As Regex::search.
    Outcome search(std::size_t from, std::uint64_t& steps);
    /// Group `number` of the match found last.
    Group group(std::size_t number) const;

   private:
    std::unique_ptr<regex::Machine> machine_;
  };

  /// Whether all of `subject` is a match, as Java's Matcher.matches() asks.
  Outcome matches(std::string_view subject, std::uint64_t& steps) const;

  const Options& options() const;
  /// Number of capturing groups; Match::groups has one more.
  std::size_t group_count() const;
  /// Names of groups with their numbers, in the order of the pattern.
  const std::vector<std::pair<std::string, std::size_t>>& group_names() const;

  struct Program;

 private:
  explicit Regex(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  std::shared_ptr<const Program> program_;
};

}  // namespace stepglass
