import type { KinesisWindowResponse, LambdaContext } from '../../src/handlers/index.ts';
import { contextOf, kinesisDelivery } from './deliver.ts';

/** A record as it lies in a shard. */
export interface ShardRecord {
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly arrived: number;
}

/** How deliveries go wrong. */
export interface DriverOptions {
  readonly windowSeconds: number;
  readonly batchSize: number;
  /** Gives the function of the next invocation: a new one is a cold instance. */
  readonly instance: () => (event: unknown, context: LambdaContext) => Promise<KinesisWindowResponse>;
}

/** The stream of one shard as Lambda delivers it: in batches, with the state of a tumbling window, each until it succeeds. */
export function shardDriver(shard: string, records: readonly ShardRecord[], options: DriverOptions) {
  const { windowSeconds, batchSize, instance } = options;
  const length = windowSeconds * 1000;
  const startOf = ({ arrived }: ShardRecord) => Math.floor(arrived / length) * length;
  let place = 0;
  let state: unknown = {};
  let open: number | undefined;

  async function invoke(batch: readonly ShardRecord[], start: number, isFinal: boolean): Promise<void> {
    const { Records } = kinesisDelivery(
      batch.map(({ text }) => text),
      { first: place + 1, shard },
    );
    const event = {
      Records: Records.map((record, index) => ({
        ...record,
        kinesis: { ...record.kinesis, approximateArrivalTimestamp: (batch[index]?.arrived ?? 0) / 1000 },
      })),
      ...{ shardId: shard, eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/shop-clicks' },
      window: { start: new Date(start).toISOString(), end: new Date(start + length).toISOString() },
      ...{ isFinalInvokeForWindow: isFinal, isWindowTerminatedEarly: false },
      // As on the wire: what the function returned is text in between.
      state: JSON.parse(JSON.stringify(state)),
    };
    for (let tries = 0; ; tries++)
      try {
        const response = await instance()(event, contextOf());
        if (response.batchItemFailures.length > 0) throw new Error('Not expected here');
        state = JSON.parse(JSON.stringify(response.state));
        return;
      } catch (error) {
        if (tries === 20) throw error;
      }
  }

  return {
    /** Delivers the next batch, and ends a window before one of a later window; false when nothing is left. */
    async next(): Promise<boolean> {
      const [first] = records.slice(place);
      if (open !== undefined && (first === undefined || startOf(first) > open)) {
        await invoke([], open, true);
        [state, open] = [{}, undefined];
      }
      if (first === undefined) return false;
      open ??= startOf(first);
      const batch = records
        .slice(place, place + batchSize)
        .filter((record) => startOf(record) <= (open ?? 0));
      await invoke(batch, open, false);
      place += batch.length;
      return true;
    },
  };
}
