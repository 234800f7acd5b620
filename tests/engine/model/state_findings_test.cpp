// Every rule on single states: a state and what loading says of it, as line:column severity name. The state is called A
// and stands in line 2, behind `"A":`, so that its first byte is in column 5.
//
// Sources: Amazon States Language; recorded and measured answers of the service's ValidateStateMachineDefinition.

#include "tests/engine/model/fixture.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

struct Case {
  const char* state;
  const char* expected;  // empty: nothing is found
};

const Case kFields[] = {
    {R"({"Type":"Pass","End":true})", ""},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","timeoutSeconds":5,"End":true})",
     "2:82 error unknown-field"},
    {R"({"Type":"Pass","Foo":1,"End":true})", "2:20 error unknown-field"},
    {R"({"Type":"Pass","Retry":[],"End":true})", "2:20 error field-not-allowed-for-type"},
    {R"({"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"TimeoutSeconds":5,"End":true})",
     "2:85 error field-not-allowed-for-type"},
    {R"({"Type":"Pass","Comment":3,"End":true})", "2:30 error wrong-field-type"},
    {R"(7)", "2:5 error wrong-field-type"},
    {R"({"End":true})", "2:1 error missing-state-type"},
    {R"({"Type":"pass","End":true})", "2:13 error unknown-state-type"},
    {R"({"Type":"Pass"})", "2:1 error missing-transition"},
    {R"({"Type":"Pass","End":false})", "2:1 error missing-transition"},
    {R"({"Type":"Pass","Next":"B","End":true})", "2:31 error next-and-end"},
    {R"({"Type":"Pass","Next":"B","End":false})", "2:31 warning next-and-end"},
    {R"({"Type":"Pass","End":"yes"})", "2:26 error wrong-field-type"},
    {R"({"Type":"Fail","End":true})", "2:20 error terminal-state-has-transition"},
    {R"({"Type":"Succeed","Next":"B"})", "2:23 error terminal-state-has-transition"},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"B"}],"End":true})",
     "2:78 error choice-has-transition"},
    {R"({"Type":"Pass","Next":7,"Comment":"c"})", "2:27 error wrong-field-type"},
};

const Case kWaits[] = {
    {R"({"Type":"Wait","Seconds":0,"End":true})", ""},
    {R"({"Type":"Wait","Seconds":99999999,"End":true})", ""},
    {R"({"Type":"Wait","Seconds":"${Pause}","End":true})", ""},
    {R"({"Type":"Wait","Seconds":5.0,"End":true})", ""},
    {R"({"Type":"Wait","Timestamp":"2016-03-14T01:59:00Z","End":true})", ""},
    {R"({"Type":"Wait","Timestamp":"${When}","End":true})", ""},
    {R"({"Type":"Wait","SecondsPath":"$.n","End":true})", ""},
    {R"({"Type":"Wait","TimestampPath":"$when","End":true})", ""},
    {R"({"Type":"Wait","End":true})", "2:1 error wait-missing-duration"},
    {R"({"Type":"Wait","Seconds":1,"SecondsPath":"$.x","End":true})", "2:32 error wait-multiple-durations"},
    {R"({"Type":"Wait","Seconds":-1,"End":true})", "2:30 error invalid-wait-seconds"},
    {R"({"Type":"Wait","Seconds":100000000,"End":true})", "2:30 error invalid-wait-seconds"},
    {R"({"Type":"Wait","Seconds":1.5,"End":true})", "2:30 error invalid-wait-seconds"},
    {R"({"Type":"Wait","Seconds":"5","End":true})", "2:30 error invalid-wait-seconds"},
    {R"({"Type":"Wait","Seconds":"{% 5 %}","End":true})", "2:30 error invalid-wait-seconds"},
    {R"({"Type":"Wait","Timestamp":"2016-12-05T21:29:29","End":true})", "2:32 error invalid-timestamp"},
    {R"({"Type":"Wait","Timestamp":"{% $now() %}","End":true})", "2:32 error invalid-timestamp"},
    {R"({"Type":"Wait","SecondsPath":"x","End":true})", "2:34 error invalid-wait-path"},
    {R"({"Type":"Wait","SecondsPath":"$.a[*]","End":true})", "2:34 error invalid-wait-path"},
    {R"({"Type":"Wait","SecondsPath":"$$.Execution.Input.n","End":true})", "2:34 error invalid-wait-path"},
};

