#include "analysis/sources/resource_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/sources/template_text.h"
#include "engine/model/placeholder.h"
#include "engine/support/limits.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

// Source: API reference, CreateStateMachine, "name".
constexpr std::string_view kForbidden = "<>{}[]?*\"#%\\^|~`$&,;:/";

/// Words of one resource that are told of: who forgets all of them forgets one thing.
constexpr std::size_t kMaxWords = 20;

Span head_of(const Node& node) {
  const Span key = node.key_span();
  return key == Span{} ? Span{node.span().begin, node.span().begin + 1} : key;
}

class Checks {
 public:
  Checks(const Node& resource, Diagnostics& diagnostics)
      : resource_(resource),
        properties_(*resource.find("Properties")),
        is_sam_(resource.find("Type")->text() == "AWS::Serverless::StateMachine"),
        diagnostics_(diagnostics) {}

  void run() {
    // Fn::Transform and Fn::If can give any properties.
    if (is_template_function(properties_) || properties_.find("Fn::Transform")) return;
    check_name();
    check_definition();
    check_switch("logging-disabled", is_sam_ ? "Logging" : "LoggingConfiguration", "Level", "keeps no log",
                 "set Level to ALL, and a Destination");
    check_switch("tracing-disabled", is_sam_ ? "Tracing" : "TracingConfiguration", "Enabled", "is not traced by X-Ray",
                 "set Enabled to true");
    check_substitutions();
  }

 private:
  void add(std::string_view name, Severity severity, Span span, std::string message, std::string help) {
    Diagnostic diagnostic;
    diagnostic.name = name;
    diagnostic.severity = severity;
    diagnostic.span = span;
    diagnostic.message = std::move(message);
    diagnostic.help = std::move(help);
    diagnostics_.push_back(std::move(diagnostic));
  }

  /// A text that is what it says: no function makes it, no tool fills it in.
  static bool is_literal(const Node& node) {
    return node.is_string() && node.tag().empty() && !contains_placeholder(node.text());
  }

  std::string resource_name() const { return display_word(resource_.key()); }

  void check_name() {
    const auto node = properties_.find(is_sam_ ? "Name" : "StateMachineName");
    if (!node || !is_literal(*node)) return;
    const std::string_view name = node->text();
    const auto report = [&](std::string message, std::string help) {
      add("invalid-machine-name", Severity::Error, node->span(), std::move(message), std::move(help));
    };
    if (name.empty()) return report("the name of the state machine is empty", "delete it, or write one");
    const std::size_t characters = count_utf16_units(name);
    if (characters > kMaxNameCharacters) {
      return report(fmt::format("the name has {} characters; at most {} are possible", characters, kMaxNameCharacters),
                    "write a shorter one");
    }
    for (const char c : name) {
      const auto byte = static_cast<unsigned char>(c);
      const bool is_blank = c == ' ' || (byte >= 9 && byte <= 13);
      if (!is_blank && byte >= 0x20 && byte != 0x7F && kForbidden.find(c) == std::string_view::npos) continue;
      return report(is_blank ? fmt::format("the name \"{}\" has a blank in it", display_word(name))
                             : fmt::format("the name \"{}\" has a character in it that cannot be", display_word(name)),
                    "write letters, digits, - and _");
    }
  }

  void check_definition() {
    constexpr std::array<std::string_view, 2> kSam = {"Definition", "DefinitionUri"};
    constexpr std::array<std::string_view, 3> kCloudFormation = {"Definition", "DefinitionString",
                                                                 "DefinitionS3Location"};
    std::vector<Node> found;
    const auto look = [&](std::string_view name) {
      if (const auto node = properties_.find(name)) found.push_back(*node);
    };
    if (is_sam_) {
      for (const std::string_view name : kSam) look(name);
    } else {
      for (const std::string_view name : kCloudFormation) look(name);
    }
    if (found.size() == 1) return;
    if (found.empty()) {
      // SAM takes those of CloudFormation as an error of its own.
      add("definition-source-conflict", Severity::Error, head_of(properties_),
          fmt::format("state machine \"{}\" has no definition", resource_name()),
          is_sam_ ? "write Definition or DefinitionUri" : "write Definition, DefinitionString or DefinitionS3Location");
      return;
    }
    // A function can give AWS::NoValue, so that only one is left.
    if (std::any_of(found.begin(), found.end(), [](const Node& node) { return is_template_function(node); })) return;
    sort_stable(found, [](const Node& a, const Node& b) { return a.span().begin < b.span().begin; });
    add("definition-source-conflict", Severity::Error, head_of(found[1]),
        fmt::format("state machine \"{}\" has both \"{}\" and \"{}\"", resource_name(), found[0].key(), found[1].key()),
        "keep one of them");
  }

  /// Logging or tracing, which are off unless they are asked for.
  void check_switch(std::string_view rule, std::string_view property, std::string_view field, std::string_view what,
                    std::string_view help) {
    const auto node = properties_.find(property);
    Span span = head_of(resource_);
    if (node) {
      if (!node->is_object() || is_template_function(*node)) return;
      const auto value = node->find(field);
      const bool is_off =
          !value ||
          (value->is_string() && is_literal(*value) && (value->text() == "OFF" || value->text() == "false")) ||
          (value->kind() == Node::Kind::Boolean && !value->boolean());
      if (!is_off) return;
      span = head_of(*node);
    }
    add(rule, Severity::Info, span, fmt::format("state machine \"{}\" {}", resource_name(), what), std::string(help));
  }

  void check_substitutions() {
    const auto definition = properties_.find(properties_.find("Definition") ? "Definition" : "DefinitionString");
    if (!definition || is_template_function(*definition)) return;
    std::set<std::string_view> given;
    if (const auto substitutions = properties_.find("DefinitionSubstitutions")) {
      if (!substitutions->is_object() || is_template_function(*substitutions)) return;
      for (auto child = substitutions->first_child(); child; child = child->next_sibling()) {
        if (child->key().starts_with("Fn::") || contains_placeholder(child->key())) return;
        given.insert(child->key());
      }
    }
    std::set<std::string, std::less<>> told;
    look_for_words(*definition, given, told);
  }

  /// Recursion follows the nesting of the template, which reading bounds.
  void look_for_words(const Node& node, const std::set<std::string_view>& given,
                      std::set<std::string, std::less<>>& told) {
    if (told.size() >= kMaxWords || is_template_function(node)) return;
    if (!node.is_string()) {
      for (auto child = node.first_child(); child; child = child->next_sibling()) look_for_words(*child, given, told);
      return;
    }
    const std::string_view text = node.text();
    for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
      const std::size_t end =
          text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_", at + 2);
      // Other tools than CloudFormation have colons, dots and the like in their placeholders.
      if (end == std::string_view::npos || text[end] != '}' || end == at + 2) continue;
      const std::string_view word = text.substr(at + 2, end - at - 2);
      if (given.count(word) || told.find(word) != told.end()) continue;
      told.emplace(word);
      add("substitution-undefined", Severity::Warning, node.text_span(at, end + 1),
          fmt::format("nothing is put in the place of \"${{{}}}\"", display_word(word)),
          "add it to DefinitionSubstitutions, or write the text with Fn::Sub");
    }
  }

  const Node resource_;
  const Node properties_;
  const bool is_sam_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_resource(const Node& resource, Diagnostics& diagnostics) {
  Checks(resource, diagnostics).run();
}

}  // namespace stepglass::analysis
