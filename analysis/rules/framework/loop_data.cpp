#include "analysis/rules/framework/loop_data.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "analysis/rules/framework/reads.h"
#include "engine/model/placeholder.h"
#include "engine/support/match.h"
#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

// States that are gone back through from a loop to find the constant with which a counter starts, and edges into it.
constexpr std::size_t kMaxWayBack = 50;
constexpr std::size_t kMaxEntries = 16;
// Counters of one loop that are followed.
constexpr std::size_t kMaxCounters = 64;
// The largest number that is taken for a step or a bound: doubles hold all sums with it exactly.
constexpr std::int64_t kMaxStep = 1'000'000'000'000;

/// "$.a" of the document's first step, "$" without one.
std::string document_key(const std::vector<Steps::Step>& steps) {
  const auto* name = steps.empty() ? nullptr : std::get_if<std::string>(&steps.front());
  return name ? "$." + *name : "$";
}

struct PlaceName {
  std::string key;
  std::string place;
};

/// Nothing for a path into the context object, or one that may select several values.
std::optional<PlaceName> place_of(const path::Query& query) {
  if (query.root() == path::Query::Root::Context) return std::nullopt;
  const Steps steps = read_steps(query);
  if (!steps.complete) return std::nullopt;
  if (query.root() == path::Query::Root::Variable) {
    return PlaceName{"$" + query.variable(), "$" + query.variable() + steps_text(steps.steps)};
  }
  return PlaceName{document_key(steps.steps), "$" + steps_text(steps.steps)};
}

bool is_plain(const DataPath& path) {
  return !path.discards && !path.call && (!path.query || path.query->text() == "$");
}

bool is_identity(const JsonataField& field) {
  if (!field.written.is_string()) return false;
  std::string text;
  for (const char c : field.written.as_string()) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') text += c;
  }
  return text == "{%$states.input%}";
}

std::vector<Steps::Step> steps_of(const ResultPath& path) {
  std::vector<Steps::Step> steps;
  if (!path.place) return steps;
  for (const path::ReferencePath::Step& step : path.place->steps()) {
    if (const auto* name = std::get_if<String>(&step)) {
      steps.emplace_back(std::string(name->view()));
    } else {
      steps.emplace_back(std::get<std::int64_t>(step));
    }
  }
  return steps;
}

/// The names that `assign` gives values to; false when that is not known.
bool for_each_assigned(const Assign& assign, const std::function<void(std::string_view)>& f) {
  const auto value_names = [&](const Value& value) {
    if (!value.is_object()) return false;
    for (const Member& member : value.members()) {
      if (contains_placeholder(member.key.view())) return false;
      f(member.key.view());
    }
    return true;
  };
  return match(
      assign.values, [](std::monostate) { return true; },
      [&](const Template& values) {
        if (const auto* value = std::get_if<Value>(&values.root().content)) return value_names(*value);
        const auto* object = std::get_if<TemplateObject>(&values.root().content);
        if (!object) return false;
        for (const auto& copied : object->copied) {
          if (contains_placeholder(copied.key.view())) return false;
          f(copied.key.view());
        }
        for (const DynamicMember& dynamic : object->dynamic) f(dynamic.key.view());
        return true;
      },
      [&](const JsonataField& field) { return value_names(field.written); });
}

/// `$name op number`: the parts of the plainest expressions.
struct SmallExpression {
  std::string variable;  // without $
  std::string op;
  std::int64_t number;
};

std::optional<SmallExpression> read_small(std::string_view text) {
  text = trimmed(text);
  if (!text.starts_with("{%") || !text.ends_with("%}") || text.size() < 4) return std::nullopt;
  text = trimmed(text.substr(2, text.size() - 4));
  if (!text.starts_with('$')) return std::nullopt;
  std::size_t end = 1;
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  while (end < text.size() && is_word(text[end])) ++end;
  SmallExpression small{std::string(text.substr(1, end - 1)), {}, 0};
  if (small.variable.empty() || small.variable == "states") return std::nullopt;
  text = trimmed(text.substr(end));
  for (const std::string_view op : {"<=", ">=", "<", ">", "+", "-"}) {
    if (!text.starts_with(op)) continue;
    const auto number = parse_integer(trimmed(text.substr(op.size())));
    if (!number || *number < 0 || *number > kMaxStep) return std::nullopt;
    small.op = op;
    small.number = *number;
    return small;
  }
  return std::nullopt;
}

