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

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/support/letter_case.h"
#include "engine/support/regex_program.h"
#include "engine/support/text.h"

namespace stepglass::regex {

inline constexpr std::size_t kNone = std::string_view::npos;
/// Bits of memory of what failed: 16 MiB.
inline constexpr std::size_t kMaxMemoryBits = std::size_t{1} << 27;

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

}  // namespace stepglass::regex
