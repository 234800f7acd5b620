#include "engine/value/value.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <numeric>
#include <vector>

#include "engine/value/json_size.h"
#include "engine/value/rep.h"

// An object is either flat, its members in one block, or layered: a flat base and a short list of changes to it. A loop
// that writes one field of a large payload then copies the list and not the payload; when the list has grown to the
// square root of the base, or when somebody walks over the members, the object is made flat again.
//
// Keys are found by a scan in small objects and by an index of slots sorted by key in large ones. The index is made
// when it is first needed. It is sorted and not hashed, so that no choice of keys makes it slow.

namespace stepglass {

namespace detail {
namespace {

constexpr std::uint32_t kScanUpTo = 8;    // members that are scanned rather than searched by index
constexpr std::uint32_t kLayerFrom = 64;  // members from which on a changed copy is layered

void* allocate(std::size_t bytes) {
  void* memory = std::malloc(bytes);
  if (!memory) throw std::bad_alloc();
  return memory;
}

/// What a container has to know of a value that is put into it.
void note_content(Shared& container, const Value& value) {
  const auto depth = static_cast<std::uint32_t>(value.depth()) + 1;
  if (depth > container.depth) container.depth = depth & 0x3FFF'FFFFu;
  if (value.has_opaque()) container.has_opaque = 1;
  if (value.mark() != 0 || value.has_marked()) container.has_marked = 1;
}

/// Slots sorted by key; equal keys (only while building) by slot.
void sort_slots(std::vector<std::uint32_t>& slots, const Member* members) {
  std::iota(slots.begin(), slots.end(), 0u);
  std::sort(slots.begin(), slots.end(), [&](std::uint32_t a, std::uint32_t b) {
    const int order = members[a].key.view().compare(members[b].key.view());
    return order != 0 ? order < 0 : a < b;
  });
}

/// The slot of `key` in a flat object, or `size` when there is none.
std::uint32_t find_slot(const ObjectRep& rep, std::string_view key) {
  const Member* members = rep.members();
  if (rep.size <= kScanUpTo) {
    for (std::uint32_t i = 0; i < rep.size; ++i) {
      const std::string_view candidate = members[i].key.view();
      if (candidate.size() != key.size()) continue;
      // Most keys are short, and most that differ do so at once: a call of memcmp would cost more than this loop.
      std::size_t same = 0;
      const std::size_t most = std::min<std::size_t>(key.size(), 8);
      while (same < most && candidate[same] == key[same]) ++same;
      if (same == most && (most == key.size() || candidate == key)) return i;
    }
    return rep.size;
  }
  if (!rep.index) {
    std::vector<std::uint32_t> slots(rep.size);
    sort_slots(slots, members);
    rep.index = static_cast<std::uint32_t*>(allocate(rep.size * sizeof(std::uint32_t)));
    std::copy(slots.begin(), slots.end(), rep.index);
  }
  const std::uint32_t* begin = rep.index;
  const std::uint32_t* end = begin + rep.size;
  const std::uint32_t* it = std::lower_bound(
      begin, end, key, [&](std::uint32_t slot, std::string_view k) { return members[slot].key.view() < k; });
  return it != end && members[*it].key.view() == key ? *it : rep.size;
}

ObjectRep* new_object(std::uint32_t capacity) {
  void* memory = allocate(sizeof(ObjectRep) + capacity * sizeof(Member));
  auto* rep = new (memory) ObjectRep;
  rep->capacity = capacity;
  rep->depth = 1;
  return rep;
}

ArrayRep* new_array(std::uint32_t capacity) {
  void* memory = allocate(sizeof(ArrayRep) + capacity * sizeof(Value));
  auto* rep = new (memory) ArrayRep;
  rep->capacity = capacity;
  rep->depth = 1;
  return rep;
}

void add_member(ObjectRep* rep, String key, Value value) {
  note_content(*rep, value);
  new (rep->members() + rep->size) Member{std::move(key), std::move(value)};
  ++rep->size;
}

void add_item(ArrayRep* rep, Value value) {
  note_content(*rep, value);
  new (rep->items() + rep->size) Value(std::move(value));
  ++rep->size;
}

/// A flat copy of a flat object with room for one member more.
ObjectRep* copy_flat(const ObjectRep& from) {
  ObjectRep* copy = new_object(from.size + 1);
  const Member* members = from.members();
  for (std::uint32_t i = 0; i < from.size; ++i) add_member(copy, members[i].key, members[i].value);
  return copy;
}

template <typename Rep>
Rep* grow(Rep* rep, std::uint32_t capacity) {
  // Members and items hold pointers to shared content and nothing that points to themselves: their bytes can move.
  const std::size_t bytes = sizeof(Rep) + capacity * sizeof(typename Rep::Element);
  void* memory = std::realloc(static_cast<void*>(rep), bytes);
  if (!memory) throw std::bad_alloc();
  rep = static_cast<Rep*>(memory);
  rep->capacity = capacity;
  return rep;
}

std::uint32_t next_capacity(std::uint32_t capacity) {
  if (capacity > (1u << 30)) throw std::bad_alloc();
  return std::max<std::uint32_t>(4, capacity * 2);
}

}  // namespace

void destroy(StringRep* rep) {
  std::free(rep);
}

void destroy(ArrayRep* rep) {
  std::destroy_n(rep->items(), rep->size);
  std::free(rep);
}

void destroy(ObjectRep* rep) {
  if (rep->layer) {
    if (--rep->layer->base->references == 0) destroy(rep->layer->base);
    delete rep->layer;
  }
  if (rep->flat) {
    if (--rep->flat->references == 0) destroy(rep->flat);
  }
  if (rep->is_flat()) std::destroy_n(rep->members(), rep->size);
  std::free(rep->index);
  std::free(rep);
}

/// The flat form of an object: itself, or a layered object made flat. A layered object keeps what it was made into.
const ObjectRep& flatten(const ObjectRep& rep) {
  if (rep.flat) return *rep.flat;
  if (!rep.layer) return rep;
  const Layer& layer = *rep.layer;
  ObjectRep* flat = new_object(rep.size);
  const Member* base = layer.base->members();
  for (std::uint32_t i = 0; i < layer.base->size; ++i) add_member(flat, base[i].key, base[i].value);
  for (const Layer::Replaced& change : layer.replaced) flat->members()[change.slot].value = change.value;
  for (const Member& member : layer.appended) add_member(flat, member.key, member.value);
  flat->depth = rep.depth;
  flat->has_opaque = rep.has_opaque;
  flat->has_marked = rep.has_marked;
  flat->json_size = rep.json_size;
  // The layer stays: what find() gave before points into it.
  rep.flat = flat;
  return *flat;
}

}  // namespace detail

using detail::ArrayRep;
using detail::Layer;
using detail::ObjectRep;
using detail::StringRep;

// ---------------------------------------------------------------------------------------------------------- String

StringRep* String::empty_rep() {
  thread_local struct Empty {
    StringRep* rep = new (detail::allocate(sizeof(StringRep))) StringRep;
    Empty() { rep->text[0] = '\0'; }
    ~Empty() { std::free(rep); }
  } empty;
  ++empty.rep->references;
  return empty.rep;
}

String::String() : rep_(empty_rep()) {}

StringRep* String::allocate(std::size_t size) {
  if (size > UINT32_MAX / 2) throw std::bad_alloc();
  StringRep* const rep = new (detail::allocate(sizeof(StringRep) + size)) StringRep;
  rep->size = static_cast<std::uint32_t>(size);
  rep->text[size] = '\0';
  return rep;
}

String::String(std::string_view text) : rep_(allocate(text.size())) {
  std::memcpy(rep_->text, text.data(), text.size());
}

// ----------------------------------------------------------------------------------------------------------- Value

Value::Value(std::uint64_t integer) : kind_(integer > INT64_MAX ? Kind::Unsigned : Kind::Integer) {
  content_.unsigned_integer = integer;
}

void Value::destroy() {
  switch (kind_) {
    case Kind::String:
      detail::destroy(content_.string);
      break;
    case Kind::Array:
      detail::destroy(content_.array);
      break;
    case Kind::Opaque:
      delete static_cast<stepglass::Opaque*>(content_.shared);
      break;
    default:
      detail::destroy(content_.object);
      break;
  }
}

Value Value::empty_array() {
  return Value(detail::new_array(0));
}
Value Value::empty_object() {
  return Value(detail::new_object(0));
}

Value Value::array(std::span<const Value> items) {
  ArrayBuilder builder(items.size());
  for (const Value& item : items) builder.add(item);
  return std::move(builder).build();
}

Value Value::whole_number(double number) {
  if (std::abs(number) <= 9007199254740992.0 && number == std::floor(number)) {
    return Value(static_cast<std::int64_t>(number));
  }
  return Value(number);
}

double Value::as_double() const {
  switch (kind_) {
    case Kind::Integer:
      return static_cast<double>(content_.integer);
    case Kind::Unsigned:
      return static_cast<double>(content_.unsigned_integer);
    default:
      return content_.number;
  }
}

std::span<const Value> Value::items() const {
  return {content_.array->items(), content_.array->size};
}

std::span<const Member> Value::members() const {
  const ObjectRep& rep = detail::flatten(*content_.object);
  return {rep.members(), rep.size};
}

std::size_t Value::size() const {
  if (kind_ == Kind::Array) return content_.array->size;
  return kind_ == Kind::Object ? content_.object->size : 0;
}

const Value* Value::at(std::size_t index) const {
  if (kind_ != Kind::Array || index >= content_.array->size) return nullptr;
  return content_.array->items() + index;
}

const Value* Value::find(std::string_view key) const {
  if (kind_ != Kind::Object) return nullptr;
  const ObjectRep& rep = content_.object->flat ? *content_.object->flat : *content_.object;
  const ObjectRep& flat = rep.layer ? *rep.layer->base : rep;
  const std::uint32_t slot = detail::find_slot(flat, key);
  if (rep.layer) {
    if (slot == flat.size) {
      for (const Member& member : rep.layer->appended) {
        if (member.key.view() == key) return &member.value;
      }
      return nullptr;
    }
    for (const Layer::Replaced& change : rep.layer->replaced) {
      if (change.slot == slot) return &change.value;
    }
  }
  return slot == flat.size ? nullptr : &flat.members()[slot].value;
}

Value Value::with_member(std::string_view key, Value value) const {
  return with_member(stepglass::String(key), std::move(value));
}

Value Value::with_member(const stepglass::String& key, Value value) const {
  const ObjectRep& here = content_.object->flat ? *content_.object->flat : *content_.object;
  const ObjectRep& base = here.layer ? *here.layer->base : here;
  const std::size_t changes = here.layer ? here.layer->replaced.size() + here.layer->appended.size() : 0;
  if (base.size < detail::kLayerFrom || changes * changes > base.size) {
    const ObjectRep& flat = detail::flatten(here);
    const std::uint32_t slot = detail::find_slot(flat, key.view());
    ObjectRep* copy = detail::copy_flat(flat);
    if (slot == flat.size) {
      detail::add_member(copy, key, std::move(value));
    } else {
      // The depth may stay larger than it is when a deep value is replaced: it is a bound, and stays within its limit.
      detail::note_content(*copy, value);
      copy->members()[slot].value = std::move(value);
    }
    return Value(copy);
  }
  ObjectRep* copy = detail::new_object(0);
  copy->layer = here.layer ? new Layer(*here.layer) : new Layer{const_cast<ObjectRep*>(&base), {}, {}};
  ++copy->layer->base->references;
  copy->size = here.size;
  copy->depth = here.depth;
  copy->has_opaque = here.has_opaque;
  copy->has_marked = here.has_marked;
  detail::note_content(*copy, value);
  const std::uint64_t new_size = json_size(value);
  std::uint64_t size = object_json_size(here);
  const std::uint32_t slot = detail::find_slot(base, key.view());
  const auto replace = [&](Value& old) {
    size = subtract_json_size(size, json_size(old));
    old = std::move(value);
  };
  if (slot != base.size) {
    auto& replaced = copy->layer->replaced;
    auto it = std::find_if(replaced.begin(), replaced.end(), [&](const auto& change) { return change.slot == slot; });
    if (it == replaced.end()) it = replaced.insert(replaced.end(), {slot, base.members()[slot].value});
    replace(it->value);
  } else {
    auto& appended = copy->layer->appended;
    auto it = std::find_if(appended.begin(), appended.end(), [&](const Member& member) { return member.key == key; });
    if (it == appended.end()) {
      appended.push_back({key, std::move(value)});
      size = add_json_size(size, json_size(Value(key)) + (copy->size == 0 ? 1 : 2));  // "key": and the comma
      ++copy->size;
    } else {
      replace(it->value);
    }
  }
  copy->json_size = add_json_size(size, new_size);
  return Value(copy);
}

Value Value::without_member(std::string_view key) const {
  const ObjectRep& flat = detail::flatten(*content_.object);
  ObjectRep* copy = detail::new_object(flat.size);
  for (std::uint32_t i = 0; i < flat.size; ++i) {
    const Member& member = flat.members()[i];
    if (member.key.view() != key) detail::add_member(copy, member.key, member.value);
  }
  return Value(copy);
}

Value Value::with_item(std::size_t index, Value value) const {
  const ArrayRep& from = *content_.array;
  ArrayRep* copy = detail::new_array(from.size);
  for (std::uint32_t i = 0; i < from.size; ++i) {
    detail::add_item(copy, i == index ? std::move(value) : from.items()[i]);
  }
  return Value(copy);
}

bool operator==(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return compare_numbers(a, b) == 0;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Value::Kind::Null:
      return true;
    case Value::Kind::Boolean:
      return a.as_boolean() == b.as_boolean();
    case Value::Kind::String:
      return a.is_same(b) || a.as_string() == b.as_string();
    case Value::Kind::Array: {
      if (a.is_same(b)) return true;
      const auto x = a.items(), y = b.items();
      return std::equal(x.begin(), x.end(), y.begin(), y.end());
    }
    case Value::Kind::Object: {
      if (a.is_same(b)) return true;
      if (a.size() != b.size()) return false;
      for (const Member& member : a.members()) {
        const Value* other = b.find(member.key);
        if (!other || !(member.value == *other)) return false;
      }
      return true;
    }
    case Value::Kind::Opaque:
      return a.is_same(b);
    default:
      return false;  // numbers, dealt with above
  }
}

