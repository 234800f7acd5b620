#include "analysis/report/rule_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/report/finding_formats.h"
#include "analysis/rules/framework/registry.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// An example, each of its lines behind `indent`; what is no plain text is made visible.
std::string example(std::string_view text, std::string_view indent) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += indent;
    out += display(text.substr(0, end));
    out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string_view family(char digit) {
  switch (digit) {
    case '1':
      return "Structure";
    case '2':
      return "Flow";
    case '3':
      return "Data";
    case '4':
      return "Errors and retries";
    default:
      return "Cost and limits";
  }
}

}  // namespace

std::vector<const Rule*> rules_by_code() {
  std::vector<const Rule*> rules;
  for (const Rule* rule : all_rules()) rules.push_back(rule);
  sort_stable(rules, [](const Rule* a, const Rule* b) { return a->code < b->code; });
  return rules;
}

std::string explain_rule(const Rule& rule, const Style& style) {
  const Tone tone = rule.severity == Severity::Error     ? Tone::Bad
                    : rule.severity == Severity::Warning ? Tone::Warning
                                                         : Tone::Accent;
  std::string out =
      fmt::format("{} {}: {}\n\n", paint(style, tone, rule.code), paint(style, Tone::Strong, rule.name), rule.summary);
  for (const std::string& line : wrapped(rule.why, std::max<std::size_t>(style.width, 20))) out += line + '\n';
  out += fmt::format("\nseverity  {}{}\n", severity_name(rule.severity),
                     rule.severity == Severity::Info ? " (off until selected)" : "");
  out += fmt::format("source    {}\n", rule.source);
  if (!rule.aws_code.empty()) out += fmt::format("service   {}\n", rule.aws_code);
  const std::string_view type = rule.type == ExampleType::Express ? " (Express)" : "";
  if (!rule.bad.empty()) out += fmt::format("\nfound in{}:\n\n{}", type, example(rule.bad, "  "));
  out += fmt::format("\nnot found in:\n\n{}", example(rule.good, "  "));
  return out;
}

std::string list_rules(const Style& style) {
  std::size_t width = 0;
  for (const Rule* rule : all_rules()) width = std::max(width, rule->name.size());
  std::string out;
  for (const Rule* rule : rules_by_code()) {
    const Tone tone = rule->severity == Severity::Error     ? Tone::Bad
                      : rule->severity == Severity::Warning ? Tone::Warning
                                                            : Tone::Accent;
    out += fmt::format("{}  {}  {}  {}\n", rule->code,
                       paint(style, tone, padded(std::string(severity_name(rule->severity)), 7)),
                       padded(std::string(rule->name), width), rule->summary);
  }
  return out;
}

std::string rules_markdown() {
  std::string out =
      "# Rules\n"
      "\n"
      "What `stepglass lint` finds. Made by `stepglass rules --markdown`; the texts stand in the files of this "
      "folder.\n"
      "*Error*: the service refuses it, or an execution is bound to fail. *Warning*: very likely a mistake. *Info*: "
      "worth\n"
      "knowing; off until selected.\n";
  const std::vector<const Rule*> rules = rules_by_code();
  char last = '0';
  for (const Rule* rule : rules) {
    if (rule->code[3] != last) {
      last = rule->code[3];
      out += fmt::format("\n## {}\n\n| Code | Name | Severity | What it finds |\n|---|---|---|---|\n", family(last));
    }
    out += fmt::format("| {} | [{}](#{}) | {} | {} |\n", rule->code, rule->name, rule->name,
                       severity_name(rule->severity), rule->summary);
  }
  for (const Rule* rule : rules) {
    out += fmt::format("\n### {}\n\n{}, {}. {} {}\n", rule->name, rule->code, severity_name(rule->severity),
                       rule->summary, rule->why);
    const std::string_view fence = rule->bad.empty() || rule->good.starts_with('{') ? "json" : "yaml";
    if (!rule->bad.empty()) {
      out += fmt::format("\nFound in{}:\n\n```{}\n{}```\n", rule->type == ExampleType::Express ? " (Express)" : "",
                         fence, example(rule->bad, ""));
    }
    out += fmt::format("\nNot found in:\n\n```{}\n{}```\n", fence, example(rule->good, ""));
    out += fmt::format("\nSource: {}.{}\n", rule->source,
                       rule->aws_code.empty() ? "" : fmt::format(" The service says `{}`.", rule->aws_code));
  }
  return out;
}

std::string rules_json() {
  std::string out = "[";
  for (const Rule* rule : rules_by_code()) {
    if (out.size() > 1) out += ',';
    out += '\n';
    append_rule(out, *rule);
  }
  return out + "]\n";
}

void append_rule(std::string& out, const Rule& rule) {
  out += "{\"code\":";
  append_json_string(out, rule.code);
  append_json_member(out, "name", rule.name);
  append_json_member(out, "severity", severity_name(rule.severity));
  append_json_member(out, "summary", rule.summary);
  append_json_member(out, "why", rule.why);
  // Of the example with bytes that are no UTF-8 there is no JSON text: it is shown as in a terminal.
  append_json_member(out, "bad", find_invalid_utf8(rule.bad) ? display(rule.bad) : std::string(rule.bad));
  append_json_member(out, "good", rule.good);
  append_json_member(out, "source", rule.source);
  append_json_member(out, "aws_code", rule.aws_code);
  out += '}';
}

}  // namespace stepglass::analysis
