#pragma once
// How data moves through a state: from the raw input to what its work gets, and from the work's result to the state's
// output. No time and no transitions here; see runner.h for those.
//
//   raw input → InputPath → Parameters → (work) → ResultSelector → ResultPath → OutputPath → output
//
// Every Failure is as the service reports it, with the prefix that names the state and the event where it was entered.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/interpreter/run.h"
#include "engine/model/state.h"
#include "engine/path/query.h"
#include "engine/support/failure.h"
#include "engine/support/random.h"
#include "engine/support/result.h"

namespace stepglass {

/// What expressions can see from outside of the state, and what they may use up.
class VisitSurroundings : public path::Surroundings {
 public:
  /// Virtual time, in milliseconds since 1970.
  virtual std::int64_t now_ms() = 0;
};

/// One visit of a state: what its expressions can see.
struct Visit {
  const State& state;
  std::uint32_t entered;  // id of its …StateEntered event
  const Value& input;     // raw
  VisitSurroundings& surroundings;
  Random& random;
  Inspector* inspector = nullptr;
  /// What messages call the state; empty: its name. TestState calls every state "StateName".
  std::string_view shown_name = {};

  std::string_view name() const { return shown_name.empty() ? std::string_view(state.name) : shown_name; }
  void stage(std::string_view name, const Value& value) const {
    if (inspector) inspector->stage(state, entered, name, value);
  }
};

/// A failure raised by the engine while it processes a state: `detail` behind the service's prefix.
Failure engine_failure(const Visit& visit, std::string_view error, std::string_view detail);
/// The same with States.Runtime.
Failure runtime_failure(const Visit& visit, std::string_view detail);
/// For a value that a field does not take: States.Runtime, or States.QueryEvaluationError in a JSONata state.
Failure field_failure(const Visit& visit, std::string_view name, std::string_view detail);
/// States.DataLimitExceeded for `what`, a state's name or a resource type.
Failure data_limit_failure(std::string_view what);
/// The same for what is nested deeper than kMaxValueDepth: a limit of ours, in our words.
Failure depth_failure(std::string_view what);

/// The input behind InputPath.
Result<Value, Failure> selected_input(const Visit& visit);
/// What `field`, a template or a JSONata value, makes of `document`; `document` itself when the field is absent. Fails
/// with States.DataLimitExceeded when that is larger or nested deeper than a state may hand on.
Result<Value, Failure> apply_template(const Visit& visit, const TemplateField& field, const Value& document);

/// How a state ends: its output, and the variables it assigns (null when none).
struct Completion {
  Value output;
  Value assigned;
};
/// ResultSelector, Assign, ResultPath and OutputPath, or Output and Assign, on the result of the state's work.
Result<Completion, Failure> complete(const Visit& visit, const Value& result);
/// For states without a result of their own (Wait, Succeed, Choice): OutputPath on what InputPath selected, or
/// `output`, and `assign`, which sees the selected input.
Result<Completion, Failure> pass_through(const Visit& visit, const Value& selected, const Assign& assign,
                                         const std::optional<JsonataField>& output);
/// ResultPath, or Output, and Assign of a catcher on the error output {"Error": …, "Cause": …}.
Result<Completion, Failure> complete_caught(const Visit& visit, const Catcher& catcher, const Failure& failure);

/// A number from a literal or a path. `field` names it in messages ("MaxConcurrency"; the path form is named
/// `field`Path there); fails with States.Runtime when the path finds nothing or no integer.
Result<std::optional<std::int64_t>, Failure> integer_field(const Visit& visit, const IntegerField& field,
                                                           std::string_view name, const Value& document);
/// The same for what is counted: fails with States.Runtime when it is negative, too.
Result<std::optional<std::int64_t>, Failure> count_field(const Visit& visit, const IntegerField& field,
                                                         std::string_view name, const Value& document);
/// The same for a timeout or heartbeat: 1 … 99,999,999, which a literal has been checked for when it was loaded.
Result<std::optional<std::int64_t>, Failure> seconds_field(const Visit& visit, const IntegerField& field,
                                                           std::string_view name, const Value& document);
Result<std::optional<double>, Failure> number_field(const Visit& visit, const NumberField& field, std::string_view name,
                                                    const Value& document);
/// A text from a literal, a path or an intrinsic call.
Result<std::optional<std::string>, Failure> text_field(const Visit& visit, const TextField& field,
                                                       std::string_view name, const Value& document);

/// The items that a Map goes over: what ItemsPath or Items gives, else its input. `takes_object`: an object will do.
Result<Value, Failure> map_items(const Visit& visit, const Map& map, const Value& selected, bool takes_object);

/// Seconds or the moment until which a Wait state waits.
struct WaitEnd {
  std::optional<std::int64_t> seconds;
  std::optional<Instant> until;
};
Result<WaitEnd, Failure> wait_end(const Visit& visit, const Wait& wait, const Value& selected);

/// The rule of `choice` that matches; null pointer when none does.
Result<const ChoiceRule*, Failure> matching_rule(const Visit& visit, const Choice& choice, const Value& selected);

}  // namespace stepglass
