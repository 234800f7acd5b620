#include "engine/support/regex.h"

#include <utility>

#include "engine/support/regex_machine.h"
#include "engine/support/regex_parser.h"
#include "engine/support/regex_program.h"

// A pattern becomes a tree (regex_parser.h), the tree becomes instructions (regex_program.h), and a machine runs these
// with backtracking (regex_machine.h).

namespace stepglass {

using regex::kNone;

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
    regex::Parser parser(pattern, options, *program);
    const std::uint32_t root = parser.parse();
    regex::compile(parser.nodes, root, *program);
  } catch (const regex::SyntaxFailure& failure) {
    return failure.error;
  }
  return Regex(std::move(program));
}

Regex::Outcome Regex::search(std::string_view subject, std::size_t from, std::uint64_t& steps, Match& match) const {
  const Program& program = *program_;
  regex::Machine machine(program, subject, steps);
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
  return regex::Machine(*program_, subject, steps).run(0, true);
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
