#include "analysis/api/call.h"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "analysis/api/fields.h"
#include "analysis/api/operations/operation.h"
#include "analysis/api/reply.h"
#include "analysis/api/request.h"
#include "analysis/report/rule_pages.h"
#include "analysis/rules/framework/registry.h"
#include "engine/support/limits.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

std::optional<ApiError> version_operation(Fields&, std::string& out) {
  out += fmt::format("{{\"version\":\"{}\",\"rules\":{}}}", STEPGLASS_VERSION, rules_by_code().size());
  return std::nullopt;
}

// The other families are in operations/.
constexpr Operation kOwn[] = {{"version", {}, version_operation}};

/// Calls `see` with each operation.
template <typename See>
void for_each_operation(See see) {
  for (const auto family : {run_operations(), check_operations(), expression_operations(), machine_operations(),
                            text_operations(), std::span<const Operation>(kOwn)}) {
    for (const Operation& operation : family) see(operation);
  }
}

/// "; did you mean "x"?" or nothing.
template <typename Range>
std::string suggestion(std::string_view word, const Range& known) {
  const auto meant = nearest(word, known);
  return meant ? fmt::format("; did you mean \"{}\"?", *meant) : std::string();
}

std::optional<ApiError> check_fields(const Operation& operation, const std::vector<RequestMember>& members) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::string& key = members[i].key;
    bool known = key == "id" || key == "op";
    for (const std::string_view field : operation.fields) known = known || field == key;
    if (!known) {
      return bad_request(fmt::format("unknown field \"{}\" in a request for \"{}\"{}", display_word(key), operation.name,
                                     suggestion(key, operation.fields)));
    }
    // Unknown fields end the loop, so at most a score of members is compared here.
    for (std::size_t j = 0; j < i; ++j) {
      if (members[j].key == key) return bad_request(fmt::format("the field \"{}\" stands twice in the request", key));
    }
  }
  return std::nullopt;
}

std::optional<ApiError> serve(std::string_view request, const std::optional<std::vector<RequestMember>>& members,
                              std::string& out) {
  if (!members) {
    if (auto fault = json_fault(request)) return bad_request("the request is no JSON: " + *fault);
    return bad_request("a request is a JSON object such as {\"op\": \"run\", \"definition\": {…}}");
  }
  if (members->size() > kMaxRequestMembers) {
    return bad_request(fmt::format("the request has more than {} members", kMaxRequestMembers));
  }
  Fields fields(request, *members);
  fields.check_value("id");
  const auto name = fields.text("op");
  if (fields.fault()) return fields.fault();
  std::vector<std::string_view> known;
  const Operation* asked = nullptr;
  for_each_operation([&](const Operation& operation) {
    known.push_back(operation.name);
    if (operation.name == name) asked = &operation;
  });
  if (!name) return bad_request(fmt::format("the request has no \"op\"; known are {}", fmt::join(known, ", ")));
  if (!asked) {
    const std::string hint = suggestion(*name, known);
    return bad_request(fmt::format("unknown op \"{}\"{}", display_word(*name),
                                   hint.empty() ? fmt::format("; known are {}", fmt::join(known, ", ")) : hint));
  }
  if (auto error = check_fields(*asked, *members)) return error;
  return asked->answer(fields, out);
}

}  // namespace

std::string call(std::string_view request) {
  if (request.size() > kMaxTextBytes) {
    return refusal(fmt::format("the request is larger than {} MiB", kMaxTextBytes >> 20));
  }
  // A file's first line may start with a byte order mark; what it says of the encoding is known already.
  if (request.starts_with("\xEF\xBB\xBF")) request.remove_prefix(3);
  const auto members = split_object(request);
  std::string out = "{";
  if (members) {
    for (const RequestMember& member : *members) {
      // Handed back byte for byte, once it is known to be JSON. Of several and of a broken one serve() tells.
      if (member.key != "id" || !read_value(member.text)) continue;
      out += "\"id\":";
      out += member.text;
      out += ',';
      break;
    }
  }
  const std::size_t start = out.size();
  out += "\"ok\":true,\"result\":";
  if (auto error = serve(request, members, out)) {
    out.resize(start);
    out += "\"ok\":false,\"error\":";
    append_error(out, *error);
  }
  out += '}';
  return out;
}

std::string refusal(std::string_view message) {
  std::string out = "{\"ok\":false,\"error\":";
  append_error(out, bad_request(std::string(message)));
  return out + '}';
}

}  // namespace stepglass::analysis
