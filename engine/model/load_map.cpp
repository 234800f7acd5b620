// Parallel and Map: branches, processors, and what distributed Maps have.

#include "engine/model/loader.h"
#include "engine/model/placeholder.h"
#include "engine/model/service_words.h"
#include "engine/support/text.h"

namespace stepglass::loading {
namespace {

// ------------------------------------------------------------------------------------------------------------ scopes

enum ScopeKind : std::uint16_t { kBranch = 1, kProcessor = 2 };

struct ScopeReader {
  Reading reading;
  Scope& scope;
};

constexpr Field<ScopeReader> kScopeFields[] = {
    {"Comment", kAnyKind, Languages::Both,
     [](ScopeReader& r, Node n) {
       if (const auto text = read_string(r.reading, n)) r.scope.comment = std::string(*text);
     }},
    {"ProcessorConfig", kProcessor, Languages::Both, nullptr},
    {"QueryLanguage", 0, Languages::Both, nullptr},  // refused, for the language of the machine holds. Measured.
    {"StartAt", kAnyKind, Languages::Both, nullptr},
    {"States", kAnyKind, Languages::Both, nullptr},
    {"TimeoutSeconds", 0, Languages::Both, nullptr},
    {"Version", 0, Languages::Both, nullptr},
};
static_assert(is_sorted_by_name(kScopeFields));

std::string_view rule_in_scope(std::string_view field) {
  return field == "QueryLanguage" ? "item-processor-query-language" : "field-not-allowed-for-type";
}

struct ConfigReader {
  Reading reading;
  bool express = false;
};

constexpr Field<ConfigReader> kConfigFields[] = {
    {"ExecutionType", kAnyKind, Languages::Both,
     [](ConfigReader& r, Node n) {
       const auto word = read_word(r.reading, n, "invalid-execution-type", {"STANDARD", "EXPRESS"});
       r.express = word && *word == "EXPRESS";
     }},
    {"Mode", kAnyKind, Languages::Both,
     [](ConfigReader& r, Node n) {
       read_word(r.reading, n, "unknown-processor-mode", {"INLINE", "DISTRIBUTED"});
     }},
};
static_assert(is_sorted_by_name(kConfigFields));

void load_child_scope(StateReader& r, Node node, Scope& scope, ScopeKind kind, Reading reading) {
  scope.span = node.span();
  if (!node.is_object()) {
    report_type(r.reading, node, "an object with \"StartAt\" and \"States\"", "[OBJECT]");
    return;
  }
  Fields<ScopeReader> fields(node, kScopeFields);
  const Owner owner{
      .article = kind == kBranch ? "a branch" : "a processor", .kind = kind, .rule_of_field = rule_in_scope};
  fields.report_unknown(reading, owner, kScopeFields);
  fields.check_allowed(reading, owner);
  ScopeReader scope_reader{reading, scope};
  fields.read(scope_reader);
  ScopeLoad load{.scope = scope, .object = node, .references = {}, .state_nodes = {}};
  r.loader.load_scope(load, reading, fields.find("StartAt"), fields.find("States"));
}

/// Reads ProcessorConfig; true when the children are Express executions.
bool read_config(StateReader& r, Node node) {
  if (!node.is_object()) {
    report_type(r.reading, node, "an object with \"Mode\"", "[OBJECT]");
    return false;
  }
  ConfigReader config{r.reading};
  Fields<ConfigReader> fields(node, kConfigFields);
  const Owner owner{.article = "a processor's configuration"};
  fields.report_unknown(r.reading, owner, kConfigFields);
  const auto mode = fields.find("Mode");
  const bool known_mode = mode && mode->is_string();
  const auto type = fields.find("ExecutionType");
  if (known_mode && mode->text() == "DISTRIBUTED") {
    if (!type) {
      r.reading.findings.add({.name = "invalid-execution-type",
                              .at = node,
                              .span = head(node),
                              .message = "a distributed Map has to say how its children run",
                              .help = "write \"ExecutionType\": \"STANDARD\" or \"EXPRESS\""},
                             {.message = service::required({"ExecutionType"}), .at = node});
    }
    if (r.reading.express) {
      r.reading.findings.add({.name = "express-distributed-map",
                              .at = *mode,
                              .span = mode->span(),
                              .message = "a distributed Map cannot run in an Express execution",
                              .help = "make the machine Standard, or the Map INLINE"},
                             {.message = std::string(service::kExpressDistributed), .at = *mode});
    }
  } else if (type && (!mode || (known_mode && mode->text() == "INLINE"))) {
    Finding finding{.name = "invalid-execution-type",
                    .at = *type,
                    .span = type->key_span(),
                    .message = "an INLINE Map has no \"ExecutionType\"",
                    .help = "delete it, or write \"Mode\": \"DISTRIBUTED\""};
    if (mode) {
      fields.skip("ExecutionType");
      r.reading.findings.add(std::move(finding), {.message = service::not_supported("ExecutionType"), .at = node});
    } else {
      finding.severity = Severity::Warning;
      r.reading.findings.add(std::move(finding));
    }
  }
  fields.read(config);
  return config.express;
}

}  // namespace

std::vector<std::string_view> scope_field_names(bool is_processor, bool is_jsonata) {
  return names_in(kScopeFields, is_processor ? kProcessor : kBranch, is_jsonata);
}
std::vector<std::string_view> processor_config_field_names(bool is_jsonata) {
  return names_in(kConfigFields, kAnyKind, is_jsonata);
}

void read_branches(StateReader& r, Node node) {
  if (!node.is_array()) return report_type(r.reading, node, "an array of branches", "[ARRAY]");
  if (node.size() == 0) {
    r.reading.findings.add({.name = "empty-branches",
                            .at = node,
                            .span = node.span(),
                            .message = fmt::format("Parallel state \"{}\" has no branch", quoted(r.state.name)),
                            .help = "add at least one branch"},
                           {.message = std::string(service::kEmpty), .at = node});
  }
  Reading reading = r.reading;
  reading.language = r.loader.language();
  std::vector<Scope>& branches = r.as<Parallel>().branches;
  branches.reserve(node.size());
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    load_child_scope(r, *child, branches.emplace_back(), kBranch, reading);
  }
}

