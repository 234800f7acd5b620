#include "engine/path/loose_json.h"

#include <cmath>
#include <string>

#include "engine/support/limits.h"
#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass::path {
namespace {

class Reader {
 public:
  Reader(std::string_view text, bool loose) : text_(text), loose_(loose) {}

  std::optional<Value> read() {
    Value value;
    if (!read_value(value, "")) return std::nullopt;
    return value;
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  void skip_space() {
    while (!at_end() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) ++at_;
  }

  /// `stops`: the characters that end a word without quotes here.
  bool read_value(Value& out, std::string_view stops) {
    skip_space();
    if (at_end()) return false;
    switch (peek()) {
      case '[':
        return read_array(out);
      case '{':
        return read_object(out);
      case '"':
        return read_string_value(out, '"');
      case '\'':
        if (loose_) return read_string_value(out, '\'');
        return false;
      default:
        return loose_ ? read_word(out, stops) : read_scalar(out);
    }
  }

  bool read_array(Value& out) {
    if (++depth_ > kMaxDepth) return false;
    ++at_;
    ArrayBuilder items;
    bool expect_value = true, first = true;
    while (true) {
      skip_space();
      if (at_end()) return false;
      if (peek() == ']') {
        if (expect_value && !first && !loose_) return false;
        break;
      }
      if (peek() == ',') {
        if (expect_value && !loose_) return false;
        ++at_;
        expect_value = true;
        continue;
      }
      if (!expect_value) return false;
      Value item;
      if (!read_value(item, ",]")) return false;
      items.add(std::move(item));
      expect_value = first = false;
    }
    ++at_;
    --depth_;
    out = std::move(items).build();
    return true;
  }

  bool read_object(Value& out) {
    if (++depth_ > kMaxDepth) return false;
    ++at_;
    ObjectBuilder members;
    bool expect_member = true, first = true;
    while (true) {
      skip_space();
      if (at_end()) return false;
      if (peek() == '}') {
        if (expect_member && !first && !loose_) return false;
        break;
      }
      if (peek() == ',') {
        if (expect_member && !loose_) return false;
        ++at_;
        expect_member = true;
        continue;
      }
      if (!expect_member) return false;
      std::string key;
      if (peek() == '"' || (loose_ && peek() == '\'')) {
        if (!read_string(key, peek())) return false;
      } else if (loose_) {
        key = word(":");
      } else {
        return false;
      }
      skip_space();
      if (peek() != ':') return false;
      ++at_;
      Value value;
      if (!read_value(value, ",}")) return false;
      members.set(key, std::move(value));
      expect_member = first = false;
    }
    ++at_;
    --depth_;
    out = std::move(members).build();
    return true;
  }

  bool read_string_value(Value& out, char quote) {
    std::string text;
    if (!read_string(text, quote)) return false;
    out = Value(text);
    return true;
  }

  bool read_unit(char32_t& unit) {
    if (at_ + 4 > text_.size()) return false;
    unit = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = text_[at_++];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return false;
      unit = unit * 16 + static_cast<char32_t>(digit);
    }
    return true;
  }

  bool read_string(std::string& out, char quote) {
    ++at_;
    while (!at_end()) {
      const char c = text_[at_++];
      if (c == quote) return true;
      if (static_cast<unsigned char>(c) < 0x20 && !loose_) return false;
      if (c != '\\') {
        out += c;
        continue;
      }
      if (at_end()) return false;
      const char escaped = text_[at_++];
      switch (escaped) {
        case 'b':
          out += '\b';
          break;
        case 'f':
          out += '\f';
          break;
        case 'n':
          out += '\n';
          break;
        case 'r':
          out += '\r';
          break;
        case 't':
          out += '\t';
          break;
        case 'u': {
          char32_t unit = 0;
          if (!read_unit(unit)) return false;
          if (unit >= 0xD800 && unit < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
            const std::size_t before = at_;
            char32_t low = 0;
            at_ += 2;
            if (read_unit(low) && low >= 0xDC00 && low < 0xE000) {
              unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            } else {
              at_ = before;
            }
          }
          append_utf8(out, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
          break;
        }
        default:
          if (!loose_ && escaped != '"' && escaped != '\\' && escaped != '/') return false;
          out += escaped;
          break;
      }
    }
    return false;
  }

  std::string word(std::string_view stops) {
    const std::size_t start = at_;
    while (!at_end() && stops.find(peek()) == std::string_view::npos) ++at_;
    std::size_t end = at_;
    while (end > start && (text_[end - 1] == ' ' || text_[end - 1] == '\t' || text_[end - 1] == '\n')) --end;
    return std::string(text_.substr(start, end - start));
  }

  static std::optional<Value> number(std::string_view text) {
    if (const auto integer = parse_integer(text)) return Value(*integer);
    const auto number = parse_double(text);
    if (!number || std::isinf(*number)) return std::nullopt;
    if (text.find_first_of(".eE") == std::string_view::npos && text[0] != '-' && *number < 18446744073709551616.0) {
      std::uint64_t large = 0;
      for (const char c : text) large = large * 10 + static_cast<std::uint64_t>(c - '0');
      return Value(large);
    }
    return Value(*number);
  }

  bool read_word(Value& out, std::string_view stops) {
    const std::string text = word(stops);
    if (text == "null" || text == "true" || text == "false") {
      out = text == "null" ? Value() : Value(text == "true");
      return true;
    }
    std::string_view digits = text;
    const bool minus = digits.starts_with('-');
    if (minus) digits.remove_prefix(1);
    while (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9') digits.remove_prefix(1);
    if (auto value = number((minus ? "-" : "") + std::string(digits))) {
      out = *std::move(value);
    } else {
      out = Value(text);
    }
    return true;
  }

  bool read_scalar(Value& out) {
    for (const std::string_view name : {"null", "true", "false"}) {
      if (!text_.substr(at_).starts_with(name)) continue;
      at_ += name.size();
      out = name == "null" ? Value() : Value(name == "true");
      return true;
    }
    const std::size_t start = at_;
    while (!at_end() && std::string_view("+-.0123456789eE").find(peek()) != std::string_view::npos) ++at_;
    auto value = number(text_.substr(start, at_ - start));
    if (!value) return false;
    out = *std::move(value);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  const bool loose_;
};

}  // namespace

std::optional<Value> read_loose_json(std::string_view text) {
  return Reader(text, true).read();
}
std::optional<Value> read_leading_json(std::string_view text) {
  return Reader(text, false).read();
}

}  // namespace stepglass::path
