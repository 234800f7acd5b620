#include "engine/interpreter/distributed_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <queue>

#include "engine/interpreter/item_batcher.h"
#include "engine/support/hash.h"
#include "engine/support/limits.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass {
namespace {

void count(MapRun::Counts& counts, ExecutionStatus status, std::uint64_t items) {
  switch (status) {
    case ExecutionStatus::Succeeded:
      counts.succeeded += items;
      break;
    case ExecutionStatus::Failed:
      counts.failed += items;
      break;
    case ExecutionStatus::TimedOut:
      counts.timed_out += items;
      break;
    case ExecutionStatus::Aborted:
      counts.aborted += items;
      break;
    case ExecutionStatus::Running:
      counts.running += items;
      break;
  }
}

}  // namespace

bool Runner::run_distributed_map(Strand& strand, const Map& map, const Value& selected) {
  const auto run = std::make_shared<DistributedMap>(*this, strand, map, selected);
  auto problem = run->start();
  if (done_) return false;
  if (problem) return fail(strand, {std::move(problem->failure)}, problem->event, problem->closing);
  strand.map_run = run;
  schedule(strand, run->end_ms() - now_ms_, Step::EndMapRun);
  return false;
}

bool Runner::end_distributed_map(Strand& strand) {
  const auto run = std::move(strand.map_run);
  return run->finish();
}

void Runner::cut_map_run(Strand& strand) {
  const auto run = std::move(strand.map_run);
  if (run) run->cut(now_ms_, result_.status == ExecutionStatus::Running ? result_.status : ExecutionStatus::Aborted);
}

DistributedMap::DistributedMap(Runner& runner, Runner::Strand& strand, const Map& map, const Value& selected)
    : runner_(runner),
      strand_(strand),
      state_(*strand.state),
      map_(map),
      selected_(selected),
      random_(hash_text(state_.name, runner.options_.seed ^ kHashStart) ^ (std::uint64_t{strand.entered} << 32) ^
              strand.retry_count),
      options_(options_of_child(runner.options_)),
      end_ms_(runner.now_ms_) {
  Identity& identity = options_.identity;
  // A child of a child belongs to the machine too: labels are unique in all of it.
  const std::string machine = identity.machine.substr(0, identity.machine.find('/'));
  // Without a Label the service makes one up when the machine is created: so it is the same in every execution.
  const std::string label = map.label ? *map.label : Random(hash_text(state_.name, hash_text(machine))).uuid();
  identity.machine = fmt::format("{}/{}", machine, label);
  const auto arn = [&](std::string_view type) {
    return fmt::format("arn:aws:states:{}:{}:{}:{}", identity.region, identity.account, type, identity.machine);
  };
  names_.machine_arn = arn("stateMachine");
  names_.execution_prefix = arn(map.express_children ? "express" : "execution") + ":";
  names_.express = map.express_children;
  arn_ = fmt::format("{}:{}", arn("mapRun"), random_.uuid());

  machine_.type = map.express_children ? MachineType::Express : MachineType::Standard;
}

DistributedMap::~DistributedMap() {
  // Held on in the record of the Map Run, or given back.
  if (!runner_.details_) runner_.budget_.result_bytes_left += result_bytes_;
}

Visit DistributedMap::visit(VisitSurroundings& surroundings) const {
  return {state_, strand_.entered, strand_.input, surroundings, runner_.random_, runner_.options_.inspector};
}

std::optional<DistributedMap::Problem> DistributedMap::before_started(Failure failure) const {
  // As in an inline Map.
  const bool by_expression = failure.location.has_value();
  return Problem{std::move(failure), strand_.last_event,
                 by_expression ? std::optional(EventType::MapStateFailed) : std::nullopt};
}

