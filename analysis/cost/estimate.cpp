#include "analysis/cost/estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <queue>

#include "analysis/cost/express_memory.h"
#include "engine/model/express.h"
#include "engine/support/limits.h"
#include "engine/support/sort.h"

namespace stepglass::analysis {
namespace {

// A lever takes an estimate of its own: of so many assumptions, of machines of so many states, and so many states in
// all.
constexpr std::size_t kMaxLevers = 12;
constexpr std::size_t kMostStatesWithLevers = 5'000;
constexpr std::size_t kMaxLeverStates = 20'000;
constexpr std::size_t kShownLevers = 3;
// Of a Choice with more ways none is tried.
constexpr std::size_t kMostWays = 8;
// Steps on the way to the likeliest paths, and states that a path shows.
constexpr std::size_t kMaxPathSteps = 100'000;
constexpr std::size_t kMaxPathStates = 24;

/// How often a way has gone round in the bounded loops that it is in, as a number: equal numbers, equal rounds.
class LoopRounds {
 public:
  LoopRounds(const Chain& chain, const Flows& flows) : chain_(chain), flows_(flows), inside_(chain.vertex_count) {
    for (std::size_t loop = 0; loop < flows.loops.size(); ++loop) {
      for (const std::uint32_t v : flows.loops[loop].vertices) inside_[v].push_back(loop);
    }
  }

  /// In no loop.
  std::uint32_t none() { return number({}); }

  /// How likely `edge` is with such rounds behind: a loop that has its rounds is left, one that has not is gone on
  /// with.
  double probability(std::uint32_t rounds, const ChainEdge& edge) const {
    const auto loop = loop_of(edge.from);
    if (!loop) return edge.probability;
    const BoundedLoop& bounded = flows_.loops[*loop];
    const bool done = gone(rounds, *loop) >= bounded.rounds;
    if (!done && !bounded.exact) return edge.probability;
    double staying = 0, leaving = 0;
    for (const ChainEdge& other : chain_.out(edge.from)) {
      (is_in(other.to, *loop) ? staying : leaving) += other.probability;
    }
    if (is_in(edge.to, *loop) == done) return 0;
    const double all = done ? leaving : staying;
    return all > 0 ? edge.probability / all : 0;
  }

  std::uint32_t after(std::uint32_t rounds, const ChainEdge& edge) {
    Counts counts;
    for (const auto& [loop, count] : *counts_[rounds]) {
      if (is_in(edge.to, loop)) counts.emplace_back(loop, count);
    }
    if (const auto loop = loop_of(edge.from); loop && is_in(edge.to, *loop)) {
      const auto at =
          std::find_if(counts.begin(), counts.end(), [&](const auto& entry) { return entry.first == *loop; });
      if (at != counts.end()) {
        ++at->second;
      } else {
        counts.emplace_back(*loop, 1);
        sort_stable(counts);
      }
    }
    return number(std::move(counts));
  }

 private:
  using Counts = std::vector<std::pair<std::size_t, double>>;  // by loop; those of none are left out

  bool is_in(std::uint32_t v, std::size_t loop) const {
    return v < inside_.size() && std::binary_search(inside_[v].begin(), inside_[v].end(), loop);
  }
  /// The loop whose rounds `v` counts.
  std::optional<std::size_t> loop_of(std::uint32_t v) const {
    for (const std::size_t loop : inside_[v]) {
      if (flows_.loops[loop].head == v) return loop;
    }
    return std::nullopt;
  }
  double gone(std::uint32_t rounds, std::size_t loop) const {
    for (const auto& [of, count] : *counts_[rounds]) {
      if (of == loop) return count;
    }
    return 0;
  }
  std::uint32_t number(Counts counts) {
    const auto [at, is_new] = numbers_.emplace(std::move(counts), static_cast<std::uint32_t>(counts_.size()));
    if (is_new) counts_.push_back(&at->first);
    return at->second;
  }

