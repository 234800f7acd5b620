#include "engine/support/regex.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "engine/support/limits.h"
#include "engine/support/text.h"

// A pattern becomes a tree, the tree becomes instructions, and a machine runs these with backtracking.
//
// The machine has a position, an instruction, and slots (the ends of groups, loop counters, marks). Where two ways are
// open it pushes the second one onto a stack; whenever a slot changes it pushes the old content. To fail is to pop
// until a way is found, which puts the slots back as they were. a*b, for instance, is
//
//   0 Split 1 3     first try 1, then 3
//   1 Char a
//   2 Jump 0
//   3 Char b
//   4 Match
//
// Look-behind runs its instructions backwards: their order is reversed and each looks at the character before the
// position, as ECMAScript does it. A look-around or atomic group remembers the height of the stack in a slot; when it
// has matched, the ways pushed since are dropped and the old contents of slots kept.
//
// Memory: in a pattern without look-around, back-references, atomic groups and counters what follows depends on
// (instruction, position) alone, so a Split that was reached before at the same position has failed, or will, and need
// not be tried again. This is switched on once a match takes suspiciously long. Tested in regex_test.cpp.

namespace stepglass {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::uint32_t kUnbounded = UINT32_MAX;
/// Instructions of one pattern; counted repetitions are written out up to this size and counted beyond it.
constexpr std::size_t kMaxInstructions = 100'000;
constexpr std::size_t kMaxWrittenOut = 2'000;
/// Bits of memory of what failed: 16 MiB.
constexpr std::size_t kMaxMemoryBits = std::size_t{1} << 27;

// ------------------------------------------------------------------------------------------------ letter case
// The simple mappings of the scripts that have case and are in common use; all others are their own counterpart.

bool in(char32_t c, char32_t low, char32_t high) {
  return c >= low && c <= high;
}

char32_t to_lower(char32_t c) {
  if (c < 0x80) return in(c, 'A', 'Z') ? c + 32 : c;
  if (in(c, 0xC0, 0xDE) && c != 0xD7) return c + 32;
  if (c < 0x100) return c;
  if (c == 0x178) return 0xFF;
  if (c == 0x130 || c == 0x131 || c == 0x138 || c == 0x149 || c == 0x17F) return c;
  if (in(c, 0x139, 0x148) || in(c, 0x179, 0x17E)) return c % 2 == 1 ? c + 1 : c;
  if (in(c, 0x100, 0x177)) return c % 2 == 0 ? c + 1 : c;
  if (in(c, 0x391, 0x3AB) && c != 0x3A2) return c + 32;
  if (c == 0x386) return 0x3AC;
  if (in(c, 0x388, 0x38A)) return c + 37;
  if (c == 0x38C) return 0x3CC;
  if (c == 0x38E || c == 0x38F) return c + 63;
  if (in(c, 0x400, 0x40F)) return c + 80;
  if (in(c, 0x410, 0x42F)) return c + 32;
  if (in(c, 0x460, 0x481) || in(c, 0x48A, 0x4BF) || in(c, 0x4D0, 0x52F)) return c % 2 == 0 ? c + 1 : c;
  if (in(c, 0x531, 0x556)) return c + 48;
  if (in(c, 0x1E00, 0x1E95) || in(c, 0x1EA0, 0x1EFF)) return c % 2 == 0 ? c + 1 : c;
  if (in(c, 0xFF21, 0xFF3A)) return c + 32;
  if (in(c, 0x10400, 0x10427)) return c + 40;
  return c;
}

char32_t to_upper(char32_t c) {
  if (c < 0x80) return in(c, 'a', 'z') ? c - 32 : c;
  if (in(c, 0xE0, 0xFE) && c != 0xF7) return c - 32;
  if (c == 0xFF) return 0x178;
  if (c < 0x100) return c;
  if (c == 0x130 || c == 0x131 || c == 0x138 || c == 0x149 || c == 0x17F) return c;
  if (in(c, 0x139, 0x148) || in(c, 0x179, 0x17E)) return c % 2 == 0 ? c - 1 : c;
  if (in(c, 0x100, 0x177)) return c % 2 == 1 ? c - 1 : c;
  if (in(c, 0x3B1, 0x3CB) && c != 0x3C2) return c - 32;
  if (c == 0x3AC) return 0x386;
  if (in(c, 0x3AD, 0x3AF)) return c - 37;
  if (c == 0x3CC) return 0x38C;
  if (c == 0x3CD || c == 0x3CE) return c - 63;
  if (in(c, 0x450, 0x45F)) return c - 80;
  if (in(c, 0x430, 0x44F)) return c - 32;
  if (in(c, 0x460, 0x481) || in(c, 0x48A, 0x4BF) || in(c, 0x4D0, 0x52F)) return c % 2 == 1 ? c - 1 : c;
  if (in(c, 0x561, 0x586)) return c - 48;
  if (in(c, 0x1E00, 0x1E95) || in(c, 0x1EA0, 0x1EFF)) return c % 2 == 1 ? c - 1 : c;
  if (in(c, 0xFF41, 0xFF5A)) return c - 32;
  if (in(c, 0x10428, 0x1044F)) return c - 40;
  return c;
}

// ---------------------------------------------------------------------------------------------------- classes

struct Range {
  char32_t low;
  char32_t high;
};

/// A set of code points: sorted ranges that do not touch, and the first 128 as bits.
struct CharSet {
  std::vector<Range> ranges;
  std::array<std::uint64_t, 2> ascii = {0, 0};

  void add(char32_t low, char32_t high) { ranges.push_back({low, high}); }
  void add(const CharSet& other) { ranges.insert(ranges.end(), other.ranges.begin(), other.ranges.end()); }

  void normalise() {
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.low < b.low; });
    std::vector<Range> merged;
    for (const Range& range : ranges) {
      if (!merged.empty() && range.low <= merged.back().high + 1) {
        merged.back().high = std::max(merged.back().high, range.high);
      } else {
        merged.push_back(range);
      }
    }
    ranges = std::move(merged);
    ascii = {0, 0};
    for (const Range& range : ranges) {
      for (char32_t c = range.low; c <= range.high && c < 128; ++c) ascii[c / 64] |= std::uint64_t{1} << (c % 64);
    }
  }

  void negate() {
    normalise();
    std::vector<Range> rest;
    char32_t next = 0;
    for (const Range& range : ranges) {
      if (range.low > next) rest.push_back({next, range.low - 1});
      next = range.high + 1;
    }
    if (next <= 0x10FFFF) rest.push_back({next, 0x10FFFF});
    ranges = std::move(rest);
    normalise();
  }

  /// Keeps what is in `other` as well.
  void intersect(CharSet other) {
    negate();
    other.negate();
    add(other);
    negate();
  }

  bool contains(char32_t c) const {
    if (c < 128) return (ascii[c / 64] >> (c % 64)) & 1;
    const auto it =
        std::upper_bound(ranges.begin(), ranges.end(), c, [](char32_t x, const Range& range) { return x < range.low; });
    return it != ranges.begin() && c <= std::prev(it)->high;
  }
};

