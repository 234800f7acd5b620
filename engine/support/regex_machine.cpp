#include "engine/support/regex_machine.h"

#include <algorithm>
#include <cstring>

#include "engine/support/letter_case.h"
#include "engine/support/text.h"

namespace stepglass::regex {
namespace {

/// Bits of memory of what failed: 16 MiB.
constexpr std::size_t kMaxMemoryBits = std::size_t{1} << 27;
/// Entries of the stack: 48 MiB. More counts as being out of steps.
constexpr std::size_t kMaxStack = std::size_t{1} << 22;
/// Bytes that are skipped, slots that are cleared or words of memory that are made for the price of one step.
constexpr std::uint64_t kBytesOfStep = 16;

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

}  // namespace

Machine::Machine(const Regex::Program& program, std::string_view subject) : program_(program), subject_(subject) {
  const std::size_t bits = program.splits * (subject.size() + 1);
  if (program.memory_helps && bits <= kMaxMemoryBits) memory_from_ = 1024 + 2 * subject.size();
}

// ------------------------------------------------------------------------------------------------------ search

Regex::Outcome Machine::search(std::size_t from, std::uint64_t& steps) {
  steps_ = steps;
  const Regex::Outcome outcome = find(from);
  steps = steps_;
  return outcome;
}

Regex::Outcome Machine::whole(std::uint64_t& steps) {
  steps_ = steps;
  const Regex::Outcome outcome = reset() ? run(0, true) : Regex::Outcome::OutOfSteps;
  steps = steps_;
  return outcome;
}

bool Machine::reset() {
  // What has failed has put its slots back; what has matched has left ways that failed unmarked.
  const bool fresh = slots_.size() != program_.slots;
  if (subject_.size() >= kUnset || !charge(1)) return false;
  if (fresh || matched_) {
    if (!charge(program_.slots / kBytesOfStep)) return false;
    slots_.assign(program_.slots, kUnset);
  }
  stack_.clear();
  memory_.clear();
  splits_taken_ = 0;
  matched_ = false;
  return true;
}

Regex::Outcome Machine::find(std::size_t from) {
  if (!reset()) return Regex::Outcome::OutOfSteps;
  for (std::size_t start = from; start <= subject_.size(); ++start) {
    if (program_.starts_at_begin && start > 0) return Regex::Outcome::NoMatch;
    const std::size_t at = candidate(start);
    const std::size_t skipped = std::min(at, subject_.size()) - start;
    if (!charge(skipped / kBytesOfStep)) return Regex::Outcome::OutOfSteps;
    if (at == std::string_view::npos) return Regex::Outcome::NoMatch;
    start = at;
    if (start > from && start < subject_.size() && continues(subject_[start])) continue;
    const Regex::Outcome outcome = run(start, false);
    if (outcome != Regex::Outcome::NoMatch) return outcome;
  }
  return Regex::Outcome::NoMatch;
}

std::size_t Machine::candidate(std::size_t at) {
  if (!program_.prefix.empty()) return find_text(subject_, program_.prefix, at);
  if (!program_.has_first_bytes) return at;
  while (at < subject_.size() && !program_.first_bytes[static_cast<unsigned char>(subject_[at])]) ++at;
  return at < subject_.size() ? at : std::string_view::npos;
}

// -------------------------------------------------------------------------------------------------- characters

inline bool Machine::next(std::size_t& at, char32_t& c) const {
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

inline bool Machine::previous(std::size_t& at, char32_t& c) const {
  if (at == 0) return false;
  --at;
  while (at > 0 && continues(subject_[at])) --at;
  std::size_t i = at;
  return next(i, c);
}

char32_t Machine::after(std::size_t at) const {
  char32_t c = 0;
  next(at, c);
  return c;
}

char32_t Machine::before(std::size_t at) const {
  char32_t c = 0;
  previous(at, c);
  return c;
}

inline bool Machine::accepts(const Instruction& i, char32_t c) const {
  if (i.op == Op::Char) return (i.fold ? without_case(c) : c) == i.a;
  if (i.op == Op::Any) return i.flag || !is_line_end(c, program_.options.syntax);
  return program_.sets[i.a].contains(c);
}

bool Machine::take_run(const LoopInfo& loop, const Instruction& one, std::size_t& at, std::size_t& low) {
  const std::uint64_t most = std::min<std::uint64_t>(loop.max, steps_);
  std::uint64_t count = 0;
  std::size_t ahead = at;
  low = at;
  char32_t c = 0;
  for (; count < most; ++count) {
    if (count == loop.min) low = at;
    if (!next(ahead, c) || !accepts(one, c)) break;
    at = ahead;
  }
  if (count == loop.min) low = at;
  steps_ -= count;
  splits_taken_ += count;
  return count >= loop.min;
}

bool Machine::back_reference(const Instruction& i, std::size_t& at) {
  const std::size_t begin = slots_[2 * i.a], end = slots_[2 * i.a + 1];
  if (begin == kUnset || end == kUnset || begin > end) return program_.options.syntax == Regex::Syntax::JavaScript;
  // Long texts are not compared for the price of one step.
  if (!charge((end - begin) / kBytesOfStep)) return false;
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
    if (x != y && !(i.fold && without_case(x) == without_case(y))) return false;
  }
  return true;
}

// ------------------------------------------------------------------------------------------------------- stack

void Machine::undo_to(std::size_t height) {
  while (stack_.size() > height) {
    const Entry& entry = stack_.back();
    if (entry.kind == Entry::Restore) slots_[entry.index] = entry.value;
    stack_.pop_back();
  }
}

void Machine::drop_ways_above(std::size_t height) {
  std::size_t kept = height;
  for (std::size_t i = height; i < stack_.size(); ++i) {
    if (stack_[i].kind == Entry::Restore) stack_[kept++] = stack_[i];
  }
  stack_.resize(kept);
}

bool Machine::remembered(std::uint32_t pc, std::size_t at) {
  if (memory_.empty()) {
    split_index_.assign(program_.code.size(), 0);
    std::uint32_t index = 0;
    for (std::size_t k = 0; k < program_.code.size(); ++k) {
      if (program_.code[k].op == Op::Split || program_.code[k].op == Op::Run) split_index_[k] = index++;
    }
    const std::size_t words = (index * (subject_.size() + 1) + 63) / 64;
    charge(std::min<std::uint64_t>(steps_, (words + program_.code.size()) / kBytesOfStep));
    memory_.assign(words, 0);
  }
  const std::size_t bit = split_index_[pc] * (subject_.size() + 1) + at;
  std::uint64_t& word = memory_[bit / 64];
  const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
  if (word & mask) return true;
  word |= mask;
  return false;
}

// --------------------------------------------------------------------------------------------------------- run

Regex::Outcome Machine::run(std::size_t start, bool whole) {
  std::size_t at = start;
  std::uint32_t pc = 0;
  const Instruction* const code = program_.code.data();
  while (true) {
    if (steps_ == 0 || stack_.size() > kMaxStack) return Regex::Outcome::OutOfSteps;
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
        push_way(i.b, at);
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
        if (i.flag) push_way(i.a, at);
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
        charge(std::min<std::uint64_t>(steps_, (i.b - i.a) / kBytesOfStep));
        for (std::uint32_t slot = 2 * i.a; slot < 2 * i.b; ++slot) {
          if (slots_[slot] != kUnset) set(slot, kUnset);
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
        if (loop.max == kUnbounded && remembering()) {  // as a Split for each character
          char32_t c = 0;
          std::size_t ahead = at;
          ok = !seen(pc, at);
          if (!ok) break;
          if (next(ahead, c) && accepts(one, c)) {
            push_way(pc + 2, at);
            at = ahead;
          } else {
            pc += 2;
          }
          break;
        }
        std::size_t low = at;
        ok = take_run(loop, one, at, low);
        pc += 2;
        if (ok && at > low) {
          stack_.push_back({Entry::Shorter, pc, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(low)});
        }
        break;
      }
      case Op::SetCounter:
        set(program_.loops[i.a].counter, 0);
        ++pc;
        break;
      case Op::Loop: {
        const LoopInfo& loop = program_.loops[i.a];
        const std::uint32_t count = slots_[loop.counter];
        const std::uint32_t into = pc + 1;
        if (count < loop.min) {
          pc = into;
        } else if (loop.max != kUnbounded && count >= loop.max) {
          pc = loop.exit;
        } else {
          push_way(loop.lazy ? into : loop.exit, at);
          pc = loop.lazy ? loop.exit : into;
        }
        break;
      }
      case Op::Count: {
        const LoopInfo& loop = program_.loops[i.a];
        const std::uint32_t count = slots_[loop.counter];
        ok = !(slots_[loop.mark] == at && count >= loop.min);
        if (ok) set(loop.counter, count + 1);
        pc = i.b;
        break;
      }
      case Op::Match:
        if (!whole || at == subject_.size()) {
          matched_ = true;
          return Regex::Outcome::Match;
        }
        ok = false;
        break;
    }
    if (ok) continue;
    // Back to the last way that is still open.
    while (true) {
      if (stack_.empty()) return Regex::Outcome::NoMatch;
      Entry& entry = stack_.back();
      if (entry.kind == Entry::Restore) {
        slots_[entry.index] = entry.value;
        stack_.pop_back();
        continue;
      }
      pc = entry.index;
      at = entry.value;
      if (entry.kind == Entry::Way) {
        stack_.pop_back();
        break;
      }
      char32_t c = 0;
      previous(at, c);
      if (at > entry.low) {
        entry.value = static_cast<std::uint32_t>(at);
      } else {
        stack_.pop_back();
      }
      if (!seen(pc - 2, at)) break;
    }
  }
}

}  // namespace stepglass::regex
