// JSON text to a tree or to a Value. The only file that knows the JSON library.
//
// The library's SAX interface tells what it reads but not where. So it reads through an iterator that we look at: when
// an event arrives, the iterator stands right behind the token, and the token's length is known from its value or found
// by looking back. (Behind a number it stands one character further, since only that shows where a number ends.)
//
//   {"a": 12}
//       ^      key "a"       the iterator is at 4, and came by the quote in front of it at 1: the key is [1, 4)
//            ^ number 12     the iterator is at 9, behind "}"; digits are found by looking back: [6, 8)
//
// Most of a text is strings without escapes, and space between the lines. The library would take each of their bytes
// into its hand several times. So the iterator skips what is inside of such a string, of which the library then sees
// the two quotes, and all of a space but its first byte.
//
// What the library does not do is done here: it takes a NUL byte for the end of the text, it skips a byte order mark
// without a word, it counts no depth and sees no duplicate keys. Text that it refuses is changed by repair() into JSON
// and read again. Tested in tests/engine/document.

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/document/content.h"
#include "engine/document/diagnostic_list.h"
#include "engine/document/document.h"
#include "engine/document/duplicate_keys.h"
#include "engine/document/key_cache.h"
#include "engine/document/repair.h"
#include "engine/support/limits.h"
#include "engine/value/json_escape.h"

namespace stepglass {
namespace {

using Json = nlohmann::json;
using detail::DiagnosticList;
using detail::DocumentContent;
using detail::excerpt;
using detail::kNone;
using detail::NodeData;

/// Where the reading stands, and the last string on the way there.
struct Place {
  const char* at = nullptr;
  const char* end = nullptr;
  /// Behind its first quote.
  const char* string_begin = nullptr;
  /// The library saw nothing of what is inside of it, which is ASCII and stands for itself.
  bool plain = false;

  /// What is inside of the string that ends here, and of which the library read `seen`.
  std::string_view string(const std::string& seen) const {
    return plain ? std::string_view(string_begin, static_cast<std::size_t>(at - 1 - string_begin)) : seen;
  }

  /// From the byte that was read to the next one to read.
  void advance() {
    const char c = *at++;
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
      }
    } else if (c == '"') {
      begin_string();
    } else if (is_space(c)) {
      while (at != end && is_space(*at)) ++at;
    }
  }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

  void begin_string() {
    in_string_ = true;
    string_begin = at;
    plain = false;
    constexpr std::uint64_t kHighBits = 0x8080808080808080;
    const char* p = at;
    for (; end - p >= 8; p += 8) {
      std::uint64_t eight;
      std::memcpy(&eight, p, 8);
      const unsigned clean = detail::clean_bytes(eight);
      const std::uint64_t before = clean == 8 ? kHighBits : kHighBits & ((std::uint64_t{1} << (8 * clean)) - 1);
      if ((eight & before) != 0) return;
      if (clean == 8) continue;
      plain = p[clean] == '"';
      if (plain) at = p + clean;
      return;
    }
    while (p != end && static_cast<signed char>(*p) >= 0x20 && *p != '"' && *p != '\\') ++p;
    plain = p != end && *p == '"';
    if (plain) at = p;
  }

  bool in_string_ = false;
  bool escaped_ = false;
};

/// Iterates over bytes; all copies share the place that they have reached.
struct Cursor {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Place* place;

  reference operator*() const { return *place->at; }
  Cursor& operator++() {
    place->advance();
    return *this;
  }
  Cursor operator++(int) { return ++*this; }
  friend bool operator==(const Cursor& a, const Cursor&) { return a.place->at == a.place->end; }
};

/// Sends the events of `text` to `handler`, of which `place` shows the reading place. False when it is no JSON or the
/// handler had enough.
template <typename Handler>
bool parse(std::string_view text, Place& place, Handler& handler) {
  place = Place();
  place.at = text.data();
  place.end = text.data() + text.size();
  const Cursor cursor{&place};
  return Json::sax_parse(cursor, cursor, &handler);
}

