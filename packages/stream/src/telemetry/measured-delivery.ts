import { telemetry } from './telemetry.ts';

/** A delivery that is processed. */
export interface MeasuredDelivery {
  readonly handler: string;
  readonly table: string;
  readonly stream: string | undefined;
  readonly records: number;
}

/** The counts of a delivery, as the metrics of the handler have them. */
export interface DeliveryCounts {
  readonly Events?: number;
  readonly Poison?: number;
  readonly Unprocessed?: number;
  /** Milliseconds. */
  readonly ArrivalAge?: number;
}

/** Processes a delivery in a span, and measures its time, its counts and the age of its records. */
export async function measuredDelivery<Answer>(
  { handler, table, stream, records }: MeasuredDelivery,
  counts: DeliveryCounts,
  process: () => Promise<Answer>,
): Promise<Answer> {
  if (!telemetry.isOn()) return process();
  const of = { 'headwater.handler': handler, 'headwater.table': table } as const;
  const attributes = {
    ...of,
    'messaging.system': 'aws.kinesis',
    'messaging.operation.type': 'process',
    // The name in an ARN.
    'messaging.destination.name': stream?.split('/').at(-1),
    'messaging.batch.message_count': records,
  } as const;
  const begun = performance.now();
  return telemetry.inSpan(
    'headwater.process',
    { of: handler, kind: 'consumer', attributes },
    async (span) => {
      try {
        return await process();
      } finally {
        const { Events: events, Poison: poisoned, Unprocessed: unprocessed, ArrivalAge: age } = counts;
        span.set({
          'headwater.events': events,
          'headwater.poisoned': poisoned,
          'headwater.unprocessed': unprocessed,
        });
        for (const [outcome, count] of Object.entries({ events, poisoned, unprocessed }))
          if (count)
            telemetry.measure('headwater.stream.records', count, { ...of, 'headwater.outcome': outcome });
        if (age !== undefined) telemetry.measure('headwater.stream.age', age / 1000, of);
        telemetry.measure('messaging.process.duration', (performance.now() - begun) / 1000, of);
      }
    },
  );
}
