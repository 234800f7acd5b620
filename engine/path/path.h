#pragma once
// A Path (Jayway JsonPath's dialect, as the service takes it): parsed once, evaluated often. A Path may select several
// values; for paths that name exactly one place, and can be written to, see reference_path.h; for a path with the
// root it starts from ($, $$ or $variable), see query.h.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "engine/support/result.h"
#include "engine/value/value.h"

namespace stepglass::path {

/// Whose path it is. The service takes an older Jayway's dialect with additions:
/// * a backslash in a name behind a dot makes the next character part of the name ($.store\.book); in a name between
///   quotes it stands for itself, except before such a quote;
/// * in a filter a word without quotes is a text (@.Name==Receipt);
/// * there are no functions: length() is the name of a member, and is found missing;
/// * one message has other words ("Property ['x'] not found in path $['a']").
enum class Dialect { Jayway, StepFunctions };

/// Why a text is no Path.
struct SyntaxError {
  /// For people.
  std::string message;
  /// Byte offset inside the text.
  std::size_t offset = 0;
  /// Exactly what Jayway says, where that differs from `message` (the name of a Java exception); else empty.
  std::string jayway_message = {};
};

/// Why a Path gives nothing.
struct EvaluationError {
  enum class Kind { NotFound, Failed };
  Kind kind = Kind::NotFound;
  /// In Jayway's words, e.g. "Missing property in path $['no']" or "No results for path: $['name']".
  std::string message;
  /// NotFound, and all that is missing is the item behind the end of an array, the last step of a definite path. The
  /// service takes such a path as null in a payload template, and as a miss elsewhere.
  bool past_end = false;
  /// NotFound, because an index meets something that is no array.
  bool not_an_array = false;
};

class Path {
 public:
  /// Parses `text`. At most kMaxDepth steps, and kMaxDepth levels of filters, parentheses and arguments inside each
  /// other.
  static Result<Path, SyntaxError> parse(std::string_view text, Dialect dialect = Dialect::Jayway);

  /// True when it can select at most one value: only names and single indexes.
  bool is_definite() const;

  /// True when evaluate() gives an array of matches. False for definite paths, for those that end in a function, and
  /// for several names at the end, which give one object.
  bool gives_matches() const;

  /// The path as Jayway spells it: $['a'][0][*][?].
  std::string normalised() const;

  /// A definite path gives the value itself, or NotFound; any other gives an array of all matches in order, possibly
  /// empty; see gives_matches(). `root` is what $ stands for, inside filters too. Nothing of `root` is copied.
  ///
  /// NotFound also when what stands before the first step that can match several is missing, as in $.no[*]. Failed
  /// when a function or a filter cannot work, or after kMaxPathVisits values. What a path that is not plain names looks
  /// at is taken from `visits_left`, which bounds it, too.
  Result<Value, EvaluationError> evaluate(const Value& root, std::uint64_t* visits_left = nullptr) const;

  /// The value that a definite path made of names and indexes selects, without making anything; null pointer when
  /// there is none. Only for is_definite() paths.
  const Value* find(const Value& root) const;

  struct Program;

 private:
  friend class ReferencePath;
  explicit Path(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  std::shared_ptr<const Program> program_;
};

}  // namespace stepglass::path