// The order is that of the recordings: MaxConcurrency and the items of the state's own input come before
// MapStateStarted, tolerances and MaxItems behind it, reading behind MapRunStarted.
std::optional<DistributedMap::Problem> DistributedMap::start() {
  Runner::View view(runner_, strand_);
  const Visit visit = this->visit(view);
  auto concurrency = count_field(visit, map_.max_concurrency, "MaxConcurrency", selected_);
  if (!concurrency) return before_started(std::move(concurrency).error());
  concurrency_ = *concurrency && **concurrency > 0 ? static_cast<std::uint64_t>(**concurrency) : 0;
  // With an ItemReader, ItemsPath is not looked at (recorded).
  if (!map_.item_reader) {
    auto source = map_items(visit, map_, selected_, true);
    if (!source) return before_started(std::move(source).error());
    auto items = items_of(*source, "STATE_DATA");
    if (!items) {
      return before_started(field_failure(visit, "Items", "The items of the Map are neither an array nor an object."));
    }
    items_ = *std::move(items);
  }
  Event& state_started = runner_.emit(EventType::MapStateStarted, strand_.last_event);
  state_started.state = &state_;
  state_started.data = Value(static_cast<std::int64_t>(items_.values.size()));
  strand_.last_event = runner_.last_id();
  if (runner_.done_) return std::nullopt;
  if (auto problem = read_fields()) return problem;

  Event& run_started = runner_.emit(EventType::MapRunStarted, strand_.last_event);
  run_started.state = &state_;
  run_started.more().map_run_arn = arn_;
  started_ = strand_.last_event = runner_.last_id();
  if (runner_.done_) return std::nullopt;
  record_ = runner_.result_.map_runs.size();
  MapRun& record = runner_.result_.map_runs.emplace_back();
  record.arn = arn_;
  record.state = &state_;
  record.max_concurrency = concurrency_;
  record.tolerated_failure_count = tolerated_count_.value_or(0);
  record.tolerated_failure_percentage = tolerated_percentage_.value_or(0);

  if (auto failure = make_inputs()) return fail_now(*std::move(failure));
  if (!runner_.done_) run_children();
  return std::nullopt;
}

DistributedMap::Problem DistributedMap::fail_now(Failure failure) {
  record().status = ExecutionStatus::Failed;
  Event& failed = runner_.emit(EventType::MapRunFailed, started_);
  failed.state = &state_;
  failed.more().failure = failure;
  return {std::move(failure), runner_.last_id(), EventType::MapStateFailed};
}

// ---------------------------------------------------------------------------------------------------------- the fields

std::optional<DistributedMap::Problem> DistributedMap::read_fields() {
  Runner::View view(runner_, strand_);
  const Visit visit = this->visit(view);
  auto count = count_field(visit, map_.tolerated_failure_count, "ToleratedFailureCount", selected_);
  if (!count) return before_started(std::move(count).error());
  tolerated_count_ = *count;
  auto percentage = number_field(visit, map_.tolerated_failure_percentage, "ToleratedFailurePercentage", selected_);
  if (!percentage) return before_started(std::move(percentage).error());
  if (*percentage && !(**percentage >= 0 && **percentage <= 100)) {
    return before_started(
        field_failure(visit, "ToleratedFailurePercentage", "ToleratedFailurePercentage must be between 0 and 100."));
  }
  tolerated_percentage_ = *percentage;

  if (map_.item_reader) {
    const ItemReader& reader = *map_.item_reader;
    auto max_items = integer_field(visit, reader.max_items, "MaxItems", selected_);
    if (!max_items) return before_started(std::move(max_items).error());
    auto parameters = apply_template(visit, reader.parameters, selected_);
    if (!parameters) return before_started(std::move(parameters).error());
    const bool lists = reader.source == ItemReader::Source::ListObjects;
    request_.emplace();
    request_->reader = &reader;
    request_->max_items = *max_items;
    request_->last_modified = runner_.options_.start.count() / 1000;
    struct Parameter {
      std::string_view name;
      std::string& text;
      bool required;
    };
    for (const Parameter& parameter :
         {Parameter{"Bucket", request_->bucket, true}, Parameter{"Key", request_->key, !lists},
          Parameter{"Prefix", request_->prefix, false}, Parameter{"StartAfter", request_->start_after, false},
          Parameter{"Delimiter", request_->delimiter, false}}) {
      auto text = text_parameter(*parameters, parameter.name, parameter.required);
      if (!text) return before_started(std::move(text).error());
      parameter.text = *std::move(text);
    }
  }
  if (map_.item_batcher) {
    const ItemBatcher& batcher = *map_.item_batcher;
    auto items = integer_field(visit, batcher.max_items_per_batch, "MaxItemsPerBatch", selected_);
    if (!items) return before_started(std::move(items).error());
    auto bytes = integer_field(visit, batcher.max_input_bytes_per_batch, "MaxInputBytesPerBatch", selected_);
    if (!bytes) return before_started(std::move(bytes).error());
    if (*items && **items <= 0) return before_started(runtime_failure(visit, "MaxItemsPerBatch must be positive."));
    if (*bytes && **bytes <= 0) {
      return before_started(runtime_failure(visit, "MaxInputBytesPerBatch must be positive."));
    }
    if (*items) batch_items_ = static_cast<std::uint64_t>(**items);
    batch_bytes_ = kMaxPayloadBytes;
    if (*bytes) batch_bytes_ = std::min(kMaxPayloadBytes, static_cast<std::uint64_t>(**bytes));
    if (batcher.batch_input.index() != 0) {
      auto input = apply_template(visit, batcher.batch_input, selected_);
      if (!input) return before_started(std::move(input).error());
      batch_input_ = *std::move(input);
    }
  }
  if (map_.result_writer) {
    const ResultWriter& writer = *map_.result_writer;
    using enum ResultWriter::Transformation;
    transformation_ = writer.transformation.value_or(writer.exports ? None : Compact);
    if (writer.exports) {
      auto parameters = apply_template(visit, writer.parameters, selected_);
      if (!parameters) return before_started(std::move(parameters).error());
      auto bucket = text_parameter(*parameters, "Bucket", true);
      if (!bucket) return before_started(std::move(bucket).error());
      auto prefix = text_parameter(*parameters, "Prefix", false);
      if (!prefix) return before_started(std::move(prefix).error());
      std::string folder = *std::move(prefix);
      if (!folder.empty() && folder.back() != '/') folder += '/';
      folder += arn_.substr(arn_.rfind(':') + 1) + "/";
      target_ = ExportTarget{*std::move(bucket), std::move(folder)};
    }
  }
  return std::nullopt;
}