const Case kTasks[] = {
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true})", ""},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","TimeoutSeconds":1,"HeartbeatSecondsPath":"$.h","End":true})",
     ""},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","TimeoutSeconds":"${Timeout}","End":true})",
     ""},
    {R"({"Type":"Task","Resource":"${Function.Arn}","End":true})", ""},
    {R"({"Type":"Task","Resource":"arn:${AWS::Partition}:states:::sqs:sendMessage","Parameters":{},"End":true})", ""},
    {R"({"Type":"Task","Resource":"arn:aws-iso:lambda:us-iso-east-1:123456789012:function:f:$LATEST","End":true})", ""},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Credentials":{"RoleArn.$":"$.role"},"End":true})",
     ""},
    {R"({"Type":"Task","End":true})", "2:1 error missing-resource"},
    {R"({"Type":"Task","Resource":"hello","End":true})", "2:31 error invalid-resource-arn"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:1:f","End":true})", "2:31 error invalid-resource-arn"},
    {R"({"Type":"Task","Resource":"arn:aws:states:::dynamodb:query","Parameters":{},"End":true})",
     "2:31 error unknown-integration"},
    {R"({"Type":"Task","Resource":"arn:aws:states:::nosuch:thing","Parameters":{},"End":true})",
     "2:31 error unknown-integration"},
    {R"({"Type":"Task","Resource":"arn:aws:states:::dynamodb:getItem.sync","Parameters":{},"End":true})",
     "2:31 error unsupported-integration-pattern"},
    {R"({"Type":"Task","Resource":"arn:aws:states:::glue:startJobRun.waitForTaskToken","Parameters":{},"End":true})",
     "2:31 error unsupported-integration-pattern"},
    {R"({"Type":"Task","Resource":"arn:aws:states:::batch:submitJob.sync:2","Parameters":{},"End":true})",
     "2:31 error unsupported-integration-pattern"},
    {R"({"Type":"Task","Resource":"arn:aws:states:::aws-sdk:s3:putObject.sync","Parameters":{},"End":true})",
     "2:31 error unsupported-integration-pattern"},
    {R"({"Type":"Task","Resource":"arn:aws:states:::aws-sdk:DynamoDB:GetItem","Parameters":{},"End":true})",
     "2:31 error sdk-integration-case"},
    {R"({"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true})",
     "2:31 error missing-integration-parameter"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","TimeoutSeconds":0,"End":true})",
     "2:99 error invalid-timeout-seconds"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","HeartbeatSeconds":100000000,"End":true})",
     "2:101 error invalid-timeout-seconds"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","TimeoutSeconds":"5","End":true})",
     "2:99 error invalid-timeout-seconds"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","TimeoutSeconds":5,"TimeoutSecondsPath":"$.t","End":true})",
     "2:101 error timeout-and-timeout-path"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","HeartbeatSecondsPath":"$.t","HeartbeatSeconds":5,"End":true})",
     "2:82 error timeout-and-timeout-path"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","TimeoutSecondsPath":"x","End":true})",
     "2:103 error invalid-timeout-path"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","TimeoutSeconds":5,"HeartbeatSeconds":5,"End":true})",
     "2:120 warning heartbeat-not-less-than-timeout"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Credentials":{"Role":"r"},"End":true})",
     "2:82 error credentials-missing-role"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Credentials":"x","End":true})",
     "2:96 error wrong-field-type"},
    {R"({"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:a","Credentials":{"RoleArn":"r"},"End":true})",
     "2:82 error field-not-allowed-for-type"},
};

const Case kFails[] = {
    {R"({"Type":"Fail"})", ""},
    {R"~({"Type":"Fail","ErrorPath":"States.Format('{}', $.e)","CausePath":"$$.Execution.Id"})~", ""},
    {R"({"Type":"Fail","Error":"e","ErrorPath":"$.e"})", "2:32 error fail-error-and-path"},
    {R"({"Type":"Fail","CausePath":"$.c","Cause":"c"})", "2:20 error fail-cause-and-path"},
    {R"~({"Type":"Fail","ErrorPath":"States.Array('a')"})~", "2:32 error fail-path-not-string"},
    {R"({"Type":"Fail","ErrorPath":"e"})", "2:32 error fail-path-not-string"},
    {R"({"Type":"Fail","Error":"$.error"})", "2:28 warning path-in-static-key"},
    {R"({"Type":"Fail","Assign":{"a":1}})", "2:20 error field-not-allowed-for-type"},
};

