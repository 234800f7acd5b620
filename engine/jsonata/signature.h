#pragma once
// The signature of a function, such as <s-nn?:s>: which arguments it takes, which of them the context stands in for,
// and which single values become arrays. Private to engine/jsonata.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jsonata/error.h"
#include "engine/jsonata/inference.h"
#include "engine/jsonata/item.h"

namespace stepglass::jsonata {

/// A few Items on the stack, more on the heap: the arguments of a call.
class Arguments {
 public:
  Arguments() = default;
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;
  void push_back(Item item) {
    if (size_ < kInline) {
      inline_[size_++] = std::move(item);
      return;
    }
    if (size_ == kInline) more_.assign(std::make_move_iterator(inline_), std::make_move_iterator(inline_ + kInline));
    more_.push_back(std::move(item));
    ++size_;
  }
  std::size_t size() const { return size_; }
  Item* begin() { return size_ <= kInline ? inline_ : more_.data(); }
  Item& operator[](std::size_t index) { return begin()[index]; }
  operator std::span<const Item>() { return {begin(), size_}; }
  void swap(Arguments& other) {
    std::swap(inline_, other.inline_);
    more_.swap(other.more_);
    std::swap(size_, other.size_);
  }
  void clear() {
    for (std::size_t i = 0; i < size_ && i < kInline; ++i) inline_[i] = Item();
    more_.clear();
    size_ = 0;
  }

 private:
  static constexpr std::size_t kInline = 4;
  Item inline_[kInline];
  std::vector<Item> more_;
  std::size_t size_ = 0;
};

class Signature {
 public:
  /// Parses `text`, from "<" on. Raises S0401, S0402 with the offset inside `text` as position.
  static Signature parse(std::string_view text);

  /// Checks `arguments` and puts those that the function gets in their place. `context` stands in for the ones that may
  /// be left out. Raises T0410, T0411, T0412; the caller adds token and position.
  void validate(Arguments& arguments, const Item& context) const;

  /// What validate() raises for arguments of these types, each a set, whatever the context is; nothing when they may be
  /// right. Token and position are the caller's.
  std::optional<Error> certain_error(std::span<const Types> arguments) const;

  /// How many arguments it names.
  std::size_t arity() const { return parameters_.size(); }

 private:
  struct Parameter {
    std::uint16_t types = 0;  // bits
    bool is_array = false;    // a: what is no array becomes one
    bool optional = false;    // ?, or - which the context stands in for
    bool repeats = false;     // +
    bool from_context = false;
    std::uint16_t context_types = 0;
    /// Of <…> behind an a: the type of all items, 0 for any; and as written.
    std::uint16_t item_type = 0;
    std::string subtype;
  };

  bool match(std::span<const std::uint16_t> symbols, std::size_t parameter, std::size_t argument,
             std::size_t* counts) const;
  /// The first argument at which the parameters, taken one after the other, stop fitting.
  std::size_t first_misfit(std::span<const std::uint16_t> symbols) const;
  [[noreturn]] void raise_mismatch(std::span<const std::uint16_t> symbols, Arguments& arguments) const;
  Item as_array(const Parameter& parameter, const Item& argument, std::size_t index, std::size_t count) const;

  std::vector<Parameter> parameters_;
};

}  // namespace stepglass::jsonata
