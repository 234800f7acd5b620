#include "engine/jsonata/resolve.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/jsonata/error.h"
#include "engine/jsonata/lambda.h"

// Each call of a lambda has a frame with a slot for every variable that its body can bind, those of the blocks inside
// it included. Only a block inside which a function is made has a frame of its own, since the function keeps the
// variables of that one evaluation of the block alive. A variable is bound when := is evaluated, not where it stands:
// so a name that several scopes can bind is looked for in all of them, from the inside out, and slots know whether they
// are bound yet.

namespace stepglass::jsonata {
namespace {

class Resolver {
 public:
  Resolver(Resolved& resolved, Dialect dialect) : resolved_(resolved), dialect_(dialect) {}

  void resolve_root(Node& root) {
    frames_.push_back({});
    open_scope();
    declare_bindings(root);
    resolve(root, dialect_ == Dialect::Standard);
    close_scope();
    resolved_.frame_size = frames_.back().size;
  }

 private:
  struct Frame {
    std::uint32_t size = 0;
    std::map<int, std::uint32_t> labels;  // of ancestors
  };
  struct Scope {
    std::size_t frame;
    std::vector<std::pair<std::string, std::uint32_t>> slots;
    bool of_path = false;
  };

  void open_scope(bool of_path = false) { scopes_.push_back({frames_.size() - 1, {}, of_path}); }
  void close_scope() { scopes_.pop_back(); }

  std::uint32_t new_slot() {
    if (frames_.back().size >= kMaxSlots) throw Raised{make_error("S0304")};
    return frames_.back().size++;
  }

  std::uint32_t declare(std::string_view name) {
    for (const auto& [known, slot] : scopes_.back().slots) {
      if (known == name) return slot;
    }
    const std::uint32_t slot = new_slot();
    scopes_.back().slots.emplace_back(name, slot);
    return slot;
  }

  std::uint32_t label_slot(int label) {
    auto& labels = frames_.back().labels;
    if (const auto found = labels.find(label); found != labels.end()) return found->second;
    return labels[label] = new_slot();
  }

  /// Declares what the expressions below `node` bind in the scope that is open: all but those of inner blocks and
  /// lambdas.
  void declare_bindings(const Node& node) {
    if (node.kind == Kind::Bind) declare(node.name.view());
    for_each_child(node, [&](const Node& child) {
      if (child.kind == Kind::Lambda) return;
      if (child.kind == Kind::Block) {
        declare_behind_block(child);
        return;
      }
      declare_bindings(child);
    });
  }

  /// The predicates and the group of a block stand outside of its scope.
  void declare_behind_block(const Node& block) {
    for (const Stage& stage : block.predicates) declare_filter(stage);
    for (const Stage& stage : block.stages) declare_filter(stage);
    if (block.group) declare_bindings(*block.group);
  }
  void declare_filter(const Stage& stage) {
    if (stage.filter && stage.filter->kind != Kind::Lambda) {
      if (stage.filter->kind == Kind::Block) {
        declare_behind_block(*stage.filter);
      } else {
        declare_bindings(*stage.filter);
      }
    }
  }

  template <typename F>
  static void for_each_child(const Node& node, F f) {
    for (const NodePtr& child : node.nodes) f(*child);
    if (node.procedure) f(*node.procedure);
    for (const auto& [key, value] : node.pairs) {
      f(*key);
      f(*value);
    }
    for (const Term& term : node.terms) f(*term.expression);
    for (const Stage& stage : node.predicates) {
      if (stage.filter) f(*stage.filter);
    }
    for (const Stage& stage : node.stages) {
      if (stage.filter) f(*stage.filter);
    }
    if (node.group) f(*node.group);
  }

  [[noreturn]] void refuse(const Node& node, std::string_view name) const {
    throw Raised{make_error("UNSUPPORTED_JSONATA_EXPRESSION", {.value = Value(name)}, node.position)};
  }

  /// `has_context`: $ is an item of something, and no document that the States dialect does not have.
  void resolve(Node& node, bool has_context) {
    switch (node.kind) {
      case Kind::Path:
        resolve_path(node, has_context);
        return;
      case Kind::Lambda:
        resolve_lambda(node);
        break;
      case Kind::Block:
        resolve_block(node, has_context);
        break;
      case Kind::Bind:
        resolve(*node.nodes[0], has_context);
        node.places = find_places(node.name.view());
        // := binds in the innermost scope: there it was declared.
        node.places.resize(1);
        break;
      case Kind::Variable:
        resolve_variable(node);
        break;
      case Kind::Root:
        if (dialect_ == Dialect::States) refuse(node, "$$");
        break;
      case Kind::Context:
        if (!has_context) refuse(node, "$");
        break;
      case Kind::Wildcard:
        if (!has_context) refuse(node, "*");
        break;
      case Kind::Descendants:
        if (!has_context) refuse(node, "**");
        break;
      case Kind::Name:
        if (!has_context) refuse(node, node.name.view());
        break;
      case Kind::Parent:
        if (!has_context) refuse(node, "%");
        node.places = {{0, static_cast<std::uint16_t>(label_slot(node.sought->label))}};
        break;
      case Kind::Transform:
        for (NodePtr& part : node.nodes) resolve(*part, true);
        break;
      case Kind::Object:
        resolve_pairs(node, has_context);
        break;
      case Kind::Sort:
        for (Term& term : node.terms) resolve(*term.expression, true);
        break;
      default:
        for (NodePtr& child : node.nodes) resolve(*child, has_context);
        if (node.procedure) resolve_procedure(*node.procedure, has_context);
        break;
    }
    resolve_post(node);
  }