const Case kChoices[] = {
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"B"}]})", ""},
    {R"({"Type":"Choice","Choices":[{"And":[{"Variable":"$v.x","IsPresent":true},{"Not":{"Variable":"$$.Execution.Name","StringMatches":"a*"}}],"Next":"B"}]})",
     ""},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","NumericEquals":"${N}","Next":"B"}]})", ""},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","TimestampEqualsPath":"$.t","Next":"B","Assign":{"v":1}}]})", ""},
    {R"({"Type":"Choice","Default":"B"})", "2:1 error missing-choices"},
    {R"({"Type":"Choice","Choices":[],"Default":"B"})", "2:32 error empty-choices"},
    {R"({"Type":"Choice","Choices":{},"Default":"B"})", "2:22 error wrong-field-type"},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true}]})", "2:33 error rule-missing-next"},
    {R"({"Type":"Choice","Choices":[{"And":[{"Variable":"$.x","IsNull":true,"Next":"B"}],"Next":"B"}]})",
     "2:73 error nested-rule-has-next"},
    {R"({"Type":"Choice","Choices":[{"Next":"B"}]})", "2:33 error rule-missing-comparison"},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","Next":"B"}]})", "2:33 error rule-missing-comparison"},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"IsString":true,"Next":"B"}]})",
     "2:65 error rule-multiple-comparisons"},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"And":[{"Variable":"$.x","IsNull":true}],"Next":"B"}]})",
     "2:65 error rule-multiple-comparisons"},
    {R"({"Type":"Choice","Choices":[{"Not":{"IsNull":true},"Next":"B"}]})", "2:41 error rule-missing-variable"},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","StringEqual":"a","Next":"B"}]})",
     "2:51 error unknown-comparison-operator"},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","NumericEquals":"5","Next":"B"}]})",
     "2:67 error comparison-operand-type"},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","IsPresent":1,"Next":"B"}]})",
     "2:63 error comparison-operand-type"},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","TimestampEquals":"yesterday","Next":"B"}]})",
     "2:69 error comparison-operand-type"},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","StringEqualsPath":"abc","Next":"B"}]})",
     "2:70 error comparison-operand-not-path"},
    {R"({"Type":"Choice","Choices":[{"Or":[],"Next":"B"}]})", "2:39 error empty-boolean-expression"},
    {R"({"Type":"Choice","Choices":[{"Variable":"x","IsNull":true,"Next":"B"}]})",
     "2:45 error invalid-choice-variable"},
    {R"~({"Type":"Choice","Choices":[{"Variable":"States.ArrayLength($.a)","NumericEquals":0,"Next":"B"}]})~",
     "2:45 error invalid-choice-variable"},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","StringEquals":"$.y","Next":"B"}]})",
     "2:66 warning path-in-static-key"},
    {R"({"Type":"Choice","Choices":[{"Condition":"{% true %}","Next":"B"}]})", "2:34 error jsonata-field-in-jsonpath"},
};

