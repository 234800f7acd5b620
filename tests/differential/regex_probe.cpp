// Answers what this engine finds: reads lines {"pattern", "flags", "subject"} and writes for each the places of the
// groups in UTF-16 units, null for one that took no part; "none", "invalid" or "steps" when there is no match.

#include <cstdint>
#include <iostream>
#include <string>

#include "engine/document/document.h"
#include "engine/support/regex.h"
#include "engine/support/text.h"

using namespace stepglass;

namespace {

std::string place(std::string_view subject, std::size_t byte) {
  return std::to_string(count_utf16_units(subject.substr(0, byte)));
}

std::string answer(const Value& request) {
  const auto options = Regex::parse_flags(request.find("flags")->as_string());
  if (!options) return "\"invalid\"";
  const auto regex = Regex::compile(request.find("pattern")->as_string(), *options);
  if (!regex) return "\"invalid\"";
  const std::string_view subject = request.find("subject")->as_string();
  Regex::Scan scan(*regex, subject);
  std::uint64_t steps = 5'000'000;
  std::string out = "[";
  std::size_t from = 0;
  for (int matches = 0; matches < 3 && from <= subject.size(); ++matches) {
    const auto outcome = scan.search(from, steps);
    if (outcome == Regex::Outcome::OutOfSteps) return "\"steps\"";
    if (outcome == Regex::Outcome::NoMatch) break;
    if (out.size() > 1) out += ',';
    out += '[';
    for (std::size_t number = 0; number <= regex->group_count(); ++number) {
      const Regex::Group group = scan.group(number);
      if (number > 0) out += ',';
      out += group.matched() ? "[" + place(subject, group.begin) + "," + place(subject, group.end) + "]" : "null";
    }
    out += ']';
    from = scan.group(0).end;
    if (scan.group(0).begin == scan.group(0).end) {
      if (from == subject.size()) break;
      next_code_point(subject, from);
    }
  }
  return out + "]";
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    const auto request = read_value(line);
    std::cout << (request ? answer(*request) : "\"unreadable\"") << '\n';
  }
}
