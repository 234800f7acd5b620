#include "engine/support/regex.h"

#include <utility>

#include "engine/support/regex_machine.h"
#include "engine/support/regex_parser.h"
#include "engine/support/regex_program.h"

// A pattern becomes a tree (regex_parser.h), the tree becomes instructions (regex_program.h), and a machine runs these
// with backtracking (regex_machine.h).

namespace stepglass {

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
  regex::Machine machine(*program_, subject);
  const Outcome outcome = machine.search(from, steps);
  if (outcome != Outcome::Match) return outcome;
  match.groups.resize(program_->groups);
  for (std::size_t number = 0; number < program_->groups; ++number) match.groups[number] = machine.group(number);
  return outcome;
}

Regex::Outcome Regex::matches(std::string_view subject, std::uint64_t& steps) const {
  return regex::Machine(*program_, subject).whole(steps);
}

Regex::Scan::Scan(const Regex& regex, std::string_view subject)
    : machine_(std::make_unique<regex::Machine>(*regex.program_, subject)) {}
Regex::Scan::Scan(Scan&& other) noexcept = default;
Regex::Scan::~Scan() = default;

Regex::Outcome Regex::Scan::search(std::size_t from, std::uint64_t& steps) {
  return machine_->search(from, steps);
}
Regex::Group Regex::Scan::group(std::size_t number) const {
  return machine_->group(number);
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
