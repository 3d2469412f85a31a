import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  defineEvents,
  deriveFlinkJob,
  type EventsTable,
  type FlinkJob,
  type FlinkJobOptions,
} from '@headwater/core';
import { flinkLines, useFlink } from '@headwater/local-aws/testing';
import { type PlainEvent, type PlainShop, referenceAnswer } from '@headwater/reference-answers';
import { type SimulatedEvent, simulateRows } from '@headwater/simulator';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRecordReader } from '../../src/record/record-reader.ts';
import { type DeliveredEvent, type SessionRules, sessionRules } from '../../src/sessions/session-rules.ts';
import type { LiveStore, MinuteCounts } from '../../src/sessions/session-store.ts';
import { createEmbeddedStore } from '../../src/stores/embedded/embedded-store.ts';
import { damages, shop, shopLine } from '../local/shop.ts';
import { plainShop } from './plain-shop.ts';

const flink = useFlink();

const [second, minute, day] = [1000, 60_000, 86_400_000];
const asked = { from: '2026-01-01', to: '2026-01-01' } as const;
const now = new Date('2026-01-02T02:00:00Z');

/** The same events with sessions that are derived: half an hour without an event ends one. */
const visits = defineEvents('visits', {
  columns: shop.shape,
  roles: { time: 'event_time', action: 'event_type', actor: 'user_id', item: 'product_id', amount: 'price' },
  sessions: { inactivity: '30m' },
});

/** What Flink leaves out, by its differences late-event and time-spelling. The live sessions count both. */
const leftOut = { late: '2025-12-31T23:00:00.000Z', offset: '2026-01-02T00:10:00.000Z' };

/**
 * A day of a small shop as its stream has it: events come up to five seconds out of order, some twice, some are damaged, some have no session,
 * and one visitor looks at forty products in four seconds.
 */
function* dayOfLines(): Generator<string> {
  const rows = [...simulateRows({ events: 3000, days: 1, start: asked.from, seed: 11, bots: true })];
  const hectic = rows[2000] as SimulatedEvent;
  const burst = Array.from({ length: 40 }, (_, index) => ({
    ...hectic,
    event_time: new Date(hectic.event_time.getTime() + index * 100),
    event_type: 'view' as const,
    product_id: hectic.product_id + index,
  }));
  const arrived = [...rows, ...burst]
    .map((row, index) => ({ row, at: +row.event_time + ((index * 7919) % 5000) }))
    .toSorted((one, other) => one.at - other.at);
  for (const [index, { row }] of arrived.entries()) {
    const text = shopLine(index % 89 === 5 ? { ...row, user_session: null } : row);
    yield index % 50 === 49 ? (damages[((index - 49) / 50) % damages.length]?.(text) ?? text) : text;
    if (index % 25 === 3) yield text;
  }
  const view = { ...hectic, event_type: 'view' as const };
  yield shopLine({ ...view, user_id: 1n, user_session: 'late', event_time: new Date(leftOut.late) });
  const last = { ...view, user_id: 2n, user_session: 'offset', event_time: new Date(leftOut.offset) };
  yield shopLine(last).replace(leftOut.offset, '2026-01-02T02:10:00.000+02:00');
}
const lines = [...dayOfLines()];

type Row = Readonly<Record<string, string | number>>;

/** What was answered to each question, by the name of the table. */
const answers = new Map<string, readonly Row[]>();
const answersTo = (table: EventsTable, question: string): readonly Row[] =>
  answers.get(`${table.schema.name}-${question}`) ?? [];

const jobOf = (
  table: EventsTable,
  parameters: FlinkJobOptions['parameters'],
  questions?: FlinkJobOptions['questions'],
): FlinkJob =>
  deriveFlinkJob(table.schema, {
    source: { connector: 'filesystem', path: `file://${join(flink.folder, 'events.jsonl')}` },
    sink: (question) => ({
      connector: 'filesystem',
      path: `file://${join(flink.folder, `${table.schema.name}-${question}`)}`,
    }),
    parameters,
    questions,
  });
const statementsOf = ({ settings, statements, inserts }: FlinkJob): string[] => [
  ...Object.entries(settings).map(([name, value]) => `SET '${name}' = '${value}'`),
  ...statements.map(({ sql }) => sql),
  `EXECUTE STATEMENT SET BEGIN\n${inserts.map(({ sql }) => `${sql};\n`).join('')}END`,
];

