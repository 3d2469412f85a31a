import type { Message, Notifier } from '../notify/notifier.ts';
import { addPair, shareStep } from '../recommend/pair-shares.ts';
import { createPairWatcher, type PairState } from '../recommend/pair-watcher.ts';
import { publishOnce } from '../recommend/publish-once.ts';
import { pairMessage } from '../recommend/recommendations.ts';
import { reminderDefaults, type ViewedTogetherConfig } from '../recommend/reminders-config.ts';
import type { EventRow } from '../record/event-identity.ts';
import type { RecordTable } from '../record/record-reader.ts';
import type { OnceStore } from '../windows/once-store.ts';
import type { ShareStore } from '../windows/share-store.ts';
import type { KinesisWindowResponse } from './envelope/kinesis-event.ts';
import type { LambdaContext } from './envelope/lambda-context.ts';
import { createWindowHandler, type WindowHandlerOptions } from './window/window-handler.ts';

/** Options of {@link createRecommendHandler}. */
export interface RecommendHandlerOptions extends WindowHandlerOptions {
  readonly store: WindowHandlerOptions['store'] & OnceStore & ShareStore;
  /** `createSnsNotifier(...)` in Lambda. */
  readonly notifier: Notifier;
  readonly viewedTogether?: ViewedTogetherConfig | undefined;
}

/** What fits into the state of a window. */
const fitting = { views: 8000, pairs: 8000 };

/**
 * A Lambda function that publishes pairs of products which are viewed together: one message with the attribute `kind` = `viewed-together`
 * for each pair and window, when it was viewed in so many visits. The event source mapping needs `TumblingWindowInSeconds`, 60 to 900,
 * and `FunctionResponseTypes: ['ReportBatchItemFailures']`; the partition key should be the actor or the session.
 *
 * @throws HeadwaterError `ROLE_MISSING`, `ACTION_MISSING`; when it is invoked, `DELIVERY_INVALID`, `NOTICES_UNPUBLISHED`
 */
export function createRecommendHandler<Table extends RecordTable>(
  table: Table,
  options: RecommendHandlerOptions,
): (event: unknown, context: LambdaContext) => Promise<KinesisWindowResponse> {
  const { store, notifier, now = Date.now, viewedTogether = {} } = options;
  const visits = viewedTogether.visits ?? reminderDefaults.viewedTogether.visits;
  const pairOptions = { ...fitting, ...viewedTogether, step: shareStep(visits) };
  const open = (state: unknown) => createPairWatcher(table, pairOptions, state as PairState | undefined);
  // The table is checked when the function starts, and not with its first delivery.
  open(undefined);
  return createWindowHandler(
    table,
    {
      handler: 'recommend',
      open,
      async process({ events }, watcher, shard) {
        const messages = new Map<string, Message>();
        for (const { event, record } of events)
          for (const pair of watcher.observe(event as EventRow, record)) {
            const total = await addPair(store, pair, shard, new Date(now()));
            const message = pairMessage({ ...pair, visits: total });
            if (total >= visits && !messages.has(message.id)) messages.set(message.id, message);
          }
        const by = { owner: shard, now: new Date(now()) };
        const published = await publishOnce({ store, notifier }, [...messages.values()], by);
        return { metrics: { Notices: published.length } };
      },
    },
    options,
  );
}
