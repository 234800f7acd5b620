#include "engine/path/evaluator.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/support/limits.h"
#include "engine/support/number.h"

// Goes through the steps depth first, with frames on a stack of its own where a step has several results: how deep
// values nest decides nothing here. Only filters inside filters recurse, and how deep these are is limited when a path
// is compiled.
//
// Which misses are silent is Jayway's: before the first step that can have several results ("upstream definite") a miss
// is an error, behind it the branch just ends; an error below an item of [*] ends that item. Two of its peculiarities:
//
// * A scan (..) tries the next step on every object and array on the way down, but an array it hands item by item to
//   the step behind that one. $..[2].author would so find the author of every item; to prevent this, the last step
//   keeps the place of the item it was last given and collects only when the step before it is that very index. The
//   place stays when the walk comes to objects, so $..[*].name finds names only before the first array.
// * The result of a definite path is the last one found.

namespace stepglass::path {

/// One run of a program: a place in its steps, a value, and the frames above `base_`.
class Evaluator::Walk {
 public:
  Walk(Evaluator& evaluator, const Path::Program& program, const Value& document, const Scope& scope,
       Selection& selection)
      : evaluator_(evaluator),
        frames_(evaluator.frames_),
        made_(evaluator.made_),
        program_(program),
        scope_(scope),
        selection_(selection),
        at_(&document),
        base_(frames_.size()),
        made_base_(made_.size()) {}
  ~Walk() {
    frames_.resize(base_);
    made_.resize(made_base_);
  }
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  bool run() {
    bool fine = descend();
    while (true) {
      if (!fine && !catch_trouble()) return false;
      if (frames_.size() == base_) return true;
      fine = advance();
      if (fine && at_) fine = descend();
    }
  }

 private:
  using Kind = Step::Kind;

  void add(const Value& value) {
    if (program_.definite && !selection_.values.empty()) {
      selection_.values.back() = value;
    } else {
      selection_.values.push_back(value);
    }
  }

  void push(Frame::Kind kind, std::int64_t next, std::int64_t end) {
    frames_.push_back({kind, indexed_, 0, static_cast<std::uint32_t>(step_), at_, next, end, made_.size()});
    indexed_ = false;
  }
  void push_all(Frame::Kind kind) { push(kind, 0, static_cast<std::int64_t>(at_->size())); }

  bool not_found(Trouble::Text text, const String& name = String()) {
    return evaluator_.trouble(Trouble::Kind::NotFound, text, program_, step_, *at_, name);
  }

  /// A last step that names a member collects it, unless a scan handed it the item of another place.
  bool collects(const Step& step) const {
    if (!step.scanned_place) return true;
    const std::int32_t place = evaluator_.scanned_places_[*step.scanned_place];
    const Step& before = program_.steps[step_ - 1];
    return place == -1 || (before.kind == Kind::Index && before.index == place);
  }

  /// Takes steps until this branch ends, in a result, a frame, a miss or trouble.
  bool descend() {
    while (step_ < program_.steps.size()) {
      if (!evaluator_.charge(1)) return false;
      const Step& step = program_.steps[step_];
      bool on = false;
      bool fine = true;
      switch (step.kind) {
        case Kind::Name:
          fine = take_name(step, step.name, on);
          break;
        case Kind::Names:
          fine = take_names(step);
          break;
        case Kind::Index:
        case Kind::Indexes:
        case Kind::Slice:
          fine = take_items(step, on);
          break;
        case Kind::Wildcard:
          if (at_->is_object()) push_all(Frame::Kind::Members);
          if (at_->is_array()) push_all(Frame::Kind::Items);
          break;
        case Kind::Scan:
          if (step.leaf) return evaluator_.fail("Current path token is a leaf");
          if (at_->is_object() || at_->is_array()) push_all(Frame::Kind::Scan);
          break;
        case Kind::Filter:
          fine = take_filter(step, on);
          break;
        case Kind::Function:
          fine = take_function(step, on);
          break;
      }
      if (!fine) return false;
      if (!on) return true;
      ++step_;
    }
    add(*at_);
    return true;
  }

