// Retry and Catch.

#include <algorithm>

#include "engine/model/loader.h"
#include "engine/model/placeholder.h"
#include "engine/model/service_words.h"
#include "engine/support/sort.h"

namespace stepglass::loading {
namespace {

constexpr std::string_view kStatesAll = "States.ALL";

// Source: developer guide, "Error names", and the errors of distributed Maps and HTTP tasks.
constexpr std::string_view kPredefined[] = {"States.ALL",
                                            "States.BranchFailed",
                                            "States.DataLimitExceeded",
                                            "States.ExceedToleratedFailureThreshold",
                                            "States.HeartbeatTimeout",
                                            "States.Http.Socket",
                                            "States.IntrinsicFailure",
                                            "States.ItemReaderFailed",
                                            "States.NoChoiceMatched",
                                            "States.ParameterPathFailure",
                                            "States.Permissions",
                                            "States.QueryEvaluationError",
                                            "States.ResultPathMatchFailure",
                                            "States.ResultWriterFailed",
                                            "States.Runtime",
                                            "States.TaskFailed",
                                            "States.Timeout"};

void read_error_equals(HandlerReader& h, Node node) {
  const Reading& reading = h.state.reading;
  if (!node.is_array()) {
    report_type(reading, node, "an array of error names", "[ARRAY]", "missing-error-equals");
    return;
  }
  if (node.size() == 0) {
    reading.findings.add({.name = "missing-error-equals",
                          .at = node,
                          .span = node.span(),
                          .message = "\"ErrorEquals\" names no error",
                          .help = "name an error, or \"States.ALL\""},
                         {.message = std::string(service::kEmpty), .at = node});
    return;
  }
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    const auto text = read_string(reading, *child, "error-name-not-string");
    if (!text) continue;
    h.error_equals().emplace_back(*text);
    if (!text->starts_with("States.") || text->starts_with("States.Http.StatusCode.")) continue;
    if (std::find(std::begin(kPredefined), std::end(kPredefined), *text) != std::end(kPredefined)) continue;
    if (contains_placeholder(*text)) continue;
    std::string help = "names that start with \"States.\" are reserved; choose another";
    std::string suggestion;
    if (const auto near = reading.findings.suggest(*text, kPredefined)) {
      help = fmt::format("did you mean \"{}\"?", *near);
      suggestion = *near;
    }
    reading.findings.add({.name = "reserved-error-name",
                          .at = *child,
                          .span = child->span(),
                          .message = fmt::format("there is no error \"{}\"", quoted(*text)),
                          .help = std::move(help),
                          .severity = Severity::Warning,
                          .suggestion = std::move(suggestion)});
  }
}

IntegerRule integer(std::string_view rule, std::int64_t least, std::int64_t most, bool lenient = false) {
  return {.rule = rule, .least = least, .most = most, .takes_expression = false, .lenient = lenient};
}

using H = HandlerReader;

constexpr std::int64_t kMaxDelaySeconds = 31'622'400;  // 366 days. Measured.

constexpr Field<HandlerReader> kRetrierFields[] = {
    {"BackoffRate", kAnyKind, Languages::Both,
     [](H& h, Node n) {
       const NumberField rate =
           read_number(h.state.reading, n,
                       {.rule = "invalid-backoff-rate", .least = 1, .most = std::nullopt, .takes_expression = false});
       if (const auto* number = std::get_if<double>(&rate)) h.retrier->backoff_rate = *number;
     }},
    {"Comment", kAnyKind, Languages::Both, [](H& h, Node n) { read_string(h.state.reading, n); }},
    {"ErrorEquals", kAnyKind, Languages::Both, read_error_equals},
    {"IntervalSeconds", kAnyKind, Languages::Both,
     [](H& h, Node n) {
       // The service takes 0, too. Measured.
       const auto number =
           read_literal_integer(h.state.reading, n, integer("invalid-interval-seconds", 1, kMaxSeconds, true));
       if (number) h.retrier->interval_seconds = *number;
     }},
    {"JitterStrategy", kAnyKind, Languages::Both,
     [](H& h, Node n) {
       const auto word = read_word(h.state.reading, n, "unknown-jitter-strategy", {"NONE", "FULL"});
       h.retrier->full_jitter = word && *word == "FULL";
     }},
    {"MaxAttempts", kAnyKind, Languages::Both,
     [](H& h, Node n) {
       const auto number = read_literal_integer(h.state.reading, n, integer("invalid-max-attempts", 0, kMaxSeconds));
       if (number) h.retrier->max_attempts = *number;
     }},
    {"MaxDelaySeconds", kAnyKind, Languages::Both,
     [](H& h, Node n) {
       h.retrier->max_delay_seconds =
           read_literal_integer(h.state.reading, n, integer("invalid-max-delay", 1, kMaxDelaySeconds));
     }},
};
static_assert(is_sorted_by_name(kRetrierFields));

constexpr Field<HandlerReader> kCatcherFields[] = {
    {"Assign", kAnyKind, Languages::Both, [](H& h, Node n) { h.catcher->assign = read_assign(h.state.reading, n); }},
    {"Comment", kAnyKind, Languages::Both, [](H& h, Node n) { read_string(h.state.reading, n); }},
    {"ErrorEquals", kAnyKind, Languages::Both, read_error_equals},
    {"Next", kAnyKind, Languages::Both, [](H& h, Node n) { h.state.read_target(n, h.catcher->next); }},
    {"Output", kAnyKind, Languages::JSONata,
     [](H& h, Node n) { h.catcher->output = read_jsonata(h.state.reading, n); }},
    {"ResultPath", kAnyKind, Languages::JSONPath,
     [](H& h, Node n) { h.catcher->result_path = read_result_path(h.state.reading, n, "invalid-catch-result-path"); }},
};
static_assert(is_sorted_by_name(kCatcherFields));

/// Reports the required fields that one handler lacks.
void require(const Reading& reading, const Fields<HandlerReader>& fields, bool is_catcher) {
  const bool no_errors = !fields.has("ErrorEquals");
  const bool no_next = is_catcher && !fields.has("Next");
  const Node object = fields.object();
  const std::string_view what = is_catcher ? "this catcher" : "this retrier";
  if (no_errors) {
    reading.findings.add({.name = "missing-error-equals",
                          .at = object,
                          .span = head(object),
                          .message = fmt::format("{} has no \"ErrorEquals\"", what),
                          .help = "name the errors, or \"States.ALL\""});
  }
  if (no_next) {
    reading.findings.add({.name = "catch-missing-next",
                          .at = object,
                          .span = head(object),
                          .message = "this catcher has no \"Next\"",
                          .help = "name the state that goes on"});
  }
  if (!no_errors && !no_next) return;
  reading.findings.say({.message = no_errors && no_next ? service::required({"ErrorEquals", "Next"})
                                   : no_errors          ? service::required({"ErrorEquals"})
                                                        : service::required({"Next"}),
                        .at = object});
}

/// Checks that concern the list: States.ALL stands alone and last, no name stands twice.
void check_order(StateReader& r, Node list) {
  const Reading& reading = r.reading;
  struct Named {
    std::string_view name;
    Node node;
  };
  std::vector<Named> names;
  for (auto handler = list.first_child(); handler; handler = handler->next_sibling()) {
    const auto errors = handler->is_object() ? handler->find("ErrorEquals") : std::nullopt;
    if (!errors || !errors->is_array()) continue;
    for (auto name = errors->first_child(); name; name = name->next_sibling()) {
      if (!name->is_string()) continue;
      names.push_back({name->text(), *name});
      if (name->text() != kStatesAll) continue;
      const bool alone = errors->size() == 1;
      const bool last = !handler->next_sibling();
      if (alone && last) continue;
      const std::string message =
          !last ? fmt::format("state \"{}\" handles \"States.ALL\" before other errors", quoted(r.state.name))
                : "\"States.ALL\" stands together with other errors";
      reading.findings.add({.name = last ? "states-all-not-alone" : "states-all-not-last",
                            .at = *name,
                            .span = name->span(),
                            .message = message,
                            .help = last ? "leave \"States.ALL\" alone: it matches the others, too"
                                         : "put the entry for \"States.ALL\" last"},
                           {.message = std::string(service::kStatesAll), .at = *name});
    }
  }
  sort_stable(names, [](const Named& a, const Named& b) {
    const int compared = a.name.compare(b.name);
    return compared != 0 ? compared < 0 : a.node.span().begin < b.node.span().begin;
  });
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (names[i].name != names[i - 1].name || names[i].name == kStatesAll) continue;
    reading.findings.add(
        {.name = "duplicate-error-name",
         .at = names[i].node,
         .span = names[i].node.span(),
         .message = fmt::format("error \"{}\" is named a second time, which never acts", quoted(names[i].name)),
         .help = "delete one of the two",
         .severity = Severity::Warning});
  }
}

}  // namespace

