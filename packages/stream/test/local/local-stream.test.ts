import { expect, test } from 'vitest';
import { createLocalStream, type LocalStream } from '../../src/local/stream/local-stream.ts';
import { compareSequenceNumbers } from '../../src/record/sequence-number.ts';
import type { StreamRecord } from '../../src/record/stream-record.ts';

const entry = (text: string, partitionKey = text) => ({ data: Buffer.from(text), partitionKey });
const textOf = ({ data }: StreamRecord): string => Buffer.from(data as Uint8Array).toString();

async function readShard(stream: LocalStream, shard: string): Promise<StreamRecord[]> {
  const { reader } = stream.consumer('test');
  const records: StreamRecord[] = [];
  let next: string | undefined = await reader.iterator(shard, { type: 'TRIM_HORIZON' });
  while (next) {
    const page = await reader.read(next, 7);
    records.push(...page.records);
    next = page.isLatest ? undefined : page.next;
  }
  return records;
}

test('puts a record into the shard whose range has the MD5 of its partition key', async () => {
  const stream = createLocalStream({ shards: 4 });
  // MD5 of a: 0cc1..., b: 92eb..., c: 4a8a..., f: 8fa1..., 8: c9f0...
  const results = await stream.putRecords(['a', 'b', 'c', 'f', '8'].map((key) => entry(key)));
  expect(results.map((result) => 'shardId' in result && result.shardId.at(-1))).toEqual([
    '0',
    '2',
    '1',
    '2',
    '3',
  ]);
});

test('puts a record with an explicit hash key where that says', async () => {
  const stream = createLocalStream({ shards: 2 });
  const keys = ['0', String((1n << 127n) - 1n), String(1n << 127n), String((1n << 128n) - 1n)];
  const results = await stream.putRecords(
    keys.map((explicitHashKey) => ({ ...entry('a'), explicitHashKey })),
  );
  expect(results.map((result) => 'shardId' in result && result.shardId.at(-1))).toEqual(['0', '0', '1', '1']);
});

test('gives sequence numbers of 56 digits, which grow', async () => {
  const stream = createLocalStream({ shards: 3 });
  await stream.putRecords(Array.from({ length: 100 }, (_, index) => entry(`${index}`)));
  for (const shard of stream.openShards) {
    const numbers = (await readShard(stream, shard)).map(({ sequenceNumber }) => sequenceNumber);
    expect(numbers.every((number) => /^\d{56}$/.test(number))).toBe(true);
    expect(numbers).toEqual([...numbers].sort(compareSequenceNumbers));
    expect(new Set(numbers).size).toBe(numbers.length);
  }
});

test('closes the parent of a split, and puts into its children', async () => {
  const stream = createLocalStream({ shards: 1 });
  await stream.putRecords([entry('a'), entry('b')]);
  const [lower, upper] = stream.split('shardId-000000000000');
  await stream.putRecords([entry('a'), entry('b')]);
  const { reader } = stream.consumer('test');
  expect(await reader.shards()).toEqual([
    { id: 'shardId-000000000000', parents: [] },
    { id: lower, parents: ['shardId-000000000000'] },
    { id: upper, parents: ['shardId-000000000000'] },
  ]);
  const page = await reader.read(await reader.iterator('shardId-000000000000', { type: 'TRIM_HORIZON' }), 10);
  expect(page.records.map(textOf)).toEqual(['a', 'b']);
  expect(page.next).toBeUndefined();
  expect((await readShard(stream, lower)).map(textOf)).toEqual(['a']);
  expect((await readShard(stream, upper)).map(textOf)).toEqual(['b']);
});

test('merges adjacent shards only', async () => {
  const stream = createLocalStream({ shards: 3 });
  const [first = '', second = '', third = ''] = stream.openShards;
  expect(() => stream.merge(first, third)).toThrow(
    expect.objectContaining({ name: 'InvalidArgumentException' }),
  );
  const child = stream.merge(second, first);
  expect(stream.openShards).toEqual([child, third]);
  expect(stream.shards.at(-1)?.parents).toEqual([second, first]);
  expect(() => stream.split(first)).toThrow(expect.objectContaining({ name: 'ResourceNotFoundException' }));
});