  bool take_name(const Step& step, const String& name, bool& on) {
    if (!at_->is_object()) return !step.upstream_definite || not_found(Trouble::Text::NotAnObject);
    const Value* value = at_->find(name);
    if (!value) {
      const bool silent = step.leaf || !step.upstream_definite || !step.definite;
      if (silent && !scope_.require_properties) return true;
      return not_found(step.leaf ? Trouble::Text::NoSuchName : Trouble::Text::MissingProperty, name);
    }
    on = !step.leaf || collects(step);
    at_ = value;
    return true;
  }

  bool take_names(const Step& step) {
    if (!at_->is_object()) return !step.upstream_definite || not_found(Trouble::Text::NotAnObject);
    if (!step.leaf) {
      push(Frame::Kind::Names, 0, static_cast<std::int64_t>(step.names.size()));
      return true;
    }
    ObjectBuilder merged;
    for (const String& name : step.names) {
      const Value* value = at_->find(name);
      if (value) {
        merged.set(name, *value);
      } else if (scope_.require_properties) {
        return not_found(Trouble::Text::MissingProperty, name);
      }
    }
    add(std::move(merged).build());
    return true;
  }

  bool take_items(const Step& step, bool& on) {
    if (!at_->is_array()) {
      return !step.upstream_definite || not_found(at_->is_null() ? Trouble::Text::IsNull : Trouble::Text::NotAnArray);
    }
    const auto size = static_cast<std::int64_t>(at_->size());
    if (step.kind == Kind::Index) {
      const std::int64_t index = step.index < 0 ? size + step.index : step.index;
      on = index >= 0 && index < size;
      if (on) at_ = at_->at(static_cast<std::size_t>(index));
      indexed_ = indexed_ || on;
      return true;
    }
    if (step.kind == Kind::Indexes) {
      push(Frame::Kind::Indexes, 0, static_cast<std::int64_t>(step.indexes.size()));
      return true;
    }
    // With both ends given Jayway counts from one to the other, and each negative place is one from the end.
    std::int64_t from = step.has_from ? step.index : 0, to = step.has_to ? step.to : size;
    if (!step.has_to && from < 0) from = std::max<std::int64_t>(0, size + from);
    if (!step.has_from && to < 0) to = size + to;
    push(Frame::Kind::Items, std::max(from, -size), std::min(to, size));
    return true;
  }

  bool take_filter(const Step& step, bool& on) {
    if (at_->is_array()) {
      push_all(Frame::Kind::FilteredItems);
      return true;
    }
    if (at_->is_object()) return evaluator_.accepts(*step.filter, *at_, scope_, on);
    if (!step.upstream_definite) return true;
    return evaluator_.trouble(Trouble::Kind::Invalid, Trouble::Text::Primitive, program_, step_, *at_);
  }

  bool take_function(const Step& step, bool& on) {
    Value result;
    if (!evaluator_.call(step, *at_, scope_, result)) return false;
    add(result);
    on = !step.leaf;
    if (!on) return true;
    // The names that keys() gives are a set in Java, which is neither list nor map: a text does as well.
    if (step.function == Function::Keys && result.is_array()) {
      std::string text;
      append_java_text(text, result, kMaxTextOfValue);
      result = Value(text);
    }
    made_.push_back(std::move(result));
    at_ = &made_.back();
    return true;
  }

  /// Whether the step behind a scan is to be tried on `model`.
  bool scan_tries(const Step& target, const Value& model, bool& tries) {
    switch (target.kind) {
      case Kind::Name:
        tries = model.find(target.name) != nullptr;
        return true;
      case Kind::Names:
        tries = model.is_object();
        if (target.leaf) {
          for (const String& name : target.names) tries = tries && model.find(name);
        }
        return true;
      case Kind::Index:
      case Kind::Indexes:
      case Kind::Slice:
        tries = model.is_array();
        return true;
      case Kind::Wildcard:
        tries = true;
        return true;
      case Kind::Filter:
        return evaluator_.accepts(*target.filter, model, scope_, tries);
      default:
        return true;
    }
  }

