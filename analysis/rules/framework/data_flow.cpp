#include "analysis/rules/framework/data_flow.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "analysis/rules/framework/reads.h"
#include "analysis/rules/framework/report.h"
#include "analysis/rules/framework/shapes.h"
#include "engine/intrinsic/certain_failures.h"
#include "engine/model/placeholder.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

using Kind = ShapeNode::Kind;
using Origin = ShapeNode::Origin;

// How often one state is looked at before its input counts as unknown, and states looked at in one machine.
constexpr std::size_t kMaxVisits = 4;
constexpr std::size_t kMaxAllVisits = 200'000;

// Each scope looks through them all.
constexpr std::size_t kMaxExpressionProblems = 2'000;

/// The object with its members by name. They are few, so they are sorted where they are; those of one name keep their
/// order.
Shape made_object(ShapeNode node) {
  auto& members = node.members;
  for (auto at = members.begin(); at != members.end(); ++at) {
    const auto place = std::upper_bound(members.begin(), at, *at,
                                        [](const auto& a, const auto& b) { return a.name.view() < b.name.view(); });
    std::rotate(place, at, at + 1);
  }
  return std::make_shared<ShapeNode>(std::move(node));
}

Shape object_of(std::initializer_list<std::pair<const char*, Shape>> members, Origin origin, const State& maker) {
  ShapeNode node{.kind = Kind::Object, .origin = origin, .maker = &maker, .members = {}, .count = {}};
  node.members.reserve(members.size());
  for (const auto& [name, shape] : members) node.members.push_back({String(name), shape, false});
  return made_object(std::move(node));
}

Shape array_of(std::optional<std::size_t> count, Origin origin, const State& maker) {
  return std::make_shared<ShapeNode>(
      ShapeNode{.kind = Kind::Array, .origin = origin, .maker = &maker, .members = {}, .count = count});
}

Shape error_shape(const State& maker) {
  return object_of({{"Error", scalar_shape(Kind::Text)}, {"Cause", scalar_shape(Kind::Text)}}, Origin::Error, maker);
}