Result<std::string, Failure> DistributedMap::text_parameter(const Value& parameters, std::string_view name,
                                                            bool required) const {
  const Value* value = parameters.find(name);
  if (!value && !required) return std::string();
  if (value && value->is_string() && (!required || !value->as_string().empty())) {
    return std::string(value->as_string());
  }
  Runner::View view(runner_, strand_);
  const std::string problem = value ? fmt::format("The value of the field '{}' has an invalid format", name)
                                    : fmt::format("The field \"{}\" is required but was missing", name);
  const std::string shown = json_size(parameters) > kMaxPayloadBytes ? "…" : to_json(parameters);
  return runtime_failure(visit(view),
                         fmt::format("The Parameters '{}' could not be used to start the Task: [{}]", shown, problem));
}

// ----------------------------------------------------------------------------------------------------------- the items

std::optional<Failure> DistributedMap::make_inputs() {
  if (auto failure = find_items()) return failure;
  if (runner_.done_) return std::nullopt;
  item_count_ = items_.values.size();
  record().items.total = item_count_;
  if (auto failure = select_items()) return failure;
  Runner::View view(runner_, strand_);
  const Visit visit = this->visit(view);
  if (visit.inspector && map_.item_selector.index() != 0) visit.stage("afterItemSelector", Value::array(inputs_));
  if (map_.item_batcher) {
    Batches batches = batches_of(inputs_, {batch_items_, batch_bytes_, std::move(batch_input_)});
    inputs_ = std::move(batches.inputs);
    sizes_ = std::move(batches.sizes);
    if (visit.inspector) visit.stage("afterItemBatcher", Value::array(inputs_));
  }
  record().executions.total = inputs_.size();
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    const bool too_large = json_size(inputs_[i]) > kMaxPayloadBytes;
    if (!too_large && inputs_[i].depth() <= kMaxValueDepth) continue;
    // What an ItemReader brings in is its failure, else it is one of the state.
    if (!map_.item_reader) return too_large ? data_limit_failure(state_.name) : depth_failure(state_.name);
    const std::string reason = too_large ? fmt::format("larger than {} bytes", kMaxPayloadBytes)
                                         : fmt::format("nested more than {} deep", kMaxValueDepth);
    return Failure{"States.ItemReaderFailed",
                   fmt::format("The input of the child execution at index {} is {}.", i, reason)};
  }
  return std::nullopt;
}

std::optional<Failure> DistributedMap::find_items() {
  ReadBudget& budget = runner_.budget_.reading;
  if (!request_) {
    if (items_.values.size() > budget.items_left) {
      runner_.stop(RunStopped::Reason::ExecutionLimit, state_,
                   fmt::format("distributed Maps of the run iterate over more than {} items", ReadBudget().items_left));
      return std::nullopt;
    }
    budget.items_left -= items_.values.size();
    return std::nullopt;
  }
  auto items = read_items(*request_, runner_.budget_.world, budget);
  if (items) {
    items_ = *std::move(items);
    return std::nullopt;
  }
  if (items.error().limit.empty()) return std::move(items).error().failure;
  runner_.stop(RunStopped::Reason::ExecutionLimit, state_,
               fmt::format("{}, in state \"{}\"", items.error().limit, state_.name));
  return std::nullopt;
}

