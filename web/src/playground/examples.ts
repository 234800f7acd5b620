// Machines to begin with. Each teaches one thing, runs as it is, and has inputs and mocks that show it.

import type { Mocks } from '../engine/protocol.js';

export interface Example {
  name: string;
  teaches: string;
  definition: string;
  inputs: { n: string; v: string }[];
  mocks: Mocks;
  /** It cannot run: its findings are what it shows. */
  broken?: true;
}

const text = (value: unknown) => JSON.stringify(value, undefined, 2);

export const kExamples: Example[] = [
  {
    name: 'Order',
    teaches: 'Retry, Catch and a wait over night',
    definition: text({
      Comment: 'An order is checked, priced item by item and paid. A payment that is refused is tried again.',
      StartAt: 'CheckOrder',
      States: {
        CheckOrder: {
          Type: 'Choice',
          Choices: [{ And: [{ Variable: '$.items[0]', IsPresent: true }, { Variable: '$.blocked', BooleanEquals: false }], Next: 'PriceItems' }],
          Default: 'Refused',
        },
        PriceItems: {
          Type: 'Map',
          ItemsPath: '$.items',
          MaxConcurrency: 2,
          ItemProcessor: {
            StartAt: 'LookUpPrice',
            States: {
              LookUpPrice: {
                Type: 'Task',
                Resource: 'arn:aws:states:::dynamodb:getItem',
                Parameters: { TableName: 'prices', Key: { sku: { 'S.$': '$.sku' } } },
                ResultSelector: { 'cents.$': 'States.StringToJson($.Item.cents.N)' },
                ResultPath: '$.price',
                End: true,
              },
            },
          },
          ResultPath: '$.items',
          Next: 'Charge',
        },
        Charge: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: 'charge', 'Payload.$': '$' },
          TimeoutSeconds: 30,
          Retry: [{ ErrorEquals: ['Payment.Busy'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }],
          Catch: [{ ErrorEquals: ['Payment.Declined'], ResultPath: '$.declined', Next: 'Refused' }],
          ResultSelector: { 'receipt.$': '$.Payload.receipt' },
          ResultPath: '$.payment',
          Next: 'TellWarehouse',
        },
        TellWarehouse: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage',
          Parameters: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111111111111/warehouse', 'MessageBody.$': '$' },
          Catch: [{ ErrorEquals: ['SQS.SqsException'], ResultPath: '$.closed', Next: 'WaitForMorning' }],
          ResultPath: '$.told',
          Next: 'Ordered',
        },
        WaitForMorning: { Type: 'Wait', Seconds: 36000, Next: 'TellWarehouse' },
        Ordered: { Type: 'Succeed' },
        Refused: { Type: 'Fail', Error: 'Order.Refused', Cause: 'The order cannot be taken.' },
      },
    }),
    inputs: [
      { n: 'two items', v: text({ id: 'o-1042', blocked: false, items: [{ sku: 'teapot', quantity: 1 }, { sku: 'cup', quantity: 6 }] }) },
      { n: 'blocked', v: text({ id: 'o-1043', blocked: true, items: [{ sku: 'teapot', quantity: 1 }] }) },
    ],
    mocks: {
      LookUpPrice: [{ return: { Item: { cents: { N: '1250' } } }, duration_seconds: 0.02 }],
      Charge: [
        { error: 'Payment.Busy', cause: 'the bank did not answer', duration_seconds: 1.5 },
        { return: { StatusCode: 200, Payload: { receipt: 'r-77' } }, duration_seconds: 0.8 },
      ],
      TellWarehouse: [{ error: 'SQS.SqsException', cause: 'the queue is closed over night' }, { return: { MessageId: '1f3c7f0e' }, duration_seconds: 0.1 }],
    },
  },
  {
    name: 'JSONata',
    teaches: 'expressions, variables and a condition',
    definition: text({
      QueryLanguage: 'JSONata',
      StartAt: 'Sum',
      States: {
        Sum: {
          Type: 'Pass',
          Assign: { total: '{% $sum($states.input.lines.(price * quantity)) %}' },
          Output: '{% $states.input %}',
          Next: 'IsLarge',
        },
        IsLarge: { Type: 'Choice', Choices: [{ Condition: '{% $total > 100 %}', Next: 'Approve' }], Default: 'Done' },
        Approve: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: { FunctionName: 'approve', Payload: { total: '{% $total %}' } },
          Assign: { approvedBy: '{% $states.result.Payload.by %}' },
          Output: '{% $merge([$states.input, {"approved": true}]) %}',
          Next: 'Done',
        },
        Done: { Type: 'Succeed', Output: { total: '{% $total %}', lines: '{% $count($states.input.lines) %}' } },
      },
    }),
    inputs: [
      { n: 'large', v: text({ lines: [{ price: 30, quantity: 4 }, { price: 5, quantity: 2 }] }) },
      { n: 'small', v: text({ lines: [{ price: 3, quantity: 2 }] }) },
    ],
    mocks: { Approve: [{ return: { StatusCode: 200, Payload: { by: 'ada' } }, duration_seconds: 0.4 }] },
  },
  {
    name: 'Polling',
    teaches: 'a loop with a way out, and what it costs',
    definition: text({
      StartAt: 'StartJob',
      States: {
        StartJob: { Type: 'Task', Resource: 'arn:aws:states:::glue:startJobRun', Parameters: { JobName: 'nightly' }, Next: 'Wait' },
        Wait: { Type: 'Wait', Seconds: 60, Next: 'GetStatus' },
        GetStatus: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:glue:getJobRun',
          Parameters: { JobName: 'nightly', 'RunId.$': '$.JobRunId' },
          ResultPath: '$.status',
          Next: 'IsDone',
        },
        IsDone: {
          Type: 'Choice',
          Choices: [
            { Variable: '$.status.JobRun.JobRunState', StringEquals: 'SUCCEEDED', Next: 'Done' },
            { Variable: '$.status.JobRun.JobRunState', StringEquals: 'FAILED', Next: 'Failed' },
          ],
          Default: 'Wait',
        },
        Done: { Type: 'Succeed' },
        Failed: { Type: 'Fail', Error: 'Job.Failed' },
      },
    }),
    inputs: [{ n: 'default', v: '{}' }],
    mocks: {
      StartJob: [{ return: { JobRunId: 'jr-1' } }],
      GetStatus: [
        { return: { JobRun: { JobRunState: 'RUNNING' } }, duration_seconds: 0.1 },
        { return: { JobRun: { JobRunState: 'RUNNING' } }, duration_seconds: 0.1 },
        { return: { JobRun: { JobRunState: 'SUCCEEDED' } }, duration_seconds: 0.1 },
      ],
    },
  },
  {
    name: 'Parallel',
    teaches: 'branches, one of which fails and is caught',
    definition: text({
      StartAt: 'Gather',
      States: {
        Gather: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'Profile', States: { Profile: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'profile' }, End: true } } },
            {
              StartAt: 'Credit',
              States: {
                Credit: {
                  Type: 'Task',
                  Resource: 'arn:aws:states:::lambda:invoke',
                  Parameters: { FunctionName: 'credit' },
                  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'NoCredit' }],
                  End: true,
                },
                NoCredit: { Type: 'Pass', Result: { limit: 0 }, End: true },
              },
            },
          ],
          Next: 'Decide',
        },
        Decide: { Type: 'Pass', Parameters: { 'profile.$': '$[0].Payload', 'limit.$': '$[1].limit' }, End: true },
      },
    }),
    inputs: [{ n: 'default', v: '{}' }],
    mocks: {
      Profile: [{ return: { StatusCode: 200, Payload: { name: 'Ada' } }, duration_seconds: 0.2 }],
      Credit: [{ error: 'Credit.Down', cause: 'no answer', duration_seconds: 3 }],
    },
  },
  {
    name: 'Mistakes',
    broken: true,
    teaches: 'what lint finds, and fixes',
    definition: `{
  "StartAt": "Chek",
  "States": {
    "Check": {
      "Type": "Choice",
      "Choices": [{"Variable": "$.total", "NumericGreaterThan": 10, "Next": "Pay"}],
      "Default": "Again"
    },
    "Pay": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
      "Parameters": {"FunctionName": "pay"},
      "Catch": [
        {"ErrorEquals": ["States.ALL"], "Next": "Again"},
        {"ErrorEquals": ["Card.Declined"], "Next": "Check"}
      ],
      "End": true
    },
    "Again": {"Type": "Pass", "Next": "Check"},
    "Forgotten": {"Type": "Succeed"}
  }
}`,
    inputs: [{ n: 'default', v: '{"total": 12}' }],
    mocks: {},
  },
];