test('reshards at the same record in every run, whatever the requests are', async () => {
  const placesOf = async (size: number): Promise<unknown> => {
    const stream = createLocalStream({
      shards: 2,
      reshards: [{ after: 33, reshard: (one) => one.split(one.openShards[0] ?? '') }],
    });
    const entries = Array.from({ length: 90 }, (_, index) => entry(`${index}`));
    const results = [];
    for (let from = 0; from < entries.length; from += size)
      results.push(...(await stream.putRecords(entries.slice(from, from + size))));
    return results;
  };
  expect(await placesOf(90)).toEqual(await placesOf(7));
});

test('reads from the horizon, the latest, after a sequence number and from a time', async () => {
  let now = 1_000;
  const clock = { now: () => now, sleep: async () => undefined };
  // The numbers get a digit more between the records.
  const stream = createLocalStream({ shards: 1, clock, firstSequenceNumber: 10n ** 56n - 2n });
  const numbers: string[] = [];
  for (const text of ['a', 'b', 'c', 'd']) {
    const [result] = await stream.putRecords([entry(text)]);
    if (result && 'sequenceNumber' in result) numbers.push(result.sequenceNumber);
    now += 1_000;
  }
  expect(numbers.map(({ length }) => length)).toEqual([56, 56, 57, 57]);
  const { reader } = stream.consumer('test');
  const read = async (position: Parameters<typeof reader.iterator>[1]): Promise<string> =>
    (await reader.read(await reader.iterator('shardId-000000000000', position), 10)).records
      .map(textOf)
      .join('');
  expect(await read({ type: 'TRIM_HORIZON' })).toBe('abcd');
  for (const [index, sequenceNumber] of numbers.entries())
    expect(await read({ type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber })).toBe('abcd'.slice(index + 1));
  expect(await read({ type: 'AT_TIMESTAMP', timestamp: new Date(2_500) })).toBe('cd');
  expect(await read({ type: 'LATEST' })).toBe('');
});

test('retains records until every consumer has acknowledged them, and makes puts wait meanwhile', async () => {
  const stream = createLocalStream({ shards: 1, capacity: 3 });
  const [one, two] = [stream.consumer('one'), stream.consumer('two')];
  const [, second] = await stream.putRecords([entry('a'), entry('b'), entry('c')]);
  const sequenceNumber = second && 'sequenceNumber' in second ? second.sequenceNumber : '';
  let hasPut = false;
  const put = stream.putRecords([entry('d')]).then(() => {
    hasPut = true;
  });
  const shard = 'shardId-000000000000';
  await one.checkpoints.set(shard, { sequenceNumber });
  expect([stream.retained, hasPut]).toEqual([3, false]);
  await two.checkpoints.set(shard, { sequenceNumber });
  await put;
  expect([stream.retained, hasPut, one.behind]).toEqual([2, true, 2]);
});

test('a put that waits for room ends by its signal', async () => {
  const stream = createLocalStream({ shards: 1, capacity: 1 });
  await stream.putRecords([entry('a')]);
  const abort = new AbortController();
  const put = stream.putRecords([entry('b')], { signal: abort.signal });
  abort.abort();
  await expect(put).rejects.toMatchObject({ name: 'AbortError' });
  expect(stream.taken).toBe(1);
});

test.each([
  ['too many records', Array.from({ length: 501 }, () => entry('a'))],
  ['no records', []],
  ['a record that is too large', [{ data: new Uint8Array((1 << 20) + 1), partitionKey: 'a' }]],
  ['an empty partition key', [entry('a', '')]],
  ['a long partition key', [entry('a', 'k'.repeat(257))]],
  ['a hash key that is none', [{ ...entry('a'), explicitHashKey: String(1n << 128n) }]],
  [
    'a request that is too large',
    Array.from({ length: 11 }, () => ({ data: new Uint8Array(1 << 20), partitionKey: 'a' })),
  ],
])('refuses %s', async (_, entries) => {
  await expect(createLocalStream().putRecords(entries)).rejects.toMatchObject({
    name: 'InvalidArgumentException',
  });
});

test('refuses options out of range, and records after the end', async () => {
  expect(() => createLocalStream({ shards: 0 })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  expect(() => createLocalStream({ capacity: 0 })).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID' }),
  );
  const stream = createLocalStream();
  stream.end();
  await expect(stream.putRecords([entry('a')])).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
