#include "engine/model/integrations.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/model/placeholder.h"
#include "engine/support/text.h"

namespace stepglass::loading {
namespace {

struct Integration {
  std::string_view service;
  std::string_view action;
  bool sync = false;
  bool callback = false;
};

// Source: developer guide, "Integrating optimized services", as of November 2026. By service, then action.
constexpr Integration kIntegrations[] = {
    {"apigateway", "invoke", false, true},
    {"athena", "getQueryExecution"},
    {"athena", "getQueryResults"},
    {"athena", "startQueryExecution", true},
    {"athena", "stopQueryExecution"},
    {"batch", "submitJob", true},
    {"bedrock", "createModelCustomizationJob", true, true},
    {"bedrock", "invokeModel", false, true},
    {"bedrock-agentcore", "invokeHarness"},
    {"bedrockagentcore", "invokeHarness"},
    {"codebuild", "batchDeleteBuilds"},
    {"codebuild", "batchGetReports"},
    {"codebuild", "deleteBuildBatch"},
    {"codebuild", "retryBuildBatch", true},
    {"codebuild", "startBuild", true},
    {"codebuild", "startBuildBatch", true},
    {"codebuild", "stopBuild"},
    {"codebuild", "stopBuildBatch"},
    {"databrew", "startJobRun", true},
    {"dynamodb", "deleteItem"},
    {"dynamodb", "getItem"},
    {"dynamodb", "putItem"},
    {"dynamodb", "updateItem"},
    {"ecs", "runTask", true, true},
    {"eks", "call", false, true},
    {"eks", "createCluster", true},
    {"eks", "createFargateProfile", true},
    {"eks", "createNodegroup", true},
    {"eks", "deleteCluster", true},
    {"eks", "deleteFargateProfile", true},
    {"eks", "deleteNodegroup", true},
    {"eks", "runJob", true, true},
    {"elasticmapreduce", "addStep", true},
    {"elasticmapreduce", "cancelStep"},
    {"elasticmapreduce", "createCluster", true},
    {"elasticmapreduce", "modifyInstanceFleetByName"},
    {"elasticmapreduce", "modifyInstanceGroupByName"},
    {"elasticmapreduce", "setClusterTerminationProtection"},
    {"elasticmapreduce", "terminateCluster", true},
    {"emr-containers", "createVirtualCluster"},
    {"emr-containers", "deleteVirtualCluster", true},
    {"emr-containers", "startJobRun", true},
    {"emr-serverless", "cancelJobRun", true},
    {"emr-serverless", "createApplication", true},
    {"emr-serverless", "deleteApplication", true},
    {"emr-serverless", "startApplication", true},
    {"emr-serverless", "startJobRun", true},
    {"emr-serverless", "stopApplication", true},
    {"events", "putEvents", false, true},
    {"glue", "startJobRun", true},
    {"http", "invoke"},
    {"lambda", "invoke", false, true},
    {"mediaconvert", "createJob", true},
    {"sagemaker", "createEndpoint"},
    {"sagemaker", "createEndpointConfig"},
    {"sagemaker", "createHyperParameterTuningJob", true},
    {"sagemaker", "createLabelingJob", true},
    {"sagemaker", "createModel"},
    {"sagemaker", "createProcessingJob", true},
    {"sagemaker", "createTrainingJob", true},
    {"sagemaker", "createTransformJob", true},
    {"sagemaker", "updateEndpoint"},
    {"sns", "publish", false, true},
    {"sqs", "sendMessage", false, true},
    {"states", "startExecution", true, true},
};

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

std::optional<ResourceProblem> check_sdk(const Resource& resource) {
  const std::string_view service = std::string_view(resource.service).substr(sizeof("aws-sdk:") - 1);
  if (std::any_of(service.begin(), service.end(), is_upper) || is_upper(resource.action[0])) {
    std::string lower(service);
    for (char& c : lower) c = is_upper(c) ? static_cast<char>(c + 32) : c;
    std::string action = resource.action;
    if (is_upper(action[0])) action[0] = static_cast<char>(action[0] + 32);
    return ResourceProblem{"sdk-integration-case", "the service is written in lower case, the action in camelCase",
                           fmt::format("write \"aws-sdk:{}:{}\"", lower, action)};
  }
  if (resource.pattern == Resource::Pattern::Sync || resource.pattern == Resource::Pattern::Sync2) {
    return ResourceProblem{"unsupported-integration-pattern", "AWS SDK integrations have no .sync",
                           "use an optimized integration, or wait for the job with a loop"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<ResourceProblem> check_integration(const Resource& resource) {
  if (contains_placeholder(resource.service) || contains_placeholder(resource.event_resource)) return std::nullopt;
  if (resource.kind == Resource::Kind::AwsSdk) return check_sdk(resource);
  std::vector<std::string_view> names;  // of services, or of this service's actions
  for (const Integration& row : kIntegrations) {
    if (row.service == resource.service) names.push_back(row.action);
  }
  if (names.empty()) {
    for (const Integration& row : kIntegrations) {
      if (names.empty() || names.back() != row.service) names.push_back(row.service);
    }
    std::string help = fmt::format("call the service as \"aws-sdk:{}:…\"", display(resource.service));
    if (const auto near = nearest(resource.service, names)) help = fmt::format("did you mean \"{}\"?", *near);
    return ResourceProblem{"unknown-integration",
                           fmt::format("there is no optimized integration of \"{}\"", display(resource.service)),
                           std::move(help)};
  }
  const auto* row = std::find_if(std::begin(kIntegrations), std::end(kIntegrations), [&](const Integration& r) {
    return r.service == resource.service && r.action == resource.action;
  });
  if (row == std::end(kIntegrations)) {
    std::string help = fmt::format("call it as \"aws-sdk:{}:{}\"", resource.service, display(resource.action));
    if (const auto near = nearest(resource.action, names)) help = fmt::format("did you mean \"{}\"?", *near);
    return ResourceProblem{
        "unknown-integration",
        fmt::format("the integration of {} has no \"{}\"", resource.service, display(resource.action)),
        std::move(help)};
  }
  const auto unsupported = [&](std::string_view pattern) {
    return ResourceProblem{"unsupported-integration-pattern",
                           fmt::format("{}:{} has no {}", row->service, row->action, pattern),
                           "leave the suffix out, and wait in another way"};
  };
  switch (resource.pattern) {
    case Resource::Pattern::RequestResponse:
      return std::nullopt;
    case Resource::Pattern::Sync:
      if (!row->sync) return unsupported(".sync");
      return std::nullopt;
    case Resource::Pattern::Sync2:
      if (row->service != "states") return unsupported(".sync:2");
      return std::nullopt;
    case Resource::Pattern::WaitForTaskToken:
      if (!row->callback) return unsupported(".waitForTaskToken");
      return std::nullopt;
  }
  return std::nullopt;
}

std::vector<std::string> resources_of_integrations() {
  std::vector<std::string> resources;
  for (const Integration& row : kIntegrations) {
    const std::string plain = fmt::format("arn:aws:states:::{}:{}", row.service, row.action);
    resources.push_back(plain);
    if (row.sync) resources.push_back(plain + ".sync");
    if (row.sync && row.service == "states") resources.push_back(plain + ".sync:2");
    if (row.callback) resources.push_back(plain + ".waitForTaskToken");
  }
  return resources;
}

}  // namespace stepglass::loading