  const Chain& chain_;
  const Flows& flows_;
  std::vector<std::vector<std::size_t>> inside_;  // by vertex, ascending
  std::map<Counts, std::uint32_t> numbers_;
  std::vector<const Counts*> counts_;
};

class Estimator {
 public:
  Estimator(const StateMachine& machine, std::string_view name, std::size_t definition_bytes,
            const Assumptions& assumptions, const EstimateOptions& options)
      : machine_(machine),
        assumptions_(assumptions),
        options_(options),
        context_{assumptions, name, definition_bytes, options.machine_of} {
    estimate_.machine = name;
    estimate_.type = machine.type;
  }

  Estimate run() {
    set_prices();
    set_executions();
    root_ = cost_of_machine(machine_, context_);
    started_ = started_runs(*root_, *context_.started);
    estimate_.transitions = bounds(Metric::Transitions);
    estimate_.started_transitions = bounds(Metric::StartedTransitions);
    estimate_.seconds = bounds(Metric::Seconds);
    estimate_.child_requests = bounds(Metric::ChildRequests);
    estimate_.child_gb_seconds = bounds(Metric::ChildGbSeconds);
    estimate_.stopped = root_->stopped;
    estimate_.fails = std::min(sum_of(root_->errors), 1.0);
    estimate_.express = as_express();
    set_month();
    add_ledger();
    sort_stable(services_);
    services_.erase(std::unique(services_.begin(), services_.end()), services_.end());
    estimate_.not_included = std::move(services_);
    add_paths();
    add_notes();
    if (options_.levers) add_levers();
    return std::move(estimate_);
  }

 private:
  // ---------------------------------------------------------------------------------------------------------- prices

  void set_prices() {
    Prices& prices = estimate_.prices;
    prices = prices_of(assumptions_.region ? assumptions_.region->value : std::string("us-east-1"));
    const auto override_price = [](const std::optional<Assumed<double>>& given, std::optional<Usd>& price,
                                   std::string& source) {
      if (!given) return;
      price = given->value;
      source = given->place.empty() ? std::string(origin_name(given->origin)) : given->place;
    };
    override_price(assumptions_.usd_per_thousand_transitions, prices.per_thousand_transitions, prices.standard_source);
    override_price(assumptions_.usd_per_million_requests, prices.per_million_requests, prices.express_source);
    if (assumptions_.usd_per_gb_hour) {
      prices.gb_hours = {{0, assumptions_.usd_per_gb_hour->value}};
      if (prices.express_source.empty()) prices.express_source = assumptions_.usd_per_gb_hour->place;
    }
    estimate_.free_tier = assumptions_.free_tier && assumptions_.free_tier->value;
  }

  void set_executions() {
    const auto own = assumptions_.machines.find(estimate_.machine);
    if (own != assumptions_.machines.end() && own->second.executions_per_month) {
      estimate_.executions_per_month = *own->second.executions_per_month;
    } else if (assumptions_.all.executions_per_month) {
      estimate_.executions_per_month = *assumptions_.all.executions_per_month;
    } else {
      estimate_.executions_per_month = {kDefaultExecutions, Origin::Default, {}};
    }
    double& count = estimate_.executions_per_month.value;
    if (count <= kLargestAmount) return;
    count = kLargestAmount;
    context_.saturated = true;
  }

  double executions() const { return estimate_.executions_per_month.value; }

  // ---------------------------------------------------------------------------------------------------------- totals

  Bounds bounds(Metric metric) const {
    Bounds result;
    const auto m = static_cast<std::size_t>(metric);
    result.least = least_of(root_->least[m], false);
    // One that can only end by a task that fails does end.
    if (!result.least) result.least = least_of(root_->least[m], true);
    result.expected = root_->expected[m];
    result.most = most_of(root_->most[m], true).value_or(kUnbounded);
    return result;
  }

  Amounts amounts(const std::function<double(const Bounds&)>& pick) const {
    const Estimate& e = estimate_;
    return {pick(e.transitions), pick(e.started_transitions), pick(e.seconds), pick(e.child_requests),
            pick(e.child_gb_seconds)};
  }

  /// What an execution of `type` that takes `run` is billed: transitions, requests and GB-seconds.
  struct Billed {
    double transitions = 0, requests = 0, gb_seconds = 0;
  };
  Billed billed(MachineType type, const Amounts& run) const {
    Billed result{amount(run, Metric::Transitions), amount(run, Metric::ChildRequests),
                  amount(run, Metric::ChildGbSeconds)};
    if (type == MachineType::Standard) return result;
    result.transitions = amount(run, Metric::StartedTransitions);
    result.requests += 1;
    result.gb_seconds += billed_seconds(amount(run, Metric::Seconds)) * estimate_.express.memory_mb / kMbPerGb;
    return result;
  }