const Case kMaps[] = {
    {R"({"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"End":true})", ""},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"Label":"Orders","ToleratedFailurePercentage":12.5,"MaxConcurrency":9223372036854775808,"End":true})",
     ""},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW","MaxItems":5},"Parameters":{"Bucket":"b","Key.$":"$.key"}},"End":true})",
     ""},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemBatcher":{"MaxItemsPerBatch":10,"BatchInput":{"a.$":"$.b"}},"ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"b"}},"End":true})",
     ""},
    {R"({"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemsPath":"$$.Execution.Input.items","ItemSelector":{"v.$":"$$.Map.Item.Value"},"End":true})",
     ""},
    {R"({"Type":"Parallel","End":true})", "2:1 error missing-branches"},
    {R"({"Type":"Parallel","Branches":[],"End":true})", "2:35 error empty-branches"},
    {R"({"Type":"Map","End":true})", "2:1 error missing-item-processor"},
    {R"({"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"Iterator":{"StartAt":"J","States":{"J":{"Type":"Succeed"}}},"End":true})",
     "2:85 error iterator-and-item-processor"},
    {R"({"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemSelector":{"a":1},"Parameters":{"b":1},"End":true})",
     "2:108 error parameters-and-item-selector"},
    {R"({"Type":"Map","Iterator":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"End":true})",
     "2:19 info deprecated-map-field"},
    {R"({"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"MaxConcurrency":-1,"End":true})",
     "2:102 error invalid-max-concurrency"},
    {R"({"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"MaxConcurrency":1.5,"End":true})",
     "2:102 error invalid-max-concurrency"},
    {R"({"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"MaxConcurrency":1,"MaxConcurrencyPath":"$.n","End":true})",
     "2:104 error literal-and-path-form"},
    {R"({"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemsPath":"x","End":true})",
     "2:97 error invalid-items-path"},
    {R"({"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemsPath":"$.a[*]","End":true})",
     "2:97 error invalid-items-path"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"FOO"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"End":true})",
     "2:62 error unknown-processor-mode"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"End":true})",
     "2:36 error invalid-execution-type"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"FAST"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"End":true})",
     "2:92 error invalid-execution-type"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"End":true})",
     "2:71 error invalid-execution-type"},
    {R"({"Type":"Map","ItemProcessor":{"QueryLanguage":"JSONata","StartAt":"I","States":{"I":{"Type":"Succeed"}}},"End":true})",
     "2:36 error item-processor-query-language"},
    {R"({"Type":"Map","ItemProcessor":{"TimeoutSeconds":3,"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"End":true})",
     "2:36 error field-not-allowed-for-type"},
    {R"({"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ToleratedFailureCount":2,"End":true})",
     "2:85 warning distributed-only-field"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ToleratedFailurePercentage":101,"End":true})",
     "2:182 error invalid-tolerated-failure"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ToleratedFailureCount":-1,"End":true})",
     "2:177 error invalid-tolerated-failure"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"Label":"a b?","End":true})",
     "2:161 error invalid-map-label"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"Label":"","End":true})",
     "2:161 error invalid-map-label"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"Label":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","End":true})",
     ""},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"Label":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","End":true})",
     "2:161 error invalid-map-label"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemReader":{"Parameters":{}},"End":true})",
     "2:153 error item-reader-missing-resource"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemReader":{"Resource":"arn:aws:states:::s3:nosuch"},"End":true})",
     "2:178 error unknown-integration"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"XML"}},"End":true})",
     "2:238 error unknown-input-type"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV"}},"End":true})",
     "2:210 error csv-headers"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"GIVEN"}},"End":true})",
     "2:210 error csv-headers"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"MaxItems":1,"MaxItemsPath":"$.n"}},"End":true})",
     "2:239 error literal-and-path-form"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"MaxItems":100000001}},"End":true})",
     "2:237 error invalid-max-items"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"ManifestType":"S3_INVENTORY","InputType":"CSV"}},"End":true})",
     "2:256 warning inventory-input-type"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemBatcher":{},"End":true})",
     "2:153 error item-batcher-empty"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemBatcher":{"MaxItemsPerBatch":0},"End":true})",
     "2:187 warning item-batcher-limits"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemBatcher":{"MaxItemsPerBatch":-1},"End":true})",
     "2:187 error item-batcher-limits"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemBatcher":{"MaxInputBytesPerBatch":262144},"End":true})",
     ""},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ItemBatcher":{"MaxInputBytesPerBatch":262145},"End":true})",
     "2:192 error item-batcher-limits"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ResultWriter":{},"End":true})",
     "2:153 error writer-config-incomplete"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ResultWriter":{"WriterConfig":{"Transformation":"COMPACT"}},"End":true})",
     "2:169 error writer-config-incomplete"},
    {R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"ResultWriter":{"Resource":"arn:aws:states:::s3:putObject"},"End":true})",
     "2:153 error writer-config-incomplete"},
};