/// The constant that `call` adds to a path.
std::optional<std::pair<PlaceName, std::int64_t>> read_addition(const intrinsic::Call& call) {
  if (call.function() != "States.MathAdd" || call.root().arguments.size() != 2) return std::nullopt;
  const intrinsic::Argument& a = call.root().arguments[0];
  const intrinsic::Argument& b = call.root().arguments[1];
  const path::Query* query = a.query() ? a.query() : b.query();
  const Value* step = a.query() ? b.literal() : a.literal();
  if (!query || !step || step->kind() != Value::Kind::Integer || std::abs(step->as_integer()) > kMaxStep) {
    return std::nullopt;
  }
  auto place = place_of(*query);
  if (!place) return std::nullopt;
  return std::pair(std::move(*place), step->as_integer());
}

/// What has to be for `comparison` to come out as `holds`.
std::optional<Need> need_of(const Comparison& comparison, bool holds) {
  const auto* value = std::get_if<Value>(&comparison.operand);
  if (comparison.test != Test::Numeric || comparison.relation == Relation::Equals || !value || !value->is_number()) {
    return std::nullopt;
  }
  auto place = place_of(comparison.variable);
  if (!place) return std::nullopt;
  const bool greater =
      comparison.relation == Relation::GreaterThan || comparison.relation == Relation::GreaterThanEquals;
  const bool equals =
      comparison.relation == Relation::LessThanEquals || comparison.relation == Relation::GreaterThanEquals;
  return Need{std::move(place->key), std::move(place->place), greater == holds, equals == holds, value->as_double()};
}

std::optional<Need> need_of(const JsonataField& condition, bool holds) {
  if (!condition.written.is_string()) return std::nullopt;
  const auto small = read_small(condition.written.as_string());
  if (!small || small->op == "+" || small->op == "-") return std::nullopt;
  const std::string place = "$" + small->variable;
  return Need{place, place, (small->op[0] == '>') == holds, (small->op.size() == 2) == holds,
              static_cast<double>(small->number)};
}

// Recursion follows the nesting of the definition, which reading bounds by kMaxDepth.
void add_needs(const Condition& condition, bool holds, std::vector<Need>& needs) {
  match(
      condition.content,
      [&](const Comparison& comparison) {
        if (auto need = need_of(comparison, holds)) needs.push_back(std::move(*need));
      },
      [&](const And& all) {
        if (!holds) return;
        for (const Condition& part : all.all) add_needs(part, true, needs);
      },
      [&](const Or& any) {
        if (holds) return;
        for (const Condition& part : any.any) add_needs(part, false, needs);
      },
      [&](const Not& negation) {
        for (const Condition& part : negation.one) add_needs(part, !holds, needs);
      },
      [&](const JsonataField& field) {
        if (auto need = need_of(field, holds)) needs.push_back(std::move(*need));
      });
}

/// The integer at `steps` of what a template copies as it is.
std::optional<std::int64_t> constant_at(const TemplateNode& node, const std::vector<Steps::Step>& steps,
                                        std::size_t from) {
  const TemplateNode* at = &node;
  for (; from <= steps.size(); ++from) {
    if (const auto* value = std::get_if<Value>(&at->content)) {
      const Value* found = value;
      for (; from < steps.size() && found; ++from) {
        const auto* name = std::get_if<std::string>(&steps[from]);
        found = name ? found->find(*name) : nullptr;
      }
      if (!found || found->kind() != Value::Kind::Integer) return std::nullopt;
      return found->as_integer();
    }
    const auto* object = std::get_if<TemplateObject>(&at->content);
    const auto* name = object && from < steps.size() ? std::get_if<std::string>(&steps[from]) : nullptr;
    if (!name) return std::nullopt;
    const TemplateNode* next = nullptr;
    for (const auto& copied : object->copied) {
      if (copied.key == *name && !copied.node.empty()) next = &copied.node.front();
    }
    if (!next) return std::nullopt;
    at = next;
  }
  return std::nullopt;
}

bool gives_result(const State& state) {
  return std::holds_alternative<Pass>(state.kind) || std::holds_alternative<Task>(state.kind) ||
         std::holds_alternative<Parallel>(state.kind) || std::holds_alternative<Map>(state.kind);
}