CharSet digits() {
  CharSet set;
  set.add('0', '9');
  return set;
}

CharSet word_characters() {
  CharSet set;
  set.add('0', '9');
  set.add('A', 'Z');
  set.add('a', 'z');
  set.add('_', '_');
  return set;
}

CharSet white_space(Regex::Syntax syntax) {
  CharSet set;
  set.add('\t', '\r');
  set.add(' ', ' ');
  if (syntax == Regex::Syntax::Java) return set;
  for (const char32_t c : {0xA0, 0x1680, 0x202F, 0x205F, 0x3000, 0xFEFF}) set.add(c, c);
  set.add(0x2000, 0x200A);
  set.add(0x2028, 0x2029);
  return set;
}

bool is_word(char32_t c) {
  return in(c, 'a', 'z') || in(c, 'A', 'Z') || in(c, '0', '9') || c == '_';
}

bool is_line_end(char32_t c, Regex::Syntax syntax) {
  return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 || (c == 0x85 && syntax == Regex::Syntax::Java);
}

// ------------------------------------------------------------------------------------------------------- tree

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

struct SyntaxFailure : std::exception {
  explicit SyntaxFailure(RegexError e) : error(std::move(e)) {}
  RegexError error;
};

enum class Op : std::uint8_t {
  Char,
  Any,
  Class,
  Split,
  Jump,
  Save,
  Begin,
  End,
  LastLineEnd,
  WordBoundary,
  BackReference,
  LookBegin,
  LookEnd,
  AtomicBegin,
  AtomicEnd,
  ClearGroups,
  Mark,
  CheckMoved,
  Run,
  SetCounter,
  Loop,
  Count,
  Match,
};

struct Instruction {
  Op op;
  bool fold = false;
  bool flag = false;
  bool back = false;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

struct LoopInfo {
  std::uint32_t counter;  // slot
  std::uint32_t mark;     // slot
  std::uint32_t min, max;
  std::uint32_t exit;  // instruction
  bool lazy;
};

}  // namespace

struct Regex::Program {
  Options options;
  std::vector<Instruction> code;
  std::vector<CharSet> sets;
  std::vector<LoopInfo> loops;
  std::vector<std::pair<std::string, std::size_t>> names;
  std::size_t groups = 0;  // with group 0
  std::size_t slots = 0;
  std::size_t splits = 0;
  bool memory_helps = true;
  bool starts_at_begin = false;    // can only match at offset 0
  std::optional<char> first_byte;  // every match starts with this byte
};

namespace {

// ----------------------------------------------------------------------------------------------------- parser

class Parser {
 public:
  Parser(std::string_view pattern, const Regex::Options& options, Regex::Program& program)
      : text_(pattern), options_(options), java_(options.syntax == Regex::Syntax::Java), program_(program) {}

  std::uint32_t parse() {
    count_groups();
    const std::uint32_t root = choice();
    if (!at_end()) fail(peek() == ')' ? "unmatched \")\"" : "unexpected character");
    for (Node& node : nodes) {
      if (node.kind != Node::Kind::BackReference || node.name.empty()) continue;
      for (const auto& [name, number] : program_.names) {
        if (name == node.name) node.value = static_cast<std::uint32_t>(number);
      }
      if (node.value == 0) fail(fmt::format("there is no group named \"{}\"", node.name));
    }
    program_.groups = groups_ + 1;
    return root;
  }

  std::vector<Node> nodes;

 private:
  using Kind = Node::Kind;

  [[noreturn]] void fail(std::string message) const { throw SyntaxFailure({std::move(message), at_}); }
  bool at_end() const { return at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool looking_at(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  bool take(std::string_view what) {
    if (!looking_at(what)) return false;
    at_ += what.size();
    return true;
  }
  char32_t take_code_point() { return next_code_point(text_, at_); }

  std::uint32_t add(Node node) {
    if (nodes.size() >= kMaxInstructions) fail("the pattern is too large");
    nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(nodes.size() - 1);
  }
  std::uint32_t add_char(char32_t c) {
    Node node;
    node.kind = Kind::Char;
    node.value = c;
    node.fold = options_.ignore_case;
    return add(std::move(node));
  }
  std::uint32_t add_set(CharSet set) {
    set.normalise();
    program_.sets.push_back(std::move(set));
    Node node;
    node.kind = Kind::Class;
    node.value = static_cast<std::uint32_t>(program_.sets.size() - 1);
    node.fold = options_.ignore_case;
    return add(std::move(node));
  }

  /// \2 is a back-reference only when there is such a group, also when it stands further right.
  void count_groups() {
    bool in_class = false;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '\\') {
        ++i;
      } else if (c == '[') {
        in_class = true;
      } else if (c == ']') {
        in_class = false;
      } else if (c == '(' && !in_class) {
        const bool named =
            text_.substr(i).starts_with("(?<") && i + 3 < text_.size() && text_[i + 3] != '=' && text_[i + 3] != '!';
        if (named) has_names_ = true;
        if (named || i + 1 >= text_.size() || text_[i + 1] != '?') ++all_groups_;
      }
    }
  }

  std::uint32_t choice() {
    if (++depth_ > kMaxDepth) fail(fmt::format("groups nest more than {} deep", kMaxDepth));
    const Regex::Options outer = options_;
    Node node;
    node.kind = Kind::Choice;
    node.children.push_back(sequence());
    while (take("|")) node.children.push_back(sequence());
    options_ = outer;  // (?i) lasts to the end of its group
    --depth_;
    return node.children.size() == 1 ? node.children[0] : add(std::move(node));
  }

  std::uint32_t sequence() {
    Node node;
    node.kind = Kind::Sequence;
    while (true) {
      skip_comments();
      if (at_end() || peek() == '|' || peek() == ')') break;
      term(node.children);
    }
    if (node.children.size() == 1) return node.children[0];
    if (node.children.empty()) node.kind = Kind::Empty;
    return add(std::move(node));
  }

  void skip_comments() {
    if (!options_.comments) return;
    while (!at_end()) {
      const char c = peek();
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        ++at_;
      } else if (c == '#') {
        while (!at_end() && peek() != '\n') ++at_;
      } else {
        break;
      }
    }
  }

