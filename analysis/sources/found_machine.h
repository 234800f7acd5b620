#pragma once
// A state machine that a file defines or names: what find_definitions() gives.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/document.h"
#include "engine/model/state_machine.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

/// How a definition stands in its file.
enum class Form : std::uint8_t {
  File,            // it is the file
  Nested,          // an object or a JSON string somewhere in a JSON or YAML file
  TemplateObject,  // CloudFormation, SAM: Definition
  TemplateString,  // CloudFormation, SAM: DefinitionString
  TemplateUri,     // CloudFormation, SAM: DefinitionUri, DefinitionS3Location; it is another file, or in S3
  Serverless,      // serverless.yml: stepFunctions.stateMachines
  ServerlessFile,  // the same with ${file(…)}; the definition is another file
  Heredoc,         // Terraform: <<EOF, or a string
  Jsonencode,      // Terraform: jsonencode({…})
  TerraformFile,   // Terraform: file(…), templatefile(…); the definition is another file
  Unread           // there is one, but what it is shows at deployment only
};

/// "file", "nested", "cfn-object", "cfn-string", "cfn-uri", "serverless", "serverless-file", "heredoc", "jsonencode",
/// "terraform-file", "unread"
std::string_view form_name(Form form);

struct FoundMachine {
  /// The logical id, the name of the resource, or the file's name without its endings. Any text.
  std::string name;
  Form form = Form::File;
  /// Nothing where the file does not say; the service takes Standard.
  std::optional<MachineType> type;
  /// The bytes of the file that say that there is a machine: a key, a name, or the definition's start.
  Span place;
  Position position;
  /// The definition. Its text, its places and its positions are those of the file, also where it was taken out of a
  /// string. Placeholders of deployment tools are texts such as ${Name}. None where it stands in `file`, or is unread.
  std::optional<Document> definition;
  /// The path of the file that holds the definition, from the root that this file's path starts at; mostly empty.
  std::string file;
  /// Why the definition is unread; mostly empty.
  std::string reason;
};

/// Why there is no machine to look at, for a sentence that begins with the file: "holds no state machine \"Pay\"".
struct NoMachine {
  std::string message;
  /// What to do; may be empty.
  std::string help;
};

/// The machine of this name, or the first where `name` is empty; its definition is there, and is an object. Says why
/// not where there is none, or where its definition is elsewhere or unread.
Result<const FoundMachine*, NoMachine> machine_named(const std::vector<FoundMachine>& machines, std::string_view name);

/// How many states `definition` has, inner ones included.
std::size_t count_states(const Document& definition);

}  // namespace stepglass::analysis
