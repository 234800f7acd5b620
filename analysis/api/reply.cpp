#include "analysis/api/reply.h"

#include <chrono>

#include "analysis/report/history.h"
#include "analysis/report/visits.h"
#include "engine/document/place_json.h"
#include "engine/model/timestamp.h"
#include "engine/support/number.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// Appends seconds with as many decimals as there are milliseconds: 6, 1.5.
void append_seconds(std::string& out, std::chrono::milliseconds duration) {
  const std::int64_t ms = duration.count();
  append_integer(out, ms / 1000);
  if (ms % 1000 == 0) return;
  char decimals[4] = {'.', static_cast<char>('0' + ms / 100 % 10), static_cast<char>('0' + ms / 10 % 10),
                      static_cast<char>('0' + ms % 10)};
  std::size_t length = 4;
  while (decimals[length - 1] == '0') --length;
  out.append(decimals, length);
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Info:
      return "info";
  }
  return "error";
}

void append_failure(std::string& out, const Failure& failure) {
  if (failure.error) append_json_member(out, "error", *failure.error);
  if (failure.cause) append_json_member(out, "cause", *failure.cause);
}

/// In the words of the TestState API: SUCCEEDED, CAUGHT_ERROR, FAILED; and RUNNING where the execution is paused.
std::string_view visit_status(const Visit& visit, const Execution& execution) {
  const History& history = execution.history;
  if (visit.exited == 0) return execution.status == ExecutionStatus::Running ? "RUNNING" : "FAILED";
  const Event& before = history[history[visit.exited].previous];
  if (before.state != visit.state) return "SUCCEEDED";
  return is_failure(before.type) ? "CAUGHT_ERROR" : "SUCCEEDED";
}

bool append_inspection(std::string& out, const RunReply& reply, const StateMachine& machine) {
  const History& history = reply.execution.history;
  const Visits visits = find_visits(history, machine);
  out += ",\"inspection\":[";
  std::string text;
  bool first = true;
  for (const StateInspection& inspection : reply.inspection) {
    if (!first) out += ',';
    first = false;
    const Visit& visit = visits.all[*visits.of_event[inspection.entered]];
    out += "{\"eventId\":";
    append_integer(out, inspection.entered);
    append_json_member(out, "stateName", inspection.state->name);
    append_json_member(out, "status", visit_status(visit, reply.execution));
    if (visit.exited != 0) {
      text.clear();
      append_json(text, history[visit.exited].data);
      append_json_member(out, "output", text);
    }
    if (visit.next) append_json_member(out, "nextState", visits.all[*visit.next].state->name);
    if (const auto rule = inspection.decisions.rule) {
      out += ",\"choiceRule\":";
      append_integer(out, *rule);
    }
    if (!inspection.stages.empty()) {
      out += ",\"inspectionData\":{";
      bool first_stage = true;
      for (const StateInspection::Stage& stage : inspection.stages) {
        if (!first_stage) out += ',';
        first_stage = false;
        append_json_string(out, stage.name);
        out += ':';
        if (json_size(stage.value) > kMaxReplyBytes) return false;
        text.clear();
        append_json(text, stage.value);
        append_json_string(out, text);
      }
      out += '}';
    }
    out += '}';
    if (out.size() > kMaxReplyBytes) return false;
  }
  out += ']';
  return true;
}

void append_counts(std::string& out, std::string_view name, const MapRun::Counts& counts) {
  out += ",\"";
  out += name;
  out += "\":{\"pending\":";
  append_integer(out, counts.pending);
  out += ",\"running\":";
  append_integer(out, counts.running);
  out += ",\"succeeded\":";
  append_integer(out, counts.succeeded);
  out += ",\"failed\":";
  append_integer(out, counts.failed);
  out += ",\"timedOut\":";
  append_integer(out, counts.timed_out);
  out += ",\"aborted\":";
  append_integer(out, counts.aborted);
  out += ",\"total\":";
  append_integer(out, counts.total);
  out += ",\"resultsWritten\":";
  append_integer(out, counts.results_written);
  out += '}';
}

