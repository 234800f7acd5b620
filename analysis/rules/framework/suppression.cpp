#include "analysis/rules/framework/suppression.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "analysis/rules/framework/registry.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

constexpr std::string_view kWord = "stepglass:ignore";
/// Of the rules that one directive names.
constexpr std::size_t kMaxListBytes = 1000;

enum class Reach : std::uint8_t { Object, Tree, File };

/// A state or a machine, branch or processor, with its Comment.
struct Region {
  std::uint32_t begin;
  std::uint32_t end;
  Node object;
};

struct Directive {
  Reach reach;
  std::size_t region;
  Span span;
  std::string rule;
  std::string reason;
  bool used = false;
};

/// Reads the directives in the Comment `node` of the region with that number.
void read(Node node, std::size_t region, std::vector<Directive>& directives, std::vector<Span>& misspelt) {
  std::string_view text = node.text();
  for (std::size_t at = text.find(kWord); at != std::string_view::npos; at = text.find(kWord)) {
    text.remove_prefix(at + kWord.size());
    Reach reach = Reach::Object;
    for (const auto& [suffix, value] : {std::pair("-file", Reach::File), std::pair("-tree", Reach::Tree)}) {
      if (!text.starts_with(suffix)) continue;
      text.remove_prefix(5);
      reach = value;
      break;
    }
    const std::size_t close = text.starts_with('[') ? text.substr(0, kMaxListBytes).find(']') : std::string_view::npos;
    if (close == std::string_view::npos) {
      // "stepglass:ignored" is a word of somebody's sentence.
      const bool is_directive = text.empty() || text[0] == '[' || text[0] == ' ' || text[0] == ':';
      if (is_directive && misspelt.size() < kMaxDirectives) misspelt.push_back(node.span());
      continue;
    }
    std::string_view list = text.substr(1, close - 1);
    text.remove_prefix(close + 1);
    const std::string reason(trimmed(text.substr(0, text.find(kWord))));
    while (!list.empty()) {
      const std::size_t comma = std::min(list.find(','), list.size());
      const std::string_view rule = trimmed(list.substr(0, comma));
      list.remove_prefix(std::min(comma + 1, list.size()));
      if (rule.empty()) continue;
      if (directives.size() >= kMaxDirectives) return;
      directives.push_back({reach, region, node.span(), std::string(rule), reason});
    }
  }
}

std::vector<Region> regions_of(const MachineView& view) {
  std::vector<Region> regions;
  const auto add = [&](Node node) {
    const Span key = node.key_span();
    const Span span = node.span();
    regions.push_back({key.begin != key.end ? key.begin : span.begin, span.end, node});
  };
  for (const ScopeView& scope : view.scopes()) {
    add(scope.object);
    for (const Node& node : scope.nodes) add(node);
  }
  sort_stable(regions, [](const Region& a, const Region& b) { return a.begin < b.begin; });
  return regions;
}

/// The innermost region of each finding; npos outside of all.
std::vector<std::size_t> owners(const std::vector<Region>& regions, const std::vector<Finding>& findings) {
  std::vector<std::size_t> result;
  result.reserve(findings.size());
  std::vector<std::size_t> open;
  std::size_t next = 0;
  for (const Finding& finding : findings) {
    const std::uint32_t at = finding.span.begin;
    for (; next < regions.size() && regions[next].begin <= at; ++next) {
      while (!open.empty() && regions[open.back()].end <= regions[next].begin) open.pop_back();
      open.push_back(next);
    }
    while (!open.empty() && regions[open.back()].end <= at) open.pop_back();
    result.push_back(open.empty() ? std::string_view::npos : open.back());
  }
  return result;
}

bool names(const Directive& directive, const Finding& finding) {
  return directive.rule == finding.code || directive.rule == finding.name;
}

}  // namespace

void apply_directives(const MachineView& view, LintResult& result,
                      const std::function<std::optional<Severity>(const Rule&)>& severity) {
  if (view.document().text().find(kWord) == std::string_view::npos) return;
  const std::vector<Region> regions = regions_of(view);
  std::vector<Directive> directives;
  std::vector<Span> misspelt;  // where one stands that is none, for how it is written
  for (std::size_t i = 0; i < regions.size(); ++i) {
    if (const auto comment = member(regions[i].object, "Comment", Node::Kind::String)) read(*comment, i, directives, misspelt);
  }
  if (directives.empty() && misspelt.empty()) return;

  const std::vector<std::size_t> owner = owners(regions, result.findings);
  std::vector<Finding> kept;
  for (std::size_t i = 0; i < result.findings.size(); ++i) {
    Finding& finding = result.findings[i];
    Directive* cover = nullptr;
    for (Directive& directive : directives) {
      if (!names(directive, finding)) continue;
      const Region& region = regions[directive.region];
      const bool inside = region.begin <= finding.span.begin && finding.span.begin < region.end;
      const bool covers = directive.reach == Reach::File   ? region.begin == regions[0].begin
                          : directive.reach == Reach::Tree ? inside
                                                           : owner[i] == directive.region;
      if (!covers) continue;
      cover = &directive;
      directive.used = true;
      break;
    }
    if (cover) {
      result.suppressed.push_back({std::move(finding), cover->reason});
    } else {
      kept.push_back(std::move(finding));
    }
  }
  result.findings = std::move(kept);

  const Rule& unused = *find_rule("unused-suppression");
  const auto own = severity(unused);
  if (!own) return;
  for (const Span& span : misspelt) {
    result.findings.push_back({.code = unused.code,
                               .name = unused.name,
                               .severity = *own,
                               .message = "this directive says nothing",
                               .help = "write stepglass:ignore[RULE], -tree[RULE] for what is inside, too, or -file[RULE]",
                               .span = span});
  }
  for (const Directive& directive : directives) {
    if (directive.used) continue;
    const Rule* rule = find_rule(directive.rule);
    if (rule && !severity(*rule)) continue;
    result.findings.push_back(
        {.code = unused.code,
         .name = unused.name,
         .severity = *own,
         .message = rule ? fmt::format("nothing here is \"{}\" that could be ignored", display_word(directive.rule))
                         : fmt::format("no rule is named \"{}\"", display_word(directive.rule)),
         .help = rule ? "delete the directive" : "`stepglass rules` lists the names and codes",
         .span = directive.span});
  }
}

}  // namespace stepglass::analysis
