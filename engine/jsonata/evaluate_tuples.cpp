// Paths with @, # or %: their items are tuples, each an item with what has been bound on the way to it. While something
// is evaluated for a tuple its bindings stand in slots of the frame, and what was there before comes back afterwards.

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "engine/jsonata/evaluator.h"

namespace stepglass::jsonata {
namespace {

constexpr std::uint64_t kTupleBytes = sizeof(Tuple) + 2 * sizeof(std::pair<std::uint32_t, Item>);

/// Puts the bindings of a tuple into their slots for as long as it lives.
class Bound {
 public:
  Bound(const Tuple& tuple, Frame* frame) : frame_(frame) {
    before_.reserve(tuple.bindings.size());
    for (const auto& [slot, value] : tuple.bindings) {
      before_.emplace_back(slot, frame->slots()[slot]);
      frame->slots()[slot] = value;
    }
  }
  Bound(const Bound&) = delete;
  Bound& operator=(const Bound&) = delete;
  ~Bound() {
    for (auto it = before_.rbegin(); it != before_.rend(); ++it) frame_->slots()[it->first] = std::move(it->second);
  }

 private:
  Frame* frame_;
  std::vector<std::pair<std::uint32_t, Item>> before_;
};

}  // namespace

const Item* Tuple::find(std::uint32_t slot) const {
  for (const auto& binding : bindings) {
    if (binding.first == slot) return &binding.second;
  }
  return nullptr;
}

void Tuple::bind(std::uint32_t slot, Item value) {
  for (auto& binding : bindings) {
    if (binding.first != slot) continue;
    binding.second = std::move(value);
    return;
  }
  bindings.emplace_back(slot, std::move(value));
}

Item Evaluator::tuple_path(const Node& node, const Item& input, Frame* frame) {
  const Tuples tuples = path_tuples(node, input, frame);
  if (node.group) return group_tuples(*node.group, tuples, frame);
  charge_bytes(tuples.size() * sizeof(Value));
  ArrayBuilder builder(tuples.size());
  for (const Tuple& tuple : tuples) {
    if (tuple.item) builder.add(*tuple.item);
  }
  Value sequence = std::move(builder).build();
  sequence.set_mark(mark::kSequence | (node.keep_singleton ? mark::kKeepSingleton : 0));
  return sequence;
}

/// The tuples that a path ends with. Source: evaluatePath(), evaluateTupleStep().
Tuples Evaluator::path_tuples(const Node& node, const Item& input, Frame* frame) {
  // Up to the first step that binds something items are plain.
  List list;
  list.item = input;
  list.is_list = input && input->is_array() && node.nodes[0]->kind != Kind::Variable &&
                 node.nodes[0]->kind != Kind::Context && node.nodes[0]->kind != Kind::Root;
  std::size_t i = 0;
  for (; !node.nodes[i]->tuple; ++i) {
    const Node& plain = *node.nodes[i];
    if (i == 0 && plain.constructed) {
      list.item = evaluate(plain, input, frame);
      list.is_list = list.item && list.item->is_array();
    } else {
      step(plain, list, frame, false);
    }
    if (list.size() == 0) return {};
  }
  Tuples tuples;
  const auto add = [&](const Item& item) {
    charge_bytes(kTupleBytes);
    tuples.emplace_back().item = item;
  };
  if (list.is_list) {
    for (const Value& item : list.item->items()) add(Item(item));
  } else {
    add(list.item);
  }
  for (; i < node.nodes.size(); ++i) tuples = tuple_step(*node.nodes[i], std::move(tuples), frame);
  return tuples;
}

bool Evaluator::nested_tuples(const Node& node, const Item& input, Frame* frame, Tuples& tuples) {
  if (!node.tuple || node.group) return false;
  if (node.kind == Kind::Path) {
    if (std::none_of(node.nodes.begin(), node.nodes.end(), [](const NodePtr& step) { return step->tuple; })) {
      return false;
    }
    tuples = path_tuples(node, input, frame);
  } else if (node.kind == Kind::Block && !node.own_frame && !node.nodes.empty()) {
    const Node& last = *node.nodes.back();
    if (!last.tuple || (last.kind != Kind::Path && last.kind != Kind::Block)) return false;
    for (std::uint32_t i = 0; i < node.slot_count; ++i) {
      Item& slot = frame->slots()[node.first_slot + i];
      slot = Item();
      slot->set_mark(mark::kUndefined | mark::kUnbound);
    }
    for (std::size_t i = 0; i + 1 < node.nodes.size(); ++i) evaluate(*node.nodes[i], input, frame);
    if (!nested_tuples(last, input, frame, tuples)) return false;
  } else {
    return false;
  }
  for (const Stage& stage : node.predicates) tuples = filter_tuples(*stage.filter, std::move(tuples), frame);
  return true;
}

Tuples Evaluator::tuple_step(const Node& step, Tuples tuples, Frame* frame) {
  Tuples results;
  if (step.kind == Kind::Sort) {
    results = std::move(tuples);
    sort_tuples(step, results, frame);
    if (step.index_slot != kNoSlot) {
      for (std::size_t i = 0; i < results.size(); ++i) {
        results[i].bind(step.index_slot, Item(Value(static_cast<std::int64_t>(i))));
      }
    }
  } else {
    for (const Tuple& tuple : tuples) {
      charge_steps(1);
      const auto add = [&](const Item& item, const Tuple* inner, std::size_t index) {
        charge_bytes(kTupleBytes + tuple.bindings.size() * sizeof(Item));
        Tuple& made = results.emplace_back();
        made.bindings = tuple.bindings;
        if (inner) {
          for (const auto& [slot, value] : inner->bindings) made.bind(slot, value);
          made.item = inner->item;
          return;
        }
        if (step.focus_slot != kNoSlot) {
          made.bind(step.focus_slot, item);
          made.item = tuple.item;
        } else {
          made.item = item;
        }
        if (step.index_slot != kNoSlot) made.bind(step.index_slot, Item(Value(static_cast<std::int64_t>(index))));
        if (step.ancestor_slot != kNoSlot) made.bind(step.ancestor_slot, tuple.item);
      };
      Tuples inner;
      Item result;
      bool nested = false;
      {
        const Bound bound(tuple, frame);
        nested = nested_tuples(step, tuple.item, frame, inner);
        if (!nested) result = evaluate(step, tuple.item, frame);
      }
      if (nested) {
        for (const Tuple& one : inner) add({}, &one, 0);
      } else if (result && result->is_array()) {
        std::size_t index = 0;
        for (const Value& item : result->items()) add(Item(item), nullptr, index++);
      } else if (result) {
        add(result, nullptr, 0);
      }
    }
  }
  for (const Stage& stage : step.stages) {
    if (stage.filter) {
      results = filter_tuples(*stage.filter, std::move(results), frame);
    } else {
      for (std::size_t i = 0; i < results.size(); ++i) {
        results[i].bind(stage.slot, Item(Value(static_cast<std::int64_t>(i))));
      }
    }
  }
  return results;
}

Tuples Evaluator::filter_tuples(const Node& predicate, Tuples tuples, Frame* frame) {
  Tuples kept;
  const auto size = static_cast<double>(tuples.size());
  if (predicate.kind == Kind::Literal && predicate.value.is_number() && !predicate.has_post) {
    double index = std::floor(predicate.value.as_double());
    if (index < 0) index += size;
    if (index >= 0 && index < size) kept.push_back(std::move(tuples[static_cast<std::size_t>(index)]));
    return kept;
  }
  for (std::size_t i = 0; i < tuples.size(); ++i) {
    Item result;
    {
      const Bound bound(tuples[i], frame);
      result = evaluate(predicate, tuples[i].item, frame);
    }
    if (!result) continue;
    const auto results = result->is_array() ? result->items() : std::span<const Value>(&*result, 1);
    if (std::all_of(results.begin(), results.end(), [&](const Value& v) { return is_numeric(predicate, v); })) {
      for (const Value& number : results) {
        double index = std::floor(number.as_double());
        if (index < 0) index += size;
        if (index == static_cast<double>(i)) {
          charge_bytes(kTupleBytes);
          kept.push_back(tuples[i]);
        }
      }
    } else if (boolean_of(*result)) {
      kept.push_back(std::move(tuples[i]));
    }
  }
  return kept;
}

void Evaluator::sort_tuples(const Node& step, Tuples& tuples, Frame* frame) {
  if (tuples.size() < 2) return;
  std::vector<std::uint32_t> order;
  sort_order(step, tuples.size(), order, [&](std::size_t index, const Term& term) {
    const Bound bound(tuples[index], frame);
    return evaluate(*term.expression, tuples[index].item, frame);
  });
  Tuples sorted;
  sorted.reserve(tuples.size());
  for (const std::uint32_t index : order) sorted.push_back(std::move(tuples[index]));
  tuples = std::move(sorted);
}

/// A group behind a path that carries tuples. Source: evaluateGroupExpression(), reduceTupleStream().
Item Evaluator::group_tuples(const Node& object, const Tuples& tuples, Frame* frame) {
  struct Group {
    String key;
    std::size_t pair;
    Tuple data;
  };
  std::vector<Group> groups;
  std::map<std::string_view, std::size_t> by_key;
  const auto append = [&](const Item& a, const Item& b) {
    if (!a) return b;
    return b ? Item(appended(*a, *b, *this)) : a;
  };
  for (const Tuple& tuple : tuples) {
    for (std::size_t pair = 0; pair < object.pairs.size(); ++pair) {
      Item key;
      {
        const Bound bound(tuple, frame);
        key = evaluate(*object.pairs[pair].first, tuple.item, frame);
      }
      check_key(object, key);
      if (!key) continue;
      const auto found = by_key.find(key->as_string());
      if (found == by_key.end()) {
        charge_bytes(sizeof(Group) + kTupleBytes);
        groups.push_back({key->as_shared_string(), pair, tuple});
        by_key.emplace(groups.back().key.view(), groups.size() - 1);
        continue;
      }
      Group& group = groups[found->second];
      if (group.pair != pair) raise("D1009", object, {.value = *key});
      group.data.item = append(group.data.item, tuple.item);
      for (const auto& [slot, value] : tuple.bindings) {
        const Item* known = group.data.find(slot);
        group.data.bind(slot, known ? append(*known, value) : value);
      }
    }
  }
  ObjectBuilder builder(groups.size());
  for (const Group& group : groups) {
    const Bound bound(group.data, frame);
    Item value = evaluate(*object.pairs[group.pair].second, group.data.item, frame);
    if (value) builder.set(group.key, *std::move(value));
  }
  return std::move(builder).build();
}

}  // namespace stepglass::jsonata
