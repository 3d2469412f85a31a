import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Archive, ArchiveCounts } from '../../src/local/run/archive.ts';
import type { LocalHandler } from '../../src/local/run/local-handler.ts';
import { runStream } from '../../src/local/run/run-stream.ts';
import type { SourceRecord } from '../../src/local/run/source-record.ts';
import { localConnection } from '../../src/local/run/stream-connection.ts';
import type { StreamTick } from '../../src/local/run/stream-report.ts';
import { createLocalStream } from '../../src/local/stream/local-stream.ts';
import type { StreamRecord } from '../../src/record/stream-record.ts';
import { shop, shopRecords } from './shop.ts';

type Handler = LocalHandler<Readonly<Record<string, unknown>>>;

/** An archive in memory that counts everything as rows. */
class MemoryArchive implements Archive {
  readonly records: StreamRecord[] = [];

  async write(_: string, records: readonly StreamRecord[]): Promise<void> {
    this.records.push(...records);
  }

  async flush(): Promise<ArchiveCounts> {
    return { rows: this.records.length, duplicates: 0, quarantined: 0, filtered: 0 };
  }
}

const run = (options: Partial<Parameters<typeof runStream<typeof shop>>[0]> = {}) =>
  runStream({
    ...{ table: shop, source: shopRecords(300, 1), archive: new MemoryArchive(), handlers: [], retryMs: 1 },
    ...options,
  });

const handler = (process: (texts: readonly string[]) => void | Promise<void>, name = 'test'): Handler => ({
  name,
  deliver: async ({ records }) => {
    await process(records.map(({ data }) => Buffer.from(data as Uint8Array).toString()));
    return undefined;
  },
});

test('accounts for every record, and says what the records are', async () => {
  const { records, ...report } = await run();
  expect(report).toMatchObject({
    taken: 300,
    sent: 300,
    repeated: 0,
    unsent: 0,
    isStopped: false,
    shards: 4,
  });
  expect(report.archive.rows).toBe(300);
  expect(records).toEqual({
    ...{ records: 300, events: 294, filtered: 0, rejected: 6 },
    reasons: expect.objectContaining({
      'price:below_minimum': 1,
      'event_type:not_one_of': 1,
      ':not_json': 4,
    }),
  });
});

test.each([
  ['loses', -1],
  ['makes up', 1],
])('fails when the archive %s a record', async (_, difference) => {
  class WrongArchive extends MemoryArchive {
    override async flush(): Promise<ArchiveCounts> {
      const counts = await super.flush();
      return { ...counts, rows: counts.rows + difference };
    }
  }
  await expect(run({ archive: new WrongArchive() })).rejects.toMatchObject({
    code: 'STREAM_UNACCOUNTED',
    payload: { taken: 300, stored: 300, delivered: 300, archived: 300 + difference },
  });
});

test('takes off what the archive has of earlier runs', async () => {
  const archive = new MemoryArchive();
  await run({ archive });
  const report = await run({ archive, archivedBefore: () => 300 });
  expect(report.sent).toBe(300);
});

test('fails when the stream loses a record', async () => {
  const stream = createLocalStream();
  const { sink, ...connection } = localConnection(stream);
  let puts = 0;
  const losing = {
    // The answer says that the last record was put.
    putRecords: async (entries: Parameters<typeof sink.putRecords>[0]) => {
      puts += 1;
      const kept = puts === 1 ? entries.slice(0, -1) : entries;
      const results = await sink.putRecords(kept);
      return kept === entries
        ? results
        : [...results, { sequenceNumber: '1', shardId: 'shardId-000000000000' }];
    },
  };
  await expect(run({ stream: { ...connection, sink: losing } })).rejects.toMatchObject({
    code: 'STREAM_UNACCOUNTED',
    payload: { taken: 300, stored: 299 },
  });
});

