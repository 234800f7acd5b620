#include "analysis/rules/framework/fixes.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "engine/document/pointer.h"

namespace stepglass::analysis {
namespace {

/// Fields that do nothing where they stand, so that taking them away changes no meaning.
constexpr std::string_view kIdleFields[] = {"terminal-state-has-transition", "choice-has-transition"};
/// Fields that somebody wanted to do something.
constexpr std::string_view kMisplacedFields[] = {"field-not-allowed-for-type"};

constexpr std::size_t kLeastLetters = 3;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Letters, digits and the like, which are written alike in JSON, YAML and strings of either.
bool is_plain(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// The inside of `span`, without the quotes that stand there: ", ' or \".
std::optional<Span> inside_quotes(std::string_view text, Span span) {
  for (const std::string_view quote : {"\\\"", "\"", "'"}) {
    const std::string_view whole = text.substr(span.begin, span.end - span.begin);
    if (whole.size() < 2 * quote.size() || !whole.starts_with(quote) || !whole.ends_with(quote)) continue;
    span.begin += static_cast<std::uint32_t>(quote.size());
    span.end -= static_cast<std::uint32_t>(quote.size());
    break;
  }
  // Escapes and line breaks would need more care than a typing mistake is worth.
  if (!is_plain(text.substr(span.begin, span.end - span.begin))) return std::nullopt;
  return span;
}

/// What has to go for the member `node` to go: with the comma behind it, or the one before it. For JSON only.
std::optional<Span> member_span(std::string_view text, const Node& node) {
  std::size_t begin = node.key_span().begin, end = node.span().end;
  if (begin >= text.size() || text[begin] != '"' || end > text.size()) return std::nullopt;
  std::size_t next = end;
  while (next < text.size() && is_blank(text[next])) ++next;
  if (next >= text.size()) return std::nullopt;
  if (text[next] == ',') {
    for (++next; next < text.size() && is_blank(text[next]);) ++next;
    return Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(next)};
  }
  if (text[next] != '}') return std::nullopt;
  while (begin > 0 && is_blank(text[begin - 1])) --begin;
  if (begin == 0) return std::nullopt;
  if (text[begin - 1] == ',') {
    --begin;
  } else if (text[begin - 1] == '{') {
    end = next;
  } else {
    return std::nullopt;
  }
  return Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// "End" beside "Next": what was meant is not known, but "Next" is more to write by mistake.
void add_end_deletion(const Document& document, Finding& finding) {
  auto node = find_node(document, finding.pointer);
  if (node && node->is_object()) node = node->find("End");
  if (!node || node->key() != "End") return;
  const auto span = member_span(document.text(), *node);
  if (!span) return;
  const bool says_nothing = node->kind() == Node::Kind::Boolean && !node->boolean();
  finding.fixes.push_back({.title = "delete \"End\"", .span = *span, .replacement = "", .safe = says_nothing});
}

/// The last state of a scope most likely ends it. For JSON only.
void add_end(const Document& document, Finding& finding) {
  const std::string_view text = document.text();
  const auto state = find_node(document, finding.pointer);
  if (!state || !state->is_object() || state->next_sibling() || state->find("End")) return;
  std::optional<Node> last;
  for (auto child = state->first_child(); child; child = child->next_sibling()) last = child;
  if (!last || !member_span(text, *last)) return;
  // On a line of its own where the last member has one.
  const std::uint32_t key = last->key_span().begin, end = last->span().end;
  std::uint32_t before = key;
  while (before > 0 && is_blank(text[before - 1])) --before;
  const std::string_view blanks = text.substr(before, key - before);
  finding.fixes.push_back(
      {.title = "add \"End\": true",
       .span = Span{end, end},
       .replacement = fmt::format(",{}\"End\": true", blanks.find('\n') == std::string_view::npos ? " " : blanks),
       .safe = false});
}

}  // namespace

void add_fixes(const Document& document, std::string_view suggestion, Finding& finding) {
  const std::string_view text = document.text();
  if (finding.span.end > text.size()) return;
  if (is_plain(suggestion)) {
    const auto span = inside_quotes(text, finding.span);
    if (!span) return;
    const std::string_view written = text.substr(span->begin, span->end - span->begin);
    const bool same = finding.name == "deprecated-map-field" || equal_but_for_case(written, suggestion);
    // The names of a few letters are all near each other.
    if (!same && written.size() < kLeastLetters) return;
    // The right key may stand there already, or another one that would become it: with two of them the definition would
    // mean something else.
    const auto node = find_node(document, finding.pointer);
    const bool is_key = node && node->key_span().begin <= finding.span.begin && finding.span.end <= node->key_span().end;
    const auto parent = is_key ? node->parent() : std::nullopt;
    for (auto other = parent ? parent->first_child() : std::nullopt; other; other = other->next_sibling()) {
      if (*other != *node && equal_but_for_case(other->key(), suggestion)) return;
    }
    finding.fixes.push_back({.title = fmt::format("write \"{}\"", suggestion),
                             .span = *span,
                             .replacement = std::string(suggestion),
                             .safe = same});
    return;
  }
  if (finding.name == "next-and-end") return add_end_deletion(document, finding);
  if (finding.name == "missing-transition") return add_end(document, finding);
  const bool idle = is_one_of(finding.name, kIdleFields);
  if (!idle && !is_one_of(finding.name, kMisplacedFields)) return;
  const auto node = find_node(document, finding.pointer);
  const auto span = node ? member_span(text, *node) : std::nullopt;
  if (!span) return;
  finding.fixes.push_back(
      {.title = fmt::format("delete \"{}\"", node->key()), .span = *span, .replacement = "", .safe = idle});
}

}  // namespace stepglass::analysis
