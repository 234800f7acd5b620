// The API models, as tables, and the comparison of a mocked result with them.
//
// A row of kActions names an action and the fields of its answer as Step Functions shows them: in PascalCase also where
// the API has camelCase. Types and ranges are those of the public service models (the API reference of each service);
// enumerations to which services add values all the time (runtimes, reason codes) are left out, so that a new value is
// not refused. To add an action, add its fields and a row.

#include "engine/interpreter/mock_validation.h"

#include <fmt/format.h>

#include <limits>
#include <string_view>

#include "engine/support/text.h"

namespace stepglass {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();

struct Field;

/// What a value of an API's answer must be.
struct Shape {
  enum class Type : std::uint8_t { Any, Text, Number, Boolean, List, Structure, Map };
  Type type = Type::Any;
  /// Least and most: of a Number its value, of a Text its characters, of a List its items.
  double least = -kUnbounded;
  double most = kUnbounded;
  /// The values that a Text can have; null when it can have any.
  const std::string_view* values = nullptr;
  std::size_t value_count = 0;
  /// The fields of a Structure.
  const Field* fields = nullptr;
  std::size_t field_count = 0;
  /// The items of a List, the values of a Map.
  const Shape* element = nullptr;
};

struct Field {
  std::string_view name;
  Shape shape;
  bool required = false;
};

constexpr Shape kAny{};
constexpr Shape text(double least = 0, double most = kUnbounded) {
  return {.type = Shape::Type::Text, .least = least, .most = most};
}
template <std::size_t N>
constexpr Shape one_of(const std::string_view (&values)[N]) {
  return {.type = Shape::Type::Text, .values = values, .value_count = N};
}
constexpr Shape number(double least = -kUnbounded, double most = kUnbounded) {
  return {.type = Shape::Type::Number, .least = least, .most = most};
}
template <std::size_t N>
constexpr Shape structure(const Field (&fields)[N]) {
  return {.type = Shape::Type::Structure, .fields = fields, .field_count = N};
}
constexpr Shape list_of(const Shape& element, double least = 0, double most = kUnbounded) {
  return {.type = Shape::Type::List, .least = least, .most = most, .element = &element};
}
constexpr Shape map_of(const Shape& element) {
  return {.type = Shape::Type::Map, .element = &element};
}
constexpr Field required(std::string_view name, Shape shape) {
  return {name, shape, true};
}

constexpr Shape kBoolean{.type = Shape::Type::Boolean};
constexpr Shape kText = text();
constexpr Shape kNumber = number();
constexpr Shape kCount = number(0);
/// Bytes come as Base64 text.
constexpr Shape kBlob = text();
/// Recorded: a boolean StartDate "must be a string".
constexpr Shape kTimestamp = text();
constexpr Shape kTexts = list_of(kText);
constexpr Shape kTextMap = map_of(kText);
/// A structure or list whose parts are not compared.
constexpr Shape kObject{.type = Shape::Type::Structure};
constexpr Shape kObjects = list_of(kObject);

// ------------------------------------------------------------------------------------------------------------- Lambda

constexpr Field kInvoke[] = {{"StatusCode", kNumber},
                             {"FunctionError", kText},
                             {"LogResult", kText},
                             {"Payload", kAny},
                             {"ExecutedVersion", text(1, 1024)}};
constexpr std::string_view kFunctionStates[] = {"Pending",      "Active",      "Inactive",           "Failed",
                                                "Deactivating", "Deactivated", "ActiveNonInvocable", "Deleting"};
constexpr std::string_view kUpdateStatuses[] = {"Successful", "Failed", "InProgress"};
constexpr std::string_view kPackageTypes[] = {"Zip", "Image"};
constexpr std::string_view kArchitectures[] = {"x86_64", "arm64"};
constexpr Shape kArchitecture = one_of(kArchitectures);
constexpr Field kFunctionConfiguration[] = {{"FunctionName", text(1, 170)},
                                            {"FunctionArn", kText},
                                            {"Runtime", kText},
                                            {"Role", kText},
                                            {"Handler", text(0, 128)},
                                            {"CodeSize", kNumber},
                                            {"Description", text(0, 256)},
                                            {"Timeout", number(1)},
                                            {"MemorySize", number(128, 10240)},
                                            {"LastModified", kTimestamp},
                                            {"CodeSha256", kText},
                                            {"Version", text(1, 1024)},
                                            {"VpcConfig", kObject},
                                            {"DeadLetterConfig", kObject},
                                            {"Environment", kObject},
                                            {"KMSKeyArn", kText},
                                            {"TracingConfig", kObject},
                                            {"MasterArn", kText},
                                            {"RevisionId", kText},
                                            {"Layers", kObjects},
                                            {"State", one_of(kFunctionStates)},
                                            {"StateReason", kText},
                                            {"StateReasonCode", kText},
                                            {"LastUpdateStatus", one_of(kUpdateStatuses)},
                                            {"LastUpdateStatusReason", kText},
                                            {"LastUpdateStatusReasonCode", kText},
                                            {"FileSystemConfigs", list_of(kObject, 0, 1)},
                                            {"PackageType", one_of(kPackageTypes)},
                                            {"ImageConfigResponse", kObject},
                                            {"SigningProfileVersionArn", kText},
                                            {"SigningJobArn", kText},
                                            {"Architectures", list_of(kArchitecture, 1, 1)},
                                            {"EphemeralStorage", kObject},
                                            {"SnapStart", kObject}};
constexpr Shape kFunction = structure(kFunctionConfiguration);
constexpr Field kFunctionCode[] = {
    {"RepositoryType", kText}, {"Location", kText}, {"ImageUri", kText}, {"ResolvedImageUri", kText}};
constexpr Field kFunctionConcurrency[] = {{"ReservedConcurrentExecutions", kCount}};
constexpr Field kGetFunction[] = {{"Configuration", kFunction},
                                  {"Code", structure(kFunctionCode)},
                                  {"Tags", kTextMap},
                                  {"Concurrency", structure(kFunctionConcurrency)}};
constexpr Field kListFunctions[] = {{"NextMarker", kText}, {"Functions", list_of(kFunction)}};

// ----------------------------------------------------------------------------------------------------------- DynamoDB

/// Refers to itself: a value can hold values.
extern const Shape kAttributeValue;
constexpr Field kAttributeValueFields[] = {{"S", kText},
                                           {"N", kText},
                                           {"B", kBlob},
                                           {"SS", kTexts},
                                           {"NS", kTexts},
                                           {"BS", kTexts},
                                           {"M", map_of(kAttributeValue)},
                                           {"L", list_of(kAttributeValue)},
                                           {"NULL", kBoolean},
                                           {"BOOL", kBoolean}};
constexpr Shape kAttributeValue = structure(kAttributeValueFields);
constexpr Shape kItem = map_of(kAttributeValue);
constexpr Shape kItems = list_of(kItem);
constexpr Shape kItemMap = map_of(kItems);
constexpr Field kCapacityFields[] = {
    {"ReadCapacityUnits", kNumber}, {"WriteCapacityUnits", kNumber}, {"CapacityUnits", kNumber}};
constexpr Shape kCapacity = structure(kCapacityFields);
constexpr Field kConsumedCapacityFields[] = {{"TableName", kText},
                                             {"CapacityUnits", kNumber},
                                             {"ReadCapacityUnits", kNumber},
                                             {"WriteCapacityUnits", kNumber},
                                             {"Table", kCapacity},
                                             {"LocalSecondaryIndexes", map_of(kCapacity)},
                                             {"GlobalSecondaryIndexes", map_of(kCapacity)}};
constexpr Shape kConsumedCapacity = structure(kConsumedCapacityFields);
constexpr Field kCollectionMetricsFields[] = {{"ItemCollectionKey", kItem}, {"SizeEstimateRangeGB", list_of(kNumber)}};
constexpr Shape kCollectionMetrics = structure(kCollectionMetricsFields);
constexpr Field kGetItem[] = {{"Item", kItem}, {"ConsumedCapacity", kConsumedCapacity}};
constexpr Field kWriteItem[] = {
    {"Attributes", kItem}, {"ConsumedCapacity", kConsumedCapacity}, {"ItemCollectionMetrics", kCollectionMetrics}};
constexpr Field kQuery[] = {{"Items", kItems},
                            {"Count", kNumber},
                            {"ScannedCount", kNumber},
                            {"LastEvaluatedKey", kItem},
                            {"ConsumedCapacity", kConsumedCapacity}};
constexpr Field kBatchGetItem[] = {
    {"Responses", kItemMap}, {"UnprocessedKeys", kObject}, {"ConsumedCapacity", list_of(kConsumedCapacity)}};
constexpr Field kBatchWriteItem[] = {{"UnprocessedItems", kObject},
                                     {"ItemCollectionMetrics", kObject},
                                     {"ConsumedCapacity", list_of(kConsumedCapacity)}};

// ------------------------------------------------------------------------------------------- messages: SQS, SNS,
// events

constexpr Field kSendMessage[] = {{"MD5OfMessageBody", kText},
                                  {"MD5OfMessageAttributes", kText},
                                  {"MD5OfMessageSystemAttributes", kText},
                                  {"MessageId", kText},
                                  {"SequenceNumber", kText}};
constexpr Field kMessageFields[] = {
    {"MessageId", kText},     {"ReceiptHandle", kText},          {"MD5OfBody", kText},          {"Body", kText},
    {"Attributes", kTextMap}, {"MD5OfMessageAttributes", kText}, {"MessageAttributes", kObject}};
constexpr Shape kMessage = structure(kMessageFields);
constexpr Field kReceiveMessage[] = {{"Messages", list_of(kMessage)}};
constexpr Field kPublish[] = {{"MessageId", kText}, {"SequenceNumber", kText}};
constexpr Field kPutEventsEntryFields[] = {{"EventId", text(0, 64)}, {"ErrorCode", kText}, {"ErrorMessage", kText}};
constexpr Shape kPutEventsEntry = structure(kPutEventsEntryFields);
constexpr Field kPutEvents[] = {{"FailedEntryCount", kNumber}, {"Entries", list_of(kPutEventsEntry)}};

// ----------------------------------------------------------------------------------------------------- Step Functions

constexpr std::string_view kExecutionStatuses[] = {"RUNNING",   "SUCCEEDED", "FAILED",
                                                   "TIMED_OUT", "ABORTED",   "PENDING_REDRIVE"};
constexpr std::string_view kSyncStatuses[] = {"SUCCEEDED", "FAILED", "TIMED_OUT"};
constexpr std::string_view kRedriveStatuses[] = {"REDRIVABLE", "NOT_REDRIVABLE", "REDRIVABLE_BY_MAP_RUN"};
constexpr Shape kArn = text(1, 256);
constexpr Shape kLongArn = text(1, 2000);
constexpr Shape kName = text(1, 80);
constexpr Shape kData = text(0, 262'144);
constexpr Field kDataDetailsFields[] = {{"Included", kBoolean}};
constexpr Shape kDataDetails = structure(kDataDetailsFields);
constexpr Field kStartExecution[] = {required("ExecutionArn", kArn), required("StartDate", kTimestamp)};
constexpr Field kDescribeExecution[] = {required("ExecutionArn", kArn),
                                        required("StateMachineArn", kArn),
                                        {"Name", kName},
                                        required("Status", one_of(kExecutionStatuses)),
                                        required("StartDate", kTimestamp),
                                        {"StopDate", kTimestamp},
                                        {"Input", kData},
                                        {"InputDetails", kDataDetails},
                                        {"Output", kData},
                                        {"OutputDetails", kDataDetails},
                                        {"TraceHeader", text(0, 256)},
                                        {"MapRunArn", kLongArn},
                                        {"Error", text(0, 256)},
                                        {"Cause", text(0, 32'768)},
                                        {"StateMachineVersionArn", kArn},
                                        {"StateMachineAliasArn", kArn},
                                        {"RedriveCount", kCount},
                                        {"RedriveDate", kTimestamp},
                                        {"RedriveStatus", one_of(kRedriveStatuses)},
                                        {"RedriveStatusReason", kText}};
/// With .sync:2 input and output come as JSON and not as text.
constexpr Field kDescribeExecutionParsed[] = {required("ExecutionArn", kArn),
                                              required("StateMachineArn", kArn),
                                              {"Name", kName},
                                              required("Status", one_of(kExecutionStatuses)),
                                              required("StartDate", kTimestamp),
                                              {"StopDate", kTimestamp},
                                              {"InputDetails", kDataDetails},
                                              {"OutputDetails", kDataDetails},
                                              {"TraceHeader", text(0, 256)},
                                              {"MapRunArn", kLongArn},
                                              {"Error", text(0, 256)},
                                              {"Cause", text(0, 32'768)},
                                              {"StateMachineVersionArn", kArn},
                                              {"StateMachineAliasArn", kArn},
                                              {"RedriveCount", kCount},
                                              {"RedriveDate", kTimestamp},
                                              {"RedriveStatus", one_of(kRedriveStatuses)},
                                              {"RedriveStatusReason", kText}};
constexpr Field kBillingFields[] = {{"BilledMemoryUsedInMB", kCount}, {"BilledDurationInMilliseconds", kCount}};
constexpr Field kStartSyncExecution[] = {required("ExecutionArn", kArn),
                                         {"StateMachineArn", kArn},
                                         {"Name", kName},
                                         required("StartDate", kTimestamp),
                                         required("StopDate", kTimestamp),
                                         required("Status", one_of(kSyncStatuses)),
                                         {"Error", text(0, 256)},
                                         {"Cause", text(0, 32'768)},
                                         {"Input", kData},
                                         {"InputDetails", kDataDetails},
                                         {"Output", kData},
                                         {"OutputDetails", kDataDetails},
                                         {"TraceHeader", text(0, 256)},
                                         {"BillingDetails", structure(kBillingFields)}};
constexpr Field kExecutionListItemFields[] = {
    required("ExecutionArn", kArn),    required("StateMachineArn", kArn),
    required("Name", kName),           required("Status", one_of(kExecutionStatuses)),
    required("StartDate", kTimestamp), {"StopDate", kTimestamp},
    {"MapRunArn", kLongArn},           {"ItemCount", kCount},
    {"StateMachineVersionArn", kArn},  {"StateMachineAliasArn", kArn},
    {"RedriveCount", kCount},          {"RedriveDate", kTimestamp}};
constexpr Shape kExecutionListItem = structure(kExecutionListItemFields);
constexpr Field kListExecutions[] = {required("Executions", list_of(kExecutionListItem)), {"NextToken", text(1, 3096)}};
constexpr Field kStopExecution[] = {required("StopDate", kTimestamp)};

// ----------------------------------------------------------------------------------------------------------------- S3

constexpr std::string_view kStorageClasses[] = {
    "STANDARD",  "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING",
    "GLACIER",   "DEEP_ARCHIVE",       "GLACIER_IR",  "OUTPOSTS",   "SNOW",
    "FSX_ONTAP", "EXPRESS_ONEZONE",    "FSX_OPENZFS"};
constexpr std::string_view kEncryptions[] = {"AES256", "aws:kms", "aws:kms:dsse", "aws:fsx"};
constexpr std::string_view kRequesters[] = {"requester"};
constexpr std::string_view kReplicationStatuses[] = {"COMPLETE", "PENDING", "FAILED", "REPLICA", "COMPLETED"};
constexpr std::string_view kLockModes[] = {"GOVERNANCE", "COMPLIANCE"};
constexpr std::string_view kLegalHolds[] = {"ON", "OFF"};
constexpr std::string_view kEncodings[] = {"url"};
constexpr Field kGetObject[] = {{"Body", kText},
                                {"DeleteMarker", kBoolean},
                                {"AcceptRanges", kText},
                                {"Expiration", kText},
                                {"Restore", kText},
                                {"LastModified", kTimestamp},
                                {"ContentLength", kNumber},
                                {"ETag", kText},
                                {"ChecksumCRC32", kText},
                                {"ChecksumCRC32C", kText},
                                {"ChecksumCRC64NVME", kText},
                                {"ChecksumSHA1", kText},
                                {"ChecksumSHA256", kText},
                                {"ChecksumType", kText},
                                {"MissingMeta", kNumber},
                                {"VersionId", kText},
                                {"CacheControl", kText},
                                {"ContentDisposition", kText},
                                {"ContentEncoding", kText},
                                {"ContentLanguage", kText},
                                {"ContentRange", kText},
                                {"ContentType", kText},
                                {"Expires", kTimestamp},
                                {"WebsiteRedirectLocation", kText},
                                {"ServerSideEncryption", one_of(kEncryptions)},
                                {"Metadata", kTextMap},
                                {"SSECustomerAlgorithm", kText},
                                {"SSECustomerKeyMD5", kText},
                                {"SSEKMSKeyId", kText},
                                {"BucketKeyEnabled", kBoolean},
                                {"StorageClass", one_of(kStorageClasses)},
                                {"RequestCharged", one_of(kRequesters)},
                                {"ReplicationStatus", one_of(kReplicationStatuses)},
                                {"PartsCount", kNumber},
                                {"TagCount", kNumber},
                                {"ArchiveStatus", kText},
                                {"ObjectLockMode", one_of(kLockModes)},
                                {"ObjectLockRetainUntilDate", kTimestamp},
                                {"ObjectLockLegalHoldStatus", one_of(kLegalHolds)}};
constexpr Field kPutObject[] = {{"Expiration", kText},
                                {"ETag", kText},
                                {"ChecksumCRC32", kText},
                                {"ChecksumCRC32C", kText},
                                {"ChecksumCRC64NVME", kText},
                                {"ChecksumSHA1", kText},
                                {"ChecksumSHA256", kText},
                                {"ChecksumType", kText},
                                {"ServerSideEncryption", one_of(kEncryptions)},
                                {"VersionId", kText},
                                {"SSECustomerAlgorithm", kText},
                                {"SSECustomerKeyMD5", kText},
                                {"SSEKMSKeyId", kText},
                                {"SSEKMSEncryptionContext", kText},
                                {"BucketKeyEnabled", kBoolean},
                                {"Size", kNumber},
                                {"RequestCharged", one_of(kRequesters)}};
constexpr Field kOwnerFields[] = {{"DisplayName", kText}, {"ID", kText}};
constexpr Shape kOwner = structure(kOwnerFields);
constexpr Field kListedObjectFields[] = {{"Key", text(1)},
                                         {"LastModified", kTimestamp},
                                         {"ETag", kText},
                                         {"ChecksumAlgorithm", kTexts},
                                         {"ChecksumType", kText},
                                         {"Size", kNumber},
                                         {"StorageClass", one_of(kStorageClasses)},
                                         {"Owner", kOwner}};
constexpr Shape kListedObject = structure(kListedObjectFields);
constexpr Field kCommonPrefixFields[] = {{"Prefix", kText}};
constexpr Shape kCommonPrefix = structure(kCommonPrefixFields);
constexpr Field kListObjects[] = {{"IsTruncated", kBoolean},
                                  {"Contents", list_of(kListedObject)},
                                  {"Name", kText},
                                  {"Prefix", kText},
                                  {"Delimiter", kText},
                                  {"MaxKeys", kNumber},
                                  {"CommonPrefixes", list_of(kCommonPrefix)},
                                  {"EncodingType", one_of(kEncodings)},
                                  {"KeyCount", kNumber},
                                  {"ContinuationToken", kText},
                                  {"NextContinuationToken", kText},
                                  {"StartAfter", kText},
                                  {"RequestCharged", one_of(kRequesters)}};
constexpr Field kDeleteObject[] = {
    {"DeleteMarker", kBoolean}, {"VersionId", kText}, {"RequestCharged", one_of(kRequesters)}};
constexpr Field kCopyResultFields[] = {{"ETag", kText}, {"LastModified", kTimestamp}};
constexpr Field kCopyObject[] = {{"CopyObjectResult", structure(kCopyResultFields)},
                                 {"Expiration", kText},
                                 {"CopySourceVersionId", kText},
                                 {"VersionId", kText},
                                 {"ServerSideEncryption", one_of(kEncryptions)},
                                 {"SSEKMSKeyId", kText},
                                 {"BucketKeyEnabled", kBoolean},
                                 {"RequestCharged", one_of(kRequesters)}};
constexpr Field kBucketFields[] = {{"Name", kText}, {"CreationDate", kTimestamp}};
constexpr Shape kBucket = structure(kBucketFields);
constexpr Field kListBuckets[] = {{"Buckets", list_of(kBucket)}, {"Owner", kOwner}};

// ------------------------------------------------------------------------------------- secrets, parameters, keys,
// roles

constexpr Shape kSecretArn = text(20, 2048);
constexpr Shape kSecretName = text(1, 256);
constexpr Shape kSecretVersion = text(32, 64);
constexpr Shape kVersionStage = text(1, 256);
constexpr Shape kVersionStages = list_of(kVersionStage, 1, 20);
constexpr Field kGetSecretValue[] = {{"ARN", kSecretArn},
                                     {"Name", kSecretName},
                                     {"VersionId", kSecretVersion},
                                     {"SecretBinary", text(0, 65'536)},
                                     {"SecretString", text(0, 65'536)},
                                     {"VersionStages", kVersionStages},
                                     {"CreatedDate", kTimestamp}};
constexpr Field kPutSecretValue[] = {
    {"ARN", kSecretArn}, {"Name", kSecretName}, {"VersionId", kSecretVersion}, {"VersionStages", kVersionStages}};
constexpr Field kCreateSecret[] = {
    {"ARN", kSecretArn}, {"Name", kSecretName}, {"VersionId", kSecretVersion}, {"ReplicationStatus", kObjects}};
constexpr std::string_view kParameterTypes[] = {"String", "StringList", "SecureString"};
constexpr std::string_view kParameterTiers[] = {"Standard", "Advanced", "Intelligent-Tiering"};
constexpr Field kParameterFields[] = {{"Name", text(1, 2048)},
                                      {"Type", one_of(kParameterTypes)},
                                      {"Value", kText},
                                      {"Version", kNumber},
                                      {"Selector", text(0, 128)},
                                      {"SourceResult", kText},
                                      {"LastModifiedDate", kTimestamp},
                                      {"ARN", kText},
                                      {"DataType", text(0, 128)}};
constexpr Shape kParameter = structure(kParameterFields);
constexpr Field kGetParameter[] = {{"Parameter", kParameter}};
constexpr Field kGetParameters[] = {{"Parameters", list_of(kParameter)}, {"InvalidParameters", kTexts}};
constexpr Field kGetParametersByPath[] = {{"Parameters", list_of(kParameter)}, {"NextToken", kText}};
constexpr Field kPutParameter[] = {{"Version", kNumber}, {"Tier", one_of(kParameterTiers)}};
constexpr std::string_view kEncryptionAlgorithms[] = {"SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256",
                                                      "SM2PKE"};
constexpr Shape kCiphertext = text(1, 6144);
constexpr Shape kPlaintext = text(1, 4096);
constexpr Shape kKeyId = text(1, 2048);
constexpr Field kEncrypt[] = {
    {"CiphertextBlob", kCiphertext}, {"KeyId", kKeyId}, {"EncryptionAlgorithm", one_of(kEncryptionAlgorithms)}};
constexpr Field kDecrypt[] = {
    {"KeyId", kKeyId}, {"Plaintext", kPlaintext}, {"EncryptionAlgorithm", one_of(kEncryptionAlgorithms)}};
constexpr Field kGenerateDataKey[] = {{"CiphertextBlob", kCiphertext}, {"Plaintext", kPlaintext}, {"KeyId", kKeyId}};
constexpr Field kCallerIdentity[] = {{"UserId", kText}, {"Account", kText}, {"Arn", text(20, 2048)}};

// ------------------------------------------------------------------------------------------------- jobs: ECS, Batch, …

constexpr Field kEcsTaskFields[] = {{"Attachments", kObjects},
                                    {"Attributes", kObjects},
                                    {"AvailabilityZone", kText},
                                    {"CapacityProviderName", kText},
                                    {"ClusterArn", kText},
                                    {"Connectivity", kText},
                                    {"ContainerInstanceArn", kText},
                                    {"Containers", kObjects},
                                    {"Cpu", kText},
                                    {"DesiredStatus", kText},
                                    {"EnableExecuteCommand", kBoolean},
                                    {"Group", kText},
                                    {"HealthStatus", kText},
                                    {"LastStatus", kText},
                                    {"LaunchType", kText},
                                    {"Memory", kText},
                                    {"Overrides", kObject},
                                    {"PlatformVersion", kText},
                                    {"StartedBy", kText},
                                    {"StopCode", kText},
                                    {"StoppedReason", kText},
                                    {"Tags", kObjects},
                                    {"TaskArn", kText},
                                    {"TaskDefinitionArn", kText},
                                    {"Version", kNumber}};
constexpr Shape kEcsTask = structure(kEcsTaskFields);
constexpr Field kEcsFailureFields[] = {{"Arn", kText}, {"Reason", kText}, {"Detail", kText}};
constexpr Shape kEcsFailure = structure(kEcsFailureFields);
constexpr Field kRunTask[] = {{"Tasks", list_of(kEcsTask)}, {"Failures", list_of(kEcsFailure)}};
constexpr Field kSubmitJob[] = {{"JobArn", kText}, required("JobName", kText), required("JobId", kText)};
constexpr Field kStartJobRun[] = {{"JobRunId", text(1, 255)}};
constexpr Field kStartQueryExecution[] = {{"QueryExecutionId", text(1, 128)}};
constexpr std::string_view kStatementTypes[] = {"DDL", "DML", "UTILITY"};
constexpr Field kQueryExecutionFields[] = {{"QueryExecutionId", text(1, 128)},
                                           {"Query", text(1, 262'144)},
                                           {"StatementType", one_of(kStatementTypes)},
                                           {"ResultConfiguration", kObject},
                                           {"QueryExecutionContext", kObject},
                                           {"Status", kObject},
                                           {"Statistics", kObject},
                                           {"WorkGroup", kText},
                                           {"EngineVersion", kObject},
                                           {"ExecutionParameters", list_of(kText, 1)}};
constexpr Field kGetQueryExecution[] = {{"QueryExecution", structure(kQueryExecutionFields)}};
constexpr Field kGetQueryResults[] = {{"UpdateCount", kNumber}, {"ResultSet", kObject}, {"NextToken", text(1, 1024)}};

// ------------------------------------------------------------------------------------------------------------- actions

struct Action {
  /// As in Resource, without aws-sdk.
  std::string_view service;
  std::string_view action;
  const Field* fields;
  std::size_t field_count;
  Resource::Pattern pattern = Resource::Pattern::RequestResponse;
};
template <std::size_t N>
constexpr Action action(std::string_view service, std::string_view name, const Field (&fields)[N],
                        Resource::Pattern pattern = Resource::Pattern::RequestResponse) {
  return {service, name, fields, N, pattern};
}

/// An optimized integration and the aws-sdk one of the same name answer alike but for the envelope, which is not
/// checked. A service that has another name in the SDK has a row for each.
constexpr Action kActions[] = {
    action("lambda", "invoke", kInvoke),
    action("lambda", "getFunction", kGetFunction),
    action("lambda", "getFunctionConfiguration", kFunctionConfiguration),
    action("lambda", "listFunctions", kListFunctions),
    action("dynamodb", "getItem", kGetItem),
    action("dynamodb", "putItem", kWriteItem),
    action("dynamodb", "updateItem", kWriteItem),
    action("dynamodb", "deleteItem", kWriteItem),
    action("dynamodb", "query", kQuery),
    action("dynamodb", "scan", kQuery),
    action("dynamodb", "batchGetItem", kBatchGetItem),
    action("dynamodb", "batchWriteItem", kBatchWriteItem),
    action("sqs", "sendMessage", kSendMessage),
    action("sqs", "receiveMessage", kReceiveMessage),
    action("sns", "publish", kPublish),
    action("events", "putEvents", kPutEvents),
    action("eventbridge", "putEvents", kPutEvents),
    action("states", "startExecution", kStartExecution),
    action("states", "startExecution", kDescribeExecution, Resource::Pattern::Sync),
    action("states", "startExecution", kDescribeExecutionParsed, Resource::Pattern::Sync2),
    action("sfn", "startExecution", kStartExecution),
    action("sfn", "startSyncExecution", kStartSyncExecution),
    action("sfn", "describeExecution", kDescribeExecution),
    action("sfn", "listExecutions", kListExecutions),
    action("sfn", "stopExecution", kStopExecution),
    action("s3", "getObject", kGetObject),
    action("s3", "headObject", kGetObject),
    action("s3", "putObject", kPutObject),
    action("s3", "listObjectsV2", kListObjects),
    action("s3", "deleteObject", kDeleteObject),
    action("s3", "copyObject", kCopyObject),
    action("s3", "listBuckets", kListBuckets),
    action("secretsmanager", "getSecretValue", kGetSecretValue),
    action("secretsmanager", "putSecretValue", kPutSecretValue),
    action("secretsmanager", "createSecret", kCreateSecret),
    action("ssm", "getParameter", kGetParameter),
    action("ssm", "getParameters", kGetParameters),
    action("ssm", "getParametersByPath", kGetParametersByPath),
    action("ssm", "putParameter", kPutParameter),
    action("kms", "encrypt", kEncrypt),
    action("kms", "decrypt", kDecrypt),
    action("kms", "generateDataKey", kGenerateDataKey),
    action("sts", "getCallerIdentity", kCallerIdentity),
    action("ecs", "runTask", kRunTask),
    action("ecs", "runTask", kEcsTaskFields, Resource::Pattern::Sync),
    action("batch", "submitJob", kSubmitJob),
    action("glue", "startJobRun", kStartJobRun),
    action("athena", "startQueryExecution", kStartQueryExecution),
    action("athena", "startQueryExecution", kGetQueryExecution, Resource::Pattern::Sync),
    action("athena", "getQueryExecution", kGetQueryExecution),
    action("athena", "getQueryResults", kGetQueryResults),
};

const Action* find_action(const Resource& resource) {
  std::string_view service = resource.service;
  constexpr std::string_view kSdk = "aws-sdk:";
  if (service.starts_with(kSdk)) service.remove_prefix(kSdk.size());
  for (const Action& row : kActions) {
    if (row.service == service && row.action == resource.action && row.pattern == resource.pattern) return &row;
  }
  return nullptr;
}

// -----------------------------------------------------------------------------------------------------------
// comparison

using Problem = std::optional<std::string>;

Problem must_be(std::string_view name, std::string_view what) {
  return fmt::format("Field '{}' must be {}", name, what);
}

Problem problem_of(std::string_view name, const Shape& shape, const Value& value, FieldValidation mode);

/// Each structure: first that nothing is missing, then its fields in the order of the result.
Problem problem_of_fields(const Field* fields, std::size_t count, const Value& value, FieldValidation mode) {
  const std::span<const Field> known(fields, count);
  if (mode == FieldValidation::Strict) {
    for (const Field& field : known) {
      if (field.required && !value.find(field.name)) {
        return fmt::format("Required field '{}' is missing", field.name);
      }
    }
  }
  for (const Member& member : value.members()) {
    for (const Field& field : known) {
      if (member.key != field.name) continue;
      if (auto problem = problem_of(field.name, field.shape, member.value, mode)) return problem;
      break;
    }
  }
  return std::nullopt;
}

Problem problem_of_text(std::string_view name, const Shape& shape, const Value& value) {
  if (!value.is_string()) return must_be(name, "a string");
  const std::string_view given = value.as_string();
  if (shape.values) {
    for (const std::string_view allowed : std::span(shape.values, shape.value_count)) {
      if (given == allowed) return std::nullopt;
    }
    return fmt::format("Field '{}' is not an expected value", name);
  }
  const auto length = static_cast<double>(count_code_points(given));
  if (length < shape.least) return fmt::format("Field '{}' is smaller than the minimum length", name);
  if (length > shape.most) return fmt::format("Field '{}' exceeds the maximum length", name);
  return std::nullopt;
}

/// Recorded are the sentences for texts, numbers, arrays, lengths and ranges; those for booleans, objects and longest
/// lengths are made alike. Nesting is bounded by that of the result, which was read from a text.
Problem problem_of(std::string_view name, const Shape& shape, const Value& value, FieldValidation mode) {
  switch (shape.type) {
    case Shape::Type::Any:
      return std::nullopt;
    case Shape::Type::Text:
      return problem_of_text(name, shape, value);
    case Shape::Type::Number: {
      if (!value.is_number()) return must_be(name, "a number");
      const double given = value.as_double();
      if (given < shape.least) return fmt::format("Field '{}' is less than the minimum value", name);
      if (given > shape.most) return fmt::format("Field '{}' exceeds the maximum value", name);
      return std::nullopt;
    }
    case Shape::Type::Boolean:
      return value.is_boolean() ? Problem() : must_be(name, "a boolean");
    case Shape::Type::List: {
      if (!value.is_array()) return must_be(name, "an array");
      const auto length = static_cast<double>(value.size());
      if (length < shape.least) return fmt::format("Field '{}' is smaller than the minimum length", name);
      if (length > shape.most) return fmt::format("Field '{}' exceeds the maximum length", name);
      for (const Value& item : value.items()) {
        if (auto problem = problem_of(name, *shape.element, item, mode)) return problem;
      }
      return std::nullopt;
    }
    case Shape::Type::Structure:
      if (!value.is_object()) return must_be(name, "an object");
      return problem_of_fields(shape.fields, shape.field_count, value, mode);
    case Shape::Type::Map:
      if (!value.is_object()) return must_be(name, "an object");
      for (const Member& member : value.members()) {
        if (auto problem = problem_of(member.key, *shape.element, member.value, mode)) return problem;
      }
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> mock_result_problem(const Resource& resource, const Value& result, FieldValidation mode) {
  if (mode == FieldValidation::None) return std::nullopt;
  const Action* known = find_action(resource);
  if (!known) return std::nullopt;
  if (!result.is_object()) return "Result must be an object";
  return problem_of_fields(known->fields, known->field_count, result, mode);
}

}  // namespace stepglass
