#include "analysis/api/meanings.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace stepglass::analysis {
namespace {

struct Meaning {
  std::string_view word;
  std::string_view says;
};

std::string_view find(std::span<const Meaning> table, std::string_view word) {
  for (const Meaning& row : table) {
    if (row.word == word) return row.says;
  }
  return {};
}

// The same wherever they stand.
constexpr Meaning kAnywhere[] = {
    {"Arguments", "What is called gets this in place of the state's input. Any JSON with {% expressions %}."},
    {"Assign", "Variables that get a value, by name. All are evaluated before any is written, and hold from the next "
               "state on."},
    {"Comment", "For people; nothing comes of it."},
    {"ErrorEquals", "The names of the errors that this takes. States.ALL takes all but States.Runtime, and stands alone "
                    "and last."},
    {"Output", "What is handed on in place of the result, or of the input where nothing is called. Any JSON with "
               "{% expressions %}."},
    {"Parameters", "What is called gets this in place of the input; a Pass makes its result of it. Keys that end in .$ "
                   "hold a path or an intrinsic function."},
    {"QueryLanguage", "\"JSONPath\" or \"JSONata\": in which language data is chosen. JSONPath where neither the "
                      "state nor the machine says it."},
    {"ResultPath", "Where in the input the result is put. \"$\", the default: it takes the place of the input; null: "
                   "it is dropped."},
    {"StartAt", "The state to begin with: a key of \"States\", exactly as written there."},
    {"States", "The states by name. A name is up to 80 characters long, and stands once in the whole machine."},
};

constexpr Meaning kMachine[] = {
    {"TimeoutSeconds", "Seconds that a whole execution may take. It ends as TIMED_OUT then, which no Catch can take."},
    {"Version", "The version of the language: \"1.0\" is the only one."},
};

constexpr Meaning kProcessor[] = {
    {"ProcessorConfig", "Whether iterations run in this execution, or are executions of their own."},
};

constexpr Meaning kProcessorConfig[] = {
    {"ExecutionType", "What the executions of a distributed Map are: \"STANDARD\" or \"EXPRESS\"."},
    {"Mode", "\"INLINE\", the default: iterations run in this execution. \"DISTRIBUTED\": each is an execution of its "
             "own."},
};

constexpr Meaning kState[] = {
    {"Branches", "The machines that run at the same time, each with a copy of the input. The result is the list of "
                 "their outputs, in this order."},
    {"Catch", "What takes over when the state fails and no retrier is left: the first of these that names the error."},
    {"Cause", "Why it fails, for people."},
    {"CausePath", "Where the cause is: a path, or an intrinsic function that gives a string."},
    {"Choices", "The rules, in order: the first that holds says where to go."},
    {"Credentials", "The role to call the task with, for other accounts: {\"RoleArn\": …}."},
    {"Default", "The state to go to when no rule holds. Without it the execution fails then."},
    {"End", "true: the machine, branch or iteration ends after this state."},
    {"Error", "The name of the error that it fails with; Retry and Catch around it match it."},
    {"ErrorPath", "Where the name of the error is: a path, or an intrinsic function that gives a string."},
    {"HeartbeatSeconds", "Seconds that may pass between two signs of life of the task. Less than TimeoutSeconds."},
    {"HeartbeatSecondsPath", "Where these seconds are: a path."},
    {"InputPath", "The part of the input to go on with. \"$\", the default: all of it; null: {}."},
    {"ItemBatcher", "Hands several items to each execution of a distributed Map."},
    {"ItemProcessor", "The machine that each item goes through."},
    {"ItemReader", "Where a distributed Map gets its items from: a file or a listing in S3."},
    {"ItemSelector", "What an iteration gets in place of the item; the item is Map.Item.Value of the context object."},
    {"Items", "The items: an array, or an expression that gives one; of a distributed Map also an object. What "
              "ItemReader gives, or else the state's input, when it is missing."},
    {"ItemsPath", "Where the items are, in the input or in what ItemReader gives. \"$\" when it is missing."},
    {"Iterator", "The older name of ItemProcessor."},
    {"Label", "Up to 40 characters that stand in the ARNs of the Map Run in place of random ones."},
    {"MaxConcurrency", "How many iterations run at a time; 0, the default: as many as the service lets, about 40 "
                       "inline and 10,000 distributed."},
    {"MaxConcurrencyPath", "Where this number is: a path."},
    {"Next", "The state to go to: one of the same \"States\"."},
    {"OutputPath", "The part of the output that is handed on. \"$\", the default: all of it; null: {}."},
    {"Resource", "The ARN of what is called; its end says how it is waited for: .sync or .waitForTaskToken."},
    {"Result", "The result, as it stands here."},
    {"ResultSelector", "The result is made into this first. Keys that end in .$ hold a path into the result, or an "
                       "intrinsic function."},
    {"ResultWriter", "Where a distributed Map writes its results, and how."},
    {"Retry", "When and how often it is tried again after an error: the first of these that names the error counts, "
              "and no other."},
    {"Seconds", "How many seconds it waits: 0 to 99,999,999."},
    {"SecondsPath", "Where these seconds are: a path."},
    {"TimeoutSeconds", "Seconds that one attempt may take; it fails with States.Timeout then. 99,999,999 when it is "
                       "missing: give one."},
    {"TimeoutSecondsPath", "Where these seconds are: a path."},
    {"Timestamp", "Until when it waits, such as \"2025-01-31T09:00:00Z\". What is past goes on at once."},
    {"TimestampPath", "Where this time is: a path."},
    {"ToleratedFailureCount", "How many items may fail before the Map fails; none when neither this nor the percentage "
                              "is there."},
    {"ToleratedFailureCountPath", "Where this number is: a path."},
    {"ToleratedFailurePercentage", "How many percent of the items may fail before the Map fails; none when neither "
                                   "this nor the count is there."},
    {"ToleratedFailurePercentagePath", "Where this number is: a path."},
    {"Type", "What the state does."},
};

constexpr Meaning kRetrier[] = {
    {"BackoffRate", "The wait is multiplied by this before each retry after the first. At least 1; 2 when it is "
                    "missing."},
    {"IntervalSeconds", "Seconds before the first retry. 1 when it is missing."},
    {"JitterStrategy", "\"FULL\": waits are random, between 0 and what they would be. \"NONE\" when it is missing."},
    {"MaxAttempts", "How often it is tried again; 0: not at all. 3 when it is missing."},
    {"MaxDelaySeconds", "No wait is longer than this."},
};

constexpr Meaning kCatcher[] = {
    {"Assign", "Variables that get a value when this takes the error, by name; the state's own Assign is passed over."},
    {"Next", "The state that goes on: one of the same \"States\"."},
    {"Output", "What is handed on in place of the error, which is $states.errorOutput."},
    {"ResultPath", "Where in the input the error is put. \"$\", the default: it takes the place of the input; null: it is "
                   "dropped."},
};

constexpr Meaning kChoiceRule[] = {
    {"And", "Holds when all of these hold."},
    {"Condition", "Holds when this is true: a {% %} expression that gives a boolean."},
    {"Next", "The state to go to when the rule holds: one of the same \"States\"."},
    {"Not", "Holds when this does not."},
    {"Or", "Holds when one of these does."},
    {"Variable", "The path of what is compared."},
    {"IsBoolean", "true: the value is true or false. false: it is not."},
    {"IsNull", "true: the value is null. false: it is not."},
    {"IsNumeric", "true: the value is a number. false: it is not."},
    {"IsPresent", "true: there is a value, were it null. false: there is none."},
    {"IsString", "true: the value is a string. false: it is not."},
    {"IsTimestamp", "true: the value is a time such as \"2025-01-31T09:00:00Z\". false: it is not."},
    {"StringMatches", "The value is a string of this pattern: * stands for any characters, \\* for a star (\\\\* in JSON)."},
};

constexpr Meaning kItemReader[] = {
    {"ReaderConfig", "What the file is, and how many of its items are read."},
    {"Resource", "How items are read: arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2."},
};

constexpr Meaning kReaderConfig[] = {
    {"CSVDelimiter", "\"COMMA\", \"PIPE\", \"SEMICOLON\", \"SPACE\" or \"TAB\"; a comma when it is missing."},
    {"CSVHeaderLocation", "\"FIRST_ROW\": the file names its columns. \"GIVEN\": CSVHeaders does."},
    {"CSVHeaders", "The names of the columns, where CSVHeaderLocation is \"GIVEN\"."},
    {"InputType", "What the file is: \"CSV\", \"JSON\", \"JSONL\", \"PARQUET\" or \"MANIFEST\"."},
    {"ItemsPointer", "A JSON Pointer to the array or object in a JSON file whose items are read."},
    {"ManifestType", "What wrote the manifest: \"S3_INVENTORY\" or \"ATHENA_DATA\"."},
    {"MaxItems", "How many items are read at most, up to 100,000,000."},
    {"MaxItemsPath", "Where this number is: a path."},
    {"Transformation", "Of a listing: \"NONE\", the default, gives what S3 tells of each object, \"LOAD_AND_FLATTEN\" "
                       "the items inside of them."},
};

constexpr Meaning kItemBatcher[] = {
    {"BatchInput", "Each batch gets this beside its items."},
    {"MaxInputBytesPerBatch", "How large a batch may be, up to 262,144 bytes."},
    {"MaxInputBytesPerBatchPath", "Where this number is: a path."},
    {"MaxItemsPerBatch", "How many items a batch may have."},
    {"MaxItemsPerBatchPath", "Where this number is: a path."},
};

constexpr Meaning kResultWriter[] = {
    {"Resource", "How results are written: arn:aws:states:::s3:putObject."},
    {"WriterConfig", "What is written of each execution, and as what."},
};

constexpr Meaning kWriterConfig[] = {
    {"OutputType", "\"JSON\" or \"JSONL\"."},
    {"Transformation", "\"NONE\": each execution with what is known of it. \"COMPACT\": the outputs alone. "
                       "\"FLATTEN\": the outputs, arrays among them as their items."},
};

constexpr Meaning kStateTypes[] = {
    {"Choice", "Goes on by the first of its rules that holds."},
    {"Fail", "Ends with an error."},
    {"Map", "Runs a machine for each item of a list; the result is the list of their outputs."},
    {"Parallel", "Runs several machines at the same time; the result is the list of their outputs."},
    {"Pass", "Calls nothing: hands its input on, or something made of it."},
    {"Succeed", "Ends well."},
    {"Task", "Calls a function, a service, an activity or another machine."},
    {"Wait", "Waits some seconds, or until a time."},
};

constexpr Meaning kErrors[] = {
    {"States.ALL", "Every error but States.Runtime."},
    {"States.BranchFailed", "A branch of a Parallel failed. The service itself tells of the branch's own error."},
    {"States.DataLimitExceeded", "An input, an output or a result is larger than 262,144 bytes."},
    {"States.ExceedToleratedFailureThreshold", "More items of a distributed Map failed than it tolerates."},
    {"States.HeartbeatTimeout", "A task gave no sign of life for longer than HeartbeatSeconds. Events tell of "
                                "States.Timeout then; both names take it."},
    {"States.Http.Socket", "An HTTP task had no answer within 60 seconds."},
    {"States.IntrinsicFailure", "An intrinsic function failed."},
    {"States.ItemReaderFailed", "A distributed Map could not read its items."},
    {"States.NoChoiceMatched", "No rule of a Choice holds, and it has no Default. The service itself tells of "
                               "States.Runtime then."},
    {"States.ParameterPathFailure", "A path in Parameters leads to nothing. The service itself tells of "
                                    "States.Runtime then."},
    {"States.Permissions", "The role may not call what the task calls. Services tell of it by names of their own."},
    {"States.QueryEvaluationError", "A JSONata expression failed, or gave nothing or the wrong type."},
    {"States.ResultPathMatchFailure", "ResultPath leads to where the input cannot have the result."},
    {"States.ResultWriterFailed", "A distributed Map could not write its results."},
    {"States.Runtime", "The service cannot go on with this data, such as a path that leads to nothing. Neither Retry "
                       "nor Catch takes it."},
    {"States.TaskFailed", "Every error but States.Timeout and States.Runtime."},
    {"States.Timeout", "A task took longer than TimeoutSeconds or gave no sign of life for longer than "
                       "HeartbeatSeconds, or the execution took longer than the machine's TimeoutSeconds."},
};

constexpr Meaning kStatesVariable[] = {
    {"$states", "What is known here: input, result, errorOutput and context."},
    {"$states.input", "The input of the state, as it was entered with."},
    {"$states.result", "What was called has given this. In Output and Assign of Task, Parallel and Map."},
    {"$states.errorOutput", "The error that was caught: {\"Error\": …, \"Cause\": …}. In Output and Assign of a Catch."},
    {"$states.context", "The context object: the execution, the machine, the state, the task's token, the item."},
};

std::span<const Meaning> meanings_of(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Machine:
      return kMachine;
    case ObjectKind::Branch:
      return {};
    case ObjectKind::Processor:
      return kProcessor;
    case ObjectKind::ProcessorConfig:
      return kProcessorConfig;
    case ObjectKind::State:
      return kState;
    case ObjectKind::Retrier:
      return kRetrier;
    case ObjectKind::Catcher:
      return kCatcher;
    case ObjectKind::ChoiceRule:
    case ObjectKind::InnerChoiceRule:
      return kChoiceRule;
    case ObjectKind::ItemReader:
      return kItemReader;
    case ObjectKind::ReaderConfig:
      return kReaderConfig;
    case ObjectKind::ItemBatcher:
      return kItemBatcher;
    case ObjectKind::ResultWriter:
      return kResultWriter;
    case ObjectKind::WriterConfig:
      return kWriterConfig;
  }
  return {};
}