const Case kHandlers[] = {
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["E"],"BackoffRate":1.5,"JitterStrategy":"FULL","MaxDelaySeconds":60,"Comment":"c"}],"End":true})",
     ""},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Catch":[{"ErrorEquals":["E"],"Next":"B","ResultPath":null},{"ErrorEquals":["States.ALL"],"Next":"B"}],"End":true})",
     ""},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["States.Http.StatusCode.404"],"MaxAttempts":0}],"End":true})",
     ""},
    // A placeholder may become retriers, catchers, anything.
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":"${Retriers}","Catch":"{{ catchers }}","End":true})",
     ""},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":{"ErrorEquals":["E"]},"End":true})",
     "2:82 error wrong-field-type"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{}],"End":true})",
     "2:91 error missing-error-equals"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":[]}],"End":true})",
     "2:106 error missing-error-equals"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":[1]}],"End":true})",
     "2:107 error error-name-not-string"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["E"],"IntervalSeconds":0}],"End":true})",
     "2:130 warning invalid-interval-seconds"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["E"],"IntervalSeconds":1.5}],"End":true})",
     "2:130 error invalid-interval-seconds"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["E"],"MaxAttempts":-1}],"End":true})",
     "2:126 error invalid-max-attempts"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["E"],"MaxAttempts":100000000}],"End":true})",
     "2:126 error invalid-max-attempts"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["E"],"BackoffRate":0.5}],"End":true})",
     "2:126 error invalid-backoff-rate"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["E"],"MaxDelaySeconds":31622400}],"End":true})",
     ""},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["E"],"MaxDelaySeconds":31622401}],"End":true})",
     "2:130 error invalid-max-delay"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["E"],"MaxDelaySeconds":5,"IntervalSeconds":5}],"End":true})",
     "2:130 warning invalid-max-delay"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["E"],"JitterStrategy":"HALF"}],"End":true})",
     "2:129 error unknown-jitter-strategy"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["States.ALL"]},{"ErrorEquals":["E"]}],"End":true})",
     "2:107 error states-all-not-last"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["States.ALL","E"]}],"End":true})",
     "2:107 error states-all-not-alone"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Retry":[{"ErrorEquals":["States.TimeOut"]}],"End":true})",
     "2:107 warning reserved-error-name"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Catch":[{"ErrorEquals":["E"]}],"End":true})",
     "2:91 error catch-missing-next"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Catch":[{"ErrorEquals":["E"],"Next":"B"},{"ErrorEquals":["E"],"Next":"B"}],"End":true})",
     "2:140 warning duplicate-error-name"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Catch":[{"ErrorEquals":["E"],"Next":"B","ResultPath":"x"}],"End":true})",
     "2:136 error invalid-catch-result-path"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Catch":[{"ErrorEquals":["E"],"Next":"B","Foo":1}],"End":true})",
     "2:123 error unknown-field"},
};