/// What an integration answers. Optional members count as there. Source: developer guide, the pages of the services,
/// and recorded executions.
Shape result_shape(const Task& task, const State& state) {
  const Resource& resource = task.resource;
  if (resource.kind != Resource::Kind::Service || contains_placeholder(resource.arn)) return nullptr;
  const auto is = [&](std::string_view service, std::string_view action) {
    return resource.service == service && resource.action == action;
  };
  const Shape text = scalar_shape(Kind::Text);
  const Shape any = nullptr;
  if (resource.pattern == Resource::Pattern::Sync && is("states", "startExecution")) {
    return object_of({{"ExecutionArn", text},
                      {"Input", text},
                      {"InputDetails", any},
                      {"Name", text},
                      {"Output", text},
                      {"OutputDetails", any},
                      {"RedriveCount", any},
                      {"RedriveStatus", any},
                      {"RedriveStatusReason", any},
                      {"StartDate", any},
                      {"StateMachineArn", text},
                      {"Status", text},
                      {"StopDate", any},
                      {"StateMachineAliasArn", text},
                      {"StateMachineVersionArn", text},
                      {"TraceHeader", any},
                      {"MapRunArn", any},
                      {"Error", any},
                      {"Cause", any},
                      {"RedriveDate", any}},
                     Origin::Integration, state);
  }
  if (resource.pattern != Resource::Pattern::RequestResponse) return nullptr;
  if (is("lambda", "invoke")) {
    return object_of({{"ExecutedVersion", text},
                      {"Payload", any},
                      {"StatusCode", any},
                      {"SdkHttpMetadata", any},
                      {"SdkResponseMetadata", any},
                      {"LogResult", any},
                      {"FunctionError", any}},
                     Origin::Integration, state);
  }
  if (is("sqs", "sendMessage")) {
    return object_of({{"MD5OfMessageAttributes", any},
                      {"MD5OfMessageBody", text},
                      {"MD5OfMessageSystemAttributes", any},
                      {"MessageId", text},
                      {"SequenceNumber", any},
                      {"SdkHttpMetadata", any},
                      {"SdkResponseMetadata", any}},
                     Origin::Integration, state);
  }
  if (is("sns", "publish")) {
    return object_of(
        {{"MessageId", text}, {"SequenceNumber", any}, {"SdkHttpMetadata", any}, {"SdkResponseMetadata", any}},
        Origin::Integration, state);
  }
  if (is("dynamodb", "getItem")) {
    return object_of({{"ConsumedCapacity", any}, {"Item", any}, {"SdkHttpMetadata", any}, {"SdkResponseMetadata", any}},
                     Origin::Integration, state);
  }
  if (is("dynamodb", "putItem") || is("dynamodb", "updateItem") || is("dynamodb", "deleteItem")) {
    return object_of({{"Attributes", any},
                      {"ConsumedCapacity", any},
                      {"ItemCollectionMetrics", any},
                      {"SdkHttpMetadata", any},
                      {"SdkResponseMetadata", any}},
                     Origin::Integration, state);
  }
  if (is("states", "startExecution")) {
    return object_of(
        {{"ExecutionArn", text}, {"StartDate", any}, {"SdkHttpMetadata", any}, {"SdkResponseMetadata", any}},
        Origin::Integration, state);
  }
  if (is("glue", "startJobRun")) {
    return object_of({{"JobRunId", text}, {"SdkHttpMetadata", any}, {"SdkResponseMetadata", any}}, Origin::Integration,
                     state);
  }
  if (is("batch", "submitJob")) {
    return object_of(
        {{"JobArn", text}, {"JobId", text}, {"JobName", text}, {"SdkHttpMetadata", any}, {"SdkResponseMetadata", any}},
        Origin::Integration, state);
  }
  if (is("athena", "startQueryExecution")) {
    return object_of({{"QueryExecutionId", text}, {"SdkHttpMetadata", any}, {"SdkResponseMetadata", any}},
                     Origin::Integration, state);
  }
  if (is("events", "putEvents")) {
    return object_of({{"Entries", array_of(std::nullopt, Origin::Integration, state)}, {"FailedEntryCount", any}},
                     Origin::Integration, state);
  }
  return nullptr;
}

/// What is known of a job only when it has ended: members of what .sync gives, and not of what the start gives.
/// Source: developer guide and API references, the descriptions of the jobs.
bool is_of_ended_job(const State* maker, std::string_view name) {
  const auto* task = maker ? std::get_if<Task>(&maker->kind) : nullptr;
  if (!task || task->resource.pattern != Resource::Pattern::RequestResponse) return false;
  const auto one_of = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const Resource& resource = task->resource;
  if (resource.service == "states") return one_of({"Output", "Status", "StopDate"});
  if (resource.service == "glue") return one_of({"JobRun", "JobRunState", "ErrorMessage", "ExecutionTime"});
  if (resource.service == "batch") return one_of({"Status", "StatusReason", "Container", "StoppedAt", "Attempts"});
  if (resource.service == "athena") return one_of({"QueryExecution", "ResultSet", "Rows"});
  return false;
}

/// What an intrinsic function gives, whatever it is given.
Shape call_shape(std::string_view function, const State& state) {
  const intrinsic::Function* known = intrinsic::find_function(function);
  const auto kind = known ? kind_of(known->gives_type) : std::nullopt;
  if (!kind || kind == Kind::Object) return nullptr;  // of its members nothing is known
  return kind == Kind::Array ? array_of(std::nullopt, Origin::Template, state) : scalar_shape(*kind);
}

Shape value_of_text(std::string_view text, const Shape& document, const State& state) {
  if (contains_placeholder(text)) return nullptr;
  // Only words are looked at: this is done for each way on which the state is reached.
  if (text == "$") return document;
  if (text.starts_with("$.") || text.starts_with("$[")) return find_in(document, read_steps(text.substr(1))).shape;
  if (text.starts_with("States.")) return call_shape(text.substr(0, text.find('(')), state);
  return nullptr;
}

