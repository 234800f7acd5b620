// Paths of steps: each step is evaluated for every item that the step before it gave, and what it gives is made into
// one flat sequence.

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/jsonata/evaluator.h"
#include "engine/jsonata/merge_sort.h"
#include "engine/support/text.h"

namespace stepglass::jsonata {
namespace {

constexpr std::uint64_t kItemBytes = sizeof(Value);

std::span<const Value> items_of(const Value& value) {
  return value.is_array() ? value.items() : std::span<const Value>(&value, 1);
}

}  // namespace

/// Puts together what a step gives for each item. Arrays are flattened by one level, but for those that an array
/// constructor made; a last step that gives one plain array gives just that.
class Evaluator::Collector {
 public:
  Collector(Evaluator& evaluator, bool last) : evaluator_(evaluator), last_(last) {}

  void add(Item result) {
    if (!result) return;
    ++entries_;
    const bool flattens = result->is_array() && !(result->mark() & mark::kConstructed);
    if (entries_ == 1) {
      first_ = std::move(result);
      first_flattens_ = flattens;
      return;
    }
    if (entries_ == 2) start();
    append(*result, flattens);
  }

  /// For what is found in place, without copying it first.
  void add(const Value& value) {
    if (entries_ >= 2) {
      ++entries_;
      append(value, value.is_array() && !(value.mark() & mark::kConstructed));
    } else {
      add(Item(value));
    }
  }

  List take() {
    List list;
    if (entries_ == 0) return list;
    if (entries_ == 1) {
      list.item = std::move(first_);
      list.is_list = first_flattens_;
      list.is_raw = last_ && list.item->is_array() && !(list.item->mark() & mark::kSequence);
      if (list.is_raw) list.is_list = true;
      return list;
    }
    list.item = std::move(*builder_).build();
    list.is_list = true;
    return list;
  }

 private:
  void start() {
    builder_.emplace();
    const Item first = std::move(first_);
    append(*first, first_flattens_);
  }
  void append(const Value& value, bool flattens) {
    if (!flattens) {
      evaluator_.charge_bytes(kItemBytes);
      builder_->add(value);
      return;
    }
    evaluator_.charge_bytes(value.size() * kItemBytes);
    evaluator_.charge_steps(value.size() / 8);
    for (const Value& item : value.items()) builder_->add(item);
  }

