// Functions of objects and their members.

#include <set>
#include <string_view>

#include "engine/jsonata/evaluator.h"
#include "engine/jsonata/function.h"

namespace stepglass::jsonata {
namespace {

constexpr std::uint64_t kObjectBytes = 64;

/// The keys of `value`, or of all objects in it, each once.
void add_keys(const Value& value, const Call& call, std::set<std::string_view>& known, ArrayBuilder& out) {
  call.charge_steps(1 + value.size());
  if (value.is_array()) {
    for (const Value& item : value.items()) add_keys(item, call, known, out);
  } else if (value.is_object()) {
    for (const Member& member : value.members()) {
      if (!known.insert(member.key.view()).second) continue;
      call.charge_bytes(kObjectBytes);
      out.add(Value(member.key));
    }
  }
}

Item keys(const Call& call) {
  ArrayBuilder builder;
  std::set<std::string_view> known;
  if (call[0]) add_keys(*call[0], call, known, builder);
  Value found = std::move(builder).build();
  found.set_mark(mark::kSequence);
  return found;
}

Item lookup(const Call& call) {
  // A key that is undefined is the text "undefined" to the reference.
  const std::string_view key = call[1] ? call[1]->as_string() : "undefined";
  return call[0] ? lookup_in(*call[0], key, call.evaluation()) : Item();
}

void add_spread(const Value& value, const Call& call, ArrayBuilder& out) {
  call.charge_steps(1 + value.size());
  if (value.is_array()) {
    for (const Value& item : value.items()) add_spread(item, call, out);
  } else if (value.is_object()) {
    for (const Member& member : value.members()) {
      call.charge_bytes(kObjectBytes + sizeof(Value) + sizeof(Member));
      ObjectBuilder object(1);
      object.set(member.key, member.value);
      out.add(std::move(object).build());
    }
  } else {
    call.charge_bytes(sizeof(Value));
    out.add(value);
  }
}

Item spread(const Call& call) {
  if (!call[0]) return {};
  if (!call[0]->is_array() && !call[0]->is_object()) return call[0];
  ArrayBuilder builder;
  add_spread(*call[0], call, builder);
  const bool plain = call[0]->is_array() && call[0]->size() > 0;
  Value result = std::move(builder).build();
  // Appending to a sequence gives a plain array.
  if (!plain) result.set_mark(mark::kSequence);
  return result;
}

Item merge(const Call& call) {
  if (!call[0]) return {};
  std::size_t size = 0;
  for (const Value& object : call[0]->items()) size += object.size();
  call.charge_steps(1 + size);
  call.charge_bytes(kObjectBytes + size * sizeof(Member));
  ObjectBuilder builder(size);
  for (const Value& object : call[0]->items()) {
    for (const Member& member : object.members()) builder.set(member.key, member.value);
  }
  return std::move(builder).build();
}

constexpr Function kObjectFunctions[] = {
    {.name = "keys",
     .signature = "<x-:a<s>>",
     .example = "$keys({'a': 1, 'b': 2})",
     .gives = "[\"a\",\"b\"]",
     .call = keys},
    {.name = "lookup", .signature = "<x-s:x>", .example = "$lookup({'a': 1}, 'a')", .gives = "1", .call = lookup},
    {.name = "merge",
     .signature = "<a<o>:o>",
     .example = "$merge([{'a': 1}, {'b': 2}])",
     .gives = "{\"a\":1,\"b\":2}",
     .call = merge},
    {.name = "spread",
     .signature = "<x-:a<o>>",
     .example = "$spread({'a': 1, 'b': 2})",
     .gives = "[{\"a\":1},{\"b\":2}]",
     .call = spread},
};

}  // namespace

std::span<const Function> object_functions() {
  return kObjectFunctions;
}

}  // namespace stepglass::jsonata
