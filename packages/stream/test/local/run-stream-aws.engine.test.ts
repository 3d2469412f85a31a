import { hash } from 'node:crypto';
import { DescribeStreamSummaryCommand, KinesisClient, SplitShardCommand } from '@aws-sdk/client-kinesis';
import { useKinesisLocal } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FaultPlan } from '../../src/local/faults/fault-plan.ts';
import { Faults } from '../../src/local/faults/faults.ts';
import { kinesisConnection } from '../../src/local/kinesis/kinesis-connection.ts';
import { runStream } from '../../src/local/run/run-stream.ts';
import { sessionsHandler } from '../../src/local/run/sessions-handler.ts';
import type { SourceRecord } from '../../src/local/run/source-record.ts';
import { createRecordReader } from '../../src/record/record-reader.ts';
import { reduceSessions } from '../../src/sessions/reduce-sessions.ts';
import { type DeliveredEvent, sessionRules } from '../../src/sessions/session-rules.ts';
import { createDynamodbStore } from '../../src/stores/dynamodb/dynamodb-store.ts';
import { type TestTable, testTable } from '../stores/dynamodb-table.ts';
import { FileArchive } from './file-archive.ts';
import { shop, shopLines, shopRecords } from './shop.ts';

/** More take long: the emulator copies the whole table for each item of a transaction. */
const events = Number(process.env.HEADWATER_STREAM_AWS_EVENTS ?? 400);
const read = createRecordReader(shop);
const rules = sessionRules(shop);
const kinesis = useKinesisLocal();
let table: TestTable;

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.drop());

const plan: FaultPlan = {
  seed: 7,
  throttledRecords: 0.05,
  lostAnswers: 0.03,
  reorderedRequests: 0.5,
  crashesAfterWork: 0.2,
  crashesBeforeCheckpoint: 0.2,
  poisonRecords: 0.005,
};

test(`${events} events through Kinesis into DynamoDB: nothing is lost, and nothing counts twice`, async () => {
  const client = new KinesisClient(kinesis.clientConfig);
  const streamName = await kinesis.createStream(2);
  const summary = async () =>
    (await client.send(new DescribeStreamSummaryCommand({ StreamName: streamName })))
      .StreamDescriptionSummary;
  async function* source(): AsyncGenerator<SourceRecord, void, void> {
    let sent = 0;
    for await (const record of shopRecords(events, plan.seed)) {
      yield record;
      sent += 1;
      if (sent !== events >> 1) continue;
      const split = { ShardToSplit: 'shardId-000000000000', NewStartingHashKey: String(1n << 126n) };
      await client.send(new SplitShardCommand({ StreamName: streamName, ...split }));
      await expect.poll(async () => (await summary())?.StreamStatus, { timeout: 20_000 }).toBe('ACTIVE');
    }
  }
  const archive = new FileArchive(read);
  const store = createDynamodbStore(rules, { ...table, counterParts: 2 });
  const applied = { applied: 0, late: 0 };
  const givenUp = new Set<string>();
  const report = await runStream({
    table: shop,
    source: source(),
    archive,
    stream: kinesisConnection({ client, streamName, streamArn: (await summary())?.StreamARN ?? '' }),
    handlers: [
      sessionsHandler(store, {
        settings: { batchSize: 100 },
        onApplied: (one) => {
          applied.applied += one.applied;
          applied.late += one.late;
        },
      }),
    ],
    faults: plan,
    send: { backoff: { baseMilliseconds: 1, maximumMilliseconds: 10 } },
    retryMs: 1,
    onFailure: async (_, { records }) => {
      for (const { data } of records) givenUp.add(Buffer.from(data as Uint8Array).toString());
    },
  });

  const lines = [...shopLines(events, plan.seed)].map(({ text }) => text);
  const results = lines.map((text) => read({ data: Buffer.from(text), sequenceNumber: '0' }));
  const accepted = lines.filter((_, index) => results[index]?.kind === 'event');
  expect(archive.events).toEqual(new Set(accepted.map((text) => hash('md5', text, 'base64'))));
  expect(report).toMatchObject({ taken: events, unsent: 0, repeated: report.faults?.lostAnswers });
  expect(report.faults?.crashesAfterWork).toBeGreaterThan(0);
  expect(report.handlers.sessions?.restarts).toBeGreaterThan(0);
  // The shard that was split was read to its end.
  expect(report.shards).toBe(1);

  const faults = new Faults(plan);
  const isPoison = (text: string): boolean =>
    faults.isPoison({ data: Buffer.from(text), sequenceNumber: '0' });
  expect(givenUp).toEqual(new Set(lines.filter(isPoison)));
  const delivered = results.flatMap((result, index): DeliveredEvent[] =>
    result.kind === 'event' && !isPoison(lines[index] ?? '') ? [result] : [],
  );
  const reduced = reduceSessions(rules, delivered);
  const now = report.eventTime ?? new Date(0);
  expect(applied).toEqual({ applied: reduced.events, late: 0 });
  expect(await store.minutes({ from: new Date(0), to: new Date('2100-01-01') }, now)).toEqual(
    reduced.minutes,
  );
  const active = reduced.sessions.filter(({ ends }) => ends >= now);
  expect((await store.activeSessions(now)).count).toBe(active.length);
  for (const session of active) expect(await store.session(session.session, now)).toEqual(session);
  expect((await store.openCarts(now)).count).toBe(active.filter(({ cart }) => cart !== null).length);
}, 180_000);
