import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/local/faults/random.ts';
import type { Delivery, DeliveryResponse } from '../../src/local/poller/delivery.ts';
import { runEventSource } from '../../src/local/poller/event-source.ts';
import type { EventSourceOptions } from '../../src/local/poller/event-source-options.ts';
import { type FailedDelivery, failureMessage } from '../../src/local/poller/failed-delivery.ts';
import { MemoryCheckpoints } from '../../src/local/stream/checkpoint.ts';
import {
  createLocalStream,
  type LocalStream,
  type LocalStreamOptions,
} from '../../src/local/stream/local-stream.ts';
import type { StreamRecord } from '../../src/record/stream-record.ts';
import { ManualClock, settle } from './manual-clock.ts';

const textOf = ({ data }: StreamRecord): string => Buffer.from(data as Uint8Array).toString();
const textsOf = (records: readonly StreamRecord[]): string => records.map(textOf).join('');

/** A stream with a letter in each record, and a list of what a handler got. */
function setUp(streamOptions: LocalStreamOptions = {}) {
  const clock = new ManualClock();
  const stream = createLocalStream({ shards: 1, clock, ...streamOptions });
  const { reader, checkpoints } = stream.consumer('test');
  const deliveries: Delivery[] = [];
  const failed: FailedDelivery[] = [];
  const put = async (texts: string, partitionKey?: string): Promise<void> => {
    for (const text of texts)
      await stream.putRecords([{ data: Buffer.from(text), partitionKey: partitionKey ?? text }]);
  };
  const run = (
    answer: (delivery: Delivery) => DeliveryResponse | undefined | Promise<DeliveryResponse | undefined>,
    options: Partial<EventSourceOptions> = {},
  ) =>
    runEventSource({
      ...{ reader, checkpoints, clock, reportBatchItemFailures: true },
      onFailure: async (one) => {
        failed.push(one);
      },
      handler: async (delivery) => {
        deliveries.push(delivery);
        return answer(delivery);
      },
      ...options,
    });
  const got = (): string[] => deliveries.map(({ records }) => textsOf(records));
  return { clock, stream, reader, checkpoints, deliveries, failed, put, run, got };
}

/** Reports the records with one of these letters as failed, in the order of `letters`. */
const failing =
  (letters: string) =>
  ({ records }: Delivery): DeliveryResponse => ({
    batchItemFailures: [...letters].flatMap((letter) =>
      records
        .filter((record) => textOf(record) === letter)
        .map((record) => ({ itemIdentifier: record.sequenceNumber })),
    ),
  });

const throwing =
  (letters: string) =>
  ({ records }: Delivery): undefined => {
    if (records.some((record) => letters.includes(textOf(record)))) throw new Error(`cannot: ${letters}`);
  };

test('delivers in batches, in order, until the shards end', async () => {
  const { stream, put, run, got } = setUp();
  await put('abcdefg');
  stream.end();
  const report = await run(() => undefined, { batchSize: 3 });
  expect(got()).toEqual(['abc', 'def', 'g']);
  expect(report).toMatchObject({ invocations: 3, records: 7, retries: 0, givenUp: 0, finishedShards: 1 });
});

test('ends by drain once everything is delivered, and by a signal after what runs', async () => {
  const { clock, put, run, got } = setUp();
  const drain = new AbortController();
  await put('ab');
  const running = run(() => undefined, { batchSize: 3, drain: drain.signal });
  await clock.advance(1_000);
  await put('cd');
  await settle();
  drain.abort();
  await running;
  expect(got()).toEqual(['ab', 'cd']);
  const stop = new AbortController();
  await put('ef');
  const stopped = run(() => stop.abort() as undefined, { batchSize: 1, signal: stop.signal });
  await stopped;
  expect(got()).toEqual(['ab', 'cd', 'e']);
  // What the last delivery did is checkpointed.
  await run(() => undefined, { drain: AbortSignal.abort() });
  expect(got()).toEqual(['ab', 'cd', 'e', 'f']);
});