  void term(std::vector<std::uint32_t>& out) {
    const std::uint32_t first_group = static_cast<std::uint32_t>(groups_ + 1);
    const std::size_t start = at_;
    bool quantifiable = true;
    std::uint32_t atom = 0;
    const char c = peek();
    if (c == '^') {
      ++at_;
      atom = assertion(Kind::Begin, options_.multiline);
      quantifiable = java_;
    } else if (c == '$') {
      ++at_;
      atom = assertion(java_ && !options_.multiline ? Kind::LastLineEnd : Kind::End, options_.multiline);
      quantifiable = java_;
    } else if (c == '(') {
      const std::optional<std::uint32_t> group_node = group(quantifiable);
      if (!group_node) return;  // (?i): nothing to match
      atom = *group_node;
    } else if (c == '[') {
      ++at_;
      atom = add_set(char_class());
    } else if (c == '.') {
      ++at_;
      Node node;
      node.kind = Kind::Any;
      node.flag = options_.dot_all;
      atom = add(std::move(node));
    } else if (c == '\\') {
      ++at_;
      if (java_ && take("Q")) {
        const std::size_t end = std::min(text_.find("\\E", at_), text_.size());
        while (at_ < end) out.push_back(add_char(take_code_point()));
        take("\\E");
        return;
      }
      atom = escape(quantifiable);
    } else if (c == '*' || c == '+' || c == '?') {
      fail("there is nothing to repeat");
    } else if (c == '{' && (options_.unicode || java_)) {
      fail("there is nothing to repeat");
    } else if (c == '{' && counted_here()) {
      fail("there is nothing to repeat");
    } else if ((c == '}' || c == ']') && options_.unicode) {
      fail(fmt::format("a lone \"{}\" must be escaped", c));
    } else {
      atom = add_char(take_code_point());
    }
    skip_comments();
    Node repeat;
    repeat.kind = Kind::Repeat;
    if (!quantifier(repeat)) {
      out.push_back(atom);
      return;
    }
    if (!quantifiable) {
      at_ = start;
      fail("this cannot be repeated");
    }
    const bool possessive = java_ && take("+");
    repeat.lazy = !possessive && take("?");
    repeat.first_group = first_group;
    repeat.last_group = static_cast<std::uint32_t>(groups_ + 1);
    repeat.children = {atom};
    const std::uint32_t repeated = add(std::move(repeat));
    if (!possessive) {
      out.push_back(repeated);
    } else {
      Node atomic;
      atomic.kind = Kind::Atomic;
      atomic.children = {repeated};
      out.push_back(add(std::move(atomic)));
    }
    skip_comments();
    if (peek() == '*' || peek() == '+' || peek() == '?' || counted_here()) fail("there is nothing to repeat");
  }

  std::uint32_t assertion(Kind kind, bool flag) {
    Node node;
    node.kind = kind;
    node.flag = flag;
    return add(std::move(node));
  }

  bool counted_here() const {
    std::size_t i = at_;
    if (i >= text_.size() || text_[i] != '{') return false;
    const auto digits_from = [&] {
      const std::size_t start = ++i;
      while (i < text_.size() && text_[i] >= '0' && text_[i] <= '9') ++i;
      return i > start;
    };
    if (!digits_from()) return false;
    if (i < text_.size() && text_[i] == ',') digits_from();
    return i < text_.size() && text_[i] == '}';
  }

  bool quantifier(Node& repeat) {
    if (take("*")) {
      repeat.max = kUnbounded;
    } else if (take("+")) {
      repeat.min = 1;
      repeat.max = kUnbounded;
    } else if (take("?")) {
      repeat.max = 1;
    } else if (counted_here()) {
      ++at_;
      repeat.min = repeat.max = number();
      if (take(",")) repeat.max = peek() == '}' ? kUnbounded : number();
      take("}");
      if (repeat.min > repeat.max) fail("the numbers of a repetition are out of order");
    } else if (peek() == '{' && (options_.unicode || java_)) {
      fail("incomplete repetition");
    } else {
      return false;
    }
    return true;
  }

  std::uint32_t number() {
    std::uint64_t value = 0;
    while (peek() >= '0' && peek() <= '9') {
      value = std::min<std::uint64_t>(value * 10 + static_cast<std::uint64_t>(peek() - '0'), kUnbounded - 1);
      ++at_;
    }
    return static_cast<std::uint32_t>(value);
  }

  std::string group_name() {
    const std::size_t end = text_.find('>', at_);
    if (end == kNone || end == at_) fail("invalid name of a group");
    std::string name(text_.substr(at_, end - at_));
    for (std::size_t i = 0; i < name.size(); ++i) {
      const auto c = static_cast<unsigned char>(name[i]);
      if (!is_word(c) && c != '$' && c < 0x80) fail("invalid name of a group");
      if (i == 0 && c >= '0' && c <= '9') fail("invalid name of a group");
    }
    at_ = end + 1;
    return name;
  }

  /// A group in parentheses; nothing for flags that hold from here on.
  std::optional<std::uint32_t> group(bool& quantifiable) {
    ++at_;
    Node node;
    node.kind = Kind::Group;
    const Regex::Options outer = options_;
    if (take("?:")) {
    } else if (take("?=") || take("?!") || take("?<=") || take("?<!")) {
      node.kind = Kind::Look;
      node.flag = text_[at_ - 1] == '!';
      node.behind = text_[at_ - 2] == '<';
      quantifiable = java_ || (!node.behind && !options_.unicode);  // Annex B of ECMAScript
      program_.memory_helps = false;
    } else if (java_ && take("?>")) {
      node.kind = Kind::Atomic;
      program_.memory_helps = false;
    } else if (take("?<")) {
      std::string name = group_name();
      for (const auto& other : program_.names) {
        if (other.first == name) fail(fmt::format("there are two groups named \"{}\"", name));
      }
      node.value = static_cast<std::uint32_t>(++groups_);
      program_.names.emplace_back(std::move(name), groups_);
    } else if (peek() == '?') {
      ++at_;
      if (!java_) fail("invalid group");
      bool on = true;
      for (; !at_end() && peek() != ')' && peek() != ':'; ++at_) {
        switch (peek()) {
          case '-':
            on = false;
            break;
          case 'i':
            options_.ignore_case = on;
            break;
          case 'm':
            options_.multiline = on;
            break;
          case 's':
            options_.dot_all = on;
            break;
          case 'x':
            options_.comments = on;
            break;
          case 'd':
          case 'u':
          case 'U':
            break;
          default:
            fail("unknown flag in a group");
        }
      }
      if (take(")")) return std::nullopt;
      if (!take(":")) fail("unterminated group");
    } else {
      node.value = static_cast<std::uint32_t>(++groups_);
    }
    node.children.push_back(choice());
    options_ = outer;
    if (!take(")")) fail("unterminated group");
    return add(std::move(node));
  }

