import { deriveIamPolicy, type PolicyRole } from '../../../src/index.ts';
import { shopEvents } from '../shop-events.ts';
import { arn, bucket, byAthena, fullTarget, inLake, keyCalls, on, type RoleCase } from './access-kit.ts';

const tables = [shopEvents.schema];
const sessions = arn('dynamodb', 'table/shop-sessions');
const topic = arn('sns', 'headwater-shop-shop_events-incidents');
const poison = bucket('shop-lake-poison/poison/shop_events/2019-10-01/a.json');
const clicks = arn('kinesis', 'stream/shop-clicks');
const answers = arn('kinesis', 'stream/shop-clicks-many-actions');

const store = (...operations: readonly string[]) =>
  on(
    sessions,
    operations.map((operation) => `dynamodb:${operation}`),
  );

/** What no function and no caller of the stream does. */
const closed = [
  ...['shop_events/dt=2019-10-01/a.parquet', '_headwater/shop_events/1.json'].flatMap((key) =>
    on(inLake(key), ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']),
  ),
  ...on(inLake('shop_events/dt=2019-10-01/a.parquet'), ['s3:GetObject'], byAthena),
  ...on(bucket('shop-landing/stream/shop_events/cleaned/a.parquet'), ['s3:GetObject', 's3:PutObject']),
  ...on(sessions, [
    'dynamodb:Scan',
    'dynamodb:UpdateTable',
    'dynamodb:UpdateTimeToLive',
    'dynamodb:ExportTableToPointInTime',
  ]),
  ...on(arn('glue', 'table/shop/shop_events'), ['glue:GetTable', 'glue:UpdateTable']),
  ...on(arn('athena', 'workgroup/headwater-shop'), ['athena:StartQueryExecution']),
  ...on(topic, ['sns:DeleteTopic', 'sns:Subscribe', 'sns:SetTopicAttributes']),
  ...on(poison, ['s3:GetObject', 's3:DeleteObject']),
  ...on(clicks, ['kinesis:RegisterStreamConsumer', 'kinesis:SplitShard']),
];

const logs = (name: string) =>
  on(arn('logs', `log-group:/aws/lambda/${name}:log-stream:1`), [
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]);

/** The traces and the logs of a function. */
const runs = (name: string) => [
  ...logs(name),
  ...on('*', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']),
];

/** Lambda polls with the role of the function (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html). */
const polls = (stream: string) =>
  on(stream, [
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
  ]);
const keepsPoison = [...on(poison, ['s3:PutObject']), ...keyCalls('Decrypt', 'GenerateDataKey')];
const gives = (name: string) =>
  on(arn('sqs', `headwater-shop-shop_events-${name}-failures`), ['sqs:SendMessage']);
const tells = on(topic, ['sns:Publish']);

type FunctionRole = Extract<PolicyRole, `${string}-function`>;

const ofFunction = (
  name: string,
  calls: RoleCase['calls'],
  refused: RoleCase['refused'],
  code: readonly string[] = [],
): RoleCase => ({
  policy: () => deriveIamPolicy(tables, fullTarget, `${name}-function` as FunctionRole),
  code,
  calls: [...runs(name === 'transform' ? 'clean' : `headwater-shop-shop_events-${name}`), ...calls],
  refused: [
    ...closed,
    ...on(clicks, ['kinesis:PutRecord', 'kinesis:PutRecords']),
    ...logs('headwater-shop-other'),
    ...on(arn('sqs', 'headwater-shop-shop_events-sessions-failures'), [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
    ]),
    ...refused,
  ],
});

const alertStore = 'packages/stream/src/stores/dynamodb/dynamodb-alert-store.ts';
const telling = 'packages/stream/src/sns';

/** The functions of a stream, who reads what they keep, and who sends events. */
export const streamCases = {
  'sessions-function': ofFunction(
    'sessions',
    [
      ...polls(clicks),
      ...keepsPoison,
      ...gives('sessions'),
      // One transaction for each delivery: states and carts are put, counters updated, carts that are empty deleted.
      ...store('BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    ],
    [...tells, ...on(answers, ['kinesis:GetRecords'])],
  ),
  'alerts-function': ofFunction(
    'alerts',
    [
      ...polls(clicks),
      ...keepsPoison,
      ...gives('alerts'),
      ...tells,
      ...store('GetItem', 'PutItem', 'UpdateItem', 'Query'),
    ],
    [...store('DeleteItem'), ...on(answers, ['kinesis:GetRecords'])],
    [alertStore, telling],
  ),
  'detect-function': ofFunction(
    'detect',
    // Shards exchange what they counted by items that replace each other.
    [...polls(clicks), ...keepsPoison, ...gives('detect'), ...tells, ...store('GetItem', 'PutItem', 'Query')],
    [...store('DeleteItem', 'UpdateItem'), ...on(answers, ['kinesis:GetRecords'])],
  ),
  'recommend-function': ofFunction(
    'recommend',
    [
      ...polls(clicks),
      ...keepsPoison,
      ...gives('recommend'),
      ...tells,
      ...store('GetItem', 'PutItem', 'UpdateItem', 'Query'),
    ],
    [...store('DeleteItem'), ...on(answers, ['kinesis:GetRecords'])],
    [alertStore, telling],
  ),
  'relay-function': ofFunction(
    'relay',
    [...polls(answers), ...keepsPoison, ...gives('relay'), ...tells, ...store('GetItem', 'PutItem')],
    [...on(clicks, ['kinesis:GetRecords']), ...store('DeleteItem', 'UpdateItem', 'Query')],
  ),
  'reminders-function': ofFunction(
    'reminders',
    [
      ...gives('reminders'),
      ...tells,
      ...store('GetItem', 'PutItem', 'Query'),
      ...on(`${sessions}/index/abandoned`, ['dynamodb:Query']),
    ],
    [
      ...on(clicks, ['kinesis:GetRecords']),
      ...on(poison, ['s3:PutObject']),
      ...store('DeleteItem', 'UpdateItem'),
    ],
  ),
  // Firehose invokes it with the records, and takes its answer.
  'transform-function': ofFunction(
    'transform',
    [],
    [
      ...store('GetItem', 'PutItem', 'Query'),
      ...tells,
      ...on(clicks, ['kinesis:GetRecords']),
      ...on(poison, ['s3:PutObject']),
      ...keyCalls('Decrypt', 'GenerateDataKey'),
    ],
  ),
  'live-reader': {
    policy: () => deriveIamPolicy(tables, fullTarget, 'live-reader'),
    code: [],
    calls: [
      ...store('GetItem', 'Query'),
      ...['live', 'abandoned'].flatMap((index) => on(`${sessions}/index/${index}`, ['dynamodb:Query'])),
    ],
    refused: [
      ...closed,
      ...store('PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'),
      ...on(clicks, ['kinesis:GetRecords', 'kinesis:PutRecords']),
      ...tells,
    ],
  },
  producer: {
    policy: () => deriveIamPolicy(tables, fullTarget, 'producer'),
    code: ['packages/stream/src/producer'],
    calls: on(clicks, ['kinesis:PutRecords']),
    refused: [
      ...closed,
      ...on(clicks, ['kinesis:GetRecords', 'kinesis:GetShardIterator']),
      ...on(answers, ['kinesis:PutRecords']),
      ...store('GetItem', 'PutItem'),
      ...tells,
    ],
  },
} satisfies Partial<Record<PolicyRole, RoleCase>>;
