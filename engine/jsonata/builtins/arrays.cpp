// Functions that put arrays together and in order.

#include <algorithm>
#include <vector>

#include "engine/jsonata/evaluator.h"
#include "engine/jsonata/function.h"
#include "engine/jsonata/merge_sort.h"
#include "engine/support/hash.h"
#include "engine/support/text.h"

namespace stepglass::jsonata {
namespace {

constexpr std::uint64_t kArrayBytes = 48;

void charge_array(const Call& call, std::size_t size) {
  call.charge_steps(1 + size / 4);
  call.charge_bytes(kArrayBytes + size * sizeof(Value));
}

Item append(const Call& call) {
  if (!call[0]) return call[1];
  if (!call[1]) return call[0];
  return appended(*call[0], *call[1], call.evaluation());
}

Item reverse(const Call& call) {
  if (!call[0] || call[0]->size() < 2) return call[0];
  charge_array(call, call[0]->size());
  const auto items = call[0]->items();
  ArrayBuilder builder(items.size());
  for (std::size_t i = items.size(); i-- > 0;) builder.add(items[i]);
  return std::move(builder).build();
}

Item shuffle(const Call& call) {
  if (!call[0] || call[0]->size() < 2) return call[0];
  charge_array(call, 2 * call[0]->size());
  const auto items = call[0]->items();
  std::vector<Value> result(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto j = static_cast<std::size_t>(call.evaluation().random().below(i + 1));
    if (i != j) result[i] = result[j];
    result[j] = items[i];
  }
  return Value::array(result);
}

Item zip(const Call& call) {
  std::size_t length = call.size() > 0 ? SIZE_MAX : 0;
  for (std::size_t i = 0; i < call.size(); ++i) length = std::min(length, call[i] ? call[i]->size() : 0);
  charge_array(call, length * (call.size() + 3));
  ArrayBuilder builder(length);
  for (std::size_t i = 0; i < length; ++i) {
    ArrayBuilder tuple(call.size());
    for (std::size_t k = 0; k < call.size(); ++k) tuple.add(call[k]->items()[i]);
    builder.add(std::move(tuple).build());
  }
  return std::move(builder).build();
}

bool is_array_of(std::span<const Value> items, bool (Value::*is)() const) {
  return std::all_of(items.begin(), items.end(), [&](const Value& item) { return (item.*is)(); });
}

/// As JavaScript sees what a comparator gives: of numbers and texts 0 and "" are false, arrays and objects never.
bool is_truthy(const Value& value) {
  return value.is_array() || value.is_object() || value.is_opaque() || boolean_of(value);
}

Item sort(const Call& call) {
  if (!call[0] || call[0]->size() < 2) return call[0];
  const auto items = call[0]->items();
  charge_array(call, 2 * items.size());
  std::vector<std::uint32_t> order;
  if (call[1]) {
    order = sorted_order(items.size(), [&](std::uint32_t a, std::uint32_t b) {
      const Item result = call.apply(*call[1], {Item(items[a]), Item(items[b])});
      return result && is_truthy(*result);
    });
  } else if (is_array_of(items, &Value::is_number)) {
    order = sorted_order(items.size(), [&](std::uint32_t a, std::uint32_t b) {
      call.charge_steps(1);
      return items[a].as_double() > items[b].as_double();
    });
  } else if (is_array_of(items, &Value::is_string)) {
    order = sorted_order(items.size(), [&](std::uint32_t a, std::uint32_t b) {
      call.charge_steps(1);
      return compare_utf16(items[a].as_string(), items[b].as_string()) > 0;
    });
  } else {
    call.raise("D3070", {.index = 1});
  }
  ArrayBuilder builder(items.size());
  for (const std::uint32_t index : order) builder.add(items[index]);
  return std::move(builder).build();
}

/// An order of values in which equal ones (by `=`) are neighbours. It has no other meaning.
int compare(const Value& a, const Value& b, Evaluation& evaluation) {
  evaluation.charge_steps(1);
  const auto rank = [](const Value& v) { return v.is_number() ? Value::Kind::Double : v.kind(); };
  if (rank(a) != rank(b)) return rank(a) < rank(b) ? -1 : 1;
  const auto order = [](auto x, auto y) { return x < y ? -1 : y < x ? 1 : 0; };
  if (a.is_number()) return order(a.as_double(), b.as_double());
  switch (a.kind()) {
    case Value::Kind::Boolean:
      return order(a.as_boolean(), b.as_boolean());
    case Value::Kind::String:
      return a.is_same(b) ? 0 : order(a.as_string().compare(b.as_string()), 0);
    case Value::Kind::Array: {
      if (a.is_same(b)) return 0;
      if (a.size() != b.size()) return order(a.size(), b.size());
      for (std::size_t i = 0; i < a.size(); ++i) {
        if (const int inner = compare(a.items()[i], b.items()[i], evaluation)) return inner;
      }
      return 0;
    }
    case Value::Kind::Object: {
      if (a.is_same(b)) return 0;
      if (a.size() != b.size()) return order(a.size(), b.size());
      const auto sorted = [&](const Value& object) {
        std::vector<const Member*> members;
        members.reserve(object.size());
        evaluation.charge_steps(object.size());
        for (const Member& member : object.members()) members.push_back(&member);
        std::sort(members.begin(), members.end(),
                  [](const Member* x, const Member* y) { return x->key.view() < y->key.view(); });
        return members;
      };
      const auto x = sorted(a), y = sorted(b);
      for (std::size_t i = 0; i < x.size(); ++i) {
        if (const int keys = x[i]->key.view().compare(y[i]->key.view())) return keys;
        if (const int inner = compare(x[i]->value, y[i]->value, evaluation)) return inner;
      }
      return 0;
    }
    case Value::Kind::Opaque:
      return order(a.identity(), b.identity());
    default:
      return 0;
  }
}

Item distinct(const Call& call) {
  if (!call[0] || !call[0]->is_array() || call[0]->size() < 2) return call[0];
  const auto items = call[0]->items();
  charge_array(call, 2 * items.size());
  // Sorted, equal values are neighbours, the earliest first. Most that differ do so by their hash.
  std::vector<std::uint64_t> hashes;
  hashes.reserve(items.size());
  for (const Value& item : items) {
    if (item.is_string()) call.charge_steps(item.as_string().size() / 16);
    hashes.push_back(item.is_string() ? hash_text(item.as_string()) : 0);
  }
  const auto order_of = [&](std::uint32_t a, std::uint32_t b) {
    if (hashes[a] != hashes[b]) return hashes[a] < hashes[b] ? -1 : 1;
    return compare(items[a], items[b], call.evaluation());
  };
  call.charge_steps(items.size());
  const std::vector<std::uint32_t> order =
      sorted_order(items.size(), [&](std::uint32_t a, std::uint32_t b) { return order_of(a, b) > 0; });
  std::vector<bool> kept(items.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    kept[order[i]] = i == 0 || order_of(order[i - 1], order[i]) != 0;
  }
  ArrayBuilder builder;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (kept[i]) builder.add(items[i]);
  }
  Value result = std::move(builder).build();
  if (call[0].is_sequence()) result.set_mark(mark::kSequence);
  return result;
}

constexpr Function kArrayFunctions[] = {
    {.name = "append", .signature = "<xx:a>", .example = "$append([1], [2, 3])", .gives = "[1,2,3]", .call = append},
    {.name = "distinct", .signature = "<x:x>", .example = "$distinct([1, 2, 1])", .gives = "[1,2]", .call = distinct},
    {.name = "reverse", .signature = "<a:a>", .example = "$reverse([1, 2])", .gives = "[2,1]", .call = reverse},
    {.name = "shuffle", .signature = "<a:a>", .example = "$count($shuffle([1, 2, 3]))", .gives = "3", .call = shuffle},
    {.name = "sort",
     .signature = "<af?:a>",
     .example = "$sort([1, 3, 2], function($a, $b) { $a < $b })",
     .gives = "[3,2,1]",
     .call = sort},
    {.name = "zip",
     .signature = "<a+>",
     .example = "$zip([1, 2], ['a', 'b'])",
     .gives = "[[1,\"a\"],[2,\"b\"]]",
     .call = zip,
     .arity = 0},
};

}  // namespace

std::span<const Function> array_functions() {
  return kArrayFunctions;
}

}  // namespace stepglass::jsonata
