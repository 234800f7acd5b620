#include "engine/jsonata/lambda.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "engine/jsonata/evaluator.h"

namespace stepglass::jsonata {

FrameList::~FrameList() {
  // Functions in slots refer to frames: hold all frames, empty their slots, then free them.
  for (Frame* frame = first_; frame; frame = frame->next) ++frame->references;
  for (Frame* frame = first_; frame; frame = frame->next) {
    for (std::uint32_t i = 0; i < frame->size; ++i) frame->slots()[i] = Item();
  }
  while (first_) {
    Frame* frame = first_;
    first_ = frame->next;
    std::destroy_n(frame->slots(), frame->size);
    std::free(frame);
  }
  for (Frame* frame : free_) std::free(frame);
}

Frame* FrameList::make(std::uint32_t size, Frame* parent) {
  void* memory = nullptr;
  if (size <= kPooled && !free_.empty()) {
    memory = free_.back();
    free_.pop_back();
  } else {
    memory = std::malloc(sizeof(Frame) + std::max(size, kPooled) * sizeof(Item));
    if (!memory) throw std::bad_alloc();
  }
  auto* frame = new (memory) Frame;
  frame->size = size;
  frame->parent = parent;
  if (parent) ++parent->references;
  for (std::uint32_t i = 0; i < size; ++i) {
    auto* slot = new (frame->slots() + i) Item;
    (*slot)->set_mark(mark::kUndefined | mark::kUnbound);
  }
  frame->next = first_;
  if (first_) first_->previous = frame;
  first_ = frame;
  return frame;
}

void FrameList::destroy(Frame* frame) {
  // Parents without a loop of their own: a chain of frames is as long as calls were nested.
  while (frame) {
    std::destroy_n(frame->slots(), frame->size);
    if (frame->previous) {
      frame->previous->next = frame->next;
    } else {
      first_ = frame->next;
    }
    if (frame->next) frame->next->previous = frame->previous;
    Frame* parent = frame->parent;
    if (frame->size <= kPooled && free_.size() < 64) {
      free_.push_back(frame);
    } else {
      std::free(frame);
    }
    frame = parent && --parent->references == 0 ? parent : nullptr;
  }
}

BuiltinValue::BuiltinValue(const Function& function)
    : FunctionValue(Kind::Builtin), function(function), signature(signature_of(function)) {}

std::size_t BuiltinValue::arity() const {
  return std::min(function.arity, signature.arity());
}

const Signature& signature_of(const Function& function) {
  static const std::map<const Function*, Signature> all = [] {
    std::map<const Function*, Signature> signatures;
    for (const Function* f : functions()) signatures.emplace(f, Signature::parse(f->signature));
    return signatures;
  }();
  return all.at(&function);
}

}  // namespace stepglass::jsonata
