// The field table of states, and how the simple fields are read. For Task see load_task.cpp, for Choice
// load_choice.cpp, for Retry and Catch load_retry.cpp, for Map and Parallel load_map.cpp.

#include "engine/model/loader.h"
#include "engine/model/placeholder.h"
#include "engine/model/service_words.h"
#include "engine/model/timestamp.h"
#include "engine/support/match.h"
#include "engine/support/sort.h"

namespace stepglass::loading {
namespace {

constexpr std::uint16_t kSteps = kPass | kTask | kWait | kParallel | kMap;  // have Next or End
constexpr std::uint16_t kWorkers = kTask | kParallel | kMap;                // have Retry and Catch

IntegerRule seconds_rule(std::string_view rule, std::int64_t least) {
  return {.rule = rule, .least = least, .most = kMaxSeconds};
}

/// Sets an IntegerField and the like from its …Path form.
template <typename Field>
void set_path(const Reading& reading, Field& field, Node node, PathUse use, std::string_view rule) {
  if (auto query = read_path(reading, node, use, rule)) field = std::move(*query);
}

void read_comment(StateReader& r, Node node) {
  if (const auto text = read_string(r.reading, node)) r.state.comment = std::string(*text);
}

void read_end(StateReader& r, Node node) {
  if (!node.is_boolean() && !(node.is_string() && contains_placeholder(node.text()))) {
    report_type(r.reading, node, "true or false", "[BOOLEAN]");
  }
}

void read_timestamp(StateReader& r, Node node) {
  Wait& wait = r.as<Wait>();
  const auto text = read_string(r.reading, node, "invalid-timestamp");
  if (!text) return;
  if (r.reading.is_jsonata() && (text->starts_with("{%") || text->ends_with("%}"))) {
    wait.timestamp = read_jsonata(r.reading, node);
    return;
  }
  if (const auto instant = parse_timestamp(*text)) {
    wait.timestamp = *instant;
    return;
  }
  if (contains_placeholder(*text)) return;
  r.reading.findings.add({.name = "invalid-timestamp",
                          .at = node,
                          .span = node.span(),
                          .message = fmt::format("\"{}\" is no timestamp", quoted(*text)),
                          .help = "write it as 2024-02-29T12:00:00Z, or with an offset such as +01:00"},
                         {.message = std::string(service::kTimestamp), .at = node});
}

TemplateField& parameters_of(StateReader& r) {
  switch (r.owner.kind) {
    case kTask:
      return r.as<Task>().parameters;
    case kParallel:
      return r.as<Parallel>().parameters;
    case kMap:
      return r.as<Map>().item_selector;  // the older name of ItemSelector
    default:
      return r.as<Pass>().parameters;
  }
}

void read_max_concurrency(StateReader& r, Node node) {
  // A very large number is accepted: it has no effect beyond the service's own ceiling. Measured.
  r.as<Map>().max_concurrency =
      read_integer(r.reading, node, {.rule = "invalid-max-concurrency", .least = 0, .most = INT64_MAX});
}

using R = StateReader;

constexpr Field<StateReader> kStateFields[] = {
    {"Arguments", kTask | kParallel, Languages::JSONata,
     [](R& r, Node n) { parameters_of(r) = read_template(r.reading, n); }},
    {"Assign", kSteps | kChoice, Languages::Both, [](R& r, Node n) { r.state.assign = read_assign(r.reading, n); }},
    {"Branches", kParallel, Languages::Both, read_branches},
    {"Catch", kWorkers, Languages::Both, read_catch},
    {"Cause", kFail, Languages::Both, [](R& r, Node n) { r.as<Fail>().cause = read_text(r.reading, n); }},
    {"CausePath", kFail, Languages::JSONPath, [](R& r, Node n) { r.as<Fail>().cause = read_text_path(r.reading, n); }},
    {"Choices", kChoice, Languages::Both, read_choices},
    {"Comment", kAnyKind, Languages::Both, read_comment},
    {"Credentials", kTask, Languages::Both, read_credentials},
    {"Default", kChoice, Languages::Both,
     [](R& r, Node n) { r.read_target(n, r.as<Choice>().default_next.emplace()); }},
    {"End", kSteps, Languages::Both, read_end},
    {"Error", kFail, Languages::Both, [](R& r, Node n) { r.as<Fail>().error = read_text(r.reading, n); }},
    {"ErrorPath", kFail, Languages::JSONPath, [](R& r, Node n) { r.as<Fail>().error = read_text_path(r.reading, n); }},
    {"HeartbeatSeconds", kTask, Languages::Both,
     [](R& r, Node n) {
       r.as<Task>().heartbeat_seconds = read_integer(r.reading, n, seconds_rule("invalid-timeout-seconds", 1));
     }},
    {"HeartbeatSecondsPath", kTask, Languages::JSONPath,
     [](R& r, Node n) {
       set_path(r.reading, r.as<Task>().heartbeat_seconds, n, PathUse::Reference, "invalid-timeout-path");
     }},
    {"InputPath", kSteps | kChoice | kSucceed, Languages::JSONPath,
     [](R& r, Node n) { r.state.input_path = read_data_path(r.reading, n); }},
    {"ItemBatcher", kMap, Languages::Both, read_item_batcher},
    {"ItemProcessor", kMap, Languages::Both, read_processor},
    {"ItemReader", kMap, Languages::Both, read_item_reader},
    {"ItemSelector", kMap, Languages::Both,
     [](R& r, Node n) {
       Reading reading = r.reading;
       reading.has_map_context = true;
       r.as<Map>().item_selector = read_template(reading, n);
     }},
    {"Items", kMap, Languages::JSONata, [](R& r, Node n) { r.as<Map>().items = read_jsonata(r.reading, n); }},
    {"ItemsPath", kMap, Languages::JSONPath,
     [](R& r, Node n) { r.as<Map>().items_path = read_path(r.reading, n, PathUse::Items, "invalid-items-path"); }},
    {"Iterator", kMap, Languages::Both, read_processor},
    {"Label", kMap, Languages::Both, read_label},
    {"MaxConcurrency", kMap, Languages::Both, read_max_concurrency},
    {"MaxConcurrencyPath", kMap, Languages::JSONPath,
     [](R& r, Node n) {
       set_path(r.reading, r.as<Map>().max_concurrency, n, PathUse::Reference, "invalid-reference-path");
     }},
    {"Next", kSteps, Languages::Both, [](R& r, Node n) { r.read_target(n, r.state.next.emplace()); }},
    {"Output", kSteps | kChoice | kSucceed, Languages::JSONata,
     [](R& r, Node n) { r.state.output = read_jsonata(r.reading, n); }},
    {"OutputPath", kSteps | kChoice | kSucceed, Languages::JSONPath,
     [](R& r, Node n) { r.state.output_path = read_data_path(r.reading, n); }},
    {"Parameters", kPass | kWorkers, Languages::JSONPath,
     [](R& r, Node n) {
       Reading reading = r.reading;
       reading.has_map_context = reading.has_map_context || r.owner.kind == kMap;
       parameters_of(r) = read_template(reading, n);
     }},
    {"QueryLanguage", kAnyKind, Languages::Both, [](R& r, Node n) { check_language_word(r.reading, n); }},
    {"Resource", kTask, Languages::Both, read_resource},
    {"Result", kPass, Languages::JSONPath,
     [](R& r, Node n) {
       r.as<Pass>().result = n.value();
       warn_of_static_result(r.reading, n);
     }},
    {"ResultPath", kPass | kWorkers, Languages::JSONPath,
     [](R& r, Node n) { r.state.result_path = read_result_path(r.reading, n, "invalid-reference-path"); }},
    {"ResultSelector", kWorkers, Languages::JSONPath,
     [](R& r, Node n) { r.state.result_selector = read_template(r.reading, n); }},
    {"ResultWriter", kMap, Languages::Both, read_result_writer},
    {"Retry", kWorkers, Languages::Both, read_retry},
    {"Seconds", kWait, Languages::Both,
     [](R& r, Node n) { r.as<Wait>().seconds = read_integer(r.reading, n, seconds_rule("invalid-wait-seconds", 0)); }},
    {"SecondsPath", kWait, Languages::JSONPath,
     [](R& r, Node n) { set_path(r.reading, r.as<Wait>().seconds, n, PathUse::Reference, "invalid-wait-path"); }},
    {"TimeoutSeconds", kTask, Languages::Both,
     [](R& r, Node n) {
       r.as<Task>().timeout_seconds = read_integer(r.reading, n, seconds_rule("invalid-timeout-seconds", 1));
     }},
    {"TimeoutSecondsPath", kTask, Languages::JSONPath,
     [](R& r, Node n) {
       set_path(r.reading, r.as<Task>().timeout_seconds, n, PathUse::Reference, "invalid-timeout-path");
     }},
    {"Timestamp", kWait, Languages::Both, read_timestamp},
    {"TimestampPath", kWait, Languages::JSONPath,
     [](R& r, Node n) { set_path(r.reading, r.as<Wait>().timestamp, n, PathUse::Reference, "invalid-wait-path"); }},
    {"ToleratedFailureCount", kMap, Languages::Both,
     [](R& r, Node n) {
       r.as<Map>().tolerated_failure_count =
           read_integer(r.reading, n, {.rule = "invalid-tolerated-failure", .least = 0, .most = INT64_MAX});
     }},
    {"ToleratedFailureCountPath", kMap, Languages::JSONPath,
     [](R& r, Node n) {
       set_path(r.reading, r.as<Map>().tolerated_failure_count, n, PathUse::Reference, "invalid-reference-path");
     }},
    {"ToleratedFailurePercentage", kMap, Languages::Both,
     [](R& r, Node n) {
       r.as<Map>().tolerated_failure_percentage =
           read_number(r.reading, n, {.rule = "invalid-tolerated-failure", .least = 0, .most = 100});
     }},
    {"ToleratedFailurePercentagePath", kMap, Languages::JSONPath,
     [](R& r, Node n) {
       set_path(r.reading, r.as<Map>().tolerated_failure_percentage, n, PathUse::Reference, "invalid-reference-path");
     }},
    {"Type", kAnyKind, Languages::Both, nullptr},
};
static_assert(is_sorted_by_name(kStateFields));

constexpr std::string_view kKindWords[] = {"Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"};
constexpr std::string_view kOwners[] = {"a Pass state",    "a Task state", "a Choice state",   "a Wait state",
                                        "a Succeed state", "a Fail state", "a Parallel state", "a Map state"};

int index_of(Kind kind) {
  int index = 0;
  while ((kind >> index) != 1) ++index;
  return index;
}

/// `field` is missing, which `kind` of states must have.
void require(StateReader& r, const Fields<StateReader>& fields, std::string_view rule, std::string_view field,
             std::string help) {
  if (fields.has(field)) return;
  r.reading.findings.add({.name = rule,
                          .at = r.node,
                          .span = head(r.node),
                          .message = fmt::format("{} state \"{}\" has no \"{}\"", kind_word(Kind(r.owner.kind)),
                                                 quoted(r.state.name), field),
                          .help = std::move(help)},
                         {.message = service::required({field}), .at = r.node});
}

/// Two of `fields`, of which only one can be there.
void exclude(StateReader& r, const Fields<StateReader>& fields, std::string_view rule, std::string_view first,
             std::string_view second) {
  const auto a = fields.find(first);
  const auto b = fields.find(second);
  if (!a || !b) return;
  report_both(r.reading, rule, r.node, *a, *b, fmt::format("{}, {}", first, second));
}

void check_transition(StateReader& r, const Fields<StateReader>& fields) {
  if ((r.owner.kind & kSteps) == 0) return;
  const auto next = fields.find("Next");
  const auto end = fields.find("End");
  const bool unknown_end = end && !end->is_boolean();
  const bool ends = end && end->is_boolean() && end->boolean();
  if (unknown_end) r.load.has_unknown_end = true;
  if (next && ends) {
    report_both(r.reading, "next-and-end", r.node, *next, *end, "Next, End");
  } else if (next && end && !unknown_end) {
    r.reading.findings.add({.name = "next-and-end",
                            .at = *end,
                            .span = end->key_span(),
                            .message = "\"End\": false beside \"Next\" says nothing",
                            .help = "delete \"End\"",
                            .severity = Severity::Warning});
  } else if (!next && !ends && !unknown_end) {
    r.load.has_unknown_end = true;
    r.reading.findings.add(
        {.name = "missing-transition",
         .at = r.node,
         .span = head(r.node),
         .message = fmt::format("state \"{}\" has neither \"Next\" nor \"End\": true", quoted(r.state.name)),
         .help = "name the next state, or write \"End\": true"},
        {.message = service::none_of("Next, End"), .at = r.node});
  }
}

void check_durations(StateReader& r, const Fields<StateReader>& fields) {
  // In the service's order.
  static constexpr std::string_view kDurations[] = {"SecondsPath", "Seconds", "TimestampPath", "Timestamp"};
  constexpr std::string_view kListed = "SecondsPath, Seconds, TimestampPath, Timestamp";
  std::vector<Node> present;
  for (const std::string_view name : kDurations) {
    if (const auto node = fields.find(name)) present.push_back(*node);
  }
  if (present.empty()) {
    r.reading.findings.add({.name = "wait-missing-duration",
                            .at = r.node,
                            .span = head(r.node),
                            .message = fmt::format("Wait state \"{}\" does not say how long", quoted(r.state.name)),
                            .help = "write \"Seconds\" or \"Timestamp\""},
                           {.message = service::none_of(kListed), .at = r.node});
  } else if (present.size() > 1) {
    sort_stable(present, [](const Node& a, const Node& b) { return a.span().begin < b.span().begin; });
    report_both(r.reading, "wait-multiple-durations", r.node, present[0], present[1], kListed);
  }
}

void check_express_wait(StateReader& r, const Fields<StateReader>& fields) {
  constexpr std::int64_t kMaxExpressSeconds = 300;  // service quota: an Express execution runs five minutes at most
  const auto* seconds = std::get_if<std::int64_t>(&r.as<Wait>().seconds);
  if (!r.reading.express || !seconds || *seconds <= kMaxExpressSeconds) return;
  const auto node = fields.find("Seconds");
  if (!node) return;
  r.reading.findings.add({.name = "express-wait-too-long",
                          .at = *node,
                          .span = node->span(),
                          .message = fmt::format("waiting {} seconds outlasts an Express execution", *seconds),
                          .help = "an Express execution may take 300 seconds; make the machine Standard",
                          .severity = Severity::Warning});
}

/// What concerns several fields of a state: the service reports it before single fields.
void check_fields(StateReader& r, Fields<StateReader>& fields) {
  check_transition(r, fields);
  match(
      r.state.kind, [](const Pass&) {},
      [&](const Task&) {
        require(r, fields, "missing-resource", "Resource", "name what the task calls");
        exclude(r, fields, "timeout-and-timeout-path", "TimeoutSeconds", "TimeoutSecondsPath");
        exclude(r, fields, "timeout-and-timeout-path", "HeartbeatSeconds", "HeartbeatSecondsPath");
      },
      [&](const Choice&) { require(r, fields, "missing-choices", "Choices", "give it at least one choice rule"); },
      [&](const Wait&) { check_durations(r, fields); }, [](const Succeed&) {},
      [&](const Fail&) {
        exclude(r, fields, "fail-error-and-path", "Error", "ErrorPath");
        exclude(r, fields, "fail-cause-and-path", "Cause", "CausePath");
      },
      [&](const Parallel&) { require(r, fields, "missing-branches", "Branches", "give it at least one branch"); },
      [&](const Map&) {
        check_map(r, fields);
        exclude(r, fields, "parameters-and-item-selector", "ItemSelector", "Parameters");
        exclude(r, fields, "literal-and-path-form", "MaxConcurrency", "MaxConcurrencyPath");
        exclude(r, fields, "literal-and-path-form", "ToleratedFailureCount", "ToleratedFailureCountPath");
        exclude(r, fields, "literal-and-path-form", "ToleratedFailurePercentage", "ToleratedFailurePercentagePath");
      });
}

/// Next and End where a kind of state has neither.
std::string_view rule_in_choice(std::string_view field) {
  return field == "Next" || field == "End" ? "choice-has-transition" : "field-not-allowed-for-type";
}
std::string_view rule_in_terminal(std::string_view field) {
  return field == "Next" || field == "End" ? "terminal-state-has-transition" : "field-not-allowed-for-type";
}

}  // namespace

std::vector<std::string_view> state_field_names(std::uint16_t kinds, bool is_jsonata) {
  return names_in(kStateFields, kinds, is_jsonata);
}
std::span<const std::string_view> kind_words() {
  return kKindWords;
}

std::string_view kind_word(Kind kind) {
  return kKindWords[index_of(kind)];
}

std::optional<Kind> kind_of_word(std::string_view word) {
  for (std::size_t i = 0; i < std::size(kKindWords); ++i) {
    if (kKindWords[i] == word) return Kind(1 << i);
  }
  return std::nullopt;
}

QueryLanguage language_of(Node node, QueryLanguage otherwise) {
  if (is_missing(node) || (node.is_string() && contains_placeholder(node.text()))) return otherwise;
  // Whatever is not exactly "JSONPath" is JSONata for the service, besides its report. Measured.
  return node.is_string() && node.text() == "JSONPath" ? QueryLanguage::JSONPath : QueryLanguage::JSONata;
}

void check_language_word(const Reading& reading, Node node) {
  read_word(reading, node, "unknown-query-language", {"JSONPath", "JSONata"});
}

void StateReader::read_target(Node value, Target& target) {
  target.span = value.span();
  const auto text = read_string(reading, value);
  if (!text) {
    load.has_unknown_target = true;
    return;
  }
  target.name = std::string(*text);
  load.references.push_back({load.scope.states.size() - 1, value, &target});
}

void read_state_fields(StateReader& r) {
  const Kind kind = Kind(r.owner.kind);
  r.owner.article = kOwners[index_of(kind)];
  if (kind == kChoice) r.owner.rule_of_field = rule_in_choice;
  if (kind == kSucceed || kind == kFail) r.owner.rule_of_field = rule_in_terminal;
  Fields<StateReader> fields(r.node, kStateFields);
  fields.report_unknown(r.reading, r.owner, kStateFields);
  fields.check_allowed(r.reading, r.owner);
  check_fields(r, fields);
  fields.read(r);
  if (kind == kWait) check_express_wait(r, fields);
  if (kind == kTask) check_task(r, fields);
}

}  // namespace stepglass::loading
