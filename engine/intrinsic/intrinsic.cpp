#include "engine/intrinsic/intrinsic.h"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/intrinsic/function.h"
#include "engine/intrinsic/program.h"
#include "engine/support/limits.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass::intrinsic {
namespace {

/// Arguments that are kept on the stack; calls with more are rare.
constexpr std::size_t kFewArguments = 4;

class Evaluation {
 public:
  Evaluation(const Call& call, const Value& document, path::Surroundings& surroundings, Random& random)
      : call_(call), document_(document), surroundings_(surroundings), workspace_{random} {}

  Result<Value, Failure> run() {
    Value result;
    const bool done = evaluate(call_.root(), result);
    if (!surroundings_.take_steps((kMaxEvaluationBytes - workspace_.bytes_left) / kBytesOfStep)) return out_of_steps();
    if (!done) return std::move(*failure_);
    return result;
  }

 private:
  // Each gives false after it has set failure_.

  bool evaluate(const Invocation& call, Value& result) {
    if (!surroundings_.take_steps(kStepsOfPart)) {
      failure_ = out_of_steps();
      return false;
    }
    if (call.arguments.size() <= kFewArguments) {
      Value few[kFewArguments];
      return evaluate(call, std::span(few, call.arguments.size()), result);
    }
    std::vector<Value> many(call.arguments.size());
    return evaluate(call, std::span(many), result);
  }

  bool evaluate(const Invocation& call, std::span<Value> values, Value& result) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!evaluate(call.arguments[i], values[i])) return false;
    }
    const Function& function = *call.function;
    const Arguments arguments(values, function.name, workspace_);
    if (values.size() < function.min_args || (values.size() > function.max_args && !function.ignores_surplus)) {
      return refuse(arguments.invalid());
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!is_of(values[i], function.takes_at(i))) return refuse(arguments.invalid());
    }
    Outcome outcome = function.call(arguments);
    if (!outcome) return refuse(outcome.error());
    if (outcome->depth() > kMaxValueDepth) {
      return too_large(fmt::format("its result is nested more than {} deep", kMaxValueDepth));
    }
    result = std::move(*outcome);
    return true;
  }

  bool evaluate(const Argument& argument, Value& value) {
    if (const Value* literal = argument.literal()) {
      value = *literal;
      return true;
    }
    if (const path::Query* query = argument.query()) return evaluate(*query, value);
    return evaluate(*argument.call(), value);
  }

  bool evaluate(const path::Query& query, Value& value) {
    if (query.is_definite()) {
      if (const Value* found = query.find(document_, surroundings_)) {
        value = *found;
        return true;
      }
    } else if (!workspace_.charge(reach_of(query))) {
      return refuse({{}, true});
    }
    auto found = query.evaluate(document_, surroundings_);
    if (!found) return not_found(query, found.error());
    value = std::move(*found);
    return true;
  }

  /// Bytes of what a path that may select several values has to look through.
  std::uint64_t reach_of(const path::Query& query) {
    switch (query.root()) {
      case path::Query::Root::Document:
        return json_size(document_);
      case path::Query::Root::Context:
        return json_size(surroundings_.context());
      case path::Query::Root::Variable:
        if (const Value* variable = surroundings_.variable(query.variable())) return json_size(*variable);
    }
    return 0;
  }

  bool not_found(const path::Query& query, const path::EvaluationError& error) {
    std::string cause = fmt::format("The function '{}' had the following error: ", call_.text());
    if (error.kind == path::EvaluationError::Kind::Failed) {
      cause += error.message;
    } else {
      // A path into the context object is printed with one $, and the input is the state's all the same: seen in Step
      // Functions Local.
      std::string_view path = query.text();
      if (query.root() == path::Query::Root::Context) path.remove_prefix(1);
      cause += fmt::format("The JsonPath argument for the field '{}' could not be found in the input '", path);
      // Shared parts can make a value that is small in memory endless as text.
      if (json_size(document_) <= kMaxPayloadBytes) {
        append_json(cause, document_);
      } else {
        cause += "…";
      }
      cause += '\'';
    }
    failure_ = Failure{"States.Runtime", std::move(cause)};
    return false;
  }

  bool refuse(const Refusal& refusal) {
    if (refusal.too_large) return too_large(fmt::format("it handles more than {} bytes", kMaxEvaluationBytes));
    failure_ =
        Failure{"States.Runtime", fmt::format("There was an error while evaluating the intrinsic function: {}. {}",
                                              call_.text(), refusal.reason)};
    return false;
  }

  bool too_large(const std::string& reason) {
    failure_ = Failure{"States.DataLimitExceeded",
                       fmt::format("The function '{}' had the following error: {}", call_.text(), reason)};
    return false;
  }

  const Call& call_;
  const Value& document_;
  path::Surroundings& surroundings_;
  Workspace workspace_;
  std::optional<Failure> failure_;
};

}  // namespace

const std::string& Call::text() const {
  return program_->text;
}

std::string_view Call::function() const {
  return program_->root.function->name;
}

const Invocation& Call::root() const {
  return program_->root;
}

Result<Value, Failure> Call::evaluate(const Value& document, path::Surroundings& surroundings, Random& random) const {
  return Evaluation(*this, document, surroundings, random).run();
}

}  // namespace stepglass::intrinsic