  Evaluator& evaluator_;
  const bool last_;
  std::size_t entries_ = 0;
  Item first_;
  bool first_flattens_ = false;
  std::optional<ArrayBuilder> builder_;
};

const Value* Evaluator::walk(const Node& node, const Item& input, Frame* frame, bool& general) {
  auto step = node.nodes.begin();
  const Value* value = nullptr;
  if ((*step)->kind == Kind::Variable) {
    value = variable(**step, frame);
    ++step;
  } else if (input) {
    value = &*input;
  }
  for (; value && step != node.nodes.end(); ++step) {
    if (value->is_array()) {
      general = true;
      return nullptr;
    }
    value = value->find((*step)->name.view());
  }
  if (value && value->mark() & mark::kSequence) general = true;
  return value;
}

Item lookup_in(const Value& value, std::string_view key, Evaluation& evaluation) {
  if (value.is_object()) {
    const Value* found = value.find(key);
    return found ? Item(*found) : Item();
  }
  if (!value.is_array()) return {};
  evaluation.charge_steps(value.size());
  ArrayBuilder builder;
  for (const Value& item : value.items()) {
    const Item inner = item.is_array() ? lookup_in(item, key, evaluation) : Item();
    const Value* found = item.is_array() ? (inner ? &*inner : nullptr) : item.find(key);
    if (!found) continue;
    const auto items = items_of(*found);
    evaluation.charge_bytes(items.size() * kItemBytes);
    for (const Value& result : items) builder.add(result);
  }
  Value sequence = std::move(builder).build();
  sequence.set_mark(mark::kSequence);
  return sequence;
}

Item Evaluator::path(const Node& node, const Item& input, Frame* frame) {
  if (node.plain_names) {
    bool general = false;
    const Value* value = walk(node, input, frame, general);
    if (!general) return value ? Item(*value) : Item();
  }
  for (const NodePtr& step : node.nodes) {
    if (step->tuple) return tuple_path(node, input, frame);
  }
  List list;
  list.item = input;
  list.is_list = input && input->is_array() && node.nodes[0]->kind != Kind::Variable &&
                 node.nodes[0]->kind != Kind::Context && node.nodes[0]->kind != Kind::Root;
  for (std::size_t i = 0; i < node.nodes.size(); ++i) {
    const Node& step = *node.nodes[i];
    if (i == 0 && step.constructed) {
      List made;
      made.item = evaluate(step, input, frame);
      made.is_list = made.item && made.item->is_array();
      made.is_raw = made.is_list;
      list = std::move(made);
    } else {
      // The first step is evaluated even where there is no input.
      if (i == 0 && !list.item) {
        Collector collector(*this, node.nodes.size() == 1);
        Item result = step.kind == Kind::Sort ? Item() : evaluate(step, input, frame);
        for (const Stage& stage : step.stages) result = filter(*stage.filter, std::move(result), frame);
        collector.add(std::move(result));
        list = collector.take();
      } else {
        this->step(step, list, frame, i + 1 == node.nodes.size());
      }
    }
    if (list.size() == 0) break;
  }
  Item result;
  if (list.size() == 0) {
    result = list.is_raw && list.item ? list.item : Item();
  } else if (!list.is_list) {
    result = std::move(list.item);
    if (node.keep_singleton) {
      // A constructed array counts as one item here.
      Value kept = Value::array({&*result, 1});
      kept.set_mark(mark::kSequence | mark::kKeepSingleton);
      result = kept;
    } else if (result->is_array()) {
      // One constructed array, in a sequence of its own.
      if (!node.group) return result;
    }
  } else {
    result = std::move(list.item);
    if (!list.is_raw) {
      result->set_mark(mark::kSequence | (node.keep_singleton ? mark::kKeepSingleton : 0));
    } else if (node.keep_singleton && result->mark() & mark::kConstructed) {
      Value kept = Value::array({&*result, 1});
      kept.set_mark(mark::kSequence | mark::kKeepSingleton);
      result = kept;
    }
  }
  if (node.group) return group(*node.group, result, frame);
  return result;
}

void Evaluator::step(const Node& step, List& list, Frame* frame, bool last) {
  if (step.kind == Kind::Sort) {
    if (list.is_list && list.size() > 1) {
      list.item = sorted(step, *list.item, frame);
      list.is_raw = true;
    }
    for (const Stage& stage : step.stages) {
      list.item = filter(*stage.filter, std::move(list.item), frame);
      list.is_raw = list.item && list.item->is_array() && !(list.item->mark() & mark::kSequence);
      list.is_list = list.item && list.item->is_array();
    }
    return;
  }
  Collector collector(*this, last);
  const auto apply = [&](const Value& item) {
    if (step.kind == Kind::Name && !step.has_post) {
      charge_steps(1);
      if (item.is_object()) {
        const Value* found = item.find(step.name.view());
        if (step.stages.empty()) {
          if (found) collector.add(*found);
          return;
        }
        Item result = found ? Item(*found) : Item();
        for (const Stage& stage : step.stages) result = filter(*stage.filter, std::move(result), frame);
        collector.add(std::move(result));
        return;
      }
      if (!item.is_array()) return;
    }
    Item result = evaluate(step, Item(item), frame);
    if (!result) {
      // Stages look at nothing as at a sequence with nothing in it.
      if (step.stages.empty()) return;
    }
    for (const Stage& stage : step.stages) result = filter(*stage.filter, std::move(result), frame);
    collector.add(std::move(result));
  };
  const Item holder = std::move(list.item);
  if (list.is_list) {
    for (const Value& item : holder->items()) apply(item);
  } else if (holder) {
    apply(*holder);
  }
  list = collector.take();
}

/// The items of `input` for which `predicate` holds, or that it numbers. Source: evaluateFilter().
Item Evaluator::filter(const Node& predicate, Item input, Frame* frame) {
  Value empty = Value::empty_array();
  const auto items = !input ? std::span<const Value>() : items_of(*input);
  const auto size = static_cast<double>(items.size());
  if (predicate.kind == Kind::Literal && predicate.value.is_number() && !predicate.has_post) {
    double index = std::floor(predicate.value.as_double());
    if (index < 0) index += size;
    if (index >= 0 && index < size) {
      Value item = items[static_cast<std::size_t>(index)];
      // An array stays what it is; anything else is a sequence of one.
      if (item.is_array()) return item;
      return Item(std::move(item));
    }
    empty.set_mark(mark::kSequence);
    return empty;
  }
  // What cannot number an item needs no look at the numbers.
  const bool is_condition = predicate.kind == Kind::Binary && !predicate.has_post && predicate.op >= Operator::Equal &&
                            predicate.op <= Operator::In && predicate.op != Operator::Concatenate;
  ArrayBuilder kept;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Item item(items[i]);
    Item result = evaluate(predicate, item, frame);
    if (!result) continue;
    if (is_condition) {
      if (result->as_boolean()) {
        charge_bytes(kItemBytes);
        kept.add(items[i]);
      }
      continue;
    }
    const auto is_number = [&](const Value& value) { return is_numeric(predicate, value); };
    const auto results = items_of(*result);
    const bool numbers = std::all_of(results.begin(), results.end(), is_number);
    if (numbers) {
      for (const Value& number : results) {
        double index = std::floor(number.as_double());
        if (index < 0) index += size;
        if (index == static_cast<double>(i)) {
          charge_bytes(kItemBytes);
          kept.add(items[i]);
        }
      }
      charge_steps(results.size());
    } else if (boolean_of(*result)) {
      charge_bytes(kItemBytes);
      kept.add(items[i]);
    }
  }
  Value sequence = std::move(kept).build();
  sequence.set_mark(mark::kSequence);
  return sequence;
}

