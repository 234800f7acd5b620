#pragma once
// A distributed Map: an execution of its own per item or batch. Private to engine/interpreter.
//
// Children see nothing of each other, so all of them are run when the state starts, each to its end, and their times
// are laid out afterwards: what the Map Run comes to, and when, is known before the clock moves. The strand then sleeps
// until that time. When it is cut before, the Map Run is counted as it stood at the cut.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/interpreter/item_reader.h"
#include "engine/interpreter/result_writer.h"
#include "engine/interpreter/runner.h"

namespace stepglass {

class DistributedMap {
 public:
  DistributedMap(Runner& runner, Runner::Strand& strand, const Map& map, const Value& selected);
  DistributedMap(const DistributedMap&) = delete;
  ~DistributedMap();

  /// Why the state does not wait for the Map Run.
  struct Problem {
    Failure failure;
    std::uint32_t event;
    std::optional<EventType> closing;
  };
  /// Emits the events up to MapRunStarted and runs the children. When the run was stopped instead, runner.done_ is set.
  std::optional<Problem> start();
  /// When the Map Run ends.
  std::int64_t end_ms() const { return end_ms_; }
  /// Ends the Map Run at its time: emits its events and leaves the state. As Runner::advance().
  bool finish();
  /// The strand has been cut at `now_ms`.
  void cut(std::int64_t now_ms, ExecutionStatus status);

 private:
  std::optional<Problem> before_started(Failure failure) const;
  /// The Map Run has started, and ends with `failure` at once.
  Problem fail_now(Failure failure);
  std::optional<Problem> read_fields();
  Result<std::string, Failure> text_parameter(const Value& parameters, std::string_view name, bool required) const;
  /// The inputs of the children. Nothing when all is well.
  std::optional<Failure> make_inputs();
  std::optional<Failure> find_items();
  std::optional<Failure> select_items();
  void run_children();
  bool run_child();
  /// Counts what a child that has ended holds; false when that stopped the run.
  bool hold_result(const MapRun::Child& child);
  bool exceeds_tolerance() const;
  std::uint64_t size_of(std::size_t child) const { return sizes_.empty() ? 1 : sizes_[child]; }
  MapRun& record() { return runner_.result_.map_runs[record_]; }
  /// Fills in the record: what had finished at `now_ms`, what was running then, what had not started.
  void settle(std::int64_t now_ms, ExecutionStatus status);
  Visit visit(VisitSurroundings& surroundings) const;

  Runner& runner_;
  Runner::Strand& strand_;
  const State& state_;
  const Map& map_;
  Value selected_;

  // What the fields of the state say.
  std::uint64_t concurrency_ = 0;
  std::optional<std::int64_t> tolerated_count_;
  std::optional<double> tolerated_percentage_;
  std::optional<ReadRequest> request_;
  std::optional<std::uint64_t> batch_items_;
  std::optional<std::uint64_t> batch_bytes_;
  std::optional<Value> batch_input_;
  std::optional<ExportTarget> target_;
  ResultWriter::Transformation transformation_ = ResultWriter::Transformation::Compact;

  MapItems items_;
  std::uint64_t item_count_ = 0;
  std::vector<Value> inputs_;            // of the children, started or not
  std::vector<std::uint32_t> sizes_;     // items of each batch; empty without batches
  std::vector<MapRun::Child> children_;  // that were started

  Random random_;  // names and seeds of this Map Run
  StateMachine machine_;
  RunOptions options_;  // of the child that starts next
  ChildNames names_;
  std::string arn_;
  std::size_t record_ = 0;     // in runner_.result_.map_runs
  std::uint32_t started_ = 0;  // id of MapRunStarted
  std::int64_t end_ms_ = 0;
  std::uint64_t failed_items_ = 0;
  std::uint64_t result_bytes_ = 0;  // taken from the budget
  std::optional<Failure> failure_;  // the Map Run's, at its end
};

}  // namespace stepglass
