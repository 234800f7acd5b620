#pragma once
// Value: an immutable JSON value. Sixteen bytes, shared by reference count: copying one never copies what it holds, and
// a changed copy shares all that did not change. Objects keep the order of their members.
//
//   ObjectBuilder order;
//   order.set("id", Value(7));
//   Value before = std::move(order).build();
//   Value after = before.with_member("id", Value(8));   // `before` is as it was
//
// A Value and its copies belong to one thread: the count is not atomic. Threads that work in parallel each load their
// own.
//
// There is no "no value" here: where one can be missing, the type says so (std::optional, const Value*).

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace stepglass {

class Value;
struct Member;

namespace detail {

/// What all shared parts start with.
struct Shared {
  std::uint32_t references = 1;
  /// Nesting below and including this container; 0 for a string.
  std::uint32_t depth : 30 = 0;
  /// True for an Opaque, and for a container that has one somewhere below it.
  std::uint32_t has_opaque : 1 = 0;
  /// True for a container that has a Value with a mark somewhere below it.
  std::uint32_t has_marked : 1 = 0;
};

struct StringRep : Shared {
  std::uint32_t size = 0;
  /// Bytes as JSON text, quotes included; 0 while nobody asked.
  mutable std::uint32_t json_size = 0;
  char text[1];
};

struct ArrayRep;
struct ObjectRep;

void destroy(StringRep* rep);
void destroy(ArrayRep* rep);
void destroy(ObjectRep* rep);

}  // namespace detail

/// A shared, immutable UTF-8 text: the key of a member, the name of a state or a variable.
class String {
 public:
  String();
  explicit String(std::string_view text);
  /// A text of exactly `size` bytes, which `write(char*)` writes: without a copy of it elsewhere. They are UTF-8.
  template <typename Write>
  static String written(std::size_t size, Write write) {
    String text(allocate(size));
    write(text.rep_->text);
    return text;
  }
  String(const String& other) : rep_(other.rep_) { ++rep_->references; }
  String(String&& other) noexcept : rep_(other.rep_) { other.rep_ = empty_rep(); }
  String& operator=(const String& other) {
    ++other.rep_->references;
    release();
    rep_ = other.rep_;
    return *this;
  }
  String& operator=(String&& other) noexcept {
    std::swap(rep_, other.rep_);
    return *this;
  }
  ~String() { release(); }

  std::string_view view() const { return {rep_->text, rep_->size}; }
  operator std::string_view() const { return view(); }
  std::size_t size() const { return rep_->size; }
  bool empty() const { return rep_->size == 0; }
  /// True when both are the same text in the same place: a quick yes, while false says nothing.
  bool is_same(const String& other) const { return rep_ == other.rep_; }

  friend bool operator==(const String& a, const String& b) { return a.rep_ == b.rep_ || a.view() == b.view(); }
  friend bool operator==(const String& a, std::string_view b) { return a.view() == b; }

 private:
  friend class Value;
  explicit String(detail::StringRep* rep) : rep_(rep) {}
  static detail::StringRep* empty_rep();
  /// Room for `size` bytes, the one behind them being NUL.
  static detail::StringRep* allocate(std::size_t size);
  void release() {
    if (--rep_->references == 0) detail::destroy(rep_);
  }

  detail::StringRep* rep_;
};

/// Something that is no JSON and travels like it inside an evaluation: a function of an expression language. A Value
/// that holds one, or has one below it, never leaves the evaluator: see Value::has_opaque().
class Opaque : public detail::Shared {
 public:
  Opaque() { has_opaque = 1; }
  Opaque(const Opaque&) = delete;
  Opaque& operator=(const Opaque&) = delete;
  virtual ~Opaque() = default;
};

class Value {
 public:
  enum class Kind : std::uint8_t { Null, Boolean, Integer, Unsigned, Double, String, Array, Object, Opaque };

  /// null
  Value() = default;
  Value(std::nullptr_t) {}
  explicit Value(bool boolean) : kind_(Kind::Boolean) { content_.unsigned_integer = boolean ? 1 : 0; }
  explicit Value(std::int64_t integer) : kind_(Kind::Integer) { content_.integer = integer; }
  explicit Value(int integer) : Value(static_cast<std::int64_t>(integer)) {}
  explicit Value(std::uint32_t integer) : Value(static_cast<std::int64_t>(integer)) {}
  /// Integers above 2^63 - 1 are kept exactly too.
  explicit Value(std::uint64_t integer);
  /// `number` is finite. It stays a double, 1.0 prints as 1.0; see whole_number() for the other way.
  explicit Value(double number) : kind_(Kind::Double) { content_.number = number; }
  /// `text` is UTF-8.
  explicit Value(std::string_view text) : Value(stepglass::String(text)) {}
  explicit Value(const std::string& text) : Value(std::string_view(text)) {}
  explicit Value(const char* text) : Value(std::string_view(text)) {}
  Value(stepglass::String text) : kind_(Kind::String) {
    content_.string = text.rep_;
    text.rep_ = stepglass::String::empty_rep();
  }

  /// Shares `opaque`, which was made by new; the last Value that shares it deletes it. Takes over the reference that
  /// `opaque` was born with.
  explicit Value(stepglass::Opaque* opaque) : kind_(Kind::Opaque) { content_.shared = opaque; }

  Value(const Value& other) : kind_(other.kind_), mark_(other.mark_), content_(other.content_) { retain(); }
  Value(Value&& other) noexcept : kind_(other.kind_), mark_(other.mark_), content_(other.content_) {
    other.kind_ = Kind::Null;
    other.mark_ = 0;
  }
  Value& operator=(const Value& other) {
    Value copy(other);
    swap(copy);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Value() {
    if (is_shared()) release();
  }
  void swap(Value& other) noexcept {
    std::swap(kind_, other.kind_);
    std::swap(mark_, other.mark_);
    std::swap(content_, other.content_);
  }

  /// The empty array and the empty object.
  static Value empty_array();
  static Value empty_object();
  /// An array of `items`.
  static Value array(std::span<const Value> items);
  /// `number` as an integer when it is one that doubles keep exactly (up to 2^53), else as a double.
  static Value whole_number(double number);

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::Null; }
  bool is_boolean() const { return kind_ == Kind::Boolean; }
  /// Any number: Integer, Unsigned or Double.
  bool is_number() const { return kind_ >= Kind::Integer && kind_ <= Kind::Double; }
  /// A number written without fraction or exponent: Integer or Unsigned.
  bool is_integer() const { return kind_ == Kind::Integer || kind_ == Kind::Unsigned; }
  bool is_string() const { return kind_ == Kind::String; }
  bool is_array() const { return kind_ == Kind::Array; }
  bool is_object() const { return kind_ == Kind::Object; }
  bool is_opaque() const { return kind_ == Kind::Opaque; }

  // What a Value holds. Each only for its own kind.
  bool as_boolean() const { return content_.unsigned_integer != 0; }
  /// Kind::Integer only.
  std::int64_t as_integer() const { return content_.integer; }
  /// Kind::Unsigned only.
  std::uint64_t as_unsigned() const { return content_.unsigned_integer; }
  /// Any number, as the nearest double.
  double as_double() const;
  /// The text; lives as long as any Value or String that shares it.
  std::string_view as_string() const { return {content_.string->text, content_.string->size}; }
  String as_shared_string() const {
    ++content_.string->references;
    return String(content_.string);
  }
  /// The items of an array, in order.
  std::span<const Value> items() const;
  /// The members of an object, in order.
  std::span<const Member> members() const;
  /// Kind::Opaque only. Lives as long as any Value that shares it.
  stepglass::Opaque& as_opaque() const { return *static_cast<stepglass::Opaque*>(content_.shared); }
  /// Number of items or members; 0 for anything else. O(1).
  std::size_t size() const;

  /// The member `key` of an object; null pointer when there is none, or when this is no object. Lives as long as any
  /// Value that shares this object and is not changed by with_member. O(log members) for large objects, else a scan.
  const Value* find(std::string_view key) const;
  /// The item `index` of an array; null pointer when there is none, or when this is no array.
  const Value* at(std::size_t index) const;

  /// A copy of this object in which `key` is `value`: at its old place, or appended. Shares everything else; takes
  /// O(members) for small objects and O(√members) on average for large ones.
  Value with_member(const stepglass::String& key, Value value) const;
  Value with_member(std::string_view key, Value value) const;
  /// A copy of this object without `key`.
  Value without_member(std::string_view key) const;
  /// A copy of this array in which item `index`, which exists, is `value`.
  Value with_item(std::size_t index, Value value) const;

  /// Nesting of containers: 0 for a scalar, 1 for [] and {}. O(1).
  std::size_t depth() const { return kind_ >= Kind::Array ? content_.shared->depth : 0; }

  /// True when this is an Opaque or has one somewhere below it, so that it is no JSON. O(1). May stay true when a
  /// changed copy has replaced it.
  bool has_opaque() const { return kind_ >= Kind::Array && content_.shared->has_opaque; }

  /// A byte that goes along with each copy of this Value, 0 at first. It is no part of what the Value is: comparing and
  /// printing do not regard it. Expression languages remember in it how a value came to be.
  std::uint8_t mark() const { return mark_; }
  /// True when this is a container with a Value below it that has a mark, or had one before a changed copy replaced it.
  bool has_marked() const { return (kind_ == Kind::Array || kind_ == Kind::Object) && content_.shared->has_marked; }
  void set_mark(std::uint8_t mark) { mark_ = mark; }

  /// True when both share the same content, so that they are equal without looking.
  bool is_same(const Value& other) const {
    return kind_ == other.kind_ && content_.unsigned_integer == other.content_.unsigned_integer;
  }
  /// The address of shared content, to know it again: equal for copies. Only for strings, arrays and objects.
  const void* identity() const { return content_.shared; }

  /// Equal as JSON: the order of members does not count, and numbers compare by value (1 equals 1.0).
  friend bool operator==(const Value& a, const Value& b);

 private:
  friend class ArrayBuilder;
  friend class ObjectBuilder;
  Value(detail::ArrayRep* rep) : kind_(Kind::Array) { content_.array = rep; }
  Value(detail::ObjectRep* rep) : kind_(Kind::Object) { content_.object = rep; }
  bool is_shared() const { return kind_ >= Kind::String; }
  void retain() const {
    if (is_shared()) ++content_.shared->references;
  }
  void release() {
    if (--content_.shared->references == 0) destroy();
  }
  void destroy();

  Kind kind_ = Kind::Null;
  std::uint8_t mark_ = 0;
  union Content {
    std::int64_t integer;
    std::uint64_t unsigned_integer;
    double number;
    detail::Shared* shared;
    detail::StringRep* string;
    detail::ArrayRep* array;
    detail::ObjectRep* object;
  } content_ = {.unsigned_integer = 0};
};

/// One member of an object.
struct Member {
  String key;
  Value value;
};

/// Makes an array item by item.
class ArrayBuilder {
 public:
  explicit ArrayBuilder(std::size_t expected = 0);
  ArrayBuilder(ArrayBuilder&& other) noexcept : rep_(std::exchange(other.rep_, nullptr)) {}
  ArrayBuilder& operator=(ArrayBuilder&& other) noexcept {
    std::swap(rep_, other.rep_);
    return *this;
  }
  ~ArrayBuilder();

  void add(Value value);
  std::size_t size() const;
  std::span<const Value> items() const;
  /// The array. The builder is empty afterwards.
  Value build() &&;

 private:
  detail::ArrayRep* rep_ = nullptr;
};

/// Makes an object member by member.
class ObjectBuilder {
 public:
  explicit ObjectBuilder(std::size_t expected = 0);
  ObjectBuilder(ObjectBuilder&& other) noexcept : rep_(std::exchange(other.rep_, nullptr)) {}
  ObjectBuilder& operator=(ObjectBuilder&& other) noexcept {
    std::swap(rep_, other.rep_);
    return *this;
  }
  ~ObjectBuilder();

  /// Sets `key`. When a key is set again the last value stays, at the place of the first.
  void set(String key, Value value);
  void set(std::string_view key, Value value) { set(String(key), std::move(value)); }
  std::size_t size() const;
  /// The object. The builder is empty afterwards. O(n log n) in the number of members.
  Value build() &&;

 private:
  detail::ObjectRep* rep_ = nullptr;
};

/// Orders numbers by value, exactly, also where an integer has no double: negative, zero or positive.
int compare_numbers(const Value& a, const Value& b);

}  // namespace stepglass