  static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }

  /// Exactly `count` hexadecimal digits; leaves the place as it was when they are not there.
  std::optional<char32_t> hex(std::size_t count) {
    char32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const int digit = hex_digit(peek(i));
      if (digit < 0) return std::nullopt;
      value = value * 16 + static_cast<char32_t>(digit);
    }
    at_ += count;
    return value;
  }

  std::optional<char32_t> braced_hex() {
    const std::size_t start = at_;
    if (take("{")) {
      char32_t value = 0;
      std::size_t count = 0;
      for (; hex_digit(peek()) >= 0 && value <= 0x10FFFF; ++count) {
        value = value * 16 + static_cast<char32_t>(hex_digit(text_[at_++]));
      }
      if (count > 0 && value <= 0x10FFFF && take("}")) return value;
    }
    at_ = start;
    return std::nullopt;
  }

  /// \d, \w, \s, \p{…} and their opposites, after the backslash.
  std::optional<CharSet> set_escape() {
    CharSet set;
    switch (peek()) {
      case 'd':
      case 'D':
        set = digits();
        break;
      case 'w':
      case 'W':
        set = word_characters();
        break;
      case 's':
      case 'S':
        set = white_space(options_.syntax);
        break;
      case 'h':
      case 'H':
        if (!java_) return std::nullopt;
        for (const char32_t c : {0x09, 0x20, 0xA0, 0x1680, 0x180E, 0x202F, 0x205F, 0x3000}) set.add(c, c);
        set.add(0x2000, 0x200A);
        break;
      case 'v':
      case 'V':
        if (!java_) return std::nullopt;
        set.add('\n', '\r');
        for (const char32_t c : {0x85, 0x2028, 0x2029}) set.add(c, c);
        break;
      case 'p':
      case 'P': {
        if (!java_ && !options_.unicode) return std::nullopt;
        set = property();
        return set;
      }
      default:
        return std::nullopt;
    }
    const char c = text_[at_++];
    if (c >= 'A' && c <= 'Z') set.negate();
    return set;
  }

  CharSet property() {
    const bool negated = text_[at_++] == 'P';
    std::string name;
    if (take("{")) {
      const std::size_t end = text_.find('}', at_);
      if (end == kNone) fail("unterminated property");
      name = std::string(text_.substr(at_, end - at_));
      at_ = end + 1;
    } else if (java_ && !at_end()) {
      name = std::string(1, text_[at_++]);
    }
    CharSet set;
    // The properties of ASCII that Java defines as such. Tables of all of Unicode are not carried along.
    if (name == "Lower") {
      set.add('a', 'z');
    } else if (name == "Upper") {
      set.add('A', 'Z');
    } else if (name == "ASCII") {
      set.add(0, 0x7F);
    } else if (name == "Alpha") {
      set.add('a', 'z');
      set.add('A', 'Z');
    } else if (name == "Digit") {
      set.add('0', '9');
    } else if (name == "Alnum") {
      set.add('a', 'z');
      set.add('A', 'Z');
      set.add('0', '9');
    } else if (name == "Punct") {
      set.add('!', '/');
      set.add(':', '@');
      set.add('[', '`');
      set.add('{', '~');
    } else if (name == "Graph") {
      set.add('!', '~');
    } else if (name == "Print") {
      set.add(' ', '~');
    } else if (name == "Blank") {
      set.add(' ', ' ');
      set.add('\t', '\t');
    } else if (name == "Cntrl") {
      set.add(0, 0x1F);
      set.add(0x7F, 0x7F);
    } else if (name == "XDigit") {
      set.add('0', '9');
      set.add('a', 'f');
      set.add('A', 'F');
    } else if (name == "Space") {
      set = white_space(Regex::Syntax::Java);
    } else {
      fail(fmt::format("the property \"{}\" is not supported", name));
    }
    if (negated) set.negate();
    return set;
  }

  /// One character after a backslash, inside or outside a class.
  char32_t char_escape(bool in_class) {
    if (at_end()) fail("\\ at the end of the pattern");
    const char c = text_[at_];
    switch (c) {
      case 't':
        ++at_;
        return '\t';
      case 'n':
        ++at_;
        return '\n';
      case 'r':
        ++at_;
        return '\r';
      case 'f':
        ++at_;
        return '\f';
      case 'v':
        ++at_;
        return '\v';
      case 'a':
        if (java_) {
          ++at_;
          return 7;
        }
        break;
      case 'e':
        if (java_) {
          ++at_;
          return 27;
        }
        break;
      case 'b':
        if (in_class && !java_) {
          ++at_;
          return 8;
        }
        break;
      case 'c': {
        const char letter = peek(1);
        if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')) {
          at_ += 2;
          return static_cast<char32_t>(letter & 31);
        }
        if (options_.unicode || java_) fail("invalid \\c");
        return '\\';  // Annex B: the backslash itself, "c" follows
      }
      case 'x': {
        ++at_;
        if (const auto value = hex(2)) return *value;
        if (java_) {
          if (const auto value = braced_hex()) return *value;
        }
        if (options_.unicode || java_) fail("invalid \\x");
        return 'x';
      }
      case 'u': {
        ++at_;
        if (options_.unicode) {
          if (const auto value = braced_hex()) return *value;
        }
        if (const auto high = hex(4)) {
          if (in(*high, 0xD800, 0xDBFF) && looking_at("\\u")) {
            const std::size_t before = at_;
            at_ += 2;
            const auto low = hex(4);
            if (low && in(*low, 0xDC00, 0xDFFF)) return 0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00);
            at_ = before;
          }
          return *high;
        }
        if (options_.unicode || java_) fail("invalid \\u");
        return 'u';
      }
      default:
        break;
    }
    if (c >= '0' && c <= '7' && (!options_.unicode || (c == '0' && !(peek(1) >= '0' && peek(1) <= '9')))) {
      if (java_ && c != '0') fail("there is no such group");
      if (java_) ++at_;
      char32_t value = 0;
      for (int i = 0; i < 3 && peek() >= '0' && peek() <= '7' && value * 8 <= 0377; ++i) {
        value = value * 8 + static_cast<char32_t>(text_[at_++] - '0');
      }
      return value;
    }
    const bool syntax_character = std::strchr("^$\\.*+?()[]{}|/-", c) != nullptr && c != '\0';
    if (options_.unicode && (!syntax_character || (c == '-' && !in_class))) fail("invalid escape");
    const auto letter = static_cast<unsigned char>(c);
    if (java_ && letter < 0x80 && is_word(letter) && c != '_') fail("invalid escape");
    return take_code_point();
  }

  std::uint32_t escape(bool& quantifiable) {
    const char c = peek();
    if (c == 'b' || c == 'B') {
      ++at_;
      quantifiable = java_;
      return assertion(Kind::WordBoundary, c == 'B');
    }
    if (java_ && (c == 'A' || c == 'z' || c == 'Z')) {
      ++at_;
      return assertion(c == 'A' ? Kind::Begin : c == 'z' ? Kind::End : Kind::LastLineEnd, false);
    }
    if (java_ && c == 'R') {
      ++at_;
      CharSet set;
      set.add('\n', '\r');
      for (const char32_t line_end : {0x85, 0x2028, 0x2029}) set.add(line_end, line_end);
      Node pair, either;
      pair.kind = Kind::Sequence;
      pair.children.push_back(add_char('\r'));
      pair.children.push_back(add_char('\n'));
      either.kind = Kind::Choice;
      either.children.push_back(add(std::move(pair)));
      either.children.push_back(add_set(std::move(set)));
      return add(std::move(either));
    }
    if (c == 'k' && (has_names_ || options_.unicode || java_)) {
      ++at_;
      if (!take("<")) fail("invalid name of a group");
      Node node;
      node.kind = Kind::BackReference;
      node.name = group_name();
      node.fold = options_.ignore_case;
      program_.memory_helps = false;
      return add(std::move(node));
    }
    if (c >= '1' && c <= '9') {
      const std::size_t start = at_;
      std::uint32_t group = number();
      if (java_) {  // as many digits as make a group that exists
        at_ = start + 1;
        group = static_cast<std::uint32_t>(c - '0');
        while (peek() >= '0' && peek() <= '9' && group * 10 + static_cast<std::uint32_t>(peek() - '0') <= all_groups_) {
          group = group * 10 + static_cast<std::uint32_t>(text_[at_++] - '0');
        }
      }
      if (group <= all_groups_) {
        Node node;
        node.kind = Kind::BackReference;
        node.value = group;
        node.fold = options_.ignore_case;
        program_.memory_helps = false;
        return add(std::move(node));
      }
      if (options_.unicode) fail("there is no such group");
      at_ = start;
    }
    if (auto set = set_escape()) return add_set(std::move(*set));
    return add_char(char_escape(false));
  }

  /// The rest of a class, after its [.
  CharSet char_class() {
    if (++depth_ > kMaxDepth) fail(fmt::format("classes nest more than {} deep", kMaxDepth));
    CharSet set;
    const bool negated = take("^");
    std::optional<CharSet> left;  // of &&, Java only
    bool first = true;
    while (true) {
      if (at_end()) fail("unterminated class");
      if (peek() == ']' && !(java_ && first)) break;
      first = false;
      if (java_ && take("[")) {
        set.add(char_class());
        continue;
      }
      if (java_ && take("&&")) {
        set.normalise();
        if (left) set.intersect(std::move(*left));
        left = std::move(set);
        set = CharSet();
        continue;
      }
      std::optional<char32_t> low = class_atom(set);
      if (peek() != '-' || peek(1) == ']' || (java_ && (peek(1) == '[' || text_.substr(at_ + 1).starts_with("&&")))) {
        if (low) set.add(*low, *low);
        continue;
      }
      ++at_;
      if (at_end()) fail("unterminated class");
      const std::optional<char32_t> high = class_atom(set);
      if (!low || !high) {
        if (options_.unicode || java_) fail("a range cannot have a class as its end");
        if (low) set.add(*low, *low);
        if (high) set.add(*high, *high);
        set.add('-', '-');
        continue;
      }
      if (*low > *high) fail("a range is out of order");
      set.add(*low, *high);
    }
    ++at_;
    set.normalise();
    if (left) set.intersect(std::move(*left));
    if (options_.ignore_case && negated) {
      // [^x] without regard to case must refuse X too: complete the set before it is turned round.
      CharSet both = set;
      for (const Range& range : set.ranges) {
        for (char32_t c = range.low; c <= std::min<char32_t>(range.high, 0x1FFFF); ++c) {
          const char32_t lower = to_lower(c), upper = to_upper(c);
          if (lower != c) both.add(lower, lower);
          if (upper != c) both.add(upper, upper);
        }
      }
      both.normalise();
      set = std::move(both);
    }
    if (negated) set.negate();
    --depth_;
    return set;
  }

  /// One member of a class; nothing when it was a set, which is added at once.
  std::optional<char32_t> class_atom(CharSet& set) {
    if (peek() != '\\') return take_code_point();
    ++at_;
    if (auto other = set_escape()) {
      set.add(*other);
      return std::nullopt;
    }
    if (!java_ && options_.unicode && take("-")) return '-';
    return char_escape(true);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Regex::Options options_;
  const bool java_;
  Regex::Program& program_;
  std::size_t depth_ = 0;
  std::size_t groups_ = 0;
  std::size_t all_groups_ = 0;
  bool has_names_ = false;
};