int compare_numbers(const Value& a, const Value& b) {
  using Kind = Value::Kind;
  const auto order = [](auto x, auto y) { return x < y ? -1 : x > y ? 1 : 0; };
  if (a.kind() == b.kind()) {
    if (a.kind() == Kind::Integer) return order(a.as_integer(), b.as_integer());
    if (a.kind() == Kind::Unsigned) return order(a.as_unsigned(), b.as_unsigned());
    return order(a.as_double(), b.as_double());
  }
  if (a.kind() == Kind::Double) return -compare_numbers(b, a);
  if (b.kind() != Kind::Double) return a.kind() == Kind::Unsigned ? 1 : -1;  // an Unsigned is above every Integer
  const double y = b.as_double();
  if (y >= 18446744073709551616.0) return -1;
  if (y < -9223372036854775808.0) return 1;
  const double whole = std::floor(y);
  int result = 0;
  if (a.kind() == Kind::Unsigned) {
    result = whole < 0 ? 1 : order(a.as_unsigned(), static_cast<std::uint64_t>(whole));
  } else {
    result = whole >= 9223372036854775808.0 ? -1 : order(a.as_integer(), static_cast<std::int64_t>(whole));
  }
  return result == 0 && whole < y ? -1 : result;
}

// -------------------------------------------------------------------------------------------------------- builders

