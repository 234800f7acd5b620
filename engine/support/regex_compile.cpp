// From the tree of a regular expression to its program.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/support/letter_case.h"
#include "engine/support/regex_program.h"
#include "engine/support/text.h"

namespace stepglass::regex {
namespace {

/// Counted repetitions are written out up to this many instructions and counted beyond it.
constexpr std::size_t kMaxWrittenOut = 2'000;

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
        emit({.op = Op::Char, .fold = n.fold, .back = back, .a = n.fold ? without_case(n.value) : n.value});
        break;
      case Kind::Any:
        emit({.op = Op::Any, .flag = n.flag, .back = back});
        break;
      case Kind::Class:
        emit({.op = Op::Class, .back = back, .a = n.value});
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
    for (; program_.code[i].op == Op::Char || program_.code[i].op == Op::Save; ++i) {
      const Instruction& instruction = program_.code[i];
      if (instruction.op == Op::Save) continue;
      if (instruction.fold || instruction.back) break;
      append_utf8(program_.prefix, instruction.a);
    }
    if (program_.prefix.empty()) find_first_bytes();
  }

  /// Follows all ways from the start to the first character that each of them takes.
  void find_first_bytes() {
    std::vector<std::uint32_t> ways = {0};
    std::vector<bool> visited(program_.code.size());
    while (!ways.empty()) {
      const std::uint32_t pc = ways.back();
      ways.pop_back();
      if (visited[pc]) continue;
      visited[pc] = true;
      const Instruction& i = program_.code[pc];
      switch (i.op) {
        case Op::Save:
        case Op::ClearGroups:
        case Op::Mark:
        case Op::WordBoundary:
        case Op::SetCounter:
        case Op::AtomicBegin:
          ways.push_back(pc + 1);
          break;
        case Op::Begin:
        case Op::End:
          ways.push_back(pc + 1);
          break;
        case Op::Jump:
          ways.push_back(i.a);
          break;
        case Op::Split:
          ways.push_back(i.a);
          ways.push_back(i.b);
          break;
        case Op::Run:
          add_first_bytes(program_.code[pc + 1]);
          if (program_.loops[i.a].min == 0) ways.push_back(pc + 2);
          break;
        case Op::Char:
        case Op::Class:
          add_first_bytes(i);
          break;
        default:  // it may match nothing, or anything
          program_.first_bytes = {};
          return;
      }
    }
    program_.has_first_bytes = true;
  }

  void add_first_bytes(const Instruction& i) {
    const auto add = [&](char32_t c) { program_.first_bytes[c] = true; };
    bool beyond_ascii = true;
    if (i.op == Op::Char) {
      beyond_ascii = i.a >= 0x80;
      if (!beyond_ascii) add(i.a);
      if (!beyond_ascii && i.fold && i.a >= 'A' && i.a <= 'Z') add(i.a + 32);
    } else if (i.op == Op::Class) {
      const CharSet& set = program_.sets[i.a];
      for (char32_t c = 0; c < 128; ++c) {
        if (set.contains(c)) add(c);
      }
      beyond_ascii = !set.ranges.empty() && set.ranges.back().high >= 0x80;
    } else {
      for (char32_t c = 0; c < 128; ++c) add(c);
    }
    if (!beyond_ascii) return;
    for (char32_t byte = 0xC2; byte < 0xF5; ++byte) add(byte);
  }

  const std::vector<Node>& nodes_;
  Regex::Program& program_;
  std::vector<std::size_t> sizes_;
  std::vector<bool> empty_;
};

}  // namespace

void compile(const std::vector<Node>& nodes, std::uint32_t root, Regex::Program& program) {
  Compiler(nodes, program).compile(root);
}

}  // namespace stepglass::regex
