#pragma once
// How Value stores arrays and objects. Private to engine/value.

#include <cstdint>
#include <vector>

#include "engine/value/value.h"

namespace stepglass::detail {

struct ArrayRep : Shared {
  using Element = Value;
  std::uint32_t size = 0;
  std::uint32_t capacity = 0;
  mutable std::uint64_t json_size = 0;  // bytes as compact JSON; 0 while nobody asked
  Value* items() { return reinterpret_cast<Value*>(this + 1); }
  const Value* items() const { return reinterpret_cast<const Value*>(this + 1); }
};

struct Layer;

struct ObjectRep : Shared {
  using Element = Member;
  std::uint32_t size = 0;
  std::uint32_t capacity = 0;
  mutable std::uint64_t json_size = 0;     // as above
  mutable std::uint32_t* index = nullptr;  // slots sorted by key, made when first needed
  mutable Layer* layer = nullptr;          // changes to a base; then there are no members here
  mutable ObjectRep* flat = nullptr;       // what a layered object was made into
  bool is_flat() const { return !layer && !flat; }
  Member* members() { return reinterpret_cast<Member*>(this + 1); }
  const Member* members() const { return reinterpret_cast<const Member*>(this + 1); }
};

struct Layer {
  struct Replaced {
    std::uint32_t slot;
    Value value;
  };
  ObjectRep* base;
  std::vector<Replaced> replaced;
  std::vector<Member> appended;
};

/// The flat form of an object: itself, or what a layered object is made into.
const ObjectRep& flatten(const ObjectRep& rep);

/// Bytes of an object as compact JSON.
std::uint64_t object_json_size(const ObjectRep& rep);

}  // namespace stepglass::detail
