import type { StreamFunction } from '../../catalog/alarms-config.ts';
import type { AwsTarget } from '../../catalog/aws-target.ts';
import { kinesisArn } from '../../catalog/kinesis-stream.ts';
import { failureQueue, functionLogs, type StreamNames, streamNames } from '../../catalog/stream-names.ts';
import { answersStream } from '../flink/flink-place.ts';
import type { ReasonedStatement } from './policy-document.ts';
import { keyStatements } from './storage-statements.ts';

/** What a function does with the table of live stores. */
type StoreAction = 'BatchGetItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query' | 'UpdateItem';

interface FunctionNeeds {
  /** In a sentence. */
  readonly description: string;
  /** Which stream invokes it: that of the events, or that of Flink's answers. */
  readonly reads?: 'events' | 'answers';
  readonly store?: readonly StoreAction[];
  /** Whether it queries the indexes too. */
  readonly indexes?: true;
  /** Whether it publishes to the topic. */
  readonly tells?: true;
  /** Whether deliveries that it gives up go to a queue. */
  readonly gives?: true;
}

/** A transaction needs the right to each of its writes (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html). */
const needs: { readonly [Name in StreamFunction]: FunctionNeeds } = {
  sessions: {
    description: 'keeps live sessions, carts and counts; it publishes nothing',
    reads: 'events',
    store: ['BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
    gives: true,
  },
  alerts: {
    description: 'keeps incidents of thresholds, and tells them',
    reads: 'events',
    store: ['GetItem', 'PutItem', 'UpdateItem', 'Query'],
    tells: true,
    gives: true,
  },
  detect: {
    description: 'keeps incidents of bots, floods and outages, and tells them',
    reads: 'events',
    store: ['GetItem', 'PutItem', 'Query'],
    tells: true,
    gives: true,
  },
  recommend: {
    description: 'counts products that are viewed together, and publishes them',
    reads: 'events',
    store: ['GetItem', 'PutItem', 'UpdateItem', 'Query'],
    tells: true,
    gives: true,
  },
  relay: {
    description: "keeps incidents of Flink's answers, and tells them; it does not read the events",
    reads: 'answers',
    store: ['GetItem', 'PutItem'],
    tells: true,
    gives: true,
  },
  reminders: {
    description: 'looks for carts that were left, and publishes them; it reads no stream',
    store: ['GetItem', 'PutItem', 'Query'],
    indexes: true,
    tells: true,
    gives: true,
  },
  transform: { description: 'cleans records that Firehose hands to it; it calls no service' },
};

/** What a function does, in words. */
export const functionWords = (name: StreamFunction): string => needs[name].description;

/** The table of live stores, or its indexes. */
const storeArn = ({ partition, region, account }: AwsTarget, table: string, index = ''): string =>
  `arn:${partition}:dynamodb:${region}:${account}:table/${table}${index}`;

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

/**
 * What a function of a stream may do: read the stream that invokes it, use the table of live stores as far as its handler does, tell its
 * topic, and put what failed where people look (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html, scoped down
 * to what is derived).
 */
export function functionStatements(
  target: AwsTarget,
  tables: readonly string[],
  name: StreamFunction,
): ReasonedStatement[] {
  const { reads, store, indexes, tells, gives } = needs[name];
  const places = tables.map((table) => streamNames(table, target));
  const { partition, region, account } = target;
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const functions = places.map(({ functions: called }) => called[name]);
  return [
    ...(reads === undefined ? [] : readStatements(target, places, reads)),
    ...(store === undefined
      ? []
      : [
          {
            Sid: 'KeepState',
            Effect: 'Allow' as const,
            Action: store.map((action) => `dynamodb:${action}`),
            Resource: unique(
              places.flatMap(({ sessionsTable }) => [
                storeArn(target, sessionsTable),
                ...(indexes ? [storeArn(target, sessionsTable, '/index/*')] : []),
              ]),
            ),
            reason: 'Items of the table of live stores; it scans nothing, and changes no table',
          },
        ]),
    ...(tells
      ? [
          {
            Sid: 'Tell',
            Effect: 'Allow' as const,
            Action: ['sns:Publish'],
            Resource: unique(places.map(({ topicArn }) => topicArn)),
            reason: 'The topic of incidents and reminders',
          },
        ]
      : []),
    ...(gives
      ? [
          {
            Sid: 'GiveUp',
            Effect: 'Allow' as const,
            Action: ['sqs:SendMessage'],
            Resource: functions.map((called) => arn('sqs', failureQueue(called))),
            reason:
              'Where Lambda puts what the function failed on to the end: it sends as the role of the function',
          },
        ]
      : []),
    {
      Sid: 'WriteLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: functions.map((called) => arn('logs', `log-group:${functionLogs(called)}:log-stream:*`)),
      reason: 'Its own logs. The group is made beside the function',
    },
    {
      Sid: 'WriteTraces',
      Effect: 'Allow',
      Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      Resource: ['*'],
      reason: 'On *: X-Ray has no resource for traces',
    },
  ];
}

/** What a function that a stream invokes may do for it. */
function readStatements(
  target: AwsTarget,
  places: readonly StreamNames[],
  reads: 'events' | 'answers',
): ReasonedStatement[] {
  const streams = places.map(({ stream }) =>
    kinesisArn(target, reads === 'events' ? stream : answersStream(stream, 'many-actions')),
  );
  return [
    {
      Sid: 'ReadStream',
      Effect: 'Allow',
      Action: [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      Resource: unique(streams),
      reason: 'The records, by polling: Lambda reads the stream as the role of the function',
    },
    {
      Sid: 'KeepPoison',
      Effect: 'Allow',
      Action: ['s3:PutObject'],
      Resource: unique(
        places.map(({ poisonBucket }) => `arn:${target.partition}:s3:::${poisonBucket}/poison/*`),
      ),
      reason: 'Records that can never be processed, with their reasons. It reads none back',
    },
    ...keyStatements(target),
  ];
}

/** What the page over the table of live stores may do. */
export const liveStatements = (target: AwsTarget, tables: readonly string[]): ReasonedStatement[] => {
  const stores = unique(tables.map((table) => streamNames(table, target).sessionsTable));
  return [
    {
      Sid: 'ReadState',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:Query'],
      Resource: stores.flatMap((table) => [storeArn(target, table), storeArn(target, table, '/index/*')]),
      reason: 'Live sessions, carts, counts and incidents, by key and by index; it writes nothing',
    },
  ];
};

/** What a program may do that sends events. */
export const producerStatements = (target: AwsTarget, tables: readonly string[]): ReasonedStatement[] => [
  {
    Sid: 'SendEvents',
    Effect: 'Allow',
    Action: ['kinesis:PutRecords'],
    Resource: unique(tables.map((table) => kinesisArn(target, streamNames(table, target).stream))),
    reason: 'Events into the stream; it reads none',
  },
];
