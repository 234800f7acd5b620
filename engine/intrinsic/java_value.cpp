#include "engine/intrinsic/java_value.h"

#include <cstring>
#include <vector>

#include "engine/support/number.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass::intrinsic {
namespace {

std::uint64_t bits_of(double number) {
  std::uint64_t bits;
  std::memcpy(&bits, &number, sizeof bits);
  return bits;
}

std::uint32_t hash_of_long(std::uint64_t bits) {
  return static_cast<std::uint32_t>(bits ^ bits >> 32);
}

// Unsigned throughout: Java's int arithmetic wraps around.
std::uint32_t hash_of_string(std::string_view text) {
  std::uint32_t hash = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t point = next_code_point(text, i);
    if (point >= 0x10000) {
      hash = 31 * hash + (0xD800 + ((static_cast<std::uint32_t>(point) - 0x10000) >> 10));
      hash = 31 * hash + (0xDC00 + (static_cast<std::uint32_t>(point) & 0x3FF));
    } else {
      hash = 31 * hash + static_cast<std::uint32_t>(point);
    }
  }
  return hash;
}

std::uint32_t hash_of(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Opaque:  // never leaves its evaluator
    case Value::Kind::Null:
      return 0;
    case Value::Kind::Boolean:
      return value.as_boolean() ? 1231 : 1237;
    case Value::Kind::Integer: {
      const std::int64_t number = value.as_integer();
      const auto bits = static_cast<std::uint64_t>(number);
      // An Integer when it fits, else a Long.
      return number == static_cast<std::int32_t>(number) ? static_cast<std::uint32_t>(bits) : hash_of_long(bits);
    }
    case Value::Kind::Unsigned: {  // a BigInteger of two words
      const std::uint64_t number = value.as_unsigned();
      return 31 * static_cast<std::uint32_t>(number >> 32) + static_cast<std::uint32_t>(number);
    }
    case Value::Kind::Double:
      return hash_of_long(bits_of(value.as_double()));
    case Value::Kind::String:
      return hash_of_string(value.as_string());
    case Value::Kind::Array: {
      std::uint32_t hash = 1;
      for (const Value& item : value.items()) hash = 31 * hash + hash_of(item);
      return hash;
    }
    case Value::Kind::Object: {
      std::uint32_t hash = 0;
      for (const Member& member : value.members()) hash += hash_of_string(member.key.view()) ^ hash_of(member.value);
      return hash;
    }
  }
  return 0;
}

void append_sized(std::string& out, char tag, std::uint64_t size) {
  out += tag;
  out += std::to_string(size);
  out += ':';
}

}  // namespace

std::uint64_t java_text_bound(const Value& value) {
  const std::uint64_t size = json_size(value);
  return value.is_array() || value.is_object() ? add_json_size(size, size) : size;
}

std::int32_t java_hash(const Value& value) {
  return static_cast<std::int32_t>(hash_of(value));
}

std::uint32_t java_bucket(std::int32_t hash, std::uint32_t buckets) {
  const auto bits = static_cast<std::uint32_t>(hash);
  return (bits ^ bits >> 16) & (buckets - 1);
}

void append_java_identity(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Opaque:  // never leaves its evaluator
    case Value::Kind::Null:
      out += 'n';
      return;
    case Value::Kind::Boolean:
      out += value.as_boolean() ? 't' : 'f';
      return;
    case Value::Kind::Integer:
      append_sized(out, 'i', static_cast<std::uint64_t>(value.as_integer()));
      return;
    case Value::Kind::Unsigned:
      append_sized(out, 'u', value.as_unsigned());
      return;
    case Value::Kind::Double: {
      const std::uint64_t bits = bits_of(value.as_double());
      out += 'd';
      out.append(reinterpret_cast<const char*>(&bits), sizeof bits);
      return;
    }
    case Value::Kind::String:
      append_sized(out, 's', value.as_string().size());
      out += value.as_string();
      return;
    case Value::Kind::Array:
      append_sized(out, '[', value.size());
      for (const Value& item : value.items()) append_java_identity(out, item);
      return;
    case Value::Kind::Object: {
      append_sized(out, '{', value.size());
      std::vector<const Member*> sorted;
      sorted.reserve(value.size());
      for (const Member& member : value.members()) sorted.push_back(&member);
      sort_stable(sorted, [](const Member* a, const Member* b) { return a->key.view() < b->key.view(); });
      for (const Member* member : sorted) {
        append_sized(out, 'k', member->key.size());
        out += member->key.view();
        append_java_identity(out, member->value);
      }
      return;
    }
  }
}

}  // namespace stepglass::intrinsic
