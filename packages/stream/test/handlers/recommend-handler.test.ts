import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecommendHandler } from '../../src/handlers/index.ts';
import { createEmbeddedNotifier } from '../../src/index.ts';
import { createPairWatcher } from '../../src/recommend/pair-watcher.ts';
import { createEmbeddedAlertStore } from '../../src/stores/embedded/embedded-alert-store.ts';
import { poisonList } from './deliver.ts';
import { shop } from './shop-table.ts';
import { shardDriver } from './window-driver.ts';

const start = Date.UTC(2026, 1, 1);
const viewedTogether = { visits: 3, within: 3600, pause: 120 };
const now = () => start + 7_200_000;

interface View {
  readonly at: number;
  readonly user: number;
  readonly product: number;
}
const row = ({ at, user, product }: View) => ({
  ...{ event_time: new Date(start + at * 1000), event_type: 'view', product_id: BigInt(product) },
  ...{ price: 1, user_id: BigInt(user), email: null, session_id: `s${user}` },
});
const text = (view: View): string =>
  JSON.stringify(row(view), (_name, value) => (typeof value === 'bigint' ? Number(value) : value));

const views = fc
  .array(fc.record({ at: fc.nat(1200), user: fc.nat(7), product: fc.integer({ min: 1, max: 4 }) }), {
    maxLength: 80,
    size: 'max',
  })
  // The stream goes on, so that every visit comes to its end.
  .map((all) => [
    ...all.sort((one, other) => one.at - other.at),
    ...[0, 1].map((user) => ({ at: 3000, user, product: 1 })),
  ]);

describe('createRecommendHandler', () => {
  it('publishes each pair once, that shards viewed together often enough, whatever crashes', async () => {
    await fc.assert(
      fc.asyncProperty(views, fc.infiniteStream(fc.nat(3)), async (all, chances) => {
        const store = createEmbeddedAlertStore();
        const notifier = createEmbeddedNotifier();
        let isFailing = false;
        const crashing = {
          publish: async (...args: Parameters<typeof notifier.publish>) => {
            const report = await notifier.publish(...args);
            if (isFailing) throw new Error('crash');
            return report;
          },
        };
        const make = () =>
          createRecommendHandler(shop, {
            viewedTogether,
            store,
            notifier: crashing,
            failures: poisonList(),
            now,
          });
        let handler = make();
        const drivers = [0, 1].map((shard) =>
          shardDriver(
            `shardId-00000000000${shard}`,
            all
              .filter(({ user }) => user % 2 === shard)
              .map((view) => ({ text: text(view), arrived: start + view.at * 1000 })),
            {
              windowSeconds: 300,
              batchSize: 9,
              instance: () => {
                isFailing = chances.next().value === 0;
                if (chances.next().value === 0) handler = make();
                return handler;
              },
            },
          ),
        );
        for (const driver of drivers) while (await driver.next());
        const watcher = createPairWatcher(shop, viewedTogether);
        const expected = [
          ...all.flatMap((view) => watcher.observe(row(view))),
          ...watcher.advance(new Date(start + 3_590_000)),
        ];
        const keys = (pairs: readonly { readonly items: readonly string[] }[]) =>
          pairs.map(({ items }) => items.join(' ')).sort();
        const told = notifier.messages().map(({ body }) => JSON.parse(body));
        expect(keys(told)).toEqual(keys(expected));
        for (const one of told)
          expect(one).toMatchObject({ version: 1, kind: 'viewed-together', visits: 3, window_s: 3600 });
      }),
      { numRuns: 60 },
    );
  });
});
