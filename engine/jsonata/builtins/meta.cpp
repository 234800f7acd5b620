// Functions about expressions and values themselves.

#include <string>

#include "engine/document/document.h"
#include "engine/jsonata/evaluator.h"
#include "engine/jsonata/function.h"

namespace stepglass::jsonata {
namespace {

Item eval(const Call& call) {
  if (!call[0]) return {};
  auto& evaluator = static_cast<Evaluator&>(call.evaluation());
  const Item input = call[1] ? call[1] : call.context();
  // What does not parse is told apart from what fails.
  try {
    return evaluator.run_nested(call[0]->as_string(), input);
  } catch (const Raised& raised) {
    const std::string& code = raised.error.code;
    if (code.empty() || code == "U1001") throw;
    call.raise(code[0] == 'S' ? "D3120" : "D3121", {.value = Value(raised.error.message)});
  }
}

Item assert_that(const Call& call) {
  if (!call[0] || !call[0]->as_boolean()) {
    call.raise("D3141", {.value = call[1] ? *call[1] : Value("$assert() statement failed")});
  }
  return {};
}

Item error(const Call& call) {
  call.raise("D3137", {.value = call[0] ? *call[0] : Value("$error() function evaluated")});
}

Item type(const Call& call) {
  if (!call[0]) return {};
  switch (call[0]->kind()) {
    case Value::Kind::Null:
      return Value("null");
    case Value::Kind::Boolean:
      return Value("boolean");
    case Value::Kind::String:
      return Value("string");
    case Value::Kind::Array:
      return Value("array");
    case Value::Kind::Object:
      return Value("object");
    case Value::Kind::Opaque:
      return Value("function");
    default:
      if (call[0]->mark() & mark::kNonFinite) call.raise("D1001", {.value = Value()});
      return Value("number");
  }
}

/// A copy without functions, as through JSON text.
Value copied(const Value& value, const Call& call) {
  if (value.is_opaque()) return Value("");
  if (!value.has_opaque()) {
    Value plain = value;
    plain.set_mark(0);
    return plain;
  }
  call.charge_steps(1 + value.size());
  call.charge_bytes(48 + value.size() * sizeof(Member));
  if (value.is_array()) {
    ArrayBuilder builder(value.size());
    for (const Value& item : value.items()) builder.add(copied(item, call));
    return std::move(builder).build();
  }
  ObjectBuilder builder(value.size());
  for (const Member& member : value.members()) builder.set(member.key, copied(member.value, call));
  return std::move(builder).build();
}

Item clone(const Call& call) {
  return call[0] ? Item(copied(*call[0], call)) : Item();
}

constexpr Function kMetaFunctions[] = {
    {.name = "assert", .signature = "<bs?:x>", .example = "$assert(1 = 1, 'never')", .gives = "", .call = assert_that},
    {.name = "clone", .signature = "<(oa)-:o>", .example = "$clone({'a': 1})", .gives = "{\"a\":1}", .call = clone},
    {.name = "error",
     .signature = "<s?:x>",
     .example = "false ? $error('never') : 'fine'",
     .gives = "\"fine\"",
     .call = error},
    {.name = "eval", .signature = "<sx?:x>", .example = "$eval('1 + 2')", .gives = "3", .call = eval},
    {.name = "type", .signature = "<x:s>", .example = "$type([1])", .gives = "\"array\"", .call = type},
};

}  // namespace

std::span<const Function> meta_functions() {
  return kMetaFunctions;
}

}  // namespace stepglass::jsonata
