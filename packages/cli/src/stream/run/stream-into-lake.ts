import { type AwsTarget, type EventsTable, HeadwaterError } from '@headwater/core';
import { loadEvents, readLookupRows } from '@headwater/etl';
import { openLakeStore } from '@headwater/storage';
import type { StreamConfig } from '@headwater/stream';
import { runStream, type StreamTick } from '@headwater/stream/local';
import type { Answer } from '../../answer/answer.ts';
import { openStreamArchive, type StreamArchive } from '../archive/stream-archive.ts';
import type { ServiceOptions, StreamServices } from '../services/stream-services.ts';
import { openRecordSource, sourceOf } from '../source/record-source.ts';
import type { FoundIncident } from '../view/found-incident.ts';
import { hoursIn } from '../view/hour-counts.ts';
import { createIncidentList } from '../view/incident-list.ts';
import { createLiveCollector } from '../view/live-collector.ts';
import type { LiveFigures } from '../view/live-figures.ts';
import { archiveErrorFrom } from './archive-error.ts';
import { eventSpan } from './event-span.ts';
import { faultPlan } from './fault-plan.ts';
import { openIncidentFile } from './incident-file.ts';
import { landingFolder } from './landing-folder.ts';
import { type AppliedEvents, liveCounts } from './live-counts.ts';
import { reportedRecords } from './reported-records.ts';
import { runHandlers } from './run-handlers.ts';
import type { RunSummary, SummarizedIncident } from './run-summary.ts';
import type { GivenInput } from './stream-input.ts';
import { visitorHours } from './visitor-hours.ts';

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
  /** Where the stream and its stores are. */
  readonly services: (options: ServiceOptions) => Promise<StreamServices> | StreamServices;
  /** The file that incidents are appended to. */
  readonly incidentsFile?: string | undefined;
  /** The seed of injected faults. Defaults to none. */
  readonly faults?: number | undefined;
  /** The parent of landing folders, where the user names one. */
  readonly landing?: string | undefined;
  readonly loadEvery: number;
  readonly lookups?: Readonly<Record<string, string>> | undefined;
  readonly memoryLimit?: string | undefined;
  readonly threads?: number | undefined;
  /** Seconds to wait for another run on the landing folder or the table. Defaults to 60. */
  readonly lockTimeoutSeconds?: number | undefined;
  readonly allow?: readonly string[] | undefined;
  /** Ends the run: what was sent is processed and archived. */
  readonly signal: AbortSignal;
  /** Whether a page shows the run: moments then have what it shows. */
  readonly hasPage?: boolean | undefined;
  /** Called a few times in a second. */
  readonly onMoment?: ((figures: LiveFigures) => Promise<void> | void) | undefined;
}

/** The answer of a run. */
export interface StreamRunAnswer extends Answer {
  readonly data: RunSummary;
}

/** Bytes of records that may wait for a load. */
const mostLanded = 256 << 20;

/** Seconds to wait for another run, as loads do. */
const defaultLockTimeout = 60;

/**
 * Streams an input through the whole pipeline: a stream of shards, live sessions and thresholds, and the archive, which fills the lake. It
 * ends when the input does, or when it is stopped; what was sent by then is in the lake.
 *
 * @returns the accounts of the run; its exit code is 1 when a record was not sent or was given up, which are reported with their payload
 * @throws HeadwaterError `STREAM_UNACCOUNTED` when a record is neither archived, a duplicate, quarantined nor reported;
 *   `STREAM_RESUME_CONFLICT`, `STREAM_UNSUPPORTED`, `INPUT_*`, `LAKE_*`
 */
export async function streamIntoLake(options: StreamRunOptions): Promise<StreamRunAnswer> {
  const { table, settings, shards } = options;
  const file =
    options.incidentsFile === undefined ? undefined : await openIncidentFile(options.incidentsFile);
  const incidents = createIncidentList(file?.add);
  const services = await options.services({
    ...{ table, shards, sessions: settings.sessions },
    onMessage: incidents.add,
  });
  try {
    return await streamThrough(options, services, incidents);
  } finally {
    await services.close();
    await file?.close();
  }
}