ArrayBuilder::ArrayBuilder(std::size_t expected) : rep_(detail::new_array(static_cast<std::uint32_t>(expected))) {}

ArrayBuilder::~ArrayBuilder() {
  if (rep_) detail::destroy(rep_);
}

void ArrayBuilder::add(Value value) {
  if (rep_->size == rep_->capacity) rep_ = detail::grow(rep_, detail::next_capacity(rep_->capacity));
  detail::add_item(rep_, std::move(value));
}

std::size_t ArrayBuilder::size() const {
  return rep_->size;
}
std::span<const Value> ArrayBuilder::items() const {
  return {rep_->items(), rep_->size};
}
Value ArrayBuilder::build() && {
  return Value(std::exchange(rep_, detail::new_array(0)));
}

ObjectBuilder::ObjectBuilder(std::size_t expected) : rep_(detail::new_object(static_cast<std::uint32_t>(expected))) {}

ObjectBuilder::~ObjectBuilder() {
  if (rep_) detail::destroy(rep_);
}

void ObjectBuilder::set(String key, Value value) {
  if (rep_->size < detail::kScanUpTo) {
    for (std::uint32_t i = 0; i < rep_->size; ++i) {
      Member& member = rep_->members()[i];
      if (member.key == key) {
        detail::note_content(*rep_, value);
        member.value = std::move(value);
        return;
      }
    }
  }
  if (rep_->size == rep_->capacity) rep_ = detail::grow(rep_, detail::next_capacity(rep_->capacity));
  detail::add_member(rep_, std::move(key), std::move(value));
}

