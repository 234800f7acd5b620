#include "engine/model/syntax.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/intrinsic/function.h"

namespace stepglass::loading {
namespace {

constexpr std::string_view kContextFields[] = {"Execution", "Map", "State", "StateMachine", "Task"};
constexpr std::string_view kHashAlgorithms[] = {"MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"};

void warn(const Reading& reading, std::string_view rule, Node node, std::string message, std::string help) {
  reading.findings.add({.name = rule,
                        .at = node,
                        .span = node.span(),
                        .message = std::move(message),
                        .help = std::move(help),
                        .severity = Severity::Warning});
}

void check_format(const Reading& reading, Node node, const intrinsic::Invocation& call) {
  const Value* format = call.arguments.empty() ? nullptr : call.arguments[0].literal();
  if (!format || !format->is_string()) return;
  const auto places = intrinsic::count_placeholders(format->as_string());
  if (!places || *places == call.arguments.size() - 1) return;
  warn(reading, "format-placeholder-mismatch", node,
       fmt::format("the template of States.Format has {} {{}}, but {} values follow", *places,
                   call.arguments.size() - 1),
       "write one {} for each value");
}

void check_hash(const Reading& reading, Node node, const intrinsic::Invocation& call) {
  const Value* algorithm = call.arguments.size() < 2 ? nullptr : call.arguments[1].literal();
  if (!algorithm || !algorithm->is_string()) return;
  const std::string_view name = algorithm->as_string();
  if (std::find(std::begin(kHashAlgorithms), std::end(kHashAlgorithms), name) != std::end(kHashAlgorithms)) return;
  warn(reading, "unknown-hash-algorithm", node, fmt::format("States.Hash knows no \"{}\"", quoted(name)),
       "write MD5, SHA-1, SHA-256, SHA-384 or SHA-512");
}

// At most kMaxCallNesting calls stand inside each other.
void check_invocation(const Reading& reading, Node node, const intrinsic::Invocation& call) {
  if (!intrinsic::has_right_arity(call)) {
    const intrinsic::Function& function = *call.function;
    const std::string wanted = function.max_args == intrinsic::kAnyNumber ? fmt::format("{} or more", function.min_args)
                               : function.min_args == function.max_args
                                   ? fmt::format("{}", function.min_args)
                                   : fmt::format("{} to {}", function.min_args, function.max_args);
    warn(reading, "intrinsic-arity", node,
         fmt::format("{} takes {} arguments, not {}", function.name, wanted, call.arguments.size()),
         fmt::format("write it as in {}", function.example));
  } else if (call.function->name == "States.Format") {
    check_format(reading, node, call);
  } else if (call.function->name == "States.Hash") {
    check_hash(reading, node, call);
  }
  for (const intrinsic::Argument& argument : call.arguments) {
    if (const intrinsic::Invocation* inner = argument.call()) check_invocation(reading, node, *inner);
  }
}

}  // namespace

bool looks_like_call(std::string_view text) {
  return text.starts_with("States.") && text.find('(') != text.npos;
}

std::string_view rule_of(std::string_view text, const intrinsic::SyntaxError& error) {
  if (error.message.starts_with("calls are nested")) return "intrinsic-nesting-too-deep";
  const std::string_view rest = text.substr(std::min(error.offset, text.size()));
  const std::size_t open = rest.find('(');
  if (!rest.starts_with("States.") || open == rest.npos) return "intrinsic-syntax";
  const std::string_view name = rest.substr(0, open);
  const bool is_name = std::all_of(name.begin(), name.end(), [](char c) {
    return c == '.' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
  return is_name && !intrinsic::find_function(name) ? "unknown-intrinsic" : "intrinsic-syntax";
}

void check_query(const Reading& reading, Node node, const path::Query& query) {
  if (query.root() != path::Query::Root::Context) return;
  const std::string_view text = query.text();
  if (!text.starts_with("$$.")) return;
  const std::string_view field = text.substr(3, text.find_first_of(".[", 3) - 3);
  if (field == "Map" && !reading.has_map_context) {
    warn(reading, "map-context-outside-map", node, "\"$$.Map\" is there only inside a Map",
         "read it in the ItemSelector or the processor of a Map");
    return;
  }
  const bool known = std::find(std::begin(kContextFields), std::end(kContextFields), field) != std::end(kContextFields);
  if (known || field.empty() || field == "*") return;
  std::string help = "it holds Execution, State, StateMachine, Task and Map";
  if (const auto near = reading.findings.suggest(field, kContextFields)) {
    help = fmt::format("did you mean \"$$.{}\"?", *near);
  }
  warn(reading, "unknown-context-field", node, fmt::format("the context object has no \"{}\"", quoted(field)),
       std::move(help));
}

void check_call(const Reading& reading, Node node, const intrinsic::Call& call) {
  check_invocation(reading, node, call.root());
  call.for_each_query([&](const path::Query& query, Span) { check_query(reading, node, query); });
}

}  // namespace stepglass::loading
