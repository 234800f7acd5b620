#pragma once
// The batches of an ItemBatcher: each is the input of one child.

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/value/value.h"

namespace stepglass {

struct BatchLimits {
  std::optional<std::uint64_t> items;  // MaxItemsPerBatch
  std::optional<std::uint64_t> bytes;  // MaxInputBytesPerBatch
  std::optional<Value> input;          // BatchInput
};

struct Batches {
  std::vector<Value> inputs;         // {"BatchInput": …, "Items": […]}
  std::vector<std::uint32_t> sizes;  // items of each
};

/// Fills batches one after the other, each as far as both limits allow; what counts for `bytes` is the whole input of
/// the child. An item that is too large by itself is a batch of its own.
Batches batches_of(const std::vector<Value>& items, const BatchLimits& limits);

}  // namespace stepglass
