#pragma once
// The tree of a regular expression, between its text and its program.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "engine/support/regex.h"

namespace stepglass::regex {

inline constexpr std::uint32_t kUnbounded = UINT32_MAX;
/// Nodes of one pattern, and instructions of one program.
inline constexpr std::size_t kMaxInstructions = 100'000;

struct Node {
  enum class Kind : std::uint8_t {
    Empty,
    Char,
    Any,
    Class,
    Sequence,
    Choice,
    Group,
    Repeat,
    Begin,
    End,
    LastLineEnd,
    WordBoundary,
    BackReference,
    Look,
    Atomic,
  };
  Kind kind = Kind::Empty;
  bool fold = false;               // Char, Class, BackReference: without regard to case
  bool flag = false;               // Any: also line ends; Begin, End: at lines; WordBoundary, Look: negated
  bool behind = false;             // Look
  bool lazy = false;               // Repeat
  std::uint32_t value = 0;         // Char: code point; Class: index; Group, BackReference: number, 0 when not capturing
  std::uint32_t min = 0, max = 0;  // Repeat
  std::uint32_t first_group = 0, last_group = 0;  // Repeat: groups inside, [first, last)
  std::vector<std::uint32_t> children;
  std::string name;  // BackReference by name, until it is resolved
};

/// Why a pattern is none. Thrown by the parser and the compiler, caught in Regex::compile.
struct SyntaxFailure : std::exception {
  explicit SyntaxFailure(RegexError e) : error(std::move(e)) {}
  RegexError error;
};

}  // namespace stepglass::regex
