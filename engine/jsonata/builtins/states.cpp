// The functions that Step Functions adds to the language. Source: developer guide, "JSONata functions provided by Step
// Functions": numbers that should be whole are rounded down.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/document/document.h"
#include "engine/jsonata/builtins/text_arguments.h"
#include "engine/jsonata/error.h"
#include "engine/jsonata/evaluation.h"
#include "engine/jsonata/function.h"
#include "engine/support/digest.h"
#include "engine/support/java_random.h"
#include "engine/support/limits.h"
#include "engine/support/text.h"

namespace stepglass::jsonata {
namespace {

/// What is refused without a code of the language: the texts are ours, since nobody has recorded the service's.
[[noreturn]] void refuse(std::string_view function, std::string message) {
  throw Raised{Error{.code = "", .message = std::move(message), .position = 0, .token = std::string(function)}};
}

Item partition(const Call& call) {
  if (!call[0]) return {};
  if (!call[1]) return {};
  const double size = std::floor(call[1]->as_double());
  if (!(size >= 1)) refuse("partition", "the size of the parts of $partition must be at least 1");
  const auto items = call[0]->items();
  call.charge_steps(items.size());
  call.charge_bytes(items.size() * sizeof(Value));
  const std::size_t step = size < static_cast<double>(items.size()) ? static_cast<std::size_t>(size) : items.size();
  ArrayBuilder parts;
  for (std::size_t i = 0; i < items.size(); i += step) {
    call.charge_bytes(kArrayBytes + sizeof(Value));
    parts.add(Value::array(items.subspan(i, std::min(step, items.size() - i))));
  }
  Value result = std::move(parts).build();
  if (result.depth() > kMaxValueDepth) call.evaluation().raise_out_of_bytes();
  return result;
}

// Recorded: $range(1, 9, 9) gives 1, so its result is a sequence.
Item range(const Call& call) {
  if (!call[0] || !call[1] || !call[2]) return {};
  const double start = std::floor(call[0]->as_double());
  const double end = std::floor(call[1]->as_double());
  const double delta = std::floor(call[2]->as_double());
  if (delta == 0) refuse("range", "the delta of $range must not be 0");
  ArrayBuilder numbers;
  // Multiplied and not added up, so that errors do not add up either.
  for (double i = 0;; ++i) {
    const double number = start + i * delta;
    if (delta > 0 ? number > end : number < end) break;
    call.charge_steps(1);
    call.charge_bytes(sizeof(Value));
    numbers.add(number_value(number));
  }
  Value result = std::move(numbers).build();
  result.set_mark(mark::kSequence);
  return result;
}

Item hash(const Call& call) {
  if (!call[0] || !call[1]) return {};
  const auto digest = digest_named(call[1]->as_string());
  if (!digest) {
    refuse("hash", fmt::format("$hash does not know the algorithm \"{}\": use one of {}",
                               display_word(call[1]->as_string()), fmt::join(digest_names(), ", ")));
  }
  call.charge_steps(1 + call[0]->as_string().size());
  return Value(hex_digest(*digest, call[0]->as_string()));
}

// Seen on the service: $random(42) gives 0.7275636800328681 (floci issue 2662), what java.util.Random gives.
Item random(const Call& call) {
  if (!call[0]) return Value(call.evaluation().random().fraction());
  // As Java casts to long: the ends for what is beyond.
  const double seed = std::floor(call[0]->as_double());
  const std::int64_t whole = seed >= 0x1p63 ? INT64_MAX : seed <= -0x1p63 ? INT64_MIN : static_cast<std::int64_t>(seed);
  return number_value(JavaRandom(whole).fraction());
}

Item uuid(const Call& call) {
  return Value(call.evaluation().random().uuid());
}

Item parse(const Call& call) {
  if (!call[0]) return {};
  const std::string_view text = call[0]->as_string();
  // The densest JSON, such as [[],[],…, makes a Value of 16 bytes from 3.
  call.charge_steps(1 + text.size());
  call.charge_bytes(text.size() * 6);
  auto value = read_value(text);
  if (!value) refuse("parse", fmt::format("$parse was given a text that is no JSON: {}", value.error().message));
  return std::move(*value);
}

constexpr Function kFunctions[] = {
    {.name = "partition",
     .signature = "<a-n:a<a>>",
     .example = "$partition([1, 2, 3, 4, 5], 2)",
     .gives = "[[1,2],[3,4],[5]]",
     .call = partition,
     .states_only = true},
    {.name = "range",
     .signature = "<nnn:a<n>>",
     .example = "$range(0, 10, 3)",
     .gives = "[0,3,6,9]",
     .call = range,
     .states_only = true},
    {.name = "hash",
     .signature = "<s-s:s>",
     .example = R"($hash("input data", "SHA-1"))",
     .gives = R"("aaff4a450a104cd177d28d18d74485e8cae074b7")",
     .call = hash,
     .states_only = true},
    // Without a seed it is the language's own.
    {.name = "random",
     .signature = "<n?:n>",
     .example = "$random(42)",
     .gives = "0.7275636800328681",
     .call = random,
     .states_only = true},
    {.name = "uuid",
     .signature = "<:s>",
     .example = "$length($uuid())",
     .gives = "36",
     .call = uuid,
     .states_only = true},
    {.name = "parse",
     .signature = "<s-:x>",
     .example = R"($parse('{"a": [1, 2]}'))",
     .gives = R"({"a":[1,2]})",
     .call = parse,
     .states_only = true},
};

}  // namespace

std::span<const Function> states_functions() {
  return kFunctions;
}

}  // namespace stepglass::jsonata
