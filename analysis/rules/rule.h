#pragma once
// A lint rule: its documentation, its examples, and its check. One file of this folder defines one rule, under the
// file's name; the registry follows from the folder. Rules without a check are found by the engine while a definition
// is read and loaded. Files with a check include check.h.

#include <string_view>

#include "engine/document/diagnostic.h"

namespace stepglass::analysis {

struct ScopeView;
class Report;

/// For which type of machine the examples of a rule are.
enum class ExampleType : std::uint8_t { Standard, Express };

struct Rule {
  /// "ASL203"; never used for another rule. 1xx structure, 2xx flow, 3xx data, 4xx errors and retries, 5xx cost and
  /// limits.
  std::string_view code;
  /// The pattern that is found, in kebab-case.
  std::string_view name;
  /// Error: the service refuses it, or an execution is bound to fail. Warning: very likely a mistake. Info: worth
  /// knowing, off until asked for.
  Severity severity = Severity::Error;
  std::string_view summary;
  std::string_view why;
  /// A definition in which the rule is found once; empty when none is short enough to be read.
  std::string_view bad = {};
  /// A definition in which it is not found.
  std::string_view good = {};
  /// Where it comes from.
  std::string_view source = {};
  /// The service's own code for it; empty when the service says nothing.
  std::string_view aws_code = {};
  ExampleType type = ExampleType::Standard;
  /// Called once for each scope: the machine itself, each branch, each processor. Null: found while loading.
  void (*check)(const ScopeView& scope, Report& report) = nullptr;
};

}  // namespace stepglass::analysis
