#include "analysis/rules/framework/write_targets.h"

#include <fmt/format.h>

#include "analysis/graph/dominators.h"
#include "engine/model/placeholder.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

struct Writer {
  std::string_view service;
  std::string_view action;
  /// The parameter that names the target, and the one in which it stands; may be empty.
  std::string_view name;
  std::string_view container;
  /// What is written.
  std::string_view content;
};

// Source: the API references of the services: each of these replaces what is there, or refuses a name a second time.
constexpr Writer kWriters[] = {
    {"aws-sdk:s3", "putObject", "Key", "Bucket", "Body"},
    {"aws-sdk:s3", "copyObject", "Key", "Bucket", "CopySource"},
    {"aws-sdk:ssm", "putParameter", "Name", "", "Value"},
    {"aws-sdk:secretsmanager", "putSecretValue", "SecretId", "", "SecretString"},
    {"states", "startExecution", "Name", "StateMachineArn", "Input"},
};

bool is_expression(std::string_view text) {
  return text.starts_with("{%") || contains_placeholder(text);
}

/// The text that the parameter `name` always has. In a JSONPath state a placeholder in it stays the same, too.
std::optional<Node> constant(Node arguments, std::string_view name, bool jsonata) {
  const auto found = member(arguments, name, Node::Kind::String);
  return found && !(jsonata && is_expression(found->text())) ? found : std::nullopt;
}

/// Recursion follows the nesting of the definition, which reading bounds by kMaxDepth.
bool changes(Node node, bool jsonata) {
  if (jsonata && node.is_string()) return node.text().starts_with("{%");
  if (!jsonata && node.is_string() && node.key().ends_with(".$")) return true;
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    if (changes(*child, jsonata)) return true;
  }
  return false;
}

std::optional<WriteTarget> target_of(const ScopeView& scope, const State& state) {
  const auto* task = std::get_if<Task>(&state.kind);
  if (!task) return std::nullopt;
  for (const Writer& writer : kWriters) {
    if (task->resource.service != writer.service || task->resource.action != writer.action) continue;
    const bool jsonata = state.language == QueryLanguage::JSONata;
    const auto arguments = member(scope.node(state), jsonata ? "Arguments" : "Parameters", Node::Kind::Object);
    if (!arguments) return std::nullopt;
    const auto name = constant(*arguments, writer.name, jsonata);
    const auto container = writer.container.empty() ? name : constant(*arguments, writer.container, jsonata);
    if (!name || !container) return std::nullopt;
    const auto plain = arguments->find(writer.content);
    const bool path = !jsonata && arguments->find(std::string(writer.content) + ".$").has_value();
    if (!path && !(plain && changes(*plain, jsonata))) return std::nullopt;
    return WriteTarget{&state, *name, fmt::format("{} \"{}\"", writer.action, display_word(name->text())),
                       fmt::format("{}\n{}\n{}\n{}", writer.service, writer.action, container->text(), name->text())};
  }
  return std::nullopt;
}

}  // namespace

std::vector<WriteTarget> constant_write_targets(const ScopeView& scope) {
  std::vector<WriteTarget> targets;
  if (!scope.complete) return targets;
  for (const State& state : scope.states()) {
    if (auto target = target_of(scope, state)) targets.push_back(std::move(*target));
  }
  if (targets.empty()) return targets;
  std::vector<bool> always(scope.flow.vertex_count());
  const auto dominators = immediate_dominators(scope.flow, [](const Edge& edge) { return edge.way != Way::Catch; });
  for (auto v = dominators[scope.flow.exit()]; v; v = dominators[*v]) always[*v] = true;
  std::erase_if(targets, [&](const WriteTarget& target) { return !always[scope.flow.vertex(*target.state)]; });
  return targets;
}

}  // namespace stepglass::analysis
