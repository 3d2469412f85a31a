import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertStore } from '../../src/alerts/alert-store.ts';
import { reportFindings } from '../../src/alerts/report-findings.ts';
import { createThresholdWatcher } from '../../src/alerts/threshold-watcher.ts';
import { findingTeller } from '../../src/alerts/told-finding.ts';
import { type AlertHandlerOptions, createAlertHandler } from '../../src/handlers/index.ts';
import {
  createEmbeddedNotifier,
  defineThresholds,
  type Incident,
  type Message,
  type Notifier,
} from '../../src/index.ts';
import { createEmbeddedAlertStore } from '../../src/stores/embedded/embedded-alert-store.ts';
import { contextOf, metricList, poisonList, recordedEvent } from './deliver.ts';
import { shop } from './shop-table.ts';
import { shardDriver } from './window-driver.ts';

const start = Date.UTC(2026, 1, 1);
const thresholds = defineThresholds(shop, [
  { kind: 'many-actions', of: 'actor', moreThan: 3, within: 10 },
  { kind: 'product-rush', of: 'product', moreThan: 8, within: 20, every: 5 },
  { kind: 'flood', of: 'site', actions: ['view'], moreThan: 12, within: 10 },
]);
const settings = { thresholds, lateness: 5, quiet: 60, cooldown: 10 };
const now = () => start + 3_600_000;

interface Click {
  readonly ms: number;
  readonly user: number;
  readonly product: number;
}
const row = ({ ms, user, product }: Click) => ({
  ...{ event_time: new Date(start + ms), event_type: 'view', product_id: BigInt(product) },
  ...{ price: 1.5, user_id: BigInt(user), email: null, session_id: `s${user}` },
});
const text = (click: Click): string =>
  JSON.stringify(row(click), (_name, value) => (typeof value === 'bigint' ? Number(value) : value));

/** What is told of the same events in one process. */
async function toldInOneProcess(clicks: readonly Click[]): Promise<Incident[]> {
  const watcher = createThresholdWatcher(shop, settings);
  const store = createEmbeddedAlertStore();
  const notifier = createEmbeddedNotifier();
  const rule = { quiet: 60_000, cooldown: 10_000 };
  const found = clicks.flatMap((click) => watcher.observe(row(click)));
  const findings = found.flatMap((one) => (one.finding === 'share' ? [] : [findingTeller(shop.schema)(one)]));
  await reportFindings({ store, notifier }, findings, { owner: 'one', now: new Date(now()), rule });
  return incidents(notifier.messages());
}

const incidents = (messages: readonly Message[]): Incident[] => messages.map(({ body }) => JSON.parse(body));
const withoutEvidence = (all: readonly Incident[]) =>
  all.map(({ evidence, ...incident }) => ({
    ...incident,
    actors: incident.subject_type === 'actor' ? incident.actors : [],
  }));

/** Delivers clicks in shards by user, in turns; each invocation may fail, and may be of a cold instance. */
async function deliver(
  clicks: readonly Click[],
  shards: number,
  chance: () => boolean,
  of: Partial<AlertHandlerOptions> = {},
) {
  const store = createEmbeddedAlertStore();
  const notifier = createEmbeddedNotifier();
  let isFailing = false;
  const failing =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>, when: 'before' | 'after') =>
    async (...args: Args): Promise<Result> => {
      if (isFailing && when === 'before') throw new Error('crash');
      const result = await work(...args);
      if (isFailing) throw new Error('crash');
      return result;
    };
  const brokenStore: AlertStore = {
    ...store,
    apply: failing(store.apply, 'after'),
    markTold: failing(store.markTold, 'before'),
    saveCarry: failing(store.saveCarry, 'after'),
  };
  const brokenNotifier: Notifier = { publish: failing(notifier.publish, 'after') };
  const make = () =>
    createAlertHandler(shop, {
      ...settings,
      store: brokenStore,
      notifier: brokenNotifier,
      failures: poisonList(),
      now,
      ...of,
    });
  let warm = make();
  const drivers = Array.from({ length: shards }, (_, index) => {
    const own = clicks.filter(({ user }) => user % shards === index);
    const records = own.map((click) => ({ text: text(click), arrived: start + click.ms + 100 }));
    return shardDriver(`shardId-00000000000${index}`, records, {
      windowSeconds: 60,
      batchSize: 7,
      instance: () => {
        isFailing = chance();
        if (chance()) warm = make();
        return warm;
      },
    });
  });
  for (let isLeft = true; isLeft; ) {
    const left = [];
    for (const driver of drivers) left.push(await driver.next());
    isLeft = left.includes(true);
  }
  return { store, told: incidents(notifier.messages()) };
}

