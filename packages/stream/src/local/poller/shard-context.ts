import type { Clock } from '../clock/clock.ts';
import type { CheckedSettings, EventSourceOptions } from './event-source-options.ts';
import type { EventSourceReport } from './event-source-report.ts';
import type { ShardProgress } from './shard-progress.ts';

/** What everything that serves one shard shares. */
export interface ShardContext {
  readonly shard: string;
  readonly options: EventSourceOptions;
  readonly settings: CheckedSettings;
  readonly clock: Clock;
  readonly progress: ShardProgress;
  readonly report: EventSourceReport;
  /** Aborted when the event source stops, or another part of the shard failed. */
  readonly stop: AbortSignal;
}

/** Waits before a retry: twice as long each time, up to 100 times the first wait. */
export async function backOff({ options, clock, stop }: ShardContext, retry: number): Promise<void> {
  await clock.sleep((options.retryMs ?? 100) * Math.min(2 ** retry, 100), stop);
}
