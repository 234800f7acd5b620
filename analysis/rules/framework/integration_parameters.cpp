#include "analysis/rules/framework/integration_parameters.h"

namespace stepglass::analysis {
namespace {

using Names = const std::string_view[];

// Source: developer guide, "Integrating optimized services", the pages of the single services, 2026.
constexpr Names kLambda = {"FunctionName"};
constexpr Names kLambdaMore = {"ClientContext", "InvocationType", "LogType", "Payload", "Qualifier"};
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

}  // namespace

const IntegrationParameters* parameters_of(const Resource& resource) {
  if (resource.kind != Resource::Kind::Service) return nullptr;
  for (const IntegrationParameters& row : kTable) {
    if (row.service == resource.service && row.action == resource.action) return &row;
  }
  return nullptr;
}

}  // namespace stepglass::analysis
