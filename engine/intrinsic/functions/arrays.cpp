// The functions that make and read arrays.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/intrinsic/function.h"
#include "engine/intrinsic/functions/integer_arguments.h"
#include "engine/intrinsic/java_value.h"
#include "engine/support/sort.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass::intrinsic {
namespace {

/// Items of an array that States.ArrayRange makes. Source: developer guide, "States.ArrayRange".
constexpr std::uint64_t kMaxRangeItems = 1000;

Outcome array(Arguments args) {
  return Value::array(args.values());
}

Outcome array_partition(Arguments args) {
  const auto size = cut_integer(args[1]);
  if (!size || *size <= 0) return args.invalid();
  const std::span<const Value> items = args[0].items();
  if (!args.charge(items.size() * sizeof(Value))) return args.too_large();
  const std::size_t chunk =
      static_cast<std::uint64_t>(*size) < items.size() ? static_cast<std::size_t>(*size) : items.size();
  if (items.empty()) return Value::empty_array();
  ArrayBuilder chunks((items.size() - 1) / chunk + 1);
  for (std::size_t i = 0; i < items.size(); i += chunk) {
    chunks.add(Value::array(items.subspan(i, std::min(chunk, items.size() - i))));
  }
  return std::move(chunks).build();
}

/// Equal down to the order of members and the kind of numbers, as two values are that print alike.
bool prints_alike(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  if (a.is_same(b)) return true;
  switch (a.kind()) {
    case Value::Kind::String:
      return a.as_string() == b.as_string();
    case Value::Kind::Double:
      return a.as_double() == b.as_double();
    case Value::Kind::Array: {
      const auto x = a.items(), y = b.items();
      return x.size() == y.size() && std::equal(x.begin(), x.end(), y.begin(), prints_alike);
    }
    case Value::Kind::Object: {
      const auto x = a.members(), y = b.members();
      return x.size() == y.size() && std::equal(x.begin(), x.end(), y.begin(), [](const Member& m, const Member& n) {
               return m.key == n.key && prints_alike(m.value, n.value);
             });
    }
    default:
      return false;  // is_same has seen all there is of the others
  }
}

// The service compares what the values look like when printed. Seen there: true is found among ["true"],
// 9007199254740991 among ["9007199254740991"], {"b":2,"a":1} not among [{"a":1,"b":2}], false not among [0]
// (gabrielmoreira/tiny-asl-machine, recorded notes States.ArrayContains-006, -018, -019, -021).
Outcome array_contains(Arguments args) {
  const Value& wanted = args[1];
  if (!args.charge(add_json_size(json_size(args[0]), json_size(wanted)))) return args.too_large();
  const bool is_container = wanted.is_array() || wanted.is_object();
  std::string text;
  if (!is_container) append_java_text(text, wanted);
  for (const Value& item : args[0].items()) {
    if (item.kind() == wanted.kind()) {
      if (prints_alike(item, wanted)) return Value(true);
    } else if (!is_container && (item.is_string() || wanted.is_string()) && !item.is_array() && !item.is_object()) {
      std::string other;
      append_java_text(other, item);
      if (other == text) return Value(true);
    }
  }
  return Value(false);
}

Outcome array_range(Arguments args) {
  const auto first = cut_integer(args[0]), last = cut_integer(args[1]), step = cut_integer(args[2]);
  if (!first || !last || !step || *step == 0) return args.invalid();
  if (*step > 0 ? *first > *last : *first < *last) return Value::empty_array();
  // Unsigned, since the distance of two 64-bit integers may need all 64 bits.
  const auto from = static_cast<std::uint64_t>(*first), to = static_cast<std::uint64_t>(*last);
  const std::uint64_t distance = *step > 0 ? to - from : from - to;
  const auto stride = static_cast<std::uint64_t>(*step);
  const std::uint64_t steps = distance / (*step > 0 ? stride : 0 - stride);
  if (steps >= kMaxRangeItems) return args.invalid();
  ArrayBuilder range(static_cast<std::size_t>(steps) + 1);
  for (std::uint64_t i = 0; i <= steps; ++i) range.add(Value(static_cast<std::int64_t>(from + i * stride)));
  return std::move(range).build();
}

Outcome array_get_item(Arguments args) {
  // Seen on the service: an empty array gives null, whatever the index (gabrielmoreira/tiny-asl-machine, recorded note
  // States.ArrayGetItem-012); any other index outside fails.
  if (args[0].size() == 0) return Value();
  const auto index = cut_integer(args[1]);
  if (!index || *index < 0 || static_cast<std::uint64_t>(*index) >= args[0].size()) return args.invalid();
  return args[0].items()[static_cast<std::size_t>(*index)];
}

Outcome array_length(Arguments args) {
  return Value(static_cast<std::int64_t>(args[0].size()));
}

// The service puts the items into a java.util.HashSet and reads it out again, so the order is that of the buckets.
// Seen there: [true,false,true,false] gives [false,true], [[1,2],[1,2],[2,1]] gives [[2,1],[1,2]], [null,null,1,null]
// gives [null,1], and letters and small integers come sorted (gabrielmoreira/tiny-asl-machine, recorded answers
// States.ArrayUnique). How many buckets there are for more than eleven items is our guess: as many as a set has that is
// made from the whole list at once.
//
// Worked example, [true,false,true]: identities t f t; sorted with their places f1 t0 t2; first of each f1 t0; 16
// buckets, false (1237) lies in bucket 5 and true (1231) in bucket 15: [false,true].
Outcome array_unique(Arguments args) {
  const std::span<const Value> items = args[0].items();
  const std::uint64_t size = json_size(args[0]);
  // Identities spell out sizes: a number takes up to 22 bytes, the braces of a container up to 12 each.
  if (size >= kMaxEvaluationBytes || !args.charge(size * 4 + items.size() * 32)) return args.too_large();

  std::string identities;
  std::vector<std::size_t> ends;
  ends.reserve(items.size() + 1);
  ends.push_back(0);
  for (const Value& item : items) {
    append_java_identity(identities, item);
    ends.push_back(identities.size());
  }
  const auto identity = [&](std::uint32_t i) {
    return std::string_view(identities).substr(ends[i], ends[i + 1] - ends[i]);
  };
  std::vector<std::uint32_t> order(items.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  sort_stable(order, [&](std::uint32_t a, std::uint32_t b) {
    const int compared = identity(a).compare(identity(b));
    return compared ? compared < 0 : a < b;
  });
  order.erase(std::unique(order.begin(), order.end(),
                          [&](std::uint32_t a, std::uint32_t b) { return identity(a) == identity(b); }),
              order.end());

  std::uint32_t buckets = 16;
  while (buckets < items.size() * 4 / 3 + 1) buckets *= 2;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places;  // bucket, index of the first occurrence
  places.reserve(order.size());
  for (const std::uint32_t i : order) places.emplace_back(java_bucket(java_hash(items[i]), buckets), i);
  sort_stable(places);
  ArrayBuilder unique(places.size());
  for (const auto& place : places) unique.add(items[place.second]);
  return std::move(unique).build();
}

constexpr Function kFunctions[] = {
    {.name = "States.Array",
     .min_args = 0,
     .max_args = kAnyNumber,
     .gives_type = Type::Array,
     .example = "States.Array('Foo', 2020, null)",
     .gives = R"(["Foo",2020,null])",
     .call = array},
    {.name = "States.ArrayPartition",
     .min_args = 2,
     .max_args = 2,
     .takes = {Type::Array, Type::Number},
     .gives_type = Type::Array,
     .example = "States.ArrayPartition(States.Array(1, 2, 3, 4, 5), 2)",
     .gives = "[[1,2],[3,4],[5]]",
     .call = array_partition},
    {.name = "States.ArrayContains",
     .min_args = 2,
     .max_args = 2,
     .takes = {Type::Array, Type::Any},
     .gives_type = Type::Boolean,
     .example = "States.ArrayContains(States.Array(1, 2, 3), 2)",
     .gives = "true",
     .call = array_contains},
    {.name = "States.ArrayRange",
     .min_args = 3,
     .max_args = 3,
     .takes = {Type::Number, Type::Number, Type::Number},
     .gives_type = Type::Array,
     .example = "States.ArrayRange(1, 9, 2)",
     .gives = "[1,3,5,7,9]",
     .call = array_range},
    {.name = "States.ArrayGetItem",
     .min_args = 2,
     .max_args = 2,
     .takes = {Type::Array, Type::Number},
     .example = "States.ArrayGetItem(States.Array('a', 'b', 'c'), 1)",
     .gives = R"("b")",
     .call = array_get_item},
    {.name = "States.ArrayLength",
     .min_args = 1,
     .max_args = 1,
     .takes = {Type::Array},
     .gives_type = Type::Number,
     .example = "States.ArrayLength(States.Array('a', 'b'))",
     .gives = "2",
     .call = array_length},
    {.name = "States.ArrayUnique",
     .min_args = 1,
     .max_args = 1,
     .takes = {Type::Array},
     .gives_type = Type::Array,
     .example = "States.ArrayUnique(States.Array(1, 2, 2, 3, 1))",
     .gives = "[1,2,3]",
     .call = array_unique},
};

}  // namespace

std::span<const Function> array_functions() {
  return kFunctions;
}

}  // namespace stepglass::intrinsic