// --------------------------------------------------------------------------------------------------- compiler

class Compiler {
 public:
  Compiler(const std::vector<Node>& nodes, Regex::Program& program) : nodes_(nodes), program_(program) {
    program_.slots = 2 * program_.groups;
    measure();
  }

  void compile(std::uint32_t root) {
    emit({.op = Op::Save, .a = 0});
    node(root, false);
    emit({.op = Op::Save, .a = 1});
    emit({.op = Op::Match});
    find_start();
  }

 private:
  using Kind = Node::Kind;

  std::uint32_t here() const { return static_cast<std::uint32_t>(program_.code.size()); }
  std::uint32_t emit(Instruction instruction) {
    if (program_.code.size() >= kMaxInstructions) throw SyntaxFailure({"the pattern is too large", 0});
    if (instruction.op == Op::Split || instruction.op == Op::Run) ++program_.splits;
    program_.code.push_back(instruction);
    return here() - 1;
  }
  std::uint32_t new_slot() { return static_cast<std::uint32_t>(program_.slots++); }

  /// Finds how many instructions each node takes and whether it can match nothing. Children stand before parents.
  void measure() {
    sizes_.resize(nodes_.size());
    empty_.resize(nodes_.size());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const Node& n = nodes_[i];
      std::size_t size = 1;
      bool all = true, any = false;
      for (const std::uint32_t child : n.children) {
        size += sizes_[child] + 2;
        all = all && empty_[child];
        any = any || empty_[child];
      }
      if (n.kind == Kind::Repeat) {
        empty_[i] = n.min == 0 || all;
        size = written_out(n) ? rounds(n) * (size + 4) : size + 4;
      } else {
        const bool character = n.kind == Kind::Char || n.kind == Kind::Any || n.kind == Kind::Class;
        const bool passes_on = n.kind == Kind::Sequence || n.kind == Kind::Group || n.kind == Kind::Atomic;
        empty_[i] = character ? false : passes_on ? all : n.kind == Kind::Choice ? any : true;
      }
      sizes_[i] = std::min(size, kMaxInstructions);
    }
  }

  static std::size_t rounds(const Node& n) { return n.max == kUnbounded ? std::size_t{n.min} + 1 : n.max; }
  /// Small repetitions are written out, which keeps memory possible; large ones are counted.
  bool written_out(const Node& n) const {
    return rounds(n) <= 1 || rounds(n) * (sizes_[n.children[0]] + 4) <= kMaxWrittenOut;
  }

  /// Emits `index` to be run forwards, or backwards inside look-behind.
  void node(std::uint32_t index, bool back) {
    const Node& n = nodes_[index];
    switch (n.kind) {
      case Kind::Empty:
        break;
      case Kind::Char:
        emit({.op = Op::Char, .fold = n.fold, .back = back, .a = n.fold ? to_lower(n.value) : n.value});
        break;
      case Kind::Any:
        emit({.op = Op::Any, .flag = n.flag, .back = back});
        break;
      case Kind::Class:
        emit({.op = Op::Class, .fold = n.fold, .back = back, .a = n.value});
        break;
      case Kind::Begin:
        emit({.op = Op::Begin, .flag = n.flag});
        break;
      case Kind::End:
        emit({.op = Op::End, .flag = n.flag});
        break;
      case Kind::LastLineEnd:
        emit({.op = Op::LastLineEnd});
        break;
      case Kind::WordBoundary:
        emit({.op = Op::WordBoundary, .flag = n.flag});
        break;
      case Kind::BackReference:
        emit({.op = Op::BackReference, .fold = n.fold, .back = back, .a = n.value});
        break;
      case Kind::Sequence:
        if (back) {
          for (auto it = n.children.rbegin(); it != n.children.rend(); ++it) node(*it, back);
        } else {
          for (const std::uint32_t child : n.children) node(child, back);
        }
        break;
      case Kind::Choice:
        choice(n, back);
        break;
      case Kind::Group:
        if (n.value > 0) emit({.op = Op::Save, .a = 2 * n.value + (back ? 1u : 0u)});
        node(n.children[0], back);
        if (n.value > 0) emit({.op = Op::Save, .a = 2 * n.value + (back ? 0u : 1u)});
        break;
      case Kind::Look: {
        const std::uint32_t height = new_slot(), place = new_slot();
        const std::uint32_t begin = emit({.op = Op::LookBegin, .flag = n.flag, .b = height});
        node(n.children[0], n.behind);
        emit({.op = Op::LookEnd, .flag = n.flag, .a = height, .b = place});
        program_.code[begin].a = here();  // where a negative one goes on when its content fails
        break;
      }
      case Kind::Atomic: {
        const std::uint32_t height = new_slot();
        emit({.op = Op::AtomicBegin, .a = height});
        node(n.children[0], back);
        emit({.op = Op::AtomicEnd, .a = height});
        break;
      }
      case Kind::Repeat:
        repeat(n, back);
        break;
    }
  }

  void choice(const Node& n, bool back) {
    std::vector<std::uint32_t> jumps;
    for (std::size_t i = 0; i < n.children.size(); ++i) {
      const bool last = i + 1 == n.children.size();
      const std::uint32_t split = last ? 0 : emit({.op = Op::Split});
      if (!last) program_.code[split].a = here();
      node(n.children[i], back);
      if (!last) {
        jumps.push_back(emit({.op = Op::Jump}));
        program_.code[split].b = here();
      }
    }
    for (const std::uint32_t jump : jumps) program_.code[jump].a = here();
  }

  void body(const Node& n, bool back) {
    // Each round starts with its groups unset: ECMAScript, RepeatMatcher. Java keeps them.
    if (n.last_group > n.first_group && program_.options.syntax == Regex::Syntax::JavaScript) {
      emit({.op = Op::ClearGroups, .a = n.first_group, .b = n.last_group});
    }
    node(n.children[0], back);
  }

  void repeat(const Node& n, bool back) {
    if (n.max == 0) return;
    const Kind child = nodes_[n.children[0]].kind;
    const bool character = child == Kind::Char || child == Kind::Any || child == Kind::Class;
    if (character && !n.lazy && !back && (n.max == kUnbounded || !written_out(n))) {
      std::uint32_t min = n.min;
      if (written_out(n)) {
        for (; min > 0; --min) node(n.children[0], false);
      } else if (min > 0 || n.max != kUnbounded) {
        program_.memory_helps = false;
      }
      const auto loop = static_cast<std::uint32_t>(program_.loops.size());
      program_.loops.push_back({0, 0, min, n.max, 0, false});
      emit({.op = Op::Run, .a = loop});
      node(n.children[0], false);
    } else if (!written_out(n)) {
      counted(n, back);
    } else {
      for (std::uint32_t i = 0; i < n.min; ++i) body(n, back);
      const bool empty = empty_[n.children[0]];
      std::vector<std::uint32_t> exits;
      const std::uint32_t start = here();
      for (std::uint32_t i = n.min; i < (n.max == kUnbounded ? n.min + 1 : n.max); ++i) {
        exits.push_back(emit({.op = Op::Split}));
        const std::uint32_t mark = empty ? new_slot() : 0;
        if (empty) emit({.op = Op::Mark, .a = mark});
        body(n, back);
        if (empty) emit({.op = Op::CheckMoved, .a = mark});
      }
      if (n.max == kUnbounded) emit({.op = Op::Jump, .a = start});
      for (const std::uint32_t exit : exits) {
        program_.code[exit].a = n.lazy ? here() : exit + 1;
        program_.code[exit].b = n.lazy ? exit + 1 : here();
      }
    }
  }

  void counted(const Node& n, bool back) {
    program_.memory_helps = false;
    const auto loop = static_cast<std::uint32_t>(program_.loops.size());
    program_.loops.push_back({new_slot(), new_slot(), n.min, n.max, 0, n.lazy});
    emit({.op = Op::SetCounter, .a = loop});
    const std::uint32_t start = emit({.op = Op::Loop, .a = loop});
    emit({.op = Op::Mark, .a = program_.loops[loop].mark});
    body(n, back);
    emit({.op = Op::Count, .a = loop, .b = start});
    program_.loops[loop].exit = here();
  }

  void find_start() {
    // Instruction 0 saves the start of the match; look past groups that merely open.
    std::size_t i = 0;
    while (program_.code[i].op == Op::Save) ++i;
    const Instruction& first = program_.code[i];
    if (first.op == Op::Begin && !first.flag) program_.starts_at_begin = true;
    if (first.op == Op::Char && !first.fold && first.a < 0x80) program_.first_byte = static_cast<char>(first.a);
  }

  const std::vector<Node>& nodes_;
  Regex::Program& program_;
  std::vector<std::size_t> sizes_;
  std::vector<bool> empty_;
};

