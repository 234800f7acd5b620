#pragma once
// The machine that runs the program of a regular expression.
//
//
// It has a position, an instruction, and slots (the ends of groups, loop counters, marks). Where two ways are
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

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/support/regex_program.h"

namespace stepglass::regex {

class Machine {
 public:
  /// `program` and the text of `subject` outlive this.
  Machine(const Regex::Program& program, std::string_view subject);

  /// Finds the first match that starts at byte `from` or later.
  Regex::Outcome search(std::size_t from, std::uint64_t& steps);
  /// Whether all of the subject is a match.
  Regex::Outcome whole(std::uint64_t& steps);
  /// A group of the match found last.
  Regex::Group group(std::size_t number) const {
    const std::uint32_t begin = slots_[2 * number], end = slots_[2 * number + 1];
    return begin == kUnset || end == kUnset ? Regex::Group{} : Regex::Group{begin, end};
  }

 private:
  static constexpr std::uint32_t kUnset = UINT32_MAX;

  struct Entry {
    enum Kind : std::uint32_t {
      Way,      // go on at an instruction and a place
      Shorter,  // the same one character before `value`, and again down to `low`
      Restore,  // a slot's old content
    };
    Kind kind : 2;
    std::uint32_t index : 30;  // instruction, or slot
    std::uint32_t value;       // place, or old content
    std::uint32_t low = 0;
  };

  /// Takes `count` from the steps; false when they do not hold them.
  bool charge(std::uint64_t count) {
    if (steps_ < count) {
      steps_ = 0;
      return false;
    }
    steps_ -= count;
    return true;
  }

  /// Makes ready for another search.
  bool reset();
  Regex::Outcome find(std::size_t from);
  /// The first place from `at` on where a match could start; npos when there is none.
  std::size_t candidate(std::size_t at);
  /// Runs at one place. `whole`: the match has to end where the subject does.
  Regex::Outcome run(std::size_t start, bool whole);
  /// Takes as many characters as the Run allows, from `at` on; `low` is where it has taken the least it must. False
  /// when there are not enough.
  bool take_run(const LoopInfo& loop, const Instruction& one, std::size_t& at, std::size_t& low);

  bool accepts(const Instruction& i, char32_t c) const;
  bool next(std::size_t& at, char32_t& c) const;
  bool previous(std::size_t& at, char32_t& c) const;
  char32_t after(std::size_t at) const;
  char32_t before(std::size_t at) const;
  bool back_reference(const Instruction& i, std::size_t& at);

  void set(std::uint32_t slot, std::size_t value) {
    stack_.push_back({Entry::Restore, slot, slots_[slot]});
    slots_[slot] = static_cast<std::uint32_t>(value);
  }
  void push_way(std::uint32_t pc, std::size_t at) {
    stack_.push_back({Entry::Way, pc, static_cast<std::uint32_t>(at)});
  }
  void undo_to(std::size_t height);
  void drop_ways_above(std::size_t height);

  bool remembering() const { return splits_taken_ >= memory_from_; }
  /// Whether the Split or Run at `pc` was reached at this place before; remembers that it was.
  bool seen(std::uint32_t pc, std::size_t at) {
    ++splits_taken_;
    return remembering() && remembered(pc, at);
  }
  bool remembered(std::uint32_t pc, std::size_t at);

  const Regex::Program& program_;
  const std::string_view subject_;
  std::uint64_t steps_ = 0;
  std::vector<std::uint32_t> slots_;
  std::vector<Entry> stack_;
  std::uint64_t splits_taken_ = 0;
  std::uint64_t memory_from_ = UINT64_MAX;
  std::vector<std::uint64_t> memory_;
  std::vector<std::uint32_t> split_index_;
  bool matched_ = false;
};

}  // namespace stepglass::regex