test('waits for a full batch, at most as long as the window', async () => {
  const { clock, stream, put, run, got } = setUp();
  await put('ab');
  const running = run(() => undefined, { batchSize: 3, batchWindow: 10 });
  await clock.advance(9_000);
  expect(got()).toEqual([]);
  await clock.advance(1_000);
  expect(got()).toEqual(['ab']);
  await put('cde');
  await settle();
  expect(got()).toEqual(['ab', 'cde']);
  await put('f');
  await settle();
  stream.end();
  await running;
  expect(got()).toEqual(['ab', 'cde', 'f']);
});

test('a delivery has at most 6 MB', async () => {
  const { stream, run, deliveries } = setUp();
  const data = new Uint8Array(1 << 20);
  for (let count = 0; count < 9; count += 1) await stream.putRecords([{ data, partitionKey: 'a' }]);
  stream.end();
  await run(() => undefined, { batchSize: 100 });
  // 1 MiB is 1.33 MiB as base64.
  expect(deliveries.map(({ records }) => records.length)).toEqual([4, 4, 1]);
});

test('a partial answer continues from the lowest sequence number, by value', async () => {
  // The numbers of a to c have 56 digits, those from d on 57, which sort before them as text.
  const { clock, stream, put, run, got } = setUp({ firstSequenceNumber: 10n ** 56n - 3n });
  await put('abcdef');
  stream.end();
  let isFirst = true;
  const running = run((delivery) => {
    const answer = isFirst ? failing('eb')(delivery) : undefined;
    isFirst = false;
    return answer;
  });
  await clock.advance(1_000);
  const report = await running;
  expect(got()).toEqual(['abcdef', 'bcdef']);
  expect(report).toMatchObject({ records: 6, retries: 1 });
});

test.each([
  ['null', { batchItemFailures: null }, true],
  ['an empty list', { batchItemFailures: [] }, true],
  ['nothing', undefined, true],
  ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }, false],
  ['a wrong name', { batchItemFailures: [{ id: '1' }] }, false],
  ['null as identifier', { batchItemFailures: [{ itemIdentifier: null }] }, false],
  ['a record of another batch', { batchItemFailures: [{ itemIdentifier: '12' }] }, false],
])('an answer with %s is a success or a failure of the whole batch', async (_, answer, isSuccess) => {
  const { clock, stream, put, run, got } = setUp();
  await put('ab');
  stream.end();
  let isFirst = true;
  const running = run(() => {
    const given = isFirst ? answer : undefined;
    isFirst = false;
    return given as DeliveryResponse;
  });
  await clock.advance(1_000);
  await running;
  expect(got()).toEqual(isSuccess ? ['ab'] : ['ab', 'ab']);
});

test('ignores failures in an answer unless it is told to report them', async () => {
  const { stream, put, run, got } = setUp();
  await put('ab');
  stream.end();
  await run(failing('a'), { reportBatchItemFailures: false });
  expect(got()).toEqual(['ab']);
});

test('a poison record blocks its shard by default, and the shard alone', async () => {
  const { clock, stream, put, run, got, failed } = setUp({ shards: 2 });
  // a and c are of the first shard, b and d of the second.
  await put('abc');
  const stop = new AbortController();
  const running = run(throwing('a'), { batchSize: 1, signal: stop.signal });
  await clock.advance(3_600_000);
  await put('d');
  await clock.advance(60_000);
  expect(new Set(got())).toEqual(new Set(['a', 'b', 'd']));
  expect(stream.retained).toBe(2);
  expect(failed).toEqual([]);
  stop.abort();
  await running;
});

