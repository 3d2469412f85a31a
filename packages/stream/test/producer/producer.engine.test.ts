import { KinesisClient, MergeShardsCommand, SplitShardCommand } from '@aws-sdk/client-kinesis';
import {
  createStream,
  orderPutRecordsFaults,
  useAwsSandbox,
  useKinesisLocal,
} from '@headwater/local-aws/testing';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { describe, expect, it } from 'vitest';
import { createRecordReader } from '../../src/index.ts';
import { createProducer, type ProducerOptions, type UnsentEvent } from '../../src/producer/index.ts';
import { readStream, type StoredRecord } from './read-stream.ts';
import { shop } from './shop.ts';

const events = Number(process.env['HEADWATER_PRODUCER_EVENTS'] ?? 2000);
const quick = { backoff: { baseMilliseconds: 2, maximumMilliseconds: 50 }, lingerMilliseconds: 20 };
const actors = 40;

/** The event with this number. The product numbers the events of all actors. */
const event = (index: number) =>
  ({
    at: new Date(Date.UTC(2026, 0, 1) + index * 1000),
    kind: 'view',
    visitor: `v${index % actors}`,
    product: BigInt(index),
    price: index / 100,
  }) as const;

const read = createRecordReader(shop);
const indexOf = (record: StoredRecord): number => {
  const result = read(record);
  if (result.kind !== 'event') throw new Error(record.data.toString());
  expect(result.event).toEqual({ ...event(Number(result.event.product)), note: null });
  return Number(result.event.product);
};

/** Each actor's events in the order in which they came first, in the order of the shards. */
function firstOrder(stored: readonly StoredRecord[]): Map<string, number[]> {
  const orders = new Map<string, number[]>();
  const seen = new Set<number>();
  for (const record of stored) {
    const index = indexOf(record);
    if (seen.has(index)) continue;
    seen.add(index);
    orders.set(record.partitionKey, [...(orders.get(record.partitionKey) ?? []), index]);
  }
  return orders;
}

function expectOrder(stored: readonly StoredRecord[], count: number): void {
  const orders = firstOrder(stored);
  expect([...orders.values()].flat().sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
  for (const [actor, order] of orders) expect(order, actor).toEqual(order.toSorted((a, b) => a - b));
}

describe('on the stand-in', () => {
  const aws = useAwsSandbox('producer');
  const client = new KinesisClient({ requestHandler: new NodeHttpHandler() });

  it('loses nothing and keeps the order of each actor when records, requests and answers fail', async () => {
    const streamName = await createStream(aws.endpoints.aws, 2);
    await orderPutRecordsFaults(aws.endpoints.aws, {
      stream: streamName,
      random: { seed: 7, records: 0.2, requests: 0.1, lostAnswers: 0.05 },
    });
    const producer = createProducer(shop, { streamName, ...quick });
    for (let index = 0; index < events; index += 1) await producer.send(event(index));
    const counts = await producer.close();
    expect(counts).toMatchObject({ accepted: events, sent: events, unsent: 0, invalid: 0 });
    expect(counts.retried).toBeGreaterThan(events / 10);
    const stored = await readStream(client, streamName);
    expect(stored.length).toBeGreaterThan(events); // answers were lost
    expectOrder(stored, events);
  });

  it('reports what cannot be sent', async () => {
    const streamName = await createStream(aws.endpoints.aws);
    const unsent: UnsentEvent<object>[] = [];
    const options: ProducerOptions<typeof shop> = {
      streamName,
      ...quick,
      maximumAttempts: 2,
      onUnsent: (one) => void unsent.push(one),
    };
    await orderPutRecordsFaults(aws.endpoints.aws, {
      stream: streamName,
      steps: [{ partitionKeys: ['v1'] }, { partitionKeys: ['v1'], error: 'InternalFailure' }],
    });
    const producer = createProducer(shop, options);
    for (const index of [0, 1, 2]) await producer.send(event(index));
    expect(await producer.close()).toMatchObject({ accepted: 3, sent: 2, unsent: 1, requests: 2 });
    expect(unsent).toMatchObject([
      { event: event(1), reason: 'attempts', code: 'InternalFailure', attempts: 2, mayBeStored: false },
    ]);
    expect((await readStream(client, streamName)).map(indexOf)).toEqual([0, 2]);

    const nowhere = createProducer(shop, { ...options, streamName: `${streamName}-none` });
    await nowhere.send(event(0));
    await nowhere.close();
    expect(unsent.at(-1)).toMatchObject({
      reason: 'refused',
      code: 'ResourceNotFoundException',
      attempts: 1,
    });
  });
});

describe('on kinesis-local', () => {
  const kinesis = useKinesisLocal();

  it('gives up an oversize record alone', async () => {
    const client = new KinesisClient(kinesis.clientConfig);
    const streamName = await kinesis.createStream();
    const unsent: UnsentEvent<object>[] = [];
    const producer = createProducer(shop, {
      streamName,
      client,
      ...quick,
      recordBytes: 5 * 1024 * 1024, // more than the stream has
      onUnsent: (one) => void unsent.push(one),
    });
    const large = { ...event(1), note: 'x'.repeat(1024 * 1024) };
    for (const one of [event(0), large, event(2)]) await producer.send(one);
    expect(await producer.close()).toMatchObject({ accepted: 3, sent: 2, unsent: 1 });
    expect(unsent).toMatchObject([{ event: large, reason: 'refused', code: 'InvalidArgumentException' }]);
    expect((await readStream(client, streamName)).map(indexOf)).toEqual([0, 2]);
  });

  it('loses nothing while shards split and merge, and keeps the order of each actor', async () => {
    const client = new KinesisClient(kinesis.clientConfig);
    const count = Math.min(events, 1500);
    const streamName = await kinesis.createStream(2);
    const producer = createProducer(shop, { streamName, client, ...quick });
    const middle = String(2n ** 126n);
    for (let index = 0; index < count; index += 1) {
      await producer.send(event(index));
      if (index === Math.floor(count / 3))
        await client.send(
          new SplitShardCommand({
            StreamName: streamName,
            ShardToSplit: 'shardId-000000000000',
            NewStartingHashKey: middle,
          }),
        );
      if (index === Math.floor((2 * count) / 3)) {
        await producer.flush();
        await client.send(
          new MergeShardsCommand({
            StreamName: streamName,
            ShardToMerge: 'shardId-000000000002',
            AdjacentShardToMerge: 'shardId-000000000003',
          }),
        );
      }
    }
    expect(await producer.close()).toMatchObject({ accepted: count, sent: count, unsent: 0 });
    const stored = await readStream(client, streamName);
    expect(new Set(stored.map(({ shard }) => shard)).size).toBeGreaterThan(3);
    expectOrder(stored, count);
  });
});
