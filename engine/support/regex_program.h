#pragma once
// The program of a regular expression: what the compiler writes and the machine runs. See regex_machine.h.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/support/regex.h"
#include "engine/support/regex_char_set.h"
#include "engine/support/regex_tree.h"

namespace stepglass {
namespace regex {

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

}  // namespace regex

struct Regex::Program {
  Options options;
  std::vector<regex::Instruction> code;
  std::vector<regex::CharSet> sets;
  std::vector<regex::LoopInfo> loops;
  std::vector<std::pair<std::string, std::size_t>> names;
  std::size_t groups = 0;  // with group 0
  std::size_t slots = 0;
  std::size_t splits = 0;
  bool memory_helps = true;
  // What is known of every match, to find quickly where one can start.
  bool starts_at_begin = false;  // only at offset 0
  std::string prefix;            // it starts with this
  bool has_first_bytes = false;  // it starts with one of these bytes, and so is not empty
  std::array<bool, 256> first_bytes = {};
};

namespace regex {

/// Writes `program.code` from the tree with this root.
void compile(const std::vector<Node>& nodes, std::uint32_t root, Regex::Program& program);

}  // namespace regex
}  // namespace stepglass
