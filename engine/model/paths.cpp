// Paths in fields: InputPath, ResultPath, SecondsPath and their like.

#include <fmt/format.h>

#include "engine/model/placeholder.h"
#include "engine/model/service_words.h"
#include "engine/model/syntax.h"
#include "engine/model/values.h"

namespace stepglass::loading {
namespace {

void report_path(const Reading& reading, Node node, std::string_view rule, std::string reason, std::string help,
                 std::string_view sentence) {
  const std::string name = node.key().empty() ? "the path" : fmt::format("\"{}\"", quoted(node.key()));
  reading.findings.add({.name = rule,
                        .at = node,
                        .span = node.span(),
                        .message = fmt::format("{} is \"{}\": {}", name, quoted(node.text()), reason),
                        .help = std::move(help)},
                       {.message = std::string(sentence), .at = node});
}

constexpr std::string_view kPathHelp = "write a path such as \"$.order.id\"";

std::string_view sentence_for(PathUse use, std::string_view text) {
  if (use == PathUse::Any) return service::kPath;
  return text.starts_with('$') ? service::kReferencePath : service::kReferencePathStart;
}

}  // namespace

std::optional<path::Query> read_path(const Reading& reading, Node node, PathUse use, std::string_view rule) {
  const auto text = read_string(reading, node, rule);
  if (!text) return std::nullopt;
  auto query = path::Query::parse(*text);
  if (!query) {
    if (contains_placeholder(*text)) return std::nullopt;
    if (looks_like_call(*text)) {
      report_path(reading, node, rule, "a call cannot stand here",
                  "compute it in a Pass state before, and name the place of its result", sentence_for(use, *text));
    } else {
      report_path(reading, node, rule, query.error().message, std::string(kPathHelp), sentence_for(use, *text));
    }
    return std::nullopt;
  }
  if (use == PathUse::Reference && query->root() == path::Query::Root::Context) {
    report_path(reading, node, rule, "the context object cannot be read here",
                "copy the value into the input or a variable before, and name that", service::kReferencePath);
    return std::nullopt;
  }
  if ((use == PathUse::Reference || use == PathUse::Items) && !query->is_definite()) {
    report_path(reading, node, rule, "it can select several values", "name exactly one place", service::kReferencePath);
    return std::nullopt;
  }
  check_query(reading, node, *query);
  return std::move(*query);
}

DataPath read_data_path(const Reading& reading, Node node) {
  DataPath result;
  if (is_missing(node)) return result;
  if (node.is_null()) {
    result.discards = true;
    return result;
  }
  const auto text = read_string(reading, node, "invalid-path");
  if (!text || *text == "$") return result;
  if (looks_like_call(*text)) {
    auto call = intrinsic::Call::parse(*text);
    if (call) {
      check_call(reading, node, *call);
      result.call = std::move(*call);
    } else if (!contains_placeholder(*text)) {
      report_path(reading, node, rule_of(*text, call.error()), call.error().message, "", service::kPath);
    }
    return result;
  }
  result.query = read_path(reading, node, PathUse::Any, "invalid-path");
  return result;
}

ResultPath read_result_path(const Reading& reading, Node node, std::string_view rule) {
  ResultPath result;
  if (is_missing(node)) return result;
  if (node.is_null()) {
    result.discards = true;
    return result;
  }
  const auto text = read_string(reading, node, rule);
  if (!text) return result;
  auto place = path::ReferencePath::parse(*text);
  if (place) {
    if (!place->is_root()) result.place = std::move(*place);
  } else if (!contains_placeholder(*text)) {
    report_path(reading, node, rule, place.error().message, "name exactly one place, such as \"$.order.payment\"",
                sentence_for(PathUse::Reference, *text));
  }
  return result;
}

TextField read_text_path(const Reading& reading, Node node) {
  static constexpr std::string_view kStringFunctions[] = {
      "States.ArrayGetItem", "States.Base64Decode", "States.Base64Encode", "States.Format",
      "States.Hash",         "States.JsonToString", "States.UUID"};
  const auto text = read_string(reading, node, "fail-path-not-string");
  if (!text) return {};
  if (!looks_like_call(*text)) {
    if (auto query = read_path(reading, node, PathUse::Variable, "fail-path-not-string")) return std::move(*query);
    return {};
  }
  auto call = intrinsic::Call::parse(*text);
  if (!call) {
    if (!contains_placeholder(*text)) {
      report_path(reading, node, rule_of(*text, call.error()), call.error().message, "", service::kPath);
    }
    return {};
  }
  check_call(reading, node, *call);
  for (const std::string_view function : kStringFunctions) {
    if (call->function() == function) return std::move(*call);
  }
  report_path(reading, node, "fail-path-not-string", fmt::format("{} gives no string", call->function()),
              "wrap it in States.JsonToString(…) or States.Format('{}', …)", service::kPath);
  return {};
}

}  // namespace stepglass::loading
