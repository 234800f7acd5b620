#pragma once
// Evaluates a tree. Private to engine/jsonata.
//
// The semantics are those of the reference's evaluate() and its helpers, with the same names where there are any.
// evaluator.cpp has operators and constructors, evaluate_path.cpp paths, evaluate_tuples.cpp paths that carry bindings,
// evaluate_function.cpp calls, evaluate_transform.cpp transforms.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/jsonata/evaluation.h"
#include "engine/jsonata/lambda.h"
#include "engine/jsonata/resolve.h"
#include "engine/jsonata/tree.h"

namespace stepglass::jsonata {

/// An item of a path that carries bindings: its value, and slots of the current frame with what is bound to them.
struct Tuple {
  Item item;
  std::vector<std::pair<std::uint32_t, Item>> bindings;
  const Item* find(std::uint32_t slot) const;
  void bind(std::uint32_t slot, Item value);
};
using Tuples = std::vector<Tuple>;

class Evaluator : public Evaluation {
 public:
  Evaluator(const Resolved& resolved, Environment& environment, const Budget& budget, Dialect dialect);
  ~Evaluator();

  /// Evaluates the whole expression. `input` is the document; undefined when there is none.
  Item run(const Node& root, const Item& input);

  Item evaluate(const Node& node, const Item& input, Frame* frame);
  Item apply_function(const Value& function, Arguments& arguments, const Item& context);

  /// $eval: evaluates an expression compiled for it, with what is bound outside of any scope.
  Item run_nested(std::string_view text, const Item& input);
  /// $ of the whole expression.
  const Item& root_input() const { return root_input_; }

 private:
  // evaluator.cpp
  Item evaluate_kind(const Node& node, const Item& input, Frame* frame);
  /// As evaluate() for a value that is only looked at: gives a pointer to where it is, which may be `kept`; null for
  /// undefined.
  const Value* peek(const Node& node, const Item& input, Frame* frame, Item& kept);
  Item post_process(const Node& node, Item result, Frame* frame);
  Item binary(const Node& node, const Item& input, Frame* frame);
  Item arithmetic(const Node& node, const Value* left, const Value* right);
  Item range(const Node& node, const Value* left, const Value* right);
  Item concatenate(const Node& node, const Item& input, Frame* frame);
  bool is_true(const Node& node, const Item& input, Frame* frame);
  bool is_numeric(const Node& node, const Value& value);
  Item array(const Node& node, const Item& input, Frame* frame);
  Item group(const Node& object, const Item& input, Frame* frame);
  Item group_tuples(const Node& object, const Tuples& tuples, Frame* frame);
  Item block(const Node& node, const Item& input, Frame* frame);
  const Item* bound(const Node& variable, Frame* frame) const;
  const Value* external(std::uint32_t index);
  const Value* variable(const Node& node, Frame* frame);
  [[noreturn]] void raise(std::string_view code, const Node& node, ErrorDetails details = {});
  void check_key(const Node& object, const Item& key);

  // evaluate_path.cpp
  Item path(const Node& node, const Item& input, Frame* frame);
  /// The end of a path of names; `general` when it meets an array and path() has to do it.
  const Value* walk(const Node& node, const Item& input, Frame* frame, bool& general);
  Item filter(const Node& predicate, Item input, Frame* frame);
  Item wildcard(const Item& input);
  Item descendants(const Item& input);
  Value sorted(const Node& step, const Value& list, Frame* frame);
  class Collector;
  /// What a step works on and gives: one item, or the items of an array.
  struct List {
    Item item;             // undefined: nothing
    bool is_list = false;  // `item` is an array whose items are meant
    bool is_raw = false;   // that array is a value of its own and no sequence
    std::size_t size() const { return !item ? 0 : is_list ? item->size() : 1; }
  };
  void step(const Node& step, List& list, Frame* frame, bool last);

  // evaluate_tuples.cpp
  Item tuple_path(const Node& node, const Item& input, Frame* frame);
  Tuples path_tuples(const Node& node, const Item& input, Frame* frame);
  /// True when `node` gave tuples and not a plain value.
  bool nested_tuples(const Node& node, const Item& input, Frame* frame, Tuples& tuples);
  Tuples tuple_step(const Node& step, Tuples tuples, Frame* frame);
  Tuples filter_tuples(const Node& predicate, Tuples tuples, Frame* frame);
  void sort_tuples(const Node& step, Tuples& tuples, Frame* frame);
  void sort_order(const Node& step, std::size_t size, std::vector<std::uint32_t>& order,
                  const std::function<Item(std::size_t item, const Term& term)>& key);

  // evaluate_function.cpp
  Item call(const Node& node, const Item& input, Frame* frame, const Item* first = nullptr);
  Item partial(const Node& node, const Item& input, Frame* frame);
  Item chain(const Node& node, const Item& input, Frame* frame);
  Item call_builtin(const Function& function, const Signature& signature, Arguments& arguments, const Item& context);
  Item call_lambda(const LambdaValue& lambda, Arguments& arguments, const Item& context);

  // evaluate_transform.cpp
  Item transform(const Node& node, Frame* frame);

  void enter() {
    if (++depth_ > max_depth_) raise_too_deep();
  }
  void leave() { --depth_; }
  [[noreturn]] void raise_too_deep();

  /// A call that the body of a lambda ends with: made by call_lambda when the body has been left.
  struct TailCall {
    bool pending = false;
    Value function;
    const Node* node = nullptr;
    Arguments arguments;
  };

  friend class Evaluation;
  friend class TransformValue;

  const Resolved* resolved_;
  struct Known {
    bool asked = false;
    const Value* value = nullptr;
  };
  std::vector<Known> externals_;
  std::uint32_t depth_ = 0;
  std::uint32_t max_depth_;
  FrameList frames_;
  TailCall tail_;
  Item root_input_;
  /// Programs of $eval, which functions made by them can outlive.
  std::vector<std::shared_ptr<void>> nested_;
};

/// The member `key` of an object, or of each object in an array. Source: $lookup.
Item lookup_in(const Value& value, std::string_view key, Evaluation& evaluation);
/// The effective boolean of a value. Source: $boolean.
bool boolean_of(const Value& value);
/// Deep equality as = has it: numbers as doubles.
bool equals(const Value& a, const Value& b);
/// `a` and `b` as one array. Source: $append.
Value appended(const Value& a, const Value& b, Evaluation& evaluation);
/// A sequence as evaluate() gives it: undefined when empty, its item when it has one and is not kept.
Item collapsed(Item item);

}  // namespace stepglass::jsonata