  /// A month of executions that are billed so much each; nothing where a price that it takes is not known.
  std::optional<Usd> month(const Billed& each) const {
    // None of what has no end costs nothing.
    if (executions() == 0) return 0;
    const Prices& prices = estimate_.prices;
    Usd cost = 0;
    if (each.transitions > 0) {
      if (!prices.per_thousand_transitions) return std::nullopt;
      cost += transitions_cost(each.transitions * executions(), *prices.per_thousand_transitions, estimate_.free_tier);
    }
    if (each.requests > 0 || each.gb_seconds > 0) {
      if (!prices.per_million_requests || prices.gb_hours.empty()) return std::nullopt;
      cost += each.requests * executions() * *prices.per_million_requests / 1e6 +
              duration_cost(each.gb_seconds * executions(), prices.gb_hours);
    }
    return cost == kUnbounded ? cost : std::min(cost, kLargestAmount);
  }

  void set_month() {
    const auto least = amounts([](const Bounds& b) { return b.least.value_or(0); });
    const auto expected = amounts([](const Bounds& b) { return b.expected; });
    const auto most = amounts([](const Bounds& b) { return b.most; });
    estimate_.per_month.least = month(billed(machine_.type, least));
    estimate_.per_month.expected = month(billed(machine_.type, expected));
    estimate_.per_month.most = month(billed(machine_.type, most));
    for (const auto& sum : {estimate_.per_month.least, estimate_.per_month.expected, estimate_.per_month.most}) {
      context_.saturated = context_.saturated || sum == kLargestAmount;
    }
    const auto standard = month(billed(MachineType::Standard, expected));
    estimate_.express.per_month = month(billed(MachineType::Express, expected));
    if (machine_.type == MachineType::Express) estimate_.as_standard_per_month = standard;
    if (standard && *standard != kUnbounded) estimate_.express.break_even_seconds = break_even(expected, *standard);
  }

  /// The longest duration of an execution with which a month of Express costs at most `standard`. What a month costs
  /// grows with the duration, so halving finds it.
  std::optional<double> break_even(Amounts run, Usd standard) const {
    const auto cost = [&](double steps) {
      amount(run, Metric::Seconds) = steps * kDurationStepSeconds;
      return month(billed(MachineType::Express, run));
    };
    if (executions() == 0 || !cost(1)) return std::nullopt;
    double below = 0, above = kMaxExpressSeconds / kDurationStepSeconds + 1;
    if (*cost(above) <= standard) return std::nullopt;
    while (above - below > 1) {
      const double middle = std::floor((below + above) / 2);
      (*cost(middle) <= standard ? below : above) = middle;
    }
    return below * kDurationStepSeconds;
  }

  ExpressCost as_express() {
    ExpressCost express;
    express.seconds = estimate_.seconds.expected;
    express.is_least = context_.time_is_least;
    express.memory_mb = express_memory_mb(assumptions_, context_.definition_bytes, inner_steps(*root_));
    express.gb_seconds = executions() * billed_seconds(express.seconds) * express.memory_mb / kMbPerGb;
    if (machine_.type == MachineType::Standard) {
      find_obstacles(machine_.scope, express.obstacles);
      const Bounds& seconds = estimate_.seconds;
      if (seconds.least && *seconds.least > kMaxExpressSeconds) {
        express.obstacles.push_back(
            fmt::format("the shortest execution takes {} s, more than 5 minutes", amount_text(*seconds.least)));
      } else if (seconds.expected > kMaxExpressSeconds) {
        express.obstacles.push_back(seconds.expected == kUnbounded
                                        ? std::string("an execution is expected not to end")
                                        : fmt::format("an execution is expected to take {} s, more than 5 minutes",
                                                      amount_text(seconds.expected)));
      }
    }
    return express;
  }

