#include "engine/document/diagnostic_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::detail {
namespace {

constexpr std::size_t kExcerptBytes = 60;

}  // namespace

void DiagnosticList::move_to(Diagnostics& all) {
  if (found_ > kept_.size() && !kept_.empty()) {
    std::string& help = kept_.back().help;
    if (!help.empty()) help += "; ";
    help += fmt::format("{} more like this are not listed", found_ - kept_.size());
  }
  for (Diagnostic& diagnostic : kept_) all.push_back(std::move(diagnostic));
  kept_.clear();
}

std::string excerpt(std::string_view text) {
  if (text.size() <= kExcerptBytes) return display(text);
  std::size_t end = kExcerptBytes;
  while (end > kExcerptBytes - 4 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return display(text.substr(0, end)) + "…";
}

void sort_diagnostics(Diagnostics& diagnostics) {
  sort_stable(diagnostics, [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.span.begin, a.span.end, a.name) < std::tie(b.span.begin, b.span.end, b.name);
  });
}

}  // namespace stepglass::detail
