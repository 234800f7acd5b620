// The way in: a machine, its scopes, and the single state of TestState.

#include <algorithm>

#include "engine/document/document.h"
#include "engine/document/jackson.h"
#include "engine/model/loader.h"
#include "engine/model/placeholder.h"
#include "engine/model/service_words.h"
#include "engine/support/limits.h"
#include "engine/support/match.h"
#include "engine/support/text.h"

namespace stepglass {
namespace loading {
namespace {

/// The machine while it is read.
struct MachineReader {
  Reading reading;
  StateMachine& machine;
};

using R = MachineReader;

constexpr Field<MachineReader> kMachineFields[] = {
    {"Comment", kAnyKind, Languages::Both,
     [](R& r, Node n) {
       if (const auto text = read_string(r.reading, n))
         r.machine.comment = r.machine.scope.comment = std::string(*text);
     }},
    {"QueryLanguage", kAnyKind, Languages::Both, [](R& r, Node n) { check_language_word(r.reading, n); }},
    {"StartAt", kAnyKind, Languages::Both, nullptr},
    {"States", kAnyKind, Languages::Both, nullptr},
    {"TimeoutSeconds", kAnyKind, Languages::Both,
     [](R& r, Node n) {
       // The service takes 0 here, too. Measured.
       r.machine.timeout_seconds = read_literal_integer(
           r.reading, n, {.rule = "invalid-machine-timeout", .least = 1, .most = kMaxSeconds, .lenient = true});
     }},
    {"Version", kAnyKind, Languages::Both,
     [](R& r, Node n) {
       if (const auto text = read_word(r.reading, n, "unsupported-version", {"1.0"})) {
         r.machine.version = std::string(*text);
       }
     }},
};
static_assert(is_sorted_by_name(kMachineFields));

}  // namespace

std::vector<std::string_view> machine_field_names(bool is_jsonata) {
  return names_in(kMachineFields, kAnyKind, is_jsonata);
}

void Loader::load_machine_object(Node root, StateMachine& machine) {
  Fields<MachineReader> fields(root, kMachineFields);
  if (const auto node = fields.find("QueryLanguage")) language_ = language_of(*node, language_);
  machine.language = language_;
  MachineReader reader{reading(), machine};
  const Owner owner{.article = "a state machine"};
  fields.report_unknown(reader.reading, owner, kMachineFields);
  machine.scope.span = root.span();
  ScopeLoad load{.scope = machine.scope, .object = root, .is_machine = true, .references = {}, .state_nodes = {}};
  // The fields of the machine itself are told before those of its states.
  fields.read(reader);
  load_scope(load, reader.reading, fields.find("StartAt"), fields.find("States"));
}

void Loader::load_scope(ScopeLoad& load, const Reading& reading, std::optional<Node> start_at,
                        std::optional<Node> states) {
  const Node object = load.object;
  const std::string_view what = load.is_machine ? "the state machine" : "this";
  if (!states || !start_at) {
    const auto missing = [&](std::string_view rule, std::string_view field, std::string_view help) {
      findings_.add({.name = rule,
                     .at = object,
                     .span = head(object),
                     .message = fmt::format("{} has no \"{}\"", what, field),
                     .help = std::string(help)});
    };
    if (!start_at) missing("missing-start-at", "StartAt", "name the state that runs first");
    if (!states) missing("missing-states", "States", "add the states as members of \"States\"");
    findings_.say({.message = !states && !start_at ? service::required({"States", "StartAt"})
                              : !states            ? service::required({"States"})
                                                   : service::required({"StartAt"}),
                   .at = object});
  }
  if (start_at) {
    load.scope.start_at.span = start_at->span();
    if (const auto text = read_string(reading, *start_at)) {
      load.scope.start_at.name = std::string(*text);
      load.references.push_back({Reference::kFromStart, *start_at, &load.scope.start_at});
    } else {
      load.has_unknown_target = true;
    }
  } else {
    load.has_unknown_target = true;
  }
  if (!states) return;
  if (!states->is_object()) {
    report_type(reading, *states, "an object of states", "[OBJECT]");
    return;
  }
  ++scopes_;
  if (states->size() == 0) {
    findings_.add({.name = "empty-states",
                   .at = *states,
                   .span = states->span(),
                   .message = "\"States\" holds no state",
                   .help = "add at least one state"},
                  {.message = std::string(service::kEmpty), .at = *states});
    return;
  }
  std::vector<Node> nodes = states->children();
  NameIndex index;
  index.reserve(nodes.size());
  for (const Node& node : nodes) index.add(node.key());
  index.sort();
  if (!index.superseded().empty()) {
    nodes = unique_children(*states);
    index = NameIndex();
    for (const Node& node : nodes) index.add(node.key());
    index.sort();
  }
  load.scope.states.reserve(nodes.size());  // never moved: targets and readers point into it
  load.state_nodes.reserve(nodes.size());
  for (const Node& node : nodes) load_state(load, reading, node);
  connect(load, index);
}

namespace {

bool ends_scope(const State& state) {
  return match(
      state.kind, [&](const Pass&) { return !state.next; }, [&](const Task&) { return !state.next; },
      [](const Choice&) { return false; }, [&](const Wait&) { return !state.next; },
      [](const Succeed&) { return true; }, [](const Fail&) { return true; },
      [&](const Parallel&) { return !state.next; }, [&](const Map&) { return !state.next; });
}

bool has_control_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7F) return true;
    // U+0080 to U+009F.
    if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

}  // namespace

void Loader::check_state_name(Node node) {
  const std::string_view name = node.key();
  if (contains_placeholder(name)) return;
  const auto report = [&](std::string message, std::string sentence) {
    findings_.add({.name = "invalid-state-name",
                   .at = node,
                   .span = head(node),
                   .message = std::move(message),
                   .help = "write 1 to 80 characters, without control characters"},
                  {.message = std::move(sentence), .at = node, .phase = Phase::Names, .code = "INVALID_STATE_NAME"});
  };
  if (name.empty()) return report("the name of a state is empty", service::empty_state_name());
  if (name.size() > kMaxNameCharacters && count_code_points(name) > kMaxNameCharacters) {
    return report(
        fmt::format("the name of state \"{}\" is longer than {} characters", quoted(name), kMaxNameCharacters),
        service::long_state_name(name));
  }
  if (has_control_character(name)) {
    return report(fmt::format("the name of state \"{}\" has a control character", quoted(name)),
                  service::invalid_state_name(name));
  }
}

void Loader::load_state(ScopeLoad& load, const Reading& scope_reading, Node node) {
  State& state = load.scope.states.emplace_back();
  load.state_nodes.push_back(node);
  if (single_state_) {
    single_state_ = false;  // the states inside it have names
    state.name = "StateName";
  } else {
    state.name = std::string(node.key());
    load.has_placeholder_name = load.has_placeholder_name || contains_placeholder(node.key());
    check_state_name(node);
    names_.push_back(node);
  }
  state.shared_name = String(state.name);
  state.name_span = head(node);
  state.span = node.span();
  const auto give_up = [&] {
    state.has_unknown_kind = load.has_unknown_target = load.has_unknown_end = true;
    const auto end = node.is_object() ? node.find("End") : std::nullopt;
    state.unknown_kind_ends = end && end->is_boolean() && end->boolean();
  };
  if (!node.is_object()) {
    state.has_placeholder_kind = node.is_string() && contains_placeholder(node.text());
    report_type(scope_reading, node, "an object with a \"Type\"", "[OBJECT]");
    return give_up();
  }

  StateReader reader{
      .loader = *this, .reading = scope_reading, .load = load, .state = state, .node = node, .owner = {.article = {}}};
  state.language = language_;
  if (const auto language = node.find("QueryLanguage")) {
    state.language = language_of(*language, language_);
    if (language_ == QueryLanguage::JSONata && state.language == QueryLanguage::JSONPath) {
      reader.owner.any_language = true;
      findings_.add({.name = "query-language-downgrade",
                     .at = *language,
                     .span = language->span(),
                     .message = fmt::format("state \"{}\" is written in JSONPath, but the machine in JSONata",
                                            quoted(state.name)),
                     .help = "delete \"QueryLanguage\" here, or set it for each state instead of the machine"},
                    {.message = std::string(service::kDowngrade), .at = node});
    }
  }
  reader.reading.language = state.language;
  reader.reading.state = node;

  const auto type = node.find("Type");
  if (!type) {
    findings_.add({.name = "missing-state-type",
                   .at = node,
                   .span = head(node),
                   .message = fmt::format("state \"{}\" has no \"Type\"", quoted(state.name)),
                   .help = "write its \"Type\": Pass, Task, Choice, Wait, Succeed, Fail, Parallel or Map"},
                  {.message = service::required({"Type"}), .at = node});
    return give_up();
  }
  const auto word = read_string(reader.reading, *type);
  if (!word) return give_up();
  const auto kind = kind_of_word(*word);
  if (!kind) {
    state.has_placeholder_kind = contains_placeholder(*word);
    if (state.has_placeholder_kind) return give_up();
    static constexpr std::string_view kWords[] = {"Task", "Wait",   "Pass",     "Succeed",
                                                  "Fail", "Choice", "Parallel", "Map"};
    std::string help = "write Pass, Task, Choice, Wait, Succeed, Fail, Parallel or Map";
    std::string suggestion;
    if (const auto near = findings_.suggest(*word, kWords)) {
      help = fmt::format("did you mean \"{}\"?", *near);
      suggestion = *near;
    }
    findings_.add({.name = "unknown-state-type",
                   .at = *type,
                   .span = type->span(),
                   .message = fmt::format("\"{}\" is no type of state", quoted(*word)),
                   .help = std::move(help),
                   .suggestion = std::move(suggestion)},
                  {.message = std::string(service::kStateType), .at = *type});
    return give_up();
  }
  reader.owner.kind = *kind;
  reader.reading.has_result = *kind == kTask || *kind == kParallel || *kind == kMap;
  switch (*kind) {
    case kPass:
      state.kind.emplace<Pass>();
      break;
    case kTask:
      state.kind.emplace<Task>();
      break;
    case kChoice:
      state.kind.emplace<Choice>();
      break;
    case kWait:
      state.kind.emplace<Wait>();
      break;
    case kSucceed:
      state.kind.emplace<Succeed>();
      break;
    case kFail:
      state.kind.emplace<Fail>();
      break;
    case kParallel:
      state.kind.emplace<Parallel>();
      break;
    case kMap:
      state.kind.emplace<Map>();
      break;
  }
  read_state_fields(reader);
  load.has_end = load.has_end || ends_scope(state);
}

namespace {

/// What the service says of a text that it cannot even look into; nothing when the text is a JSON object. It says
/// nothing else then.
std::optional<ServiceDiagnostic> refuse_text(const Document& document) {
  const ServiceDiagnostic no_object{.severity = Severity::Error,
                                    .code = "SCHEMA_VALIDATION_FAILED",
                                    .message = std::string(service::kNoObject),
                                    .location = std::nullopt};
  // Recorded for a blank text, too, though the code MISSING_DESCRIPTION is documented for it.
  if (document.text().find_first_not_of(" \t\r\n") == std::string_view::npos) return no_object;
  const Diagnostics& diagnostics = document.diagnostics();
  const bool broken = std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) {
    return d.name == "json-syntax" || d.name == "invalid-utf8" || d.name == "null-byte";
  });
  if (broken) {
    if (auto error = jackson_error(document.text())) {
      return ServiceDiagnostic{.severity = Severity::Error,
                               .code = "INVALID_JSON_DESCRIPTION",
                               .message = error->text(),
                               .location = std::move(error->location)};
    }
  }
  const auto root = document.root();
  if (!root || !root->is_object()) return no_object;
  return std::nullopt;
}

}  // namespace