test('bisect leaves a poison record alone, retries it, and gives it up with its payload', async () => {
  const { clock, stream, put, run, got, failed } = setUp();
  await put('abcdefgh');
  stream.end();
  const running = run(throwing('d'), { bisect: true, maximumRetries: 2 });
  await clock.advance(60_000);
  const report = await running;
  expect(got()).toEqual(['abcdefgh', 'abcd', 'ab', 'cd', 'c', 'd', 'd', 'd', 'efgh']);
  expect(report).toMatchObject({ records: 8, givenUp: 1, bisections: 3 });
  expect(failed).toMatchObject([
    { condition: 'RetryAttemptsExhausted', invocations: 3, error: { message: 'cannot: d' } },
  ]);
  expect(textsOf(failed[0]?.records ?? [])).toBe('d');
});

test('with a partial answer, bisect splits at the failed record', async () => {
  const { clock, stream, put, run, got, failed } = setUp();
  await put('abcdefgh');
  stream.end();
  const running = run(failing('d'), { bisect: true, maximumRetries: 1 });
  await clock.advance(60_000);
  await running;
  expect(got()).toEqual(['abcdefgh', 'defgh', 'def', 'de', 'd', 'd', 'e', 'f', 'gh']);
  expect(failed.map(({ records }) => textsOf(records))).toEqual(['d']);
});

test('without bisect, what follows a poison record is given up with it', async () => {
  const { clock, stream, put, run, got, failed } = setUp();
  await put('abcde');
  stream.end();
  const running = run(failing('c'), { batchSize: 4, maximumRetries: 2 });
  await clock.advance(60_000);
  await running;
  expect(got()).toEqual(['abcd', 'cd', 'cd', 'e']);
  expect(failed.map(({ records }) => textsOf(records))).toEqual(['cd']);
});

test('gives up records that are too old, without delivering them again', async () => {
  const { clock, stream, put, run, got, failed } = setUp();
  await put('a');
  await clock.advance(50_000);
  await put('b');
  await clock.advance(11_000);
  await put('c');
  stream.end();
  await run(() => undefined, { maximumRecordAge: 60 });
  expect(got()).toEqual(['bc']);
  expect(failed).toMatchObject([{ condition: 'RecordAgeExceeded', invocations: 0 }]);
  expect(textsOf(failed[0]?.records ?? [])).toBe('a');
});

test('a failure destination that fails is asked again: nothing is dropped', async () => {
  const { clock, stream, put, run, got, failed } = setUp();
  await put('ab');
  stream.end();
  let refusals = 3;
  const running = run(throwing('a'), {
    ...{ batchSize: 1, maximumRetries: 0 },
    onFailure: async (one) => {
      refusals -= 1;
      if (refusals >= 0) throw new Error('not now');
      failed.push(one);
    },
  });
  await clock.advance(60_000);
  await running;
  expect(failed.map(({ records }) => textsOf(records))).toEqual(['a']);
  expect(got()).toEqual(['a', 'b']);
});

test('the message of a failure has the metadata of the batch', async () => {
  const { stream, put, run, failed } = setUp();
  await put('ab');
  stream.end();
  await run(throwing('a'), { maximumRetries: 0 });
  const at = new Date('2026-01-01T00:00:00Z');
  expect(failureMessage(failed[0] as FailedDelivery, at)).toEqual({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 1 },
    version: '1.0',
    timestamp: '2026-01-01T00:00:00.000Z',
    KinesisBatchInfo: {
      shardId: 'shardId-000000000000',
      startSequenceNumber: '49590338271490256608559692538361571095921575989136588898',
      endSequenceNumber: '49590338271490256608559692538361571095921575989136588899',
      approximateArrivalOfFirstRecord: '2026-01-01T00:00:00.000Z',
      approximateArrivalOfLastRecord: '2026-01-01T00:00:00.000Z',
      batchSize: 2,
      streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/local',
    },
  });
});

