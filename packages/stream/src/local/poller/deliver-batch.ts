import type { FailedDelivery, FailureCondition } from './failed-delivery.ts';
import { invoke } from './invoke.ts';
import { backOff, type ShardContext } from './shard-context.ts';
import type { PendingRecord } from './shard-progress.ts';
import type { TumblingWindow } from './tumbling-window.ts';

/** A part of a batch that is to be delivered. */
interface Part {
  readonly records: readonly PendingRecord[];
  /** Deliveries that failed with the first record at the head. Splitting does not count. */
  readonly failures: number;
}

/**
 * Delivers a batch until every record of it is done or given up. What lies behind the batch waits.
 *
 * A batch of which a part was answered as done continues from its first failed record on. With `bisect`, one that failed from its first
 * record on is split in two, until a record is alone. Only a delivery that is neither split nor shortened counts as a failure of its
 * first record.
 */
export async function deliverBatch(
  context: ShardContext,
  batch: readonly PendingRecord[],
  window: TumblingWindow | undefined,
): Promise<void> {
  const { options, settings, stop } = context;
  // What is to be delivered next is last.
  const parts: Part[] = [{ records: batch, failures: 0 }];
  for (let part = parts.pop(); part && !stop.aborted; part = parts.pop()) {
    const { records, failures } = await withoutExpired(context, part);
    if (records.length === 0 || stop.aborted) continue;
    const wire = records.map(({ record }) => record);
    const { outcome, state } = await invoke(context, wire, failures, window?.describe());
    if (outcome.isDone || outcome.failedFrom > 0) {
      if (state) await window?.keep(state);
      await markDone(context, outcome.isDone ? records : records.slice(0, outcome.failedFrom));
    }
    if (outcome.isDone) continue;
    const rest = records.slice(outcome.failedFrom);
    if (options.bisect && outcome.failedFrom > 0) {
      context.report.bisections += 1;
      parts.push({ records: rest, failures });
    } else if (options.bisect && rest.length > 1) {
      context.report.bisections += 1;
      const middle = Math.ceil(rest.length / 2);
      parts.push({ records: rest.slice(middle), failures }, { records: rest.slice(0, middle), failures });
    } else {
      const failed = outcome.failedFrom > 0 ? 1 : failures + 1;
      if (settings.maximumRetries !== -1 && failed > settings.maximumRetries)
        await giveUp(context, rest, 'RetryAttemptsExhausted', failed, outcome.error);
      else {
        await backOff(context, failed - 1);
        parts.push({ records: rest, failures: failed });
      }
    }
  }
}

/** A part without the records at its head that are too old, which are given up. */
async function withoutExpired(context: ShardContext, part: Part): Promise<Part> {
  const { maximumRecordAge } = context.settings;
  if (maximumRecordAge === -1) return part;
  const oldest = context.clock.now() - maximumRecordAge * 1000;
  const first = part.records.findIndex(({ record }) => (record.arrivedAt?.getTime() ?? oldest) >= oldest);
  const expired = first < 0 ? part.records.length : first;
  if (expired === 0) return part;
  await giveUp(context, part.records.slice(0, expired), 'RecordAgeExceeded', part.failures);
  return { records: part.records.slice(expired), failures: 0 };
}

/** Sends records to the failure destination, until it takes them, and marks them as done. */
async function giveUp(
  context: ShardContext,
  pending: readonly PendingRecord[],
  condition: FailureCondition,
  invocations: number,
  error?: unknown,
): Promise<void> {
  const { shard, options, report } = context;
  const { streamArn } = options.reader;
  const records = pending.map(({ record }) => record);
  const failed = { condition, streamArn, shard, records, invocations };
  if (!(await isTaken(context, error === undefined ? failed : { ...failed, error }))) return;
  report.givenUp += records.length;
  await markDone(context, pending);
}

/** False when the event source stops before the destination takes them. */
async function isTaken(context: ShardContext, failed: FailedDelivery): Promise<boolean> {
  for (let retry = 0; !context.stop.aborted; retry += 1) {
    try {
      await context.options.onFailure?.(failed);
      return true;
    } catch {
      await backOff(context, retry);
    }
  }
  return false;
}

async function markDone(context: ShardContext, records: readonly PendingRecord[]): Promise<void> {
  context.report.records += records.length;
  await context.progress.done(records);
}
