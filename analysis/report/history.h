#pragma once
// The history of an execution as JSON, in the shape of the service's GetExecutionHistory: `input`, `output`,
// `parameters` and assigned variables are JSON text inside strings. Times are RFC 3339 in milliseconds, as the
// service's own tools print them. For people see trace.h.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/interpreter/run.h"
#include "engine/value/value.h"

namespace stepglass::analysis {

/// Writes events one by one behind what `out` holds. Remembers where in `out` the last payloads stand, since an output
/// is mostly the next input too: then it is copied instead of written again.
class HistoryWriter {
 public:
  /// All three outlive the writer. `region` is what the events of service tasks name.
  HistoryWriter(std::string& out, const Execution& execution, std::string_view region)
      : out_(out), execution_(execution), region_(region) {}

  /// Appends the event `id`, 1 … history.size(), as one JSON object.
  void append(std::uint32_t id);
  /// To be called when `out` was changed by somebody else, e.g. emptied.
  void forget();

 private:
  void append_data(std::string_view name, const Value& value);
  void append_json_text(const Value& value);
  void append_output(const Value& value);
  void append_failure(const Event& event, bool& first);
  void append_resource(const Event& event, bool& first);
  void append_timeouts(const EventDetails& details);
  void append_details(const Event& event);
  void append_timestamp(std::int64_t time_ms);

  struct Written {
    Value value;
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  static constexpr std::size_t kRemembered = 4;

  std::string& out_;
  const Execution& execution_;
  std::string_view region_;
  std::string scratch_;
  Written written_[kRemembered];
  std::size_t next_ = 0;
  std::int64_t time_ms_ = INT64_MIN;
  std::string time_;
};

/// Appends all events as a JSON array. Gives false, leaving `out` cut somewhere, when `out` would grow above
/// `max_bytes`.
bool append_history_json(std::string& out, const Execution& execution, std::string_view region, std::size_t max_bytes);

/// Appends a time as RFC 3339 with milliseconds, e.g. 2025-01-01T00:00:00.000Z.
void append_rfc3339(std::string& out, std::int64_t milliseconds_since_1970);

}  // namespace stepglass::analysis
