import { HeadwaterError } from '@headwater/core';
import { type LakeTable, type TimeBound, timeRangeBetween } from '@headwater/queries';
import {
  createThresholdWatcher,
  type Finding,
  type Incident,
  type Share,
  type Threshold,
} from '@headwater/stream';
import {
  batchQuiet,
  createDetection,
  createIncidentLog,
  createLakeBatch,
  type DetectionConfig,
  detectionKinds,
  detectorTable,
  type LakeBatchOptions,
} from '@headwater/stream/detect';
import { createBatchRunner } from './batch-runner.ts';
import { dayBounds, daysWithRows, hasRowsFrom, rowsOfDay } from './lake-rows.ts';

/** What is looked for in the rows of a lake. */
export interface DetectInLakeOptions {
  /** First day `YYYY-MM-DD` in the table's time zone, or an instant. */
  readonly from: TimeBound;
  /** Last day, inclusive, or an instant, exclusive. */
  readonly to: TimeBound;
  /**
   * Days before `from` that are read first, as far as the lake has them, so that it is known what is usual. What is found in them is not
   * reported. Defaults to 14: hours of a week need two weeks.
   */
  readonly warmUpDays?: number | undefined;
  /**
   * Whether all rows of the range are in the lake, though it has none after the range. The end of the range is then judged too: a shop that
   * has gone silent is found, also on days without a row. Defaults to whether the lake has rows after the range.
   */
  readonly isComplete?: boolean | undefined;
  /** The kinds of incidents to report. Defaults to all. */
  readonly kinds?: readonly string[] | undefined;
  /** As those of a stream: the field `stream.detection` of the config. */
  readonly detection?: DetectionConfig | undefined;
  /** Parameters of the hourly and the daily batch, in place of their defaults; false leaves the batch out. */
  readonly batch?: LakeBatchOptions['parameters'] | false;
  /** Thresholds that run over the same rows. Defaults to none. */
  readonly thresholds?: readonly Threshold[] | undefined;
  /** Called with every notice, in order: an incident opened, updated or closed. A promise pauses the reading. */
  readonly onIncident?: ((incident: Incident) => Promise<void> | void) | undefined;
  readonly onProgress?: ((progress: DetectProgress) => void) | undefined;
  /** Stops the work. */
  readonly signal?: AbortSignal | undefined;
}

/** How far a detection is. */
export interface DetectProgress {
  /** The UTC day that is read. */
  readonly day: string;
  /** Rows read so far. */
  readonly rows: number;
  /** The share of the days that is done, 0 to 1. */
  readonly fraction: number;
}

/** What was read and found. */
export interface DetectReport {
  readonly table: string;
  /** The range as instants: from `from` until before `to`. */
  readonly from: string;
  readonly to: string;
  /** Rows of the range. */
  readonly rows: number;
  /** The first UTC day that was read before the range; null where the lake has no row there. */
  readonly warmUp: { readonly from: string; readonly rows: number } | null;
  /** Rows of actors on the allow-list. */
  readonly allowed: number;
  /** By kind, how many incidents were opened, and how many notices there were: opened, updated or closed. */
  readonly kinds: Readonly<Record<string, { readonly opened: number; readonly told: number }>>;
}

const dayMilliseconds = 86_400_000;

/**
 * Detects bots, floods and anomalies in the rows of a lake, with the detectors of the stream. Rows are read in the order of their time,
 * in bounded memory. The same rows have the same incidents as in a stream, with the same ids; nothing looks ahead, so a lake
 * that ends earlier has the same incidents up to there.
 *
 * @param table a table of a lake that was opened with DuckDB
 * @throws HeadwaterError `ROLE_MISSING` for a table without actors, unless there are thresholds, `OPTION_INVALID` for a
 *   range without rows that is not complete, `LAKE_NOT_FOUND`, `LAKE_NOT_LOCAL` for a lake on S3
 * @example
 * ```ts
 * const lake = createLake({ tables: [clickstream], engine: duckdbEngine({ lake: './lake' }) });
 * const report = await detectInLake(lake.clickstream, {
 *   from: '2019-10-01',
 *   to: '2019-10-07',
 *   onIncident: ({ kind, subject, state }) => console.log(kind, subject, state),
 * });
 * await closeLake(lake);
 * ```
 */
