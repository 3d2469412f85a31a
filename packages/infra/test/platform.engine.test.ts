import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GlueClient } from '@aws-sdk/client-glue';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type AwsConfig, awsTarget } from '@headwater/core';
import { adoptLanding, verifyLake } from '@headwater/etl';
import type { PlatformConfig } from '@headwater/infra/config';
import { alone, jsonCall, stackGaps } from '@headwater/local-aws/testing';
import { findDrift, planPublish, saveSchema } from '@headwater/publish';
import type { StreamRecord } from '@headwater/stream';
import { createDynamodbAlertStore } from '@headwater/stream/dynamodb';
import { createKinesisShardReader } from '@headwater/stream/kinesis';
import { kinesisEvent, runEventSource } from '@headwater/stream/local';
import { createProducer } from '@headwater/stream/producer';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { deployStack } from '../src/deploy/deploy-stack.ts';
import { synthesizedStack } from '../src/deploy/stack/synthesized-stack.ts';
import { clickstream } from './support/clickstream.ts';
import { linkRuntimeClients, mappingsOf, settingsOf, startDeployed } from './support/deployed-function.ts';
import { landRecords } from './support/land-records.ts';
import { removeDeployed } from './support/remove-deployed.ts';
import { type Synthesized, synthesize, type TemplateResource } from './support/synthesize.ts';
import { connectorJar } from './support/test-jar.ts';

/** Events besides those of the flood. HEADWATER_PLATFORM_EVENTS gives more. */
const usual = Number(process.env['HEADWATER_PLATFORM_EVENTS'] ?? 400);
const own = `run${randomBytes(3).toString('hex')}`;
const place = { region: 'us-east-1', account: '123456789012' };
const engines = inject('engines');
const url = 'missing' in engines ? '' : engines.aws;

const s3 = new S3Client();
const glue = new GlueClient();
const kinesis = new KinesisClient({ requestHandler: new NodeHttpHandler() });
const sqs = new SQSClient();
const sns = new SNSClient();
const stacks = new CloudFormationClient();
const dynamodb = new DynamoDBClient();

