#pragma once
// The function values of an evaluation, and the frames that they keep alive. Private to engine/jsonata.

#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <utility>
#include <vector>

#include "engine/jsonata/function_value.h"
#include "engine/jsonata/item.h"
#include "engine/jsonata/signature.h"
#include "engine/jsonata/tree.h"

namespace stepglass::jsonata {

/// The variables of one call of a lambda, of one evaluation of a block, or of the whole expression. Shared by reference
/// count with the functions that were made while it was the current one. Functions in its slots can refer back to it:
/// FrameList breaks such cycles when the evaluation ends.
struct Frame {
  std::uint32_t references = 1;
  std::uint32_t size = 0;
  Frame* parent = nullptr;
  Frame* previous = nullptr;  // in the list of all
  Frame* next = nullptr;
  Item* slots() { return reinterpret_cast<Item*>(this + 1); }
};

/// All frames of an evaluation.
class FrameList {
 public:
  FrameList() = default;
  FrameList(const FrameList&) = delete;
  FrameList& operator=(const FrameList&) = delete;
  ~FrameList();

  /// A frame whose slots are not bound. Takes a reference on `parent`.
  Frame* make(std::uint32_t size, Frame* parent);
  void release(Frame* frame) {
    if (--frame->references == 0) destroy(frame);
  }

 private:
  void destroy(Frame* frame);

  Frame* first_ = nullptr;
  /// Frames of at most kPooled slots, to be used again.
  static constexpr std::uint32_t kPooled = 8;
  std::vector<Frame*> free_;
};

/// A function of the table as a value.
class BuiltinValue : public FunctionValue {
 public:
  explicit BuiltinValue(const Function& function);
  const Function& function;
  const Signature& signature;
  std::size_t arity() const override;
};

/// The parsed signature of a function of the table; lives as long as the program.
const Signature& signature_of(const Function& function);

class LambdaValue : public FunctionValue {
 public:
  LambdaValue(const Node& node, Frame* frame, Item input, FrameList& frames)
      : FunctionValue(Kind::Lambda), node(node), frame(frame), input(std::move(input)), frames_(frames) {
    if (frame) ++frame->references;
  }
  ~LambdaValue() override {
    if (frame) frames_.release(frame);
  }
  const Node& node;
  Frame* const frame;
  const Item input;
  std::size_t arity() const override { return node.parameters.size(); }

 private:
  FrameList& frames_;
};

/// $f(?, 1): a function some of whose arguments are given.
class PartialValue : public FunctionValue {
 public:
  PartialValue(Value function, std::vector<Item> arguments, std::vector<std::size_t> open)
      : FunctionValue(Kind::Partial),
        function(std::move(function)),
        arguments(std::move(arguments)),
        open(std::move(open)) {}
  const Value function;
  const std::vector<Item> arguments;
  /// Indexes of the arguments that it takes.
  const std::vector<std::size_t> open;
  std::size_t arity() const override { return open.size(); }
};

}  // namespace stepglass::jsonata