// ---------------------------------------------------------------------------------------------------- machine

class Machine {
 public:
  Machine(const Regex::Program& program, std::string_view subject, std::uint64_t& steps)
      : program_(program), subject_(subject), steps_(steps), slots_(program.slots, kNone) {
    const std::size_t bits = program.splits * (subject.size() + 1);
    if (program.memory_helps && bits <= kMaxMemoryBits) memory_from_ = 1024 + 8 * subject.size();
  }

  /// Runs at one place. `whole`: the match has to end where the subject does.
  Regex::Outcome run(std::size_t start, bool whole) {
    std::fill(slots_.begin(), slots_.end(), kNone);
    stack_.clear();
    std::size_t at = start;
    std::uint32_t pc = 0;
    const Instruction* const code = program_.code.data();
    while (true) {
      if (steps_ == 0) return Regex::Outcome::OutOfSteps;
      --steps_;
      const Instruction& i = code[pc];
      bool ok = true;
      switch (i.op) {
        case Op::Char:
        case Op::Any:
        case Op::Class: {
          char32_t c = 0;
          ok = (i.back ? previous(at, c) : next(at, c)) && accepts(i, c);
          ++pc;
          break;
        }
        case Op::Split:
          if (seen(pc, at)) {
            ok = false;
            break;
          }
          stack_.push_back({Entry::Way, i.b, at});
          pc = i.a;
          break;
        case Op::Jump:
          pc = i.a;
          break;
        case Op::Save:
          set(i.a, at);
          ++pc;
          break;
        case Op::Begin:
          ok = at == 0 || (i.flag && is_line_end(before(at), program_.options.syntax));
          ++pc;
          break;
        case Op::End:
          ok = at == subject_.size() || (i.flag && is_line_end(after(at), program_.options.syntax));
          ++pc;
          break;
        case Op::LastLineEnd: {
          const std::string_view rest = subject_.substr(at);
          ok = rest.empty() || rest == "\n" || rest == "\r\n" || rest == "\r" || rest == "\u0085" || rest == "\u2028" ||
               rest == "\u2029";
          ++pc;
          break;
        }
        case Op::WordBoundary: {
          const bool left = at > 0 && is_word(before(at));
          const bool right = at < subject_.size() && is_word(after(at));
          ok = (left != right) != i.flag;
          ++pc;
          break;
        }
        case Op::BackReference:
          ok = back_reference(i, at);
          ++pc;
          break;
        case Op::LookBegin:
          set(i.b, stack_.size());
          set(i.b + 1, at);
          if (i.flag) stack_.push_back({Entry::Way, i.a, at});
          ++pc;
          break;
        case Op::LookEnd: {
          const std::size_t height = slots_[i.a];
          if (i.flag) {
            undo_to(height);  // what must not match did
            ok = false;
          } else {
            at = slots_[i.b];
            drop_ways_above(height);
            ++pc;
          }
          break;
        }
        case Op::AtomicBegin:
          set(i.a, stack_.size());
          ++pc;
          break;
        case Op::AtomicEnd:
          drop_ways_above(slots_[i.a]);
          ++pc;
          break;
        case Op::ClearGroups:
          for (std::uint32_t slot = 2 * i.a; slot < 2 * i.b; ++slot) {
            if (slots_[slot] != kNone) set(slot, kNone);
          }
          ++pc;
          break;
        case Op::Mark:
          set(i.a, at);
          ++pc;
          break;
        case Op::CheckMoved:
          ok = slots_[i.a] != at;
          ++pc;
          break;
        case Op::Run: {
          const LoopInfo& loop = program_.loops[i.a];
          const Instruction& one = code[pc + 1];
          char32_t c = 0;
          std::size_t ahead = at;
          if (loop.max == kUnbounded && remembering()) {  // as a Split for each character
            ok = !seen(pc, at);
            if (!ok) break;
            if (next(ahead, c) && accepts(one, c)) {
              stack_.push_back({Entry::Way, pc + 2, at});
              at = ahead;
            } else {
              pc += 2;
            }
            break;
          }
          std::size_t low = at;
          std::uint32_t count = 0;
          for (; count < loop.max && steps_ > 1; ++count) {
            if (count == loop.min) low = at;
            if (!next(ahead, c) || !accepts(one, c)) break;
            at = ahead;
            --steps_;
          }
          splits_taken_ += count;
          ok = count >= loop.min;
          if (count == loop.min) low = at;
          pc += 2;
          if (ok && at > low) stack_.push_back({Entry::Shorter, pc, at, low});
          break;
        }
        case Op::SetCounter:
          set(program_.loops[i.a].counter, 0);
          ++pc;
          break;
        case Op::Loop: {
          const LoopInfo& loop = program_.loops[i.a];
          const std::size_t count = slots_[loop.counter];
          const std::uint32_t into = pc + 1;
          if (count < loop.min) {
            pc = into;
          } else if (loop.max != kUnbounded && count >= loop.max) {
            pc = loop.exit;
          } else {
            stack_.push_back({Entry::Way, loop.lazy ? into : loop.exit, at});
            pc = loop.lazy ? loop.exit : into;
          }
          break;
        }
        case Op::Count: {
          const LoopInfo& loop = program_.loops[i.a];
          const std::size_t count = slots_[loop.counter];
          ok = !(slots_[loop.mark] == at && count >= loop.min);
          if (ok) set(loop.counter, count + 1);
          pc = i.b;
          break;
        }
        case Op::Match:
          if (!whole || at == subject_.size()) return Regex::Outcome::Match;
          ok = false;
          break;
      }
      if (ok) continue;
      // Back to the last way that is still open.
      while (true) {
        if (stack_.empty()) return Regex::Outcome::NoMatch;
        const Entry entry = stack_.back();
        stack_.pop_back();
        if (entry.kind == Entry::Restore) {
          slots_[entry.index] = entry.value;
          continue;
        }
        pc = entry.index;
        at = entry.value;
        if (entry.kind == Entry::Way) break;
        char32_t c = 0;
        previous(at, c);
        if (at > entry.low) stack_.push_back({Entry::Shorter, pc, at, entry.low});
        if (!seen(pc - 2, at)) break;
      }
    }
  }

