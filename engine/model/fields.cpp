#include "engine/model/fields.h"

#include "engine/model/placeholder.h"

namespace stepglass::loading {

void report_not_allowed(const Reading& reading, Node object, Node field, const Owner& owner) {
  reading.findings.add({.name = owner.rule_of_field(field.key()),
                        .at = field,
                        .span = field.key_span(),
                        .message = fmt::format("{} has no field \"{}\"", owner.article, quoted(field.key())),
                        .help = "delete it"},
                       {.message = service::not_supported(field.key()), .at = object});
}

void report_other_language(const Reading& reading, Node object, Node field, const Owner& owner) {
  const bool jsonata = reading.is_jsonata();
  const std::string_view here = jsonata ? "JSONata" : "JSONPath";
  const std::string_view there = jsonata ? "JSONPath" : "JSONata";
  std::string help = jsonata ? "write it as an expression in Arguments, Output, Assign or Condition"
                             : "set \"QueryLanguage\": \"JSONata\" for the state, or use the JSONPath fields";
  reading.findings.add({.name = jsonata ? "jsonpath-field-in-jsonata" : "jsonata-field-in-jsonpath",
                        .at = field,
                        .span = field.key_span(),
                        .message = fmt::format("\"{}\" is a {} field, but {} is written in {} here",
                                               quoted(field.key()), there, owner.article, here),
                        .help = std::move(help)},
                       {.message = service::other_language(here, field.key(), there), .at = object});
}

void report_unknown_field(const Reading& reading, Node object, Node field, const Owner& owner,
                          const std::vector<std::string_view>& names) {
  if (contains_placeholder(field.key())) return;
  std::string help = "delete it";
  std::string suggestion;
  if (const auto near = reading.findings.suggest(field.key(), names)) {
    help = fmt::format("did you mean \"{}\"?", *near);
    suggestion = *near;
  }
  reading.findings.add({.name = "unknown-field",
                        .at = field,
                        .span = field.key_span(),
                        .message = fmt::format("{} has no field \"{}\"", owner.article, quoted(field.key())),
                        .help = std::move(help),
                        .suggestion = std::move(suggestion)},
                       {.message = service::not_supported(field.key()), .at = object});
}

void report_both(const Reading& reading, std::string_view rule, Node object, Node first, Node second,
                 std::string_view fields) {
  reading.findings.add(
      {.name = rule,
       .at = second,
       .span = second.key_span(),
       .message = fmt::format("\"{}\" and \"{}\" exclude each other", quoted(first.key()), quoted(second.key())),
       .help = "delete one of the two"},
      {.message = service::too_many_of(fields), .at = object});
}

}  // namespace stepglass::loading
