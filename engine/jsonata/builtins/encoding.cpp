// The functions that encode and decode texts: Base64 and the percent signs of URLs.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/jsonata/builtins/text_arguments.h"
#include "engine/jsonata/error.h"
#include "engine/jsonata/evaluation.h"
#include "engine/jsonata/function.h"
#include "engine/support/base64.h"
#include "engine/support/text.h"

namespace stepglass::jsonata {
namespace {

/// Source: the reference takes the low byte of each UTF-16 unit (Buffer.from(text, "binary")), so that what lies beyond
/// U+00FF does not come back.
Item base64encode(const Call& call) {
  if (!call[0]) return {};
  const std::string_view text = call[0]->as_string();
  charge_string(call, 2 * text.size() + 4);
  if (is_ascii(text)) return Value(base64_encode(text));
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    char32_t c = next_code_point(text, i);
    if (c > 0xFFFF) {
      c -= 0x10000;
      bytes += static_cast<char>((0xD800 + (c >> 10)) & 0xFF);
      c = 0xDC00 + (c & 0x3FF);
    }
    bytes += static_cast<char>(c & 0xFF);
  }
  return Value(base64_encode(bytes));
}

/// Whether `text` is Base64 as java.util.Base64's basic decoder takes it: its alphabet, and padding that is right or
/// left out.
bool is_strict_base64(std::string_view text) {
  std::size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) {
    text.remove_suffix(1);
    ++padding;
  }
  for (const char c : text) {
    const bool digit =
        (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    if (!digit) return false;
  }
  const std::size_t rest = text.size() % 4;
  return rest != 1 && (padding == 0 || rest + padding == 4);
}

Item base64decode(const Call& call) {
  if (!call[0]) return {};
  const std::string_view text = call[0]->as_string();
  charge_string(call, 2 * text.size());
  if (call.evaluation().dialect() == Dialect::States && !is_strict_base64(text)) {
    // Measured for "!!!": the service reports trouble of its own. That it reads as Java does is a guess.
    throw Raised{Error{
        .code = "", .message = "the text is no Base64", .position = 0, .token = "base64decode", .internal = true}};
  }
  const std::string bytes = base64_decode_leniently(text);
  std::string out;
  out.reserve(bytes.size());
  for (const char byte : bytes) append_utf8(out, static_cast<unsigned char>(byte));
  return Value(out);
}

/// What a character of a URL is. Source: ECMAScript, "URI Handling Functions".
enum class UrlClass : std::uint8_t { Escaped, Reserved, Unreserved };

constexpr std::array<UrlClass, 256> kUrlClasses = [] {
  std::array<UrlClass, 256> classes = {};
  const auto mark = [&](std::string_view characters, UrlClass url_class) {
    for (const char c : characters) classes[static_cast<unsigned char>(c)] = url_class;
  };
  mark("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()", UrlClass::Unreserved);
  mark(";/?:@&=+$,#", UrlClass::Reserved);
  return classes;
}();

UrlClass url_class(char c) {
  return kUrlClasses[static_cast<unsigned char>(c)];
}

Item encode_url(const Call& call, bool keep_reserved) {
  if (!call[0]) return {};
  const std::string_view text = call[0]->as_string();
  charge_text(call, text.size());
  if (find_invalid_utf8(text)) call.raise("D3140", {.value = *call[0]});
  const auto stays = [&](char c) {
    return url_class(c) >= (keep_reserved ? UrlClass::Reserved : UrlClass::Unreserved);
  };
  std::size_t size = text.size();
  for (const char c : text) size += stays(c) ? 0 : 2;
  if (size == text.size()) return call[0];
  charge_string(call, size);
  return Value(String::written(size, [&](char* to) {
    constexpr char hex[] = "0123456789ABCDEF";
    for (const char c : text) {
      if (stays(c)) {
        *to++ = c;
      } else {
        *to++ = '%';
        *to++ = hex[static_cast<unsigned char>(c) >> 4];
        *to++ = hex[static_cast<unsigned char>(c) & 15];
      }
    }
  }));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

Item decode_url(const Call& call, bool keep_reserved) {
  if (!call[0]) return {};
  const std::string_view text = call[0]->as_string();
  charge_string(call, text.size());
  std::string out;
  out.reserve(text.size());
  // Escaped bytes and others do not mix in one character: each stretch of escapes is UTF-8 by itself.
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '%') {
      out += text[i++];
      continue;
    }
    const std::size_t start = i;
    std::string bytes;
    for (; i < text.size() && text[i] == '%'; i += 3) {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
      if (low < 0) call.raise("D3140", {.value = *call[0]});
      bytes += static_cast<char>(high * 16 + low);
    }
    if (find_invalid_utf8(bytes)) call.raise("D3140", {.value = *call[0]});
    for (std::size_t k = 0; k < bytes.size(); ++k) {
      if (keep_reserved && url_class(bytes[k]) == UrlClass::Reserved) {
        out += text.substr(start + 3 * k, 3);
      } else {
        out += bytes[k];
      }
    }
  }
  return Value(out);
}

Item encode_whole_url(const Call& call) {
  return encode_url(call, true);
}
Item encode_url_component(const Call& call) {
  return encode_url(call, false);
}
Item decode_whole_url(const Call& call) {
  return decode_url(call, true);
}
Item decode_url_component(const Call& call) {
  return decode_url(call, false);
}

constexpr Function kFunctions[] = {
    {.name = "base64encode",
     .signature = "<s-:s>",
     .example = R"($base64encode("myuser:mypass"))",
     .gives = R"("bXl1c2VyOm15cGFzcw==")",
     .call = base64encode},
    {.name = "base64decode",
     .signature = "<s-:s>",
     .example = R"($base64decode("bXl1c2VyOm15cGFzcw=="))",
     .gives = R"("myuser:mypass")",
     .call = base64decode},
    {.name = "encodeUrl",
     .signature = "<s-:s>",
     .example = R"($encodeUrl("https://example.com/?q=größe"))",
     .gives = R"("https://example.com/?q=gr%C3%B6%C3%9Fe")",
     .call = encode_whole_url},
    {.name = "encodeUrlComponent",
     .signature = "<s-:s>",
     .example = R"($encodeUrlComponent("?x=test"))",
     .gives = R"("%3Fx%3Dtest")",
     .call = encode_url_component},
    {.name = "decodeUrl",
     .signature = "<s-:s>",
     .example = R"($decodeUrl("https://example.com/?q=gr%C3%B6%C3%9Fe%26"))",
     .gives = R"("https://example.com/?q=größe%26")",
     .call = decode_whole_url},
    {.name = "decodeUrlComponent",
     .signature = "<s-:s>",
     .example = R"($decodeUrlComponent("%3Fx%3Dtest"))",
     .gives = R"("?x=test")",
     .call = decode_url_component},
};

}  // namespace

std::span<const Function> encoding_functions() {
  return kFunctions;
}

}  // namespace stepglass::jsonata
