#include "analysis/rules/framework/report.h"

#include <fmt/format.h>

#include "engine/support/text.h"

namespace stepglass::analysis {

Finding& Report::add(Span span, std::string message) {
  return add(rule_->severity, span, std::move(message));
}

Finding& Report::add(Severity severity, Span span, std::string message) {
  if (++count_ > kMaxOfOneRule) {
    dropped_ = Finding();
    return dropped_;
  }
  findings_.push_back({.code = rule_->code,
                       .name = rule_->name,
                       .severity = severity,
                       .message = std::move(message),
                       .span = span,
                       .aws_code = rule_->aws_code});
  return findings_.back();
}

void Report::begin(const Rule& rule) {
  rule_ = &rule;
  count_ = 0;
}

void Report::end() {
  if (count_ > kMaxOfOneRule) {
    findings_.back().message += fmt::format(" (and {} more like this)", count_ - kMaxOfOneRule);
  }
}

std::vector<std::string> names_of(const std::vector<const State*>& states) {
  std::vector<std::string> names;
  names.reserve(states.size());
  for (const State* state : states) names.push_back(display_word(state->name));
  return names;
}

std::string arrows(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 8;
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names.size() > kShown && i == kShown / 2) {
      text += " → …";
      i = names.size() - kShown / 2 - 1;
      continue;
    }
    if (i > 0) text += " → ";
    text += names[i];
  }
  return text;
}

}  // namespace stepglass::analysis
