#pragma once
// What happened in an execution, for people: one line for each thing worth knowing, in columns.
//
//     +0s  WaitPaid   wait    5s
//     +5s  CheckPaid  task    http:invoke {"id":7}
//                     error   Http.503: try later
//     +6s             retry   1 of 3 after 1s, Retry[0]
//                     task    http:invoke {"id":7}
//                     result  {"paid":true}
//          Paid?      choice  rule 1 of 2 → Done: $.paid == true

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/report/columns.h"
#include "engine/interpreter/run.h"

namespace stepglass::analysis {

/// Lines of a trace; of longer ones the middle is left out, and a line says so.
inline constexpr std::size_t kMaxTraceLines = 400;

/// What the run decided in one visit of a state. It cannot be told from the history alone: a missed heartbeat, say, is
/// reported as a timeout, and is taken by other retriers and catchers.
struct Decisions {
  /// The rule of a Choice, from 0; absent: Default, or none.
  std::optional<std::size_t> rule;
  /// The retrier, from 0, of each retry, in order.
  std::vector<std::size_t> retriers;
  /// The catcher, from 0.
  std::optional<std::size_t> catcher;
};

struct TraceOptions {
  Style style;
  std::size_t max_lines = kMaxTraceLines;
  /// What was decided in the visit that starts with event `entered`; a null pointer when nothing was. Lives as long as
  /// these options.
  std::function<const Decisions*(std::uint32_t entered)> decisions;
};

/// `execution` has its history and comes from a run of `machine`.
std::string trace_text(const Execution& execution, const StateMachine& machine, const TraceOptions& options);

/// The end of an execution: status, error and cause, and what it took; the real time where it was measured.
std::string summary_text(const Execution& execution, const StateMachine& machine, const Style& style,
                         std::optional<std::chrono::microseconds> real_time = std::nullopt);

/// A condition of a Choice in short, e.g. `$.paid == true && $.total > 10`.
std::string describe(const Condition& condition);

}  // namespace stepglass::analysis