const Case kPaths[] = {
    {R"({"Type":"Pass","InputPath":null,"OutputPath":"$.a[0:2]","ResultPath":"$.b","End":true})", ""},
    {R"~({"Type":"Pass","InputPath":"States.StringToJson($.a)","End":true})~", ""},
    {R"~({"Type":"Pass","Parameters":{"a.$":"$.b","c.$":"States.UUID()","d.$":"$$.Execution.Id","e.$":"$v.x","f":{"g.$":"$"}},"End":true})~",
     ""},
    {R"({"Type":"Pass","Parameters":{"a.$":"${Path}","b.$":"$.x.${Field}"},"End":true})", ""},
    {R"~({"Type":"Pass","Parameters":{"price.$":"States.Format('${} net', $.n)"},"End":true})~", ""},
    {R"({"Type":"Pass","Assign":{"a":1,"b.$":"$.c","größe":2},"End":true})", ""},
    {R"({"Type":"Pass","InputPath":"$.a[(@.x)]","End":true})", "2:32 error invalid-path"},
    {R"({"Type":"Pass","OutputPath":"a.b","End":true})", "2:33 error invalid-path"},
    {R"({"Type":"Pass","InputPath":3,"End":true})", "2:32 error invalid-path"},
    {R"({"Type":"Pass","ResultSelector":{},"End":true})", "2:20 error field-not-allowed-for-type"},
    {R"({"Type":"Pass","ResultPath":"$.a[*]","End":true})", "2:33 error invalid-reference-path"},
    {R"({"Type":"Pass","ResultPath":"$$.x","End":true})", "2:33 error invalid-reference-path"},
    {R"({"Type":"Pass","ResultPath":"$v","End":true})", "2:33 error invalid-reference-path"},
    {R"({"Type":"Pass","Parameters":{"a.$":"hello"},"End":true})", "2:40 error dynamic-key-not-path"},
    {R"({"Type":"Pass","Parameters":{"l":[{"a.$":3}]},"End":true})", "2:46 error dynamic-key-not-path"},
    {R"({"Type":"Pass","Parameters":{"a.$":"$.a[("},"End":true})", "2:40 error invalid-path"},
    {R"({"Type":"Pass","InputPath":"$.l[?(@.n==Receipt)]","End":true})", ""},
    {R"({"Type":"Pass","Parameters":{"a":"$.x"},"End":true})", "2:38 warning path-in-static-key"},
    {R"({"Type":"Pass","Parameters":{"a":1,"a.$":"$.b"},"End":true})", "2:40 error payload-key-conflict"},
    {R"({"Type":"Pass","Result":{"l":[{"a.$":"$.x"}]},"End":true})", "2:42 warning pass-result-is-static"},
    {R"~({"Type":"Pass","Parameters":{"a.$":"States.Nope($.x)"},"End":true})~", "2:40 error unknown-intrinsic"},
    {R"~({"Type":"Pass","Parameters":{"a.$":"States.Array(States.Nope())"},"End":true})~",
     "2:40 error unknown-intrinsic"},
    {R"~({"Type":"Pass","Parameters":{"a.$":"States.UUID(1)"},"End":true})~", "2:40 warning intrinsic-arity"},
    {R"({"Type":"Pass","Parameters":{"a.$":"States.Format('{}', $.x"},"End":true})", "2:40 error intrinsic-syntax"},
    {R"~({"Type":"Pass","Parameters":{"a.$":"States.Format('{}{}', $.x)"},"End":true})~",
     "2:40 warning format-placeholder-mismatch"},
    {R"~({"Type":"Pass","Parameters":{"a.$":"States.Hash($.x, 'MD4')"},"End":true})~",
     "2:40 warning unknown-hash-algorithm"},
    {R"~({"Type":"Pass","Parameters":{"a.$":"States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array()))))))))))"},"End":true})~",
     "2:40 error intrinsic-nesting-too-deep"},
    {R"~({"Type":"Pass","Parameters":{"a.$":"States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array())))))))))"},"End":true})~",
     ""},
    {R"({"Type":"Pass","Parameters":{"a.$":"$$.Foo.Bar"},"End":true})", "2:40 warning unknown-context-field"},
    {R"({"Type":"Pass","Parameters":{"a.$":"$$.Map.Item.Value"},"End":true})", "2:40 warning map-context-outside-map"},
    {R"({"Type":"Pass","Assign":{"1a":1},"End":true})", "2:30 error invalid-variable-name"},
    {R"({"Type":"Pass","Assign":{"vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv":1},"End":true})",
     ""},
    {R"({"Type":"Pass","Assign":{"vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv":1},"End":true})",
     "2:30 error invalid-variable-name"},
    {R"({"Type":"Pass","Assign":{"states.$":"$"},"End":true})", "2:30 error reserved-variable-name"},
    {R"({"Type":"Pass","Assign":[1],"End":true})", "2:20 error assign-not-object"},
    {R"({"Type":"Pass","Output":"x","End":true})", "2:20 error jsonata-field-in-jsonpath"},
};

