#include "analysis/report/pretty_json.h"

#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// Gives false when `out` became longer than `most`.
bool append(std::string& out, const Value& value, std::size_t indent, std::size_t most) {
  const auto line = [&](std::size_t spaces, bool first) {
    if (!first) out += ',';
    out += '\n';
    out.append(spaces, ' ');
  };
  bool first = true;
  if (value.is_array() && value.size() > 0) {
    out += '[';
    for (const Value& item : value.items()) {
      line(indent + 2, first);
      first = false;
      if (!append(out, item, indent + 2, most)) return false;
    }
    line(indent, true);
    out += ']';
  } else if (value.is_object() && value.size() > 0) {
    out += '{';
    for (const Member& member : value.members()) {
      line(indent + 2, first);
      first = false;
      append_json_string(out, member.key);
      out += ": ";
      if (!append(out, member.value, indent + 2, most)) return false;
    }
    line(indent, true);
    out += '}';
  } else {
    append_json(out, value, NumberStyle::ECMAScript);
  }
  return out.size() <= most;
}

}  // namespace

std::optional<std::string> pretty_json(const Value& value, std::size_t most) {
  std::string out;
  if (!append(out, value, 0, most)) return std::nullopt;
  return out;
}

}  // namespace stepglass::analysis