LoadedMachine Loader::load_machine() {
  const auto root = findings_.document().root();
  if (!root || !root->is_object()) {
    if (root && !is_missing(*root)) {
      findings_.add({.name = "definition-not-object",
                     .at = *root,
                     .span = head(*root),
                     .message = "the definition is no JSON object",
                     .help = "write {\"StartAt\": …, \"States\": {…}}"});
    }
    return finish(nullptr);
  }
  auto machine = std::make_unique<StateMachine>();
  machine->type = type_;
  load_machine_object(*root, *machine);
  report_shadowing(*root);
  report_dangling();
  report_duplicates();
  return finish(std::move(machine));
}

LoadedMachine Loader::load_single_state() {
  single_state_ = true;
  const auto root = findings_.document().root();
  if (!root || !root->is_object()) return load_machine();
  auto machine = std::make_unique<StateMachine>();
  machine->type = type_;
  Scope& scope = machine->scope;
  scope.span = root->span();
  scope.states.reserve(1);
  ScopeLoad load{.scope = scope, .object = *root, .is_machine = true, .references = {}, .state_nodes = {}};
  Reading state_reading = reading();
  state_reading.has_map_context = true;  // TestState takes a context object with a Map
  load_state(load, state_reading, *root);
  scope.start_at = {.name = scope.states[0].name, .span = root->span(), .state = &scope.states[0]};
  report_dangling();
  report_duplicates();
  return finish(std::move(machine));
}

