// Regular expressions as functions, and the matches that they give.

#include "engine/jsonata/builtins/regex_value.h"

#include <utility>

#include "engine/jsonata/builtins/utf16_places.h"
#include "engine/jsonata/error.h"
#include "engine/jsonata/jsonata.h"

namespace stepglass::jsonata {
namespace {

/// The `next` of a match.
class NextMatch : public NativeFunction {
 public:
  NextMatch(const RegexValue& regex, Value subject, std::size_t from)
      : NativeFunction(Kind::Native), regex_(Regex(regex.regex)), subject_(std::move(subject)), from_(from) {}
  std::size_t arity() const override { return 0; }
  Item call(std::span<const Item>, Evaluation& evaluation) const override {
    RegexMatches matches(regex_.regex, subject_, evaluation);
    return matches.find_next(from_) ? matches.object(regex_) : Item();
  }

 private:
  const RegexValue regex_;
  const Value subject_;
  const std::size_t from_;
};

/// What a regular expression is handed, as String.prototype's methods see it.
Value text_of(const Item& item) {
  if (!item) return Value("undefined");
  if (item->is_string()) return *item;
  return Value(item->is_object() ? std::string("[object Object]") : to_text(*item));
}

}  // namespace

bool RegexMatches::find(std::size_t from) {
  const Regex::Outcome outcome = scan_.search(from, evaluation_.steps_left());
  if (outcome == Regex::Outcome::OutOfSteps) evaluation_.raise_out_of_steps();
  return outcome == Regex::Outcome::Match;
}

bool RegexMatches::find_next(std::size_t from) {
  if (from >= subject_.as_string().size()) return false;
  if (!find(from)) return false;
  if (begin() == end()) throw Raised{make_error("D1004")};
  return true;
}

Value RegexMatches::text_of_group(std::size_t number) {
  const std::string_view text = group(number);
  evaluation_.charge_steps(1 + text.size() / 16);
  evaluation_.charge_bytes(text.size() + kStringBytes);
  return Value(text);
}

Value RegexMatches::groups() {
  evaluation_.charge_steps(group_count_);
  evaluation_.charge_bytes(kArrayBytes + group_count_ * sizeof(Value));
  ArrayBuilder groups(group_count_);
  for (std::size_t number = 1; number <= group_count_; ++number) {
    groups.add(scan_.group(number).matched() ? text_of_group(number) : Value());
  }
  return std::move(groups).build();
}

Value RegexMatches::object(const RegexValue& regex) {
  evaluation_.charge_bytes(kObjectBytes + 5 * sizeof(Member) + sizeof(NextMatch));
  if (!keys_) keys_ = decltype(keys_)::value_type{};
  ObjectBuilder object(5);
  object.set(keys_->match, text_of_group(0));
  object.set(keys_->start, Value(static_cast<std::int64_t>(places_.units_before(begin()))));
  object.set(keys_->end, Value(static_cast<std::int64_t>(places_.units_before(end()))));
  object.set(keys_->groups, groups());
  object.set(keys_->next, Value(new NextMatch(regex, subject_, end())));
  return std::move(object).build();
}

Item RegexValue::call(std::span<const Item> arguments, Evaluation& evaluation) const {
  const Value subject = text_of(arguments.empty() ? Item() : arguments[0]);
  RegexMatches matches(regex, subject, evaluation);
  std::size_t from = 0;
  if (arguments.size() > 1 && arguments[1] && arguments[1]->is_number() && arguments[1]->as_double() >= 1) {
    const std::size_t size = subject.as_string().size();
    // A text has at most one UTF-16 unit a byte.
    if (arguments[1]->as_double() > static_cast<double>(size)) return {};
    const auto unit = static_cast<std::size_t>(arguments[1]->as_double());
    from = matches.places().byte_of(unit);
    if (from == size && matches.places().units_before(size) < unit) return {};
  }
  return matches.find(from) ? matches.object(*this) : Item();
}

}  // namespace stepglass::jsonata
