#pragma once
// The members of a request, as the operations ask for them.

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "analysis/api/api_error.h"
#include "analysis/api/definition.h"
#include "analysis/api/request.h"
#include "engine/document/document.h"
#include "engine/support/text.h"
#include "engine/value/value.h"

namespace stepglass::analysis {

ApiError bad_request(std::string message);

/// The members of a request by name. The first thing wrong with any of them is kept, so that an operation asks for all
/// of its members and then looks at fault() once.
class Fields {
 public:
  Fields(std::string_view request, const std::vector<RequestMember>& members) : request_(request), members_(members) {}

  const std::vector<RequestMember>& members() const { return members_; }
  bool has(std::string_view name) const { return find(name) != nullptr; }

  /// The bytes of the member.
  std::optional<std::string_view> raw(std::string_view name) const {
    const RequestMember* member = find(name);
    return member ? std::optional(member->text) : std::nullopt;
  }

  std::optional<Value> value(std::string_view name);

  std::optional<std::string> text(std::string_view name);

  std::optional<bool> boolean(std::string_view name);

  std::optional<std::uint64_t> count(std::string_view name, std::uint64_t most = UINT64_MAX, std::uint64_t least = 0);

  /// A list of texts.
  std::vector<std::string> texts(std::string_view name);

  /// One of a few words, by a function that reads them.
  template <typename Parse>
  auto word(std::string_view name, Parse parse, std::string_view allowed) -> decltype(parse(std::string_view())) {
    auto value = text(name);
    if (!value) return std::nullopt;
    auto word = parse(std::string_view(*value));
    if (!word) refuse(fmt::format("\"{}\" is {}, not \"{}\"", name, allowed, display_word(*value)));
    return word;
  }

  /// The text of a definition: the member's own bytes, or what its string holds. Empty when there is a fault.
  std::string definition(std::string_view name);
  std::string definition_text(std::string_view raw);

  /// Refuses a member that cannot be read.
  void check_value(std::string_view name);

  /// A member that is read with its places, for `read` to look at; what `read` finds wrong names a place in it.
  template <typename Read>
  auto document(std::string_view name, Read read)
      -> std::optional<typename std::remove_cvref_t<decltype(*read(std::declval<const Node&>()))>> {
    const RequestMember* member = find(name);
    if (!member) return std::nullopt;
    const Document document = read_json(std::string(member->text));
    for (const Diagnostic& diagnostic : document.diagnostics()) {
      if (diagnostic.severity != Severity::Error) continue;
      broken(*member, diagnostic);
      return std::nullopt;
    }
    auto result = read(*document.root());
    if (result) return *std::move(result);
    const auto& problem = result.error();
    refuse(fmt::format("{}{}: {}", name, display_word(problem.pointer), problem.message));
    return std::nullopt;
  }

  /// Refuses a member that stands in the request as JSON and is none.
  void check_text(std::string_view name);

  /// A definition given as JSON is part of the request: when it is no JSON, neither is the request.
  bool breaks_request(std::string_view name, const Document& document);

  void refuse(std::string message) {
    if (!fault_) fault_ = bad_request(std::move(message));
  }
  const std::optional<ApiError>& fault() const { return fault_; }

  std::string fault_of_request() const;

 private:
  const RequestMember* find(std::string_view name) const;

  void broken(const RequestMember& member, const Diagnostic& diagnostic);

  std::string_view request_;
  const std::vector<RequestMember>& members_;
  std::optional<ApiError> fault_;
};

}  // namespace stepglass::analysis