LoadedMachine Loader::finish(std::unique_ptr<StateMachine> machine) {
  LoadedMachine loaded;
  loaded.machine = std::move(machine);
  const Diagnostics& of_text = findings_.document().diagnostics();
  const bool too_deep =
      std::any_of(of_text.begin(), of_text.end(), [](const Diagnostic& d) { return d.name == "nesting-too-deep"; });
  if (too_deep) {
    findings_.say({.message = std::string(service::kTooDeep), .at = std::nullopt, .code = "TOO_DEEPLY_NESTED"});
  }
  loaded.service_diagnostics = findings_.take_service_diagnostics();
  if (auto refused = refuse_text(findings_.document())) loaded.service_diagnostics = {std::move(*refused)};
  loaded.diagnostics = findings_.take_diagnostics();
  return loaded;
}

}  // namespace loading

LoadedMachine load_state_machine(const Document& document, MachineType type) {
  return loading::Loader(document, type, "").load_machine();
}

LoadedMachine load_single_state(const Document& document, MachineType type) {
  return loading::Loader(document, type, "/States/StateName").load_single_state();
}

bool has_errors(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == Severity::Error) return true;
  }
  return false;
}

const State* find_state(const Scope& scope, std::string_view name) {
  for (const State& state : scope.states) {
    if (state.name == name) return &state;
    if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
      for (const Scope& branch : parallel->branches) {
        if (const State* found = find_state(branch, name)) return found;
      }
    } else if (const auto* map = std::get_if<Map>(&state.kind)) {
      if (const State* found = find_state(map->processor, name)) return found;
    }
  }
  return nullptr;
}

std::string_view kind_name(const State& state) {
  return loading::kind_word(loading::Kind(1 << state.kind.index()));
}

}  // namespace stepglass