/// What a payload template gives for `document`. Recursion follows the nesting of the definition.
Shape template_shape(Node node, const Shape& document, const State& state, std::size_t depth = 0) {
  if (depth > 8) return nullptr;
  if (node.is_array()) return array_of(node.size(), Origin::Template, state);
  if (!node.is_object()) return literal_shape(node, &state);
  ShapeNode object{.kind = Kind::Object, .origin = Origin::Template, .maker = &state, .members = {}, .count = {}};
  object.members.reserve(std::min(node.size(), kMaxShapeMembers));
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    std::string_view key = child->key();
    if (contains_placeholder(key) || object.members.size() >= kMaxShapeMembers) {
      object.closed = false;
      continue;
    }
    Shape shape;
    if (key.ends_with(".$")) {
      key.remove_suffix(2);
      if (child->is_string()) shape = value_of_text(child->text(), document, state);
    } else if (child->is_string() && contains_placeholder(child->text())) {
      shape = nullptr;
    } else {
      shape = template_shape(*child, document, state, depth + 1);
    }
    object.members.push_back({String(key), std::move(shape), false});
  }
  return made_object(std::move(object));
}

/// What a JSONata value gives, expressions besides the plainest being unknown.
Shape jsonata_shape(Node node, const Shape& input, const Shape& result, const State& state, std::size_t depth = 0) {
  if (depth > 8) return nullptr;
  if (node.is_string()) {
    std::string_view text = node.text();
    if (contains_placeholder(text)) return nullptr;
    if (!text.starts_with("{%")) return scalar_shape(Kind::Text);
    text = text.substr(2, text.size() < 4 ? 0 : text.size() - 4);
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return nullptr;
    text = text.substr(begin, end - begin + 1);
    return text == "$states.input" ? input : text == "$states.result" ? result : nullptr;
  }
  if (node.is_array()) return array_of(std::nullopt, Origin::Template, state);
  if (!node.is_object()) return literal_shape(node, &state);
  ShapeNode object{.kind = Kind::Object, .origin = Origin::Template, .maker = &state, .members = {}, .count = {}};
  object.members.reserve(std::min(node.size(), kMaxShapeMembers));
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    if (contains_placeholder(child->key()) || object.members.size() >= kMaxShapeMembers) {
      object.closed = false;
      continue;
    }
    object.members.push_back({String(child->key()), jsonata_shape(*child, input, result, state, depth + 1), false});
  }
  return made_object(std::move(object));
}

/// InputPath or OutputPath.
Shape through_path(Node state_node, std::string_view field, const Shape& shape, const State& state) {
  const auto node = state_node.find(field);
  if (!node) return shape;
  if (node->is_null()) return object_of({}, Origin::Template, state);
  if (!node->is_string()) return nullptr;
  return value_of_text(node->text(), shape, state);
}

Shape through_result_path(Node object, const Shape& raw, Shape result) {
  const auto node = object.find("ResultPath");
  if (!node) return result;
  if (node->is_null()) return raw;
  if (!node->is_string() || contains_placeholder(node->text())) return nullptr;
  const std::string_view text = node->text();
  if (text == "$") return result;
  if (!text.starts_with('$')) return nullptr;
  const Steps steps = read_steps(text.substr(1));
  if (!steps.complete) return nullptr;
  return with_shape_at(raw, steps.steps, std::move(result));
}

/// The shapes inside one state.
struct Stages {
  Shape raw;
  Shape effective;
  Shape result;
  Shape output;
};

/// The paths that IsPresent asks for, in a Choice.
std::vector<Steps> presence_tests(Node node) {
  std::vector<Steps> tests;
  for_each_read(node, [&](const Read& read) {
    if (read.tests_presence && read.root == path::Query::Root::Document) tests.push_back(read_steps(read));
  });
  return tests;
}

/// The place of each state in an order in which, but for loops, every state stands behind those before it.
std::vector<std::uint32_t> places_from_entry(const FlowGraph& flow) {
  struct Open {
    Vertex vertex;
    std::size_t next;
  };
  std::vector<std::uint32_t> places(flow.state_count() + 2, 0);
  std::vector<bool> seen(places.size(), false);
  std::vector<Open> open{{flow.entry(), 0}};
  seen[flow.entry()] = true;
  auto place = static_cast<std::uint32_t>(places.size());
  while (!open.empty()) {
    const auto edges = flow.out(open.back().vertex);
    if (open.back().next == edges.size()) {
      places[open.back().vertex] = --place;
      open.pop_back();
      continue;
    }
    const Vertex to = edges[open.back().next++].to;
    if (seen[to]) continue;
    seen[to] = true;
    open.push_back({to, 0});
  }
  return places;
}

