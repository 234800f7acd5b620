#include "analysis/report/excerpt.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

/// Columns of a source line that are shown at least and at most; of longer ones the part around the place.
constexpr std::size_t kLeastSourceColumns = 40, kMaxSourceColumns = 100;

/// A piece of a line as it is printed: tabs become spaces, controls visible.
std::string printable(std::string_view text) {
  std::string spaced;
  for (const char c : text) {
    if (c == '\t') {
      spaced += "  ";
    } else {
      spaced += c;
    }
  }
  return display(spaced);
}

}  // namespace

std::size_t append_excerpt(std::string& out, Span span, const Document& document, std::string_view filename,
                           std::string_view note, const Style& style, Tone tone) {
  return append_excerpt(out, span, document.text(), document.position(span.begin), filename, note, style, tone);
}

std::size_t append_excerpt(std::string& out, Span span, std::string_view text, Position start,
                           std::string_view filename, std::string_view note, const Style& style, Tone tone) {
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, text.size());
  const std::string number = fmt::format("{}", start.line);
  const std::string gutter(number.size(), ' ');
  const auto faint = [&](std::string_view s) { return paint(style, Tone::Faint, s); };
  const std::string_view bar = style.ascii ? "|" : "│";
  out += fmt::format("{} {} {}:{}:{}{}{}\n", gutter, faint(style.ascii ? "-->" : "┌─"), filename, start.line,
                     start.column, note.empty() ? "" : "  ", faint(note));

  // Beside the number, the bar and two ellipses.
  const std::size_t taken = gutter.size() + 5;
  const std::size_t most =
      std::clamp(style.width - std::min(style.width, taken), kLeastSourceColumns, kMaxSourceColumns);
  // A definition can be one line, so the ends of the line are looked for only as far as something is shown.
  constexpr std::size_t kWindow = 8 * kMaxSourceColumns;
  const std::size_t window_begin = begin - std::min(begin, kWindow);
  const std::size_t before = text.substr(window_begin, begin - window_begin).rfind('\n');
  const std::size_t line_begin = before == std::string_view::npos ? window_begin : window_begin + before + 1;
  const std::size_t behind = text.substr(begin, kWindow).find('\n');
  std::size_t line_end = behind == std::string_view::npos ? std::min(text.size(), begin + kWindow) : begin + behind;
  if (line_end > line_begin && text[line_end - 1] == '\r') --line_end;
  if (begin <= line_end) {
    // Of a long line, such as a whole definition without line breaks, only the surroundings.
    const std::size_t mark_end = std::max(begin, std::min(end, line_end));
    std::size_t from = line_begin;
    if (begin - line_begin > most / 2) from = begin - most / 2;
    std::size_t to = std::min(line_end, from + most);
    const auto continues = [&](std::size_t at) {
      return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    };
    while (from > line_begin && continues(from)) --from;
    while (to < line_end && continues(to)) ++to;
    std::string left = printable(text.substr(from, begin - from));
    const std::string marked = printable(text.substr(begin, std::min(mark_end, to) - std::min(begin, to)));
    const std::string right = to > mark_end ? printable(text.substr(mark_end, to - mark_end)) : std::string();
    if (from > line_begin) left.insert(0, style.ellipsis());
    out += fmt::format("{} {} {}{}{}{}\n", faint(number), faint(bar), left, marked, right,
                       to < line_end ? style.ellipsis() : "");
    out += fmt::format("{} {} {}{}\n", gutter, faint(bar), std::string(columns(left), ' '),
                       paint(style, tone, std::string(std::max<std::size_t>(columns(marked), 1), '^')));
  }
  return gutter.size();
}

std::string excerpt_text(const Diagnostic& diagnostic, const Document& document, std::string_view filename,
                         const Style& style) {
  const Tone tone = diagnostic.severity == Severity::Error     ? Tone::Bad
                    : diagnostic.severity == Severity::Warning ? Tone::Warning
                                                               : Tone::Accent;
  const std::string_view severity = diagnostic.severity == Severity::Error     ? "error"
                                    : diagnostic.severity == Severity::Warning ? "warning"
                                                                               : "info";
  std::string out = paint(style, tone, severity);
  out += paint(style, Tone::Strong, fmt::format(": {}", display(diagnostic.message)));
  out += '\n';

  const std::size_t gutter = append_excerpt(out, diagnostic.span, document, display(filename), {}, style, tone);
  if (!diagnostic.help.empty()) {
    out += fmt::format("{} {} help: {}\n", std::string(gutter, ' '), paint(style, Tone::Faint, "="),
                       display(diagnostic.help));
  }
  return out;
}

}  // namespace stepglass::analysis