beforeAll(async () => {
  await writeFile(join(flink.folder, 'events.jsonl'), lines.map((line) => `${line}\n`).join(''));
  const jobs = [
    // Sessions of an id last for a day, and a funnel may take as long.
    {
      table: shop,
      job: jobOf(shop, { abandonment: { inactivityMinutes: 1440 }, funnel: { withinMinutes: 1440 } }),
    },
    { table: visits, job: jobOf(visits, {}, ['per-minute', 'abandonment', 'funnel']) },
  ];
  await flink.run(jobs.flatMap(({ job }) => statementsOf(job)));
  for (const { table, job } of jobs)
    for (const { name } of job.questions) {
      const key = `${table.schema.name}-${name}`;
      const found = await flinkLines(join(flink.folder, key));
      answers.set(
        key,
        found.map((line): Row => JSON.parse(line)),
      );
    }
});

const read = createRecordReader(shop);
const delivered = lines
  .map((line, index) => read({ data: Buffer.from(line), sequenceNumber: String(index) }))
  .filter((result) => result.kind === 'event');

/** What the live sessions of the stream count, by minute. */
async function liveMinutes(table: EventsTable): Promise<readonly MinuteCounts[]> {
  const store = createEmbeddedStore(sessionRules(table) as SessionRules) as unknown as LiveStore;
  for (let at = 0; at < delivered.length; at += 100)
    await store.apply(delivered.slice(at, at + 100) as DeliveredEvent[], now);
  return await store.minutes({ from: new Date(0), to: now }, now);
}

const isOfDay = (time: Date): boolean => time.toISOString().startsWith(asked.from);

/** What the metrics are asked about. */
const batchOf = (table: EventsTable, session: readonly string[], gap: number): PlainShop => {
  const rows = delivered.map(({ event }) => event).filter(({ event_time }) => isOfDay(event_time));
  return plainShop(table, rows, { session, gap, longest: day, key: Object.keys(rows[0] ?? {}), scale: 2 });
};

const shops = [
  { table: shop, batch: batchOf(shop, ['user_session'], day), within: 1440 * minute },
  { table: visits, batch: batchOf(visits, ['user_id'], 30 * minute), within: 30 * minute },
] as const;

const minuteText = (time: Date): string => `${time.toISOString().slice(0, 16)}:00Z`;

describe.each(shops)(
  'of $table.schema.name, Flink, the live sessions and the metrics agree on',
  ({ table, batch, within }) => {
    test('events, revenue and what happened by minute', async () => {
      const found = answersTo(table, 'per-minute');
      expect(found.length).toBeGreaterThan(100);
      const live = new Map((await liveMinutes(table)).map((one) => [minuteText(one.minute), one]));
      const left = Object.values(leftOut).map((text) => minuteText(new Date(text)));
      const starts = found.map((row) => String(row['window_start']));
      expect([...live.keys()].sort()).toEqual([...left, ...starts].sort());
      const byMinute = Map.groupBy(batch.events, ({ time }) => minuteText(time));
      for (const row of found) {
        const [start, own] = [String(row['window_start']), live.get(String(row['window_start']))];
        expect(row).toMatchObject({
          events: own?.events,
          purchases: own?.purchases,
          revenue: Number(own?.revenue),
          ...(own?.visitors === null ? {} : { visitors: own?.visitors }),
        });
        const [metric] = referenceAnswer(
          { ...batch, events: byMinute.get(start) ?? [] },
          'peak-hours',
          asked,
        );
        const { hour: _, ...counts } = metric ?? {};
        expect(row).toMatchObject(counts);
      }
    });

    test('events without a session', async () => {
      const live = (await liveMinutes(table)).reduce((sum, one) => sum + one.eventsWithoutSession, 0);
      const flinks = answersTo(table, 'per-minute').reduce(
        (sum, row) => sum + Number(row['events_without_session'] ?? 0),
        0,
      );
      expect(flinks).toBe(live);
      expect(flinks > 0).toBe(table === shop);
      expect(referenceAnswer(batch, 'daily-visitors', asked)[0]).toMatchObject({
        eventsWithoutSession: live,
      });
    });

    test('abandoned carts and what was left in them', async () => {
      const found = answersTo(table, 'abandonment');
      expect(found.length).toBeGreaterThan(10);
      const sums = { abandonedSessions: found.length, abandonedValue: sumOf(found, 'left_in_cart') };
      const [metric] = referenceAnswer(batch, 'cart-abandonment', { ...asked, grain: 'all' });
      expect(metric).toMatchObject(sums);
      const live = (await liveMinutes(table)).filter((one) => one.abandonedSessions > 0);
      const byMinute = Map.groupBy(found, (row) => minuteText(new Date(String(row['window_start']))));
      expect(
        new Map(
          live.map((one) => [minuteText(one.minute), [one.abandonedSessions, Number(one.abandonedValue)]]),
        ),
      ).toEqual(
        new Map([...byMinute].map(([start, rows]) => [start, [rows.length, sumOf(rows, 'left_in_cart')]])),
      );
    });

    test('funnels, but for those that are out of order or take longer', () => {
      const found = answersTo(table, 'funnel').map(
        (row) => `${row['session']} ${row['view_time']} ${row['purchase_time']}`,
      );
      expect(found.length).toBeGreaterThan(5);
      const sessions = Map.groupBy(
        batch.events.filter(({ session }) => session !== null),
        ({ session }) => session ?? '',
      );
      // A session of the reference has the time of its first event behind its id.
      const expected = [...sessions].flatMap(([session, events]) =>
        inOrder(events, within).map(
          ([first, last]) => `${session.split(' @ ')[0]} ${instantText(first)} ${instantText(last)}`,
        ),
      );
      expect(found.sort()).toEqual(expected.sort());
      const has = (events: readonly PlainEvent[], action: string) =>
        events.some((event) => event.action === action);
      const complete = [...sessions.values()].filter((events) =>
        ['view', 'cart', 'purchase'].every((action) => has(events, action)),
      );
      expect(referenceAnswer(batch, 'funnel', asked).at(-1)).toMatchObject({
        step: 3,
        reached: complete.length,
      });
      const counted = complete.filter((events) => inOrder(events, within).length > 0);
      expect(new Set(found.map((text) => text.split(' ')[0])).size).toBeLessThanOrEqual(counted.length);
      expect(counted.length).toBeLessThanOrEqual(complete.length);
    });
  },
);

