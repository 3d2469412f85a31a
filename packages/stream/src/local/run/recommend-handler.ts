import type { EventsTable } from '@headwater/core';
import type { Notifier } from '../../notify/notifier.ts';
import { addPair, shareStep } from '../../recommend/pair-shares.ts';
import { createPairWatcher, type PairCount, type PairWatcher } from '../../recommend/pair-watcher.ts';
import { publishOnce } from '../../recommend/publish-once.ts';
import { pairMessage } from '../../recommend/recommendations.ts';
import { reminderDefaults, type ViewedTogetherConfig } from '../../recommend/reminders-config.ts';
import type { EventRow } from '../../record/event-identity.ts';
import type { OnceStore } from '../../windows/once-store.ts';
import type { ShareStore } from '../../windows/share-store.ts';
import type { DeliverySettings } from '../poller/event-source-options.ts';
import type { EventHandler } from './local-handler.ts';

/** Options of {@link recommendHandler}. */
export interface LocalRecommendOptions {
  readonly settings?: DeliverySettings;
  readonly viewedTogether?: ViewedTogetherConfig;
  readonly store: OnceStore & ShareStore;
  readonly notifier: Notifier;
}

/**
 * The handler of a run that publishes products viewed together. Pairs are counted for each shard, and added up in the store, as in
 * Lambda. Visits that are not over when the run ends are not counted.
 *
 * @throws HeadwaterError `ROLE_MISSING`, `ACTION_MISSING`
 */
export function recommendHandler(
  table: Pick<EventsTable, 'schema'>,
  { settings, store, notifier, viewedTogether }: LocalRecommendOptions,
): EventHandler<EventRow> {
  const pairs = { ...reminderDefaults.viewedTogether, ...viewedTogether };
  const step = shareStep(pairs.visits);
  createPairWatcher(table, pairs);
  const shards = new Map<string, { readonly watcher: PairWatcher; readonly waiting: PairCount[] }>();

  async function tellPairs(shard: string, waiting: PairCount[], now: Date): Promise<void> {
    for (const pair of waiting) {
      const visits = await addPair(store, pair, shard, now);
      if (visits >= pairs.visits)
        await publishOnce({ store, notifier }, [pairMessage({ ...pair, visits })], { owner: shard, now });
    }
    waiting.length = 0;
  }

  return {
    name: 'recommend',
    ...(settings && { settings }),
    async process(events, { shard }, now) {
      const known = shards.get(shard) ?? {
        watcher: createPairWatcher(table, { ...pairs, step }),
        waiting: [],
      };
      shards.set(shard, known);
      for (const { event } of events) known.waiting.push(...known.watcher.observe(event));
      await tellPairs(shard, known.waiting, now);
      return undefined;
    },
  };
}