async function streamThrough(
  options: StreamRunOptions,
  services: StreamServices,
  incidents: ReturnType<typeof createIncidentList>,
): Promise<StreamRunAnswer> {
  const { table, lake, given, settings, speed, signal, onMoment } = options;
  const { store, capabilities } = services;
  const began = performance.now();
  const faults = options.faults === undefined ? undefined : faultPlan(options.faults, services.isReplayed);
  const folder = folderOf(options, services);
  const archive = await openArchive(options, services, folder).catch((cause: unknown) => {
    throw archiveErrorFrom(cause, { lake, folder });
  });
  try {
    if (faults && archive.before > 0)
      throw new HeadwaterError('STREAM_RESUME_CONFLICT', {
        folder,
        problem: 'faults put the records of each run into an order of their own',
      });
    const reported = reportedRecords(folder);
    const applied: AppliedEvents = { applied: 0, duplicates: 0, late: 0 };
    const span = eventSpan(services.countsKept);
    const hourOf = hoursIn(table.schema.zone ?? 'UTC');
    const visitors = options.hasPage ? visitorHours(table, hourOf) : undefined;
    const collect = createLiveCollector({
      ...{ table: table.name, lake, speed, capabilities, store, incidents },
      page: visitors && { hourOf, visitorsOf: visitors.count },
    });
    let tick: StreamTick | undefined;
    const showMoment = async (isEnding: boolean): Promise<void> => {
      await services.poll?.();
      if (!onMoment) return;
      const counts = runCounts(archive, tick);
      const clock = tick?.eventTime;
      await onMoment(await collect({ clock, range: span.range(clock), counts, isEnding }));
    };
    const handlers = runHandlers({
      ...{ table, settings, services, visitors },
      onApplied(applies) {
        applied.applied += applies.applied;
        applied.duplicates += applies.duplicates;
        applied.late += applies.late;
      },
    });
    const stream = await services.connect(folder, archive.after, faults !== undefined);
    // A run that fails takes nothing more from its source.
    const ended = new AbortController();
    const source = openRecordSource(table, given.input, speed, AbortSignal.any([signal, ended.signal]));
    const lookups = await readLookupRows(table, options.lookups ?? {});
    const report = await runStream({
      table,
      records: { source: sourceOf(given.input), lookups },
      source: span.over(source),
      stream,
      handlers,
      archive: {
        write: (shard, records) => archive.write(shard, records),
        async flush() {
          await showMoment(true);
          return archive.flush();
        },
      },
      // What an interrupted run archived comes again in a run that sends everything anew.
      archivedBefore: () => archive.before - archive.known(),
      onUnsent: reported.unsent,
      onFailure: reported.givenUp,
      tickMs: services.momentMs,
      async onTick(now) {
        tick = now;
        await showMoment(false);
      },
      ...(faults ? { faults } : {}),
      signal,
    }).finally(() => ended.abort());
    await showMoment(true);
    const range = span.range(report.eventTime);
    const live = await liveCounts(store, capabilities, applied, report.records, range);
    const givenUp = Object.values(report.handlers).reduce((sum, handler) => sum + handler.givenUp, 0);
    const { taken: sent, repeated: copies, unsent, isStopped } = report;
    const summary: RunSummary = {
      ...{ table: table.name, lake, input: given.name, isStopped },
      seconds: (performance.now() - began) / 1000,
      from: range?.from.toISOString() ?? null,
      to: range?.to.toISOString() ?? null,
      countedFrom: range?.counted.toISOString() ?? null,
      accounting: { sent, copies, unsent, before: archive.known(), lake: archive.counts() },
      reasons: archive.reasons,
      quarantinedBefore: archive.quarantinedBefore,
      live,
      incidents: incidents.count,
      found: settings.detection ? summarized(incidents.found) : null,
      reminders: incidents.reminders,
      ...{ givenUp, reported: reported.files, loads: archive.loads },
      faults: report.faults ?? null,
      created: services.created,
    };
    return { data: summary, exitCode: isStopped ? 130 : unsent + givenUp > 0 ? 1 : 0 };
  } catch (cause) {
    throw archiveErrorFrom(cause, { lake, folder });
  } finally {
    await archive.close();
  }
}

/** Those that detectors found, without their rows. */
const summarized = (found: readonly FoundIncident[]): readonly SummarizedIncident[] =>
  found
    .filter(({ words }) => words !== null)
    .map(({ id: _, evidence: __, at: ___, opened, closed, ...incident }) => ({
      ...incident,
      opened: opened.toISOString(),
      closed: closed?.toISOString() ?? null,
    }));

/** The landing folder of a run. */
function folderOf(
  { table, lake, given, faults, landing }: StreamRunOptions,
  { identity, isReplayed }: StreamServices,
): string {
  // A stream that outlives the run has the records of all inputs.
  const input = isReplayed ? given.identity : null;
  return landingFolder(
    { lake, table: table.name, input, stream: { identity, faults: faults ?? null } },
    landing,
  );
}

/** The archive of a run, in its landing folder. */
function openArchive(
  { table, lake, aws, given, loadEvery, ...options }: StreamRunOptions,
  { isReplayed }: StreamServices,
  folder: string,
): Promise<StreamArchive> {
  return openStreamArchive({
    ...{ table: table.name, lake, folder, isReplayed, everySeconds: loadEvery, mostBytes: mostLanded },
    store: openLakeStore(lake, { aws }),
    input: given.name,
    lockTimeoutSeconds: options.lockTimeoutSeconds ?? defaultLockTimeout,
    signal: options.signal,
    load: (inputs) =>
      loadEvents({
        ...{ table, lake, aws, inputs, lookups: options.lookups, source: sourceOf(given.input) },
        ...{ format: 'jsonl', areRecords: true, maxQuarantine: 1 },
        memoryLimit: options.memoryLimit,
        threads: options.threads,
        lockTimeoutSeconds: options.lockTimeoutSeconds,
        allow: options.allow,
      }),
  });
}

function runCounts(archive: StreamArchive, tick: StreamTick | undefined): LiveFigures['counts'] {
  const { rows: archived, duplicates, quarantined } = archive.counts();
  const { taken: sent = 0, unsent = 0 } = tick ?? {};
  const unread = Math.max(0, sent - unsent - archive.known() - archive.written());
  return { sent, archived, duplicates, quarantined, waiting: unread + archive.waiting(), unsent };
}