  /// What an Express machine may not have. Recursion follows the nesting of scopes.
  static void find_obstacles(const Scope& scope, std::vector<std::string>& obstacles) {
    for (const State& state : scope.states) {
      if (const auto* task = std::get_if<Task>(&state.kind)) {
        const ExpressObstacle obstacle = express_obstacle(task->resource);
        if (obstacle != ExpressObstacle::None) {
          obstacles.push_back(fmt::format("\"{}\" waits for {}", state.name, awaited_text(obstacle)));
        }
      } else if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
        for (const Scope& branch : parallel->branches) find_obstacles(branch, obstacles);
      } else if (const auto* map = std::get_if<Map>(&state.kind)) {
        if (map->distributed) {
          obstacles.push_back(fmt::format("\"{}\" is a distributed Map", state.name));
        } else {
          find_obstacles(map->processor, obstacles);
        }
      }
    }
  }

  // ---------------------------------------------------------------------------------------------------------- ledger

  /// What one of each costs in this month, tiers and free ones spread over all: so that the rows sum up.
  struct UnitPrices {
    std::optional<Usd> transition, request, gb_second;
  };
  UnitPrices unit_prices() const {
    const Prices& prices = estimate_.prices;
    const Billed all = billed(machine_.type, amounts([](const Bounds& b) { return b.expected; }));
    const auto each = [&](double count, double first, auto cost) {
      const double month = count * executions();
      return count > 0 && month > 0 && std::isfinite(month) ? cost(month) / month : first;
    };
    UnitPrices units;
    if (prices.per_thousand_transitions) {
      units.transition = each(all.transitions, *prices.per_thousand_transitions / 1000, [&](double count) {
        return transitions_cost(count, *prices.per_thousand_transitions, estimate_.free_tier);
      });
    }
    if (prices.per_million_requests && !prices.gb_hours.empty()) {
      units.request = *prices.per_million_requests / 1e6;
      units.gb_second = each(all.gb_seconds, prices.gb_hours.front().usd / 3600,
                             [&](double count) { return duration_cost(count, prices.gb_hours); });
    }
    return units;
  }

  /// A month of so much in an execution.
  std::optional<Usd> share(const UnitPrices& units, const Billed& part) const {
    Usd cost = 0;
    if (part.transitions > 0) {
      if (!units.transition) return std::nullopt;
      cost += times(part.transitions * *units.transition, executions());
    }
    if (part.requests > 0 || part.gb_seconds > 0) {
      if (!units.request) return std::nullopt;
      cost += times(part.requests * *units.request + part.gb_seconds * *units.gb_second, executions());
    }
    return cost;
  }

  void add_ledger() {
    const UnitPrices units = unit_prices();
    if (machine_.type == MachineType::Express) {
      add_executions("", 1, root_->expected, estimate_.express.memory_mb / kMbPerGb, units);
    }
    add_rows({"", units}, *root_, 1, 0, machine_.type == MachineType::Express);
    for (const auto& [started, runs] : started_) {
      const bool express = started->at_hand.machine->type == MachineType::Express;
      add_executions(started->at_hand.name, runs, started->cost->expected, express ? started->memory_gb : 0, units);
      add_rows({started->at_hand.name, units}, *started->cost, runs, 1, express);
    }
  }

  /// `memory_gb`: 0 for Standard ones, which cost nothing as such.
  void add_executions(const std::string& machine, double runs, const Amounts& run, double memory_gb,
                      const UnitPrices& units) {
    LedgerRow row;
    row.machine = machine;
    row.type = "Execution";
    row.visits = runs;
    row.express = memory_gb > 0;
    Billed part;
    if (memory_gb > 0) {
      part.requests = runs;
      part.gb_seconds = times(runs, billed_seconds(amount(run, Metric::Seconds)) * memory_gb);
    }
    row.per_month = share(units, part);
    estimate_.ledger.push_back(std::move(row));
  }