std::vector<std::string_view> retrier_field_names(bool is_jsonata) {
  return names_in(kRetrierFields, kAnyKind, is_jsonata);
}
std::vector<std::string_view> catcher_field_names(bool is_jsonata) {
  return names_in(kCatcherFields, kAnyKind, is_jsonata);
}
std::span<const std::string_view> error_names() {
  return kPredefined;
}

void read_retry(StateReader& r, Node node) {
  if (!node.is_array()) return report_type(r.reading, node, "an array of retriers", "[ARRAY]");
  r.state.retry.reserve(node.size());
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    if (!child->is_object()) {
      report_type(r.reading, *child, "an object with \"ErrorEquals\"", "[OBJECT]");
      continue;
    }
    Retrier& retrier = r.state.retry.emplace_back();
    retrier.span = child->span();
    HandlerReader handler{r, &retrier, nullptr};
    Fields<HandlerReader> fields(*child, kRetrierFields);
    const Owner owner{.article = "a retrier"};
    fields.report_unknown(r.reading, owner, kRetrierFields);
    require(r.reading, fields, false);
    fields.read(handler);
    if (retrier.max_delay_seconds && *retrier.max_delay_seconds <= retrier.interval_seconds) {
      const Node delay = *fields.find("MaxDelaySeconds");
      r.reading.findings.add({.name = "invalid-max-delay",
                              .at = delay,
                              .span = delay.span(),
                              .message = fmt::format("\"MaxDelaySeconds\" is {}, not above the interval of {} seconds",
                                                     *retrier.max_delay_seconds, retrier.interval_seconds),
                              .help = "write a longer delay, or leave it out",
                              .severity = Severity::Warning});
    }
  }
  check_order(r, node);
}

void read_catch(StateReader& r, Node node) {
  if (!node.is_array()) return report_type(r.reading, node, "an array of catchers", "[ARRAY]");
  r.state.catchers.reserve(node.size());
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    if (!child->is_object()) {
      report_type(r.reading, *child, "an object with \"ErrorEquals\" and \"Next\"", "[OBJECT]");
      continue;
    }
    Catcher& catcher = r.state.catchers.emplace_back();
    catcher.span = child->span();
    HandlerReader handler{r, nullptr, &catcher};
    Fields<HandlerReader> fields(*child, kCatcherFields);
    const Owner owner{.article = "a catcher", .any_language = r.owner.any_language};
    fields.report_unknown(r.reading, owner, kCatcherFields);
    fields.check_allowed(r.reading, owner);
    require(r.reading, fields, true);
    fields.read(handler);
  }
  check_order(r, node);
}

}  // namespace stepglass::loading