bool is_number_byte(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/// Whether a double says something else than the number `token`, which is written in JSON's grammar.
///
/// The double says the same when, rounded to as many digits as were written, it is what was written: so 0.1 is kept,
/// 0.1234567890123456789 and 1e-999 are not.
bool loses_digits(std::string_view token, double number) {
  std::string digits;
  bool seen_digit = false;
  for (const char c : token) {
    if (c == 'e' || c == 'E') break;
    if (c < '0' || c > '9') continue;
    seen_digit |= c != '0';
    if (seen_digit) digits += c;
  }
  while (!digits.empty() && digits.back() == '0') digits.pop_back();
  if (digits.empty()) return false;
  // Up to 15 digits survive in every double that is neither too small nor too large.
  if (digits.size() <= 15 && (number > 1e-290 || number < -1e-290)) return false;
  constexpr std::size_t kMostDigits = 767;  // no double needs more to be written exactly
  if (digits.size() > kMostDigits) return true;
  const std::string kept = fmt::format("{:.{}e}", number, digits.size() - 1);
  std::size_t i = 0;
  for (const char c : kept) {
    if (c == 'e') break;
    if (c < '0' || c > '9') continue;
    if (i >= digits.size() || c != digits[i]) return true;
    ++i;
  }
  return false;
}

bool is_integer_token(std::string_view token) {
  return token.find_first_of(".eE") == std::string_view::npos;
}

// ------------------------------------------------------------------------------------------------------- the tree

/// Makes the tree out of the events.
class TreeBuilder {
 public:
  TreeBuilder(DocumentContent& content, const Place& place) : content_(content), place_(place) {
    source_ = content.source.data();
    content.nodes.clear();
    content.decoded.clear();
    content.decoded_ranges.clear();
    content.nodes.reserve(content.source.size() / 16 + 1);
    open_.reserve(kMaxDepth);
  }

  bool null() { return add_token(Node::Kind::Null, 4); }
  bool boolean(bool value) {
    if (NodeData* node = add(Node::Kind::Boolean, offset() - (value ? 4 : 5), offset())) node->boolean = value;
    return true;
  }
  bool number_integer(Json::number_integer_t) { return add_number(), true; }
  bool number_unsigned(Json::number_unsigned_t) { return add_number(), true; }
  bool number_float(double value, const std::string& token) {
    if (!add_number()) return true;
    if (is_integer_token(token) || loses_digits(token, value)) {
      lossy_numbers_.push_back({static_cast<std::uint32_t>(content_.nodes.size() - 1), value == 0});
    }
    return true;
  }
  bool string(const std::string& value) {
    if (NodeData* node = add(Node::Kind::String, string_begin(), offset())) node->text = decoded(value);
    return true;
  }
  bool key(const std::string& value) {
    key_end_ = offset();
    key_begin_ = string_begin();
    key_ = too_deep_ == 0 ? decoded(value) : kNone;
    return true;
  }
  bool start_object(std::size_t) { return start(Node::Kind::Object); }
  bool start_array(std::size_t) { return start(Node::Kind::Array); }
  bool end_object() {
    if (too_deep_ == 0) duplicates_.find(content_, open_.back().node);
    return finish();
  }
  bool end_array() { return finish(); }
  bool binary(Json::binary_t&) { return false; }  // not in JSON
  bool parse_error(std::size_t, const std::string&, const Json::exception&) { return false; }

  /// Writes down what was found besides the tree.
  void report(Diagnostics& diagnostics);

 private:
  struct Open {
    std::uint32_t node;
    std::uint32_t last_child;
  };
  std::uint32_t offset() const { return static_cast<std::uint32_t>(place_.at - source_); }
  /// With its quote.
  std::uint32_t string_begin() const { return static_cast<std::uint32_t>(place_.string_begin - 1 - source_); }

  /// Of the string that ends here; kNone when it stands in the text as it is.
  std::uint32_t decoded(const std::string& value) {
    const bool as_written = place_.plain || value.size() == offset() - string_begin() - 2;
    return as_written ? kNone : content_.decode(value);
  }

  /// A new node in the open container; nothing where it is too deep.
  NodeData* add(Node::Kind kind, std::uint32_t begin, std::uint32_t end) {
    if (too_deep_ > 0) return nullptr;
    const auto id = static_cast<std::uint32_t>(content_.nodes.size());
    NodeData& node = content_.nodes.emplace_back();
    node.kind = kind;
    node.begin = begin;
    node.end = end;
    if (!open_.empty()) {
      Open& open = open_.back();
      NodeData& parent = content_.nodes[open.node];
      node.parent = open.node;
      node.index = parent.size++;
      if (open.last_child == kNone) {
        parent.first_child = id;
      } else {
        content_.nodes[open.last_child].next = id;
      }
      open.last_child = id;
      if (parent.kind == Node::Kind::Object) {
        node.key_begin = key_begin_;
        node.key_end = key_end_;
        node.key = key_;
      }
    }
    return &node;
  }
  bool add_token(Node::Kind kind, std::uint32_t length) { return add(kind, offset() - length, offset()), true; }

  bool add_number() {
    // Back over what shows that the number ends, and the space behind it.
    const char* end = place_.at;
    while (!is_number_byte(end[-1])) --end;
    const char* begin = end;
    while (begin != source_ && is_number_byte(begin[-1])) --begin;
    return add(Node::Kind::Number, static_cast<std::uint32_t>(begin - source_),
               static_cast<std::uint32_t>(end - source_)) != nullptr;
  }

  bool start(Node::Kind kind) {
    if (too_deep_ > 0 || open_.size() == kMaxDepth) {
      if (too_deep_ == 0) too_deep_places_.push_back({offset() - 1, open_.back().node});
      ++too_deep_;
      return true;
    }
    add(kind, offset() - 1, offset());
    open_.push_back({static_cast<std::uint32_t>(content_.nodes.size() - 1), kNone});
    return true;
  }

  bool finish() {
    if (too_deep_ > 0) {
      --too_deep_;
      return true;
    }
    content_.nodes[open_.back().node].end = offset();
    open_.pop_back();
    return true;
  }

  DocumentContent& content_;
  const Place& place_;
  const char* source_;
  std::vector<Open> open_;
  std::size_t too_deep_ = 0;  // open containers that are left out
  std::uint32_t key_begin_ = 0, key_end_ = 0, key_ = kNone;

  struct TooDeep {
    std::uint32_t begin;
    std::uint32_t parent;
  };
  std::vector<TooDeep> too_deep_places_;
  detail::DuplicateKeys duplicates_;
  struct Lossy {
    std::uint32_t node;
    bool vanishes;  // becomes 0
  };
  std::vector<Lossy> lossy_numbers_;
};

void TreeBuilder::report(Diagnostics& diagnostics) {
  duplicates_.report(content_, diagnostics);

  DiagnosticList lossy(kMaxListedOfOneName);
  for (const auto& [id, vanishes] : lossy_numbers_) {
    if (!lossy.has_room()) {
      lossy.count();
      continue;
    }
    const NodeData& node = content_.nodes[id];
    const Span span = content_.original(node.begin, node.end);
    const std::string_view token = content_.text.substr(span.begin, span.end - span.begin);
    lossy.add({.name = "lossy-number",
               .severity = Severity::Warning,
               .message = vanishes ? fmt::format("the number \"{}\" is too small and becomes 0", excerpt(token))
                          : is_integer_token(token)
                              ? fmt::format("the integer \"{}\" does not fit 64 bits and is rounded", excerpt(token))
                              : fmt::format("the number \"{}\" has more digits than are kept", excerpt(token)),
               .help = "write it as a string when each digit counts",
               .span = span,
               .pointer = detail::short_pointer(content_, id)});
  }
  lossy.move_to(diagnostics);

  DiagnosticList deep(kMaxListedOfOneName);
  for (const TooDeep& place : too_deep_places_) {
    if (!deep.has_room()) {
      deep.count();
      continue;
    }
    deep.add({.name = "nesting-too-deep",
              .severity = Severity::Error,
              .message = fmt::format("arrays and objects are nested more than {} deep", kMaxDepth),
              .help = "what is deeper was not read",
              .span = content_.original(place.begin, place.begin + 1),
              .pointer = detail::short_pointer(content_, place.parent)});
  }
  deep.move_to(diagnostics);
}

// ------------------------------------------------------------------------------------------------------ the Value

/// Makes a Value out of the events; stops at what is too deep.
class ValueBuilder {
 public:
  explicit ValueBuilder(const Place& place) : place_(place) {}

  bool null() { return put(Value()); }
  bool boolean(bool value) { return put(Value(value)); }
  bool number_integer(Json::number_integer_t value) { return put(Value(static_cast<std::int64_t>(value))); }
  bool number_unsigned(Json::number_unsigned_t value) { return put(Value(static_cast<std::uint64_t>(value))); }
  bool number_float(double value, const std::string&) { return put(Value(value)); }
  bool string(const std::string& value) { return put(Value(place_.string(value))); }
  bool key(const std::string& key) {
    Frame& frame = frames_[depth_ - 1];
    frame.key = keys_.get(place_.string(key));
    ++frame.keys;
    return true;
  }
  bool start_object(std::size_t) { return start(true); }
  bool start_array(std::size_t) { return start(false); }
  bool end_object() {
    Frame& frame = frames_[--depth_];
    Value object = std::move(frame.object).build();
    repeats_keys_ |= object.size() != frame.keys;
    return put(std::move(object));
  }
  bool end_array() { return put(std::move(frames_[--depth_].array).build()); }
  bool binary(Json::binary_t&) { return false; }  // not in JSON
  bool parse_error(std::size_t, const std::string&, const Json::exception&) { return false; }

  Value take() { return std::move(root_); }
  /// True when a key stands twice in an object.
  bool repeats_keys() const { return repeats_keys_; }
  /// Where nesting became too deep; null pointer when it did not.
  const char* too_deep() const { return too_deep_; }

 private:
  /// One level of nesting; used again by the next container on the same level.
  struct Frame {
    bool is_object = false;
    std::size_t keys = 0;  // read so far
    String key;
    ArrayBuilder array;
    ObjectBuilder object;
  };

  bool start(bool is_object) {
    if (depth_ == kMaxDepth) {
      too_deep_ = place_.at - 1;
      return false;
    }
    if (depth_ == frames_.size()) frames_.emplace_back();
    frames_[depth_].is_object = is_object;
    frames_[depth_++].keys = 0;
    return true;
  }
  bool put(Value value) {
    if (depth_ == 0) {
      root_ = std::move(value);
      return true;
    }
    Frame& frame = frames_[depth_ - 1];
    if (frame.is_object) {
      frame.object.set(std::move(frame.key), std::move(value));
    } else {
      frame.array.add(std::move(value));
    }
    return true;
  }

  const Place& place_;
  const char* too_deep_ = nullptr;
  bool repeats_keys_ = false;
  Value root_;
  std::vector<Frame> frames_;
  std::size_t depth_ = 0;
  detail::KeyCache keys_;
};

bool has_nul(std::string_view text) {
  return !text.empty() && std::memchr(text.data(), 0, text.size()) != nullptr;
}

/// Puts the repaired copy of the source in its place.
void apply_edits(const std::vector<detail::Edit>& edits, DocumentContent& content) {
  const std::string_view text = content.source;
  MappedText out;
  std::uint32_t done = 0;
  const auto take_over = [&](std::uint32_t end) {
    if (end <= done) return;
    out.take_over(text.substr(done, end - done), done);
    done = end;
  };
  for (const detail::Edit& edit : edits) {
    take_over(edit.span.begin);
    done = edit.span.end;
    out.put(edit.replacement, edit.span);
  }
  take_over(static_cast<std::uint32_t>(text.size()));
  std::vector<Piece> pieces = content.copy ? composed(out.pieces, content.copy->pieces) : std::move(out.pieces);
  content.set_copy(std::move(out.text), std::move(pieces));
}

/// Makes the tree of content.source.
void read_source(DocumentContent& content, bool placeholders) {
  Diagnostics& diagnostics = content.diagnostics;
  Place place;
  std::optional<TreeBuilder> builder(std::in_place, content, place);
  if (has_nul(content.source) || !parse(content.source, place, *builder)) {
    content.nodes.clear();
    builder.reset();
    detail::Repair repaired =
        detail::repair(content.source, content.line_index(),
                       {.placeholders = placeholders, .pieces = content.copy ? &content.copy->pieces : nullptr});
    for (Diagnostic& diagnostic : repaired.diagnostics) {
      diagnostic.span = content.original(diagnostic.span.begin, diagnostic.span.end);
      diagnostics.push_back(std::move(diagnostic));
    }
    if (repaired.has_value) {
      apply_edits(repaired.edits, content);
      builder.emplace(content, place);
      if (!parse(content.source, place, *builder)) {
        // A repair that made no JSON is our mistake, found by the tests. The user still gets the diagnostics.
        content.nodes.clear();
        builder.reset();
      }
    }
  }
  if (builder) builder->report(diagnostics);
  detail::sort_diagnostics(diagnostics);
}

std::unique_ptr<DocumentContent> read_text(std::string text, bool placeholders) {
  auto content = std::make_unique<DocumentContent>();
  content->set_text(std::move(text));
  if (content->text.size() > kMaxTextBytes) {
    content->diagnostics.push_back(detail::text_too_large(content->text.size()));
    return content;
  }
  if (content->text.starts_with("\xEF\xBB\xBF")) {
    content->diagnostics.push_back({.name = "byte-order-mark",
                                    .severity = Severity::Info,
                                    .message = "the text starts with a byte order mark",
                                    .help = "save it as UTF-8 without one; some readers of JSON refuse it",
                                    .span = {0, 3},
                                    .pointer = ""});
  }
  content->source = content->text;
  read_source(*content, placeholders);
  return content;
}

}  // namespace

