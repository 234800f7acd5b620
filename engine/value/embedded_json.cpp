#include "engine/value/embedded_json.h"

#include <cstdint>

#include "engine/value/json_escape.h"
#include "engine/value/print.h"

namespace stepglass {

void EmbeddedJson::add(const Value& value) {
  stage_.add('"');
  add_content(value);
  stage_.add('"');
}

void EmbeddedJson::forget() {
  for (Written& written : written_) written = Written();
}

EmbeddedJson::Written& EmbeddedJson::place_of(const void* identity) {
  // Allocations are at least 32 bytes apart; a multiplication spreads them.
  const auto address = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(identity));
  return written_[(address * 0x9E3779B97F4A7C15u) >> 57];
}

void EmbeddedJson::add_content(const Value& value) {
  constexpr auto kLevel = JsonLevel::Embedded;
  if (value.kind() < Value::Kind::String) return add_json_scalar(stage_, value, NumberStyle::Java, scratch_);
  if (value.is_string() && value.as_string().size() < kLeastBytes) {
    return add_json_string<kLevel>(stage_, value.as_string());
  }
  Written& written = place_of(value.identity());
  if (written.identity == value.identity()) return stage_.repeat(written.begin, written.end);
  const std::size_t begin = stage_.position();
  if (value.is_string()) {
    add_json_string<kLevel>(stage_, value.as_string());
  } else if (value.is_array()) {
    char before = '[';
    for (const Value& item : value.items()) {
      stage_.add(before);
      before = ',';
      add_content(item);
    }
    if (before == '[') stage_.add(before);
    stage_.add(']');
  } else if (value.is_object()) {
    char before = '{';
    for (const Member& member : value.members()) {
      stage_.add(before);
      before = ',';
      add_json_string<kLevel>(stage_, member.key);
      stage_.add(':');
      add_content(member.value);
    }
    if (before == '{') stage_.add(before);
    stage_.add('}');
  } else {
    return stage_.add("null");  // an Opaque never leaves its evaluator
  }
  const std::size_t end = stage_.position();
  written = {value.identity(), begin, end};
}

}  // namespace stepglass