test('delivers partition keys at the same time, each in its order, and blocks only the key that fails', async () => {
  const { clock, stream, run, deliveries, checkpoints } = setUp();
  const keys = ['p', 'q', 'r', 's', 't', 'u'];
  for (let count = 0; count < 60; count += 1)
    await stream.putRecords([{ data: Buffer.from(`${count}`), partitionKey: keys[count % 6] ?? '' }]);
  const stop = new AbortController();
  let isBlocked = true;
  const running = run(
    ({ records }) => {
      if (isBlocked && records.some(({ partitionKey }) => partitionKey === 'p')) throw new Error('not yet');
      return undefined;
    },
    { batchSize: 2, parallelizationFactor: 4, signal: stop.signal },
  );
  await clock.advance(10_000);
  const done = new Set(deliveries.flatMap(({ records }) => records.map(({ partitionKey }) => partitionKey)));
  expect(done.size).toBeGreaterThan(2);
  // Nothing is acknowledged beyond the record that fails, the first of the shard.
  expect(await checkpoints.get('shardId-000000000000')).toBeUndefined();
  isBlocked = false;
  await clock.advance(60_000);
  expect(stream.retained).toBe(0);
  stop.abort();
  await running;
  for (const key of keys) {
    const numbers = deliveries.flatMap(({ records }) =>
      records.filter((one) => one.partitionKey === key).map(textOf),
    );
    const distinct = [...new Set(numbers)];
    expect(distinct).toEqual(Array.from({ length: 10 }, (_, round) => `${round * 6 + keys.indexOf(key)}`));
  }
});

test('reads a shard after its parents, of splits and merges', async () => {
  const { clock, stream, put, run, got } = setUp();
  await put('a');
  const [lower, upper] = stream.split('shardId-000000000000');
  await put('cb');
  stream.merge(lower, upper);
  await put('2d');
  stream.end();
  let refusals = 3;
  const running = run(
    ({ records }) => {
      if (textsOf(records) === 'c' && refusals-- > 0) throw new Error('not yet');
      return undefined;
    },
    { batchSize: 1 },
  );
  await clock.advance(10_000);
  const report = await running;
  expect(report.finishedShards).toBe(4);
  const order = [...new Set(got())].join('');
  expect(['acb2d', 'abc2d']).toContain(order);
  // The merged shard waited for both parents.
  expect(got().indexOf('2')).toBeGreaterThan(got().lastIndexOf('c'));
});

test('goes on from its checkpoints, and never reads a finished shard again', async () => {
  const { stream, put, run, got } = setUp();
  await put('ab');
  stream.split('shardId-000000000000');
  await run(() => undefined, { drain: AbortSignal.abort() });
  await put('cd');
  await run(() => undefined, { drain: AbortSignal.abort() });
  expect(got().sort()).toEqual(['ab', 'c', 'd']);
});

test('starts at the latest record where it is told to, and at the beginning of later shards', async () => {
  const { clock, stream, put, run, got } = setUp();
  await put('ab');
  const drain = new AbortController();
  const running = run(() => undefined, { startingPosition: 'LATEST', drain: drain.signal });
  await settle();
  expect(stream.retained).toBe(0);
  await put('x');
  stream.split('shardId-000000000000');
  await put('cd');
  await clock.advance(1_000);
  drain.abort();
  await running;
  expect(got().sort()).toEqual(['c', 'd', 'x']);
});

test('an error of the checkpoints ends it, and the next run delivers again', async () => {
  const { stream, put, run, got } = setUp();
  await put('ab');
  stream.end();
  const checkpoints = new MemoryCheckpoints();
  const failing = {
    get: (shard: string) => checkpoints.get(shard),
    set: async () => {
      throw new Error('no room');
    },
  };
  await expect(run(() => undefined, { checkpoints: failing })).rejects.toThrow('no room');
  await run(() => undefined, { checkpoints });
  expect(got()).toEqual(['ab', 'ab']);
});

test('an iterator that has expired is taken anew', async () => {
  const { stream, put, run, got, reader } = setUp();
  await put('abcd');
  stream.end();
  let reads = 0;
  const expiring = {
    streamArn: reader.streamArn,
    shards: () => reader.shards(),
    iterator: reader.iterator.bind(reader),
    wait: reader.wait.bind(reader),
    read: (iterator: string) => {
      reads += 1;
      if (reads % 2 === 0) throw Object.assign(new Error('old'), { name: 'ExpiredIteratorException' });
      return reader.read(iterator, 1);
    },
  };
  await run(() => undefined, { reader: expiring, batchSize: 1 });
  expect(got()).toEqual(['a', 'b', 'c', 'd']);
});