  /// What stands behind a node: predicates, a group.
  void resolve_post(Node& node) {
    for (Stage& stage : node.predicates) resolve(*stage.filter, true);
    if (node.group) resolve_pairs(*node.group, true);
    node.has_post = !node.predicates.empty() || (node.kind != Kind::Path && node.group) || node.keep_array;
  }

  void resolve_pairs(Node& object, bool has_context) {
    bool plain = true;
    for (auto& [key, value] : object.pairs) {
      resolve(*key, has_context);
      resolve(*value, has_context);
      plain = plain && key->kind == Kind::Literal && key->value.is_string() && !key->has_post &&
              !key->value.as_string().starts_with("_jsonata_");
    }
    constexpr std::size_t kFew = 32;
    if (object.pairs.size() > kFew) plain = false;
    for (std::size_t i = 0; plain && i < object.pairs.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (object.pairs[i].first->value == object.pairs[k].first->value) plain = false;
      }
    }
    object.plain_keys = plain;
  }

  void resolve_path(Node& path, bool has_context) {
    bool tuples = false;
    for (const NodePtr& step : path.nodes) tuples = tuples || step->tuple;
    if (tuples) open_scope(true);
    path.plain_names = !path.keep_singleton && !path.group && !tuples;
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
      Node& step = *path.nodes[i];
      const bool inner = has_context || i > 0;
      // A name that a step binds is there for its own stages and for the steps behind it.
      in_states_path_ = i == 0 && note_states(path);
      resolve(step, inner);
      in_states_path_ = false;
      if (!step.focus.empty()) step.focus_slot = declare(step.focus);
      if (!step.index.empty()) step.index_slot = declare(step.index);
      if (step.ancestor) step.ancestor_slot = label_slot(step.ancestor->label);
      for (Stage& stage : step.stages) {
        if (stage.filter) {
          resolve(*stage.filter, true);
        } else {
          stage.slot = declare(stage.index);
        }
      }
      const bool names = step.kind == Kind::Name || (i == 0 && step.kind == Kind::Variable);
      if (!names || step.has_post || !step.stages.empty()) path.plain_names = false;
    }
    if (path.group) resolve_pairs(*path.group, true);
    for (Stage& stage : path.predicates) resolve(*stage.filter, true);
    path.has_post = !path.predicates.empty() || path.keep_array;
    if (tuples) {
      // Tuples of a path inside a path carry on what they bind.
      Scope inner = std::move(scopes_.back());
      close_scope();
      if (path.tuple && !scopes_.empty() && scopes_.back().frame == inner.frame) {
        for (auto& binding : inner.slots) scopes_.back().slots.push_back(std::move(binding));
      }
    }
  }

  void resolve_lambda(Node& lambda) {
    frames_.push_back({});
    open_scope();
    for (const String& parameter : lambda.parameters) new_parameter(parameter.view());
    declare_bindings(lambda);
    // Inside a function it is not said whether there is a context: that of where it was made.
    resolve(*lambda.nodes[0], true);
    close_scope();
    lambda.frame_size = frames_.back().size;
    frames_.pop_back();
  }

  void new_parameter(std::string_view name) {
    // Of two parameters of one name the last counts.
    auto& slots = scopes_.back().slots;
    const std::uint32_t slot = new_slot();
    const auto known = std::find_if(slots.begin(), slots.end(), [&](const auto& s) { return s.first == name; });
    if (known != slots.end()) {
      known->second = slot;
    } else {
      slots.emplace_back(name, slot);
    }
  }

