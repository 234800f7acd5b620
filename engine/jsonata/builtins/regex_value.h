#pragma once
// The matches of a regular expression in one text, one after the other, with the budget of an evaluation.

#include <cstddef>
#include <optional>
#include <string_view>

#include "engine/jsonata/builtins/utf16_places.h"
#include "engine/jsonata/evaluation.h"
#include "engine/jsonata/function_value.h"
#include "engine/support/regex.h"
#include "engine/value/value.h"

namespace stepglass::jsonata {

class RegexMatches {
 public:
  /// `regex` and `subject`, a string, outlive this.
  RegexMatches(const Regex& regex, const Value& subject, Evaluation& evaluation)
      : scan_(regex, subject.as_string()),
        group_count_(regex.group_count()),
        subject_(subject),
        evaluation_(evaluation),
        places_(subject.as_string()) {
    evaluation.charge_steps(1 + subject.as_string().size() / 64);  // for is_ascii
  }

  /// Finds the first match from byte `from` on.
  bool find(std::size_t from);
  /// Finds the match behind one that ended at byte `from`; raises D1004 when it is empty, since it would be found for
  /// ever. None is looked for at the end of the text. Source: evaluateRegex() of the reference.
  bool find_next(std::size_t from);

  // Of the match found last.
  std::size_t begin() const { return scan_.group(0).begin; }
  std::size_t end() const { return scan_.group(0).end; }
  std::size_t group_count() const { return group_count_; }
  /// The text of group `number`, 0 for the whole match; empty when it took no part.
  std::string_view group(std::size_t number) const { return scan_.group(number).of(subject_.as_string()); }
  Utf16Places& places() { return places_; }
  /// The same as a string.
  Value text_of_group(std::size_t number);
  /// The texts of the groups; null for one that took no part, where the reference has an array with undefined in it.
  Value groups();
  /// What calling `regex`, whose matches these are, gives for it.
  Value object(const RegexValue& regex);

 private:
  Regex::Scan scan_;
  const std::size_t group_count_;
  const Value& subject_;
  Evaluation& evaluation_;
  Utf16Places places_;
  /// Of object(), made when it is first called.
  struct Keys {
    String match{"match"}, start{"start"}, end{"end"}, groups{"groups"}, next{"next"};
  };
  std::optional<Keys> keys_;
};

}  // namespace stepglass::jsonata
