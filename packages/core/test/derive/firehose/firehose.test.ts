import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  awsTarget,
  calendarDate,
  decimal,
  defineEvents,
  derivations,
  deriveFirehose,
  deriveFirehoseRole,
  deriveGlueTable,
  type FirehoseOptions,
  firehoseProblems,
  lake,
  type TableSchema,
  timestamp,
} from '../../../src/index.ts';
import { anyTables } from '../../clean/engines/any-tables.ts';
import { testTarget } from '../aws-test-target.ts';
import { refusalOf } from './refusal-of.ts';

const transform = 'arn:aws:lambda:eu-central-1:123456789012:function:shop-transform';
const stream = {
  name: 'shop-clicks',
  sessionsTable: 'shop-sessions',
  deliveryStream: 'shop-clicks-to-s3',
  landing: 's3://shop-landing/stream',
};
const target = awsTarget({ ...testTarget, stream });
const cleaned = awsTarget({ ...testTarget, stream: { ...stream, transform } });

const { schema } = defineEvents('clicks', {
  columns: {
    event_time: timestamp(),
    kind: z.enum(['view', 'purchase']),
    price: decimal(10, 2).optional(),
    rate: decimal(24, 12).optional(),
    day: calendarDate().optional(),
    user_id: z.int64(),
  },
  roles: { time: 'event_time', action: 'kind' },
});
const destinationOf = (options?: FirehoseOptions, of: TableSchema = schema, at = target) =>
  deriveFirehose(of, at, options).ExtendedS3DestinationConfiguration;
const keysOf = (of: TableSchema, options?: FirehoseOptions, at = target) =>
  destinationOf(options, of, at).DataFormatConversionConfiguration.InputFormatConfiguration.Deserializer
    .OpenXJsonSerDe.ColumnToJsonKeyMappings;
const typesOf = (of: typeof target) =>
  Object.fromEntries(
    deriveGlueTable(schema, of, { layer: 'stream' }).StorageDescriptor.Columns.map(({ Name, Type }) => [
      Name,
      Type,
    ]),
  );

test('reads the stream of the config, and writes beside the lake, by the day of the record', () => {
  const input = deriveFirehose(schema, target);
  expect(input).toMatchObject({
    DeliveryStreamName: 'shop-clicks-to-s3',
    DeliveryStreamType: 'KinesisStreamAsSource',
    KinesisStreamSourceConfiguration: {
      KinesisStreamARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/shop-clicks',
      RoleARN: 'arn:aws:iam::123456789012:role/headwater-shop-firehose',
    },
    ExtendedS3DestinationConfiguration: {
      BucketARN: 'arn:aws:s3:::shop-landing',
      Prefix: 'stream/clicks/records/dt=!{partitionKeyFromQuery:dt}/',
      ErrorOutputPrefix:
        'stream/clicks/errors/records/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/',
      BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
    },
  });
  expect(input).not.toHaveProperty('DeliveryStreamEncryptionConfigurationInput');
});

test('without a stream in the config, records are put directly, into a folder of the lake that no table has', () => {
  const input = deriveFirehose(schema, testTarget);
  expect(input).toMatchObject({
    DeliveryStreamName: 'headwater-shop-clicks',
    DeliveryStreamType: 'DirectPut',
    ExtendedS3DestinationConfiguration: {
      Prefix: 'events/clicks__stream/records/dt=!{partitionKeyFromQuery:dt}/',
    },
  });
  expect(() => deriveFirehose(schema, testTarget, { source: 'kinesis' })).toThrow('aws.stream.name');
  const kmsKey = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  expect(deriveFirehose(schema, { ...testTarget, kmsKey })).toMatchObject({
    DeliveryStreamEncryptionConfigurationInput: { KeyARN: kmsKey },
    ExtendedS3DestinationConfiguration: {
      EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: kmsKey } },
    },
  });
});

