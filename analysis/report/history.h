#pragma once
// The history of an execution as JSON, in the shape of the service's GetExecutionHistory: `input`, `output`,
// `parameters` and assigned variables are JSON text inside strings. Times are RFC 3339 in milliseconds, as the
// service's own tools print them. For people see trace.h.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/interpreter/run.h"
#include "engine/support/text_stage.h"
#include "engine/value/embedded_json.h"
#include "engine/value/value.h"

namespace stepglass::analysis {

/// Writes events one by one behind what `out` holds. Remembers where in `out` payloads stand: see EmbeddedJson.
class HistoryWriter {
 public:
  /// All three outlive the writer. `region` is what the events of service tasks name.
  HistoryWriter(std::string& out, const Execution& execution, std::string_view region)
      : stage_(out), json_(stage_), execution_(execution), region_(region) {}

  /// Appends the event `id`, 1 … history.size(), as one JSON object.
  void append(std::uint32_t id);
  /// To be called when `out` was changed by somebody else, e.g. emptied.
  void forget();

 private:
  void add_data(std::string_view name, const Value& value);
  void add_output(const Value& value);
  void add_failure(const Event& event, bool& first);
  void add_resource(const Event& event, bool& first);
  void add_timeouts(const EventDetails& details);
  void add_details(const Event& event);
  void add_time(std::int64_t time_ms);

  TextStage stage_;
  EmbeddedJson json_;
  const Execution& execution_;
  std::string_view region_;
  std::string scratch_;
  std::int64_t time_ms_ = INT64_MIN;
  std::string time_;
};

/// Appends all events as a JSON array. Gives false, leaving `out` cut somewhere, when `out` would grow above
/// `max_bytes`.
bool append_history_json(std::string& out, const Execution& execution, std::string_view region, std::size_t max_bytes);

}  // namespace stepglass::analysis
