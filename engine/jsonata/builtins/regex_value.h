#pragma once
// The matches of a regular expression in one text, one after the other, with the budget of an evaluation.

#include <cstddef>

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
      : regex_(regex), subject_(subject), evaluation_(evaluation), places_(subject.as_string()) {}

  /// Finds the first match from byte `from` on.
  bool find(std::size_t from);
  /// Finds the match behind one that ended at byte `from`; raises D1004 when it is empty, since it would be found for
  /// ever. None is looked for at the end of the text. Source: evaluateRegex() of the reference.
  bool find_next(std::size_t from);

  // Of the match found last.
  std::size_t begin() const { return match_.groups[0].begin; }
  std::size_t end() const { return match_.groups[0].end; }
  const Regex::Match& match() const { return match_; }
  Utf16Places& places() { return places_; }
  Value text_of_group(std::size_t group);
  /// The texts of the groups; null for one that took no part, where the reference has an array with undefined in it.
  Value groups();
  /// What calling `regex`, of which `regex_` is, gives for it.
  Value object(const RegexValue& regex);

 private:
  const Regex& regex_;
  const Value& subject_;
  Evaluation& evaluation_;
  Utf16Places places_;
  Regex::Match match_;
};

}  // namespace stepglass::jsonata