const Case kJsonata[] = {
    {R"({"Type":"Pass","Output":{"a":["{% $states.input %}",5,null]},"Assign":{"x":"{%1%}"},"End":true})", ""},
    {R"({"Type":"Wait","Seconds":"{% $states.input.n %}","End":true})", ""},
    {R"({"Type":"Wait","Timestamp":"{% $now() %}","End":true})", ""},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Arguments":"{% $states.input %}","TimeoutSeconds":"{% 5 %}","End":true})",
     ""},
    {R"({"Type":"Choice","Choices":[{"Condition":"{% $states.input.x %}","Next":"B","Output":1}]})", ""},
    {R"({"Type":"Choice","Choices":[{"Condition":true,"Next":"B"}]})", ""},
    {R"({"Type":"Fail","Error":"{% 'e' %}"})", ""},
    {R"({"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"Items":[1,"{% 2 %}"],"ItemSelector":{"v":"{% $states.context.Map.Item.Value %}"},"MaxConcurrency":"{% 2 %}","End":true})",
     ""},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Catch":[{"ErrorEquals":["States.ALL"],"Next":"B","Output":"{% $states.errorOutput %}"}],"End":true})",
     ""},
    {R"({"Type":"Choice","Choices":[{"Condition":"$states.input.x","Next":"B"}]})", "2:46 error condition-not-jsonata"},
    {R"({"Type":"Choice","Choices":[{"Next":"B"}]})", "2:33 error rule-missing-comparison"},
    {R"({"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"B"}]})",
     "2:34 error jsonpath-field-in-jsonata, 2:51 error jsonpath-field-in-jsonata"},
    {R"({"Type":"Pass","InputPath":"$.x","End":true})", "2:20 error jsonpath-field-in-jsonata"},
    {R"({"Type":"Wait","SecondsPath":"$.x","End":true})", "2:20 error jsonpath-field-in-jsonata"},
    {R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Catch":[{"ErrorEquals":["E"],"Next":"B","ResultPath":"$.x"}],"End":true})",
     "2:123 error jsonpath-field-in-jsonata"},
    {R"({"Type":"Pass","Output":{"a.$":"$.x"},"End":true})", "2:30 warning dollar-key-in-jsonata"},
    {R"({"Type":"Pass","Output":["{% 1"],"End":true})", "2:30 error jsonata-delimiters"},
    {R"({"Type":"Pass","Output":" {% 1 %}","End":true})", "2:29 error jsonata-delimiters"},
    {R"({"Type":"Wait","Seconds":"{% 1","End":true})", "2:30 error jsonata-delimiters"},
    {R"({"Type":"Wait","Seconds":"1","End":true})", "2:30 error invalid-wait-seconds"},
    {R"({"Type":"Pass","Assign":"{% {} %}","End":true})", "2:29 error assign-not-object"},
    {R"({"Type":"Pass","QueryLanguage":"JSONPath","End":true})", "2:36 error query-language-downgrade"},
    {R"({"Type":"Pass","QueryLanguage":"jsonata","End":true})", "2:36 error unknown-query-language"},
};

}  // namespace

TEST_CASE("a state has the fields of its type", "[model]") {
  for (const Case& c : kFields) {
    INFO(c.state);
    CHECK(findings(in_state(c.state)) == c.expected);
  }
}

TEST_CASE("a Wait says once how long it waits", "[model]") {
  for (const Case& c : kWaits) {
    INFO(c.state);
    CHECK(findings(in_state(c.state)) == c.expected);
  }
}

TEST_CASE("a Task names something that can be called", "[model]") {
  for (const Case& c : kTasks) {
    INFO(c.state);
    CHECK(findings(in_state(c.state)) == c.expected);
  }
}

TEST_CASE("a Fail gives an error and a cause once", "[model]") {
  for (const Case& c : kFails) {
    INFO(c.state);
    CHECK(findings(in_state(c.state)) == c.expected);
  }
}

TEST_CASE("a choice rule tests one thing and names a state", "[model]") {
  for (const Case& c : kChoices) {
    INFO(c.state);
    CHECK(findings(in_state(c.state)) == c.expected);
  }
}

TEST_CASE("a Map has one processor and what its mode allows", "[model]") {
  for (const Case& c : kMaps) {
    INFO(c.state);
    CHECK(findings(in_state(c.state)) == c.expected);
  }
}

TEST_CASE("retriers and catchers are checked one by one and as a list", "[model]") {
  for (const Case& c : kHandlers) {
    INFO(c.state);
    CHECK(findings(in_state(c.state)) == c.expected);
  }
}

TEST_CASE("paths, templates and variables are checked where they stand", "[model]") {
  for (const Case& c : kPaths) {
    INFO(c.state);
    CHECK(findings(in_state(c.state)) == c.expected);
  }
}

TEST_CASE("a JSONata state takes expressions where the language does", "[model]") {
  for (const Case& c : kJsonata) {
    INFO(c.state);
    CHECK(findings(in_jsonata_state(c.state)) == c.expected);
  }
}

}  // namespace stepglass
