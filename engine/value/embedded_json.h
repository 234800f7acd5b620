#pragma once
// Values as JSON text inside a JSON string: {"a":"b"} is written as "{\"a\":\"b\"}".
//
// Remembers where the last arrays, objects and longer strings stand, whole values as well as parts of them, since the
// output of a state is mostly the next one's input, and a changed copy shares what did not change: what is met again is
// copied instead of written again.

#include <cstddef>
#include <string>

#include "engine/support/text_stage.h"
#include "engine/value/value.h"

namespace stepglass {

class EmbeddedJson {
 public:
  /// `stage` outlives this. Every Value that add() gets lives as long as this, or until forget().
  explicit EmbeddedJson(TextStage& stage) : stage_(stage) {}

  /// Adds `value`, quotes included.
  void add(const Value& value);
  /// To be called when the text behind the stage was changed, e.g. emptied, or when a Value has gone.
  void forget();

 private:
  void add_content(const Value& value);

  /// What is shorter is written faster than found.
  static constexpr std::size_t kLeastBytes = 32;
  static constexpr std::size_t kRemembered = 128;
  struct Written {
    const void* identity = nullptr;
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  Written& place_of(const void* identity);

  TextStage& stage_;
  std::string scratch_;
  Written written_[kRemembered];
};

}  // namespace stepglass