class Flow {
 public:
  explicit Flow(const MachineView& machine) : machine_(machine) {}

  DataFacts find() {
    if (!machine_.scopes().empty()) run(machine_.scopes().front(), nullptr);
    sort_stable(item_counts_, [](const auto& a, const auto& b) { return std::less<const State*>()(a.first, b.first); });
    return {std::move(problems_), std::move(expression_problems_), std::move(item_counts_)};
  }

 private:
  Stages stages(const ScopeView& scope, const State& state, const Shape& input) {
    const Node node = scope.node(state);
    Stages s;
    s.raw = input;
    if (state.language == QueryLanguage::JSONata) {
      s.effective = input;
      if (const auto* task = std::get_if<Task>(&state.kind)) {
        s.result = result_shape(*task, state);
      } else if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
        s.result = array_of(parallel->branches.size(), Origin::Branches, state);
      } else if (const auto* map = std::get_if<Map>(&state.kind)) {
        s.result = map->result_writer ? nullptr : array_of(std::nullopt, Origin::Branches, state);
      } else {
        s.result = input;
      }
      const auto output = node.find("Output");
      s.output = output ? jsonata_shape(*output, input, s.result, state) : s.result;
      return s;
    }
    s.effective = through_path(node, "InputPath", input, state);
    const auto parameters = node.find("Parameters");
    const Shape given = parameters ? template_shape(*parameters, s.effective, state) : s.effective;
    bool has_result = true;
    if (std::holds_alternative<Pass>(state.kind)) {
      const auto result = node.find("Result");
      s.result = result ? literal_shape(*result, &state) : given;
    } else if (const auto* task = std::get_if<Task>(&state.kind)) {
      s.result = result_shape(*task, state);
    } else if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
      s.result = array_of(parallel->branches.size(), Origin::Branches, state);
    } else if (const auto* map = std::get_if<Map>(&state.kind)) {
      s.result = map->result_writer ? nullptr : array_of(std::nullopt, Origin::Branches, state);
    } else {
      has_result = false;
      s.output = s.effective;
    }
    if (has_result) {
      Shape selected = s.result;
      if (const auto selector = node.find("ResultSelector")) selected = template_shape(*selector, s.result, state);
      s.output = through_result_path(node, s.raw, std::move(selected));
    }
    s.output = through_path(node, "OutputPath", s.output, state);
    return s;
  }

  void run(const ScopeView& scope, Shape start) {
    const std::size_t count = scope.states().size();
    std::vector<Shape> inputs(count);
    std::vector<std::size_t> visits(count, 0);
    std::vector<bool> arrived(count, false);
    // Those that come first on the ways from the entry are looked at first: where ways meet, they mostly have met then.
    const std::vector<std::uint32_t> places = places_from_entry(scope.flow);
    std::set<std::pair<std::uint32_t, Vertex>> waiting;
    // A scope that is not understood may have other ways into its states: then all inputs are unknown.
    const auto arrive = [&](Vertex v, const Shape& shape) {
      if (!scope.flow.is_state(v)) return;
      if (!arrived[v]) {
        arrived[v] = true;
        inputs[v] = shape;
        waiting.emplace(places[v], v);
        return;
      }
      Shape joined = visits[v] >= kMaxVisits ? nullptr : join(inputs[v], shape);
      if (same(joined, inputs[v])) return;
      inputs[v] = std::move(joined);
      waiting.emplace(places[v], v);
    };
    if (scope.complete) {
      for (const Edge& edge : scope.flow.out(scope.flow.entry())) arrive(edge.to, start);
    }
    while (!waiting.empty()) {
      if (++all_visits_ > kMaxAllVisits) {
        std::fill(inputs.begin(), inputs.end(), nullptr);
        break;
      }
      const Vertex v = waiting.begin()->second;
      waiting.erase(waiting.begin());
      ++visits[v];
      const State& state = scope.flow.state(v);
      const Stages s = stages(scope, state, inputs[v]);
      Shape output = s.output;
      if (const auto* choice = std::get_if<stepglass::Choice>(&state.kind)) {
        for (const Steps& steps : presence_tests(scope.node(state))) {
          output = steps.complete ? with_shape_at(output, steps.steps, nullptr) : nullptr;
        }
        for (const Edge& edge : scope.flow.out(v)) {
          const bool own = edge.way == Way::Choice && choice->choices[edge.index].output;
          arrive(edge.to, own ? nullptr : output);
        }
        continue;
      }
      for (const Edge& edge : scope.flow.out(v)) {
        arrive(edge.to, edge.way == Way::Catch ? caught(scope, state, edge.index, s) : output);
      }
    }
    for (Vertex v = 0; v < count; ++v) {
      const State& state = scope.flow.state(v);
      const Stages s = stages(scope, state, inputs[v]);
      if (arrived[v]) check(scope, state, s);
      // These can fail by themselves, also where nobody knows the input.
      const Stages known = arrived[v] ? s : Stages{};
      check_calls(scope, state, known);
      check_expressions(scope, state, known);
      enter(scope, state, s);
    }
  }

  /// The entries of its Catch, as they are written. They are asked for one by one.
  const std::vector<Node>& catch_nodes(const ScopeView& scope, const State& state) {
    if (catch_of_ == &state) return catch_nodes_;
    catch_of_ = &state;
    catch_nodes_.clear();
    const auto list = member(scope.node(state), "Catch", Node::Kind::Array);
    for (auto entry = list ? list->first_child() : std::nullopt; entry; entry = entry->next_sibling()) {
      catch_nodes_.push_back(*entry);
    }
    return catch_nodes_;
  }

  /// The input of the state behind a catcher.
  Shape caught(const ScopeView& scope, const State& state, std::size_t index, const Stages& s) {
    const std::vector<Node>& nodes = catch_nodes(scope, state);
    if (nodes.size() != state.catchers.size() || !nodes[index].is_object()) return nullptr;
    const Node* const node = &nodes[index];
    if (state.language == QueryLanguage::JSONata) return node->find("Output") ? nullptr : error_shape(state);
    return through_result_path(*node, s.raw, error_shape(state));
  }

  /// Goes on inside a Parallel or Map.
  void enter(const ScopeView& scope, const State& state, const Stages& s) {
    if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
      Shape input = nullptr;
      if (state.language == QueryLanguage::JSONPath) {
        const auto parameters = scope.node(state).find("Parameters");
        input = parameters ? template_shape(*parameters, s.effective, state) : s.effective;
      }
      for (const Scope& branch : parallel->branches) {
        if (const ScopeView* view = machine_.find(branch)) run(*view, input);
      }
    } else if (const auto* map = std::get_if<Map>(&state.kind)) {
      Shape input = nullptr;
      if (state.language == QueryLanguage::JSONPath && !map->item_batcher) {
        auto selector = scope.node(state).find("ItemSelector");
        if (!selector) selector = scope.node(state).find("Parameters");
        if (selector) input = template_shape(*selector, s.effective, state);
      }
      if (const ScopeView* view = machine_.find(map->processor)) run(*view, input);
    }
  }

  void check(const ScopeView& scope, const State& state, const Stages& s) {
    if (state.language != QueryLanguage::JSONPath) return;
    const Node node = scope.node(state);
    const std::vector<std::string> guarded = guards(state, node);
    for_each_read(node, [&](const Read& read) {
      if (read.root != path::Query::Root::Document || read.tests_presence) return;
      const Shape* shape = document_of(read.field, s);
      if (!shape || is_guarded(read.text, guarded)) return;
      // With an ItemReader the items are looked up in what it reads.
      const auto* map = std::get_if<Map>(&state.kind);
      if (map && map->item_reader && read.field == "ItemsPath") return;
      add(scope, read, *shape);
    });
    if (std::holds_alternative<stepglass::Choice>(state.kind)) check_comparisons(scope, node, s);
    check_result_path(scope, state, s);
    check_items(scope, state, s);
    for (std::size_t i = 0; i < state.catchers.size(); ++i) check_catcher(scope, state, i, s);
  }

  void check_expressions(const ScopeView& scope, const State& state, const Stages& s) {
    if (state.language != QueryLanguage::JSONata || expression_problems_.size() >= kMaxExpressionProblems) return;
    for_each_expression(scope.node(state), [&](std::string_view text, Node at, std::string_view field) {
      KnownStates known{.input = s.raw, .result = nullptr, .field = {}};
      if (field == "Output" || field == "Assign") known.result = s.result;
      if (at.key() == field || (field == "Choices" && at.key() == "Condition")) known.field = at.key();
      for (ExpressionProblem& problem : find_expression_problems(text, at, known)) {
        expression_problems_.push_back({&scope, std::move(problem)});
      }
    });
  }

  /// What `$` is in a field; null pointer when nothing is claimed.
  static const Shape* document_of(std::string_view field, const Stages& s) {
    if (field == "InputPath") return &s.raw;
    if (field == "ResultSelector") return &s.result;
    if (field == "OutputPath" || field == "Assign") return nullptr;
    return &s.effective;
  }

  /// The paths that the IsPresent of a Choice asks for.
  static std::vector<std::string> guards(const State& state, Node node) {
    std::vector<std::string> texts;
    if (!std::holds_alternative<stepglass::Choice>(state.kind)) return texts;
    for_each_read(node, [&](const Read& read) {
      if (read.tests_presence) texts.emplace_back(read.text);
    });
    return texts;
  }
  static bool is_guarded(std::string_view text, const std::vector<std::string>& guarded) {
    return std::any_of(guarded.begin(), guarded.end(), [&](const std::string& g) {
      return text.substr(0, g.size()) == g || std::string_view(g).substr(0, text.size()) == text;
    });
  }

  void add(const ScopeView& scope, const Read& read, const Shape& shape) {
    const Steps steps = read_steps(read);
    const Found found = find_in(shape, steps);
    if (found.kind == Found::Kind::Something) return;
    DataProblem problem{.kind = DataProblem::Kind::DroppedField,
                        .scope = &scope,
                        .span = read.at.span(),
                        .path_text = std::string(read.text),
                        .name = {},
                        .maker = found.at->maker};
    if (found.depth < steps.steps.size()) {
      if (const auto* name = std::get_if<std::string>(&steps.steps[found.depth])) problem.name = *name;
    }
    switch (found.kind) {
      case Found::Kind::Something:
        return;
      case Found::Kind::Missing:
        // Of what a catcher passes on, check_catcher tells at the catcher.
        if (found.at->origin == Origin::Error) return;
        if (found.at->origin == Origin::Integration) {
          const auto* task = found.at->maker ? std::get_if<Task>(&found.at->maker->kind) : nullptr;
          problem.kind = task && task->resource.service == "lambda"       ? DataProblem::Kind::WrongEnvelope
                         : is_of_ended_job(found.at->maker, problem.name) ? DataProblem::Kind::JobResult
                                                                          : DataProblem::Kind::OverwrittenInput;
        }
        break;
      case Found::Kind::MaybeMissing:
        problem.kind = DataProblem::Kind::MaybeMissing;
        break;
      case Found::Kind::OnArray:
        problem.kind = DataProblem::Kind::ArrayAsObject;
        break;
      case Found::Kind::OnScalar:
        problem.kind = DataProblem::Kind::TextAsObject;
        break;
      case Found::Kind::PastEnd:
        problem.kind = DataProblem::Kind::PastEnd;
        break;
    }
    problems_.push_back(std::move(problem));
  }

  /// Calls that surely fail: by their literals, or since a path surely finds a value of another type.
  void check_calls(const ScopeView& scope, const State& state, const Stages& s) {
    if (state.language != QueryLanguage::JSONPath) return;
    for_each_call(scope.node(state), [&](const intrinsic::Call& call, Node at, std::string_view field) {
      const Shape* document = document_of(field, s);
      const auto failures = intrinsic::find_certain_failures(call, [&](const path::Query& query) {
        return document && *document ? type_found(query, *document) : std::nullopt;
      });
      for (const intrinsic::CertainFailure& failure : failures) {
        problems_.push_back({.kind = DataProblem::Kind::ArgumentType,
                             .scope = &scope,
                             .span = at.span(),
                             .path_text = intrinsic::describe(failure),
                             .name = std::string(failure.function->name)});
      }
    });
  }

  static std::optional<intrinsic::Type> type_found(const path::Query& query, const Shape& document) {
    if (query.root() != path::Query::Root::Document || !query.is_definite()) return std::nullopt;
    const Found found = find_in(document, read_steps(query));
    if (found.kind != Found::Kind::Something || !found.shape) return std::nullopt;
    switch (found.shape->kind) {
      case Kind::Text:
        return intrinsic::Type::String;
      case Kind::Number:
        return intrinsic::Type::Number;
      case Kind::Boolean:
        return intrinsic::Type::Boolean;
      case Kind::Array:
        return intrinsic::Type::Array;
      case Kind::Object:
        return intrinsic::Type::Object;
      case Kind::Null:
        break;
    }
    return std::nullopt;
  }

  /// Comparisons of a value that surely has another type, which never hold.
  void check_comparisons(const ScopeView& scope, Node node, const Stages& s) {
    // Whoever asks for the type of a value knows that it may be another one.
    std::set<std::string_view> asked;
    for_each_read(node, [&](const Read& read) {
      if (read.test.starts_with("Is")) asked.insert(read.text);
    });
    for_each_read(node, [&](const Read& read) {
      if (read.root != path::Query::Root::Document || read.test.empty() || asked.count(read.text)) return;
      const Steps steps = read_steps(read);
      if (!steps.complete) return;
      const Found found = find_in(s.effective, steps);
      std::optional<Kind> kind;
      if (found.kind == Found::Kind::Something && found.shape) kind = found.shape->kind;
      const bool is_attribute = !kind && is_number_attribute(steps);
      if (is_attribute) kind = Kind::Text;
      if (!kind || may_match(read.test, *kind)) return;
      problems_.push_back(
          {.kind = DataProblem::Kind::NeverMatches,
           .scope = &scope,
           .span = read.at.span(),
           .path_text = fmt::format("{} never holds: \"{}\" is {}", display_word(read.test), display_word(read.text),
                                    is_attribute ? "a text, as all numbers that DynamoDB gives" : kind_words(*kind)),
           .name = {},
           .maker = found.shape ? found.shape->maker : nullptr});
    });
  }

  /// $.Item.count.N: what dynamodb:getItem gives.
  static bool is_number_attribute(const Steps& steps) {
    const std::size_t size = steps.steps.size();
    const auto is = [&](std::size_t i, std::string_view name) {
      const auto* step = std::get_if<std::string>(&steps.steps[i]);
      return step && *step == name;
    };
    return size >= 3 && is(size - 1, "N") && is(size - 3, "Item");
  }

  static bool may_match(std::string_view test, Kind kind) {
    if (test.starts_with("Is")) return true;
    if (test.starts_with("Numeric")) return kind == Kind::Number;
    if (test.starts_with("Boolean")) return kind == Kind::Boolean;
    if (test.starts_with("String") || test.starts_with("Timestamp")) return kind == Kind::Text;
    return true;
  }

  /// ResultPath makes objects on its way, but not out of something else.
  void check_result_path(const ScopeView& scope, const State& state, const Stages& s) {
    const auto path = member(scope.node(state), "ResultPath", Node::Kind::String);
    if (!path || contains_placeholder(path->text()) || !path->text().starts_with('$')) return;
    const Steps steps = read_steps(path->text().substr(1));
    if (!steps.complete) return;
    Shape at = s.raw;
    for (std::size_t i = 0; i < steps.steps.size() && at; ++i) {
      const auto* name = std::get_if<std::string>(&steps.steps[i]);
      if (!name) return;
      if (at->kind != Kind::Object) {
        const std::vector<Steps::Step> before(steps.steps.begin(),
                                              steps.steps.begin() + static_cast<std::ptrdiff_t>(i));
        problems_.push_back({.kind = DataProblem::Kind::ScalarInResultPath,
                             .scope = &scope,
                             .span = path->span(),
                             .path_text = std::string(path->text()),
                             .name = "$" + steps_text(before),
                             .maker = at->maker});
        return;
      }
      const Found found = find_in(at, Steps{{*name}, true});
      if (found.kind != Found::Kind::Something) return;
      at = found.shape;
    }
  }

  void check_items(const ScopeView& scope, const State& state, const Stages& s) {
    const auto* map = std::get_if<Map>(&state.kind);
    if (!map || map->item_reader || map->distributed) return;
    const auto path = member(scope.node(state), "ItemsPath", Node::Kind::String);
    Shape items = s.effective;
    if (path) {
      if (!path->text().starts_with("$") || path->text().starts_with("$$")) return;
      items = value_of_text(path->text(), s.effective, state);
    } else if (scope.node(state).find("ItemsPath")) {
      return;
    }
    if (items && items->kind == Kind::Array && items->count) item_counts_.emplace_back(&state, *items->count);
    if (!items || items->kind == Kind::Array) return;
    // An open object is an object all the same.
    DataProblem problem{.kind = DataProblem::Kind::ItemsNotArray,
                        .scope = &scope,
                        .span = path ? path->span() : state.name_span,
                        .path_text = path ? std::string(path->text()) : "$",
                        .name = state.name,
                        .maker = items->maker};
    problems_.push_back(std::move(problem));
  }

  /// Whether the state behind a catcher can do with what the catcher gives it.
  void check_catcher(const ScopeView& scope, const State& state, std::size_t index, const Stages& s) {
    const State* handler = state.catchers[index].next.state;
    if (!handler || handler->language != QueryLanguage::JSONPath) return;
    const Shape input = caught(scope, state, index, s);
    if (!input || input->origin != Origin::Error) return;
    const Node node = scope.node(*handler);
    const std::vector<std::string> guarded = guards(*handler, node);
    const Shape effective = through_path(node, "InputPath", input, *handler);
    bool told = false;
    for_each_read(node, [&](const Read& read) {
      if (told || read.root != path::Query::Root::Document || read.tests_presence) return;
      if (is_guarded(read.text, guarded)) return;
      const Shape* shape = read.field == "InputPath" ? &input
                           : read.field == "ResultSelector" || read.field == "OutputPath" || read.field == "Assign"
                               ? nullptr
                               : &effective;
      if (!shape) return;
      const Steps steps = read_steps(read);
      const Found found = find_in(*shape, steps);
      if (found.kind != Found::Kind::Missing || found.depth != 0) return;
      told = true;
      DataProblem problem{.kind = DataProblem::Kind::CatchLosesInput,
                          .scope = &scope,
                          .span = state.catchers[index].next.span,
                          .path_text = std::string(read.text),
                          .name = {},
                          .maker = &state,
                          .reader = handler,
                          .read_at = read.at.span()};
      problems_.push_back(std::move(problem));
    });
  }

  const MachineView& machine_;
  std::vector<DataProblem> problems_;
  std::vector<std::pair<const State*, std::uint64_t>> item_counts_;
  const State* catch_of_ = nullptr;
  std::vector<Node> catch_nodes_;  // of catch_of_
  std::vector<ScopedExpressionProblem> expression_problems_;
  std::size_t all_visits_ = 0;
};

}  // namespace

DataFacts find_data_facts(const MachineView& machine) {
  return Flow(machine).find();
}

void report_expressions(const ScopeView& scope, ExpressionProblem::Kind kind, Report& report) {
  for (const auto& [of, problem] : scope.machine.data_facts().expressions) {
    if (report.is_full()) return;
    if (of != &scope || problem.kind != kind) continue;
    Finding& finding = report.add(problem.always ? Severity::Error : Severity::Warning, problem.span, problem.message);
    finding.help = problem.help;
    if (problem.maker) {
      finding.related.push_back(
          {problem.maker->name_span, fmt::format("made by \"{}\"", display_word(problem.maker->name))});
    }
  }
}

}  // namespace stepglass::analysis
