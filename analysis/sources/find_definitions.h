#pragma once
// Finds the state machines of one text: a definition as such, in a CloudFormation or SAM template, in serverless.yml,
// in Terraform, or anywhere in JSON and YAML. No files are read; a definition in another file is named by its path.
//
//   if (may_define_machines(path) && is_worth_reading(text, path, false))
//     for (FoundMachine& machine : find_definitions(text, path).machines) …

#include <string>
#include <string_view>
#include <vector>

#include "analysis/sources/found_machine.h"

namespace stepglass::analysis {

struct FoundInFile {
  /// In the order of the text.
  std::vector<FoundMachine> machines;
  /// What is wrong with the text around the definitions, e.g. the template's syntax. Those of a definition itself stand
  /// in its document.
  Diagnostics diagnostics;
  /// What is wrong with the resources that define machines, apart from the definitions; of all severities.
  Diagnostics resources = {};
  /// Where the diagnostics are; none for Terraform.
  std::optional<Document> host;
};

/// Whether a file of this name can define machines: JSON, YAML, Terraform, and templates of them such as x.json.j2.
bool may_define_machines(std::string_view path);

/// Whether a file of this name is a definition whatever it holds: *.asl.json, *.asl.yaml, *.asl.yml, *.asl.
bool is_definition_name(std::string_view path);

/// Whether a file of this name makes others, with an ending of a template engine such as .j2.
bool is_template_name(std::string_view path);

/// Whether a file of this name is JSON with comments and trailing commas: *.jsonc, *.json5.
bool is_commented_json_name(std::string_view path);

/// Whether `text` in a file of this name is read as JSON, and not as YAML or Terraform.
bool is_read_as_json(std::string_view text, std::string_view path);

/// Whether `text` holds any of the words without which there is no machine in it. Quick.
bool mentions_machines(std::string_view text);

/// Whether to look for machines in `text`: where somebody says that there are some, the name says so, or it mentions
/// them. All that look into the files of a folder ask this first.
bool is_worth_reading(std::string_view text, std::string_view path, bool expects_machines);

/// Whether `text` is a template or a serverless.yml that surely means to define a state machine, so that what is wrong
/// in it has to be told even where no machine can be read.
bool means_machines(std::string_view text);

/// `path` tells the format and names a machine without name; with "/" between folders.
/// `is_definition`: the text is a definition, although its name does not say so, since another file says so.
FoundInFile find_definitions(std::string text, std::string_view path, bool is_definition = false);

/// Of a file of which somebody says that machines are in it: when none is found, all of it is a definition.
FoundInFile find_expected_definitions(std::string text, std::string_view path);

}  // namespace stepglass::analysis
