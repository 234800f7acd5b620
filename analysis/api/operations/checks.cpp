// What is wrong in a definition, and the rules that say so.

#include <fmt/format.h>

#include <utility>

#include "analysis/api/lint.h"
#include "analysis/api/operations/operation.h"
#include "analysis/api/reply.h"
#include "analysis/api/validate.h"
#include "analysis/report/rule_pages.h"
#include "analysis/rules/framework/registry.h"
#include "engine/support/text.h"
#include "engine/value/json_list.h"

namespace stepglass::analysis {
namespace {

constexpr std::string_view kValidateFields[] = {"definition", "type", "severity", "maxResults"};
constexpr std::string_view kCreateFields[] = {"definition", "type"};

std::optional<Severity> parse_least_severity(std::string_view name) {
  if (name == "ERROR") return Severity::Error;
  if (name == "WARNING") return Severity::Warning;
  return std::nullopt;
}

std::optional<ApiError> validate_operation(Fields& fields, std::string& out) {
  ValidateRequest request;
  request.type = machine_type(fields);
  request.definition_text = fields.definition("definition");
  if (const auto least = fields.word("severity", parse_least_severity, "\"ERROR\" or \"WARNING\"")) {
    request.least = *least;
  }
  if (const auto most = fields.count("maxResults", kMaxDiagnostics)) request.max_results = static_cast<int>(*most);
  fields.check_text("definition");
  if (fields.fault()) return fields.fault();
  const auto response = validate(request);
  if (!response) return response.error();
  append_validation(out, *response);
  return std::nullopt;
}

std::optional<ApiError> create_operation(Fields& fields, std::string& out) {
  const MachineType type = machine_type(fields);
  std::string text = fields.definition("definition");
  fields.check_text("definition");
  if (fields.fault()) return fields.fault();
  if (auto error = create(std::move(text), type)) return error;
  out += "{}";
  return std::nullopt;
}

constexpr std::string_view kLintFields[] = {"text", "filename", "type", "select", "ignore", "format", "width"};

std::optional<ApiError> lint_operation(Fields& fields, std::string& out) {
  auto text = fields.text("text");
  if (!text) fields.refuse("\"text\" is missing");
  const std::string filename = fields.text("filename").value_or("definition.asl.json");
  LintOptions options;
  options.type = machine_type(fields);
  options.select = fields.texts("select");
  options.ignore = fields.texts("ignore");
  for (const auto* words : {&options.select, &options.ignore}) {
    if (const auto unknown = unknown_selector(*words)) {
      fields.refuse(fmt::format("no rule is named \"{}\"", display_word(*unknown)));
    }
  }
  const auto style = text_style(fields);
  if (fields.fault()) return fields.fault();
  CheckedFile file = lint_text(*std::move(text), filename, options);
  if (style) {
    CheckedFiles files;
    files.push_back(std::move(file));
    return append_text(out, format_findings(FindingsFormat::Text, files, *style));
  }
  out += "{\"diagnostics\":[";
  for (std::size_t i = 0; i < file.findings.size(); ++i) {
    if (i > 0) out += ',';
    append_finding(out, file.findings[i]);
    if (out.size() > kMaxReplyBytes) return reply_too_large();
  }
  out += "]}";
  return std::nullopt;
}

constexpr std::string_view kRulesFields[] = {"rule"};

std::optional<ApiError> rules_operation(Fields& fields, std::string& out) {
  const auto name = fields.text("rule");
  if (fields.fault()) return fields.fault();
  out += "{\"rules\":";
  if (name) {
    const Rule* rule = find_rule(*name);
    if (!rule) {
      fields.refuse(fmt::format("no rule is named \"{}\"", display_word(*name)));
      return fields.fault();
    }
    out += '[';
    append_rule(out, *rule);
    out += ']';
  } else {
    append_json_list(out, rules_by_code(), [&](const Rule* rule) { append_rule(out, *rule); });
  }
  out += '}';
  return std::nullopt;
}

constexpr Operation kOperations[] = {
    {"validate", kValidateFields, validate_operation},
    {"create", kCreateFields, create_operation},
    {"lint", kLintFields, lint_operation},
    {"rules", kRulesFields, rules_operation}};

}  // namespace

std::span<const Operation> check_operations() { return kOperations; }

}  // namespace stepglass::analysis