let folder = '';
let config: PlatformConfig & { readonly aws: AwsConfig };
let platform: Synthesized;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-platform-'));
  config = {
    tables: [clickstream],
    schemas: join(folder, 'schema'),
    aws: {
      ...place,
      database: own,
      location: `s3://${own}-lake/events`,
      results: `s3://${own}-results/athena`,
      firstDay: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
      permissionClasses: ['no_pii'],
      crawler: { landing: `s3://${own}-landing/raw` },
      dataQuality: {},
      dataBrew: {
        landing: `s3://${own}-landing/raw`,
        output: `s3://${own}-clean/databrew`,
        schedule: 'cron(0 3 * * ? *)',
      },
      stream: {
        name: `${own}-clicks`,
        sessionsTable: `${own}-live`,
        deliveryStream: `${own}-clicks-to-s3`,
        landing: `s3://${own}-landing/stream`,
        transform: `arn:aws:lambda:${place.region}:${place.account}:function:headwater-${own}-clickstream-transform`,
      },
    },
    infra: {
      scale: 'dev',
      landing: `s3://${own}-landing/raw`,
      monthlyBudget: 100,
      alarmEmails: ['shop@example.com'],
      parts: { studio: true, lakeFormation: true },
      flink: { jars: [connectorJar()] },
    },
    quicksight: {
      owners: [`arn:aws:quicksight:${place.region}:${place.account}:user/default/publisher`],
      viewers: [`arn:aws:quicksight:${place.region}:${place.account}:group/default/buyers`],
    },
    stream: { detection: {} },
  };
  await saveSchema({ now: clickstream.schema, folder: join(folder, 'schema') });
  platform = await synthesize(config);
  await linkRuntimeClients(platform.folder);
  await alone(() => deployStack(synthesizedStack(platform.app.synth()), { bootstrap: true }));
});
afterAll(async () => {
  await removeDeployed(platform, { stacks, s3, glue, kinesis, dynamodb });
  for (const client of [s3, glue, kinesis, sqs, sns, stacks, dynamodb]) client.destroy();
  await platform[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** The only resource of a type, or that whose name ends so. */
function resource(type: string, ending = ''): TemplateResource['Properties'] {
  const found = Object.values(platform.resources).filter(
    ({ Type, Properties }) =>
      Type === type && Object.values(Properties).some((value) => String(value).endsWith(ending)),
  );
  if (found.length !== 1) throw new Error(`The template has ${found.length} resources ${type} ${ending}`);
  return found[0]?.Properties ?? {};
}

const streamName = (): string => String(resource('AWS::Kinesis::Stream', '-clicks')['Name']);
const streamArn = (): string => `arn:aws:kinesis:${place.region}:${place.account}:stream/${streamName()}`;
const functionOf = (ending: string): string =>
  String(resource('AWS::Lambda::Function', ending)['FunctionName']);
const reader = () => createKinesisShardReader({ client: kinesis, streamArn: streamArn() });

// What happens within ten seconds is in one window of ten seconds.
const base = Math.floor(Date.now() / 60_000) * 60_000 - 600_000; // in the order of time, so that none is late
const types = ['view', 'cart', 'purchase'] as const;
const flood = 30;
const bad = ['no json', '{"event_time":"2026-01-01T00:00:00.000Z","event_type":"stare"}'];

const event = (at: number, user: number, type: (typeof types)[number]) => ({
  event_time: new Date(at),
  event_type: type,
  product_id: 41n,
  category_code: 'toys.blocks',
  brand: 'acme',
  price: 12.5,
  user_id: BigInt(user),
  user_session: `s${user}`,
});

async function wholeStream(): Promise<StreamRecord[]> {
  const records: StreamRecord[] = [];
  await runEventSource({
    reader: reader(),
    drain: AbortSignal.abort(),
    handler: async (delivery) => {
      records.push(...delivery.records);
      return { batchItemFailures: [] };
    },
  });
  return records;
}

async function query(sql: string): Promise<(string | undefined)[][]> {
  const athena = (operation: string, input: object) =>
    jsonCall(url, 'athena', `AmazonAthena.${operation}`, input, '1.1');
  const { QueryExecutionId } = await athena('StartQueryExecution', {
    QueryString: sql,
    WorkGroup: resource('AWS::Athena::WorkGroup', own)['Name'],
    QueryExecutionContext: { Database: own },
  });
  for (;;) {
    const { QueryExecution } = await athena('GetQueryExecution', { QueryExecutionId });
    const { State, StateChangeReason } = Object(QueryExecution).Status;
    if (State === 'SUCCEEDED') break;
    if (State === 'FAILED' || State === 'CANCELLED') throw new Error(StateChangeReason);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { ResultSet } = await athena('GetQueryResults', { QueryExecutionId });
  const [, ...rows] = Object(ResultSet).Rows as { Data: { VarCharValue?: string }[] }[];
  return rows.map(({ Data }) => Data.map(({ VarCharValue }) => VarCharValue));
}

test('the stand-in makes every resource of the template, and lists the rest', async () => {
  const { skipped, unapplied } = await stackGaps(url, `headwater-${own}`);
  const typesOf = (gaps: readonly { readonly type: string }[]) => [...new Set(gaps.map(({ type }) => type))];
  expect(typesOf(skipped)).toEqual([]);
  // The denial of requests without TLS: the emulator ignores conditions, and would deny every request. And a policy of AWS, which it lacks, of the
  // role that CDK gives the function of a custom resource.
  expect(typesOf(unapplied).toSorted()).toEqual(['AWS::IAM::Role', 'AWS::S3::BucketPolicy']);
});

test('what is produced is counted, told, landed, loaded and queried on the names of the template', async () => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `${own}-subscriber` }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const topicName = String(resource('AWS::SNS::Topic', '-incidents')['TopicName']);
  await sns.send(
    new SubscribeCommand({
      TopicArn: `arn:aws:sns:${place.region}:${place.account}:${topicName}`,
      Protocol: 'sqs',
      Endpoint: Attributes?.['QueueArn'],
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );

  const producer = createProducer(clickstream, { streamName: streamName(), client: kinesis });
  for (let index = 0; index < usual; index += 1)
    await producer.send(
      event(base + Math.floor((index * 60_000) / usual), index % 100, types[index % 3] ?? 'view'),
    );
  for (let index = 0; index < flood; index += 1)
    await producer.send(event(base + 60_000 + index * 100, 666, 'view'));
  // By which the ten seconds of the flood have ended in its shard.
  await producer.send(event(base + 180_000, 666, 'view'));
  const sent = usual + flood + 1;
  expect(await producer.close()).toMatchObject({ accepted: sent, sent, unsent: 0, invalid: 0 });
  await kinesis.send(
    new PutRecordsCommand({
      StreamName: streamName(),
      Records: bad.map((text) => ({ Data: Buffer.from(text), PartitionKey: 'bad' })),
    }),
  );

  const mappings = await mappingsOf(url, streamArn());
  const names = mappings.map(({ FunctionArn }) => FunctionArn.split(':').at(-1) ?? '');
  expect(names).toEqual(expect.arrayContaining([functionOf('-sessions'), functionOf('-alerts')]));
  for (const [index, mapping] of mappings.entries()) {
    await using lambda = await startDeployed(url, names[index] ?? '', platform);
    const givenUp: unknown[] = [];
    const report = await runEventSource({
      reader: reader(),
      ...settingsOf(mapping),
      drain: AbortSignal.abort(),
      idleMs: 20,
      onFailure: async (failed) => void givenUp.push(failed),
      handler: async (delivery) => Object(await lambda.invoke(kinesisEvent(delivery))),
    });
    expect({ name: names[index], records: report.records, givenUp }).toEqual({
      name: names[index],
      records: sent + bad.length,
      givenUp: [],
    });
  }

  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  const told = Messages.map(({ Body }) => JSON.parse(Body ?? ''));
  expect(told).toContainEqual(
    expect.objectContaining({ kind: 'many-actions', subject: '666', state: 'open', seen: flood }),
  );
  const table = String(resource('AWS::DynamoDB::Table')['TableName']);
  const incidents = await createDynamodbAlertStore(clickstream, { table, client: dynamodb }).recent(
    new Date(),
  );
  expect(incidents.map(({ incident }) => incident.subject)).toEqual(['666']);

  await using transform = await startDeployed(url, functionOf('-transform'), platform);
  const landed = await landRecords(await wholeStream(), {
    ...{ url, transform, s3, glue },
    deliveryStream: String(resource('AWS::KinesisFirehose::DeliveryStream')['DeliveryStreamName']),
  });
  expect(landed).toEqual({ delivered: sent, failed: bad.length });
  const target = awsTarget(config.aws);
  const loaded = await adoptLanding({
    table: clickstream,
    lake: target.location,
    aws: target,
    landing: `s3://${own}-landing/stream/clickstream/`,
    workFolder: join(folder, 'work'),
  });
  expect(loaded).toMatchObject({
    rowsIn: sent + bad.length,
    rowsOut: sent,
    duplicates: 0,
    quarantined: bad.length,
  });
  expect(await verifyLake({ table: clickstream, lake: target.location, aws: target })).toMatchObject({
    problems: [],
  });

  const [[rows, actors, spent] = []] = await query(
    `SELECT count(*), count(DISTINCT user_id), sum(price) FROM clickstream WHERE dt >= '${config.aws.firstDay}'`,
  );
  expect([rows, actors, spent]).toEqual([
    String(sent),
    String(Math.min(usual, 100) + 1),
    (sent * 12.5).toFixed(2),
  ]);
});

test('publishing has nothing to do, and nothing has drifted', async () => {
  const target = awsTarget(config.aws);
  const options = { target, folder: join(folder, 'schema') };
  const { steps } = await planPublish({ ...options, schema: clickstream.schema });
  const left = steps.filter(({ action }) => action !== 'none');
  expect(left).toEqual([]);
  expect(await findDrift({ ...options, tables: [clickstream.schema] })).toMatchObject({
    tables: [],
    strays: [],
    unpublished: [],
  });
});
