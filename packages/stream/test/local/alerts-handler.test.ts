import { describe, expect, it } from 'vitest';
import { createThresholdWatcher } from '../../src/alerts/threshold-watcher.ts';
import {
  createEmbeddedNotifier,
  createEmbeddedStore,
  defineThresholds,
  sessionRules,
} from '../../src/index.ts';
import { alertsHandler } from '../../src/local/run/alerts-handler.ts';
import { recommendHandler } from '../../src/local/run/recommend-handler.ts';
import { runStream } from '../../src/local/run/run-stream.ts';
import { sessionsHandler } from '../../src/local/run/sessions-handler.ts';
import type { SourceRecord } from '../../src/local/run/source-record.ts';
import { withReminders } from '../../src/local/run/with-reminders.ts';
import { createRecordReader } from '../../src/record/record-reader.ts';
import { createEmbeddedAlertStore } from '../../src/stores/embedded/embedded-alert-store.ts';
import { shop } from '../handlers/shop-table.ts';
import { FileArchive } from './file-archive.ts';

const start = Date.UTC(2026, 1, 1);
const thresholds = defineThresholds(shop, [
  { kind: 'many-actions', of: 'actor', moreThan: 10, within: 10 },
  { kind: 'product-rush', of: 'product', moreThan: 120, within: 60 },
  { kind: 'few-carts', of: 'site', actions: ['cart'], lessThan: 1, within: 60, severity: 'critical' },
]);

/** Two hours of 40 shoppers, of whom one is too fast twice; nobody fills a cart from 60 to 65 minutes. */
function shopEvents() {
  const events = [];
  for (let second = 0; second < 7200; second++) {
    const user = (second * 7) % 40;
    const isCart = second % 20 === 0 && (second < 3600 || second >= 3900);
    events.push({ second, user, product: user % 5, type: isCart ? 'cart' : 'view' });
    if ((second >= 1000 && second < 1030) || (second >= 5000 && second < 5010))
      for (const part of [0.1, 0.4, 0.7])
        events.push({ second: second + part, user: 41, product: 9, type: 'view' });
  }
  return events.map(({ second, user, product, type }) => ({
    ...{ event_time: new Date(start + second * 1000), event_type: type, product_id: BigInt(product) },
    ...{ price: 2.5, user_id: BigInt(user), email: null, session_id: `s${user}` },
  }));
}

async function* source(): AsyncGenerator<SourceRecord> {
  for (const event of shopEvents())
    yield {
      data: Buffer.from(
        JSON.stringify(event, (_name, value) => (typeof value === 'bigint' ? Number(value) : value)),
      ),
      partitionKey: event.session_id,
      eventTime: event.event_time,
    };
}

const archive = () => new FileArchive(createRecordReader(shop));

describe('alertsHandler', () => {
  it.each([1, 3])('tells what one watcher finds, over %i shards and faults', async (shards) => {
    const notifier = createEmbeddedNotifier();
    await runStream({
      table: shop,
      source: source(),
      archive: archive(),
      handlers: [
        alertsHandler(shop, {
          thresholds,
          lateness: 600,
          quiet: 1800,
          store: createEmbeddedAlertStore(),
          notifier,
        }),
      ],
      stream: { shards, capacity: 2000 },
      // Records that are put again much later would be late: the source does not wait, so minutes pass at once.
      faults: { seed: 5, lostAnswers: 0.02, crashesAfterWork: 0.1, crashesBeforeCheckpoint: 0.1 },
      send: { backoff: { baseMilliseconds: 1, maximumMilliseconds: 5 } },
      retryMs: 1,
    });
    const watcher = createThresholdWatcher(shop, { thresholds, lateness: 600, quiet: 1800 });
    const found = [
      ...shopEvents().flatMap((event) => watcher.observe(event)),
      ...watcher.advance(new Date(start + 7_800_000)),
      ...watcher.finish(),
    ];
    const kinds = found.flatMap((one) => (one.finding === 'breach' ? [`${one.kind} ${one.subject}`] : []));
    expect(new Set(kinds)).toEqual(new Set(['many-actions 41', 'few-carts shop_events']));
    const told = notifier.messages().map(({ body }) => JSON.parse(body));
    expect(
      told.map(({ kind, subject, state, seen }) => `${kind} ${subject} ${state} ${seen}`).sort(),
    ).toEqual([
      'few-carts shop_events closed 0',
      'few-carts shop_events open 0',
      'many-actions 41 closed 30',
      'many-actions 41 closed 30',
      'many-actions 41 open 30',
      'many-actions 41 open 30',
    ]);
    expect(told.find(({ kind, state }) => kind === 'few-carts' && state === 'open')).toMatchObject({
      ...{ window_s: 60, expected: 1, severity: 'critical', event_type: 'cart' },
    });
  });
});

describe('withReminders and recommendHandler', () => {
  it('remind of each cart once, when it is known to be left, and publish pairs once, whatever is delivered again', async () => {
    const notifier = createEmbeddedNotifier();
    const sessions = createEmbeddedStore(sessionRules(shop, { needs: ['carts'], endsAfterSeconds: 300 }));
    const store = createEmbeddedAlertStore();
    const reminding = withReminders(shop, sessionsHandler(sessions), {
      ...{ sessions, store, notifier, abandonedCart: { after: 60 } },
    });
    await runStream({
      table: shop,
      source: source(),
      archive: archive(),
      handlers: [
        reminding,
        recommendHandler(shop, { store, notifier, viewedTogether: { visits: 2, pause: 60, within: 600 } }),
      ],
      stream: { shards: 3, capacity: 2000 },
      faults: { seed: 6, crashesAfterWork: 0.2, crashesBeforeCheckpoint: 0.1 },
      retryMs: 1,
    });
    // Shoppers come every 40 seconds to the end, so no session was over, and none is reminded of a cart that goes on.
    expect(notifier.messages()).toEqual([]);
    const later = new Date(start + 7_200_000 + 400_000);
    await reminding.finish?.(later);
    await reminding.finish?.(later);
    const carts = notifier.messages().map(({ body }) => JSON.parse(body));
    const inCarts = shopEvents().filter(({ event_type }) => event_type === 'cart');
    expect(carts.map(({ session }) => session).sort()).toEqual(
      [...new Set(inCarts.map((one) => one.session_id))].sort(),
    );
  });
});
