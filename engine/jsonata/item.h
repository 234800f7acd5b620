#pragma once
// Item: what a part of an expression gives — a value, or nothing ("undefined"). Sixteen bytes, copied like a Value.
// Arrays remember in the mark of their Value how they came to be: a sequence of one item is that item, [1] is an array.

#include <cstdint>
#include <span>
#include <utility>

#include "engine/value/value.h"

namespace stepglass::jsonata {

/// Bits of Value::mark() inside an evaluation. None of them leaves it.
namespace mark {
/// An Item that is nothing; never inside an array or object.
inline constexpr std::uint8_t kUndefined = 1;
/// A sequence: of one item it is that item, of none it is nothing.
inline constexpr std::uint8_t kSequence = 2;
/// A sequence that stays an array even of one item: a[].
inline constexpr std::uint8_t kKeepSingleton = 4;
/// Made by an array constructor: it is not flattened into the sequence around it.
inline constexpr std::uint8_t kConstructed = 8;
/// The document around which a sequence is wrapped, so that an array is one item at the top.
inline constexpr std::uint8_t kOuter = 16;
/// Of a slot: no value has been bound, not even undefined.
inline constexpr std::uint8_t kUnbound = 32;
/// A number that is not finite: computing with it is an error, and outside it is null.
inline constexpr std::uint8_t kNonFinite = 64;
}  // namespace mark

class Item {
 public:
  /// Nothing.
  Item() { value_.set_mark(mark::kUndefined); }
  Item(Value value) : value_(std::move(value)) {}

  bool is_undefined() const { return value_.mark() & mark::kUndefined; }
  explicit operator bool() const { return !is_undefined(); }
  bool is_sequence() const { return value_.mark() & mark::kSequence; }

  /// The value. Only when there is one.
  const Value& operator*() const { return value_; }
  Value& operator*() { return value_; }
  const Value* operator->() const { return &value_; }
  Value* operator->() { return &value_; }

 private:
  Value value_;
};

/// Numbers of an expression are doubles; whole ones are kept as integers so that they print without a fraction.
/// `number` is finite.
inline Value number_value(double number) {
  return Value::whole_number(number);
}

}  // namespace stepglass::jsonata
