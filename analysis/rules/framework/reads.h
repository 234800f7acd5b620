#pragma once
// What a state reads: the paths in its fields, with their places.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analysis/rules/framework/machine_view.h"
#include "engine/intrinsic/intrinsic.h"
#include "engine/path/query.h"

namespace stepglass::analysis {

/// The definite beginning of a path: names and indexes, up to the first step that can select several.
struct Steps {
  using Step = std::variant<std::string, std::int64_t>;
  std::vector<Step> steps;
  /// The path has no other steps.
  bool complete = true;
};

/// Reads the steps of `text` behind its root: `.a[0]` of `$.a[0]`.
Steps read_steps(std::string_view text);

/// `.a[0]`: as people write it.
std::string steps_text(const std::vector<Steps::Step>& steps);

struct Read {
  Node at;  // the string in which it stands
  /// As written, e.g. "$.a[0]"; lives as long as the call. Only what it starts from has been understood.
  std::string_view text;
  path::Query::Root root = path::Query::Root::Document;
  /// The variable's name without $, when it starts from one.
  std::string_view variable;
  std::string_view field;  // the field of the state: "Parameters", "Choices", …
  /// The string is the path and nothing else, or an argument of a call.
  bool whole = true;
  /// The comparison in whose Variable it stands, e.g. "NumericEquals"; empty elsewhere.
  std::string_view test = {};
  /// That is IsPresent.
  bool tests_presence = false;
};

Steps read_steps(const Read& read);
Steps read_steps(const path::Query& query);

/// Calls `f` for each path in the fields of a JSONPath state, in the order written. Inner scopes are left out.
void for_each_read(Node state, const std::function<void(const Read&)>& f);

/// Calls `f(call, at, field)` for each intrinsic call in the fields of a JSONPath state that parses.
void for_each_call(Node state,
                   const std::function<void(const intrinsic::Call& call, Node at, std::string_view field)>& f);

/// Calls `f(expression, at, field)` for each text between {% and %} in the fields of a JSONata state, without these.
void for_each_expression(Node state,
                         const std::function<void(std::string_view expression, Node at, std::string_view field)>& f);

/// The variables that a JSONata expression reads and does not bind anywhere itself, without $, each once; neither what
/// is called as a function nor $states. Works on the words of the text, so that broken expressions have variables, too.
std::vector<std::string> free_variables(std::string_view expression);

}  // namespace stepglass::analysis
