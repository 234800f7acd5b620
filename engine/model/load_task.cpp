// Task states: Resource and Credentials, and what concerns several fields.

#include "engine/model/express.h"
#include "engine/model/integrations.h"
#include "engine/model/loader.h"
#include "engine/model/placeholder.h"
#include "engine/model/service_words.h"

namespace stepglass::loading {
namespace {

/// A URI of another scheme than arn: what the specification allows and other interpreters take, but not the service.
bool is_other_uri(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size() || text.starts_with("arn:"))
    return false;
  for (const char c : text.substr(0, colon)) {
    const bool fits =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    if (!fits) return false;
  }
  return true;
}

void check_express(StateReader& r, Node node, const Resource& resource) {
  const ExpressObstacle obstacle = express_obstacle(resource);
  std::string_view rule, sentence;
  switch (obstacle) {
    case ExpressObstacle::None:
      return;
    case ExpressObstacle::Activity:
      rule = "express-activity";
      sentence = service::kExpressActivity;
      break;
    case ExpressObstacle::Callback:
      rule = "express-callback";
      sentence = service::kExpressCallback;
      break;
    case ExpressObstacle::Sync:
      rule = "express-sync";
      sentence = service::kExpressSync;
      break;
  }
  r.reading.findings.add({.name = rule,
                          .at = node,
                          .span = node.span(),
                          .message = fmt::format("an Express execution cannot wait for {}", awaited_text(obstacle)),
                          .help = "make the machine Standard, or call the service without waiting"},
                         {.message = std::string(sentence), .at = node});
}

}  // namespace

void read_resource(StateReader& r, Node node) {
  Resource& resource = r.as<Task>().resource;
  const auto text = read_string(r.reading, node);
  if (!text) return;
  auto parsed = parse_resource(*text);
  if (!parsed) {
    resource.arn = std::string(*text);
    r.reading.findings.add(
        {.name = "invalid-resource-arn",
         .at = node,
         .span = node.span(),
         .message = fmt::format("\"{}\" names nothing that a task can call", quoted(*text)),
         .help = "write the ARN of a Lambda function or activity, or arn:aws:states:::service:action",
         // The machine is then meant for another interpreter, or for nothing yet.
         .severity = is_other_uri(*text) ? Severity::Warning : Severity::Error},
        {.message = text->starts_with("arn:") ? service::unknown_resource(*text) : std::string(service::kNoArn),
         .at = node});
    return;
  }
  resource = std::move(*parsed);
  if (resource.kind != Resource::Kind::Lambda && resource.kind != Resource::Kind::Activity) {
    if (auto problem = check_integration(resource)) {
      r.reading.findings.add({.name = problem->rule,
                              .at = node,
                              .span = node.span(),
                              .message = fmt::format("\"{}\": {}", quoted(*text), problem->reason),
                              .help = std::move(problem->help)},
                             {.message = service::unknown_resource(*text), .at = node});
      return;
    }
  }
  if (r.reading.express) check_express(r, node, resource);
}

void read_credentials(StateReader& r, Node node) {
  const bool is_whole_expression = r.reading.is_jsonata() && node.is_string();
  if (!node.is_object() && !is_whole_expression) {
    report_type(r.reading, node, "an object with a \"RoleArn\"", "[OBJECT]");
    return;
  }
  if (node.is_object() && !node.find("RoleArn") && !node.find("RoleArn.$")) {
    r.reading.findings.add({.name = "credentials-missing-role",
                            .at = node,
                            .span = head(node),
                            .message = "\"Credentials\" has no \"RoleArn\"",
                            .help = "name the role that the task takes on"},
                           {.message = service::required_but_missing("RoleArn"), .at = node});
  }
  r.as<Task>().credentials = read_template(r.reading, node);
}

void check_task(StateReader& r, const Fields<StateReader>& fields) {
  const Task& task = r.as<Task>();
  const auto* timeout = std::get_if<std::int64_t>(&task.timeout_seconds);
  const auto* heartbeat = std::get_if<std::int64_t>(&task.heartbeat_seconds);
  const auto heartbeat_node = fields.find("HeartbeatSeconds");
  if (timeout && heartbeat && heartbeat_node && *heartbeat >= *timeout) {
    // A MUST of the specification; nobody saw the service refuse it.
    r.reading.findings.add(
        {.name = "heartbeat-not-less-than-timeout",
         .at = *heartbeat_node,
         .span = heartbeat_node->span(),
         .message = fmt::format("a heartbeat of {} seconds never acts before the timeout of {}", *heartbeat, *timeout),
         .help = "write a \"HeartbeatSeconds\" that is smaller than \"TimeoutSeconds\"",
         .severity = Severity::Warning});
  }
  const auto resource = fields.find("Resource");
  if (!resource || !resource->is_string()) return;
  if (const auto credentials = fields.find("Credentials");
      credentials && task.resource.kind == Resource::Kind::Activity) {
    r.reading.findings.add({.name = "field-not-allowed-for-type",
                            .at = *credentials,
                            .span = credentials->key_span(),
                            .message = "a task of an activity has no field \"Credentials\"",
                            .help = "delete it: the worker brings its own"},
                           {.message = std::string(service::kActivityCredentials), .at = *credentials});
  }
  const bool is_integration = !task.resource.service.empty() && !contains_placeholder(task.resource.arn);
  if (is_integration && !fields.has("Parameters") && !fields.has("Arguments")) {
    const std::string_view field = r.reading.is_jsonata() ? "Arguments" : "Parameters";
    r.reading.findings.add(
        {.name = "missing-integration-parameter",
         .at = *resource,
         .span = resource->span(),
         .message = fmt::format("the call has no \"{}\"", field),
         .help = fmt::format("write \"{}\" with what {} needs", field, quoted(task.resource.service))},
        {.message = service::parameters_required(field, task.resource.arn), .at = *resource});
  }
}

}  // namespace stepglass::loading
