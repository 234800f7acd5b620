#pragma once
// Loads a definition: the machine, its scopes, its states. Private to engine/model; see state_machine.h for the way in.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/document/document.h"
#include "engine/model/fields.h"
#include "engine/model/findings.h"
#include "engine/model/name_index.h"
#include "engine/model/state.h"
#include "engine/model/state_machine.h"
#include "engine/model/values.h"

namespace stepglass::loading {

/// The kinds of states, as bits; the n-th bit is the n-th alternative of State::kind.
enum Kind : std::uint16_t {
  kPass = 1 << 0,
  kTask = 1 << 1,
  kChoice = 1 << 2,
  kWait = 1 << 3,
  kSucceed = 1 << 4,
  kFail = 1 << 5,
  kParallel = 1 << 6,
  kMap = 1 << 7,
};

/// One place that names a state: Next, Default, StartAt.
struct Reference {
  static constexpr std::size_t kFromStart = SIZE_MAX;
  std::size_t from;  // index of the state in its scope, or kFromStart
  Node node;         // the string
  Target* target;    // where the state goes
};

/// What the loading of one scope gathers until its states can be connected.
struct ScopeLoad {
  Scope& scope;
  Node object;
  bool is_machine = false;
  std::vector<Reference> references;
  std::vector<Node> state_nodes;  // parallel to scope.states
  /// Something in it could not be understood or is a placeholder, so that nothing can be said of reachability or ends.
  bool has_unknown_target = false;
  bool has_unknown_end = false;
  bool has_placeholder_name = false;
  /// Some state ends the scope.
  bool has_end = false;
};

/// One state while it is read.
struct StateReader {
  class Loader& loader;
  Reading reading;
  ScopeLoad& load;
  State& state;
  Node node;
  Owner owner;

  template <typename T>
  T& as() {
    return std::get<T>(state.kind);
  }
  /// Reads a Next or Default into `target`, which stays where it is until the scope is connected.
  void read_target(Node value, Target& target);
};

/// A retrier or catcher while it is read.
struct HandlerReader {
  StateReader& state;
  Retrier* retrier = nullptr;
  Catcher* catcher = nullptr;

  std::vector<std::string>& error_equals() { return retrier ? retrier->error_equals : catcher->error_equals; }
};

// The tables of fields, for engine/model/vocabulary.h: each stands beside what reads it.
std::vector<std::string_view> machine_field_names(bool is_jsonata);
std::vector<std::string_view> scope_field_names(bool is_processor, bool is_jsonata);
std::vector<std::string_view> processor_config_field_names(bool is_jsonata);
/// Of states of the kinds whose bits are set.
std::vector<std::string_view> state_field_names(std::uint16_t kinds, bool is_jsonata);
/// The words of "Type", by the bits of Kind.
std::span<const std::string_view> kind_words();
/// The error names of the service.
std::span<const std::string_view> error_names();
std::vector<std::string_view> retrier_field_names(bool is_jsonata);
std::vector<std::string_view> catcher_field_names(bool is_jsonata);
std::vector<std::string_view> choice_rule_field_names(bool is_top, bool is_jsonata);
std::vector<std::string_view> item_reader_field_names(bool is_jsonata);
std::vector<std::string_view> reader_config_field_names(bool is_jsonata);
std::vector<std::string_view> item_batcher_field_names(bool is_jsonata);
std::vector<std::string_view> result_writer_field_names(bool is_jsonata);
std::vector<std::string_view> writer_config_field_names(bool is_jsonata);

class Loader {
 public:
  Loader(const Document& document, MachineType type, std::string_view root_location)
      : findings_(document, root_location), type_(type) {}

  LoadedMachine load_machine();
  LoadedMachine load_single_state();

  Findings& findings() { return findings_; }
  QueryLanguage language() const { return language_; }

  /// Loads what `object`, a machine, branch or processor, has in StartAt and States.
  void load_scope(ScopeLoad& load, const Reading& reading, std::optional<Node> start_at, std::optional<Node> states);
  /// Takes note of a distributed Map's label.
  void add_label(Node node) { labels_.push_back(node); }

 private:
  struct Dangling {
    Node node;  // the string that names the target
    bool is_start;
    std::string near;  // the name of its scope that was meant, if any
  };

  Reading reading() { return Reading{.findings = findings_, .language = language_, .express = is_express()}; }
  bool is_express() const { return type_ == MachineType::Express; }
  void load_machine_object(Node root, StateMachine& machine);
  void load_state(ScopeLoad& load, const Reading& reading, Node node);
  void check_state_name(Node node);

  // transitions.cpp
  void connect(ScopeLoad& load, const NameIndex& index);
  void report_dangling();
  void report_duplicates();
  // variables.cpp
  void report_shadowing(Node machine);
  LoadedMachine finish(std::unique_ptr<StateMachine> machine);

  Findings findings_;
  MachineType type_;
  QueryLanguage language_ = QueryLanguage::JSONPath;
  bool single_state_ = false;
  std::vector<Node> names_;  // the states of all scopes
  std::size_t scopes_ = 0;
  std::vector<Dangling> dangling_;
  std::vector<Node> labels_;
};

/// Reads the language of `node`, a QueryLanguage field: what is no "JSONPath" is taken as JSONata, besides its report.
QueryLanguage language_of(Node node, QueryLanguage otherwise);
void check_language_word(const Reading& reading, Node node);

/// Reads the fields of a state that its kind and language allow. Its kind is set already.
void read_state_fields(StateReader& reader);
/// The spelling of a kind: "Pass", … .
std::string_view kind_word(Kind kind);
std::optional<Kind> kind_of_word(std::string_view word);

void read_resource(StateReader& reader, Node node);
void read_credentials(StateReader& reader, Node node);
/// Checks of a Task that concern several of its fields.
void check_task(StateReader& reader, const Fields<StateReader>& fields);
void read_choices(StateReader& reader, Node node);
void read_retry(StateReader& reader, Node node);
void read_catch(StateReader& reader, Node node);
void read_branches(StateReader& reader, Node node);
void read_processor(StateReader& reader, Node node);
void read_item_reader(StateReader& reader, Node node);
void read_item_batcher(StateReader& reader, Node node);
void read_result_writer(StateReader& reader, Node node);
void read_label(StateReader& reader, Node node);
/// Checks of a Map that concern several of its fields; finds out whether it is distributed.
void check_map(StateReader& reader, Fields<StateReader>& fields);

}  // namespace stepglass::loading
