#include "engine/interpreter/item_batcher.h"

#include <span>

#include "engine/value/json_size.h"

namespace stepglass {

Batches batches_of(const std::vector<Value>& items, const BatchLimits& limits) {
  const String input_key("BatchInput");
  const String items_key("Items");
  const auto input_of = [&](std::span<const Value> batch) {
    ObjectBuilder builder(2);
    if (limits.input) builder.set(input_key, *limits.input);
    builder.set(items_key, Value::array(batch));
    return std::move(builder).build();
  };
  const std::uint64_t empty_bytes = json_size(input_of({}));
  Batches batches;
  std::size_t first = 0;
  std::uint64_t bytes = empty_bytes;
  const auto close = [&](std::size_t end) {
    batches.inputs.push_back(input_of(std::span(items).subspan(first, end - first)));
    batches.sizes.push_back(static_cast<std::uint32_t>(end - first));
    first = end;
    bytes = empty_bytes;
  };
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::uint64_t comma = i > first ? 1 : 0;
    const std::uint64_t item_bytes = json_size(items[i]);
    const bool too_many = limits.items && i - first >= *limits.items;
    const bool too_large = limits.bytes && add_json_size(bytes, item_bytes + comma) > *limits.bytes;
    if (i > first && (too_many || too_large)) close(i);
    bytes = add_json_size(bytes, item_bytes + (i > first ? 1 : 0));
  }
  if (first < items.size()) close(items.size());
  return batches;
}

}  // namespace stepglass
