#pragma once
// What loading finds, in two vocabularies: our diagnostic with its place, and the sentence of the service's
// ValidateStateMachineDefinition where it has one. Private to engine/model.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/document.h"
#include "engine/model/state_machine.h"
#include "engine/support/text.h"

namespace stepglass::loading {

struct Finding {
  std::string_view name;
  /// The place that the pointer names.
  Node at;
  Span span;
  std::string message;
  std::string help = {};
  Severity severity = Severity::Error;
  /// The word that most likely is meant in place of what `span` covers; empty when there is none.
  std::string suggestion = {};
};

/// The service reports in this order: what is wrong with single objects, names that stand twice, targets that do not
/// exist, a machine without end, states out of reach. Warnings come last.
enum class Phase : std::uint8_t { Schema, Names, Targets, End, Reach, Warning };

struct ServiceWords {
  std::string message;
  /// The place that the location names; absent: the service gives none.
  std::optional<Node> at;
  Phase phase = Phase::Schema;
  std::string_view code = "SCHEMA_VALIDATION_FAILED";
};

class Findings {
 public:
  /// `root_location` is what the service calls the root: "" for a machine, "/States/StateName" for a single state.
  Findings(const Document& document, std::string_view root_location);

  /// A problem that the service does not report: then it is no error of ours either.
  void add(Finding finding);
  /// A problem that the service reports, too.
  void add(Finding finding, ServiceWords words);
  /// What only the service reports, such as one sentence for several problems.
  void say(const ServiceWords& words);

  /// All problems of text and structure, by place, then name. Names that a broken text makes guesswork, such as what is
  /// missing, are left out when there are syntax errors.
  Diagnostics take_diagnostics();
  std::vector<ServiceDiagnostic> take_service_diagnostics();

  /// "/States/S/Choices[0]": as the service writes a place. Nothing when it is absurdly long.
  std::optional<std::string> location(Node node) const;
  /// The text of `node` in the document, short enough for a message.
  std::string shown(Node node) const;

  const Document& document() const { return document_; }
  /// The candidate that `word` most likely means. Gives up after much work, so that hostile text takes linear time.
  template <typename Range>
  std::optional<std::string_view> suggest(std::string_view word, const Range& candidates);
  /// False when suggest() would give up over so many candidates.
  bool can_suggest(std::size_t candidates) const { return candidates <= comparisons_left_; }

 private:
  struct Count {
    std::string_view name;
    std::size_t count;
  };

  const Document& document_;
  std::string root_location_;
  Diagnostics diagnostics_;
  std::vector<Count> counts_;
  std::vector<ServiceDiagnostic> service_[6];
  std::size_t pointer_bytes_left_;
  std::size_t comparisons_left_;
};

/// `text` in a message: printable, and cut when it is long.
std::string quoted(std::string_view text);

/// The place that stands for the whole of `node`: its key, or else its first byte.
Span head(Node node);

template <typename Range>
std::optional<std::string_view> Findings::suggest(std::string_view word, const Range& candidates) {
  const std::size_t cost = std::size(candidates);
  if (cost > comparisons_left_) return std::nullopt;
  comparisons_left_ -= cost;
  return nearest(word, candidates);
}

}  // namespace stepglass::loading