std::optional<Failure> DistributedMap::select_items() {
  if (map_.item_selector.index() == 0) {
    inputs_ = std::move(items_.values);
    return std::nullopt;
  }
  inputs_.reserve(items_.values.size());
  const String source_key("Source");
  const String key_key("Key");
  std::size_t origin = 0;
  for (std::size_t i = 0; i < items_.values.size(); ++i) {
    while (origin + 1 < items_.origins.size() && items_.origins[origin + 1].first <= i) ++origin;
    const MapItems::Origin& from = items_.origins[origin];
    const Value& item = items_.values[i];
    ObjectBuilder context(4);
    context.set(runner_.index_key_, Value(static_cast<std::int64_t>(i)));
    if (from.pairs) context.set(key_key, item.members()[0].value);
    context.set(runner_.value_key_, from.pairs ? item.members()[1].value : item);
    context.set(source_key, Value(from.source));
    Runner::View view(runner_, strand_, std::move(context).build());
    auto input = apply_template(visit(view), map_.item_selector, selected_);
    if (!input) return std::move(input).error();
    inputs_.push_back(*std::move(input));
  }
  items_ = {};
  return std::nullopt;
}

// -------------------------------------------------------------------------------------------------------- the children

// Lays the children out in time. With two at a time, and children that take 5, 1 and 3 seconds:
//
//   0  1  2  3  4  5      the third starts when the second has ended; all have ended after 5 seconds
//   [---- a ----- ]
//   [b][--- c -]
//
// What ends at a time is looked at before anything starts at that time, so a child that takes no time is over before
// the next one starts, and a run that fails at once has not started thousands.
void DistributedMap::run_children() {
  struct Finish {
    std::int64_t time_ms;
    std::size_t child;
    bool operator<(const Finish& other) const {
      return time_ms != other.time_ms ? time_ms > other.time_ms : child > other.child;
    }
  };
  std::priority_queue<Finish> running;
  const std::uint64_t most =
      concurrency_ == 0 ? kMaxDistributedConcurrency : std::min(concurrency_, kMaxDistributedConcurrency);
  while (true) {
    const bool all_started = children_.size() == inputs_.size();
    if (!running.empty() && (all_started || running.size() >= most || running.top().time_ms <= end_ms_)) {
      const Finish finish = running.top();
      running.pop();
      end_ms_ = std::max(end_ms_, finish.time_ms);
      // The execution itself is over by then: nothing more will be seen of this Map Run.
      if (end_ms_ > runner_.deadline_ms_) return;
      const ExecutionStatus status = children_[finish.child].status;
      if (status == ExecutionStatus::Succeeded) continue;
      failed_items_ += size_of(finish.child);
      if (exceeds_tolerance()) {
        failure_ =
            Failure{"States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded"};
        return;
      }
      continue;
    }
    if (all_started) return;
    if (!run_child()) return;
    running.push({children_.back().stop_ms, children_.size() - 1});
  }
}

/// Runs the next child from now on; false when that stopped the run.
bool DistributedMap::run_child() {
  if (runner_.budget_.children_left == 0) {
    runner_.stop(RunStopped::Reason::ExecutionLimit, state_,
                 fmt::format("the run started more than {} child executions, in state \"{}\"", kMaxChildExecutions,
                             state_.name));
    return false;
  }
  --runner_.budget_.children_left;
  if (runner_.nesting_ + 1 > kMaxExecutionNesting) {
    runner_.stop(RunStopped::Reason::ExecutionLimit, state_,
                 fmt::format("executions start each other more than {} deep, in state \"{}\"", kMaxExecutionNesting,
                             state_.name));
    return false;
  }
  const std::size_t index = children_.size();
  options_.input = inputs_[index];
  options_.start = std::chrono::milliseconds(end_ms_);
  options_.seed = random_.next();
  options_.identity.execution = random_.uuid();
  // On the heap: nested children would fill the stack of a browser worker.
  const auto runner =
      std::make_unique<Runner>(machine_, map_.processor, options_, runner_.budget_, runner_.nesting_ + 1);
  runner->iteration_ = index;
  runner->details_ = runner_.details_;
  if (names_.express) runner->execution_arn_ = names_.execution_arn(options_.identity.execution);
  auto outcome = runner->run();
  if (!outcome) {
    runner_.stopped_ = std::move(outcome).error();
    runner_.done_ = true;
    return false;
  }
  Execution& execution = *outcome;
  if (!map_.express_children) runner_.result_.transitions += execution.transitions;
  for (MapRun& inner : execution.map_runs) runner_.result_.map_runs.push_back(std::move(inner));
  MapRun::Child& child = children_.emplace_back();
  child.name = options_.identity.execution;
  child.input = std::move(options_.input);
  child.status = execution.status;
  child.output = std::move(execution.output);
  child.failure = std::move(execution.failure);
  child.start_ms = end_ms_;
  child.stop_ms = end_ms_ + execution.duration.count();
  return hold_result(child);
}

