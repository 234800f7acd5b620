#include "analysis/api/request.h"

#include <fmt/format.h>

#include "engine/document/document.h"
#include "engine/document/text_fault.h"

namespace stepglass::analysis {
namespace {

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::optional<std::vector<RequestMember>> split() {
    std::vector<RequestMember> members;
    skip_spaces();
    if (!take('{')) return std::nullopt;
    skip_spaces();
    if (!take('}')) {
      do {
        RequestMember member;
        skip_spaces();
        const std::size_t key = at_;
        if (peek() != '"' || !skip_string()) return std::nullopt;
        auto decoded = read_value(text_.substr(key, at_ - key));
        if (!decoded || !decoded->is_string()) return std::nullopt;
        member.key = std::string(decoded->as_string());
        skip_spaces();
        if (!take(':')) return std::nullopt;
        skip_spaces();
        const std::size_t value = at_;
        if (!skip_value()) return std::nullopt;
        member.text = text_.substr(value, at_ - value);
        if (members.size() <= kMaxRequestMembers) members.push_back(std::move(member));
        skip_spaces();
      } while (take(','));
      if (!take('}')) return std::nullopt;
    }
    skip_spaces();
    if (at_ != text_.size()) return std::nullopt;
    return members;
  }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  void skip_spaces() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  /// From an opening quote to behind the closing one.
  bool skip_string() {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '"') {
        ++at_;
        return true;
      }
    }
    return false;
  }

  bool skip_value() {
    if (peek() == '"') return skip_string();
    if (peek() != '{' && peek() != '[') {
      const std::size_t start = at_;
      while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != ',' && text_[at_] != '}') ++at_;
      return at_ > start;
    }
    // Which bracket closes which is for the reader of the value to see; here only their number counts.
    std::size_t open = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        if (!skip_string()) return false;
        continue;
      }
      ++at_;
      if (c == '{' || c == '[') ++open;
      if ((c == '}' || c == ']') && --open == 0) return true;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::vector<RequestMember>> split_object(std::string_view text) {
  return Splitter(text).split();
}

std::optional<std::string> json_fault(std::string_view text) {
  const Document document = read_json(std::string(text));
  for (const Diagnostic& diagnostic : document.diagnostics()) {
    if (!is_syntax_error(diagnostic)) continue;
    const Position place = document.position(diagnostic.span.begin);
    return fmt::format("{} (line {}, column {})", diagnostic.message, place.line, place.column);
  }
  return std::nullopt;
}

}  // namespace stepglass::analysis
