#pragma once
// The words that a definition can have at a place, out of the tables by which definitions are read: for editors that
// complete them.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/state.h"

namespace stepglass {

/// The kinds of objects that have fields of the language.
enum class ObjectKind : std::uint8_t {
  Machine,
  Branch,
  Processor,
  ProcessorConfig,
  State,
  Retrier,
  Catcher,
  ChoiceRule,
  InnerChoiceRule,  // below And, Or, Not
  ItemReader,
  ReaderConfig,
  ItemBatcher,
  ResultWriter,
  WriterConfig,
};

/// The fields that such an object has in that query language, by name. `state_type`: of a state; "" or an unknown word
/// for those of all types.
std::vector<std::string_view> field_names(ObjectKind kind, QueryLanguage language, std::string_view state_type = {});

/// "Pass", "Task", …
std::span<const std::string_view> state_type_names();

/// "States.ALL", "States.Timeout", …
std::span<const std::string_view> predefined_error_names();

/// The ARNs of all optimized integrations with each of their patterns, such as "arn:aws:states:::sqs:sendMessage" and
/// "arn:aws:states:::sqs:sendMessage.waitForTaskToken".
std::vector<std::string> integration_resources();

}  // namespace stepglass
