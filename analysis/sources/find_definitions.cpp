// Which texts are looked into, and the tree of JSON and YAML. Terraform is read in terraform.cpp.
//
// One walk over the tree finds, in the order of the text:
//   a resource of CloudFormation or SAM        {"Type": "AWS::Serverless::StateMachine", "Properties": …}
//   what serverless.yml has                    stepFunctions: {stateMachines: {name: {definition: …}}}
//   an object with StartAt and States          the whole file, or anywhere in it
//   a string with JSON text of such an object  what the API takes
// It does not go on inside what it found.

#include "analysis/sources/find_definitions.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "analysis/sources/hcl.h"
#include "analysis/sources/limits.h"
#include "analysis/sources/paths.h"
#include "analysis/sources/resource_checks.h"
#include "analysis/sources/template_text.h"
#include "analysis/sources/terraform.h"
#include "engine/support/limits.h"

namespace stepglass::analysis {
namespace {

/// Endings that template engines add to the name of what they make.
constexpr std::string_view kTemplateEndings[] = {".j2",    ".jinja", ".jinja2", ".tpl",      ".tmpl",
                                                 ".tftpl", ".erb",   ".hbs",    ".mustache", ".template"};

std::string_view without_template_endings(std::string_view path) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view ending : kTemplateEndings) {
      if (path.size() > ending.size() && path.ends_with(ending)) {
        path.remove_suffix(ending.size());
        again = true;
      }
    }
  }
  return path;
}

bool is_yaml_name(std::string_view path) {
  return path.ends_with(".yaml") || path.ends_with(".yml");
}

