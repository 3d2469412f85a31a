import { telemetry } from './telemetry.ts';

/** What became of the records of a request. */
export interface SendCounts {
  readonly requests: number;
  readonly sent: number;
  readonly retried: number;
  readonly givenUp: number;
}

/** Puts records in a span, and counts what became of them. */
export async function measuredSend(records: number, send: () => Promise<SendCounts>): Promise<void> {
  if (!telemetry.isOn()) {
    await send();
    return;
  }
  const attributes = {
    'messaging.system': 'aws.kinesis',
    'messaging.operation.type': 'send',
    'messaging.batch.message_count': records,
  } as const;
  await telemetry.inSpan('headwater.send', { kind: 'producer', attributes }, async (span) => {
    const { requests, sent, retried, givenUp } = await send();
    span.set({
      ...{ 'headwater.requests': requests, 'headwater.sent': sent },
      ...{ 'headwater.retried': retried, 'headwater.given_up': givenUp },
    });
    for (const [outcome, count] of Object.entries({ sent, retried, given_up: givenUp }))
      if (count > 0) telemetry.measure('headwater.stream.sent', count, { 'headwater.outcome': outcome });
  });
}
