#include "analysis/api/fields.h"

#include "engine/document/text_fault.h"
#include "engine/support/limits.h"

namespace stepglass::analysis {

ApiError bad_request(std::string message) {
  return {"BadRequest", std::move(message), {}};
}

std::optional<Value> Fields::value(std::string_view name) {
  const RequestMember* member = find(name);
  if (!member) return std::nullopt;
  auto value = read_value(member->text);
  if (value) return *std::move(value);
  broken(*member, value.error());
  return std::nullopt;
}

std::optional<std::string> Fields::text(std::string_view name) {
  auto value = this->value(name);
  if (!value) return std::nullopt;
  if (value->is_string()) return std::string(value->as_string());
  refuse(fmt::format("\"{}\" is a string", name));
  return std::nullopt;
}

std::optional<bool> Fields::boolean(std::string_view name) {
  auto value = this->value(name);
  if (!value) return std::nullopt;
  if (value->is_boolean()) return value->as_boolean();
  refuse(fmt::format("\"{}\" is true or false", name));
  return std::nullopt;
}

std::optional<std::uint64_t> Fields::count(std::string_view name, std::uint64_t most, std::uint64_t least) {
  auto value = this->value(name);
  if (!value) return std::nullopt;
  std::optional<std::uint64_t> number;
  if (value->kind() == Value::Kind::Unsigned) number = value->as_unsigned();
  if (value->kind() == Value::Kind::Integer && value->as_integer() >= 0) {
    number = static_cast<std::uint64_t>(value->as_integer());
  }
  if (number && *number >= least && *number <= most) return number;
  refuse(fmt::format("\"{}\" is an integer from {} to {}", name, least, most));
  return std::nullopt;
}

std::vector<std::string> Fields::texts(std::string_view name) {
  std::vector<std::string> list;
  const auto value = this->value(name);
  if (!value) return list;
  bool good = value->is_array();
  if (good) {
    for (const Value& item : value->items()) {
      good = good && item.is_string();
      if (good) list.emplace_back(item.as_string());
    }
  }
  if (!good) refuse(fmt::format("\"{}\" is a list of strings", name));
  return list;
}

std::string Fields::definition(std::string_view name) {
  const RequestMember* member = find(name);
  if (!member) {
    refuse(fmt::format("\"{}\" is missing", name));
    return {};
  }
  return definition_text(member->text);
}

std::string Fields::definition_text(std::string_view raw) {
  if (raw.empty() || raw[0] != '"') return std::string(raw);
  auto value = read_value(raw);
  if (value && value->is_string()) return std::string(value->as_string());
  refuse(fault_of_request());
  return {};
}

void Fields::check_value(std::string_view name) {
  const RequestMember* member = find(name);
  if (!member) return;
  if (const auto value = read_value(member->text); !value) broken(*member, value.error());
}

void Fields::check_text(std::string_view name) {
  const RequestMember* member = find(name);
  if (!member || member->text.empty() || member->text[0] == '"') return;
  breaks_request(name, read_json(std::string(member->text)));
}

bool Fields::breaks_request(std::string_view name, const Document& document) {
  const RequestMember* member = find(name);
  if (!member || member->text.empty() || member->text[0] == '"') return false;
  for (const Diagnostic& diagnostic : document.diagnostics()) {
    if (!is_syntax_error(diagnostic)) continue;
    refuse(fault_of_request());
    return true;
  }
  return false;
}

std::string Fields::fault_of_request() const {
  return fmt::format("the request is no JSON: {}", json_fault(request_).value_or("it cannot be read"));
}

const RequestMember* Fields::find(std::string_view name) const {
  for (const RequestMember& member : members_) {
    if (member.key == name) return &member;
  }
  return nullptr;
}

void Fields::broken(const RequestMember& member, const Diagnostic& diagnostic) {
  // The place inside the whole request when that is what is broken, else inside the member.
  if (auto fault = json_fault(request_)) {
    refuse(fmt::format("the request is no JSON: {}", *fault));
  } else {
    refuse(fmt::format("\"{}\": {}", member.key, diagnostic.message));
  }
}

}  // namespace stepglass::analysis