export async function detectInLake(table: LakeTable, options: DetectInLakeOptions): Promise<DetectReport> {
  const { from, to, warmUpDays = 14, detection = {}, onIncident, onProgress, signal } = options;
  const { schema } = table.definition;
  const lateness = (detection.lateness ?? 10) * 1000;
  const off = kindsOff(options);
  const thresholds = (options.thresholds ?? []).filter(({ kind }) => !off.includes(kind));
  if (schema.roles.actor === undefined && thresholds.length === 0)
    throw new HeadwaterError('ROLE_MISSING', { table: schema.name, needs: ['actor'], missing: ['actor'] });
  const range = timeRangeBetween(from, to, schema.zone);
  const start = range.start.getTime();
  const whole = { start: new Date(start - warmUpDays * dayMilliseconds), end: range.end };
  const days = await daysWithRows(table, whole, signal);
  const { isComplete = false } = options;
  const hasRows = days.some((day) => Date.parse(day) + dayMilliseconds > start);
  if (!hasRows && !(isComplete && days.length > 0)) throw await noRows(table, from);

  const detectors = createDetection(table.definition, detectorTable, {
    ...detection,
    off,
  });
  const watcher =
    thresholds.length > 0
      ? createThresholdWatcher(table.definition, {
          allow: detection.allow ?? [],
          lateness: lateness / 1000,
          quiet: thresholdQuiet,
          thresholds,
        })
      : undefined;
  const { quiet = 2700 } = detection;
  const logs = {
    detectors: createIncidentLog(table.definition, { quiet }),
    thresholds: createIncidentLog(table.definition, { quiet: thresholdQuiet }),
  };
  const kinds: Record<string, DetectReport['kinds'][string]> = {};
  const batch =
    options.batch === false
      ? undefined
      : createLakeBatch(schema, Date.parse(days[0] ?? ''), {
          ...{ allow: detection.allow, off, parameters: options.batch },
        });
  const runner = batch && createBatchRunner(table, batch, signal);
  let lastRow = Number.NEGATIVE_INFINITY;
  const rows = { warmUp: 0, range: 0 };

  /** Gives notices of the range alone: those decided by its rows, by the end of one of its minutes, or by a run over one of its hours. */
  const tell = async (incidents: readonly Incident[], decided: number): Promise<void> => {
    if (decided < start) return;
    for (const incident of incidents) {
      const { opened, told } = kinds[incident.kind] ?? { opened: 0, told: 0 };
      kinds[incident.kind] = { opened: opened + (incident.state === 'open' ? 1 : 0), told: told + 1 };
      await onIncident?.(incident);
    }
  };
  const tellFound = async (found: readonly Finding[]): Promise<void> => {
    for (const finding of found) {
      batch?.note(finding);
      await tell(logs.detectors.tell([finding]), finding.time - lateness);
    }
  };
  const tellCrossed = async (found: readonly (Finding | Share)[]): Promise<void> => {
    for (const finding of found)
      if (finding.finding !== 'share') await tell(logs.thresholds.tell([finding]), finding.time - lateness);
  };
  const runBatches = async (time: number): Promise<void> => {
    for (const { finding, decided } of (await runner?.runUntil(time, lastRow)) ?? [])
      await tell(logs.detectors.tell([finding], batchQuiet), decided);
  };

  for (const [index, day] of days.entries()) {
    for await (const rowsOfBatch of rowsOfDay(table, day, whole, signal)) {
      for (const row of rowsOfBatch) {
        const time = timeOf(row, schema.partitioning.time);
        if (batch !== undefined && time >= batch.next) await runBatches(time);
        lastRow = time;
        rows[time >= start ? 'range' : 'warmUp'] += 1;
        const found = detectors.observe(row);
        // Awaiting takes longer than most rows do.
        if (found.length > 0) await tellFound(found);
        const crossed = watcher?.observe(row);
        if (crossed && crossed.length > 0) await tellCrossed(crossed);
      }
      onProgress?.({ day, rows: rows.warmUp + rows.range, fraction: (index + 0.5) / days.length });
    }
  }
  if (rows.range === 0 && !isComplete) throw await noRows(table, from);
  // Where the lake goes on, the range is over: its last minutes are judged, and what was quiet until then is closed.
  const isOver = isComplete || (await hasRowsFrom(table, range.end, signal));
  if (isOver) {
    const end = new Date(range.end.getTime() + lateness);
    await tellFound(detectors.advance(end));
    if (watcher) await tellCrossed(watcher.advance(end));
  }
  await tellFound(detectors.finish());
  if (watcher) await tellCrossed(watcher.finish());
  if (batch) await runBatches((isOver ? range.end.getTime() : lastRow) + batch.delay);
  const [first = ''] = days;
  return {
    table: schema.name,
    from: range.start.toISOString(),
    to: range.end.toISOString(),
    rows: rows.range,
    warmUp: rows.warmUp > 0 ? { from: first, rows: rows.warmUp } : null,
    allowed: detectors.counts().allowed,
    kinds,
  };
}

/** Seconds: as thresholds of a stream have it. */
const thresholdQuiet = 1800;

function timeOf(row: Readonly<Record<string, unknown>>, column: string): number {
  const value = row[column];
  if (value instanceof Date) return value.getTime();
  throw new Error(`a row of the lake without ${column}`);
}

/** The kinds that are not reported. */
function kindsOff({ kinds, detection = {}, thresholds = [] }: DetectInLakeOptions): readonly string[] {
  const { off = [] } = detection;
  if (kinds === undefined) return off;
  const known = [...Object.keys(detectionKinds), ...thresholds.map(({ kind }) => kind)];
  const unknown = kinds.find((kind) => !known.includes(kind));
  if (unknown !== undefined)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'kinds',
      value: unknown,
      expected: `some of ${known.join(', ')}`,
    });
  return [...off, ...known.filter((kind) => !kinds.includes(kind))];
}

async function noRows(table: LakeTable, from: TimeBound): Promise<HeadwaterError> {
  const { name } = table.definition;
  const days = await dayBounds(table);
  return new HeadwaterError('OPTION_INVALID', {
    option: 'from',
    value: typeof from === 'string' ? from : from.toISOString(),
    expected: `a range in which ${name} has rows: ${days ? `it has some from ${days.first} to ${days.last}` : 'it has none'}`,
  });
}