std::size_t ObjectBuilder::size() const {
  return rep_->size;
}

Value ObjectBuilder::build() && {
  ObjectRep* rep = std::exchange(rep_, detail::new_object(0));
  if (rep->size > detail::kScanUpTo) {
    // Larger objects were filled without looking for equal keys: sort once, then keep the last value of each key at
    // the place of its first.
    std::vector<std::uint32_t> slots(rep->size);
    Member* members = rep->members();
    detail::sort_slots(slots, members);
    std::vector<bool> dropped;
    for (std::size_t i = 0; i < slots.size();) {
      std::size_t last = i;
      while (last + 1 < slots.size() && members[slots[last + 1]].key == members[slots[i]].key) ++last;
      if (last > i) {
        dropped.resize(rep->size);
        members[slots[i]].value = members[slots[last]].value;
        for (std::size_t k = i + 1; k <= last; ++k) dropped[slots[k]] = true;
      }
      i = last + 1;
    }
    if (dropped.empty()) {
      rep->index = static_cast<std::uint32_t*>(detail::allocate(slots.size() * sizeof(std::uint32_t)));
      std::copy(slots.begin(), slots.end(), rep->index);
    } else {
      ObjectRep* unique = detail::new_object(rep->size);
      for (std::uint32_t i = 0; i < rep->size; ++i) {
        if (!dropped[i]) detail::add_member(unique, members[i].key, members[i].value);
      }
      detail::destroy(rep);
      rep = unique;
    }
  }
  return Value(rep);
}

}  // namespace stepglass