  const std::vector<std::size_t>& slots() const { return slots_; }

 private:
  struct Entry {
    enum Kind : std::uint32_t {
      Way,      // go on at an instruction and a place
      Shorter,  // the same one character before `value`, and again down to `low`
      Restore,  // a slot's old content
    };
    Kind kind;
    std::uint32_t index;  // instruction, or slot
    std::size_t value;    // place, or old content
    std::size_t low = 0;
  };

  bool accepts(const Instruction& i, char32_t c) const {
    if (i.op == Op::Char) return (i.fold ? to_lower(c) : c) == i.a;
    if (i.op == Op::Any) return i.flag || !is_line_end(c, program_.options.syntax);
    const CharSet& set = program_.sets[i.a];
    return set.contains(c) || (i.fold && (set.contains(to_lower(c)) || set.contains(to_upper(c))));
  }

  void set(std::uint32_t slot, std::size_t value) {
    stack_.push_back({Entry::Restore, slot, slots_[slot]});
    slots_[slot] = value;
  }

  void undo_to(std::size_t height) {
    while (stack_.size() > height) {
      const Entry& entry = stack_.back();
      if (entry.kind == Entry::Restore) slots_[entry.index] = entry.value;
      stack_.pop_back();
    }
  }

  void drop_ways_above(std::size_t height) {
    std::size_t kept = height;
    for (std::size_t i = height; i < stack_.size(); ++i) {
      if (stack_[i].kind == Entry::Restore) stack_[kept++] = stack_[i];
    }
    stack_.resize(kept);
  }