void read_processor(StateReader& r, Node node) {
  Map& map = r.as<Map>();
  const auto config = node.is_object() ? node.find("ProcessorConfig") : std::nullopt;
  if (config) map.express_children = read_config(r, *config);
  Reading reading = r.reading;
  reading.language = r.loader.language();
  reading.has_map_context = true;
  reading.express = r.reading.express || (map.distributed && map.express_children);
  load_child_scope(r, node, map.processor, kProcessor, reading);
}

void check_map(StateReader& r, Fields<StateReader>& fields) {
  Map& map = r.as<Map>();
  const auto processor = fields.find("ItemProcessor");
  const auto iterator = fields.find("Iterator");
  if (processor && iterator) {
    report_both(r.reading, "iterator-and-item-processor", r.node, *processor, *iterator, "ItemProcessor, Iterator");
    fields.skip("Iterator");
  } else if (!processor && !iterator) {
    r.reading.findings.add({.name = "missing-item-processor",
                            .at = r.node,
                            .span = head(r.node),
                            .message = fmt::format("Map state \"{}\" has no \"ItemProcessor\"", quoted(r.state.name)),
                            .help = "write what is done with each item"},
                           {.message = service::none_of("ItemProcessor, Iterator"), .at = r.node});
  }
  const auto deprecated = [&](std::string_view old_name, std::string_view new_name) {
    const auto node = fields.find(old_name);
    if (!node || fields.has(new_name) || r.reading.is_jsonata()) return;
    r.reading.findings.add({.name = "deprecated-map-field",
                            .at = *node,
                            .span = node->key_span(),
                            .message = fmt::format("\"{}\" is the older name of \"{}\"", old_name, new_name),
                            .help = fmt::format("write \"{}\"", new_name),
                            .severity = Severity::Info,
                            .suggestion = std::string(new_name)});
  };
  deprecated("Iterator", "ItemProcessor");
  deprecated("Parameters", "ItemSelector");

  const auto body = processor ? processor : iterator;
  const auto config = body && body->is_object() ? body->find("ProcessorConfig") : std::nullopt;
  const auto mode = config && config->is_object() ? config->find("Mode") : std::nullopt;
  map.distributed = mode && mode->is_string() && mode->text() == "DISTRIBUTED";
  const bool inline_mode = !mode || (mode->is_string() && mode->text() == "INLINE");
  if (!inline_mode) return;
  static constexpr std::string_view kDistributedFields[] = {"ItemReader",
                                                            "ItemBatcher",
                                                            "ResultWriter",
                                                            "Label",
                                                            "ToleratedFailureCount",
                                                            "ToleratedFailureCountPath",
                                                            "ToleratedFailurePercentage",
                                                            "ToleratedFailurePercentagePath"};
  for (const std::string_view name : kDistributedFields) {
    const auto node = fields.find(name);
    if (!node) continue;
    // The service takes ToleratedFailureCount here and lets it have no effect (recorded); the others are not known.
    r.reading.findings.add({.name = "distributed-only-field",
                            .at = *node,
                            .span = node->key_span(),
                            .message = fmt::format("\"{}\" has no effect on an INLINE Map", name),
                            .help = "write \"Mode\": \"DISTRIBUTED\" in ProcessorConfig, or delete it",
                            .severity = Severity::Warning});
  }
}

void read_label(StateReader& r, Node node) {
  constexpr std::size_t kMaxLabelCharacters = 40;
  constexpr std::string_view kForbidden = "?*<>{}[]:;,\\|^~$#%&`\"";
  const auto text = read_string(r.reading, node, "invalid-map-label");
  if (!text) return;
  r.as<Map>().label = std::string(*text);
  if (contains_placeholder(*text)) return;
  r.loader.add_label(node);
  const auto report = [&](std::string message, std::string sentence) {
    r.reading.findings.add({.name = "invalid-map-label",
                            .at = node,
                            .span = node.span(),
                            .message = std::move(message),
                            .help = "write 1 to 40 letters, digits, - or _"},
                           {.message = std::move(sentence), .at = node, .code = "INVALID_LABEL_NAME"});
  };
  if (count_code_points(*text) > kMaxLabelCharacters) {
    return report(fmt::format("label \"{}\" is longer than {} characters", quoted(*text), kMaxLabelCharacters),
                  service::long_label(*text));
  }
  bool bad = text->empty();
  for (std::size_t offset = 0; offset < text->size() && !bad;) {
    const char32_t c = next_code_point(*text, offset);
    // U+0080 to U+009F are controls, U+00A0 and the like are blanks.
    bad = c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
          c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 ||
          (c < 0x7F && kForbidden.find(static_cast<char>(c)) != std::string_view::npos);
  }
  if (bad) {
    report(fmt::format("\"{}\" is no label", quoted(*text)), service::invalid_label(*text));
  }
}

}  // namespace stepglass::loading