test('without a failure destination, a handler that gives up ends the run', async () => {
  const failing = handler((texts) => {
    if (texts.some((text) => text === 'not json')) throw new Error('what is this');
  });
  await expect(run({ handlers: [failing] })).rejects.toMatchObject({
    code: 'STREAM_HANDLER_FAILED',
    payload: { handler: 'test', problem: 'what is this' },
  });
});

test('with one, the run goes on, and the destination has the payload', async () => {
  const failed: string[] = [];
  const failing = handler((texts) => {
    if (texts.some((text) => text === 'not json')) throw new Error('what is this');
  });
  const report = await run({
    handlers: [failing],
    onFailure: async (name, { records }) => {
      failed.push(name, ...records.map(({ data }) => Buffer.from(data as Uint8Array).toString()));
    },
  });
  expect(failed).toEqual(['test', 'not json']);
  expect(report.handlers.test).toMatchObject({ records: 300, givenUp: 1 });
});

test('what cannot be sent is reported with its payload, and accounted for', async () => {
  const unsent: string[] = [];
  const tooLarge = { data: Buffer.alloc((1 << 20) + 1), partitionKey: 'u' };
  async function* source(): AsyncGenerator<SourceRecord> {
    yield* shopRecords(10, 1);
    yield tooLarge;
    yield* shopRecords(10, 1);
  }
  const report = await run({
    source: source(),
    onUnsent: ({ entry, reason }) => {
      unsent.push(`${reason} ${entry.data.length}`);
    },
  });
  expect(unsent).toEqual([`refused ${(1 << 20) + 1}`]);
  expect(report).toMatchObject({ taken: 21, unsent: 1, sent: 21 });
  expect(report.archive.rows).toBe(20);
  await expect(run({ source: source() })).rejects.toMatchObject({ code: 'EVENTS_UNSENT' });
});

test('a signal ends the source, also one that waits, and what was sent is archived', async () => {
  const stop = new AbortController();
  let isReturned = false;
  async function* source(): AsyncGenerator<SourceRecord> {
    try {
      yield* shopRecords(50, 1);
      setTimeout(() => stop.abort(), 50);
      await new Promise((resolve) => setTimeout(resolve, 200));
      yield* shopRecords(50, 2);
    } finally {
      isReturned = true;
    }
  }
  const report = await run({ source: source(), signal: stop.signal });
  expect(report).toMatchObject({ isStopped: true, taken: 50, sent: 50 });
  expect(report.archive.rows).toBe(50);
  await expect.poll(() => isReturned).toBe(true);
});

test('an error of the source, of the archive and of a tick ends the run with that error', async () => {
  async function* source(): AsyncGenerator<SourceRecord> {
    yield* shopRecords(50, 1);
    throw new Error('the disk is gone');
  }
  await expect(run({ source: source() })).rejects.toThrow('the disk is gone');
  class FullArchive extends MemoryArchive {
    override async write(): Promise<void> {
      throw new Error('the disk is full');
    }
  }
  await expect(run({ archive: new FullArchive() })).rejects.toThrow(/^the disk is full$/);
  const onTick = () => {
    throw new Error('no screen');
  };
  await expect(run({ onTick, tickMs: 1, source: slowly(shopRecords(300, 1)) })).rejects.toThrow('no screen');
});

async function* slowly(source: AsyncIterable<SourceRecord>): AsyncGenerator<SourceRecord> {
  for await (const record of source) {
    await setImmediate();
    yield record;
  }
}

test('the source is read no faster than the slowest consumer acknowledges', async () => {
  let [given, done, ahead] = [0, 0, 0];
  async function* source(): AsyncGenerator<SourceRecord> {
    for await (const record of shopRecords(5_000, 1)) {
      given += 1;
      ahead = Math.max(ahead, given - done);
      yield record;
    }
  }
  const slow = handler(async (texts) => {
    await setImmediate();
    done += texts.length;
  });
  const options = { capacity: 500, shards: 2 };
  await run({ source: source(), handlers: [slow], stream: options, send: { bufferRecords: 200 } });
  expect([given, done]).toEqual([5_000, 5_000]);
  // The capacity, one request beyond it, the buffer and the batch that is being delivered.
  expect(ahead).toBeLessThan(500 + 500 + 200 + 500);
});

