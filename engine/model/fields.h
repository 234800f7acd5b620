#pragma once
// Field tables: which fields an object of the language has, for which kind of it, in which query language, and how each
// is read. To add a field, add a row. Private to engine/model.

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/service_words.h"
#include "engine/model/values.h"

namespace stepglass::loading {

enum class Languages : std::uint8_t { Both, JSONPath, JSONata };

inline constexpr std::uint16_t kAnyKind = 0xFFFF;

/// One row. `Reader` collects what the fields of one object say.
template <typename Reader>
struct Field {
  std::string_view name;
  std::uint16_t kinds;  // bits of the kinds of this object that have the field
  Languages languages;
  void (*read)(Reader&, Node);
};

/// Tables are in the order of names, so that a row is found by bisection.
template <typename Table>
constexpr bool is_sorted_by_name(const Table& table) {
  for (std::size_t i = 1; i < std::size(table); ++i) {
    if (!(table[i - 1].name < table[i].name)) return false;
  }
  return true;
}

template <typename Reader, std::size_t N>
const Field<Reader>* find_field(const Field<Reader> (&table)[N], std::string_view name) {
  const Field<Reader>* row = std::lower_bound(std::begin(table), std::end(table), name,
                                              [](const Field<Reader>& r, std::string_view n) { return r.name < n; });
  return row != std::end(table) && row->name == name ? row : nullptr;
}

/// The names of the rows that fit.
template <typename Reader, std::size_t N>
std::vector<std::string_view> names_in(const Field<Reader> (&table)[N], std::uint16_t kind, bool is_jsonata) {
  std::vector<std::string_view> names;
  for (const Field<Reader>& row : table) {
    const bool fits = row.languages == Languages::Both || (row.languages == Languages::JSONata) == is_jsonata;
    if ((row.kinds & kind) != 0 && fits) names.push_back(row.name);
  }
  return names;
}

/// Who an object is, for messages.
struct Owner {
  std::string_view article;  // "a Pass state"
  std::uint16_t kind = kAnyKind;
  /// A state that goes back to JSONPath in a JSONata machine: that alone is reported, not its fields as well.
  bool any_language = false;
  /// The name of the diagnostic for a field that this kind does not have.
  std::string_view (*rule_of_field)(std::string_view field) = [](std::string_view) {
    return std::string_view("field-not-allowed-for-type");
  };
};

/// The fields of one object, sorted out by a table.
template <typename Reader>
class Fields {
 public:
  template <std::size_t N>
  Fields(Node object, const Field<Reader> (&table)[N]) : object_(object) {
    present_.reserve(8);
    for (auto child = object.first_child(); child; child = child->next_sibling()) {
      const Field<Reader>* row = find_field(table, child->key());
      if (!row) {
        unknown_.push_back(*child);
        continue;
      }
      // Of equal keys the last stays.
      const auto same = std::find_if(present_.begin(), present_.end(), [&](const Entry& e) { return e.row == row; });
      if (same != present_.end()) present_.erase(same);
      present_.push_back({row, *child, true});
    }
  }

  Node object() const { return object_; }
  const std::vector<Node>& unknown() const { return unknown_; }

  std::optional<Node> find(std::string_view name) const {
    for (const Entry& entry : present_) {
      if (entry.row->name == name) return entry.node;
    }
    return std::nullopt;
  }
  bool has(std::string_view name) const { return find(name).has_value(); }

  /// Reports fields that this kind or query language does not have; they are not read.
  void check_allowed(const Reading& reading, const Owner& owner);
  /// All at once, for objects without checks across fields.
  template <std::size_t N>
  void check_and_read(const Reading& reading, const Owner& owner, const Field<Reader> (&table)[N], Reader& reader) {
    report_unknown(reading, owner, table);
    check_allowed(reading, owner);
    read(reader);
  }
  /// Leaves `name` unread.
  void skip(std::string_view name) {
    for (Entry& entry : present_) {
      if (entry.row->name == name) entry.allowed = false;
    }
  }
  /// Reports fields that no object of this sort has.
  template <std::size_t N>
  void report_unknown(const Reading& reading, const Owner& owner, const Field<Reader> (&table)[N]) const;
  /// Reads the fields that are allowed, in the order in which they stand.
  void read(Reader& reader) const {
    for (const Entry& entry : present_) {
      if (entry.allowed && entry.row->read) entry.row->read(reader, entry.node);
    }
  }

 private:
  struct Entry {
    const Field<Reader>* row;
    Node node;
    bool allowed;
  };
  Node object_;
  std::vector<Entry> present_;
  std::vector<Node> unknown_;
};

void report_not_allowed(const Reading& reading, Node object, Node field, const Owner& owner);
void report_other_language(const Reading& reading, Node object, Node field, const Owner& owner);
void report_unknown_field(const Reading& reading, Node object, Node field, const Owner& owner,
                          const std::vector<std::string_view>& names);

/// Reports that one of `fields`, which exclude each other, is too many: `second` stands besides `first`.
void report_both(const Reading& reading, std::string_view rule, Node object, Node first, Node second,
                 std::string_view fields);

template <typename Reader>
void Fields<Reader>::check_allowed(const Reading& reading, const Owner& owner) {
  for (Entry& entry : present_) {
    const Languages languages = entry.row->languages;
    if ((entry.row->kinds & owner.kind) == 0) {
      entry.allowed = false;
      report_not_allowed(reading, object_, entry.node, owner);
    } else if (languages != Languages::Both && !owner.any_language &&
               (languages == Languages::JSONata) != reading.is_jsonata()) {
      entry.allowed = false;
      report_other_language(reading, object_, entry.node, owner);
    }
  }
}

template <typename Reader>
template <std::size_t N>
void Fields<Reader>::report_unknown(const Reading& reading, const Owner& owner, const Field<Reader> (&table)[N]) const {
  if (unknown_.empty()) return;
  const auto names = names_in(table, owner.kind, reading.is_jsonata());
  for (const Node& field : unknown_) report_unknown_field(reading, object_, field, owner, names);
}

}  // namespace stepglass::loading