describe('Flink finds by the definition of its question', () => {
  test('actors with too many actions in the windows of ten seconds', () => {
    const windows = Map.groupBy(
      shops[0].batch.events,
      ({ actor, time }) => `${actor} ${Math.floor(+time / (10 * second)) * 10}`,
    );
    const expected = [...windows].filter(([, events]) => events.length > 10);
    expect(expected.length).toBeGreaterThan(0);
    expect(
      new Map(
        answersTo(shop, 'many-actions').map((row) => [
          `${row['actor']} ${Date.parse(String(row['window_start'])) / second}`,
          row['actions'],
        ]),
      ),
    ).toEqual(new Map(expected.map(([key, events]) => [key, events.length])));
  });

  test('minutes with far too many events', () => {
    const expected = Object.entries(
      Object.groupBy(shops[0].batch.events, ({ action }) => action ?? ''),
    ).flatMap(([action, events = []]) => anomalies(events).map((start) => `${action} ${start}`));
    expect(expected.length).toBeGreaterThan(0);
    const name = (action: unknown) => (action === 'remove_from_cart' ? 'removeFromCart' : action);
    expect(
      answersTo(shop, 'anomaly')
        .map((row) => `${name(row['action'])} ${row['window_start']}`)
        .sort(),
    ).toEqual(expected.sort());
  });
});

const sumOf = (rows: readonly Row[], name: string): number =>
  rows.reduce((sum, row) => sum + Math.round(Number(row[name]) * 100), 0) / 100;

/** An instant as Flink writes it. */
const instantText = (time: Date): string => time.toISOString().replace(/\.?0+Z$/, 'Z');

/** The first and the last event of each view, later cart and later purchase of a session, none of which overlap. */
function inOrder(events: readonly PlainEvent[], within: number): (readonly [Date, Date])[] {
  const next = (action: string, from: number): number =>
    events.findIndex((event, index) => index >= from && event.action === action);
  for (let start = next('view', 0); start >= 0; start = next('view', start + 1)) {
    const cart = next('cart', start + 1);
    const purchase = cart < 0 ? -1 : next('purchase', cart + 1);
    const [first, last] = [events[start], events[purchase]];
    if (first && last && +last.time - +first.time < within)
      return [[first.time, last.time], ...inOrder(events.slice(purchase + 1), within)];
  }
  return [];
}

/** The minutes with more events than six deviations above the mean of up to sixty minutes before that have events. */
function anomalies(events: readonly PlainEvent[]): string[] {
  const counts = [...Map.groupBy(events, ({ time }) => minuteText(time))].map(([start, rows]) => ({
    start,
    seen: rows.length,
  }));
  return counts
    .filter(({ seen }, index) => {
      const before = counts.slice(Math.max(0, index - 60), index).map((one) => one.seen);
      if (before.length < 10 || seen < 20) return false;
      const mean = before.reduce((sum, one) => sum + one, 0) / before.length;
      const variance = before.reduce((sum, one) => sum + (one - mean) ** 2, 0) / before.length;
      return seen - mean > 6 * Math.sqrt(Math.max(variance, mean));
    })
    .map(({ start }) => start);
}
