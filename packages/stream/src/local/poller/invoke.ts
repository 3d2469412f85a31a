import type { StreamRecord } from '../../record/stream-record.ts';
import type { WindowState } from '../stream/checkpoint.ts';
import type { DeliveryWindow } from './delivery.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { ShardContext } from './shard-context.ts';

/** An outcome, and the state of the window that the handler returned. */
export interface Invoked {
  readonly outcome: Outcome;
  readonly state?: WindowState;
}

const isState = (state: unknown): state is WindowState =>
  typeof state === 'object' && state !== null && !Array.isArray(state);

/**
 * Invokes the handler once. Whatever it throws is an outcome.
 *
 * @param retry how often the first record was delivered at the head of a batch before
 */
export async function invoke(
  { shard, options, report }: ShardContext,
  records: readonly StreamRecord[],
  retry: number,
  window: DeliveryWindow | undefined,
): Promise<Invoked> {
  report.invocations += 1;
  if (retry > 0) report.retries += 1;
  try {
    const { streamArn } = options.reader;
    const delivery = { shard, records, streamArn, retry, ...(window ? { window } : {}) };
    const response = await options.handler(delivery);
    const outcome: Outcome = options.reportBatchItemFailures
      ? outcomeOf(response, records)
      : { isDone: true };
    if (!window) return { outcome };
    if (!isState(response?.state)) {
      const error = new Error('The answer has no state, which a tumbling window requires.');
      return { outcome: { isDone: false, failedFrom: 0, error } };
    }
    return { outcome, state: response.state };
  } catch (error) {
    return { outcome: { isDone: false, failedFrom: 0, error } };
  }
}
