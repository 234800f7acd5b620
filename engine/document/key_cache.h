#pragma once
// Shares the texts of keys: the same key in a thousand objects is stored once. Private to engine/document.

#include <string_view>

#include "engine/value/value.h"

namespace stepglass::detail {

class KeyCache {
 public:
  String get(std::string_view key) {
    if (key.empty()) return String();
    // A key that lost its place to another is stored once more: that costs memory and nothing else.
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(key[i]); };
    const std::size_t slot = (key.size() * 31 + byte(0) * 7 + byte(key.size() / 2) * 3 + byte(key.size() - 1)) % kSlots;
    if (keys_[slot].view() != key) keys_[slot] = String(key);
    return keys_[slot];
  }

 private:
  static constexpr std::size_t kSlots = 64;
  String keys_[kSlots];
};

}  // namespace stepglass::detail