test('without faults, a record has the same place in every run', async () => {
  const placesOf = async (source: AsyncIterable<SourceRecord>): Promise<string[]> => {
    const archive = new MemoryArchive();
    await run({ archive, source, stream: { shards: 3 } });
    return archive.records
      .map(({ shard, sequenceNumber, data }) => `${shard} ${sequenceNumber} ${data}`)
      .sort();
  };
  expect(await placesOf(shopRecords(700, 1))).toEqual(await placesOf(slowly(shopRecords(700, 1))));
});

test('ticks say where the run is', async () => {
  const ticks: StreamTick[] = [];
  const onTick = (tick: StreamTick): void => {
    ticks.push(tick);
  };
  const report = await run({
    onTick,
    tickMs: 1,
    source: slowly(shopRecords(2_000, 1)),
    handlers: [handler(() => undefined)],
  });
  expect(ticks.length).toBeGreaterThan(3);
  expect(ticks.map(({ taken }) => taken)).toEqual(ticks.map(({ taken }) => taken).sort((a, b) => a - b));
  expect(ticks.at(-1)).toMatchObject({
    ...{ taken: 2_000, unsent: 0, givenUp: 0, behind: { archive: 0, test: 0 } },
    ...{ records: report.records, eventTime: report.eventTime },
  });
});

test('handlers of events are given events, and a time that none of them is before', async () => {
  const seen: { events: number; now: Date; first: number }[] = [];
  const events: Handler = {
    name: 'events',
    settings: { batchSize: 50 },
    process: async (results, _, now) => {
      const times = results.map(({ event }) => (event.event_time as Date).getTime());
      seen.push({ events: results.length, now, first: Math.min(...times) });
      return undefined;
    },
  };
  await run({ handlers: [events], stream: { shards: 2 } });
  expect(seen.reduce((sum, one) => sum + one.events, 0)).toBe(294);
  for (const { now, first } of seen) expect(now.getTime()).toBeLessThanOrEqual(first);
  const nows = seen.map(({ now }) => now.getTime());
  expect(nows).toEqual([...nows].sort((a, b) => a - b));
  expect(new Set(nows).size).toBeGreaterThan(2);
});

test('a handler ends after its last delivery and before the archive, and not after a failure', async () => {
  const order: string[] = [];
  class TellingArchive extends MemoryArchive {
    override async flush(): Promise<ArchiveCounts> {
      order.push('flush');
      return super.flush();
    }
  }
  const ending = (error?: Error): Handler => ({
    name: 'events',
    process: async (events) => {
      order.push('process');
      if (error && events.length > 0) throw error;
      return undefined;
    },
    finish: async (now) => {
      order.push(`finish ${now.toISOString()}`);
    },
  });
  const { eventTime } = await run({ archive: new TellingArchive(), handlers: [ending()] });
  expect(order.slice(-2)).toEqual([`finish ${eventTime?.toISOString()}`, 'flush']);
  order.length = 0;
  const failing = run({ archive: new TellingArchive(), handlers: [ending(new Error('no'))] });
  await expect(failing).rejects.toMatchObject({ code: 'STREAM_HANDLER_FAILED' });
  expect(new Set(order)).toEqual(new Set(['process']));
});

test('refuses two handlers of one name, and faults that let nothing through', async () => {
  const twice = [handler(() => undefined), handler(() => undefined)];
  await expect(run({ handlers: twice })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    payload: { value: 'test' },
  });
  await expect(run({ handlers: [handler(() => undefined, 'archive')] })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
  });
  await expect(run({ faults: { seed: 1, throttledRecords: 1 } })).rejects.toMatchObject({
    payload: { option: 'faults.throttledRecords' },
  });
});
