#pragma once
// Keys that stand twice in an object. Private to engine/document.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/document/content.h"
#include "engine/document/diagnostic.h"

namespace stepglass::detail {

class DuplicateKeys {
 public:
  /// Looks through the members of `object`, which are all there. O(n log n) for any choice of keys.
  void find(const DocumentContent& content, std::uint32_t object);
  /// Writes down what was found, by place: duplicate-key.
  void report(const DocumentContent& content, Diagnostics& diagnostics);

 private:
  struct Duplicate {
    std::uint32_t node;
    std::uint32_t first;
  };
  struct Entry {
    std::uint64_t hash;
    std::uint32_t node;
  };
  std::vector<Duplicate> duplicates_;
  std::vector<Entry> entries_;
};

/// The JSON pointer of a node; empty when it is so long that a list of them would be a burden.
std::string short_pointer(const DocumentContent& content, std::uint32_t id);

/// text-too-large, for a text of so many bytes.
Diagnostic text_too_large(std::size_t bytes);

}  // namespace stepglass::detail
