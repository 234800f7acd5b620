#include "analysis/api/operations/operation.h"

#include <fmt/format.h>

#include <vector>

#include "analysis/api/reply.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// A line may have this many columns.
constexpr std::uint64_t kMaxTextWidth = 1000;

std::optional<bool> parse_is_text(std::string_view word) {
  if (word == "json") return false;
  if (word == "text") return true;
  return std::nullopt;
}

}  // namespace

MachineType machine_type(Fields& fields) {
  return fields.word("type", parse_machine_type, "\"STANDARD\" or \"EXPRESS\"").value_or(MachineType::Standard);
}

std::deque<std::pair<std::string, Definition>> read_machines(Fields& fields) {
  std::deque<std::pair<std::string, Definition>> machines;
  const auto raw = fields.raw("machines");
  if (!raw) return machines;
  const auto members = split_object(*raw);
  if (!members) fields.refuse("\"machines\" is an object: ARN or name of a state machine to its definition");
  if (members && members->size() > kMaxRequestMembers) {
    fields.refuse(fmt::format("\"machines\" has more than {} members", kMaxRequestMembers));
  }
  for (const RequestMember& member : members.value_or(std::vector<RequestMember>())) {
    std::string text = fields.definition_text(member.text);
    if (fields.fault()) break;
    machines.emplace_back(member.key, load_definition(std::move(text), MachineType::Standard));
  }
  return machines;
}

std::optional<Style> text_style(Fields& fields) {
  Style style;
  if (const auto width = fields.count("width", kMaxTextWidth)) style.width = static_cast<std::size_t>(*width);
  const bool is_text = fields.word("format", parse_is_text, "\"json\" or \"text\"").value_or(false);
  return is_text ? std::optional(style) : std::nullopt;
}

std::optional<ApiError> append_text(std::string& out, std::string_view text) {
  if (text.size() > kMaxReplyBytes) return reply_too_large("the text");
  out += "{\"text\":";
  append_json_string(out, text);
  out += '}';
  return std::nullopt;
}

ApiError reply_too_large(std::string_view what, std::string_view help) {
  return {"ReplyTooLarge",
          fmt::format("{} is larger than {} MiB{}{}", what, kMaxReplyBytes >> 20, help.empty() ? "" : "; ", help), {}};
}

}  // namespace stepglass::analysis