  struct RowsOf {
    std::string machine;
    UnitPrices units;
  };
  void add_rows(const RowsOf& of, const ScopeCost& scope, double runs, std::size_t depth, bool express) {
    for (std::size_t i = 0; i < scope.states.size(); ++i) {
      const StateCost& cost = scope.states[i];
      LedgerRow row;
      row.machine = of.machine;
      row.state = cost.state->name;
      row.type = kind_name(*cost.state);
      row.depth = depth;
      row.visits = scope.flows.visits.empty() ? 0 : times(runs, scope.flows.visits[i]);
      row.transitions = times(row.visits, cost.attempts.expected);
      row.express = express;
      row.basis = cost.basis;
      row.per_month = share(of.units, {express ? 0 : row.transitions, times(row.visits, cost.child_requests),
                                       times(row.visits, cost.child_gb_seconds)});
      if (const auto* task = std::get_if<Task>(&cost.state->kind); task && !cost.started) add_service(task->resource);
      const double inner_runs = times(row.visits, cost.inner_runs);
      estimate_.ledger.push_back(std::move(row));
      for (const auto& inner : cost.inner)
        add_rows(of, *inner, inner_runs, depth + 1, express || cost.express_children);
    }
  }

  void add_service(const Resource& resource) {
    switch (resource.kind) {
      case Resource::Kind::Lambda:
        services_.push_back("lambda");
        break;
      case Resource::Kind::Activity:
        services_.push_back("activity workers");
        break;
      case Resource::Kind::Http:
        services_.push_back("HTTP endpoints");
        break;
      default:
        services_.push_back(resource.service.starts_with("aws-sdk:") ? resource.service.substr(8) : resource.service);
        break;
    }
  }

  // ----------------------------------------------------------------------------------------------------------- paths

  const std::string& name_of(std::uint32_t vertex) const { return machine_.scope.states[vertex].name; }

  void append_path(std::string& text, const ChainPath& path, std::size_t& shown) const {
    for (const PathPiece& piece : path) {
      if (piece.round.empty()) {
        for (const std::uint32_t edge : piece.edges) {
          if (++shown > kMaxPathStates) continue;
          if (!text.empty() && !text.ends_with('(')) text += " → ";
          text += name_of(root_->chain.edges[edge].from);
        }
      } else {
        if (shown >= kMaxPathStates) continue;
        if (!text.empty() && !text.ends_with('(')) text += " → ";
        text += '(';
        append_path(text, piece.round, shown);
        text += fmt::format(") ×{}", amount_text(piece.times));
      }
    }
  }

  void add_extreme(CostPath::Kind kind, const Extreme& extreme, bool most) {
    std::size_t best = kEndingCount;
    for (std::size_t i = 0; i < extreme.at_exit.size(); ++i) {
      if (!extreme.at_exit[i] || (i + 1 == kEndingCount && best != kEndingCount && !most)) continue;
      if (best == kEndingCount ||
          (most ? *extreme.at_exit[i] > *extreme.at_exit[best] : *extreme.at_exit[i] < *extreme.at_exit[best])) {
        best = i;
      }
    }
    if (best == kEndingCount || *extreme.at_exit[best] == kUnbounded) return;
    CostPath path;
    path.kind = kind;
    path.transitions = *extreme.at_exit[best];
    std::size_t shown = 0;
    append_path(path.text, extreme.paths[best], shown);
    if (shown > kMaxPathStates) path.text += fmt::format(" → … ({} more)", shown - kMaxPathStates);
    estimate_.paths.push_back(std::move(path));
  }

  void add_paths() {
    if (options_.paths == 0 || root_->flows.visits.empty()) return;
    add_extreme(CostPath::Kind::Cheapest, root_->fewest, false);
    add_likeliest();
    add_extreme(CostPath::Kind::Dearest, root_->most_transitions, true);
  }