  /// Goes on with the frame on top: sets the value and step to descend from, or leaves no value when there is nothing
  /// to do at once. A filter may run programs inside, which move the frames: nothing refers to one across that.
  bool advance() {
    made_.resize(frames_.back().made);
    indexed_ = false;
    const std::size_t top = frames_.size() - 1;
    Frame& frame = frames_[top];
    const Step& step = program_.steps[frame.step];
    const Value* const model = frame.model;
    step_ = frame.step + 1;
    at_ = nullptr;
    if (frame.kind == Frame::Kind::Scan) return advance_scan(top);
    if (frame.next >= frame.end) {
      frames_.pop_back();
      return true;
    }
    if (!evaluator_.charge(1)) return false;
    const auto size = static_cast<std::int64_t>(model->size());
    const auto item = [&](std::int64_t place) {
      place = place < 0 ? place + size : place;
      return place < 0 ? nullptr : model->at(static_cast<std::size_t>(place));
    };
    const auto next = static_cast<std::size_t>(frame.next);
    switch (frame.kind) {
      case Frame::Kind::Items:
        at_ = item(frame.next++);
        return true;
      case Frame::Kind::Indexes:
        ++frame.next;
        at_ = item(step.indexes[next]);
        return true;
      case Frame::Kind::Members: {
        ++frame.next;
        const Value* value = &model->members()[next].value;
        step_ = frame.step;
        if (!step.leaf || collects(step)) at_ = value;
        step_ = frame.step + 1;
        return true;
      }
      case Frame::Kind::Names: {
        ++frame.next;
        bool on = false;
        step_ = frame.step;
        at_ = model;
        if (!take_name(step, step.names[next], on)) return false;
        if (!on) at_ = nullptr;
        step_ = frame.step + 1;
        return true;
      }
      case Frame::Kind::FilteredItems: {
        const Value* candidate = item(frame.next++);
        bool accepted = false;
        if (!evaluator_.accepts(*step.filter, *candidate, scope_, accepted)) return false;
        if (accepted) at_ = candidate;
        return true;
      }
      case Frame::Kind::Scan:
        break;
    }
    return true;
  }

  bool advance_scan(std::size_t top) {
    const Value* const model = frames_[top].model;
    const Step& target = program_.steps[frames_[top].step + 1];
    if (frames_[top].phase == 0) {
      if (!evaluator_.charge(1)) return false;
      frames_[top].phase = 2;
      bool tries = false;
      if (!scan_tries(target, *model, tries)) return false;
      if (tries && (model->is_object() || target.leaf)) {
        at_ = model;
        return true;
      }
      if (tries) frames_[top].phase = 1;
    }
    Frame& frame = frames_[top];
    if (frame.phase == 1) {
      if (frame.next < frame.end) {
        const Step& behind = program_.steps[frame.step + 2];
        if (behind.scanned_place) {
          evaluator_.scanned_places_[*behind.scanned_place] = static_cast<std::int32_t>(frame.next);
        }
        step_ = frame.step + 2;
        at_ = model->at(static_cast<std::size_t>(frame.next++));
        return evaluator_.charge(1);
      }
      frame.phase = 2;
      frame.next = 0;
    }
    while (frame.next < frame.end) {
      const auto next = static_cast<std::size_t>(frame.next++);
      const Value* child = model->is_array() ? model->at(next) : &model->members()[next].value;
      if (!evaluator_.charge(1)) return false;
      if (!child->is_array() && !child->is_object()) continue;
      const std::uint32_t step = frame.step;
      frames_.push_back(
          {Frame::Kind::Scan, false, 0, step, child, 0, static_cast<std::int64_t>(child->size()), made_.size()});
      return true;
    }
    frames_.pop_back();
    return true;
  }

  /// Java's catch blocks: true when the walk goes on with the frame that is then on top.
  bool catch_trouble() {
    const Trouble::Kind kind = evaluator_.trouble_.kind;
    if (kind != Trouble::Kind::NotFound && kind != Trouble::Kind::OutOfBounds) return false;
    while (true) {
      if (kind == Trouble::Kind::OutOfBounds && indexed_) return true;
      if (frames_.size() == base_) return false;
      const Frame& frame = frames_.back();
      const bool all_items = frame.kind == Frame::Kind::Items && program_.steps[frame.step].kind == Kind::Wildcard;
      if (kind == Trouble::Kind::NotFound && all_items && !scope_.require_properties) return true;
      const bool items = frame.kind == Frame::Kind::Items || frame.kind == Frame::Kind::Indexes ||
                         frame.kind == Frame::Kind::FilteredItems;
      if (kind == Trouble::Kind::OutOfBounds && items) return true;
      indexed_ = frame.indexed;
      frames_.pop_back();
    }
  }

