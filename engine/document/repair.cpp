// Reads text that is no JSON.
//
// A reader with an explicit stack walks over the text once. It knows what may come next; where something else stands it
// writes down one diagnostic and an edit, and goes on as if the edit had been made:
//
//   {"A": 1 "B": 'x',}      a comma is missing before "B"    insert ","
//                           'x' stands in single quotes      " for each '
//                           a comma stands before "}"        delete it
//
// Some repairs are certain (a comment, a trailing comma): they go on for ever. The others are guesses; after
// kMaxSyntaxErrors errors a guess is worth nothing any more, so the next one ends the reading: what is open is closed.
//
// Places where the text alone does not say what was meant are decided by a look at what follows:
//   * A line ends inside a string. If the next quote ends a value, the string goes over several lines, else its closing
//     quote is missing at the end of the line.
//   * A string is followed by a letter. If a later quote of the line ends a value, the quotes between are part of it.
//   * After "key": stands another "key":. Then the first has no value.
//   * Behind the end stands "," and a key. Then the last bracket was one too many.
//   * The text ends before all is closed. Then it is read once more, and a line that stands as far left as the line
//   with
//     the bracket, while the first member stood further right, shows where the bracket should have been closed.
// Each look goes to the next quote or over at most kLookAhead bytes, so that all of them together stay linear.
//
// Tested in tests/engine/document/repair_test.cpp, and by read_json, which reads the repaired text strictly.

#include "engine/document/repair.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/document/repairer.h"
#include "engine/support/sort.h"

