#include "analysis/rules/framework/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "analysis/rules/framework/fixes.h"
#include "analysis/rules/framework/machine_view.h"
#include "analysis/rules/framework/registry.h"
#include "analysis/rules/framework/suppression.h"
#include "engine/support/limits.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

// Bytes of all pointers together: a hostile definition can make each as long as itself.
constexpr std::size_t kMaxAllPointerBytes = 32u << 20;

bool covers(std::string_view selector, std::string_view code, std::string_view name) {
  if (selector == "all" || selector == name || selector == code) return true;
  return selector.starts_with("ASL") && code.starts_with(selector);
}

bool covers(std::string_view selector, const Rule& rule) {
  return covers(selector, rule.code, rule.name);
}

bool any_covers(const std::vector<std::string>& selectors, const Rule& rule) {
  return covers_any(selectors, rule.code, rule.name);
}

/// What options say of one rule.
struct Setting {
  bool on = true;
  std::optional<Severity> severity;
};

Setting setting_of(const Rule& rule, const LintOptions& options) {
  Setting setting;
  for (const auto& [selector, severity] : options.severities) {
    if (covers(selector, rule)) setting.severity = severity;
  }
  setting.on = options.select.empty() ? setting.severity.value_or(rule.severity) != Severity::Info
                                      : any_covers(options.select, rule);
  setting.on = setting.on && !any_covers(options.ignore, rule);
  return setting;
}

/// What options say of all rules.
struct Settings {
  std::vector<Setting> all;        // as all_rules()
  std::vector<const Rule*> check;  // those that are on and look at the machine
};

/// Made once for all definitions that are linted with the same options: the rules are spread over more memory than the
/// caches hold while a definition is looked at. Lives until the thread asks with other options.
const Settings& settings_of(const LintOptions& options) {
  struct Last {
    bool made = false;
    std::vector<std::string> select, ignore;
    std::vector<std::pair<std::string, Severity>> severities;
    Settings settings;
  };
  thread_local Last last;
  if (last.made && last.select == options.select && last.ignore == options.ignore &&
      last.severities == options.severities) {
    return last.settings;
  }
  last = {true, options.select, options.ignore, options.severities, {}};
  for (const Rule* rule : all_rules()) {
    last.settings.all.push_back(setting_of(*rule, options));
    if (rule->check && last.settings.all.back().on) last.settings.check.push_back(rule);
  }
  return last.settings;
}

/// Finds the JSON pointers of findings, which are sorted by place, in one walk over the document.
class PointerFinder {
 public:
  explicit PointerFinder(std::vector<Finding*> findings) : findings_(std::move(findings)) {}

  // Recursion follows the nesting of the document, which reading bounds by kMaxDepth.
  void walk(Node node) {
    for (auto child = node.first_child(); child && next_ < findings_.size(); child = child->next_sibling()) {
      const Span span = child->span();
      const Span key = child->key_span();
      const std::uint32_t begin = key.begin != key.end ? key.begin : span.begin;
      while (has_before(begin)) assign();
      if (!has_before(std::max(span.end, begin + 1))) continue;
      const std::size_t length = pointer_.size();
      append_pointer_step(pointer_, node.is_array() ? fmt::format("{}", child->index()) : child->key());
      walk(*child);
      while (has_before(std::max(span.end, begin + 1))) assign();
      pointer_.resize(length);
    }
  }

 private:
  bool has_before(std::uint32_t offset) const {
    return next_ < findings_.size() && findings_[next_]->span.begin < offset;
  }
  void assign() {
    Finding& finding = *findings_[next_++];
    if (pointer_.size() > left_) return;
    left_ -= pointer_.size();
    finding.pointer = pointer_;
  }

  std::vector<Finding*> findings_;
  std::size_t next_ = 0;
  std::string pointer_;
  std::size_t left_ = kMaxAllPointerBytes;
};

void sort_by_place(std::vector<Finding>& findings) {
  sort_stable(findings, [](const Finding& a, const Finding& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.code < b.code;
  });
}

Finding from_diagnostic(Diagnostic diagnostic, const Rule* rule) {
  Finding finding;
  if (rule) {
    finding.code = rule->code;
    finding.name = rule->name;
    finding.aws_code = diagnostic.severity == Severity::Error || rule->severity != Severity::Error ? rule->aws_code
                                                                                                   : std::string_view();
  }
  finding.severity = diagnostic.severity;
  finding.message = std::move(diagnostic.message);
  finding.help = std::move(diagnostic.help);
  finding.span = diagnostic.span;
  finding.pointer = std::move(diagnostic.pointer);
  return finding;
}

void check_size(const Document& document, Diagnostics& diagnostics) {
  // The text may hold more than the definition.
  const Span span = document.root() ? document.root()->span() : Span{};
  const std::size_t bytes = document.root() ? span.end - span.begin : document.text().size();
  if (bytes <= kMaxDefinitionBytes) return;
  Diagnostic diagnostic;
  diagnostic.name = "definition-too-large";
  diagnostic.message =
      fmt::format("the definition has {} bytes; the service takes at most {}", bytes, kMaxDefinitionBytes);
  diagnostic.help = "split it: start another state machine with states:startExecution";
  diagnostics.push_back(std::move(diagnostic));
}

