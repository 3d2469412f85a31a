import { type ReminderParts, remindCarts } from '../recommend/remind-carts.ts';
import type { AbandonedCartConfig } from '../recommend/reminders-config.ts';
import type { AnyEventsTable, CapabilityOf } from '../sessions/capability.ts';
import type { LambdaContext } from './envelope/lambda-context.ts';
import type { HandlerLogger } from './telemetry/handler-logger.ts';
import type { HandlerMetrics } from './telemetry/handler-metrics.ts';

/** Options of {@link createReminderHandler}. */
export interface ReminderHandlerOptions extends ReminderParts {
  readonly abandonedCart?: AbandonedCartConfig | undefined;
  readonly metrics?: HandlerMetrics | undefined;
  readonly logger?: HandlerLogger | undefined;
  /** Milliseconds since 1970. Defaults to `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/**
 * A Lambda function that EventBridge invokes each minute, by a schedule of `rate(1 minute)`: it publishes reminders of the carts that are due, one
 * message with the attribute `kind` = `abandoned-cart` for each session. That a cart was left is what no event says, so a stream cannot
 * trigger it. A run that fails is made up for by the next one.
 *
 * @throws when it is invoked, HeadwaterError `NOTICES_UNPUBLISHED`
 * @example
 * ```ts
 * export const handler = createReminderHandler(clickstream, {
 *   abandonedCart: { after: 3600 },
 *   sessions: createDynamodbStore(sessionRules(clickstream, { needs: ['carts'] }), { client, table: 'shop-sessions' }),
 *   store: createDynamodbAlertStore(clickstream, { client, table: 'shop-sessions' }),
 *   notifier: createSnsNotifier({ client: new SNSClient(), topicArn: 'arn:aws:sns:eu-central-1:123456789012:shop-reminders' }),
 * });
 * ```
 */
export function createReminderHandler<Table extends AnyEventsTable>(
  { schema }: 'carts' extends CapabilityOf<Table> ? Table : never,
  { abandonedCart = {}, metrics, logger, now = Date.now, ...parts }: ReminderHandlerOptions,
): (event?: unknown, context?: LambdaContext) => Promise<{ readonly reminders: number }> {
  return async () => {
    let reminders = 0;
    try {
      const by = { owner: 'reminders', now: new Date(now()) };
      reminders = (await remindCarts(schema, abandonedCart, parts, by)).length;
      return { reminders };
    } catch (error) {
      logger?.error('Reminders were not all published', { error });
      throw error;
    } finally {
      metrics?.publish({ Notices: reminders });
    }
  };
}