  Evaluator& evaluator_;
  std::vector<Frame>& frames_;
  std::deque<Value>& made_;
  const Path::Program& program_;
  const Scope& scope_;
  Selection& selection_;
  const Value* at_;
  std::size_t step_ = 0;
  bool indexed_ = false;  // an index step was taken since the frame on top
  const std::size_t base_;
  const std::size_t made_base_;
};

Evaluator::Evaluator(const Path::Program& outermost, const Value& root, std::uint64_t visits)
    : outermost_(outermost),
      root_(root),
      visits_(visits),
      visits_left_(visits),
      scanned_places_(outermost.scanned_places, -1) {}

Result<Value, EvaluationError> Evaluator::run() {
  cache_ = new_cache();
  Value value;
  if (!value_of(outermost_, root_, Scope{&root_, false, &cache_}, value)) return error();
  return value;
}

Cache Evaluator::new_cache() const {
  Cache cache;
  cache.usual.resize(outermost_.caches);
  cache.required.resize(outermost_.caches);
  return cache;
}

bool Evaluator::select(const Path::Program& program, const Value& document, const Scope& scope, Selection& selection) {
  return Walk(*this, program, document, scope, selection).run();
}

bool Evaluator::value_of(const Path::Program& program, const Value& document, const Scope& scope, Value& value) {
  if (program.plain) {
    if (const Value* found = program.find(document)) {
      value = *found;
      return true;
    }
  }
  Selection selection;
  if (!select(program, document, scope, selection)) return false;
  if (!program.definite) {
    value = Value::array(selection.values);
    return true;
  }
  if (selection.values.empty()) {
    return trouble(Trouble::Kind::NotFound, Trouble::Text::NoResults, program, 0, Value());
  }
  value = std::move(selection.values.back());
  return true;
}

bool Evaluator::charge(std::uint64_t visits) {
  if (visits_left_ < visits) {
    visits_left_ = 0;
    return fail(fmt::format("the path looks at more than {} values", visits_));
  }
  visits_left_ -= visits;
  return true;
}

bool Evaluator::fail(std::string message) {
  trouble_ = Trouble();
  trouble_.kind = Trouble::Kind::Failed;
  trouble_.message = std::move(message);
  return false;
}

bool Evaluator::invalid(std::string message) {
  trouble_.kind = Trouble::Kind::Invalid;
  trouble_.text = Trouble::Text::Ready;
  trouble_.message = std::move(message);
  return false;
}

bool Evaluator::trouble(Trouble::Kind kind, Trouble::Text text, const Path::Program& program, std::size_t step,
                        const Value& model, const String& name) {
  trouble_.kind = kind;
  trouble_.text = text;
  trouble_.program = &program;
  trouble_.step = step;
  trouble_.model = model;
  trouble_.name = name;
  return false;
}

namespace {

/// The class that a value has in Java, as Jackson reads it.
std::string java_class(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Opaque:  // never leaves its evaluator
    case Value::Kind::Null:
      return "null";
    case Value::Kind::Boolean:
      return "java.lang.Boolean";
    case Value::Kind::Integer:
      return value.as_integer() >= INT32_MIN && value.as_integer() <= INT32_MAX ? "java.lang.Integer"
                                                                                : "java.lang.Long";
    case Value::Kind::Unsigned:
      return "java.math.BigInteger";
    case Value::Kind::Double:
      return "java.lang.Double";
    case Value::Kind::String:
      return "java.lang.String";
    case Value::Kind::Array:
      return "java.util.ArrayList";
    case Value::Kind::Object:
      return "java.util.LinkedHashMap";
  }
  return "";
}

/// The place a definite stretch of path leads to, as Jayway writes places.
std::string place(const Path::Program& program, std::size_t end) {
  std::string out(1, program.root);
  for (std::size_t i = 0; i < end; ++i) {
    const Step& step = program.steps[i];
    if (step.kind == Step::Kind::Name) out += fmt::format("['{}']", step.name.view());
    if (step.kind == Step::Kind::Index) out += fmt::format("[{}]", step.index);
  }
  return out;
}

}  // namespace