/// What `state` writes to the document when it ends well: a key; nothing when it leaves it as it is.
std::optional<std::string> document_write(const State& state) {
  if (state.language == QueryLanguage::JSONata) {
    if (state.output) return is_identity(*state.output) ? std::nullopt : std::optional<std::string>("$");
    const bool replaces = gives_result(state) && !std::holds_alternative<Pass>(state.kind);
    return replaces ? std::optional<std::string>("$") : std::nullopt;
  }
  if (!is_plain(state.output_path)) return "$";
  if (!gives_result(state)) return is_plain(state.input_path) ? std::nullopt : std::optional<std::string>("$");
  if (state.result_path.discards) return std::nullopt;
  const std::string key = document_key(steps_of(state.result_path));
  const auto* pass = std::get_if<Pass>(&state.kind);
  if (pass && key == "$" && !pass->result && pass->parameters.index() == 0 && is_plain(state.input_path)) {
    return std::nullopt;
  }
  return key;
}

/// The integer that `state` writes to `place`, whose steps are `steps`; `found` is set when it writes there at all.
std::optional<std::int64_t> constant_written(const State& state, const std::string& key, const std::string& place,
                                             const std::vector<Steps::Step>& steps, bool& found) {
  const bool variable = !key.starts_with("$.") && key.size() > 1;
  if (variable) {
    const bool known = for_each_assigned(state.assign, [&](std::string_view name) {
      if (place.substr(1, place.find_first_of(".[") - 1) == name) found = true;
    });
    if (!known) found = true;
    if (!found || !known || !steps.empty()) return std::nullopt;
    const std::vector<Steps::Step> name = {place.substr(1)};
    if (const auto* values = std::get_if<Template>(&state.assign.values)) {
      return constant_at(values->root(), name, 0);
    }
    const auto* field = std::get_if<JsonataField>(&state.assign.values);
    const Value* value = field ? field->written.find(place.substr(1)) : nullptr;
    return value && value->kind() == Value::Kind::Integer ? std::optional(value->as_integer()) : std::nullopt;
  }
  const auto write = document_write(state);
  if (!write || (*write != "$" && *write != key)) return std::nullopt;
  found = true;
  const auto* pass = std::get_if<Pass>(&state.kind);
  if (!pass || state.language != QueryLanguage::JSONPath || !is_plain(state.output_path)) return std::nullopt;
  const std::vector<Steps::Step> target = steps_of(state.result_path);
  if (target.size() > steps.size() || !std::equal(target.begin(), target.end(), steps.begin())) return std::nullopt;
  if (pass->result) return constant_at(TemplateNode{*pass->result}, steps, target.size());
  const auto* parameters = std::get_if<Template>(&pass->parameters);
  return parameters ? constant_at(parameters->root(), steps, target.size()) : std::nullopt;
}

}  // namespace

std::vector<Need> needs_of(const ScopeView& scope, const Edge& edge) {
  std::vector<Need> needs;
  if (!scope.flow.is_state(edge.from)) return needs;
  const State& state = scope.flow.state(edge.from);
  const auto* choice = std::get_if<stepglass::Choice>(&state.kind);
  if (!choice || (state.language == QueryLanguage::JSONPath && !is_plain(state.input_path))) return needs;
  if (edge.way == Way::Choice) {
    add_needs(choice->choices[edge.index].condition, true, needs);
  } else if (edge.way == Way::Default) {
    for (const ChoiceRule& rule : choice->choices) add_needs(rule.condition, false, needs);
  }
  return needs;
}