bool starts_like_json(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

std::optional<MachineType> type_from(const Node& object) {
  for (auto member = object.first_child(); member; member = member->next_sibling()) {
    const std::string_view key = member->key();
    if ((key != "type" && key != "Type" && key != "StateMachineType") || !member->is_string()) continue;
    if (member->text() == "EXPRESS") return MachineType::Express;
    if (member->text() == "STANDARD") return MachineType::Standard;
  }
  return std::nullopt;
}

bool is_machine(const Node& node) {
  if (!node.is_object() || node.size() < 2) return false;
  const auto states = node.find("States");
  return states && states->is_object() && node.find("StartAt");
}

bool is_machine_text(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{' && text.find("\"StartAt\"") != std::string_view::npos &&
         text.find("\"States\"") != std::string_view::npos;
}

/// "a/b.yml" of "${file(a/b.yml)}" and "${file(a/b.yml):key}"; else empty.
std::string_view serverless_file(std::string_view text) {
  if (!text.starts_with("${file(")) return "";
  const std::size_t close = text.find(')');
  return close == std::string_view::npos ? "" : text.substr(7, close - 7);
}

/// What the service that reads a template makes of a value: its functions are texts with placeholders, and so are words that
/// are booleans in YAML 1.1, which it reads, and strings in YAML 1.2, which we do.
std::optional<std::string> template_value(const Document& host, const Node& node) {
  if (auto text = function_as_text(node)) return text;
  static constexpr std::string_view kBooleans[] = {"yes", "Yes", "YES", "no",  "No",  "NO",
                                                   "on",  "On",  "ON",  "off", "Off", "OFF"};
  // Puts members beside it, in the place of itself.
  if (node.key() == "Fn::Transform" && node.is_object()) return "${AWS::Include}";
  if (!node.is_string() || node.text().size() > 3) return std::nullopt;
  const std::string_view word = node.text();
  const bool is_plain = host.text().substr(node.span().begin, word.size()) == word;  // a quoted one begins with its quote
  if (!is_plain || std::find(std::begin(kBooleans), std::end(kBooleans), word) == std::end(kBooleans)) return std::nullopt;
  return fmt::format("${{{}}}", word);
}

/// {"StartAt":"A","States":{}} is as short as it gets.
constexpr std::size_t kLeastMachineBytes = 27;

class TreeSearch {
 public:
  TreeSearch(const Document& host, std::string_view path, FoundInFile& found)
      : host_(host), path_(path), found_(found) {}

  void look(const Node& node, bool in_serverless) {
    if (is_full_) return;
    if (node.is_string()) {
      // Aliases repeat what they stand for.
      if (node.text().size() < kLeastMachineBytes || !seen_.insert(node.span().begin).second) return;
      if (is_machine_text(node.text())) add_text(node, machine(node, in_serverless));
      return;
    }
    if (is_machine(node)) {
      if (seen_.insert(node.span().begin).second) add_object(node, machine(node, in_serverless));
      return;
    }
    if (node.is_object()) {
      if (is_resource(node)) return resource(node);
      for (auto member = node.first_child(); member; member = member->next_sibling()) {
        if (in_serverless && member->key() == "definition" && member->is_string()) {
          if (const std::string_view file = serverless_file(member->text()); !file.empty()) {
            FoundMachine named = machine(*member, true);
            named.form = Form::ServerlessFile;
            add_elsewhere(std::move(named), file);
            continue;
          }
        }
        look(*member, in_serverless || (member->key() == "stepFunctions" && !node.parent()));
      }
      return;
    }
    for (auto item = node.first_child(); item; item = item->next_sibling()) look(*item, in_serverless);
  }

 private:
  static bool is_resource(const Node& node) {
    const auto type = node.find("Type");
    if (!type || !type->is_string()) return false;
    if (type->text() != "AWS::StepFunctions::StateMachine" && type->text() != "AWS::Serverless::StateMachine") {
      return false;
    }
    const auto properties = node.find("Properties");
    return properties && properties->is_object();
  }

  /// Name, type and place of a machine whose definition is the value `node`.
  FoundMachine machine(const Node& node, bool in_serverless) const {
    FoundMachine found;
    found.form = in_serverless ? Form::Serverless : Form::Nested;
    Node named = node;
    const bool is_definition = node.key() == "definition" || node.key() == "Definition" ||
                               node.key() == "definitionString" || node.key() == "DefinitionString";
    if (is_definition && node.parent()) {
      named = *node.parent();
      found.type = type_from(named);
      for (const std::string_view key : {"name", "Name", "stateMachineName"}) {
        const auto name = named.find(key);
        if (name && name->is_string() && found.name.empty() && !in_serverless) found.name = std::string(name->text());
      }
    }
    found.place = named.key_span() == Span{} ? node.span() : named.key_span();
    if (found.name.empty()) found.name = named.key().empty() ? std::string(file_stem(path_)) : std::string(named.key());
    return found;
  }

  void resource(const Node& node) {
    const Node properties = *node.find("Properties");
    check_resource(node, found_.resources);
    FoundMachine found;
    found.name = std::string(node.key());
    found.place = node.key_span() == Span{} ? node.span() : node.key_span();
    found.type = type_from(properties);
    for (auto property = properties.first_child(); property; property = property->next_sibling()) {
      const std::string_view key = property->key();
      if (key == "DefinitionUri" || key == "DefinitionS3Location") return add_uri(*property, std::move(found));
      if (key == "DefinitionString" || key == "Definition") return add_value(*property, std::move(found));
    }
    add_unread(std::move(found), "the resource has no definition");
  }

  void add_uri(const Node& property, FoundMachine found) {
    found.form = Form::TemplateUri;
    const auto text = template_text(property);
    if (!text) return add_unread(std::move(found), "the definition is an object in S3");
    add_elsewhere(std::move(found), text->text);
  }

  void add_value(const Node& property, FoundMachine found) {
    found.form = Form::TemplateObject;
    if (property.is_object()) {
      // AWS::Include puts a file in this place.
      const auto transform = property.find("Fn::Transform");
      const auto parameters = transform ? transform->find("Parameters") : std::nullopt;
      const auto location = parameters ? parameters->find("Location") : std::nullopt;
      if (location) return add_uri(*location, std::move(found));
      if (const auto value = property.find("Fn::ToJsonString")) return add_value(*value, std::move(found));
    }
    const bool computes = is_template_function(property) && property.tag() != "!ToJsonString";
    if (property.is_object() && !computes) return add_object(property, std::move(found));
    found.form = Form::TemplateString;
    if (extracted_ > kMaxExtractedBytes) return add_unread(std::move(found), std::string(kTooManyBytes));
    auto text = template_text(property);
    if (!text) return add_unread(std::move(found), "the definition is neither an object nor a text");
    if (text->text.find('{') == std::string::npos || (text->text.starts_with("${") && text->text.size() < 300)) {
      return add_unread(std::move(found), fmt::format("the definition is {}", text->text.substr(0, 100)));
    }
    add_mapped(std::move(found), std::move(*text));
  }
  void add_mapped(FoundMachine found, MappedText text) {
    extracted_ += text.text.size();
    if (extracted_ > kMaxExtractedBytes) return add_unread(std::move(found), std::string(kTooManyBytes));
    add(std::move(found), read_json_part(host_, std::move(text)));
  }

  void add_object(const Node& node, FoundMachine found) {
    if (!node.parent()) {
      // The whole text.
      found.form = Form::File;
      found.name = std::string(file_stem(path_));
    }
    const bool in_template = found.form == Form::TemplateObject;
    add(std::move(found), part_of(node, [&](const Node& value) {
          return in_template ? template_value(host_, value) : function_as_text(value);
        }));
  }
  void add_text(const Node& node, FoundMachine found) { add_mapped(std::move(found), node.mapped_text()); }
  void add_elsewhere(FoundMachine found, std::string_view target) {
    if (auto path = path_from(path_, target)) {
      found.file = *std::move(path);
      return add(std::move(found), std::nullopt);
    }
    add_unread(std::move(found), fmt::format("the definition is in {}", target.substr(0, 100)));
  }
  void add_unread(FoundMachine found, std::string reason) {
    if (found.form != Form::TemplateUri) found.form = Form::Unread;
    found.reason = std::move(reason);
    add(std::move(found), std::nullopt);
  }
  void add(FoundMachine found, std::optional<Document> definition) {
    if (is_full_) return;
    if (found_.machines.size() >= kMaxMachinesOfOneFile) {
      is_full_ = true;
      found.form = Form::Unread;
      found.reason = std::string(kTooManyMachines);
      definition.reset();
    }
    found.definition = std::move(definition);
    found.position = host_.position(found.place.begin);
    found_.machines.push_back(std::move(found));
  }

  const Document& host_;
  std::string_view path_;
  FoundInFile& found_;
  std::set<std::uint32_t> seen_;  // where machines and long strings start
  std::size_t extracted_ = 0;
  bool is_full_ = false;  // and it was told
};

/// What is wrong with the host, without what stands inside a definition and is told there.
Diagnostics around_definitions(const Document& host, const std::vector<FoundMachine>& machines) {
  std::vector<Span> inside;
  for (const FoundMachine& machine : machines) {
    if (machine.definition && machine.definition->root()) inside.push_back(machine.definition->root()->span());
  }
  Diagnostics around;
  for (const Diagnostic& diagnostic : host.diagnostics()) {
    const bool told = std::any_of(inside.begin(), inside.end(), [&](const Span& span) {
      return diagnostic.span.begin >= span.begin && diagnostic.span.end <= span.end;
    });
    if (!told) around.push_back(diagnostic);
  }
  return around;
}

/// A definition with directives of Terraform.
FoundMachine of_template(std::string text, std::string_view path) {
  const Document host = unread_document(std::move(text));
  FoundMachine machine;
  machine.name = std::string(file_stem(path));
  machine.position = host.position(0);
  bool chooses = false;
  MappedText read = hcl_template(host.text(), chooses);
  if (chooses) {
    machine.form = Form::Unread;
    machine.reason = std::string(kChooses);
  } else {
    machine.definition = read_json_part(host, std::move(read));
  }
  return machine;
}

/// A file that is one definition. What a tool will put into a template can call its functions.
FoundMachine whole_file(Document host, std::string_view path) {
  FoundMachine machine;
  machine.name = std::string(file_stem(path));
  const auto root = host.root();
  machine.place = root && root->is_object() ? Span{root->span().begin, root->span().begin + 1} : Span{};
  machine.position = host.position(machine.place.begin);
  if (root && is_template_function(*root)) {
    machine.form = Form::Unread;
    machine.reason = "a function of a template makes the definition";
    return machine;
  }
  const std::string_view text = host.text();
  const bool may_call = text.find("Fn::") != std::string_view::npos || text.find("Ref") != std::string_view::npos;
  machine.definition =
      root && may_call && host.diagnostics().empty() ? part_of(*root, function_as_text) : std::move(host);
  return machine;
}

}  // namespace

bool is_definition_name(std::string_view path) {
  path = without_template_endings(path);
  for (const std::string_view ending : {".asl.json", ".asl.yaml", ".asl.yml", ".asl"}) {
    if (path.ends_with(ending)) return true;
  }
  return false;
}

bool may_define_machines(std::string_view path) {
  if (path.ends_with(".template")) return true;
  path = without_template_endings(path);
  return path.ends_with(".json") || is_yaml_name(path) || path.ends_with(".tf") || path.ends_with(".asl") ||
         is_commented_json_name(path);
}

bool is_template_name(std::string_view path) {
  return without_template_endings(path) != path;
}

bool is_commented_json_name(std::string_view path) {
  path = without_template_endings(path);
  return path.ends_with(".jsonc") || path.ends_with(".json5");
}

bool is_read_as_json(std::string_view text, std::string_view path) {
  path = without_template_endings(path);
  if (path.ends_with(".tf") || is_yaml_name(path)) return false;
  return path.ends_with(".json") || starts_like_json(text);
}

bool mentions_machines(std::string_view text) {
  for (const std::string_view word : {"StartAt", "tateMachine", "sfn_state_machine"}) {
    if (text.find(word) != std::string_view::npos) return true;
  }
  return false;
}

bool is_worth_reading(std::string_view text, std::string_view path, bool expects_machines) {
  return expects_machines || is_definition_name(path) || mentions_machines(text);
}

bool means_machines(std::string_view text) {
  const auto has = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
  // A template of such a template is no YAML yet.
  if (has("{{")) return false;
  return has("AWS::Serverless::StateMachine") || has("AWS::StepFunctions::StateMachine") ||
         (has("stepFunctions:") && has("stateMachines:"));
}

FoundInFile find_definitions(std::string text, std::string_view path, bool is_definition) {
  FoundInFile found;
  const std::string_view inner = without_template_endings(path);
  if (inner.ends_with(".tf")) {
    find_in_terraform(std::move(text), path, found);
    return found;
  }
  if ((path.ends_with(".tftpl") || path.ends_with(".tpl")) && starts_like_json(text) && text.find("%{") != std::string::npos) {
    found.machines.push_back(of_template(std::move(text), path));
    return found;
  }
  const bool is_json = is_read_as_json(text, path);
  Document host = is_json ? read_definition_json(std::move(text)) : read_yaml(std::move(text));
  const auto root = host.root();
  if (is_definition || is_definition_name(path) || (root && is_machine(*root))) {
    found.machines.push_back(whole_file(std::move(host), path));
    return found;
  }
  if (root) TreeSearch(host, path, found).look(*root, false);
  found.diagnostics = around_definitions(host, found.machines);
  found.host = std::move(host);
  return found;
}

FoundInFile find_expected_definitions(std::string text, std::string_view path) {
  FoundInFile found = find_definitions(text, path);
  if (!found.machines.empty() || without_template_endings(path).ends_with(".tf")) return found;
  // A file that holds other things is no broken definition.
  const auto root = found.host ? found.host->root() : std::nullopt;
  const bool is_meant = is_definition_name(path) || text.find("\"StartAt\"") != std::string::npos ||
                        (root && (root->find("StartAt") || root->find("States")));
  return is_meant ? find_definitions(std::move(text), path, true) : std::move(found);
}

}  // namespace stepglass::analysis
