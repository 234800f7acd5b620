// The functions that read, write and merge JSON.

#include <string>
#include <utility>

#include "engine/document/document.h"
#include "engine/intrinsic/function.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass::intrinsic {
namespace {

// Recorded: "" and " " give null, "-0" gives 0.
Outcome string_to_json(Arguments args) {
  const std::string_view text = args[0].as_string();
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return Value();
  // The densest JSON, such as [[],[],…, makes a Value of 16 bytes from 3.
  if (!args.charge(text.size() * 6)) return args.too_large();
  auto value = read_value(text);
  if (!value) {
    return Refusal{"Cannot convert String to Json in States.StringToJson, caused by: " + value.error().message};
  }
  return std::move(*value);
}

Outcome json_to_string(Arguments args) {
  const std::uint64_t size = json_size(args[0]);
  if (!args.charge(size)) return args.too_large();
  std::string text;
  text.reserve(static_cast<std::size_t>(size));
  append_json(text, args[0]);
  return Value(text);
}

// Shallow. Seen on the service: a third argument that is no boolean counts as false
// (gabrielmoreira/tiny-asl-machine, recorded note States.JsonMerge-015). Deep merging is documented as not supported.
Outcome json_merge(Arguments args) {
  if (args[2].is_boolean() && args[2].as_boolean()) return args.invalid();
  const std::uint64_t members = std::uint64_t{args[0].size()} + args[1].size();
  if (!args.charge(members * sizeof(Member))) return args.too_large();
  if (args[1].size() == 0) return args[0];
  if (args[0].size() == 0) return args[1];
  ObjectBuilder merged(static_cast<std::size_t>(members));
  for (const Member& member : args[0].members()) merged.set(member.key, member.value);
  for (const Member& member : args[1].members()) merged.set(member.key, member.value);
  return std::move(merged).build();
}

constexpr Function kFunctions[] = {
    {.name = "States.StringToJson",
     .min_args = 1,
     .max_args = 1,
     .takes = {Type::String},
     .example = R"(States.StringToJson('{"number":20}'))",
     .gives = R"({"number":20})",
     .call = string_to_json},
    {.name = "States.JsonToString",
     .min_args = 1,
     .max_args = 1,
     .gives_type = Type::String,
     .example = "States.JsonToString(States.Array('a', 1))",
     .gives = R"("[\"a\",1]")",
     .call = json_to_string},
    {.name = "States.JsonMerge",
     .min_args = 3,
     .max_args = 3,
     .takes = {Type::Object, Type::Object, Type::Any},
     .gives_type = Type::Object,
     .example = R"(States.JsonMerge(States.StringToJson('{"a":1,"b":2}'), States.StringToJson('{"b":3}'), false))",
     .gives = R"({"a":1,"b":3})",
     .call = json_merge},
};

}  // namespace

std::span<const Function> json_functions() {
  return kFunctions;
}

}  // namespace stepglass::intrinsic