  /// The likeliest ways, by always going on from the likeliest beginning.
  void add_likeliest() {
    struct Step {
      double probability;
      std::uint32_t vertex;
      std::uint32_t rounds;  // gone in the bounded loops around; see LoopRounds
      std::uint32_t before;  // the step before, or kNone
    };
    constexpr std::uint32_t kNone = UINT32_MAX;
    const Chain& chain = root_->chain;
    LoopRounds rounds(chain, root_->flows);
    const auto start = static_cast<std::uint32_t>(machine_.scope.start_at.state - machine_.scope.states.data());
    std::vector<Step> steps{{1, start, rounds.none(), kNone}};
    using Open = std::pair<double, std::int64_t>;  // of equal ones the one that was found first
    std::priority_queue<Open> open;
    open.emplace(1, 0);
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> visits;
    std::size_t found = 0;
    while (!open.empty() && found < options_.paths && steps.size() < kMaxPathSteps) {
      const auto at = static_cast<std::uint32_t>(-open.top().second);
      open.pop();
      const Step step = steps[at];
      if (step.vertex >= chain.vertex_count) {
        ++found;
        std::vector<std::uint32_t> way;
        for (std::uint32_t i = step.before; i != kNone; i = steps[i].before) way.push_back(steps[i].vertex);
        std::reverse(way.begin(), way.end());
        add_likely(way, step.probability);
        continue;
      }
      // What comes to the same place for the n-th time has n - 1 likelier ones before it, each with as many ways on.
      if (++visits[{step.vertex, step.rounds}] > options_.paths) continue;
      for (const ChainEdge& edge : chain.out(step.vertex)) {
        const double share = rounds.probability(step.rounds, edge);
        if (share <= 0) continue;
        steps.push_back({step.probability * share, edge.to, rounds.after(step.rounds, edge), at});
        open.emplace(steps.back().probability, -static_cast<std::int64_t>(steps.size() - 1));
      }
    }
  }

  void add_likely(const std::vector<std::uint32_t>& way, double probability) {
    CostPath path;
    path.probability = probability;
    for (const std::uint32_t v : way) {
      path.transitions += amount(root_->states[v].visit, Metric::Transitions);
      path.seconds += amount(root_->states[v].visit, Metric::Seconds);
    }
    std::size_t shown = 0, i = 0;
    for (; i < way.size() && shown < kMaxPathStates;) {
      // The shortest round that is gone more than once from here.
      std::size_t length = 0, times = 1;
      for (std::size_t n = 1; n <= kMaxPathStates && i + 2 * n <= way.size() && length == 0; ++n) {
        if (std::equal(way.begin() + i, way.begin() + i + n, way.begin() + i + n)) length = n;
      }
      if (length == 0) length = 1;
      while (i + (times + 1) * length <= way.size() &&
             std::equal(way.begin() + i, way.begin() + i + length, way.begin() + i + times * length)) {
        ++times;
      }
      if (i > 0) path.text += " → ";
      if (times > 1) path.text += '(';
      for (std::size_t k = 0; k < length; ++k) path.text += (k == 0 ? "" : " → ") + name_of(way[i + k]);
      if (times > 1) path.text += fmt::format(") ×{}", times);
      shown += length;
      i += length * times;
    }
    if (i < way.size()) path.text += fmt::format(" → … ({} more)", way.size() - i);
    estimate_.paths.push_back(std::move(path));
  }

  // ---------------------------------------------------------------------------------------------------------- levers

  struct Candidate {
    std::string machine;
    std::string state;
    std::string_view field;
    double weight;  // transitions that hang on it
    const StateCost* cost;
  };

  void find_candidates(const StateMachine& machine, const std::string& name, const ScopeCost& scope, double runs,
                       std::vector<Candidate>& candidates) const {
    for (std::size_t i = 0; i < scope.states.size(); ++i) {
      const StateCost& cost = scope.states[i];
      const double visits = scope.flows.visits.empty() ? 0 : runs * scope.flows.visits[i];
      if (!(visits > 0) || visits == kUnbounded) continue;
      for (const Basis& basis : cost.basis) {
        if (basis.field.empty()) continue;
        const bool time = basis.field == "duration_seconds";
        if (time && machine.type == MachineType::Standard) continue;
        const double weight =
            time
                ? visits
                : visits * std::max(amount(cost.visit, Metric::Transitions) + amount(cost.visit, Metric::ChildRequests),
                                    1.0);
        candidates.push_back({name, cost.state->name, basis.field, weight, &cost});
      }
      for (const auto& inner : cost.inner) find_candidates(machine, name, *inner, visits * cost.inner_runs, candidates);
    }
  }