bool DistributedMap::hold_result(const MapRun::Child& child) {
  std::uint64_t bytes = child.failure.cause ? child.failure.cause->size() : 0;
  const bool shared = child.output.is_same(child.input) ||
                      (children_.size() > 1 && child.output.is_same(children_[children_.size() - 2].output));
  if (!shared) bytes = add_json_size(bytes, json_size(child.output));
  std::uint64_t& left = runner_.budget_.result_bytes_left;
  if (bytes > left) {
    runner_.stop(RunStopped::Reason::ExecutionLimit, state_,
                 fmt::format("the children of distributed Maps hold more than {} bytes of results, in state \"{}\"",
                             kMaxResultBytes, state_.name));
    return false;
  }
  left -= bytes;
  result_bytes_ += bytes;
  return true;
}

bool DistributedMap::exceeds_tolerance() const {
  // What is not set is not looked at; with neither, no failure is tolerated.
  if (!tolerated_count_ && !tolerated_percentage_) return failed_items_ > 0;
  if (tolerated_count_ && failed_items_ > static_cast<std::uint64_t>(*tolerated_count_)) return true;
  return tolerated_percentage_ &&
         static_cast<double>(failed_items_) * 100.0 > *tolerated_percentage_ * static_cast<double>(item_count_);
}

// --------------------------------------------------------------------------------------------------------------- ends

void DistributedMap::settle(std::int64_t now_ms, ExecutionStatus status) {
  std::size_t started = children_.size();
  while (started > 0 && children_[started - 1].start_ms > now_ms) --started;
  children_.resize(started);
  MapRun& record = this->record();
  record.status = status;
  for (std::size_t i = 0; i < started; ++i) {
    MapRun::Child& child = children_[i];
    if (child.stop_ms > now_ms) {
      child.status = status == ExecutionStatus::Running ? status : ExecutionStatus::Aborted;
      child.output = Value();
      child.failure = {};
      child.stop_ms = now_ms;
    }
    count(record.items, child.status, size_of(i));
    count(record.executions, child.status, 1);
  }
  for (std::size_t i = started; i < inputs_.size(); ++i) record.items.pending += size_of(i);
  record.executions.pending = inputs_.size() - started;
  // Recorded: without a ResultWriter it is the number of those that succeeded.
  for (MapRun::Counts* counts : {&record.items, &record.executions}) {
    counts->results_written = counts->succeeded;
    if (target_) counts->results_written += counts->failed + counts->timed_out + counts->aborted;
  }
  if (target_ && runner_.details_ && status != ExecutionStatus::Running) {
    record.written =
        export_files(children_, std::span(inputs_).subspan(started), transformation_, map_.result_writer->json_lines,
                     arn_, *target_, names_, runner_.budget_.written_bytes_left);
  }
}

bool DistributedMap::finish() {
  Runner& runner = runner_;
  Runner::Strand& strand = strand_;
  settle(end_ms_, failure_ ? ExecutionStatus::Failed : ExecutionStatus::Succeeded);
  std::optional<Value> result;
  if (!failure_) {
    result = target_ ? export_result(arn_, *target_) : children_results(children_, transformation_, names_);
  }
  if (runner.details_) record().children = std::move(children_);
  if (failure_) {
    const Problem problem = fail_now(*failure_);
    return runner.fail(strand, {problem.failure}, problem.event, problem.closing);
  }
  runner.emit(EventType::MapRunSucceeded, started_).state = &state_;
  const std::uint32_t run_succeeded = runner.last_id();
  if (!result) {
    return runner.fail(strand, {data_limit_failure(state_.name)}, run_succeeded, EventType::MapStateFailed);
  }
  runner.emit(EventType::MapStateSucceeded, run_succeeded).state = &state_;
  const std::uint32_t succeeded = runner.last_id();
  if (runner.done_) return false;
  Runner::View view(runner, strand);
  auto completion = complete(visit(view), *result);
  if (!completion) return runner.fail(strand, {std::move(completion).error()}, succeeded);
  // Recorded: MapRunSucceeded until September 2024, MapRunStarted from November 2024 on.
  strand.last_event = started_;
  return runner.leave(strand, *std::move(completion), state_.next ? state_.next->state : nullptr);
}

void DistributedMap::cut(std::int64_t now_ms, ExecutionStatus status) {
  settle(now_ms, status);
  if (runner_.details_) record().children = std::move(children_);
}

}  // namespace stepglass