test('tumbling windows pass their state on, and end with a delivery without records', async () => {
  const { clock, stream, put, run, deliveries } = setUp();
  const count = ({ records, window }: Delivery): DeliveryResponse => ({
    state: { n: ((window?.state.n as number) ?? 0) + records.length },
  });
  const running = run(count, { batchSize: 2, tumblingWindow: 60 });
  await put('abc');
  await clock.advance(59_999);
  await put('d');
  await clock.advance(1);
  // The window has ended, and nothing older is unread.
  await clock.advance(1_000);
  await put('e');
  await clock.advance(1_000);
  stream.end();
  await running;
  const told = deliveries.map(({ records, window }) => [
    textsOf(records),
    window?.start.toISOString().slice(14, 19),
    window?.state.n ?? 0,
    window?.isFinal,
  ]);
  expect(told).toEqual([
    ['ab', '00:00', 0, false],
    ['c', '00:00', 2, false],
    ['d', '00:00', 3, false],
    ['', '00:00', 4, true],
    ['e', '01:00', 0, false],
    ['', '01:00', 1, true],
  ]);
});

test('a batch never has records of two windows, and a partial answer keeps the state of what is done', async () => {
  const { clock, stream, put, run, deliveries } = setUp();
  await put('ab');
  await clock.advance(60_000);
  await put('cd');
  stream.end();
  let isFirst = true;
  const running = run(
    ({ records, window }) => {
      const failed = isFirst ? records.slice(1) : [];
      isFirst = false;
      const state = {
        seen: `${window?.state.seen ?? ''}${textsOf(records.slice(0, records.length - failed.length))}`,
      };
      return {
        state,
        batchItemFailures: failed.map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber })),
      };
    },
    { tumblingWindow: 60 },
  );
  await clock.advance(1_000);
  await running;
  const told = deliveries.map(({ records, window }) => [
    textsOf(records),
    window?.state.seen ?? '',
    window?.isFinal,
  ]);
  expect(told).toEqual([
    ['ab', '', false],
    ['b', 'a', false],
    ['', 'ab', true],
    ['cd', '', false],
    ['', 'cd', true],
  ]);
});

test('an answer without a state is a failure, and a failed last delivery holds up the shard', async () => {
  const { clock, stream, put, run, deliveries } = setUp();
  await put('a');
  await clock.advance(60_000);
  await put('b');
  stream.end();
  let answers = 0;
  const running = run(
    () => {
      answers += 1;
      // The second and the fourth answers lack the state: one with records, one at the end of the window.
      return answers === 1 || answers === 3 ? {} : { state: {} };
    },
    { tumblingWindow: 60 },
  );
  await clock.advance(10_000);
  await running;
  expect(deliveries.map(({ records, window }) => [textsOf(records), window?.isFinal])).toEqual([
    ['a', false],
    ['a', false],
    ['', true],
    ['', true],
    ['b', false],
    ['', true],
  ]);
});

test('a state that grows too large ends the window early, and begins it anew', async () => {
  const { stream, put, run, deliveries } = setUp();
  await put('abc');
  stream.end();
  await run(
    ({ records, window }) => ({
      state: { text: `${window?.state.text ?? ''}${'x'.repeat(600_000 * records.length)}` },
    }),
    { batchSize: 1, tumblingWindow: 60 },
  );
  const told = deliveries.map(({ records, window }) => [
    textsOf(records),
    String(window?.state.text ?? '').length,
    window?.isTerminatedEarly,
    window?.isFinal,
  ]);
  expect(told).toEqual([
    ['a', 0, false, false],
    ['b', 600_000, false, false],
    ['', 1_200_000, true, false],
    ['c', 0, false, false],
    ['', 600_000, false, true],
  ]);
});