const clicks = fc
  .array(
    fc.record({
      ms: fc.oneof(fc.nat(30_000), fc.integer({ min: 50_000, max: 70_000 }), fc.nat(400_000)),
      user: fc.constantFrom(1, 2, 3, 4),
      product: fc.constantFrom(7, 8),
    }),
    { minLength: 1, maxLength: 90, size: 'max' },
  )
  .map((all) =>
    [...new Map(all.map((one) => [JSON.stringify(one), one])).values()].sort(
      (one, other) => one.ms - other.ms,
    ),
  );

describe('createAlertHandler', () => {
  it('tells of actors what one process tells, whatever crashes and whichever instance goes on', async () => {
    await fc.assert(
      fc.asyncProperty(clicks, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), async (all, chances) => {
        const { told } = await deliver(all, 2, () => chances.next().value === 0);
        const byText = (one: Incident, other: Incident) =>
          JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
        const ofActors = (some: readonly Incident[]) =>
          (withoutEvidence(some.filter(({ subject_type }) => subject_type === 'actor')) as Incident[]).sort(
            byText,
          );
        // An actor is in one shard, which knows of no time but its own.
        const shards = [0, 1].map((shard) => all.filter(({ user }) => user % 2 === shard));
        const expected = (await Promise.all(shards.map(toldInOneProcess))).flat();
        expect(ofActors(told)).toEqual(ofActors(expected));
      }),
      { numRuns: 60 },
    );
  });

  it('adds up what shards counted of products and of the site', async () => {
    // Two users in two shards view one product 6 times each: neither shard is beyond a limit.
    const views = [0, 1].flatMap((user) =>
      Array.from({ length: 7 }, (_, index) => ({ ms: 1000 + index * 900 + user, user, product: 7 })),
    );
    const later = [0, 1, 2, 3].map((user) => ({ ms: 200_000 + user * 1000, user, product: 9 }));
    const { told } = await deliver([...views, ...later], 2, () => false, { thresholds: thresholds.slice(1) });
    expect(told.filter(({ state }) => state === 'open')).toMatchObject([
      // The first window with more than 8 of a product ends after 5 seconds.
      { kind: 'product-rush', subject: '7', seen: 10, expected: 8, window_s: 20, event_type: null },
      { kind: 'flood', subject: 'shop_events', seen: 14, expected: 12, window_s: 10, event_type: 'view' },
    ]);
    expect(
      told
        .filter(({ state }) => state === 'closed')
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['flood', 'product-rush']);
  });

  it('refuses what it cannot judge, and an event without a window', async () => {
    const options = {
      store: createEmbeddedAlertStore(),
      notifier: createEmbeddedNotifier(),
      failures: poisonList(),
    };
    const few = { kind: 'few', of: 'site', lessThan: 1, within: 60 } as const;
    expect(() => createAlertHandler(shop, { ...options, thresholds: [few] })).toThrow(/the alarm silence/);
    expect(() => createAlertHandler(shop, { ...options, thresholds: [{ ...few, within: 0 }] })).toThrow(
      /THRESHOLD|cannot/,
    );
    const handler = createAlertHandler(shop, options);
    await expect(handler(recordedEvent('kinesis'), contextOf())).rejects.toThrow(/tumbling window/);
  });

  it('keeps the state within the limits of the service, however many actors there are', async () => {
    const metrics = metricList();
    const store = createEmbeddedAlertStore();
    const handler = createAlertHandler(shop, {
      thresholds,
      lateness: 10,
      store,
      notifier: createEmbeddedNotifier(),
      failures: poisonList(),
      now,
      metrics,
    });
    const many = Array.from({ length: 20_000 }, (_, index) => ({
      ms: index,
      user: 1_000_000_000 + index,
      product: 1_000_000_000 + index,
    }));
    let size = 0;
    let returned: unknown;
    const driver = shardDriver(
      'shardId-000000000000',
      many.map((click) => ({ text: text(click), arrived: start + click.ms })),
      {
        windowSeconds: 900,
        batchSize: 5000,
        instance: () => async (event, context) => {
          const response = await handler(event, context);
          size = Math.max(size, JSON.stringify(response.state).length);
          returned = response.state;
          return response;
        },
      },
    );
    while (await driver.next());
    expect(returned).toEqual({});
    expect(size).toBeLessThan(1_000_000);
    expect(
      (await store.loadCarry('alerts/shop-clicks/shardId-000000000000', new Date(now())))?.state.length,
    ).toBeLessThan(390_000);
    const unwatched = metrics.published.reduce((sum, one) => sum + (one.Unwatched ?? 0), 0);
    expect(unwatched).toBeGreaterThan(0);
  });
});
