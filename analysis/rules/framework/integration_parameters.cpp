#include "analysis/rules/framework/integration_parameters.h"

namespace stepglass::analysis {
namespace {

using Names = const std::string_view[];

// Source: developer guide, "Integrating optimized services", the pages of the single services, 2026.
constexpr Names kLambda = {"FunctionName"};
constexpr Names kLambdaMore = {"ClientContext", "InvocationType", "LogType", "Payload", "Qualifier"};
constexpr Names kHttp = {"ApiEndpoint", "Method"};
constexpr Names kConnections = {"Authentication", "InvocationConfig"};
constexpr Names kObject = {"Bucket", "Key"};
constexpr Names kBucket = {"Bucket"};
constexpr Names kTableKey = {"TableName", "Key"};
constexpr Names kTableItem = {"TableName", "Item"};
constexpr Names kGetItem = {"AttributesToGet", "ConsistentRead", "ExpressionAttributeNames", "ProjectionExpression",
                            "ReturnConsumedCapacity"};
constexpr Names kPutItem = {"ConditionalOperator",
                            "ConditionExpression",
                            "Expected",
                            "ExpressionAttributeNames",
                            "ExpressionAttributeValues",
                            "ReturnConsumedCapacity",
                            "ReturnItemCollectionMetrics",
                            "ReturnValues",
                            "ReturnValuesOnConditionCheckFailure"};
constexpr Names kUpdateItem = {"AttributeUpdates",
                               "ConditionalOperator",
                               "ConditionExpression",
                               "Expected",
                               "ExpressionAttributeNames",
                               "ExpressionAttributeValues",
                               "ReturnConsumedCapacity",
                               "ReturnItemCollectionMetrics",
                               "ReturnValues",
                               "ReturnValuesOnConditionCheckFailure",
                               "UpdateExpression"};
constexpr Names kSendMessage = {"QueueUrl", "MessageBody"};
constexpr Names kSendMessageMore = {"DelaySeconds", "MessageAttributes", "MessageDeduplicationId", "MessageGroupId",
                                    "MessageSystemAttributes"};
constexpr Names kPublish = {"Message"};
constexpr Names kPublishMore = {"MessageAttributes", "MessageDeduplicationId",
                                "MessageGroupId",    "MessageStructure",
                                "PhoneNumber",       "Subject",
                                "TargetArn",         "TopicArn"};
constexpr Names kStartExecution = {"StateMachineArn"};
constexpr Names kStartExecutionMore = {"Input", "Name", "TraceHeader"};
constexpr Names kPutEvents = {"Entries"};
constexpr Names kInvokeApi = {"ApiEndpoint", "Method"};
constexpr Names kRunTask = {"TaskDefinition"};
constexpr Names kSubmitJob = {"JobName", "JobQueue", "JobDefinition"};
constexpr Names kJobRun = {"JobName"};
constexpr Names kBrew = {"Name"};
constexpr Names kQuery = {"QueryString"};

constexpr IntegrationParameters kTable[] = {
    {"lambda", "invoke", kLambda, kLambdaMore},
    {"http", "invoke", kHttp, {}, kConnections},
    {"dynamodb", "getItem", kTableKey, kGetItem},
    {"dynamodb", "putItem", kTableItem, kPutItem},
    {"dynamodb", "updateItem", kTableKey, kUpdateItem},
    {"dynamodb", "deleteItem", kTableKey, kPutItem},
    {"sqs", "sendMessage", kSendMessage, kSendMessageMore},
    {"sns", "publish", kPublish, kPublishMore},
    {"states", "startExecution", kStartExecution, kStartExecutionMore},
    {"events", "putEvents", kPutEvents, {}},
    {"apigateway", "invoke", kInvokeApi, {}},
    {"ecs", "runTask", kRunTask, {}},
    {"batch", "submitJob", kSubmitJob, {}},
    {"glue", "startJobRun", kJobRun, {}},
    {"databrew", "startJobRun", kBrew, {}},
    {"athena", "startQueryExecution", kQuery, {}},
};

struct TypedParameter {
  std::string_view service;
  std::string_view name;
  ParameterType type;
};

// A name means the same in all actions of a service that are in the table above.
constexpr TypedParameter kTypes[] = {
    {"lambda", "FunctionName", ParameterType::Text},
    {"lambda", "InvocationType", ParameterType::Text},
    {"lambda", "LogType", ParameterType::Text},
    {"lambda", "Qualifier", ParameterType::Text},
    {"lambda", "Payload", ParameterType::Json},
    {"dynamodb", "TableName", ParameterType::Text},
    {"dynamodb", "ConditionExpression", ParameterType::Text},
    {"dynamodb", "UpdateExpression", ParameterType::Text},
    {"dynamodb", "ProjectionExpression", ParameterType::Text},
    {"dynamodb", "ReturnValues", ParameterType::Text},
    {"dynamodb", "ConsistentRead", ParameterType::Boolean},
    {"dynamodb", "ExpressionAttributeNames", ParameterType::Object},
    {"dynamodb", "Key", ParameterType::Attributes},
    {"dynamodb", "Item", ParameterType::Attributes},
    {"dynamodb", "ExpressionAttributeValues", ParameterType::Attributes},
    {"sqs", "QueueUrl", ParameterType::Text},
    {"sqs", "MessageBody", ParameterType::Json},
    {"sqs", "MessageGroupId", ParameterType::Text},
    {"sqs", "MessageDeduplicationId", ParameterType::Text},
    {"sqs", "DelaySeconds", ParameterType::Integer},
    {"sqs", "MessageAttributes", ParameterType::Object},
    {"sns", "TopicArn", ParameterType::Text},
    {"sns", "TargetArn", ParameterType::Text},
    {"sns", "PhoneNumber", ParameterType::Text},
    {"sns", "Subject", ParameterType::Text},
    {"sns", "Message", ParameterType::Json},
    {"sns", "MessageStructure", ParameterType::Text},
    {"sns", "MessageGroupId", ParameterType::Text},
    {"sns", "MessageDeduplicationId", ParameterType::Text},
    {"sns", "MessageAttributes", ParameterType::Object},
    {"states", "StateMachineArn", ParameterType::Text},
    {"states", "Name", ParameterType::Text},
    {"states", "Input", ParameterType::Json},
    {"events", "Entries", ParameterType::Array},
    {"ecs", "Cluster", ParameterType::Text},
    {"ecs", "TaskDefinition", ParameterType::Text},
    {"ecs", "LaunchType", ParameterType::Text},
    {"ecs", "NetworkConfiguration", ParameterType::Object},
    {"ecs", "Overrides", ParameterType::Object},
    {"batch", "JobName", ParameterType::Text},
    {"batch", "JobQueue", ParameterType::Text},
    {"batch", "JobDefinition", ParameterType::Text},
    {"glue", "JobName", ParameterType::Text},
    {"athena", "QueryString", ParameterType::Text},
    {"athena", "WorkGroup", ParameterType::Text},
};

}  // namespace

const IntegrationParameters* parameters_of(const Resource& resource) {
  if (resource.kind != Resource::Kind::Service && resource.kind != Resource::Kind::Http) return nullptr;
  for (const IntegrationParameters& row : kTable) {
    if (row.service == resource.service && row.action == resource.action) return &row;
  }
  return nullptr;
}

const IntegrationParameters* parameters_of_map(std::string_view resource) {
  static constexpr IntegrationParameters kOfMaps[] = {
      {"s3", "getObject", kObject, {}}, {"s3", "listObjectsV2", kBucket, {}}, {"s3", "putObject", kBucket, {}}};
  for (const IntegrationParameters& row : kOfMaps) {
    if (!resource.ends_with(row.action)) continue;
    resource.remove_suffix(row.action.size());
    return resource.ends_with(":states:::s3:") ? &row : nullptr;
  }
  return nullptr;
}

std::optional<ParameterType> parameter_type(const Resource& resource, std::string_view name) {
  if (!parameters_of(resource)) return std::nullopt;
  for (const TypedParameter& row : kTypes) {
    if (row.service == resource.service && row.name == name) return row.type;
  }
  return std::nullopt;
}

}  // namespace stepglass::analysis