  void add_levers() {
    if (!estimate_.per_month.expected || *estimate_.per_month.expected == kUnbounded) return;
    if (estimate_.ledger.size() > kMostStatesWithLevers) return;
    std::vector<Candidate> candidates;
    find_candidates(machine_, estimate_.machine, *root_, 1, candidates);
    for (const auto& [started, runs] : started_) {
      find_candidates(*started->at_hand.machine, started->at_hand.name, *started->cost, runs, candidates);
    }
    sort_stable(candidates, [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
    const std::size_t affordable = kMaxLeverStates / std::max<std::size_t>(estimate_.ledger.size(), 1);
    candidates.resize(std::min({candidates.size(), kMaxLevers, affordable}));
    for (const Candidate& candidate : candidates) try_lever(candidate);
    sort_stable(estimate_.levers,
                [](const Lever& a, const Lever& b) { return std::fabs(a.per_month) > std::fabs(b.per_month); });
    if (estimate_.levers.size() > kShownLevers) estimate_.levers.resize(kShownLevers);
  }

  void try_lever(const Candidate& candidate) {
    if (candidate.field == "items") {
      try_change(candidate, "items + 1",
                 [&](StateAssumptions& s) { s.items = Assumed<double>{candidate.cost->items + 1}; });
    } else if (candidate.field == "failure_rate") {
      const auto* rate = find(&StateAssumptions::failure_rate, candidate);
      const double now = rate ? rate->value : 0;
      const double next = std::min(now + 0.1, 1.0);
      if (next == now) return;
      try_change(candidate, "failures + 10 %", [&](StateAssumptions& s) { s.failure_rate = Assumed<double>{next}; });
    } else if (candidate.field == "rounds" || candidate.field == "max_rounds") {
      const auto rounds = candidate.field == "rounds" ? &StateAssumptions::rounds : &StateAssumptions::max_rounds;
      const auto* given = find(rounds, candidate);
      if (!given) return;
      const double now = given->value;
      try_change(candidate, "rounds + 1", [&](StateAssumptions& s) { s.*rounds = Assumed<double>{now + 1}; });
    } else if (candidate.field == "duration_seconds") {
      const double now = amount(candidate.cost->visit, Metric::Seconds);
      const auto* given = find(&StateAssumptions::duration_seconds, candidate);
      try_change(candidate, "duration + 10 %", [&](StateAssumptions& s) {
        s.duration_seconds = Assumed<double>{(given ? given->value : now) * 1.1};
      });
    } else if (candidate.field == "choices") {
      try_choices(candidate);
    }
  }

  /// Ten points more for the way whose growth changes most.
  void try_choices(const Candidate& candidate) {
    const auto* choice = std::get_if<Choice>(&candidate.cost->state->kind);
    const std::size_t ways = choice->choices.size() + (choice->default_next ? 1 : 0);
    if (ways > kMostWays) return;
    const auto* given = find(&StateAssumptions::choices, candidate);
    std::vector<double> now(ways, 1.0 / static_cast<double>(ways));
    if (given) {
      double sum = 0;
      for (std::size_t i = 0; i < ways; ++i) sum += now[i] = i < given->value.size() ? given->value[i] : 0;
      if (given->value.size() < ways) now[ways - 1] = std::max(1 - sum, 0.0);
    }
    std::optional<Lever> best;
    for (std::size_t i = 0; i < ways; ++i) {
      if (now[i] > 0.9) continue;
      std::vector<double> next = now;
      for (std::size_t k = 0; k < ways; ++k) next[k] = k == i ? now[k] + 0.1 : now[k] * (0.9 - now[i]) / (1 - now[i]);
      const Target& target = i < choice->choices.size() ? choice->choices[i].next : *choice->default_next;
      const std::size_t before = estimate_.levers.size();
      try_change(candidate, fmt::format("{} + 10 %", target.name), [&](StateAssumptions& s) {
        s.choices = Assumed<std::vector<double>>{next, Origin::Default, {}};
      });
      if (estimate_.levers.size() == before) continue;
      Lever lever = std::move(estimate_.levers.back());
      estimate_.levers.pop_back();
      if (!best || std::fabs(lever.per_month) > std::fabs(best->per_month)) best = std::move(lever);
    }
    if (best) estimate_.levers.push_back(*std::move(best));
  }

  template <typename T>
  const Assumed<T>* find(std::optional<Assumed<T>> StateAssumptions::*field, const Candidate& candidate) const {
    return find_assumption(assumptions_, candidate.machine, candidate.state, field);
  }

  template <typename Change>
  void try_change(const Candidate& candidate, std::string text, Change change) {
    Assumptions other = assumptions_;
    StateAssumptions& state = other.machines[candidate.machine].states[candidate.state];
    // Those of all machines still count for what is not changed: they are looked up field by field.
    change(state);
    EstimateOptions options;
    options.paths = 0;
    options.levers = false;
    options.machine_of = options_.machine_of;
    const Estimate changed_estimate =
        Estimator(machine_, estimate_.machine, context_.definition_bytes, other, options).run();
    if (!changed_estimate.per_month.expected) return;
    Lever lever{candidate.machine == estimate_.machine ? std::string() : candidate.machine,
                candidate.state,
                candidate.field,
                std::move(text),
                *changed_estimate.per_month.expected - *estimate_.per_month.expected,
                changed_estimate.transitions.expected - estimate_.transitions.expected};
    if (lever.per_month != 0) estimate_.levers.push_back(std::move(lever));
  }

  // ----------------------------------------------------------------------------------------------------------- notes

  void add_notes() {
    std::vector<std::string>& notes = estimate_.notes;
    notes = std::move(context_.notes);
    if (estimate_.transitions.expected == kUnbounded) {
      notes.push_back("As assumed, some loop is never left: what is expected has no end.");
    } else if (estimate_.transitions.most == kUnbounded && machine_.type == MachineType::Standard &&
               !context_.starts_cut) {
      notes.push_back(fmt::format("A loop has no bound in the definition. The service ends an execution at {} events.",
                                  kMaxHistoryEvents));
    }
    if (estimate_.stopped > 0) {
      notes.push_back(fmt::format(
          "A branch or iteration that fails stops the others; they are counted as if they ran to their end. That is at "
          "most about {} transitions too many.",
          amount_text(estimate_.stopped)));
    }
    if (!context_.settled)
      notes.push_back("A loop was too entangled to be solved exactly; its figures are approximate.");
    if (!context_.retries_exact)
      notes.push_back("Some retriers count too many attempts to be followed in all combinations; approximate.");
    if (context_.saturated) notes.push_back(fmt::format("Numbers above {:.0e} are shown as that.", kLargestAmount));
    add_time_notes();
    const Billed most = billed(machine_.type, amounts([](const Bounds& b) { return b.most; }));
    if (!estimate_.prices.per_thousand_transitions && most.transitions > 0) {
      notes.push_back(
          fmt::format("No price is known for region {}; give usd_per_thousand_transitions.", estimate_.prices.region));
    }
    if ((!estimate_.prices.per_million_requests || estimate_.prices.gb_hours.empty()) && most.requests > 0) {
      notes.push_back(
          fmt::format("No Express prices are known for region {}; give usd_per_million_requests and usd_per_gb_hour.",
                      estimate_.prices.region));
    }
  }

  /// Limits of an execution as such end none here.
  void add_time_notes() {
    std::vector<std::string>& notes = estimate_.notes;
    const double longest = estimate_.seconds.most;
    if (machine_.timeout_seconds && longest > static_cast<double>(*machine_.timeout_seconds)) {
      notes.push_back(
          fmt::format("TimeoutSeconds of the state machine ends executions after {} s; they are counted as if they ran "
                      "to their end.",
                      *machine_.timeout_seconds));
    }
    if (machine_.type == MachineType::Express && longest > kMaxExpressSeconds) {
      notes.push_back("The service ends an Express execution after 5 minutes; it is counted as if it ran to its end.");
    }
  }

  const StateMachine& machine_;
  const Assumptions& assumptions_;
  EstimateOptions options_;
  Estimate estimate_;
  CostContext context_;
  std::unique_ptr<ScopeCost> root_;
  std::vector<std::pair<const StartedMachine*, double>> started_;  // with their runs
  std::vector<std::string> services_;
};

}  // namespace

Estimate estimate_cost(const StateMachine& machine, std::string_view name, std::size_t definition_bytes,
                       const Assumptions& assumptions, const EstimateOptions& options) {
  return Estimator(machine, name, definition_bytes, assumptions, options).run();
}

}  // namespace stepglass::analysis
