// Two walks over the nodes, which stand in the order of the text with parents before their children. The first one goes
// backwards, so that children come before their parents, and adds up how many columns each node takes on one line:
//
//   {"a": [1, 2]}      1: 1, 2: 1, [1, 2]: 2 + 1 + 2 + 1 = 6, all: 2 + 3 + 2 + 6 = 13
//
// The second one goes forwards, decides at each array and object whether it fits what is left of its line, and compares
// each gap between two tokens with what should stand there. It looks at every byte of the gaps, so that a text whose
// tree is not all of it is refused and never changed in what it says.

#include "engine/document/format_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/document/content.h"
#include "engine/document/text_fault.h"
#include "engine/support/limits.h"
#include "engine/support/text.h"

namespace stepglass {
namespace {

using detail::DocumentContent;
using detail::kNone;
using detail::NodeData;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool is_container(const NodeData& node) {
  return node.kind == Node::Kind::Object || node.kind == Node::Kind::Array;
}

struct Space {
  bool breaks = false;
  std::size_t spaces = 0;
};

class Formatter {
 public:
  Formatter(const DocumentContent& content, const JsonLayout& layout)
      : content_(content), text_(content.text), layout_(layout) {
    open_.reserve(kMaxDepth);
  }

  Result<std::vector<SpaceChange>, Diagnostic> changes() {
    measure();
    at_ = written_ = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    for (std::uint32_t id = 0; id < content_.nodes.size() && !fault_; ++id) add(id);
    while (!open_.empty() && !fault_) close();
    token(text_.size(), text_.size(), {.breaks = true});
    if (fault_) return *std::move(fault_);
    return std::move(changes_);
  }

 private:
  /// What is known of a node before it is written.
  struct Measure {
    std::uint32_t columns = 0;  // on one line
    bool in_lines = false;      // whatever its width
  };
  struct Open {
    std::uint32_t node;
    bool in_lines;
  };

  std::uint32_t columns(std::uint32_t begin, std::uint32_t end) const {
    const Span span = content_.original(begin, end);
    return static_cast<std::uint32_t>(count_utf16_units(text_.substr(span.begin, span.end - span.begin)));
  }
  std::uint32_t key_columns(const NodeData& node) const {
    return node.key_end > 0 ? columns(node.key_begin, node.key_end) + 2 : 0;  // with ": "
  }

  void measure() {
    measures_.resize(content_.nodes.size());
    for (auto id = static_cast<std::uint32_t>(content_.nodes.size()); id-- > 0;) {
      const NodeData& node = content_.nodes[id];
      Measure& own = measures_[id];
      if (is_container(node)) {
        own.columns += 2;
        own.in_lines = own.in_lines || begins_in_lines(node);
      } else {
        own.columns = columns(node.begin, node.end);
      }
      if (node.parent == kNone) continue;
      Measure& around = measures_[node.parent];
      around.columns += own.columns + key_columns(node) + (node.index > 0 ? 2 : 0);  // with ", "
      around.in_lines = around.in_lines || own.in_lines;
    }
  }

  bool begins_in_lines(const NodeData& node) const {
    if (node.kind != Node::Kind::Object || node.first_child == kNone) return false;
    for (std::size_t i = content_.original(node.begin, node.end).begin + 1; i < text_.size() && is_space(text_[i]);
         ++i) {
      if (text_[i] == '\n' || text_[i] == '\r') return true;
    }
    return false;
  }

  /// What begins a line inside of all that is open, or inside of all but the innermost.
  Space line(std::size_t levels) const { return {.breaks = true, .spaces = levels * layout_.indent}; }

  void add(std::uint32_t id) {
    const NodeData& node = content_.nodes[id];
    while (!open_.empty() && open_.back().node != node.parent && !fault_) close();
    Space before;
    if (!open_.empty()) {
      if (node.index > 0) mark(',', {});
      before = open_.back().in_lines ? line(open_.size()) : Space{false, node.index > 0 ? 1u : 0u};
    }
    if (node.key_end > 0) {
      const Span key = content_.original(node.key_begin, node.key_end);
      token(key.begin, key.end, before);
      mark(':', {});
      before = {.breaks = false, .spaces = 1};
    }
    const Span span = content_.original(node.begin, node.end);
    if (!is_container(node)) return token(span.begin, span.end, before);
    token(span.begin, span.begin + 1, before);
    open_.push_back({id, is_in_lines(id)});
  }