Document read_json(std::string text) {
  return Document(read_text(std::move(text), false));
}

Document read_definition_json(std::string text) {
  return Document(read_text(std::move(text), true));
}

Document read_json_part(const Document& host, MappedText part) {
  auto content = std::make_unique<DocumentContent>();
  content->shared_text = host.content_->shared_text;
  content->text = *content->shared_text;
  content->set_copy(std::move(part.text), std::move(part.pieces));
  read_source(*content, true);
  return Document(std::move(content));
}

Result<Value, Diagnostic> read_value(std::string_view text, bool* repeats_keys) {
  if (text.size() > kMaxTextBytes) return detail::text_too_large(text.size());
  Place place;
  ValueBuilder builder(place);
  if (!has_nul(text) && parse(text, place, builder)) {
    if (repeats_keys) *repeats_keys = builder.repeats_keys();
    return builder.take();
  }
  if (builder.too_deep()) {
    const auto offset = static_cast<std::uint32_t>(builder.too_deep() - text.data());
    return Diagnostic{.name = "nesting-too-deep",
                      .severity = Severity::Error,
                      .message = fmt::format("arrays and objects are nested more than {} deep", kMaxDepth),
                      .help = "",
                      .span = {offset, offset + 1},
                      .pointer = ""};
  }
  detail::Repair repaired = detail::repair(text, detail::LineIndex(text));
  for (Diagnostic& diagnostic : repaired.diagnostics) {
    if (diagnostic.severity == Severity::Error) return std::move(diagnostic);
  }
  return Diagnostic{.name = "json-syntax",
                    .severity = Severity::Error,
                    .message = "the text is no JSON",
                    .help = "",
                    .span = {},
                    .pointer = ""};
}

}  // namespace stepglass