Reads reads_of(const ScopeView& scope, const State& state) {
  Reads reads;
  const Node node = scope.node(state);
  const auto choices = member(node, "Choices", Node::Kind::Array);
  if (!choices) {
    reads.unknown = true;
    return reads;
  }
  if (state.language == QueryLanguage::JSONPath) {
    if (!is_plain(state.input_path)) reads.keys.push_back("$");
    std::size_t paths = 0;
    for_each_read(node, [&](const Read& read) {
      if (read.field != "Choices") return;
      ++paths;
      if (read.root == path::Query::Root::Context) {
        const Steps steps = read_steps(read);
        const auto* name = steps.steps.empty() ? nullptr : std::get_if<std::string>(&steps.steps.front());
        if (!name || (*name != "Execution" && *name != "StateMachine")) reads.unknown = true;
      } else if (read.root == path::Query::Root::Variable) {
        reads.keys.push_back("$" + std::string(read.variable));
      } else {
        reads.keys.push_back(document_key(read_steps(read).steps));
      }
    });
    // A rule without a path that could be read holds something that is not known.
    if (paths < choices->size()) reads.unknown = true;
    return reads;
  }
  std::size_t expressions = 0;
  for_each_expression(node, [&](std::string_view text, Node, std::string_view field) {
    if (field != "Choices") return;
    ++expressions;
    for (const std::string_view word : {"$now", "$millis", "$random", "$uuid", "$states.context", "$shuffle"}) {
      if (text.find(word) != std::string_view::npos) reads.unknown = true;
    }
    if (text.find("$states") != std::string_view::npos) reads.keys.push_back("$");
    for (const std::string& name : free_variables(text)) reads.keys.push_back("$" + name);
  });
  if (expressions < choices->size()) reads.unknown = true;
  return reads;
}

LoopData::LoopData(const ScopeView& scope, const Loop& loop) : scope_(scope), loop_(loop) {
  for (const Vertex v : loop.states) add_writes(v);
  for (const Vertex v : loop.states) add_counters(v);
}

std::string key_of(const ResultPath& path) {
  return document_key(steps_of(path));
}

bool LoopData::others_write(const std::string& key, Vertex v) const {
  const auto found = writers_.find(key);
  return found != writers_.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](Vertex writer) { return writer != v; });
}

bool LoopData::contains(Vertex v) const {
  return std::binary_search(loop_.states.begin(), loop_.states.end(), v);
}

void LoopData::add_write(std::string key, Vertex v) {
  if (key.starts_with("$.")) writes_members_ = true;
  std::vector<Vertex>& writers = writers_[std::move(key)];
  if (writers.size() < 2 && (writers.empty() || writers.front() != v)) writers.push_back(v);
}

void LoopData::add_writes(Vertex v) {
  const State& state = scope_.flow.state(v);
  const auto add_assigned = [&](const Assign& assign) {
    const bool known = for_each_assigned(assign, [&](std::string_view name) { add_write("$" + std::string(name), v); });
    writes_unknown_ = writes_unknown_ || !known;
  };
  const auto stays = [&](const Target& target) { return target.state && contains(scope_.flow.vertex(*target.state)); };
  if (auto key = document_write(state)) add_write(std::move(*key), v);
  add_assigned(state.assign);
  if (const auto* choice = std::get_if<stepglass::Choice>(&state.kind)) {
    for (const ChoiceRule& rule : choice->choices) {
      if (!stays(rule.next)) continue;
      add_assigned(rule.assign);
      if (rule.output) add_write("$", v);
    }
  }
  for (const Catcher& catcher : state.catchers) {
    if (!stays(catcher.next)) continue;
    add_assigned(catcher.assign);
    if (state.language == QueryLanguage::JSONata) {
      add_write("$", v);
    } else if (!catcher.result_path.discards) {
      add_write(document_key(steps_of(catcher.result_path)), v);
    }
  }
}

bool LoopData::writes(const std::string& key) const {
  if (writes_unknown_ || writers_.count(key)) return true;
  if (key == "$") return writes_members_;
  return key.starts_with("$.") && writers_.count("$") != 0;
}

