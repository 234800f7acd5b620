// Finds the bytes of a decoded text again in the text that it was written as. The text is known already, so nothing is
// decided here: each rule of JSON's escapes and YAML's line folding says how many bytes belong together, and where that
// does not fit the text after all, the string as a whole is the place of each of its bytes.
//
//   |             literal   each line of the text stands behind the indentation of one line
//     {"a": 1}
//   "{\"a\": 1}"  quoted    an escape stands for one character, a line break and the blanks around it for one space
//
// Tested in tests/engine/document/yaml_places_test.cpp.

#include "engine/document/scalar.h"

#include <algorithm>

namespace stepglass::detail {
namespace {

bool is_break(char c) {
  return c == '\n' || c == '\r';
}
bool is_space(char c) {
  return c == ' ' || c == '\t';
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Walks over the written and the decoded text side by side.
class Aligner {
 public:
  Aligner(std::string_view written, std::uint32_t offset, std::string_view text)
      : written_(written), offset_(offset), text_(text) {}

  /// Between quotes, or plain.
  bool flow(Style style) {
    std::size_t i = 0;
    while (i < written_.size()) {
      const char c = written_[i];
      const bool folds = style != Style::Json;
      if (folds && (is_space(c) || is_break(c))) {
        std::size_t end = i;
        std::size_t breaks = 0;
        while (end < written_.size() && (is_space(written_[end]) || is_break(written_[end]))) {
          breaks += is_break(written_[end]) && !(written_[end] == '\n' && end > i && written_[end - 1] == '\r');
          ++end;
        }
        if (breaks == 0) {
          if (!same(i, end - i)) return false;
        } else if (!replace(i, end, breaks == 1 ? 1 : breaks - 1)) {
          return false;
        }
        i = end;
      } else if (style == Style::SingleQuoted && c == '\'') {
        if (!replace(i, i + 2, 1)) return false;
        i += 2;
      } else if ((style == Style::DoubleQuoted || style == Style::Json) && c == '\\') {
        if (!escape(i)) return false;
      } else {
        if (!same(i, 1)) return false;
        ++i;
      }
    }
    return done_ == text_.size();
  }

  /// A literal or folded block, from its indicator on.
  bool block() {
    std::size_t i = written_.find('\n');
    if (i == std::string_view::npos) return text_.empty();
    ++i;
    const std::size_t first = written_.find_first_not_of(" \n\r", i);
    if (first == std::string_view::npos) return rest(i);
    const std::size_t before = written_.rfind('\n', first);
    // Blanks that the text itself starts its first line with are no indentation.
    std::size_t own = 0;
    const std::size_t first_text = std::min(text_.find_first_not_of('\n'), text_.size());
    while (first_text + own < text_.size() && text_[first_text + own] == ' ') ++own;
    const std::size_t width = first - before - 1;
    if (own > width) return false;
    const std::size_t indent = width - own;
    std::size_t line_end_before = i - 1;
    while (i < written_.size()) {
      std::size_t end = std::min(written_.find('\n', i), written_.size());
      const std::size_t next = end + 1;
      if (end > i && written_[end - 1] == '\r') --end;
      if (end > i + indent) {
        const std::string_view line = written_.substr(i + indent, end - i - indent);
        std::size_t at = done_;
        // Only line breaks and the space of a fold stand between two lines.
        while (text_.compare(at, line.size(), line) != 0) {
          if (at >= text_.size() || (text_[at] != '\n' && text_[at] != ' ')) {
            // Blanks alone, behind the text.
            if (line.find_first_not_of(" \t") == std::string_view::npos) break;
            return false;
          }
          ++at;
        }
        if (text_.compare(at, line.size(), line) == 0) {
          if (at > done_ && !replace(line_end_before, i + indent, at - done_)) return false;
          if (!same(i + indent, line.size())) return false;
        }
      }
      line_end_before = end;
      i = next;
    }
    return rest(line_end_before);
  }

  MappedText take() { return std::move(mapped_); }

 private:
  bool same(std::size_t at, std::size_t size) {
    if (text_.compare(done_, size, written_.substr(at, size)) != 0 || done_ + size > text_.size()) return false;
    mapped_.take_over(text_.substr(done_, size), offset_ + static_cast<std::uint32_t>(at));
    done_ += size;
    return true;
  }
  bool replace(std::size_t begin, std::size_t end, std::size_t size) {
    if (done_ + size > text_.size()) return false;
    mapped_.put(text_.substr(done_, size), {offset_ + static_cast<std::uint32_t>(begin),
                                            offset_ + static_cast<std::uint32_t>(std::min(end, written_.size()))});
    done_ += size;
    return true;
  }
  /// What is left of the text are the line breaks at its end.
  bool rest(std::size_t at) {
    if (done_ == text_.size()) return true;
    if (text_.find_first_not_of('\n', done_) != std::string_view::npos) return false;
    return replace(std::min(at, written_.size()), written_.size(), text_.size() - done_);
  }

  bool escape(std::size_t& i) {
    if (i + 1 >= written_.size()) return false;
    const char c = written_[i + 1];
    std::size_t end = i + 2;
    if (is_break(c)) {  // goes on in the next line
      while (end < written_.size() && (is_space(written_[end]) || is_break(written_[end]))) ++end;
      i = end;
      return true;
    }
    std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    std::size_t size = c == 'N' || c == '_' ? 2 : c == 'L' || c == 'P' ? 3 : 1;
    if (digits > 0) {
      std::uint32_t code_point = 0;
      for (; digits > 0 && end < written_.size() && hex_digit(written_[end]) >= 0; --digits, ++end) {
        code_point = code_point << 4 | static_cast<std::uint32_t>(hex_digit(written_[end]));
      }
      if (code_point >= 0xD800 && code_point < 0xDC00 && written_.substr(end).starts_with("\\u")) {
        end = std::min(end + 6, written_.size());  // JSON's surrogate pairs
        size = 4;
      } else {
        size = code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
      }
    }
    if (!replace(i, end, size)) return false;
    i = end;
    return true;
  }

  std::string_view written_;
  std::uint32_t offset_;
  std::string_view text_;
  std::size_t done_ = 0;  // of text_
  MappedText mapped_;
};

}  // namespace

MappedText mapped_text(const DocumentContent& content, std::uint32_t id) {
  MappedText mapped = mapped_text_in(content.source, content, id);
  if (content.copy) mapped.pieces = composed(mapped.pieces, content.copy->pieces);
  return mapped;
}

MappedText mapped_text_in(std::string_view source, const DocumentContent& content, std::uint32_t id) {
  const NodeData& node = content.nodes[id];
  const std::string_view text = content.text_of(node);
  const bool quoted =
      node.style == Style::Json || node.style == Style::SingleQuoted || node.style == Style::DoubleQuoted;
  MappedText mapped;
  bool fits = false;
  if (!quoted || node.end >= node.begin + 2) {
    const std::uint32_t begin = node.begin + (quoted ? 1 : 0), end = node.end - (quoted ? 1 : 0);
    Aligner aligner(source.substr(begin, end - begin), begin, text);
    fits = node.style == Style::Literal || node.style == Style::Folded ? aligner.block() : aligner.flow(node.style);
    mapped = aligner.take();
  }
  if (!fits) {
    mapped = MappedText();
    mapped.put(text, {node.begin, node.end});
  }
  return mapped;
}

}  // namespace stepglass::detail