/// All members' values, arrays flattened. Source: evaluateWildcard().
Item Evaluator::wildcard(const Item& input) {
  if (!input) return {};
  const Value& value = input->mark() & mark::kOuter ? input->items()[0] : *input;
  ArrayBuilder builder;
  // A sequence, until an array has been put into it.
  bool is_sequence = true;
  std::vector<std::span<const Value>> stack;
  const auto flatten = [&](const Value& array) {
    is_sequence = false;
    stack.assign(1, array.items());
    while (!stack.empty()) {
      if (stack.back().empty()) {
        stack.pop_back();
        continue;
      }
      const Value& item = stack.back().front();
      stack.back() = stack.back().subspan(1);
      charge_steps(1);
      if (item.is_array()) {
        stack.push_back(item.items());
      } else {
        charge_bytes(kItemBytes);
        builder.add(item);
      }
    }
  };
  const auto add = [&](const Value& member) {
    charge_steps(1);
    if (member.is_array()) {
      flatten(member);
    } else {
      charge_bytes(kItemBytes);
      builder.add(member);
    }
  };
  if (value.is_object()) {
    for (const Member& member : value.members()) add(member.value);
  } else if (value.is_array()) {
    for (const Value& item : value.items()) add(item);
  }
  Value found = std::move(builder).build();
  if (is_sequence) found.set_mark(mark::kSequence);
  return found;
}

namespace {

/// Adds `value` and all that is inside it, arrays aside. Values are at most kMaxValueDepth deep.
void add_descendants(const Value& value, ArrayBuilder& out, Evaluation& evaluation) {
  evaluation.charge_steps(1);
  if (value.is_array()) {
    for (const Value& item : value.items()) add_descendants(item, out, evaluation);
    return;
  }
  evaluation.charge_bytes(kItemBytes);
  out.add(value);
  if (!value.is_object()) return;
  for (const Member& member : value.members()) add_descendants(member.value, out, evaluation);
}

}  // namespace

Item Evaluator::descendants(const Item& input) {
  if (!input) return {};
  ArrayBuilder builder;
  add_descendants(*input, builder, *this);
  Value found = std::move(builder).build();
  if (found.size() == 1) return Item(Value(found.items()[0]));
  found.set_mark(mark::kSequence);
  return found;
}

// ---------------------------------------------------------------------------------------------------------- sorting

/// The order in which the terms of `step` put items, stable. Keys are evaluated once for an item, when they are first
/// compared. Source: evaluateSortExpression(), $sort.
void Evaluator::sort_order(const Node& step, std::size_t size, std::vector<std::uint32_t>& order,
                           const std::function<Item(std::size_t item, const Term& term)>& key) {
  const std::size_t terms = step.terms.size();
  charge_bytes(size * (terms * (sizeof(Item) + 1) + 8));
  std::vector<Item> keys(size * terms);
  std::vector<bool> known(size * terms);
  const auto key_of = [&](std::size_t item, std::size_t term) -> const Item& {
    const std::size_t index = item * terms + term;
    if (!known[index]) {
      keys[index] = key(item, step.terms[term]);
      known[index] = true;
    }
    return keys[index];
  };
  /// True when `a` is to stand behind `b`.
  const auto is_behind = [&](std::size_t a, std::size_t b) {
    charge_steps(1);
    for (std::size_t term = 0; term < terms; ++term) {
      const Item& x = key_of(a, term);
      const Item& y = key_of(b, term);
      if (!x || !y) {
        if (!x && !y) continue;
        return !x;
      }
      const auto comparable = [](const Item& item) { return item->is_string() || item->is_number(); };
      if (!comparable(x) || !comparable(y)) raise("T2008", step, {.value = comparable(x) ? *y : *x});
      if (x->is_string() != y->is_string()) raise("T2007", step, {.value = *x, .value2 = *y});
      int comparison = 0;
      if (x->is_string()) {
        comparison = compare_utf16(x->as_string(), y->as_string());
      } else {
        const double p = x->as_double(), q = y->as_double();
        comparison = p < q ? -1 : p == q ? 0 : 1;
      }
      if (comparison == 0) continue;
      return step.terms[term].descending ? comparison < 0 : comparison > 0;
    }
    return false;
  };
  order = sorted_order(size, is_behind);
}

Value Evaluator::sorted(const Node& step, const Value& list, Frame* frame) {
  const auto items = list.items();
  std::vector<std::uint32_t> order;
  sort_order(step, items.size(), order,
             [&](std::size_t item, const Term& term) { return evaluate(*term.expression, Item(items[item]), frame); });
  charge_bytes(items.size() * kItemBytes);
  ArrayBuilder builder(items.size());
  for (const std::uint32_t index : order) builder.add(items[index]);
  return std::move(builder).build();
}

}  // namespace stepglass::jsonata
