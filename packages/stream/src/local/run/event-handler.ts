import type { RecordReader } from '../../record/record-reader.ts';
import type { EventResult } from '../../record/record-result.ts';
import type { Clock } from '../clock/clock.ts';
import type { DeliveryHandler } from '../poller/delivery.ts';
import type { HandlerClock } from './handler-clock.ts';
import type { LocalHandler } from './local-handler.ts';

/** What deliveries to a handler of events need. */
export interface EventDeliveryOptions<Event> {
  readonly read: RecordReader<Event>;
  readonly clock: Clock;
  readonly handlerClock: HandlerClock<Event>;
}

/** The delivery handler of a handler: reads the records of a delivery for one of events. */
export function deliveryHandler<Event>(
  handler: LocalHandler<Event>,
  { read, clock, handlerClock }: EventDeliveryOptions<Event>,
): DeliveryHandler {
  if ('deliver' in handler) return handler.deliver;
  return async (delivery) => {
    const events: EventResult<Event>[] = [];
    for (const record of delivery.records) {
      const result = read(record);
      if (result.kind === 'event') events.push(result);
    }
    const now = handlerClock.at(delivery.shard, events, delivery.retry > 0) ?? new Date(clock.now());
    const { failed = [], state } = (await handler.process(events, delivery, now)) ?? {};
    const batchItemFailures = failed.map((itemIdentifier) => ({ itemIdentifier }));
    return state ? { batchItemFailures, state } : { batchItemFailures };
  };
}
