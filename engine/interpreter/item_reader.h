#pragma once
// The items of a distributed Map: from a value of the execution, or read from S3 by an ItemReader.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/interpreter/world.h"
#include "engine/model/state.h"
#include "engine/support/failure.h"
#include "engine/support/result.h"
#include "engine/value/value.h"

namespace stepglass {

/// Bytes of one item as it is read. Source: service quota.
inline constexpr std::uint64_t kMaxItemBytes = 8u << 20;
/// Bytes of the header row of a CSV file. Source: service quota.
inline constexpr std::size_t kMaxCsvHeaderBytes = 10'240;

/// What looking up an object or listing it counts, beside its bytes.
inline constexpr std::uint64_t kRequestBytes = 256;

/// What all item readers of a run may take together. Without it one object that is read again and again, or a wide
/// header over many empty rows, would make gigabytes of a small input.
struct ReadBudget {
  std::uint64_t bytes_left = 64u << 20;
  std::uint64_t items_left = 4'000'000;
  std::uint64_t cells_left = 8'000'000;  // fields of CSV rows
};

/// The items of a Map, in order.
struct MapItems {
  /// From item `first` on, items come from `source`: "STATE_DATA", the URI of an object, or for a listing that of the
  /// bucket. `pairs`: they are the members of objects, each {"Key": …, "Value": …}.
  struct Origin {
    std::size_t first;
    String source;
    bool pairs;
  };
  std::vector<Value> values;
  std::vector<Origin> origins;
};

/// Why there are no items.
struct ReadError {
  /// What the Map fails with: States.ItemReaderFailed.
  Failure failure;
  /// Set instead of the failure: a limit of this simulator, by name, which ends the run without an outcome.
  std::string limit;
};

/// The items of an array or the members of an object. Nothing when `value` is neither.
std::optional<MapItems> items_of(const Value& value, std::string_view source);

/// One use of an ItemReader.
struct ReadRequest {
  const ItemReader* reader = nullptr;
  std::string bucket;
  std::string key;     // of GetObject
  std::string prefix;  // of ListObjects, like the next two; may be empty
  std::string start_after;
  std::string delimiter;
  /// MaxItems; zero and nothing mean all, as recorded.
  std::optional<std::int64_t> max_items;
  /// When the objects were written, as far as a listing tells: seconds since 1970.
  std::int64_t last_modified = 0;
};

/// Reads the items from `world`.
Result<MapItems, ReadError> read_items(const ReadRequest& request, World& world, ReadBudget& budget);

/// The value at a JSON Pointer; null pointer when there is none or `pointer` is malformed. Source: RFC 6901.
const Value* value_at_pointer(const Value& root, std::string_view pointer);

}  // namespace stepglass
