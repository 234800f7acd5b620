// How repair() reads what stands without quotes: literals, numbers, and texts that should have quotes.

#include <fmt/format.h>

#include <cmath>

#include "engine/document/repairer.h"
#include "engine/support/number.h"

namespace stepglass::detail {
namespace {

constexpr const char* kLargest = "1.7976931348623157e308";
constexpr const char* kLowest = "-1.7976931348623157e308";

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

/// `word` as JSON number grammar has it.
bool is_number(std::string_view word) {
  return parse_double(word).has_value();
}

/// A word that people mean as a number, in JSON's grammar; nothing where it is none.
std::optional<std::string> mend_number(std::string_view word) {
  std::string out;
  if (!word.empty() && (word[0] == '+' || word[0] == '-')) {
    if (word[0] == '-') out += '-';
    word.remove_prefix(1);
  }
  if (word.size() > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) {
    std::uint64_t value = 0;
    if (word.size() > 2 + 16) return std::nullopt;
    for (const char c : word.substr(2)) {
      if (hex_value(c) < 0) return std::nullopt;
      value = value * 16 + static_cast<std::uint64_t>(hex_value(c));
    }
    return out + std::to_string(value);
  }
  std::size_t i = 0;
  const auto digits = [&] {
    std::string found;
    for (; i < word.size() && (is_digit(word[i]) || (word[i] == '_' && !found.empty())); ++i) {
      if (word[i] != '_') found += word[i];
    }
    return found;
  };
  const std::string whole = digits();
  std::string fraction;
  bool has_point = false;
  if (i < word.size() && word[i] == '.') {
    ++i;
    has_point = true;
    fraction = digits();
  }
  if (whole.empty() && fraction.empty()) return std::nullopt;
  const std::size_t first = std::min(whole.find_first_not_of('0'), whole.empty() ? 0 : whole.size() - 1);
  out += whole.empty() ? "0" : whole.substr(first);
  if (has_point && !fraction.empty()) out += "." + fraction;
  if (i < word.size() && (word[i] == 'e' || word[i] == 'E')) {
    ++i;
    std::string exponent;
    if (i < word.size() && (word[i] == '+' || word[i] == '-')) exponent += word[i++];
    const std::string power = digits();
    if (!power.empty()) out += "e" + exponent + power;
  }
  if (i != word.size()) return std::nullopt;
  return out;
}

}  // namespace

/// The end of what stands at `begin` without quotes. In a value ":" belongs to it unless white space, a quote or a
/// bracket follows, as in arn:aws:…; "${…}" is one piece.
std::size_t Repairer::word_end(std::size_t begin, bool is_key, std::size_t limit) const {
  std::size_t i = begin;
  std::size_t not_closed_before = 0;
  while (!is_end(i) && i < limit) {
    const char c = text_[i];
    if (c == '$' && at(i + 1) == '{') {
      std::size_t close = std::max(i + 2, not_closed_before);
      const std::size_t last = std::min(size_, i + kLookAhead);
      while (close < last && text_[close] != '}' && text_[close] != '"' && !is_line_end(text_[close])) ++close;
      if (close < last && text_[close] == '}') {
        i = close + 1;
      } else {
        not_closed_before = close;
        ++i;
      }
      continue;
    }
    if (c == ':' && !is_key) {
      const char next = at(i + 1);
      if (is_end(i + 1) || is_blank(next) || (is_structure(next) && next != ':')) break;
      ++i;
      continue;
    }
    if (is_structure(c) || is_blank(c) || is_control(c) || c == ';' || c == '\x7F') break;
    if (is_key && c == '=') break;
    if (c == '/' && starts_comment(i) && !(i > begin && text_[i - 1] == ':')) break;
    if (is_ascii(c)) {
      ++i;
      continue;
    }
    const Utf8Step here = utf8_step(text_, i);
    if (!here.valid || is_foreign_blank(here.code_point) || is_typographic_quote(here.code_point)) break;
    i += here.length;
  }
  return i;
}

void Repairer::quote_word(std::size_t begin, std::size_t end) {
  insert(begin, "\"");
  content(begin, end, true, true);
  insert(end, "\"");
  at_ = last_end_ = end;
}

/// Behind what starts with `opening` at `i` and ends with `closing` on the same line; 0 where nothing does.
std::size_t Repairer::bracketed_end(std::size_t i, std::string_view opening, std::string_view closing) const {
  if (!text_.substr(i).starts_with(opening)) return 0;
  const std::string_view inside = text_.substr(i + opening.size(), kTokenBytes * 4);
  const std::size_t length = inside.find(closing);
  if (length == std::string_view::npos || length > inside.find('\n')) return 0;
  return i + opening.size() + length + closing.size();
}

/// {% … %}, {# … #} and %{ … }: what template engines act on and leave out.
bool Repairer::directive() {
  std::size_t end = 0;
  if (text_[at_] == '{') {
    end = std::max(bracketed_end(at_, "{%", "%}"), bracketed_end(at_, "{#", "#}"));
  } else if (text_[at_] == '%') {
    end = bracketed_end(at_, "%{", "}");
  }
  if (end == 0) return false;
  edit(at_, end, " ");
  at_ = directive_end_ = end;
  return true;
}

/// ${Name}, #{Name}, {{ name }} or <% name %>, maybe with more of the same word around.
bool Repairer::placeholder_value() {
  std::size_t end = at_;
  bool found = false;
  while (end < size_) {
    std::size_t next = 0;
    const char c = text_[end];
    if (c == '$' || c == '#') next = bracketed_end(end, c == '$' ? "${" : "#{", "}");
    if (c == '{') next = bracketed_end(end, "{{", "}}");
    if (c == '<') next = bracketed_end(end, "<%", "%>");
    found |= next != 0;
    if (next == 0) {
      const std::size_t most = std::min(size_, at_ + kLookAhead);
      next = end;
      while (next < most && is_ascii(text_[next]) && !is_blank(text_[next]) && !is_structure(text_[next]) &&
             text_[next] != '$' && text_[next] != '#' && text_[next] != '<' && !is_control(text_[next])) {
        ++next;
      }
      if (next == end) break;
    }
    end = next;
    if (!found && end - at_ > kTokenBytes) return false;
  }
  if (!found || !ends_value(behind_spaces(end))) return false;
  quote_word(at_, end);
  after_value();
  return true;
}

/// A value that starts with neither quote nor bracket.
void Repairer::word_value() {
  const std::size_t begin = at_;
  std::size_t end = word_end(begin, false);
  if (end == begin) {
    // Nothing that a word could start with, such as a lone ':' or '='.
    end = begin + utf8_step(text_, begin).length;
    fault(
        span(begin, end), [&] { return fmt::format("\"{}\" starts no value", excerpt(cut(begin, end))); }, "delete it",
        Sure::No);
    edit(begin, end, "");
    at_ = end;
    return;
  }
  const std::string_view word = cut(begin, end);
  const auto accept = [&] {
    at_ = last_end_ = end;
    after_value();
  };
  const auto replace = [&](std::string replacement) {
    edit(begin, end, std::move(replacement));
    accept();
  };
  if (word == "true" || word == "false" || word == "null") return accept();
  if (is_number(word)) {
    if (const double number = *parse_double(word); !std::isfinite(number)) {
      add(
          lossy_, "lossy-number", span(begin, end),
          [&] { return fmt::format("the number \"{}\" is too large", excerpt(word)); },
          "the largest number is about 1.8e308");
      return replace(word[0] == '-' ? kLowest : kLargest);
    }
    return accept();
  }
  if (const auto number = mend_number(word)) {
    // An exponent can make the mended one too large as well.
    const bool finite = std::isfinite(parse_double(*number).value_or(0));
    fault(
        span(begin, end), [&] { return fmt::format("\"{}\" is no number in JSON", excerpt(word)); },
        finite ? fmt::format("write {}", excerpt(*number)) : "write a smaller one", Sure::Yes);
    return replace(finite ? *number : number->front() == '-' ? kLowest : kLargest);
  }
  const std::string small = lower(word);
  if (small == "nan" || small == "infinity" || small == "-infinity" || small == "+infinity" || small == "inf" ||
      small == "-inf" || small == "+inf" || small == "-nan" || small == "+nan") {
    fault(
        span(begin, end), [&] { return fmt::format("\"{}\" is no JSON value", excerpt(word)); },
        "write null or a number", Sure::Yes);
    return replace("null");
  }
  const std::string_view literal =
      small == "true" || small == "tru" || small == "tr"                       ? "true"
      : small == "false" || small == "fals" || small == "fal" || small == "fa" ? "false"
      : small == "null" || small == "nul" || small == "nu" || small == "none" || small == "nil" || small == "undefined"
          ? "null"
          : "";
  if (!literal.empty()) {
    fault(
        span(begin, end), [&] { return fmt::format("\"{}\" is no JSON value", excerpt(word)); },
        [&] { return fmt::format("write {}", literal); }, Sure::Yes);
    return replace(std::string(literal));
  }
  if (at(end) == '"' && ends_value(behind_spaces(end + 1))) {  // Pass",
    fault(
        span(begin, end + 1), [&] { return fmt::format("the string \"{}\" has no opening quote", excerpt(word)); },
        "add a double quote where it starts", Sure::Yes);
    insert(begin, "\"");
    content(begin, end, true, true);
    at_ = last_end_ = end + 1;
    return after_value();
  }
  // A text without quotes; it may have several words.
  const std::size_t limit = begin + kLookAhead;
  while (end < limit) {
    const std::size_t next = behind_spaces(end);
    if (next == end || is_end(next) || starts_quoted(next) || starts_comment(next)) break;
    const std::size_t next_end = word_end(next, false);
    if (next_end == next || at(behind_spaces(next_end)) == ':') break;
    end = next_end;
  }
  fault(
      span(begin, end), [&] { return fmt::format("\"{}\" is no JSON value", excerpt(cut(begin, end))); },
      "put it in double quotes if it is a text", Sure::No);
  quote_word(begin, end);
  after_value();
}

/// A key that starts with neither quote nor bracket.
void Repairer::word_key() {
  const std::size_t begin = at_;
  const std::size_t end = word_end(begin, true);
  if (end == begin) {
    const std::size_t next = begin + utf8_step(text_, begin).length;
    fault(
        span(begin, next), [&] { return fmt::format("\"{}\" is no key", excerpt(cut(begin, next))); }, "delete it",
        Sure::No);
    edit(begin, next, "");
    at_ = next;
    return;
  }
  key_ = span(begin, end);
  expect_ = Expect::Colon;
  if (at(end) == '"' && at(behind_blanks(end + 1)) == ':') {  // Type":
    fault(
        span(begin, end + 1), [&] { return fmt::format("the key \"{}\" has no opening quote", excerpt(cut(key_))); },
        "add a double quote where it starts", Sure::Yes);
    insert(begin, "\"");
    content(begin, end, true, true);
    at_ = last_end_ = end + 1;
    return;
  }
  const bool certain = at(behind_blanks(end)) == ':';
  fault(
      key_, [&] { return fmt::format("the key \"{}\" stands without quotes", excerpt(cut(key_))); },
      "put it in double quotes", certain ? Sure::Yes : Sure::No);
  quote_word(begin, end);
}

/// Whether the word at at_, where the text's value belongs, is what a value could be.
bool Repairer::is_lone_word() const {
  const std::string_view word = cut(at_, word_end(at_, false));
  if (word.empty()) return false;
  if (is_digit(word[0]) || word[0] == '-' || word == "true" || word == "false" || word == "null") return true;
  if (mend_number(word)) return true;
  const std::string small = lower(word);
  return is_end(behind_blanks(at_ + word.size())) &&
         (small == "true" || small == "false" || small == "none" || small == "nan");
}

/// Words before the first bracket of the text, such as `const definition = {`. False when no bracket follows them on
/// their line or at the start of one of the next lines.
bool Repairer::top_level_words() {
  const std::size_t begin = at_;
  std::size_t i = begin;
  const std::size_t limit = std::min(size_, begin + kLookAhead);
  bool line_start = true;
  bool first_line = true;
  for (; i < limit; ++i) {
    const char c = text_[i];
    if (is_line_end(c)) {
      line_start = true;
      first_line = false;
      continue;
    }
    if ((c == '{' || c == '[') && (line_start || first_line)) break;
    if (!is_blank(c)) line_start = false;
  }
  const std::size_t end =
      i < limit ? before_blanks(i, begin) : before_blanks(std::max(word_end(begin, false), begin + 1), begin);
  fault(
      span(begin, end), [&] { return fmt::format("\"{}\" is no JSON value", excerpt(cut(begin, end))); },
      i < limit ? "delete what stands before the first bracket" : "JSON starts with { for an object", Sure::No);
  if (i >= limit) return false;
  edit(begin, end, " ");
  at_ = i;
  return true;
}

}  // namespace stepglass::detail
