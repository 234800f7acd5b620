#pragma once
// The machinery of run(): strands and groups in virtual time. Private to engine/interpreter.
//
// A strand is one line of control: the machine itself, a branch of a Parallel, an iteration of a Map. It goes from
// state to state until something takes time. A group is one attempt of a Parallel or an inline Map: the strands inside
// it, and the strand outside that waits for them.
//
// Strands take turns, one state each, in the order in which they became ready; when none is ready the clock jumps to
// the next timer. So branches interleave as they do in the service, and the same run always gives the same history.

#include <cstdint>
#include <deque>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "engine/interpreter/data_flow.h"
#include "engine/interpreter/item_reader.h"
#include "engine/interpreter/result_writer.h"
#include "engine/interpreter/retry.h"
#include "engine/interpreter/run.h"
#include "engine/interpreter/world.h"
#include "engine/path/query.h"

namespace stepglass {

class DistributedMap;

/// The options of an execution that one with `options` starts: what is about the latter alone is gone.
RunOptions options_of_child(const RunOptions& options);

/// What all executions of one run() share: the world, and the budgets that nested executions draw on too.
struct RunBudget {
  World& world;
  std::uint64_t transitions_left;
  std::uint64_t children_left;
  std::uint64_t steps_left = kMaxRunSteps;
  ReadBudget reading = {};
  std::uint64_t written_bytes_left = kMaxWrittenBytes;
  std::uint64_t result_bytes_left = kMaxResultBytes;
};

class Runner {
 public:
  Runner(const StateMachine& machine, const Scope& scope, const RunOptions& options, RunBudget& budget,
         std::uint32_t nesting);

  Result<Execution, RunStopped> run();

 private:
  enum class Step : std::uint8_t { Enter, EndWait, EndAttempt, EndMapRun, Retry };

  struct Group;

  /// An attempt of a Task that has been started.
  struct Attempt {
    TaskAnswer answer;
    bool timed_out = false;
    bool missed_heartbeat = false;
  };

  struct Strand {
    const State* state = nullptr;
    Value input;  // raw input of the state
    std::uint32_t entered = 0;
    std::uint32_t last_event = 0;
    std::int64_t entered_ms = 0;
    Step step = Step::Enter;
    bool open = false;             // the state has been entered and not left
    std::uint32_t generation = 0;  // grows when the strand ends: timers of earlier lives are stale
    std::uint32_t index = 0;       // branch or item
    std::uint32_t slot = 0;        // among the members of its group
    Group* group = nullptr;        // that it belongs to
    Value variables;               // its own scope's; an object, or null while there are none
    Value item;                    // of an iteration: Map.Item of the context object
    std::uint32_t retry_count = 0;
    std::vector<std::int64_t> retries;  // per retrier
    Value effective;                    // what the task, the branches or the items get
    Value context;                      // made when first asked for, null before
    std::string task_token;
    std::unique_ptr<Attempt> attempt;
    std::unique_ptr<Group> running;           // the group that it waits for
    std::shared_ptr<DistributedMap> map_run;  // that it waits for; shared because its type is not known here
  };

  struct Group {
    Strand* owner = nullptr;
    bool is_map = false;
    std::uint32_t started = 0;  // id of …StateStarted
    std::uint32_t next = 0;     // first item that has not been started
    std::uint32_t finished = 0;
    std::uint32_t limit = 0;  // how many iterations run at a time
    Value source;             // the items of a Map
    std::vector<Value> results;
    std::uint64_t result_bytes = 0;  // of the results as JSON, with a comma each
    std::vector<Strand*> members;    // alive
  };

  struct Timer {
    std::int64_t time_ms;
    std::uint64_t order;
    Strand* strand;
    std::uint32_t generation;
    bool operator<(const Timer& other) const {
      return time_ms != other.time_ms ? time_ms > other.time_ms : order > other.order;
    }
  };

  struct Ready {
    Strand* strand;
    std::uint32_t generation;
  };

  /// What the expressions of a strand's state see.
  class View : public VisitSurroundings {
   public:
    View(Runner& runner, Strand& strand, Value item = {}) : runner_(runner), strand_(strand), item_(std::move(item)) {}
    const Value& context() override;
    const Value* variable(std::string_view name) override;
    std::int64_t now_ms() override { return runner_.now_ms_; }
    std::uint64_t& steps_left() override { return runner_.budget_.steps_left; }

   private:
    Runner& runner_;
    Strand& strand_;
    Value item_;  // of the item that an ItemSelector is for; null elsewhere
    Value context_;
  };

