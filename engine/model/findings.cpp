#include "engine/model/findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/support/limits.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::loading {
namespace {

// Bytes of one pointer or location, and of all pointers together. A hostile definition can make each as long as itself.
constexpr std::size_t kMaxPointerBytes = 1u << 16;
constexpr std::size_t kMaxAllPointerBytes = 32u << 20;

// Names compared for "did you mean" while loading one definition.
constexpr std::size_t kMaxComparisons = 200'000;

// The service gives at most 100 of one kind; one more says that there are more.
constexpr std::size_t kMaxServiceDiagnostics = 101;

/// True for the names that say what is not there: in broken text it may only not have been understood.
bool rests_on_absence(std::string_view name) {
  static constexpr std::string_view kPrefixes[] = {
      "missing-",     "empty-",       "unknown-start-at", "unknown-transition-", "transition-",
      "unreachable-", "no-terminal-", "rule-missing-",    "wait-missing-",       "definition-not-object"};
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

/// The nodes from below the root down to `node`.
std::vector<Node> path_to(Node node) {
  std::vector<Node> path;
  for (std::optional<Node> parent = node.parent(); parent; parent = node.parent()) {
    path.push_back(node);
    node = *parent;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

bool stands_in_array(Node node) {
  return node.parent()->is_array();
}

std::optional<std::string> json_pointer(Node node) {
  std::string pointer;
  for (const Node& step : path_to(node)) {
    if (stands_in_array(step)) {
      append_pointer_step(pointer, std::to_string(step.index()));
    } else if (step.key().size() <= kMaxPointerBytes) {
      append_pointer_step(pointer, step.key());
    } else {
      return std::nullopt;
    }
    if (pointer.size() > kMaxPointerBytes) return std::nullopt;
  }
  return pointer;
}

}  // namespace

Findings::Findings(const Document& document, std::string_view root_location)
    : document_(document),
      root_location_(root_location),
      pointer_bytes_left_(kMaxAllPointerBytes),
      comparisons_left_(kMaxComparisons) {}

void Findings::add(Finding finding) {
  auto count = std::find_if(counts_.begin(), counts_.end(), [&](const Count& c) { return c.name == finding.name; });
  if (count == counts_.end()) count = counts_.insert(counts_.end(), Count{finding.name, 0});
  if (++count->count > kMaxListedOfOneName) return;
  Diagnostic diagnostic{.name = std::string(finding.name),
                        .severity = finding.severity,
                        .message = std::move(finding.message),
                        .help = std::move(finding.help),
                        .span = finding.span,
                        .pointer = {},
                        .suggestion = std::move(finding.suggestion)};
  if (auto pointer = json_pointer(finding.at); pointer && pointer->size() <= pointer_bytes_left_) {
    pointer_bytes_left_ -= pointer->size();
    diagnostic.pointer = std::move(*pointer);
  }
  diagnostics_.push_back(std::move(diagnostic));
}

void Findings::add(Finding finding, ServiceWords words) {
  say(words);
  add(std::move(finding));
}

void Findings::say(const ServiceWords& words) {
  std::vector<ServiceDiagnostic>& list = service_[static_cast<std::size_t>(words.phase)];
  if (list.size() >= kMaxServiceDiagnostics) return;
  list.push_back({.severity = words.phase == Phase::Warning ? Severity::Warning : Severity::Error,
                  .code = std::string(words.code),
                  .message = words.message,
                  .location = words.at ? location(*words.at) : std::nullopt});
}

Diagnostics Findings::take_diagnostics() {
  const Diagnostics& of_text = document_.diagnostics();
  const bool broken = std::any_of(of_text.begin(), of_text.end(), [](const Diagnostic& d) {
    return d.name == "json-syntax" || d.name == "yaml-syntax";
  });
  if (broken) {
    diagnostics_.erase(std::remove_if(diagnostics_.begin(), diagnostics_.end(),
                                      [](const Diagnostic& d) { return rests_on_absence(d.name); }),
                       diagnostics_.end());
  }
  for (const Count& count : counts_) {
    if (count.count <= kMaxListedOfOneName) continue;
    // The list is in the order in which problems were found, so the last of the name is not far.
    const auto last = std::find_if(diagnostics_.rbegin(), diagnostics_.rend(),
                                   [&](const Diagnostic& d) { return d.name == count.name; });
    if (last == diagnostics_.rend()) continue;
    last->message += fmt::format(" (and {} more like this)", count.count - kMaxListedOfOneName);
  }
  diagnostics_.insert(diagnostics_.begin(), of_text.begin(), of_text.end());
  sort_stable(diagnostics_, [](const Diagnostic& a, const Diagnostic& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.name < b.name;
  });
  return std::move(diagnostics_);
}

std::vector<ServiceDiagnostic> Findings::take_service_diagnostics() {
  std::vector<ServiceDiagnostic> all;
  const bool no_end = !service_[static_cast<std::size_t>(Phase::End)].empty();
  for (std::size_t phase = 0; phase < std::size(service_); ++phase) {
    // A machine without end is not searched for states out of reach. Measured on the service.
    if (no_end && phase == static_cast<std::size_t>(Phase::Reach)) continue;
    for (ServiceDiagnostic& diagnostic : service_[phase]) all.push_back(std::move(diagnostic));
  }
  return all;
}

std::optional<std::string> Findings::location(Node node) const {
  std::string text = root_location_;
  for (const Node& step : path_to(node)) {
    if (stands_in_array(step)) {
      text += fmt::format("[{}]", step.index());
    } else {
      text += '/';
      if (step.key().size() > kMaxPointerBytes) return std::nullopt;
      text += step.key();
    }
    if (text.size() > kMaxPointerBytes) return std::nullopt;
  }
  if (text.empty()) text = "/";
  return text;
}

std::string Findings::shown(Node node) const {
  const Span span = node.span();
  return quoted(document_.text().substr(span.begin, span.end - span.begin));
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMaxShown = 80;  // characters, as many as the name of a state may have
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts_character = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (starts_character && ++characters > kMaxShown) return display(text.substr(0, i)) + "…";
  }
  return display(text);
}

Span head(Node node) {
  const Span key = node.key_span();
  if (key.begin != key.end) return key;
  const Span span = node.span();
  if (node.is_object() || node.is_array()) return Span{span.begin, std::min(span.begin + 1, span.end)};
  return span;
}

}  // namespace stepglass::loading