  void resolve_block(Node& block, bool has_context) {
    // A block that binds nothing needs no scope.
    const std::size_t before = frames_.back().size;
    open_scope();
    for (const NodePtr& part : block.nodes) {
      if (part->kind == Kind::Lambda) continue;
      if (part->kind == Kind::Block) {
        declare_behind_block(*part);
      } else {
        declare_bindings(*part);
      }
    }
    if (block.has_closure && !scopes_.back().slots.empty()) {
      // The slots move into a frame of the block's own.
      frames_.back().size = static_cast<std::uint32_t>(before);
      Frame own;
      own.size = static_cast<std::uint32_t>(scopes_.back().slots.size());
      frames_.push_back(std::move(own));
      scopes_.back().frame = frames_.size() - 1;
      std::uint32_t slot = 0;
      for (auto& binding : scopes_.back().slots) binding.second = slot++;
      block.own_frame = true;
    } else {
      block.first_slot = static_cast<std::uint32_t>(before);
      block.slot_count = static_cast<std::uint32_t>(scopes_.back().slots.size());
    }
    for (NodePtr& part : block.nodes) resolve(*part, has_context);
    Scope scope = std::move(scopes_.back());
    close_scope();
    if (block.own_frame) {
      block.frame_size = frames_.back().size;
      frames_.pop_back();
    } else if (block.tuple && !scopes_.empty()) {
      // See resolve_path: what paths inside it have handed on.
      for (std::size_t i = block.slot_count; i < scope.slots.size(); ++i)
        scopes_.back().slots.push_back(scope.slots[i]);
    }
  }

  std::vector<Place> find_places(std::string_view name) const {
    std::vector<Place> places;
    const std::size_t here = frames_.size() - 1;
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      for (const auto& [known, slot] : scope->slots) {
        if (known != name) continue;
        places.push_back({static_cast<std::uint16_t>(here - scope->frame), static_cast<std::uint16_t>(slot)});
      }
    }
    return places;
  }

  void resolve_variable(Node& variable) {
    variable.places = find_places(variable.name.view());
    const std::string_view name = variable.name.view();
    auto& externals = resolved_.externals;
    auto found = std::find_if(externals.begin(), externals.end(), [&](const External& e) { return e.name == name; });
    if (found == externals.end()) {
      if (externals.size() >= kMaxSlots) throw Raised{make_error("S0304")};
      External external;
      external.name = std::string(name);
      external.builtin = find_function(name, dialect_);
      if (external.builtin) external.function = Value(new BuiltinValue(*external.builtin));
      found = externals.insert(externals.end(), std::move(external));
    }
    variable.external = static_cast<std::uint32_t>(found - externals.begin());
    if (name == "states" && !in_states_path_) resolved_.states.whole = true;
  }

  void resolve_procedure(Node& procedure, bool has_context) {
    // A name that is called is a forgotten $: that is said when it is evaluated.
    if (procedure.kind == Kind::Path && procedure.nodes.size() == 1 && procedure.nodes[0]->kind == Kind::Name) {
      resolve(procedure, true);
      procedure.external = kNoSlot;
      Node variable;
      variable.kind = Kind::Variable;
      variable.name = procedure.nodes[0]->name;
      resolve_variable(variable);
      procedure.places = std::move(variable.places);
      procedure.external = variable.external;
      return;
    }
    resolve(procedure, has_context);
  }

  /// Notes what a path that starts at $states takes from it; false when it is no such path.
  bool note_states(const Node& path) {
    const Node& first = *path.nodes[0];
    if (first.kind != Kind::Variable || first.name != "states" || path.nodes.size() < 2 || first.has_post ||
        !first.stages.empty() || path.nodes[1]->kind != Kind::Name) {
      return false;
    }
    const std::string_view member = path.nodes[1]->name.view();
    StatesUse& use = resolved_.states;
    if (member == "input") use.input = true;
    if (member == "result") use.result = true;
    if (member == "errorOutput") use.error_output = true;
    if (member == "context") use.context = true;
    note_names(path, member);
    return true;
  }

  void note_names(const Node& path, std::string_view member) {
    // Of a name that is bound here, too, nothing is known.
    if (!find_places("states").empty()) return;
    StatesNames& names = resolved_.states_names;
    const auto add = [&](auto& list, auto one) {
      if (std::find(list.begin(), list.end(), one) != list.end()) return;
      names.has_more |= list.size() >= kMaxStatesNames;
      if (list.size() < kMaxStatesNames) list.push_back(std::move(one));
    };
    constexpr auto& kMembers = StatesUse::kMembers;
    if (std::find(kMembers.begin(), kMembers.end(), member) == kMembers.end()) add(names.unknown, std::string(member));
    if (member != "context") return;
    std::vector<std::string> way;
    for (std::size_t i = 2; i < path.nodes.size() && path.nodes[i]->kind == Kind::Name; ++i) {
      way.emplace_back(path.nodes[i]->name.view());
      if (path.nodes[i]->has_post || !path.nodes[i]->stages.empty()) break;
    }
    add(names.context_ways, std::move(way));
  }

  static constexpr std::size_t kMaxSlots = 10'000;

  Resolved& resolved_;
  Dialect dialect_;
  std::vector<Frame> frames_;
  std::vector<Scope> scopes_;
  bool in_states_path_ = false;
};

}  // namespace

Resolved resolve(Node& root, Dialect dialect) {
  Resolved resolved;
  Resolver(resolved, dialect).resolve_root(root);
  return resolved;
}

}  // namespace stepglass::jsonata