  // runner.cpp: the clock, the events, the simple states
  Event& emit(EventType type, std::uint32_t previous);
  std::uint32_t last_id() const { return history_.size(); }
  void succeed_execution(Strand& strand, Value output);
  void fail_execution(Failure failure, std::uint32_t previous);
  /// Stops the run when its steps are used up; then true.
  bool stop_without_steps(const State& state);
  void time_out_execution();
  void stop(RunStopped::Reason reason, const State& state, std::string message);
  void pause();
  /// Pauses when the state, which has just been entered, is one to pause at.
  void pause_at_state(const State& state);
  /// Pauses at `event`, which tells of a failure or was the last before one, when it is so asked.
  void pause_at_failure(std::uint32_t event);
  /// What a person changed at the event that comes next; null for nothing. Event ids grow, so each is found once.
  const Change* next_change();
  /// Makes the change of the event that comes next, if any, and gives true then.
  bool change(Strand& strand, Value& data);
  Strand& new_strand(const Scope& scope, Value input, Group* group, std::uint32_t index, std::uint32_t previous);
  void end_strand(Strand& strand);
  void make_ready(Strand& strand) { ready_.push_back({&strand, strand.generation}); }
  void schedule(Strand& strand, std::int64_t delay_ms, Step step);
  /// Goes on with a strand; true when it can go on at once.
  bool advance(Strand& strand);
  bool take_transition(const State& state);
  bool enter(Strand& strand);
  bool enter_pass(Strand& strand, const Pass& pass);
  bool enter_choice(Strand& strand, const Choice& choice);
  bool enter_wait(Strand& strand, const Wait& wait);
  bool enter_succeed(Strand& strand);
  bool enter_fail(Strand& strand, const Fail& fail);
  /// `caught`: by a catcher, so that no other one may take what goes wrong now.
  bool leave(Strand& strand, Completion completion, const State* next, bool caught = false);
  /// The strand's variables with those of `assigned`; fails when all of the execution were too large then.
  Result<Value, Failure> with_variables(const Strand& strand, const Value& assigned) const;
  bool finish(Strand& strand, Value output);
  /// Retriers, catchers, or out of the scope. `event` is the id of the event that failed; `closing` is emitted unless
  /// the state is tried again.
  /// Emits EvaluationFailed when `error` is that of an expression; gives the event that led here now.
  std::uint32_t tell_evaluation(const State& state, RaisedError& error, std::uint32_t event);
  bool fail(Strand& strand, RaisedError error, std::uint32_t event, std::optional<EventType> closing = {});
  bool fail_scope(Strand& strand, const RaisedError& error, std::uint32_t event);
  Value make_context(Strand& strand, const Value& item);

  // task.cpp
  bool start_attempt(Strand& strand);
  bool end_attempt(Strand& strand);
  Result<TaskAnswer, NoAnswer> ask(Strand& strand, const Task& task);
  /// Runs a nested execution whose definition is at hand; nothing when it is not.
  std::optional<TaskAnswer> nested_execution(const Task& task, const Value& parameters);

  // group.cpp: Parallel and inline Map
  bool start_parallel(Strand& strand, const Parallel& parallel);
  bool start_map(Strand& strand, const Map& map);
  bool fail_before_items(Strand& strand, Failure failure);
  bool start_iterations(Group& group, std::uint32_t previous);
  bool member_finished(Strand& strand, Value output);
  bool member_failed(Strand& strand, const RaisedError& error, std::uint32_t event);
  bool end_group(Group& group, std::uint32_t last_event);
  static const std::vector<Strand*>& members_in_order(Group& group);
  void emit_abort(Strand& strand, std::uint32_t event);
  void drop_group(std::unique_ptr<Group>& group);

  // distributed_map.cpp
  bool run_distributed_map(Strand& strand, const Map& map, const Value& selected);
  bool end_distributed_map(Strand& strand);
  /// Counts the Map run that the strand waits for, if any, as aborted now.
  void cut_map_run(Strand& strand);

  const StateMachine& machine_;
  const Scope& scope_;
  const RunOptions& options_;
  RunBudget& budget_;
  std::uint32_t nesting_;
  std::optional<std::uint64_t> iteration_;  // of a child of a distributed Map: its index
  bool details_;                            // records of Map runs hold their children and files
  Random random_;
  std::string execution_name_;
  std::string execution_arn_;
  Value execution_context_;  // Execution of the context object
  Value machine_context_;    // StateMachine of the context object
  String index_key_{"Index"};
  String value_key_{"Value"};
  std::int64_t now_ms_;
  std::int64_t deadline_ms_;
  std::uint32_t max_events_;
  std::uint64_t timers_made_ = 0;
  History history_;
  std::uint64_t transitions_ = 0;
  std::uint64_t variable_bytes_ = 0;  // of all strands
  std::deque<Strand> strands_;        // all that were ever needed at a time
  std::vector<Strand*> free_;
  std::deque<Ready> ready_;
  std::priority_queue<Timer> timers_;
  bool done_ = false;
  bool pauses_next_ = false;    // at the next event, because of a failure that had none of its own
  std::size_t changes_read_ = 0;
  Event ignored_;  // what is emitted after the end
  Execution result_;
  std::optional<RunStopped> stopped_;

  friend class DistributedMap;
};

}  // namespace stepglass
