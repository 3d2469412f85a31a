import { hash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { FaultPlan } from '../../src/local/faults/fault-plan.ts';
import { Faults } from '../../src/local/faults/faults.ts';
import { runStream } from '../../src/local/run/run-stream.ts';
import { sessionsHandler } from '../../src/local/run/sessions-handler.ts';
import { createRecordReader } from '../../src/record/record-reader.ts';
import { reduceSessions } from '../../src/sessions/reduce-sessions.ts';
import { type DeliveredEvent, sessionRules } from '../../src/sessions/session-rules.ts';
import type { ApplyReport } from '../../src/sessions/session-store.ts';
import { createEmbeddedStore } from '../../src/stores/embedded/embedded-store.ts';
import { FileArchive } from './file-archive.ts';
import { shop, shopLines, shopRecords } from './shop.ts';

/** 1000000 for a long run. */
const events = Number(process.env.HEADWATER_STREAM_EVENTS ?? 20_000);
const isLong = events > 100_000;
const read = createRecordReader(shop);
const rules = sessionRules(shop);

const planOf = (seed: number): FaultPlan => ({
  seed,
  refusedRequests: 0.1,
  throttledRecords: 0.02,
  lostAnswers: 0.01,
  reorderedRequests: 0.1,
  crashesAfterWork: 0.05,
  crashesBeforeCheckpoint: 0.04,
  poisonRecords: 20 / events,
  splits: [events * 0.2, events * 0.6].map(Math.floor),
  merges: [Math.floor(events * 0.4)],
});

/** What is in use, and not what was left behind. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

describe.each(isLong ? [1] : [1, 2, 3])('with faults of seed %i', (seed) => {
  test(`${events} events: nothing is lost, and nothing counts twice`, { timeout: 1_800_000 }, async () => {
    const plan = planOf(seed);
    const archive = new FileArchive(read);
    const store = createEmbeddedStore(rules);
    const givenUp = new Map<string, string>();
    const applied = { applied: 0, duplicates: 0, late: 0 };
    const memory: number[] = [];
    let peak = 0;
    const started = performance.now();
    const report = await runStream({
      table: shop,
      source: shopRecords(events, seed),
      archive,
      handlers: [
        sessionsHandler(store, {
          onApplied: (one: ApplyReport) => {
            applied.applied += one.applied;
            applied.duplicates += one.duplicates;
            applied.late += one.late;
          },
        }),
      ],
      stream: { shards: 4, capacity: 10_000, firstSequenceNumber: 10n ** 56n - BigInt(events >> 1) },
      faults: plan,
      send: { backoff: { baseMilliseconds: 1, maximumMilliseconds: 10 } },
      onFailure: async (handler, { condition, records }) => {
        expect([handler, condition]).toEqual(['sessions', 'RetryAttemptsExhausted']);
        for (const { sequenceNumber, data } of records)
          givenUp.set(sequenceNumber, Buffer.from(data as Uint8Array).toString());
      },
      retryMs: 1,
      tickMs: 3_000,
      onTick: () => {
        if (!isLong) return;
        collectGarbage();
        memory.push(process.memoryUsage().heapUsed);
        peak = Math.max(peak, process.memoryUsage.rss());
      },
    });
    const seconds = (performance.now() - started) / 1000;

    // Every record that was sent is archived or quarantined; what the producer repeated is a duplicate.
    const lines = [...shopLines(events, seed)].map(({ text }) => text);
    const results = lines.map((text) => read({ data: Buffer.from(text), sequenceNumber: '0' }));
    const keyOf = (text: string): string => hash('md5', text, 'base64');
    const accepted = lines.filter((_, index) => results[index]?.kind === 'event');
    const rejected = lines.filter((_, index) => results[index]?.kind !== 'event');
    expect(archive.events).toEqual(new Set(accepted.map(keyOf)));
    expect(archive.quarantined).toEqual(new Set(rejected.map(keyOf)));
    const faults = report.faults;
    expect(report).toMatchObject({
      isStopped: false,
      taken: events,
      unsent: 0,
      repeated: faults?.lostAnswers,
    });
    expect(report.records.records).toBe(report.sent);
    expect(report.archive.rows).toBe(archive.events.size);

    // The faults happened.
    for (const [fault, count] of Object.entries(faults ?? {}))
      expect([fault, count > 0]).toEqual([fault, true]);
    expect(archive.again).toBeGreaterThan(0);
    expect(report.shards).toBe(4 + 2 + 2 + 1);
    const sessions = report.handlers.sessions;
    expect(sessions?.restarts).toBeGreaterThan(0);

    // The poison records, and they alone, are with the failure destination, with their payload.
    const injected = new Faults(plan);
    const isPoison = (text: string): boolean =>
      injected.isPoison({ data: Buffer.from(text), sequenceNumber: '0' });
    expect(new Set(givenUp.values())).toEqual(new Set(lines.filter(isPoison)));
    expect(givenUp.size).toBeGreaterThan(0);

    // Everything else counts once: the store is what the pure reducer makes of the distinct events.
    const delivered = results.flatMap((result, index): DeliveredEvent[] =>
      result.kind === 'event' && !isPoison(lines[index] ?? '')
        ? [{ event: result.event, sequenceNumber: String(10n ** 56n + BigInt(index)) }]
        : [],
    );
    const reduced = reduceSessions(rules, delivered);
    const now = report.eventTime ?? new Date(0);
    expect(applied).toMatchObject({ applied: reduced.events, late: 0 });
    expect(await store.minutes({ from: new Date(0), to: new Date('2100-01-01') }, now)).toEqual(
      reduced.minutes,
    );
    const remembered = reduced.sessions.filter(({ ends }) => now.getTime() - ends.getTime() < 3_600_000);
    expect(remembered.length).toBeGreaterThan(10);
    for (const session of remembered) expect(await store.session(session.session, now)).toEqual(session);
    const active = reduced.sessions.filter(({ ends }) => ends >= now);
    const open = active.filter(({ cart }) => cart !== null);
    expect((await store.activeSessions(now)).count).toBe(active.length);
    expect((await store.openCarts(now)).count).toBe(open.length);
    if (!isLong) return;
    const quarters = [0, 1, 2, 3].map((quarter) =>
      Math.max(...memory.slice((memory.length * quarter) / 4, (memory.length * (quarter + 1)) / 4)),
    );
    console.log(
      `${events} events in ${seconds.toFixed(1)} s, heap by quarter ${quarters.map(mebibytes)} MiB, process ${mebibytes(peak)} MiB`,
      JSON.stringify(report),
    );
    // The store fills for the day that it remembers. Then only the counts of minutes grow, which are kept for a month; what grew with the
    // events would double.
    expect(quarters[3]).toBeLessThan((quarters[1] ?? 0) * 1.5);
  });
});
