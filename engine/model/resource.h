#pragma once
// The Resource of a Task: what is called, and by which integration pattern.

#include <optional>
#include <string>
#include <string_view>

namespace stepglass {

struct Resource {
  enum class Kind {
    Lambda,    // arn:…:lambda:…:function:… : the bare function result, LambdaFunction* events
    Activity,  // arn:…:states:…:activity:… : Activity* events
    Service,   // arn:…:states:::service:action : an optimized integration, Task* events
    AwsSdk,    // arn:…:states:::aws-sdk:service:action : Task* events
    Http,      // arn:…:states:::http:invoke
  };
  enum class Pattern { RequestResponse, Sync, Sync2, WaitForTaskToken };

  /// As written.
  std::string arn;
  Kind kind = Kind::Service;
  Pattern pattern = Pattern::RequestResponse;
  /// "lambda", "aws-sdk:dynamodb", "http": what events call resourceType. Empty for Lambda ARNs and activities.
  std::string service;
  /// "invoke", "query": without the pattern's suffix. Empty for Lambda ARNs and activities.
  std::string action;
  /// "invoke.waitForTaskToken": what events call resource.
  std::string event_resource;

  bool waits_for_submission() const { return pattern != Pattern::RequestResponse; }
};

/// Reads a Resource; nothing when `arn` has none of the forms above. Unknown services and actions are accepted here.
/// Partitions aws, aws-cn, aws-us-gov and placeholders such as ${Function.Arn} (taken as a Lambda function) included.
/// Source: developer guide, "Integrating services".
std::optional<Resource> parse_resource(std::string_view arn);

}  // namespace stepglass
