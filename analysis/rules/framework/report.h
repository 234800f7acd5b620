#pragma once
// Where rules put what they find.

#include <string>
#include <string_view>
#include <vector>

#include "analysis/rules/rule.h"
#include "engine/model/state.h"
#include "engine/support/span.h"

namespace stepglass::analysis {

/// Another place that explains a finding.
struct Related {
  Span span;
  std::string message;
};

/// A change of the text that mends it.
struct Fix {
  std::string title;
  Span span;
  std::string replacement;
  /// Keeps what the definition means; else it has to be looked at.
  bool safe = false;
};

struct Finding {
  std::string_view code;
  std::string_view name;
  Severity severity = Severity::Error;
  std::string message;
  /// What to do about it; may be empty.
  std::string help = {};
  Span span = {};
  /// JSON pointer of the place inside the definition.
  std::string pointer = {};
  std::vector<Related> related = {};
  /// The states on a way that shows it.
  std::vector<std::string> path = {};
  std::vector<Fix> fixes = {};
  std::string_view aws_code = {};
};

class Report {
 public:
  /// Findings of one rule that are kept; the last one tells how many more there are.
  static constexpr std::size_t kMaxOfOneRule = 200;

  /// Says that the rule under way found something at `span`; the rest of the finding can be filled in.
  Finding& add(Span span, std::string message);
  /// The same, graver or milder than the rule is by default.
  Finding& add(Severity severity, Span span, std::string message);
  /// True when nothing more will be kept, so that a check need not look on.
  bool is_full() const { return count_ > kMaxOfOneRule; }

  void begin(const Rule& rule);
  void end();
  std::vector<Finding> take() { return std::move(findings_); }

 private:
  std::vector<Finding> findings_;
  Finding dropped_;
  const Rule* rule_ = nullptr;
  std::size_t count_ = 0;
};

/// The names of `states`, safe to print.
std::vector<std::string> names_of(const std::vector<const State*>& states);

/// A → B → C; of long ways only the ends.
std::string arrows(const std::vector<std::string>& names);

}  // namespace stepglass::analysis