test('a transform gives the day and the types; without one there are texts, and a query finds the day', () => {
  expect(typesOf(cleaned)).toEqual({
    event_time: 'timestamp',
    kind: 'string',
    price: 'decimal(10,2)',
    rate: 'string',
    day: 'string',
    user_id: 'bigint',
  });
  expect(new Set(Object.values(typesOf(target)))).toEqual(new Set(['string']));
  const { Prefix, ProcessingConfiguration } = destinationOf({}, schema, cleaned);
  expect(Prefix).toBe('stream/clicks/cleaned/dt=!{partitionKeyFromLambda:dt}/');
  expect(ProcessingConfiguration.Processors).toMatchObject([
    {
      Type: 'Lambda',
      Parameters: expect.arrayContaining([{ ParameterName: 'LambdaArn', ParameterValue: transform }]),
    },
  ]);
  expect(destinationOf().ProcessingConfiguration.Processors[0]?.Parameters[0]?.ParameterValue).toBe(
    '{dt:(."event_time"[0:10])}',
  );
  expect(deriveGlueTable(schema, cleaned, { layer: 'stream' })).toMatchObject({
    Name: 'clicks__stream',
    PartitionKeys: [{ Name: 'dt' }],
    StorageDescriptor: { Location: 's3://shop-landing/stream/clicks/cleaned/' },
  });
});

test('every column of a definition is once in the schema that Firehose converts by, and once in its mapping', () => {
  for (const { schema: any } of anyTables(60, 7, { texts: 0 }))
    for (const of of [target, cleaned]) {
      const { StorageDescriptor, Name } = deriveGlueTable(any, of, { layer: 'stream' });
      const { SchemaConfiguration } = destinationOf({}, any, of).DataFormatConversionConfiguration;
      const names = any.columns.map(({ name }) => name);
      expect(StorageDescriptor.Columns.map((column) => column.Name)).toEqual(names);
      const mapping = keysOf(any, {}, of);
      expect(Object.keys(mapping)).toEqual(names);
      expect(new Set(Object.values(mapping)).size).toBe(names.length);
      expect(SchemaConfiguration.TableName).toBe(Name);
    }
});

describe('keys of records', () => {
  const renamed = defineEvents('renamed', {
    columns: { at: timestamp(), user_id: z.string().register(lake, { aliases: ['userId', 'uid'] }) },
    roles: { time: 'at' },
  }).schema;

  test('are the names of columns, or those that are given', () => {
    expect(keysOf(schema)).toMatchObject({ event_time: 'event_time', user_id: 'user_id' });
    const keys = { event_time: 'eventTime', user_id: 'userId' };
    expect(keysOf(schema, { keys })).toMatchObject(keys);
    expect(destinationOf({ keys }).ProcessingConfiguration.Processors[0]?.Parameters[0]?.ParameterValue).toBe(
      '{dt:(."eventTime"[0:10])}',
    );
    const { text } = derivations.firehose.derive(
      { schema, target },
      derivations.firehose.options.parse({ keys: 'event_time=eventTime,user_id=userId' }),
    );
    expect(JSON.parse(text)).toEqual(deriveFirehose(schema, target, { keys }));
  });

  test('are refused where Firehose would drop the others', () => {
    expect(refusalOf(() => keysOf(renamed))).toMatch(
      /FIREHOSE_UNSUPPORTED.*several names: user_id \(user_id, userId, uid\)/,
    );
    expect(keysOf(renamed, { keys: { user_id: 'uid' } })).toEqual({ at: 'at', user_id: 'uid' });
    expect(() => keysOf(renamed, { keys: { userId: 'uid' } })).toThrow(
      'columns of renamed that records have: at, user_id',
    );
    // What a transform writes has the names of the columns.
    expect(() => deriveFirehose(renamed, cleaned)).not.toThrow();
  });

  test('are refused in nested records, which a transform flattens', () => {
    const nested = defineEvents('nested', {
      columns: { at: timestamp(), user: z.string().register(lake, { path: 'user.id' }) },
      roles: { time: 'at' },
    }).schema;
    expect(refusalOf(() => keysOf(nested))).toMatch(
      /FIREHOSE_UNSUPPORTED.*user is read from a nested record/,
    );
    expect(keysOf(nested, {}, cleaned)).toEqual({ at: 'at', user: 'user' });
  });
});

