import { expect, test } from 'vitest';
import type { Archive } from '../../src/local/run/archive.ts';
import { EventClock } from '../../src/local/run/event-clock.ts';
import { runStream } from '../../src/local/run/run-stream.ts';
import { sessionsHandler } from '../../src/local/run/sessions-handler.ts';
import type { SourceRecord } from '../../src/local/run/source-record.ts';
import { localConnection } from '../../src/local/run/stream-connection.ts';
import { createLocalStream } from '../../src/local/stream/local-stream.ts';
import { sessionRules } from '../../src/sessions/session-rules.ts';
import { createEmbeddedStore } from '../../src/stores/embedded/embedded-store.ts';
import { shop } from './shop.ts';

const hour = 3_600_000;
const start = Date.parse('2026-01-01T00:00:00Z');

const clockAfter = (hours: readonly number[], isEnded = false): number => {
  const clock = new EventClock('at');
  for (const one of hours) clock.see({ at: new Date(start + one * hour) });
  if (isEnded) clock.end();
  return ((clock.time?.getTime() ?? Number.NaN) - start) / hour;
};
const run = (from: number, count = 16): number[] =>
  Array.from({ length: count }, (_, index) => from + index / 100);

test.each([
  ['the latest of events in any order', [1, 3, 2], 3],
  ['one event far ahead', [...run(0), 700_000, 1, 2], 2],
  ['one that is the first', [700_000, 1, 2], 2],
  ['one that is first, and many others', [700_000, ...run(0, 40)], 0.39],
  ['two of them, with others between', [...run(0), 700_000, 1, 700_000, 2], 2],
  ['a pause of days that others prove', [...run(0), ...run(100)], 100.15],
  ['a pause of days, with one still further ahead', [...run(0), 700_000, ...run(100, 15), 101], 101],
  ['a pause of days that few prove', [...run(0), ...run(100, 15)], 0.15],
])('%s', (_, hours, expected) => {
  expect(clockAfter(hours)).toBeCloseTo(expected, 6);
});

test('believes the last events at the end', () => {
  expect(clockAfter([...run(0), 100], true)).toBe(100);
  expect(clockAfter([...run(0), 100, 700_000], true)).toBe(100);
  expect(clockAfter([0, 30, 60, 90], true)).toBe(90);
});

test('shards of a quiet shop, read one after the other, do not take each other back', () => {
  const clock = new EventClock('at');
  for (let shard = 0; shard < 3; shard += 1)
    for (let event = 0; event < 10; event += 1)
      clock.see({ at: new Date(start + (event * 3 + shard) * 30 * hour) }, `${shard}`);
  clock.end();
  expect(clock.time).toEqual(new Date(start + (9 * 3 + 2) * 30 * hour));
});

/** Events of a quiet shop, one in three hours for months, and one that is of the year 2099. */
async function* quietShop(): AsyncGenerator<SourceRecord, void, void> {
  for (let index = 0; index < 1_000; index += 1) {
    const at = index === 300 ? '2099-01-01T00:00:00Z' : new Date(start + index * 3 * hour).toISOString();
    const user = index % 9;
    const text = `{"event_time":"${at}","event_type":"view","product_id":1,"category_id":1,"price":1,"user_id":${user},"user_session":"${index}"}`;
    yield { data: Buffer.from(text), partitionKey: `user ${user}` };
  }
}

/** The connection of a stream that cannot say what it has, as Kinesis. */
function silent(stream: ReturnType<typeof createLocalStream>) {
  const { sink, consumer, end } = localConnection(stream);
  return { sink, consumer, end };
}

test.each([
  ['the stream in this process', (stream: ReturnType<typeof createLocalStream>) => localConnection(stream)],
  ['a stream that cannot say what it has', silent],
])('no event is late because another shard, or a dirty event, is ahead: %s', async (_, connect) => {
  let count = 0;
  const archive: Archive = {
    write: async (_shard, records) => {
      count += records.length;
    },
    flush: async () => ({ rows: count, duplicates: 0, quarantined: 0, filtered: 0 }),
  };
  const store = createEmbeddedStore(sessionRules(shop));
  const applied = { applied: 0, late: 0 };
  const handler = sessionsHandler(store, {
    onApplied: (report) => {
      applied.applied += report.applied;
      applied.late += report.late;
    },
  });
  const report = await runStream({
    ...{ table: shop, source: quietShop(), archive, handlers: [handler] },
    ...{ stream: connect(createLocalStream({ shards: 3 })), retryMs: 1 },
  });
  expect(applied).toEqual({ applied: 1_000, late: 0 });
  expect(report.eventTime).toEqual(new Date(start + 999 * 3 * hour));
  // The store forgot what is over: the clock went on.
  expect(store.size.keys).toBeLessThan(report.taken);
});