EvaluationError Evaluator::error() const {
  const Trouble& t = trouble_;
  EvaluationError error;
  error.kind = t.kind == Trouble::Kind::NotFound ? EvaluationError::Kind::NotFound : EvaluationError::Kind::Failed;
  std::string model;
  if (t.text == Trouble::Text::NotAnArray || t.text == Trouble::Text::Primitive)
    append_java_text(model, t.model, kMaxTextOfValue);
  switch (t.text) {
    case Trouble::Text::Ready:
      error.message = t.message;
      break;
    case Trouble::Text::MissingProperty:
      error.message = fmt::format("Missing property in path {}['{}']", place(*t.program, t.step), t.name.view());
      break;
    case Trouble::Text::NoSuchName:
      error.message = fmt::format("No results for path: {}['{}']", place(*t.program, t.step), t.name.view());
      break;
    case Trouble::Text::NoResults:
      error.message = "No results for path: " + normalised(*t.program, std::string::npos);
      break;
    case Trouble::Text::NotAnObject: {
      const Step& step = t.program->steps[t.step];
      std::string name;
      if (step.kind == Step::Kind::Name) {
        name = fmt::format("[{0}{1}{0}]", step.quote, step.name.view());
      } else {
        for (const String& each : step.names)
          name += fmt::format("{}{}{}{}", name.empty() ? "[" : ",", step.quote, each.view(), step.quote);
        name += ']';
      }
      if (t.program->dialect == Dialect::StepFunctions) {
        // The service's Jayway is older than the one measured. Seen in reports of users.
        error.message = fmt::format("Property {} not found in path {}", name, place(*t.program, t.step));
        break;
      }
      error.message = fmt::format(
          "Expected to find an object with property {} in path {} but found '{}'. This is not a json object according "
          "to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonProvider'.",
          name, place(*t.program, t.step), java_class(t.model));
      break;
    }
    case Trouble::Text::NotAnArray:
      error.not_an_array = true;
      error.message = fmt::format("Filter: {} can only be applied to arrays. Current context is: {}",
                                  normalised(*t.program, t.step), model);
      break;
    case Trouble::Text::IsNull:
      error.message = fmt::format("The path {} is null", place(*t.program, t.step));
      break;
    case Trouble::Text::Primitive:
      error.message = fmt::format("Filter: {} can not be applied to primitives. Current context is: {}",
                                  normalised(*t.program, t.step), model);
      break;
  }
  if (error.kind == EvaluationError::Kind::NotFound && t.text == Trouble::Text::NoResults && t.program == &outermost_ &&
      outermost_.plain && !outermost_.steps.empty() && outermost_.steps.back().kind == Step::Kind::Index &&
      outermost_.steps.back().index >= 0) {
    // Plain paths miss without trouble only by an index or by a last name; find out whether all but the last are there.
    const Value* at = &root_;
    for (std::size_t i = 0; at && i + 1 < outermost_.steps.size(); ++i) {
      const Step& step = outermost_.steps[i];
      if (step.kind == Step::Kind::Name) {
        at = at->find(step.name);
      } else {
        const auto size = static_cast<std::int64_t>(at->size());
        const std::int64_t index = step.index < 0 ? size + step.index : step.index;
        at = index < 0 ? nullptr : at->at(static_cast<std::size_t>(index));
      }
    }
    error.past_end = at && at->is_array();
  }
  return error;
}

Result<Value, EvaluationError> evaluate(const Path::Program& program, const Value& root, std::uint64_t* visits_left) {
  if (program.plain) {
    if (const Value* found = program.find(root)) return *found;
  }
  const std::uint64_t given = visits_left ? std::min(kMaxPathVisits, *visits_left) : kMaxPathVisits;
  Evaluator evaluator(program, root, given);
  Result<Value, EvaluationError> result = evaluator.run();
  if (visits_left) *visits_left -= given - evaluator.visits_left();
  return result;
}

}  // namespace stepglass::path
