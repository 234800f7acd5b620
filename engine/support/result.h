#pragma once
// Result<T, E>: a value or the reason why there is none. Our compilers have no std::expected, and a std::variant goes
// through a table of functions for each move, which the interpreter would feel.
//
//   Result<Value, Failure> r = evaluate(...);
//   if (!r) return r.error();
//   use(*r);

#include <memory>
#include <optional>
#include <utility>

namespace stepglass {

template <typename T, typename E>
class [[nodiscard]] Result {
 public:
  Result(T value) : has_value_(true) { std::construct_at(&value_, std::move(value)); }
  Result(E error) : has_value_(false) { std::construct_at(&error_, std::move(error)); }
  Result(const Result& other) : has_value_(other.has_value_) {
    if (has_value_) {
      std::construct_at(&value_, other.value_);
    } else {
      std::construct_at(&error_, other.error_);
    }
  }
  Result(Result&& other) noexcept : has_value_(other.has_value_) { take(std::move(other)); }
  Result& operator=(Result other) noexcept {
    destroy();
    has_value_ = other.has_value_;
    take(std::move(other));
    return *this;
  }
  ~Result() { destroy(); }

  explicit operator bool() const { return has_value_; }
  bool has_value() const { return has_value_; }

  /// The value. Only when has_value().
  T& operator*() & { return value_; }
  const T& operator*() const& { return value_; }
  T&& operator*() && { return std::move(value_); }
  T* operator->() { return &value_; }
  const T* operator->() const { return &value_; }

  /// The reason. Only when !has_value().
  E& error() & { return error_; }
  const E& error() const& { return error_; }
  E&& error() && { return std::move(error_); }

 private:
  void take(Result&& other) {
    if (has_value_) {
      std::construct_at(&value_, std::move(other.value_));
    } else {
      std::construct_at(&error_, std::move(other.error_));
    }
  }
  void destroy() {
    if (has_value_) {
      std::destroy_at(&value_);
    } else {
      std::destroy_at(&error_);
    }
  }

  bool has_value_;
  union {
    T value_;
    E error_;
  };
};

/// A Result without a value: success, or the reason why not.
template <typename E>
class [[nodiscard]] Result<void, E> {
 public:
  Result() = default;
  Result(E error) : error_(std::move(error)) {}

  explicit operator bool() const { return !error_.has_value(); }
  bool has_value() const { return !error_.has_value(); }
  E& error() & { return *error_; }
  const E& error() const& { return *error_; }
  E&& error() && { return std::move(*error_); }

 private:
  std::optional<E> error_;
};

}  // namespace stepglass