/// Of the comparisons of choice rules: "NumericGreaterThanEqualsPath" says of itself what it does.
std::string comparison_meaning(std::string_view field) {
  constexpr Meaning kTypes[] = {{"String", "string"}, {"Numeric", "number"}, {"Boolean", "boolean"},
                                {"Timestamp", "time"}};
  // The longer before those that they start with.
  constexpr Meaning kRelations[] = {{"GreaterThanEquals", "is not less than"},
                                    {"GreaterThan", "is greater than"},
                                    {"LessThanEquals", "is not greater than"},
                                    {"LessThan", "is less than"},
                                    {"Equals", "is equal to"}};
  const bool is_path = field.ends_with("Path");
  if (is_path) field.remove_suffix(4);
  for (const Meaning& type : kTypes) {
    if (!field.starts_with(type.word)) continue;
    const std::string_view relation = find(kRelations, field.substr(type.word.size()));
    if (relation.empty()) return {};
    return fmt::format("The value is a {} and {} {}. Of another type it does not hold, and is no error.", type.says,
                       relation, is_path ? "what stands at this path" : "this");
  }
  return {};
}

}  // namespace

std::string field_meaning(ObjectKind kind, std::string_view field) {
  const auto has = [&](QueryLanguage language) {
    const auto names = field_names(kind, language);
    return std::find(names.begin(), names.end(), field) != names.end();
  };
  if (!has(QueryLanguage::JSONPath) && !has(QueryLanguage::JSONata)) return {};
  const auto own = find(meanings_of(kind), field);
  if (!own.empty()) return std::string(own);
  if (kind == ObjectKind::ChoiceRule || kind == ObjectKind::InnerChoiceRule) {
    if (auto comparison = comparison_meaning(field); !comparison.empty()) return comparison;
  }
  return std::string(find(kAnywhere, field));
}

std::string_view state_type_meaning(std::string_view type) { return find(kStateTypes, type); }

std::string_view error_meaning(std::string_view name) { return find(kErrors, name); }

std::string_view states_variable_meaning(std::string_view name) { return find(kStatesVariable, name); }

}  // namespace stepglass::analysis