  bool next(std::size_t& at, char32_t& c) const {
    if (at >= subject_.size()) return false;
    const auto byte = static_cast<unsigned char>(subject_[at]);
    if (byte < 0x80) {
      c = byte;
      ++at;
    } else {
      c = next_code_point(subject_, at);
    }
    return true;
  }
  bool previous(std::size_t& at, char32_t& c) const {
    if (at == 0) return false;
    --at;
    while (at > 0 && (static_cast<unsigned char>(subject_[at]) & 0xC0) == 0x80) --at;
    std::size_t i = at;
    c = next_code_point(subject_, i);
    return true;
  }
  char32_t after(std::size_t at) const {
    char32_t c = 0;
    next(at, c);
    return c;
  }
  char32_t before(std::size_t at) const {
    char32_t c = 0;
    previous(at, c);
    return c;
  }

  bool back_reference(const Instruction& i, std::size_t& at) {
    const std::size_t begin = slots_[2 * i.a], end = slots_[2 * i.a + 1];
    if (begin == kNone || end == kNone || begin > end) return program_.options.syntax == Regex::Syntax::JavaScript;
    const std::size_t charge = (end - begin) / 16;  // long texts are not compared for the price of one step
    steps_ = steps_ > charge ? steps_ - charge : 1;
    std::size_t from = i.back ? end : begin;
    while (from != (i.back ? begin : end)) {
      char32_t x = 0, y = 0;
      if (i.back) {
        previous(from, x);
        if (!previous(at, y)) return false;
      } else {
        next(from, x);
        if (!next(at, y)) return false;
      }
      if (x != y && !(i.fold && to_lower(x) == to_lower(y))) return false;
    }
    return true;
  }

  bool remembering() const { return splits_taken_ >= memory_from_; }

  /// Whether the Split or Run at `pc` was reached at this place before; remembers that it was.
  bool seen(std::uint32_t pc, std::size_t at) {
    ++splits_taken_;
    if (!remembering()) return false;
    if (memory_.empty()) {
      split_index_.assign(program_.code.size(), 0);
      std::uint32_t index = 0;
      for (std::size_t k = 0; k < program_.code.size(); ++k) {
        if (program_.code[k].op == Op::Split || program_.code[k].op == Op::Run) split_index_[k] = index++;
      }
      memory_.assign((index * (subject_.size() + 1) + 63) / 64, 0);
    }
    const std::size_t bit = split_index_[pc] * (subject_.size() + 1) + at;
    std::uint64_t& word = memory_[bit / 64];
    const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
    if (word & mask) return true;
    word |= mask;
    return false;
  }

  const Regex::Program& program_;
  const std::string_view subject_;
  std::uint64_t& steps_;
  std::vector<std::size_t> slots_;
  std::vector<Entry> stack_;
  std::uint64_t splits_taken_ = 0;
  std::uint64_t memory_from_ = UINT64_MAX;
  std::vector<std::uint64_t> memory_;
  std::vector<std::uint32_t> split_index_;
};

}  // namespace

// -------------------------------------------------------------------------------------------------- interface

std::optional<Regex::Options> Regex::parse_flags(std::string_view flags) {
  Options options;
  std::string seen;
  for (const char flag : flags) {
    if (seen.find(flag) != std::string::npos) return std::nullopt;
    seen += flag;
    switch (flag) {
      case 'i':
        options.ignore_case = true;
        break;
      case 'm':
        options.multiline = true;
        break;
      case 's':
        options.dot_all = true;
        break;
      case 'g':
        options.global = true;
        break;
      case 'u':
        options.unicode = true;
        break;
      case 'd':
      case 'y':
        break;
      default:
        return std::nullopt;
    }
  }
  return options;
}

Result<Regex, RegexError> Regex::compile(std::string_view pattern, const Options& options) {
  auto program = std::make_shared<Program>();
  program->options = options;
  try {
    Parser parser(pattern, options, *program);
    const std::uint32_t root = parser.parse();
    Compiler(parser.nodes, *program).compile(root);
  } catch (const SyntaxFailure& failure) {
    return failure.error;
  }
  return Regex(std::move(program));
}

Regex::Outcome Regex::search(std::string_view subject, std::size_t from, std::uint64_t& steps, Match& match) const {
  const Program& program = *program_;
  Machine machine(program, subject, steps);
  for (std::size_t start = from; start <= subject.size(); ++start) {
    if (program.starts_at_begin && start > 0) return Outcome::NoMatch;
    if (program.first_byte) {
      start = subject.find(*program.first_byte, start);
      if (start == kNone) return Outcome::NoMatch;
    }
    if (start > from && start < subject.size() && (static_cast<unsigned char>(subject[start]) & 0xC0) == 0x80) continue;
    const Outcome outcome = machine.run(start, false);
    if (outcome == Outcome::NoMatch) continue;
    if (outcome == Outcome::Match) {
      match.groups.resize(program.groups);
      for (std::size_t g = 0; g < program.groups; ++g) {
        const std::size_t begin = machine.slots()[2 * g], end = machine.slots()[2 * g + 1];
        match.groups[g] = begin == kNone || end == kNone ? Group{} : Group{begin, end};
      }
    }
    return outcome;
  }
  return Outcome::NoMatch;
}

Regex::Outcome Regex::matches(std::string_view subject, std::uint64_t& steps) const {
  return Machine(*program_, subject, steps).run(0, true);
}

const Regex::Options& Regex::options() const {
  return program_->options;
}
std::size_t Regex::group_count() const {
  return program_->groups - 1;
}
const std::vector<std::pair<std::string, std::size_t>>& Regex::group_names() const {
  return program_->names;
}

}  // namespace stepglass