void LoopData::add_counters(Vertex v) {
  const State& state = scope_.flow.state(v);
  const auto add = [&](PlaceName place, std::int64_t step) {
    const auto writers = writers_.find(place.key);
    const auto whole = writers_.find("$");
    const bool document = place.key.starts_with("$.");
    if (writes_unknown_ || step == 0) return;
    if (writers != writers_.end() && (writers->second.size() != 1 || writers->second.front() != v)) return;
    if (document && whole != writers_.end() && (whole->second.size() != 1 || whole->second.front() != v)) return;
    counters_.push_back({std::move(place.key), std::move(place.place), v, step});
  };
  // The Assign of a Choice counts for its Default alone, that of a state with catchers only when it ends well.
  if (!state.catchers.empty() || std::holds_alternative<stepglass::Choice>(state.kind)) return;
  if (counters_.size() >= kMaxCounters) return;
  if (const auto* values = std::get_if<Template>(&state.assign.values)) {
    const auto* object = std::get_if<TemplateObject>(&values->root().content);
    for (const DynamicMember& dynamic : object ? object->dynamic : std::vector<DynamicMember>()) {
      const auto* call = std::get_if<intrinsic::Call>(&dynamic.source);
      auto addition = call ? read_addition(*call) : std::nullopt;
      if (addition && addition->first.place == "$" + std::string(dynamic.key.view())) {
        add(std::move(addition->first), addition->second);
      }
    }
  } else if (const auto* field = std::get_if<JsonataField>(&state.assign.values); field && field->written.is_object()) {
    for (const Member& member : field->written.members()) {
      const auto small = member.value.is_string() ? read_small(member.value.as_string()) : std::nullopt;
      if (!small || (small->op != "+" && small->op != "-") || small->variable != member.key.view()) continue;
      const std::string place = "$" + small->variable;
      add({place, place}, small->op == "+" ? small->number : -small->number);
    }
  }
  const auto* pass = std::get_if<Pass>(&state.kind);
  const auto* parameters = pass && !pass->result ? std::get_if<Template>(&pass->parameters) : nullptr;
  const auto* object = parameters ? std::get_if<TemplateObject>(&parameters->root().content) : nullptr;
  if (!object || !is_plain(state.input_path) || !is_plain(state.output_path) || state.result_path.discards) return;
  const std::string target = "$" + steps_text(steps_of(state.result_path));
  for (const DynamicMember& dynamic : object->dynamic) {
    const auto* call = std::get_if<intrinsic::Call>(&dynamic.source);
    auto addition = call ? read_addition(*call) : std::nullopt;
    if (!addition || !addition->first.key.starts_with("$.")) continue;
    if (addition->first.place == target + steps_text({std::string(dynamic.key.view())})) {
      add(std::move(addition->first), addition->second);
    }
  }
}

const Counter* LoopData::counter(const std::string& place) const {
  for (const Counter& counter : counters_) {
    if (counter.place == place) return &counter;
  }
  return nullptr;
}

std::optional<std::int64_t> LoopData::start_of(const Counter& counter) const {
  const FlowGraph& flow = scope_.flow;
  const std::size_t root = counter.place.find_first_of(".[");
  const Steps steps =
      read_steps(root == std::string::npos ? std::string_view() : std::string_view(counter.place).substr(root));
  // The only edge into each vertex, as far as there is only one.
  std::vector<const Edge*> only(flow.vertex_count());
  std::vector<bool> several(flow.vertex_count());
  std::vector<const Edge*> entries;
  for (const Edge& edge : flow.edges()) {
    several[edge.to] = only[edge.to] != nullptr || several[edge.to];
    only[edge.to] = &edge;
    if (flow.is_state(edge.to) && contains(edge.to) && !(flow.is_state(edge.from) && contains(edge.from))) {
      entries.push_back(&edge);
    }
  }
  if (entries.empty() || entries.size() > kMaxEntries) return std::nullopt;
  std::optional<std::int64_t> start;
  for (const Edge* edge : entries) {
    std::optional<std::int64_t> value;
    for (std::size_t i = 0; i < kMaxWayBack && edge; ++i) {
      if (!flow.is_state(edge->from) || edge->way == Way::Catch || edge->way == Way::Choice) break;
      bool found = false;
      value = constant_written(flow.state(edge->from), counter.key, counter.place, steps.steps, found);
      if (found) break;
      edge = several[edge->from] ? nullptr : only[edge->from];
    }
    if (!value || (start && *start != *value)) return std::nullopt;
    start = value;
  }
  return start;
}

std::uint64_t turns_before(const Need& need, const Counter& counter, std::int64_t start) {
  if (need.above != (counter.step > 0)) return 0;
  const double way = need.above ? need.limit - static_cast<double>(start) : static_cast<double>(start) - need.limit;
  const double step = std::abs(static_cast<double>(counter.step));
  if (way < 0 || way / step > 1e12) return 0;
  return static_cast<std::uint64_t>(need.inclusive ? std::ceil(way / step) : std::floor(way / step) + 1);
}

}  // namespace stepglass::analysis