namespace stepglass::detail {

// -------------------------------------------------------------------------------------------------- between tokens

bool Repairer::is_other_encoding() {
  const auto byte = [&](std::size_t i) { return i < size_ ? static_cast<unsigned char>(text_[i]) : 0x100u; };
  std::string_view name;
  std::size_t mark = 0;
  // With a byte order mark.
  if (byte(0) == 0xFF && byte(1) == 0xFE) {
    const bool wide = byte(2) == 0 && byte(3) == 0;
    name = wide ? "UTF-32 (little endian)" : "UTF-16 (little endian)";
    mark = wide ? 4 : 2;
  } else if (byte(0) == 0xFE && byte(1) == 0xFF) {
    name = "UTF-16 (big endian)";
    mark = 2;
  } else if (byte(0) == 0 && byte(1) == 0 && byte(2) == 0xFE && byte(3) == 0xFF) {
    name = "UTF-32 (big endian)";
    mark = 4;
  } else if (size_ >= 4) {
    // Without one: JSON starts with ASCII, so every second (or three of four) of the first bytes are NUL.
    const auto all_nul = [&](std::size_t first, std::size_t stride) {
      for (std::size_t i = first; i < std::min<std::size_t>(size_, 8); i += stride) {
        if (text_[i] != '\0') return false;
      }
      return true;
    };
    if (all_nul(0, 4) && all_nul(1, 4) && all_nul(2, 4) && byte(3) != 0) {
      name = "UTF-32 (big endian)";
    } else if (all_nul(1, 4) && all_nul(2, 4) && all_nul(3, 4) && byte(0) != 0) {
      name = "UTF-32 (little endian)";
    } else if (all_nul(0, 2) && byte(1) != 0 && byte(3) != 0) {
      name = "UTF-16 (big endian)";
    } else if (all_nul(1, 2) && byte(0) != 0 && byte(2) != 0) {
      name = "UTF-16 (little endian)";
    } else {
      return false;
    }
    mark = 4;
  } else {
    return false;
  }
  add(
      utf8_, "invalid-utf8", span(0, mark), [&] { return fmt::format("the text is {}, and JSON is UTF-8", name); },
      "save it as UTF-8");
  return true;
}

/// Skips what stands between tokens, faulty or not. Afterwards at_ is at a token or at the end.
void Repairer::skip_blanks() {
  while (!is_end(at_)) {
    const char c = text_[at_];
    if (is_blank(c)) {
      ++at_;
      if (is_line_end(c)) {
        line_start_ = at_;
        starts_line_ = true;
      }
    } else if (options_.placeholders && directive()) {
      continue;
    } else if (options_.placeholders && expect_ == Expect::Value && bracketed_end(at_, "#{", "}") != 0) {
      return;
    } else if (starts_comment(at_)) {
      comment();
    } else if (is_control(c) || c == '\x7F') {
      strange_bytes();
    } else if (!is_ascii(c)) {
      const Utf8Step here = utf8_step(text_, at_);
      if (here.valid && !is_foreign_blank(here.code_point)) return;
      strange_bytes();
    } else {
      return;
    }
  }
}

void Repairer::comment() {
  const std::size_t begin = at_;
  if (text_[at_] == '/' && at(at_ + 1) == '*') {
    const std::size_t close = text_.find("*/", at_ + 2);
    at_ = close == std::string_view::npos ? size_ : close + 2;
  } else {
    at_ = line_end(at_);
  }
  fault(span(begin, at_), "a comment is no JSON", "delete it, or make it a \"Comment\" field", Sure::Yes);
  edit(begin, at_, " ");
}

/// A run of NUL bytes, of bytes that are no UTF-8, of white space that JSON does not know, or of control characters.
void Repairer::strange_bytes() {
  const std::size_t begin = at_;
  const Utf8Step first = utf8_step(text_, at_);
  const auto same_kind = [&](const Utf8Step& step) {
    if (!first.valid) return !step.valid;
    if (!step.valid) return false;
    if (first.code_point == 0) return step.code_point == 0;
    if (is_foreign_blank(first.code_point)) return step.code_point == first.code_point;
    return step.code_point == first.code_point;
  };
  while (!is_end(at_)) {
    const Utf8Step step = utf8_step(text_, at_);
    if (!same_kind(step)) break;
    at_ += step.length;
  }
  const Span run = span(begin, at_);
  edit(begin, at_, " ");
  if (!first.valid) {
    add(
        utf8_, "invalid-utf8", run, [&] { return fmt::format("\"{}\" is no UTF-8", excerpt(cut(run))); },
        "save the text as UTF-8");
  } else if (first.code_point == 0) {
    fault(
        run, [] { return std::string("a NUL byte is no JSON"); },
        "delete it; many readers take it for the end of the text", Sure::Yes);
  } else if (is_foreign_blank(first.code_point)) {
    fault(
        run,
        [&] {
          return fmt::format("the character U+{:04X} is no white space in JSON",
                             static_cast<std::uint32_t>(first.code_point));
        },
        "write a space or a line break", Sure::Yes);
  } else {
    fault(
        run,
        [&] {
          return fmt::format("the control character U+{:04X} is no JSON", static_cast<std::uint32_t>(first.code_point));
        },
        "delete it", Sure::Yes);
  }
}

bool Repairer::starts_quoted(std::size_t i) const {
  const char c = at(i);
  if (c == '"' || c == '\'' || c == '`') return true;
  if (is_end(i) || is_ascii(c)) return false;
  const Utf8Step here = utf8_step(text_, i);
  return here.valid && is_typographic_quote(here.code_point);
}

/// The token at `i` for a message; it need not be all of it.
Span Repairer::token_at(std::size_t i) const {
  if (is_end(i)) return span(i, i);
  if (text_[i] == '"') {
    std::size_t end = i + 1;
    while (end < size_ && text_[end] != '"' && !is_line_end(text_[end]))
      end += text_[end] == '\\' && end + 1 < size_ ? 2 : 1;
    return span(i, at(end) == '"' ? end + 1 : end);
  }
  if (is_structure(text_[i])) return span(i, i + 1);
  return span(i, std::max(word_end(i, true, i + kTokenBytes), i + utf8_step(text_, i).length));
}

/// The token in quotes; its own, when it has some.
std::string Repairer::quoted_token(Span token) const {
  const std::string text = excerpt(cut(token));
  return text.starts_with('"') ? text + (text.size() > 1 && text.ends_with('"') ? "" : "\"") : "\"" + text + "\"";
}

// ------------------------------------------------------------------------------------------------------- structure

void Repairer::start(bool array) {
  if (open_arrays_.size() <= kMaxDepth) opened_.push_back({static_cast<std::uint32_t>(at_), line_indent_});
  open_arrays_.push_back(array);
  arrays_ += array ? 1 : 0;
  last_end_ = ++at_;
  expect_ = array ? Expect::FirstItem : Expect::FirstKey;
  after_colon_ = false;
}

void Repairer::pop() {
  arrays_ -= in_array() ? 1 : 0;
  open_arrays_.pop_back();
  if (opened_.size() > open_arrays_.size()) opened_.pop_back();
}

void Repairer::close() {
  const bool known = opened_.size() == open_arrays_.size();
  last_close_ = {at_, in_array(), known ? opened_.back() : Open{}};
  pop();
  last_end_ = ++at_;
  after_value();
}

/// ["a"  and in the next line  "key":  — the array should have been closed before it.
void Repairer::close_array_before_key() {
  if (expect_ != Expect::Separator && (expect_ != Expect::Value || after_colon_)) return;
  const std::size_t depth = open_arrays_.size();
  if (depth < 2 || !in_array() || open_arrays_[depth - 2] || text_[at_] != '"') return;
  const StringEnd end = find_string_end(at_);
  if (!end.closed || at(behind_blanks(end.content_end + 1)) != ':') return;
  const std::size_t place = expect_ == Expect::Separator ? last_end_ : last_comma_;
  fault(
      span(place, place), [&] { return fmt::format("{} is not closed", open_name()); }, "add \"]\" here", Sure::No);
  if (stopped_) return;
  insert(place, "]");
  pop();
  if (expect_ != Expect::Separator) expect_ = Expect::Key;
}

/// Closes what the token at at_, the first of its line, stands too far left to be in.
void Repairer::close_by_indentation() {
  const std::size_t indent = at_ - line_start_;
  const bool closes = text_[at_] == '}' || text_[at_] == ']';
  if (expect_ != Expect::Separator && expect_ != Expect::Key && !(expect_ == Expect::Value && !after_colon_)) return;
  while (open_arrays_.size() > 1 && opened_.size() == open_arrays_.size()) {
    const Open& open = opened_.back();
    if (open.member_indent == UINT32_MAX || open.member_indent <= open.indent) return;
    if (closes ? indent >= open.indent : indent > open.indent) return;
    const std::size_t place = expect_ == Expect::Separator ? last_end_ : last_comma_;
    fault(
        span(place, place), [&] { return fmt::format("{} is not closed", open_name()); },
        [&] { return fmt::format("add \"{}\" here", in_array() ? ']' : '}'); }, Sure::No);
    if (stopped_) return;
    insert(place, in_array() ? "]" : "}");
    pop();
    if (expect_ != Expect::Separator) expect_ = in_array() ? Expect::Value : Expect::Key;
  }
}

/// The container that is open, for messages.
std::string Repairer::open_name() const {
  const std::size_t depth = open_arrays_.size();
  const std::string_view what = in_array() ? "array" : "object";
  if (depth > opened_.size()) return fmt::format("an {}", what);
  std::uint32_t place = opened_[depth - 1].at;
  if (options_.pieces) place = original_span(*options_.pieces, place, place + 1).begin;
  return fmt::format("the {} that starts in line {}", what, lines_.position(place).line);
}

/// A bracket that does not close what is open.
void Repairer::wrong_bracket() {
  const bool array = text_[at_] == ']';
  const std::string_view seen = array ? "]" : "}", due = array ? "}" : "]";
  const bool opened = !open_arrays_.empty() && (array ? arrays_ > 0 : arrays_ < open_arrays_.size());
  // [1}  or  {"a": [1}, "b": 2}  — the wrong one of the two brackets, since something else comes to close the rest.
  const bool at_text_end = is_end(behind_blanks(at_ + 1));
  if ((!opened && open_arrays_.size() == 1 && at_text_end) || (opened && open_arrays_.size() == 2 && !at_text_end)) {
    fault(
        span(at_, at_ + 1), [&] { return fmt::format("\"{}\" closes {}", seen, open_name()); },
        [&] { return fmt::format("write \"{}\"", due); }, Sure::No);
    edit(at_, at_ + 1, std::string(due));
    close();
    return;
  }
  if (!opened) {
    std::size_t end = at_ + 1;
    while (at(end) == text_[at_]) ++end;
    fault(
        span(at_, end), [&] { return fmt::format("\"{}\" closes nothing", excerpt(cut(at_, end))); }, "delete it",
        Sure::No);
    edit(at_, end, "");
    at_ = end;
    return;
  }
  fault(
      span(at_, at_ + 1), [&] { return fmt::format("\"{}\" stands before {} is closed", seen, open_name()); },
      [&] { return fmt::format("add \"{}\" before it", due); }, Sure::No);
  while (!stopped_ && in_array() != array) {
    insert(at_, in_array() ? "]" : "}");
    pop();
  }
  if (!stopped_) close();
}

void Repairer::missing_value(std::size_t at_offset, std::string inserted) {
  fault(
      key_, [&] { return fmt::format("the key {} has no value", quoted_token(key_)); },
      "write a value, or delete the key", Sure::No);
  if (inserted.back() == ',') {
    last_comma_ = at_offset;
    comma_edit_ = edits_.size();
  }
  insert(at_offset, std::move(inserted));
  after_colon_ = false;
}

void Repairer::comma() {
  last_comma_ = at_;
  comma_edit_.reset();
  last_end_ = ++at_;
  expect_ = in_array() ? Expect::Value : Expect::Key;
}

void Repairer::drop_last_comma() {
  if (comma_edit_) {
    edits_[*comma_edit_].replacement.pop_back();
  } else {
    edit(last_comma_, last_comma_ + 1, "");
  }
}

void Repairer::expect_value() {
  const char c = text_[at_];
  if (options_.placeholders && placeholder_value()) return;
  if (c == '{' || c == '[') return start(c == '[');
  if (c == '}' || c == ']') {
    const bool array = c == ']';
    if (open_arrays_.empty()) return wrong_bracket();
    if (expect_ == Expect::FirstItem) return array ? close() : wrong_bracket();
    if (after_colon_) {
      missing_value(last_end_, "null");
      after_value();
      return;
    }
    if (!directive_since(last_comma_)) {
      fault(
          span(last_comma_, last_comma_ + 1), [&] { return fmt::format("a comma stands before \"{}\"", c); },
          "delete the comma", Sure::Yes);
    }
    drop_last_comma();
    expect_ = Expect::Separator;
    return;
  }
  if (c == ',') {
    if (after_colon_) {
      missing_value(last_end_, "null");
      after_value();
      return;
    }
    std::size_t end = at_ + 1;
    while (at(end) == ',') ++end;
    fault(span(at_, end), "a value is missing before \",\"", "write the value, or delete the comma", Sure::No);
    edit(at_, end, "");
    at_ = end;
    return;
  }
  if (c == ':') {
    fault(span(at_, at_ + 1),
          after_colon_ ? "a second colon stands behind a key" : "a colon stands where a value belongs",
          "delete the colon", Sure::No);
    edit(at_, at_ + 1, "");
    ++at_;
    return;
  }
  const bool fenced = open_arrays_.empty() && text_.substr(at_).starts_with("```");  // Markdown
  if (starts_quoted(at_) && !fenced) {
    if (after_colon_ && c == '"') {
      // "a": "b": 1
      const StringEnd end = find_string_end(at_);
      if (end.closed && at(behind_blanks(end.content_end + 1)) == ':') {
        missing_value(last_end_, "null,");
        expect_ = Expect::Key;
        return;
      }
    }
    if (c == '"') {
      string(false);
    } else {
      oddly_quoted(false);
    }
    return after_value();
  }
  if (open_arrays_.empty() && !is_lone_word()) {
    if (!top_level_words()) stopped_ = true;
    return;
  }
  word_value();
}

void Repairer::expect_key() {
  const char c = text_[at_];
  after_colon_ = false;
  if (c == '}') {
    if (expect_ == Expect::FirstKey) return close();
    if (!directive_since(last_comma_)) {
      fault(span(last_comma_, last_comma_ + 1), "a comma stands before \"}\"", "delete the comma", Sure::Yes);
    }
    drop_last_comma();
    return close();
  }
  if (c == ']') {
    if (expect_ == Expect::Key) {
      drop_last_comma();
      expect_ = Expect::Separator;
    }
    return wrong_bracket();
  }
  if (c == ',') {
    std::size_t end = at_ + 1;
    while (at(end) == ',') ++end;
    fault(span(at_, end), "a key is missing before \",\"", "delete the comma", Sure::No);
    edit(at_, end, "");
    at_ = end;
    return;
  }
  if (c == ':' || c == '{' || c == '[') {
    fault(
        span(at_, at_ + 1), [&] { return fmt::format("a key is missing before \"{}\"", c); },
        "write a key in double quotes", Sure::No);
    key_ = span(at_, at_);
    insert(at_, c == ':' ? "\"\"" : "\"\":");
    expect_ = c == ':' ? Expect::Colon : Expect::Value;
    after_colon_ = c != ':';
    return;
  }
  const std::size_t begin = at_;
  if (c == '"') {
    string(true);
  } else if (starts_quoted(at_)) {
    oddly_quoted(true);
  } else {
    return word_key();
  }
  key_ = span(begin, at_);
  expect_ = Expect::Colon;
}

void Repairer::expect_colon() {
  const char c = text_[at_];
  const auto go_on = [&](std::size_t end) {
    at_ = last_end_ = end;
    expect_ = Expect::Value;
    after_colon_ = true;
  };
  if (c == ':') return go_on(at_ + 1);
  if (c == '=') {
    const std::size_t end = at_ + (at(at_ + 1) == '>' ? 2 : 1);
    fault(
        span(at_, end), [&] { return fmt::format("\"{}\" stands where a colon belongs", cut(at_, end)); },
        "write \":\"", Sure::Yes);
    edit(at_, end, ":");
    return go_on(end);
  }
  const auto no_value = [&](std::string inserted, Expect next) {
    missing_value(last_end_, std::move(inserted));
    expect_ = next;
  };
  if (c == ',' || c == '}' || c == ']') return no_value(":null", Expect::Separator);
  if (c == '"') {
    const StringEnd end = find_string_end(at_);
    if (end.closed && at(behind_blanks(end.content_end + 1)) == ':') return no_value(":null,", Expect::Key);
  }
  fault(
      key_, [&] { return fmt::format("a colon is missing after {}", quoted_token(key_)); },
      "write \":\" behind the key", Sure::No);
  insert(last_end_, ":");
  expect_ = Expect::Value;
  after_colon_ = true;
}

void Repairer::expect_separator() {
  const char c = text_[at_];
  if (c == ',') return comma();
  if (c == '}' || c == ']') return (c == ']') == in_array() ? close() : wrong_bracket();
  if (c == ';') {
    fault(span(at_, at_ + 1), "\";\" stands where a comma belongs", "write \",\"", Sure::Yes);
    edit(at_, at_ + 1, ",");
    comma();
    comma_edit_ = edits_.size() - 1;
    return;
  }
  if (c == ':') {
    fault(span(at_, at_ + 1), in_array() ? "a colon stands inside an array" : "a colon stands behind a value",
          in_array() ? "write \",\", or { and } around members" : "delete it", Sure::No);
    edit(at_, at_ + 1, in_array() ? "," : "");
    if (in_array()) {
      comma();
      comma_edit_ = edits_.size() - 1;
    } else {
      ++at_;
    }
    return;
  }
  const Span token = token_at(at_);
  const bool starts_value = c == '{' || c == '[' || starts_quoted(at_);
  const bool is_key = !in_array() && at(behind_blanks(token.end)) == ':';
  if (in_array() || starts_value || is_key) {
    const bool certain = starts_quoted(at_) && (in_array() || is_key);
    if (!directive_since(last_end_))
      fault(
          token, [&] { return fmt::format("a comma is missing before {}", quoted_token(token)); }, "add the comma",
          certain ? Sure::Yes : Sure::No);
    last_comma_ = last_end_;
    comma_edit_ = edits_.size();
    insert(last_end_, ",");
    expect_ = in_array() ? Expect::Value : Expect::Key;
    return;
  }
  // Words behind a value.
  std::size_t end = at_;
  while (!is_end(end) && !is_line_end(text_[end]) && !is_structure(text_[end]) && !is_control(text_[end]) &&
         utf8_step(text_, end).valid && !starts_comment(end)) {
    end += utf8_step(text_, end).length;
  }
  end = std::max(before_blanks(end, at_), at_ + utf8_step(text_, at_).length);
  fault(
      span(at_, end), [&] { return fmt::format("\"{}\" stands behind a value", excerpt(cut(at_, end))); },
      "delete it, or put a comma before it", Sure::No);
  edit(at_, end, "");
  at_ = end;
}

void Repairer::expect_end() {
  const char c = text_[at_];
  if (c == ',' && last_close_ && !last_close_->array && last_close_->at + 1 == last_end_) {
    // {"a": {}}, "b": 1}  — one bracket too many, and the text goes on.
    const std::size_t next = behind_blanks(at_ + 1);
    if (at(next) == '"') {
      const StringEnd end = find_string_end(next);
      if (end.closed && at(behind_blanks(end.content_end + 1)) == ':') {
        fault(span(last_close_->at, last_close_->at + 1), "this \"}\" closes the text too early", "delete it",
              Sure::No);
        if (stopped_) return;
        edit(last_close_->at, last_close_->at + 1, "");
        open_arrays_.push_back(false);
        opened_.push_back(last_close_->open);
        last_close_.reset();
        return comma();
      }
    }
  }
  if (c == '}' || c == ']') return wrong_bracket();
  const Span token = token_at(at_);
  const bool second = c == '{' || c == '[' || c == '"';
  fault(token,
        second ? fmt::format("a second value starts with {}", quoted_token(token))
               : fmt::format("{} stands behind the end", quoted_token(token)),
        second ? "a text holds one value; put several in [ and ]" : "delete what stands behind the last bracket",
        Sure::No);
  stopped_ = true;
}

void Repairer::close_all(std::size_t at_offset) {
  std::string brackets;
  brackets.reserve(open_arrays_.size());
  while (!open_arrays_.empty()) {
    brackets += in_array() ? ']' : '}';
    open_arrays_.pop_back();
  }
  if (!brackets.empty()) insert(at_offset, std::move(brackets));
}

/// Completes what is open, at the end of the text or where the reading stops.
void Repairer::end_of_text() {
  const std::size_t end = stopped_ ? at_ : size_;
  if (expect_ == Expect::End && !open_string_) return;
  std::string missing;
  if (expect_ == Expect::Colon) missing = ":null";
  if (expect_ == Expect::Value && after_colon_) missing = "null";
  if (!stopped_) {
    // One place is broken here, the end: one diagnostic.
    ended_open_ = !open_arrays_.empty();
    std::string closing = open_string_ ? "\"" : "";
    for (std::size_t i = open_arrays_.size(); i > 0 && closing.size() < 20; --i)
      closing += open_arrays_[i - 1] ? ']' : '}';
    if (closing.size() < open_arrays_.size()) closing += "…";
    const std::string_view value = missing.empty() ? "" : closing.empty() ? "write a value" : "write a value, and ";
    fault(
        open_string_ ? *open_string_ : span(last_end_, last_end_),
        open_string_       ? fmt::format("the text ends inside the string {}", quoted_token(*open_string_))
        : !missing.empty() ? fmt::format("the text ends behind the key {}", quoted_token(key_))
                           : fmt::format("the text ends before {} is closed", open_name()),
        [&] { return fmt::format("{}{}", value, closing.empty() ? "" : fmt::format("add {} at the end", closing)); },
        Sure::Yes);
  }
  if ((expect_ == Expect::Key || expect_ == Expect::Value) && missing.empty()) drop_last_comma();
  if (!missing.empty()) insert(end, std::move(missing));
  close_all(end);
}

void Repairer::step() {
  switch (expect_) {
    case Expect::Value:
    case Expect::FirstItem:
      return expect_value();
    case Expect::FirstKey:
    case Expect::Key:
      return expect_key();
    case Expect::Colon:
      return expect_colon();
    case Expect::Separator:
      return expect_separator();
    case Expect::End:
      return expect_end();
  }
}

Repair Repairer::run() {
  Repair result;
  bool has_value = false;
  if (!is_other_encoding()) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    last_end_ = at_;
    for (;;) {
      skip_blanks();
      if (stopped_ || is_end(at_)) break;
      if (starts_line_) {
        line_indent_ = static_cast<std::uint32_t>(at_ - line_start_);
        if (trust_indentation_) close_by_indentation();
        close_array_before_key();
        if (stopped_) break;
        const bool first = expect_ == Expect::FirstKey || expect_ == Expect::FirstItem;
        if (first && opened_.size() == open_arrays_.size()) opened_.back().member_indent = line_indent_;
        starts_line_ = false;
      }
      step();
      if (stopped_) break;
    }
    const bool nothing = open_arrays_.empty() && expect_ != Expect::End;
    if (nothing && syntax_.found() == 0) {
      fault(span(at_, at_), size_ == 0 ? "the text is empty" : "the text holds no value",
            "JSON starts with { for an object", Sure::Yes);
    }
    if (!nothing) {
      has_value = true;
      if (stopped_) at_ = std::max(at_, last_end_);
      end_of_text();
      if (stopped_ && at_ < size_) edit(at_, size_, "");
    }
  }
  syntax_errors_ = syntax_.found();
  syntax_.move_to(result.diagnostics);
  utf8_.move_to(result.diagnostics);
  nul_.move_to(result.diagnostics);
  lossy_.move_to(result.diagnostics);
  sort_diagnostics(result.diagnostics);
  // What is inserted at a place comes before what is changed there.
  sort_stable(edits_, [](const Edit& a, const Edit& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end < b.span.end;
  });
  result.edits = std::move(edits_);
  result.has_value = has_value;
  return result;
}

Repair repair(std::string_view text, const LineIndex& lines, RepairOptions options) {
  Repairer plain(text, lines, options, false);
  Repair result = plain.run();
  if (!plain.ended_open()) return result;
  Repairer indented(text, lines, options, true);
  Repair other = indented.run();
  const bool better = !indented.ended_open() && indented.syntax_errors() <= plain.syntax_errors();
  return better ? other : result;
}

}  // namespace stepglass::detail