test('the state of a window is kept with the checkpoint', async () => {
  const { put, run, deliveries } = setUp();
  const count = ({ records, window }: Delivery): DeliveryResponse => ({
    state: { n: ((window?.state.n as number) ?? 0) + records.length },
  });
  await put('abc');
  const stop = new AbortController();
  await run(
    (delivery) => {
      stop.abort();
      return count(delivery);
    },
    { batchSize: 2, tumblingWindow: 60, signal: stop.signal },
  );
  await run(count, { batchSize: 2, tumblingWindow: 60, drain: AbortSignal.abort() });
  expect(deliveries.map(({ records, window }) => [textsOf(records), window?.state.n ?? 0])).toEqual([
    ['ab', 0],
    ['c', 2],
    ['', 3],
  ]);
});

test.each([
  ['batchSize', { batchSize: 0 }],
  ['batchSize', { batchSize: 10_001 }],
  ['batchWindow', { batchWindow: 301 }],
  ['maximumRetries', { maximumRetries: -2 }],
  ['maximumRecordAge', { maximumRecordAge: 59 }],
  ['parallelizationFactor', { parallelizationFactor: 11 }],
  ['parallelizationFactor', { parallelizationFactor: 2, tumblingWindow: 60 }],
  ['tumblingWindow', { tumblingWindow: 901 }],
])('refuses %s out of range', async (option, options) => {
  const { run } = setUp();
  await expect(run(() => undefined, options)).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    payload: { option },
  });
});

test('requires a failure destination where records can be given up', async () => {
  const { reader } = setUp();
  const options = { reader, handler: async () => undefined, maximumRetries: 1 };
  await expect(runEventSource(options)).rejects.toMatchObject({ payload: { option: 'onFailure' } });
});

test('whatever fails, every record is delivered to the end or given up, and in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        seed: fc.nat(),
        shards: fc.integer({ min: 1, max: 3 }),
        batchSize: fc.integer({ min: 1, max: 9 }),
        bisect: fc.boolean(),
        parallelizationFactor: fc.integer({ min: 1, max: 3 }),
        maximumRetries: fc.integer({ min: -1, max: 2 }),
        splits: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }),
      }),
      async ({ seed, shards, splits, ...options }) => {
        const stream: LocalStream = createLocalStream({
          shards,
          clock: new ManualClock(),
          firstSequenceNumber: 10n ** 56n - 30n,
          reshards: splits.map((after) => ({ after, reshard: (one) => one.split(one.openShards[0] ?? '') })),
        });
        const entries = Array.from({ length: 60 }, (_, index) => ({
          data: Buffer.from(`${index}`),
          partitionKey: `k${index % 7}`,
        }));
        await stream.putRecords(entries);
        stream.end();
        const random = createRandom(seed, 'handler');
        const done: string[] = [];
        const { reader, checkpoints } = stream.consumer('test');
        await runEventSource({
          ...{ reader, checkpoints, reportBatchItemFailures: true, retryMs: 0, ...options },
          onFailure: async ({ records }) => {
            done.push(...records.map(textOf));
          },
          handler: async ({ records }) => {
            const fate = random();
            if (fate < 0.2) throw new Error('thrown');
            const from = fate < 0.5 ? Math.floor(random() * records.length) : records.length;
            done.push(...records.slice(0, from).map(textOf));
            return {
              batchItemFailures: records
                .slice(from)
                .map((one) => ({ itemIdentifier: one.sequenceNumber }))
                .reverse(),
            };
          },
        });
        for (let key = 0; key < 7; key += 1) {
          const ofKey = done.filter((text) => Number(text) % 7 === key);
          const expected = Array.from({ length: 60 }, (_, index) => `${index}`).filter(
            (text) => Number(text) % 7 === key,
          );
          expect(ofKey).toEqual(expected);
        }
        expect(stream.retained).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});
