#include "engine/value/print.h"

#include <charconv>

#include "engine/support/number.h"
#include "engine/value/json_size.h"
#include "engine/value/rep.h"

namespace stepglass {
namespace {

/// What a byte becomes inside a JSON string: 0 as it is, 'u' a \u00XX escape, else the letter behind the backslash.
constexpr char escape_of(unsigned char byte) {
  switch (byte) {
    case '"':
      return '"';
    case '\\':
      return '\\';
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return byte < 0x20 ? 'u' : '\0';
  }
}

std::uint64_t string_json_size(std::string_view text) {
  std::uint64_t size = text.size() + 2;
  for (const char c : text) {
    const char escape = escape_of(static_cast<unsigned char>(c));
    if (escape) size += escape == 'u' ? 5 : 1;
  }
  return size;
}

std::uint64_t integer_digits(std::uint64_t value) {
  std::uint64_t digits = 1;
  while (value >= 10) {
    value /= 10;
    ++digits;
  }
  return digits;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char escape = escape_of(byte);
    if (!escape) continue;
    out.append(text, start, i - start);
    start = i + 1;
    out += '\\';
    out += escape;
    if (escape == 'u') {
      constexpr char hex[] = "0123456789ABCDEF";
      out += "00";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    }
  }
  out.append(text, start, text.size() - start);
  out += '"';
}

void append_json(std::string& out, const Value& value, NumberStyle style) {
  switch (value.kind()) {
    case Value::Kind::Opaque:  // never leaves its evaluator
    case Value::Kind::Null:
      out += "null";
      return;
    case Value::Kind::Boolean:
      out += value.as_boolean() ? "true" : "false";
      return;
    case Value::Kind::Integer:
    case Value::Kind::Unsigned: {
      char buffer[24];
      const auto end = value.kind() == Value::Kind::Integer
                           ? std::to_chars(buffer, buffer + sizeof buffer, value.as_integer())
                           : std::to_chars(buffer, buffer + sizeof buffer, value.as_unsigned());
      out.append(buffer, end.ptr);
      return;
    }
    case Value::Kind::Double:
      if (style == NumberStyle::Java) {
        append_double_java(out, value.as_double());
      } else {
        append_double_ecmascript(out, value.as_double());
      }
      return;
    case Value::Kind::String:
      append_json_string(out, value.as_string());
      return;
    case Value::Kind::Array: {
      out += '[';
      bool first = true;
      for (const Value& item : value.items()) {
        if (!first) out += ',';
        first = false;
        append_json(out, item, style);
      }
      out += ']';
      return;
    }
    case Value::Kind::Object: {
      out += '{';
      bool first = true;
      for (const Member& member : value.members()) {
        if (!first) out += ',';
        first = false;
        append_json_string(out, member.key);
        out += ':';
        append_json(out, member.value, style);
      }
      out += '}';
      return;
    }
  }
}

std::string to_json(const Value& value, NumberStyle style) {
  std::string out;
  append_json(out, value, style);
  return out;
}

namespace detail {

std::uint64_t object_json_size(const ObjectRep& rep) {
  if (rep.json_size == 0) {
    const ObjectRep& flat = flatten(rep);
    std::uint64_t size = 2 + (flat.size > 0 ? flat.size - 1 : 0);
    for (std::uint32_t i = 0; i < flat.size; ++i) {
      const Member& member = flat.members()[i];
      size = add_json_size(size, json_size(Value(member.key)) + 1 + json_size(member.value));
    }
    rep.json_size = flat.json_size = size;
  }
  return rep.json_size;
}

}  // namespace detail

std::uint64_t json_size(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Opaque:
    case Value::Kind::Null:
      return 4;
    case Value::Kind::Boolean:
      return value.as_boolean() ? 4 : 5;
    case Value::Kind::Integer: {
      const std::int64_t integer = value.as_integer();
      return integer < 0 ? 1 + integer_digits(0 - static_cast<std::uint64_t>(integer))
                         : integer_digits(static_cast<std::uint64_t>(integer));
    }
    case Value::Kind::Unsigned:
      return integer_digits(value.as_unsigned());
    case Value::Kind::Double: {
      std::string text;
      append_double_java(text, value.as_double());
      return text.size();
    }
    case Value::Kind::String: {
      const auto& rep = *static_cast<const detail::StringRep*>(value.identity());
      if (rep.json_size == 0) rep.json_size = static_cast<std::uint32_t>(string_json_size(value.as_string()));
      return rep.json_size;
    }
    case Value::Kind::Array: {
      const auto& rep = *static_cast<const detail::ArrayRep*>(value.identity());
      if (rep.json_size == 0) {
        std::uint64_t size = 2 + (rep.size > 0 ? rep.size - 1 : 0);
        for (const Value& item : value.items()) size = add_json_size(size, json_size(item));
        rep.json_size = size;
      }
      return rep.json_size;
    }
    case Value::Kind::Object:
      return detail::object_json_size(*static_cast<const detail::ObjectRep*>(value.identity()));
  }
  return 0;
}

}  // namespace stepglass
