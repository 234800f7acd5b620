#include "analysis/sources/hcl.h"

#include <algorithm>

#include "engine/support/limits.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

constexpr std::size_t kMostInterpolationBytes = 4096;
/// What a placeholder shows of an expression.
constexpr std::size_t kMostShownBytes = 80;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), steps_left_(16 * text.size() + kMostInterpolationBytes) {}

  char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  std::size_t size() const { return text_.size(); }
  std::string_view cut(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }

  std::size_t line_end(std::size_t i) const { return std::min(text_.find('\n', i), text_.size()); }

  bool starts_comment(std::size_t i) const {
    return at(i) == '#' || (at(i) == '/' && (at(i + 1) == '/' || at(i + 1) == '*'));
  }
  std::size_t behind_comment(std::size_t i) const {
    if (at(i) == '/' && at(i + 1) == '*') {
      const std::size_t close = text_.find("*/", i + 2);
      return close == std::string_view::npos ? text_.size() : close + 2;
    }
    return line_end(i);
  }
  /// Behind blanks and comments; with `lines` behind line breaks, too.
  std::size_t behind_blanks(std::size_t i, bool lines) const {
    for (;;) {
      if (i < text_.size() && (is_space(text_[i]) || (lines && text_[i] == '\n'))) {
        ++i;
      } else if (starts_comment(i)) {
        i = behind_comment(i);
      } else {
        return i;
      }
    }
  }
  std::size_t behind_word(std::size_t i) const {
    while (i < text_.size() && is_word(text_[i])) ++i;
    return i;
  }

  /// Behind ${…} or %{…} at `i`, with the brackets and strings inside; `i` itself when it does not end soon.
  std::size_t behind_interpolation(std::size_t i) const {
    std::size_t depth = 0;
    bool quoted = false;
    // Many that do not end would each be looked through: together they may cost a few times the text.
    const std::size_t end = std::min(text_.size(), i + std::min(kMostInterpolationBytes, steps_left_));
    for (std::size_t k = i + 1; k < end; ++k) {
      --steps_left_;
      const char c = text_[k];
      if (quoted) {
        if (c == '\\') {
          ++k;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{') {
        ++depth;
      } else if (c == '}' && --depth == 0) {
        return k + 1;
      }
    }
    return i;
  }
  bool starts_interpolation(std::size_t i) const { return (at(i) == '$' || at(i) == '%') && at(i + 1) == '{'; }

  /// Behind the string whose quote is at `i`.
  std::size_t behind_string(std::size_t i) const {
    for (++i; i < text_.size();) {
      const char c = text_[i];
      if (c == '"') return i + 1;
      if (c == '\n') return i;  // not closed
      if (c == '\\') {
        i += 2;
      } else if ((c == '$' || c == '%') && at(i + 1) == c && at(i + 2) == '{') {
        i += 3;
      } else if (starts_interpolation(i)) {
        const std::size_t end = behind_interpolation(i);
        i = end == i ? i + 2 : end;
      } else {
        ++i;
      }
    }
    return text_.size();
  }

  struct Heredoc {
    std::size_t body = 0, body_end = 0;  // whole lines
    std::size_t end = 0;                 // behind the closing word
    bool strips = false;                 // <<-
  };
  /// The heredoc that starts at `i`.
  std::optional<Heredoc> heredoc(std::size_t i) const {
    if (at(i) != '<' || at(i + 1) != '<') return std::nullopt;
    Heredoc found;
    std::size_t word = i + 2;
    if (at(word) == '-') {
      found.strips = true;
      ++word;
    }
    const std::size_t word_end = behind_word(word);
    std::size_t first_end = word_end;
    while (first_end < text_.size() && is_space(text_[first_end])) ++first_end;
    if (word_end == word || (first_end < text_.size() && text_[first_end] != '\n')) return std::nullopt;
    const std::string_view mark = cut(word, word_end);
    found.body = std::min(first_end + 1, text_.size());
    for (std::size_t line = found.body; line < text_.size();) {
      const std::size_t end = line_end(line);
      std::string_view content = cut(line, end);
      const std::size_t indent = std::min(content.find_first_not_of(" \t"), content.size());
      content.remove_prefix(indent);
      while (!content.empty() && is_space(content.back())) content.remove_suffix(1);
      if (content == mark) {
        found.body_end = line;
        found.end = line + indent + mark.size();
        return found;
      }
      line = end + 1;
    }
    found.body_end = found.end = text_.size();
    return found;
  }

  /// Behind the expression at `i`: a line break, a comma or a closing bracket ends it, outside of its own brackets.
  std::size_t behind_expression(std::size_t i) const {
    std::size_t depth = 0;
    std::size_t last = i;  // behind the last byte that is neither blank nor comment
    while (i < text_.size()) {
      const char c = text_[i];
      if (c == '\n' && depth == 0) break;
      if (starts_comment(i)) {
        i = behind_comment(i);
        continue;
      }
      if (c == '"') {
        i = std::max(behind_string(i), i + 1);
      } else if (const auto doc = heredoc(i)) {
        i = doc->end;
      } else if (c == '{' || c == '[' || c == '(') {
        ++depth;
        ++i;
      } else if (c == '}' || c == ']' || c == ')') {
        if (depth == 0) break;
        --depth;
        ++i;
      } else if (c == ',' && depth == 0) {
        break;
      } else {
        ++i;
        if (is_space(c) || c == '\n') continue;
      }
      last = i;
    }
    return last;
  }

 private:
  std::string_view text_;
  mutable std::size_t steps_left_;
};

Span span(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// "${…}" for an expression, in which nothing can be taken for JSON.
std::string placeholder(std::string_view expression) {
  std::string text = "${";
  for (const char c : expression.substr(0, kMostShownBytes)) {
    const bool safe = c != '{' && c != '}' && c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20 &&
                      static_cast<unsigned char>(c) < 0x7F;
    text += safe ? c : '_';
  }
  if (expression.empty()) text += '_';
  return text + "}";
}

void put_interpolation(const Scanner& scan, std::size_t begin, std::size_t end, MappedText& out) {
  std::string_view inside = scan.cut(begin + 2, end - 1);
  if (scan.at(begin) == '%') return;  // a directive
  if (inside.starts_with('~')) inside.remove_prefix(1);
  out.put(placeholder(inside), span(begin, end));
}

/// The word of the directive between `begin` and `behind`: "if", "else", "endif", "for", "endfor".
std::string_view directive_word(const Scanner& scan, std::size_t begin, std::size_t behind) {
  std::string_view inside = scan.cut(begin + 2, behind - 1);
  if (inside.starts_with('~')) inside.remove_prefix(1);
  if (inside.ends_with('~')) inside.remove_suffix(1);
  inside = trimmed(inside);
  return inside.substr(0, inside.find_first_of(" \t\r\n("));
}

/// Which text between the directives of a template is read: of a loop one turn, without the separator that the last turn
/// leaves out; of a choice between two values a placeholder. Where they choose more than that, nothing is known.
class Directives {
 public:
  explicit Directives(const Scanner& scan) : scan_(scan) {}

  bool is_skipping() const { return skipped_ > 0; }
  /// Parts of the text are there or not, or are the one or the other.
  bool chooses() const { return chooses_; }

  /// The directive between `begin` and `behind` was met; true when a value stands for all up to its end.
  bool meet(std::size_t begin, std::size_t behind) {
    const std::string_view word = directive_word(scan_, begin, behind);
    if (word == "if" || word == "for") {
      const bool is_if = word == "if";
      const bool is_value = is_if && !is_skipping() && chooses_value(behind);
      const bool is_left_out = is_if && loops_ > 0 && is_separator(behind);
      if (is_if && !is_skipping() && !is_value && !is_left_out) chooses_ = true;
      open_.push_back({is_if, is_value || is_left_out});
      skipped_ += open_.back().skips ? 1 : 0;
      loops_ += is_if ? 0 : 1;
      return is_value;
    }
    if ((word == "endif" || word == "endfor") && !open_.empty()) {
      skipped_ -= open_.back().skips ? 1 : 0;
      loops_ -= open_.back().is_if ? 0 : 1;
      open_.pop_back();
    }
    return false;
  }

 private:
  struct Open {
    bool is_if;
    bool skips;
  };

  std::size_t behind_space(std::size_t at) const {
    while (scan_.at(at) == ' ' || scan_.at(at) == '\t' || scan_.at(at) == '\r' || scan_.at(at) == '\n') ++at;
    return at;
  }
  bool is_directive(std::size_t at, std::string_view word) const {
    return scan_.at(at) == '%' && scan_.starts_interpolation(at) &&
           directive_word(scan_, at, scan_.behind_interpolation(at)) == word;
  }

  /// A string, a number or a word and nothing else up to the else, and behind it up to the end; no key.
  bool chooses_value(std::size_t at) const {
    for (const std::string_view end : {"else", "endif"}) {
      at = behind_space(at);
      const std::size_t begin = at;
      if (scan_.at(at) == '"') {
        for (++at; scan_.at(at) != '"' && scan_.at(at) != '\0' && scan_.at(at) != '\n';) at += scan_.at(at) == '\\' ? 2 : 1;
        ++at;
      } else {
        while (is_word(scan_.at(at)) || scan_.at(at) == '.') ++at;
      }
      if (at == begin) return false;
      at = behind_space(at);
      if (!is_directive(at, end)) return false;
      at = scan_.behind_interpolation(at);
    }
    return scan_.at(behind_space(at)) != ':';
  }

  /// A comma and nothing else up to the endif.
  bool is_separator(std::size_t at) const {
    at = behind_space(at);
    return scan_.at(at) == ',' && is_directive(behind_space(at + 1), "endif");
  }

  const Scanner& scan_;
  std::vector<Open> open_;
  std::size_t skipped_ = 0, loops_ = 0;  // of those that are open
  bool chooses_ = false;
};

/// Adds text of a heredoc in which only interpolations and directives mean something.
void put_template(const Scanner& scan, std::size_t begin, std::size_t end, Directives& directives, MappedText& out) {
  const auto take_over = [&](std::size_t from, std::size_t to) {
    if (!directives.is_skipping()) out.take_over(scan.cut(from, to), static_cast<std::uint32_t>(from));
  };
  std::size_t done = begin;
  for (std::size_t i = begin; i < end;) {
    const char c = scan.at(i);
    if ((c == '$' || c == '%') && scan.at(i + 1) == c && scan.at(i + 2) == '{') {
      take_over(done, i);
      done = i + 1;
      i += 3;
    } else if (scan.starts_interpolation(i)) {
      const std::size_t behind = scan.behind_interpolation(i);
      if (behind == i) {
        i += 2;
        continue;
      }
      take_over(done, i);
      if (c == '%') {
        if (directives.meet(i, behind)) out.put(placeholder("if"), span(i, behind));
      } else if (!directives.is_skipping()) {
        put_interpolation(scan, i, behind, out);
      }
      done = i = behind;
    } else {
      ++i;
    }
  }
  if (end > done) take_over(done, end);
}

MappedText heredoc_text(const Scanner& scan, const Scanner::Heredoc& doc, bool& chooses) {
  std::size_t indent = 0;
  if (doc.strips) {
    indent = SIZE_MAX;
    for (std::size_t line = doc.body; line < doc.body_end; line = scan.line_end(line) + 1) {
      const std::size_t end = scan.line_end(line);
      const std::size_t blanks = scan.cut(line, end).find_first_not_of(" \t\r");
      if (blanks != std::string_view::npos) indent = std::min(indent, blanks);
    }
  }
  MappedText out;
  Directives directives(scan);
  if (indent == 0) {
    put_template(scan, doc.body, doc.body_end, directives, out);
    chooses = directives.chooses();
    return out;
  }
  // An interpolation may go over lines; then its lines belong together.
  for (std::size_t line = doc.body; line < doc.body_end;) {
    std::size_t next = std::min(scan.line_end(line) + 1, doc.body_end);
    const std::size_t begin = std::min(line + indent, next - 1);
    for (std::size_t i = begin; i < next; ++i) {
      if (!scan.starts_interpolation(i) || (i > begin && scan.at(i - 1) == scan.at(i))) continue;
      const std::size_t behind = scan.behind_interpolation(i);
      if (behind > next) next = std::min(scan.line_end(behind) + 1, doc.body_end);
      i = std::max(i, behind - 1);
    }
    put_template(scan, begin, next, directives, out);
    line = next;
  }
  chooses = directives.chooses();
  return out;
}

/// Behind the directive that ends what the one at `begin` starts; `begin` itself when none does before `close`.
std::size_t behind_block(const Scanner& scan, std::size_t begin, std::size_t close) {
  std::size_t depth = 0;
  for (std::size_t i = begin; i < close;) {
    const std::size_t behind = scan.at(i) == '%' && scan.starts_interpolation(i) ? scan.behind_interpolation(i) : i;
    if (behind == i) {
      ++i;
      continue;
    }
    const std::string_view word = directive_word(scan, i, behind);
    if (word == "if" || word == "for") ++depth;
    if ((word == "endif" || word == "endfor") && --depth == 0) return behind;
    if (depth == 0) return begin;
    i = behind;
  }
  return begin;
}

/// Adds the string whose quote is at `begin`: its text, or with `as_json` the string as JSON has it.
void put_string(const Scanner& scan, std::size_t begin, std::size_t end, bool as_json, MappedText& out) {
  if (as_json) out.take_over(scan.cut(begin, begin + 1), static_cast<std::uint32_t>(begin));
  const std::size_t close = end > begin + 1 && scan.at(end - 1) == '"' ? end - 1 : end;
  std::size_t done = begin + 1;
  bool gave_up = false;  // a directive without an end: no other is looked for
  const auto take = [&](std::size_t i) {
    if (i > done) out.take_over(scan.cut(done, i), static_cast<std::uint32_t>(done));
  };
  for (std::size_t i = begin + 1; i < close;) {
    const char c = scan.at(i);
    if (c == '\\') {
      const char e = scan.at(i + 1);
      if (as_json) {
        // HCL's escapes are JSON's, but for \UNNNNNNNN, which nobody writes.
        i += 2;
        continue;
      }
      take(i);
      const std::string_view text = e == 'n' ? "\n" : e == 't' ? "\t" : e == 'r' ? "\r" : scan.cut(i + 1, i + 2);
      out.put(text, span(i, i + 2));
      i = done = i + 2;
    } else if ((c == '$' || c == '%') && scan.at(i + 1) == c && scan.at(i + 2) == '{') {
      take(i);
      done = i + 1;
      i += 3;
    } else if (scan.starts_interpolation(i)) {
      const std::size_t behind = scan.behind_interpolation(i);
      if (behind == i || behind > close) {
        i += 2;
        continue;
      }
      take(i);
      // What directives make of a part of it is one unknown thing.
      const std::size_t end_of_block = c == '%' && !gave_up ? behind_block(scan, i, close) : i;
      gave_up |= c == '%' && end_of_block == i;
      if (end_of_block > i) {
        out.put(placeholder("if"), span(i, end_of_block));
        i = done = end_of_block;
        continue;
      }
      put_interpolation(scan, i, behind, out);
      i = done = behind;
    } else {
      ++i;
    }
  }
  take(close);
  if (as_json) out.put("\"", span(close, end));
}

/// Adds `text` as a string of JSON, its pieces as places.
void put_quoted(const MappedText& text, Span place, MappedText& out) {
  out.put("\"", {place.begin, place.begin + 1});
  for (std::size_t p = 0; p < text.pieces.size(); ++p) {
    const Piece& piece = text.pieces[p];
    const std::size_t end = p + 1 < text.pieces.size() ? text.pieces[p + 1].source_begin : text.text.size();
    for (std::size_t i = piece.source_begin; i < end; ++i) {
      const char c = text.text[i];
      const Span from = piece.taken_over ? span(piece.original.begin + (i - piece.source_begin),
                                                piece.original.begin + (i - piece.source_begin) + 1)
                                         : piece.original;
      if (c == '"' || c == '\\') {
        out.put(c == '"' ? "\\\"" : "\\\\", from);
      } else if (c == '\n') {
        out.put("\\n", from);
      } else if (static_cast<unsigned char>(c) < 0x20) {
        out.put(" ", from);
      } else if (piece.taken_over) {
        out.take_over(std::string_view(text.text).substr(i, 1), from.begin);
      } else {
        out.put(std::string_view(text.text).substr(i, 1), from);
      }
    }
  }
  out.put("\"", {place.end - 1, place.end});
}

/// Expressions to JSON. Recursive; counts its depth against kMaxDepth.
class JsonWriter {
 public:
  JsonWriter(const Scanner& scan, MappedText& out) : scan_(scan), out_(out) {}

  /// Writes the value at `i`, which ends before `end`; gives the offset behind it.
  std::size_t value(std::size_t i, std::size_t depth) {
    const std::size_t begin = i;
    const std::size_t text_size = out_.text.size(), piece_count = out_.pieces.size();
    const std::size_t last_end = out_.pieces.empty() ? 0 : out_.pieces.back().original.end;
    i = literal(i, depth);
    const std::size_t next = scan_.behind_blanks(i, false);
    const char c = scan_.at(next);
    const bool ends = next >= scan_.size() || c == ',' || c == '\n' || c == '}' || c == ']' || c == ')';
    if (i > begin && ends) return i;
    // Something else, or a literal that is a part of something else.
    out_.text.resize(text_size);
    out_.pieces.resize(piece_count);
    if (!out_.pieces.empty()) out_.pieces.back().original.end = static_cast<std::uint32_t>(last_end);
    const std::size_t end = scan_.behind_expression(begin);
    if (end > begin) out_.put('"' + placeholder(scan_.cut(begin, end)) + '"', span(begin, end));
    return end;
  }

 private:
  /// Behind the literal at `i`; `i` where there is none.
  std::size_t literal(std::size_t i, std::size_t depth) {
    const char c = scan_.at(i);
    if (c == '"') {
      const std::size_t end = scan_.behind_string(i);
      put_string(scan_, i, end, true, out_);
      return end;
    }
    if (c == '{' || c == '[') {
      if (depth == kMaxDepth || is_for(i + 1)) return i;
      return c == '{' ? object(i, depth) : list(i, depth);
    }
    if (const auto doc = scan_.heredoc(i)) {
      bool chooses = false;  // inside of one string it is a part of a text
      put_quoted(heredoc_text(scan_, *doc, chooses), span(i, doc->end), out_);
      return doc->end;
    }
    std::size_t end = i;
    if (c == '-' || (c >= '0' && c <= '9')) {
      while (is_word(scan_.at(end)) || scan_.at(end) == '.' || scan_.at(end) == '+') ++end;
    } else {
      end = scan_.behind_word(i);
      const std::string_view word = scan_.cut(i, end);
      if (word == "jsonencode") return i;
      if (word != "true" && word != "false" && word != "null") return i;
    }
    out_.take_over(scan_.cut(i, end), static_cast<std::uint32_t>(i));
    return end;
  }

  bool is_for(std::size_t i) const {
    i = scan_.behind_blanks(i, true);
    return scan_.cut(i, scan_.behind_word(i)) == "for";
  }

  std::size_t object(std::size_t i, std::size_t depth) {
    out_.take_over("{", static_cast<std::uint32_t>(i));
    ++i;
    for (bool first = true;; first = false) {
      i = scan_.behind_blanks(i, true);
      while (scan_.at(i) == ',') i = scan_.behind_blanks(i + 1, true);
      const char c = scan_.at(i);
      if (i >= scan_.size()) break;
      if (c == '}') {
        out_.take_over("}", static_cast<std::uint32_t>(i));
        return i + 1;
      }
      const std::size_t key = i;
      std::size_t key_end = i;
      if (c == '"') {
        key_end = scan_.behind_string(i);
      } else if (c == '(') {
        key_end = scan_.behind_expression(i);
        const std::size_t equals = scan_.cut(i, key_end).find('=');
        if (equals != std::string_view::npos) key_end = i + equals;
        while (key_end > i && is_space(scan_.at(key_end - 1))) --key_end;
      } else {
        key_end = scan_.behind_word(i);
      }
      const std::size_t separator = scan_.behind_blanks(key_end, false);
      if (key_end == key || (scan_.at(separator) != '=' && scan_.at(separator) != ':')) {
        i = std::max(scan_.behind_expression(i), i + 1);  // no HCL
        continue;
      }
      if (!first) out_.put(",", span(key, key + 1));
      if (c == '"') {
        put_string(scan_, key, key_end, true, out_);
      } else if (c == '(') {
        out_.put('"' + placeholder(scan_.cut(key, key_end)) + '"', span(key, key_end));
      } else {
        out_.put("\"", span(key, key + 1));
        out_.take_over(scan_.cut(key, key_end), static_cast<std::uint32_t>(key));
        out_.put("\"", span(key_end - 1, key_end));
      }
      out_.put(":", span(separator, separator + 1));
      i = scan_.behind_blanks(separator + 1, true);
      const std::size_t before = out_.text.size();
      i = value(i, depth + 1);
      if (out_.text.size() == before) out_.put("null", span(separator, separator + 1));
    }
    return i;
  }

  std::size_t list(std::size_t i, std::size_t depth) {
    out_.take_over("[", static_cast<std::uint32_t>(i));
    ++i;
    bool first = true;
    for (;;) {
      i = scan_.behind_blanks(i, true);
      while (scan_.at(i) == ',') i = scan_.behind_blanks(i + 1, true);
      if (i >= scan_.size()) break;
      if (scan_.at(i) == ']') {
        out_.take_over("]", static_cast<std::uint32_t>(i));
        return i + 1;
      }
      const std::size_t text_size = out_.text.size(), piece_count = out_.pieces.size();
      if (!first) out_.put(",", span(i, i + 1));
      const std::size_t before = out_.text.size();
      const std::size_t end = value(i, depth + 1);
      if (out_.text.size() == before) {
        out_.text.resize(text_size);
        out_.pieces.resize(piece_count);
      } else {
        first = false;
      }
      i = std::max(end, i + 1);
    }
    return i;
  }

  const Scanner& scan_;
  MappedText& out_;
};

}  // namespace

std::vector<HclAttribute> hcl_attributes(std::string_view text) {
  struct Block {
    std::string_view name = {}, first_label = {}, second_label = {};
    std::uint32_t number = 0;
  };
  const Scanner scan(text);
  std::vector<HclAttribute> attributes;
  std::vector<Block> open;
  std::uint32_t blocks = 0;
  for (std::size_t i = scan.behind_blanks(0, true); i < text.size() && attributes.size() < kMaxHclAttributes;
       i = scan.behind_blanks(i, true)) {
    const char c = text[i];
    if (c == '}') {
      if (!open.empty()) open.pop_back();
      ++i;
      continue;
    }
    const std::size_t word = i;
    const std::size_t word_end = scan.behind_word(i);
    if (word_end == word) {
      // A string or bracket where a name is due: passed over.
      i = std::max(c == '"' ? scan.behind_string(i) : i + 1, i + 1);
      continue;
    }
    i = scan.behind_blanks(word_end, false);
    if (scan.at(i) == '=' && scan.at(i + 1) != '=') {
      const std::size_t begin = scan.behind_blanks(i + 1, false);
      const std::size_t end = scan.behind_expression(begin);
      HclAttribute attribute{
          .name = scan.cut(word, word_end), .name_span = span(word, word_end), .expression = span(begin, end)};
      if (!open.empty()) {
        attribute.block = open.front().name;
        attribute.first_label = open.front().first_label;
        attribute.second_label = open.front().second_label;
        attribute.block_number = open.front().number;
      }
      attribute.depth = static_cast<std::uint32_t>(open.size());
      attributes.push_back(attribute);
      i = std::max(end, begin);
      continue;
    }
    Block block{.name = scan.cut(word, word_end), .number = blocks++};
    std::size_t labels = 0;
    while (scan.at(i) == '"' || is_word(scan.at(i))) {
      const bool quoted = scan.at(i) == '"';
      const std::size_t end = quoted ? scan.behind_string(i) : scan.behind_word(i);
      const std::string_view label = quoted && end > i + 1 ? scan.cut(i + 1, end - 1) : scan.cut(i, end);
      if (labels == 0) block.first_label = label;
      if (labels == 1) block.second_label = label;
      ++labels;
      i = scan.behind_blanks(std::max(end, i + 1), false);
    }
    if (scan.at(i) != '{') continue;
    open.push_back(block);
    ++i;
  }
  return attributes;
}

std::optional<MappedText> hcl_text(std::string_view text, Span expression, bool& chooses) {
  const Scanner scan(text);
  chooses = false;
  if (expression.begin >= expression.end) return std::nullopt;
  if (const auto doc = scan.heredoc(expression.begin)) {
    if (doc->end < expression.end) return std::nullopt;
    return heredoc_text(scan, *doc, chooses);
  }
  if (text[expression.begin] != '"' || scan.behind_string(expression.begin) != expression.end) return std::nullopt;
  MappedText out;
  put_string(scan, expression.begin, expression.end, false, out);
  chooses = scan.cut(expression.begin, expression.end).find("%{") != std::string_view::npos;
  return out;
}

MappedText hcl_template(std::string_view text, bool& chooses) {
  const Scanner scan(text);
  MappedText out;
  Directives directives(scan);
  put_template(scan, 0, text.size(), directives, out);
  chooses = directives.chooses();
  return out;
}

std::optional<Span> hcl_interpolation(std::string_view text, Span expression) {
  const Scanner scan(text);
  const std::size_t begin = expression.begin, end = expression.end;
  if (end - begin < 5 || scan.at(begin) != '"' || scan.at(begin + 1) != '$' || !scan.starts_interpolation(begin + 1) ||
      scan.behind_interpolation(begin + 1) + 1 != end || scan.at(end - 1) != '"') {
    return std::nullopt;
  }
  const std::size_t first = scan.behind_blanks(begin + 3, true);
  return span(first, std::min<std::size_t>(scan.behind_expression(first), end - 2));
}

std::optional<Span> hcl_argument(std::string_view text, Span expression, std::string_view name) {
  const Scanner scan(text);
  const std::size_t word_end = scan.behind_word(expression.begin);
  const std::size_t open = scan.behind_blanks(word_end, false);
  if (scan.cut(expression.begin, word_end) != name || scan.at(open) != '(' || text[expression.end - 1] != ')') {
    return std::nullopt;
  }
  const std::size_t begin = scan.behind_blanks(open + 1, true);
  return span(begin, std::min<std::size_t>(scan.behind_expression(begin), expression.end));
}

MappedText hcl_json(std::string_view text, Span expression) {
  const Scanner scan(text);
  MappedText out;
  JsonWriter(scan, out).value(expression.begin, 0);
  return out;
}

}  // namespace stepglass::analysis