  /// Of an array or object that has not been opened yet.
  bool is_in_lines(std::uint32_t id) const {
    const NodeData& node = content_.nodes[id];
    if (node.first_child == kNone) return false;
    if (!open_.empty() && !open_.back().in_lines) return false;  // it fits with all that is around it
    const Measure& measure = measures_[id];
    const std::size_t comma = node.next != kNone ? 1 : 0;
    return measure.in_lines ||
           open_.size() * layout_.indent + key_columns(node) + measure.columns + comma > layout_.width;
  }

  void close() {
    const Open closed = open_.back();
    open_.pop_back();
    const NodeData& node = content_.nodes[closed.node];
    mark(node.kind == Node::Kind::Object ? '}' : ']', closed.in_lines ? line(open_.size()) : Space{});
  }

  /// The next token is `c`, with `before` in front of it.
  void mark(char c, Space before) {
    std::size_t begin = at_;
    while (begin < text_.size() && is_space(text_[begin])) ++begin;
    if (begin == text_.size() || text_[begin] != c) return refuse(begin);
    token(begin, begin + 1, before);
  }

  /// The next token is text [begin, end), with `before` in front of it.
  void token(std::size_t begin, std::size_t end, Space before) {
    if (fault_) return;
    if (begin < at_ || end < begin || end > text_.size()) return refuse(at_);
    const std::string_view gap = text_.substr(at_, begin - at_);
    const auto other = std::find_if_not(gap.begin(), gap.end(), is_space);
    if (other != gap.end()) return refuse(at_ + static_cast<std::size_t>(other - gap.begin()));
    const std::size_t line_end = before.breaks ? 1 : 0;
    const bool is_so = gap.size() == line_end + before.spaces && (!before.breaks || gap[0] == '\n') &&
                       gap.find_first_not_of(' ', line_end) == std::string_view::npos;
    if (!is_so) {
      changes_.push_back({.span = {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(begin)},
                          .breaks = before.breaks,
                          .spaces = static_cast<std::uint32_t>(before.spaces)});
    }
    written_ += line_end + before.spaces + end - begin;
    at_ = end;
    if (written_ > kMaxTextBytes) {
      fault_ = Diagnostic{.name = "text-too-large",
                          .severity = Severity::Error,
                          .message = fmt::format("the formatted text would be larger than {} MiB", kMaxTextBytes >> 20),
                          .help = "ask for a smaller indent",
                          .span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                          .pointer = ""};
    }
  }

  void refuse(std::size_t offset) {
    if (fault_) return;
    const auto begin = static_cast<std::uint32_t>(offset);
    fault_ = Diagnostic{.name = "json-syntax",
                        .severity = Severity::Error,
                        .message = "the text is no JSON",
                        .help = "",
                        .span = {begin, begin + (offset < text_.size() ? 1u : 0u)},
                        .pointer = ""};
  }

  const DocumentContent& content_;
  std::string_view text_;
  const JsonLayout& layout_;
  std::vector<Measure> measures_;  // of nodes
  std::vector<Open> open_;
  std::size_t at_ = 0;       // behind the last token
  std::size_t written_ = 0;  // bytes of the formatted text up to there
  std::vector<SpaceChange> changes_;
  std::optional<Diagnostic> fault_;
};

}  // namespace

Result<std::vector<SpaceChange>, Diagnostic> format_json(const Document& document, const JsonLayout& layout) {
  for (const Diagnostic& diagnostic : document.diagnostics()) {
    if (leaves_out(diagnostic)) return diagnostic;
  }
  return Formatter(*document.content_, layout).changes();
}

std::string with_spaces(std::string_view text, const std::vector<SpaceChange>& changes) {
  std::string out;
  std::size_t size = text.size();
  for (const SpaceChange& change : changes) size += (change.breaks ? 1 : 0) + change.spaces;
  out.reserve(size);
  std::size_t done = 0;
  for (const SpaceChange& change : changes) {
    out += text.substr(done, change.span.begin - done);
    if (change.breaks) out += '\n';
    out.append(change.spaces, ' ');
    done = change.span.end;
  }
  out += text.substr(done);
  return out;
}

}  // namespace stepglass