/// In the shape of DescribeMapRun, with the executions that it started.
bool append_map_run(std::string& out, const MapRun& run) {
  out += "{\"mapRunArn\":";
  append_json_string(out, run.arn);
  if (run.state) append_json_member(out, "stateName", run.state->name);
  append_json_member(out, "status", execution_status_name(run.status));
  out += ",\"maxConcurrency\":";
  append_integer(out, run.max_concurrency);
  out += ",\"toleratedFailurePercentage\":";
  append_json(out, Value(run.tolerated_failure_percentage));
  out += ",\"toleratedFailureCount\":";
  append_integer(out, run.tolerated_failure_count);
  append_counts(out, "itemCounts", run.items);
  append_counts(out, "executionCounts", run.executions);
  out += ",\"executions\":[";
  bool first = true;
  for (const MapRun::Child& child : run.children) {
    if (!first) out += ',';
    first = false;
    out += "{\"name\":";
    append_json_string(out, child.name);
    append_json_member(out, "status", execution_status_name(child.status));
    out += ",\"startDate\":\"";
    append_timestamp(out, std::chrono::milliseconds(child.start_ms), TimestampFraction::Always);
    out += "\",\"stopDate\":\"";
    append_timestamp(out, std::chrono::milliseconds(child.stop_ms), TimestampFraction::Always);
    out += "\",\"input\":";
    if (!append_bounded(out, child.input)) return false;
    if (child.status == ExecutionStatus::Succeeded) {
      out += ",\"output\":";
      if (!append_bounded(out, child.output)) return false;
    }
    append_failure(out, child.failure);
    out += '}';
  }
  out += "]}";
  return true;
}

}  // namespace

bool append_bounded(std::string& out, const Value& value) {
  if (out.size() > kMaxReplyBytes || json_size(value) > kMaxReplyBytes - out.size()) return false;
  append_json(out, value);
  return true;
}

void append_diagnostics(std::string& out, const std::vector<PlacedDiagnostic>& diagnostics) {
  out += '[';
  bool first = true;
  for (const PlacedDiagnostic& placed : diagnostics) {
    if (!first) out += ',';
    first = false;
    const Diagnostic& diagnostic = placed.diagnostic;
    out += "{\"name\":";
    append_json_string(out, diagnostic.name);
    append_json_member(out, "severity", severity_name(diagnostic.severity));
    append_json_member(out, "message", diagnostic.message);
    if (!diagnostic.help.empty()) append_json_member(out, "help", diagnostic.help);
    out += ',';
    append_range(out, diagnostic.span, placed.start, placed.end);
    append_json_member(out, "pointer", diagnostic.pointer);
    out += '}';
  }
  out += ']';
}

void append_validation(std::string& out, const ValidateResponse& response) {
  out += response.ok ? R"({"result":"OK","diagnostics":[)" : R"({"result":"FAIL","diagnostics":[)";
  bool first = true;
  for (const ServiceDiagnostic& diagnostic : response.diagnostics) {
    if (!first) out += ',';
    first = false;
    out += diagnostic.severity == Severity::Error ? R"({"severity":"ERROR")" : R"({"severity":"WARNING")";
    append_json_member(out, "code", diagnostic.code);
    append_json_member(out, "message", diagnostic.message);
    if (diagnostic.location) append_json_member(out, "location", *diagnostic.location);
    out += '}';
  }
  out += response.truncated ? "],\"truncated\":true}" : "],\"truncated\":false}";
}

void append_error(std::string& out, const ApiError& error) {
  out += "{\"code\":";
  append_json_string(out, error.code);
  append_json_member(out, "message", error.help.empty() ? error.message : error.message + "; " + error.help);
  if (!error.diagnostics.empty()) {
    out += ",\"diagnostics\":";
    append_diagnostics(out, error.diagnostics);
  }
  if (!error.mock_state.empty()) {
    append_json_member(out, "state", error.mock_state);
    out += ",\"mock_sample\":" + error.mock_sample;
  }
  out += '}';
}

bool append_run_result(std::string& out, const RunReply& reply, const StateMachine& machine,
                       const RunRequest& request) {
  const Execution& execution = reply.execution;
  out += "{\"status\":";
  append_json_string(out, execution_status_name(execution.status));
  if (execution.status == ExecutionStatus::Succeeded) {
    out += ",\"output\":";
    if (!append_bounded(out, execution.output)) return false;
  }
  append_failure(out, execution.failure);
  if (request.history) {
    out += ",\"history\":";
    if (!append_history_json(out, execution, RunOptions().identity.region, kMaxReplyBytes)) return false;
  }
  out += ",\"transitions\":";
  append_integer(out, execution.transitions);
  out += ",\"duration_seconds\":";
  append_seconds(out, execution.duration);
  if (request.inspection != InspectionLevel::None && !append_inspection(out, reply, machine)) return false;
  if (!execution.map_runs.empty()) {
    out += ",\"map_runs\":[";
    bool first = true;
    for (const MapRun& map_run : execution.map_runs) {
      if (!first) out += ',';
      first = false;
      if (!append_map_run(out, map_run)) return false;
    }
    out += ']';
  }
  if (reply.stopped) {
    out += ",\"stopped\":";
    append_error(out, *reply.stopped);
  }
  if (!reply.warnings.empty()) {
    out += ",\"warnings\":";
    char before = '[';
    for (const std::string& warning : reply.warnings) {
      out += before;
      before = ',';
      append_json_string(out, warning);
    }
    out += ']';
  }
  out += '}';
  return true;
}

}  // namespace stepglass::analysis
