import { type AwsTarget, type EventsTable, HeadwaterError } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import { openLakeStore } from '@headwater/storage';
import type { StreamConfig } from '@headwater/stream';
import type { Answer } from '../../answer/answer.ts';
import { openStreamArchive } from '../archive/stream-archive.ts';
import { openRecordSource } from '../source/record-source.ts';
import { createIncidentList } from '../view/incident-list.ts';
import { createLiveCollector, sumAmounts } from '../view/live-collector.ts';
import type { LiveFigures, RunCounts } from '../view/live-figures.ts';
import { landingFolder } from './landing-folder.ts';
import { startPipeline } from './pipeline.ts';
import type { RunSummary } from './run-summary.ts';
import type { GivenInput } from './stream-input.ts';

/** A run of a stream into a lake. */
export interface StreamRunOptions {
  readonly table: EventsTable;
  readonly lake: string;
  readonly aws: AwsTarget | undefined;
  /** The settings of the stream. */
  readonly settings: StreamConfig;
  readonly given: GivenInput;
  readonly speed: number;
  readonly shards: number;
  readonly faults?: number | undefined;
  /** The parent of landing folders, where the user names one. */
  readonly landing?: string | undefined;
  readonly loadEvery: number;
  readonly lookups?: Readonly<Record<string, string>> | undefined;
  readonly memoryLimit?: string | undefined;
  readonly threads?: number | undefined;
  readonly lockTimeoutSeconds?: number | undefined;
  readonly allow?: readonly string[] | undefined;
  /** Ends the run: what was sent is processed and archived. */
  readonly signal: AbortSignal;
  /** Called a few times in a second. */
  readonly onMoment?: ((figures: LiveFigures) => Promise<void> | void) | undefined;
}

/** The answer of a run. */
export interface StreamRunAnswer extends Answer {
  readonly data: RunSummary;
}

/** Bytes of records that may wait for a load. */
const mostLanded = 256 << 20;
/** Milliseconds between moments. */
const momentPause = 200;

/**
 * Streams an input through the whole pipeline in this process: a stream of shards, live sessions and thresholds, and the archive, which
 * fills the lake. It ends when the input does, or when it is stopped; what was sent by then is in the lake.
 *
 * @returns the accounts of the run; its exit code is 1 unless every record is archived, a duplicate, quarantined or reported
 * @throws HeadwaterError `STREAM_RESUME_CONFLICT`, `STREAM_UNSUPPORTED`, `INPUT_*`, `LAKE_*`
 */
export async function streamIntoLake(options: StreamRunOptions): Promise<StreamRunAnswer> {
  const { table, lake, aws, settings, given, speed, shards, faults, signal, onMoment } = options;
  const began = performance.now();
  const stream = { shards, faults: faults ?? null };
  const folder = landingFolder({ lake, table: table.name, input: given.identity, stream }, options.landing);
  const archive = await openStreamArchive({
    table: table.name,
    lake,
    store: openLakeStore(lake, { aws }),
    folder,
    input: given.name,
    isReplayed: true,
    everySeconds: options.loadEvery,
    mostBytes: mostLanded,
    load: (inputs) =>
      loadEvents({
        ...{ table, lake, aws, inputs, lookups: options.lookups },
        ...{ format: 'jsonl', areRecords: true, maxQuarantine: 1 },
        memoryLimit: options.memoryLimit,
        threads: options.threads,
        lockTimeoutSeconds: options.lockTimeoutSeconds,
        allow: options.allow,
      }),
  });
  try {
    if (faults !== undefined && archive.before > 0)
      throw new HeadwaterError('STREAM_RESUME_CONFLICT', {
        folder,
        problem: 'faults put the records of every run into another order',
      });
    const incidents = createIncidentList();
    const source = openRecordSource(table, given.input, speed, signal);
    const pipeline = startPipeline({
      ...{ table, stream: settings, source, shards, archive, signal },
      onNotice: incidents.add,
    });
    const { store, capabilities, state } = pipeline;
    const collect = createLiveCollector({ table: table.name, lake, speed, capabilities, store, incidents });
    const countsNow = (): RunCounts => ({
      sent: state.sent,
      archived: archive.counts().rows,
      duplicates: archive.counts().duplicates,
      quarantined: archive.counts().quarantined,
      waiting: Math.max(0, state.sent - archive.known() - archive.written()) + archive.waiting(),
      unsent: 0,
    });
    const moment = (isEnding: boolean) => collect({ clock: state.clock, counts: countsNow(), isEnding });
    const watch = onMoment ? watching(() => moment(false).then(onMoment)) : undefined;
    try {
      await pipeline.done;
    } finally {
      await watch?.end();
    }
    await onMoment?.(await moment(true));
    const inLake = await archive.flush();
    const last = await moment(true);
    await onMoment?.(last);

    const { records } = inLake;
    const isBalanced =
      state.sent === archive.known() + archive.written() && records === archive.before + archive.written();
    const range = { from: new Date(0), to: new Date(8.64e15) };
    const minutes = await store.minutes(range, state.clock ?? new Date(0));
    const hasCarts = capabilities.has('carts');
    const sum = (of: (one: (typeof minutes)[number]) => number): number =>
      minutes.reduce((total, one) => total + of(one), 0);
    const summary: RunSummary = {
      ...{ table: table.name, lake, input: given.name, isStopped: signal.aborted },
      seconds: (performance.now() - began) / 1000,
      from: minutes[0]?.minute.toISOString() ?? null,
      to: state.clock?.toISOString() ?? null,
      accounting: { sent: state.sent, copies: 0, unsent: 0, before: archive.known(), lake: inLake },
      isBalanced,
      reasons: archive.reasons,
      live: {
        events: state.applied,
        duplicates: state.duplicates,
        late: state.late,
        rejected: state.rejected,
        sessions: capabilities.has('sessions') ? sum(({ sessions }) => sessions) : null,
        ...{ purchases: last.totals.purchases, revenue: last.totals.revenue },
        ...{ cartSessions: last.totals.cartSessions, abandonedSessions: last.totals.abandoned },
        abandonedValue: hasCarts ? sumAmounts(minutes.map(({ abandonedValue }) => abandonedValue)) : null,
      },
      incidents: incidents.count,
      givenUp: 0,
      loads: archive.loads,
    };
    return { data: summary, exitCode: signal.aborted ? 130 : isBalanced ? 0 : 1 };
  } finally {
    await archive.close();
  }
}

/** Does something again and again, with a pause between, until it is ended. A failure of it is thrown at the end. */
function watching(work: () => Promise<void>): { end(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isEnded = false;
  const next = (): void => {
    timer = setTimeout(() => {
      running = work().then(() => {
        if (!isEnded) next();
      });
      running.catch(() => undefined);
    }, momentPause);
  };
  next();
  return {
    async end() {
      isEnded = true;
      clearTimeout(timer);
      await running;
    },
  };
}
