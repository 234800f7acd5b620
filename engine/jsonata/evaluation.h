#pragma once
// One evaluation under way: its budgets, and what functions may ask of it. Private to engine/jsonata.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/jsonata/item.h"
#include "engine/jsonata/jsonata.h"

namespace stepglass::jsonata {

class Evaluation {
 public:
  Evaluation(Environment& environment, const Budget& budget, Dialect dialect)
      : environment_(environment), steps_left_(budget.steps), bytes_left_(budget.bytes), dialect_(dialect) {}

  /// Takes `steps` from the budget; raises when it does not hold them. One for each node, item or character looked at.
  void charge_steps(std::uint64_t steps) {
    if (steps > steps_left_) raise_out_of_steps();
    steps_left_ -= steps;
  }
  /// Takes `bytes` from the budget; raises when it does not hold them. To be called before they are allocated.
  void charge_bytes(std::uint64_t bytes) {
    if (bytes > bytes_left_) raise_out_of_bytes();
    bytes_left_ -= bytes;
  }
  /// The steps that are left, for the matcher of regular expressions to take from.
  std::uint64_t& steps_left() { return steps_left_; }
  /// Raises what a used up step budget raises.
  [[noreturn]] void raise_out_of_steps();
  [[noreturn]] void raise_out_of_bytes();

  /// Calls `function`, any function value, with `arguments`. As the reference's apply(): a lambda takes the arguments
  /// it names, missing ones are nothing. Raises T1006 when it is no function.
  Item apply(const Value& function, std::span<const Item> arguments);

  Environment& environment() { return environment_; }
  Random& random() { return environment_.random(); }
  std::int64_t now_ms() { return environment_.now_ms(); }
  Dialect dialect() const { return dialect_; }

 private:
  Environment& environment_;
  std::uint64_t steps_left_;
  std::uint64_t bytes_left_;
  Dialect dialect_;
};

/// Appends the text of `value` as to_text() in jsonata.h gives it, and charges what it takes; `indent` spaces for each
/// level of nesting, 0 for compact JSON.
void append_text(std::string& out, const Value& value, std::size_t indent, Evaluation& evaluation);

}  // namespace stepglass::jsonata
