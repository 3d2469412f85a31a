import type { EventsTable } from '@headwater/core';
import {
  createEmbeddedStore,
  createRecordReader,
  createThresholdWatcher,
  type DeliveredEvent,
  type LiveStore,
  type Notice,
  type StreamConfig,
  sessionRules,
} from '@headwater/stream';
import { createLocalStream, type Delivery, runEventSource } from '@headwater/stream/local';
import type { StreamArchive } from '../archive/stream-archive.ts';
import type { SourceRecord } from '../source/source-record.ts';

/** A run of the pipeline in this process. */
export interface PipelineOptions {
  readonly table: EventsTable;
  readonly stream: StreamConfig;
  readonly source: AsyncIterable<SourceRecord>;
  readonly shards: number;
  readonly archive: StreamArchive;
  readonly onNotice: (notice: Notice) => void;
  readonly signal: AbortSignal;
}

export interface PipelineState {
  sent: number;
  applied: number;
  duplicates: number;
  late: number;
  rejected: number;
  clock: Date | undefined;
}

export function startPipeline({ table, stream: config, source, shards, archive, signal }: PipelineOptions) {
  const rules = sessionRules(table, config.sessions ?? {});
  const store = createEmbeddedStore(rules) as unknown as LiveStore;
  const stream = createLocalStream({ shards });
  const state: PipelineState = { sent: 0, applied: 0, duplicates: 0, late: 0, rejected: 0, clock: undefined };
  const read = createRecordReader(table);
  const watcher = createThresholdWatcher(table, config.thresholds ? { thresholds: config.thresholds } : {});
  const { time = '' } = table.schema.roles;
  const sessions = async ({ records }: Delivery) => {
    const delivered: DeliveredEvent[] = [];
    for (const record of records) {
      const result = read(record);
      if (result.kind !== 'event') {
        state.rejected += 1;
        continue;
      }
      const event = result.event as Readonly<Record<string, unknown>>;
      const at = event[time];
      if (at instanceof Date && (!state.clock || at > state.clock)) state.clock = at;
      delivered.push({ event, sequenceNumber: record.sequenceNumber });
      watcher.observe(event as never);
    }
    const report = await store.apply(delivered, state.clock ?? new Date(0));
    state.applied += report.applied;
    state.duplicates += report.duplicates;
    state.late += report.late;
    return null;
  };
  const drain = new AbortController();
  const run = (name: string, handler: (delivery: Delivery) => Promise<null>) =>
    runEventSource({
      ...stream.consumer(name),
      reader: stream.consumer(name).reader,
      checkpoints: stream.consumer(name).checkpoints,
      handler,
      batchSize: 500,
      idleMs: 50,
      drain: drain.signal,
    });
  const done = (async () => {
    const sources = [
      run('sessions', sessions),
      run('archive', async ({ shard, records }) => {
        await archive.write(shard, records);
        return null;
      }),
    ];
    for await (const { data, partitionKey } of source) {
      if (signal.aborted) break;
      await stream.putRecords([{ data, partitionKey }]);
      state.sent += 1;
    }
    stream.end();
    drain.abort();
    await Promise.all(sources);
    return state;
  })();
  return { store, capabilities: rules.capabilities, state, done };
}
