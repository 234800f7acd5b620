#include "engine/model/syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/intrinsic/function.h"
#include "engine/model/context_object.h"
#include "engine/support/text.h"

namespace stepglass::loading {

void warn(const Reading& reading, std::string_view rule, Node node, std::string message, std::string help) {
  reading.findings.add({.name = rule,
                        .at = node,
                        .span = node.span(),
                        .message = std::move(message),
                        .help = std::move(help),
                        .severity = Severity::Warning});
}
namespace {

constexpr std::string_view kHashAlgorithms[] = {"MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"};

/// The names that a path goes along at its beginning: "A" and "B" of ".A['B'][0].C". Behind anything else, such as several
/// names in one step, nothing is known.
std::vector<std::string_view> leading_names(std::string_view path) {
  std::vector<std::string_view> names;
  path = trimmed(path);
  while (!path.empty() && !path.starts_with("..")) {
    std::string_view name;
    std::size_t end = path.npos;
    if (path[0] == '.') {
      end = std::min(path.find_first_of(".[", 1), path.size());
      name = trimmed(path.substr(1, end - 1));
    } else if (path[0] == '[' && (end = path.find(']')) != path.npos) {
      const std::string_view inside = trimmed(path.substr(1, end - 1));
      const char quote = inside.empty() ? '\0' : inside[0];
      const bool is_one = (quote == '\'' || quote == '"') && inside.size() > 2 && inside.find(quote, 1) == inside.size() - 1;
      if (is_one && inside.find('\\') == inside.npos) name = inside.substr(1, inside.size() - 2);
      ++end;
    }
    // A wildcard, an index, a filter, or a function.
    if (name.empty() || name == "*" || name.find('(') != name.npos) break;
    names.push_back(name);
    path.remove_prefix(end);
  }
  return names;
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
  const std::vector<std::string_view> names = leading_names(std::string_view(query.text()).substr(2));
  if (names.empty()) return;
  if (names[0] == "Map" && !reading.has_map_context) {
    warn(reading, "map-context-outside-map", node, "\"$$.Map\" is there only inside a Map",
         "read it in the ItemSelector or the processor of a Map");
    return;
  }
  check_context_names(reading, node, names, "$$");
}

void check_context_names(const Reading& reading, Node node, std::span<const std::string_view> names,
                         std::string_view root) {
  const auto unknown = unknown_context_field(names);
  if (!unknown) return;
  const auto before = names.first(unknown->index);
  const std::string way = before.empty() ? std::string() : fmt::format("{}.", fmt::join(before, "."));
  const std::string_view field = names[unknown->index];
  std::string help = fmt::format("it holds {}", fmt::join(unknown->known, ", "));
  if (const auto near = reading.findings.suggest(field, unknown->known)) {
    help = fmt::format("did you mean \"{}.{}{}\"?", root, way, *near);
  }
  warn(reading, "unknown-context-field", node,
       before.empty() ? fmt::format("the context object has no \"{}\"", quoted(field))
                      : fmt::format("\"{}\" of the context object has no \"{}\"", fmt::join(before, "."), quoted(field)),
       std::move(help));
}

void check_call(const Reading& reading, Node node, const intrinsic::Call& call) {
  check_invocation(reading, node, call.root());
  call.for_each_query([&](const path::Query& query, Span) { check_query(reading, node, query); });
}

}  // namespace stepglass::loading
