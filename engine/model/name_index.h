#pragma once
// Finds names in a list: n log n to make, log n to ask, whatever the names. Sorted by a hash of our own first, since
// names of states are alike at their beginnings. Private to engine/model.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/support/hash.h"
#include "engine/support/sort.h"

namespace stepglass::loading {

/// A name with its hash. Ordered by hash, then name: an order for looking up, not for output. Names that collide are
/// told apart by comparing them.
struct HashedName {
  std::uint64_t hash;
  std::string_view name;

  explicit HashedName(std::string_view n) : hash(hash_text(n)), name(n) {}
  friend bool operator==(const HashedName&, const HashedName&) = default;
  friend bool operator<(const HashedName& a, const HashedName& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.name < b.name;
  }
};

class NameIndex {
 public:
  void reserve(std::size_t size) { entries_.reserve(size); }
  void add(std::string_view name) {
    entries_.push_back({HashedName(name), static_cast<std::uint32_t>(entries_.size())});
  }
  /// To be called when all names are there, before what follows.
  void sort() {
    sort_stable(entries_, [](const Entry& a, const Entry& b) {
      return a.name == b.name ? a.position < b.position : a.name < b.name;
    });
  }

  /// The position of `name`, as added; of equal names the last.
  std::optional<std::size_t> find(std::string_view name) const {
    const HashedName wanted(name);
    const auto behind = std::upper_bound(entries_.begin(), entries_.end(), wanted,
                                         [](const HashedName& n, const Entry& entry) { return n < entry.name; });
    if (behind == entries_.begin() || !(std::prev(behind)->name == wanted)) return std::nullopt;
    return std::prev(behind)->position;
  }
  /// For each position, whether the same name comes again later. Empty when no name does.
  std::vector<bool> superseded() const {
    std::vector<bool> result;
    for (std::size_t i = 1; i < entries_.size(); ++i) {
      if (!(entries_[i - 1].name == entries_[i].name)) continue;
      result.resize(entries_.size());
      result[entries_[i - 1].position] = true;
    }
    return result;
  }

 private:
  struct Entry {
    HashedName name;
    std::uint32_t position;
  };
  std::vector<Entry> entries_;
};

}  // namespace stepglass::loading