/// Says where in the definition each of `findings`, which are sorted by place, stands.
void add_pointers(const Document& document, std::span<Finding> findings) {
  std::vector<Finding*> pointless;
  for (Finding& finding : findings) pointless.push_back(&finding);
  if (const auto root = document.root()) PointerFinder(std::move(pointless)).walk(*root);
}

}  // namespace

bool covers_any(const std::vector<std::string>& selectors, std::string_view code, std::string_view name) {
  return std::any_of(selectors.begin(), selectors.end(), [&](const std::string& s) { return covers(s, code, name); });
}

std::optional<std::string_view> unknown_selector(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const auto rules = all_rules();
    if (std::none_of(rules.begin(), rules.end(), [&](const Rule* rule) { return covers(word, *rule); })) return word;
  }
  return std::nullopt;
}

std::vector<Finding> findings_of(const Diagnostics& diagnostics, const LintOptions& options) {
  std::vector<Finding> findings;
  for (const Diagnostic& diagnostic : diagnostics) {
    const Rule* rule = find_rule(diagnostic.name);
    const Setting setting = rule ? setting_of(*rule, options) : Setting();
    if (!setting.on) continue;
    findings.push_back(from_diagnostic(diagnostic, rule));
    if (setting.severity) findings.back().severity = *setting.severity;
  }
  return findings;
}

std::vector<Finding> findings_around(const Diagnostics& diagnostics, const LintOptions& options) {
  Diagnostics errors;
  std::copy_if(diagnostics.begin(), diagnostics.end(), std::back_inserter(errors),
               [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::Error; });
  return findings_of(errors, options);
}

bool is_on(std::string_view code, const LintOptions& options) {
  const Rule* rule = find_rule(code);
  return rule && setting_of(*rule, options).on;
}

LintResult lint(const Document& document, const LintOptions& options) {
  LoadedMachine loaded = load_state_machine(document, options.type);
  check_size(document, loaded.diagnostics);

  Report report;
  std::optional<MachineView> view;
  if (loaded.machine) view.emplace(document, *loaded.machine);
  const Settings& settings = settings_of(options);
  if (view) {
    for (const Rule* rule : settings.check) {
      report.begin(*rule);
      for (const ScopeView& scope : view->scopes()) rule->check(scope, report);
      report.end();
    }
  }
  const auto setting = [&](std::string_view name) -> const Setting* {
    const auto rules = all_rules();
    const auto at = std::lower_bound(rules.begin(), rules.end(), name,
                                     [](const Rule* rule, std::string_view n) { return rule->name < n; });
    return at != rules.end() && (*at)->name == name ? &settings.all[at - rules.begin()] : nullptr;
  };

  LintResult result;
  for (Diagnostic& diagnostic : loaded.diagnostics) {
    const Setting* of_rule = setting(diagnostic.name);
    if (of_rule && !of_rule->on) continue;
    const Rule* rule = of_rule ? all_rules()[of_rule - settings.all.data()] : nullptr;
    if (!rule && diagnostic.severity == Severity::Info) continue;
    const std::string suggestion = std::move(diagnostic.suggestion);
    result.findings.push_back(from_diagnostic(std::move(diagnostic), rule));
    add_fixes(document, suggestion, result.findings.back());
    // A warning that is milder than its rule, or of a rule that is off, stays so.
    if (of_rule && of_rule->severity) result.findings.back().severity = *of_rule->severity;
  }
  std::vector<Finding> own = report.take();
  sort_by_place(own);
  add_pointers(document, own);
  for (Finding& finding : own) {
    if (const Setting* of_rule = setting(finding.name); of_rule && of_rule->severity) {
      finding.severity = *of_rule->severity;
    } else if (options.select.empty() && finding.severity == Severity::Info) {
      continue;
    }
    result.findings.push_back(std::move(finding));
  }
  sort_by_place(result.findings);
  if (view && !options.no_inline) {
    const std::size_t before = result.findings.size();
    apply_directives(*view, result, [&](const Rule& rule) -> std::optional<Severity> {
      const Setting& of_rule = *setting(rule.name);
      if (!of_rule.on) return std::nullopt;
      return of_rule.severity.value_or(rule.severity);
    });
    const auto added = result.findings.begin() + static_cast<std::ptrdiff_t>(before - result.suppressed.size());
    std::vector<Finding> unused(std::make_move_iterator(added), std::make_move_iterator(result.findings.end()));
    result.findings.erase(added, result.findings.end());
    sort_by_place(unused);
    add_pointers(document, unused);
    std::move(unused.begin(), unused.end(), std::back_inserter(result.findings));
    sort_by_place(result.findings);
  }
  return result;
}

}  // namespace stepglass::analysis
