#pragma once
// The table of the intrinsic functions: what the evaluator calls, what the linter checks, what the docs show.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/intrinsic/intrinsic.h"
#include "engine/support/random.h"
#include "engine/support/result.h"
#include "engine/value/value.h"

namespace stepglass::intrinsic {

/// What an argument has to be, or what a function gives. Any stands for every value.
enum class Type : std::uint8_t { Any, Boolean, Number, String, Array, Object };

/// True when `value` is what `type` asks for.
bool is_of(const Value& value, Type type);

/// Why a function gave nothing: the end of the service's sentence, or that kMaxEvaluationBytes is used up.
struct Refusal {
  std::string reason;
  bool too_large = false;
};

using Outcome = Result<Value, Refusal>;

/// What one evaluation shares between its calls.
struct Workspace {
  Random& random;
  std::uint64_t bytes_left = kMaxEvaluationBytes;

  /// Takes `bytes` from the budget; false when it does not hold them. To be called before the bytes are allocated.
  bool charge(std::uint64_t bytes) {
    if (bytes > bytes_left) return false;
    bytes_left -= bytes;
    return true;
  }
};

/// The evaluated arguments of a call. As many as the row allows, each of the type it names.
class Arguments {
 public:
  Arguments(std::span<const Value> values, std::string_view function, Workspace& workspace)
      : values_(values), function_(function), workspace_(workspace) {}

  const Value& operator[](std::size_t index) const { return values_[index]; }
  std::size_t size() const { return values_.size(); }
  std::span<const Value> values() const { return values_; }

  Random& random() const { return workspace_.random; }
  bool charge(std::uint64_t bytes) const { return workspace_.charge(bytes); }

  /// The service's words for arguments that a function does not take.
  Refusal invalid() const { return {std::string("Invalid arguments in ").append(function_)}; }
  /// After a charge() that failed.
  Refusal too_large() const { return {{}, true}; }

 private:
  std::span<const Value> values_;
  std::string_view function_;
  Workspace& workspace_;
};

/// Function::max_args of a function that takes any number.
inline constexpr std::uint32_t kAnyNumber = UINT32_MAX;

struct Function {
  /// E.g. "States.Format".
  std::string_view name;
  std::uint32_t min_args = 0;
  std::uint32_t max_args = 0;
  /// What the first arguments have to be; Any for those behind.
  std::array<Type, 3> takes = {};
  Type gives_type = Type::Any;
  /// The service ignores arguments that are too many instead of failing.
  bool ignores_surplus = false;
  /// A call, and the JSON it gives; for States.UUID with the random seed 0.
  std::string_view example;
  std::string_view gives;
  Outcome (*call)(Arguments);

  Type takes_at(std::size_t index) const { return index < takes.size() ? takes[index] : Type::Any; }
};

/// All functions, in the order of their names.
std::span<const Function> functions();

/// The function with exactly this name; null pointer when there is none.
const Function* find_function(std::string_view name);

// The families, one per file in functions/.
std::span<const Function> array_functions();
std::span<const Function> encoding_functions();
std::span<const Function> json_functions();
std::span<const Function> math_functions();
std::span<const Function> text_functions();

}  // namespace stepglass::intrinsic