test.each<[string, FirehoseOptions, string]>([
  ['bufferSize', { bufferSize: 63 }, '64 to 128'],
  ['bufferSize', { bufferSize: 129 }, '64 to 128'],
  ['bufferSeconds', { bufferSeconds: 59 }, '60 to 900'],
  ['name', { name: 'a'.repeat(65) }, '1 to 64'],
  ['name', { name: 'a b' }, '1 to 64'],
  ['landing', { landing: 's3://shop-lake/events/clicks/' }, 'apart from'],
  ['landing', { landing: 's3://shop-landing' }, 'a folder'],
  ['transform', { transform: 'shop-transform' }, 'the ARN of a function'],
])('%s is named when it is %j', (option, given, expected) => {
  expect(refusalOf(() => deriveFirehose(schema, target, given))).toMatch(
    new RegExp(`OPTION_INVALID.*${option}.*${expected}`),
  );
});

describe('the rules of Firehose', () => {
  type Destination = Parameters<typeof firehoseProblems>[0];
  const changed = (change: Destination): string[] =>
    firehoseProblems({ ...destinationOf(), ...change }).map(({ field }) =>
      field.replace('ExtendedS3DestinationConfiguration.', ''),
    );

  test('are kept by what is derived', () => {
    for (const of of [target, cleaned, testTarget])
      expect(firehoseProblems(deriveFirehose(schema, of).ExtendedS3DestinationConfiguration)).toEqual([]);
  });

  const query = (text: string) => ({
    ProcessingConfiguration: {
      Enabled: true,
      Processors: [
        {
          Type: 'MetadataExtraction',
          Parameters: [{ ParameterName: 'MetadataExtractionQuery', ParameterValue: text }],
        },
      ],
    },
  });
  test.each<[string, Destination]>([
    ['BufferingHints.SizeInMBs', { BufferingHints: { SizeInMBs: 63, IntervalInSeconds: 60 } }],
    ['BufferingHints.IntervalInSeconds', { BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 59 } }],
    ['Prefix', query('{dt:.at[0:10], kind:.kind}')],
    ['Prefix', { Prefix: 'a/dt=!{partitionKeyFromQuery:dt}/!{partitionKeyFromQuery:kind}/' }],
    ['Prefix', { Prefix: 'a/' }],
    ['ErrorOutputPrefix', { ErrorOutputPrefix: undefined }],
    ['ErrorOutputPrefix', { ErrorOutputPrefix: 'errors/!{timestamp:yyyy}/' }],
    [
      'ErrorOutputPrefix',
      { ErrorOutputPrefix: 'e/!{firehose:error-output-type}/!{partitionKeyFromQuery:dt}/' },
    ],
    ['CompressionFormat', { CompressionFormat: 'GZIP' }],
    ['Prefix', { DynamicPartitioningConfiguration: { Enabled: false } }],
  ])('%s is named when they are broken by %j', (field, change) => {
    expect(changed(change)).toEqual([field]);
  });

  test('dynamic partitions need a processor that gives their keys', () => {
    expect(changed({ ProcessingConfiguration: { Enabled: false } })).toContain(
      'ProcessingConfiguration.Processors',
    );
  });

  test('know the keys of a query in jq', () => {
    const Prefix = 'a/!{partitionKeyFromQuery:dt}/!{partitionKeyFromQuery:kind}/';
    expect(changed({ Prefix, ...query('{dt:(.a|{x:1}|.x), "kind":(.b[0:10])}') })).toEqual([]);
  });
});

test('its role is of Firehose alone, and of this account', () => {
  const role = deriveFirehoseRole(target);
  expect(role.RoleName).toBe('headwater-shop-firehose');
  expect(JSON.parse(role.AssumeRolePolicyDocument)).toMatchObject({
    Statement: [
      {
        Principal: { Service: 'firehose.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
      },
    ],
  });
});
