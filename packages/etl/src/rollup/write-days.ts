import { stat } from 'node:fs/promises';
import {
  type DataFile,
  dayAfter,
  daySources,
  inParallel,
  type RollupEntry,
  rollupFolder,
  rollupsOf,
  type StoredRollup,
  stagingPath,
  validEntries,
} from '@headwater/core/internal';
import { contentHash } from '../lake/content-hash.ts';
import type { AnswerWriters } from './answer-writers.ts';
import type { EventDays } from './event-days.ts';
import type { RollupPlace } from './rollup-place.ts';
import { isWorthKeeping } from './rollup-report.ts';
import type { AnswerWriter, RollupSource } from './rollup-source.ts';

/** A day whose answer was written. */
export interface DayWritten {
  readonly phase: 'write';
  readonly rollup: string;
  readonly day: string;
  /** Days of the rollup that are done, of those that have to be written. */
  readonly done: number;
  readonly days: number;
}

/** What the refresh of one rollup works on. */
export interface RefreshContext {
  readonly place: RollupPlace;
  readonly table: string;
  /** The committed files of the table that the answers are of. */
  readonly files: readonly DataFile[];
  readonly writers: AnswerWriters;
  /** The files of rollups that are there, by path, with their sizes. */
  readonly present: ReadonlyMap<string, number>;
  readonly days: EventDays;
  readonly signal: AbortSignal | undefined;
  readonly eventsPerGroup: number | undefined;
  readonly onProgress: ((progress: DayWritten) => void) | undefined;
}

/** A rollup as it is to be committed. */
export interface RefreshedRollup {
  readonly rollup: StoredRollup;
  readonly writtenDays: number;
}

/** Files that are put in their places at the same time. */
const placedAtOnce = 8;

/** Days after which a rollup that has too many groups is given up, so that a large lake is not read for nothing. */
const daysToMeasure = 31;

/**
 * Writes the days of a rollup that have no valid entry, in the order of time, and puts their files in place. They count when the state is
 * committed. A rollup with too many groups ends without entries.
 *
 * @param former the rollup as it was, if its answers are still those of the metric
 * @param measuresAgain whether one that was not kept is measured again
 */
export async function refreshRollup(
  context: RefreshContext,
  source: RollupSource,
  former: StoredRollup | undefined,
  measuresAgain = false,
): Promise<RefreshedRollup> {
  if (former && !former.isKept && !measuresAgain) return { rollup: former, writtenDays: 0 };
  const { days } = context;
  const sources = daySources(context.files);
  const entries = (former ? validEntries(former, sources) : []).filter(
    ({ path, bytes }) => path === undefined || context.present.get(path) === bytes,
  );
  const known = new Set(entries.map(({ day }) => day));
  const missing = days.all.filter((day) => !known.has(day));
  const written: RollupEntry[] = [];
  let columns = former?.columns ?? [];
  const measureAll = (): StoredRollup['measured'] => {
    const all = [...entries, ...written];
    return {
      days: all.length,
      groups: all.reduce((sum, { rows }) => sum + rows, 0),
      rows: all.reduce((sum, { day }) => sum + days.events(day), 0),
    };
  };
  const isGivenUp = (): boolean => {
    const measured = measureAll();
    return measured.days >= daysToMeasure && !isWorthKeeping(measured, context.eventsPerGroup);
  };
  for (const run of runsOf(missing, source.daysAtOnce)) {
    context.signal?.throwIfAborted();
    const [from, to] = [run[0] ?? '', run.at(-1) ?? ''];
    const writer = await context.writers.over({
      first: dayAfter(from, -source.before),
      last: dayAfter(to, source.after),
    });
    const found = await writer.answer(source.query(from, to));
    columns = writer.columns.map(({ name, type }) => ({ name, type }));
    const rows = new Map(found.map((one) => [one.day, one.rows]));
    const staged: StagedDay[] = [];
    for (const day of run) {
      context.signal?.throwIfAborted();
      const known = { day, rows: rows.get(day) ?? 0, sources: sources.of(day, source) ?? '0' };
      staged.push({ ...known, file: await stageDay(context, writer, source, known) });
    }
    // Each waits for the disk, and not for the others.
    await inParallel(staged, placedAtOnce, async (one) => {
      written.push(await placeDay(context, source, one));
      const [done, days] = [written.length, missing.length];
      context.onProgress?.({ phase: 'write', rollup: source.name, day: one.day, done, days });
    });
    if (isGivenUp()) break;
  }
  const measured = measureAll();
  const isKept = isWorthKeeping(measured, context.eventsPerGroup);
  const { name, metric, grain, by, kind, measure, metricVersion, before, after } = source;
  const all = [...entries, ...written].toSorted((one, other) => (one.day < other.day ? -1 : 1));
  const what = { ...(kind === undefined ? {} : { kind }), ...(measure === undefined ? {} : { measure }) };
  const facts = { name, metric, grain, by, ...what, metricVersion, before, after, columns, measured, isKept };
  // Files of one that is not kept are listed by no state, and go with the next refresh.
  if (!isKept)
    await context.place.store.remove(
      written.flatMap(({ path }) => path ?? []).filter((path) => !isListed(former, path)),
    );
  return { rollup: { ...facts, entries: isKept ? all : [] }, writtenDays: written.length };
}

/** Whether the state that readers may use lists a file. */
const isListed = (former: StoredRollup | undefined, path: string): boolean =>
  former?.entries.some((entry) => entry.path === path) ?? false;

/** A day whose rows are written, and not in their place yet. */
interface StagedDay extends Pick<RollupEntry, 'day' | 'rows' | 'sources'> {
  /** Undefined for a day without rows. */
  readonly file: string | undefined;
}

async function stageDay(
  { place: { work }, table }: RefreshContext,
  writer: AnswerWriter,
  { name }: RollupSource,
  { day, rows }: Omit<StagedDay, 'file'>,
): Promise<string | undefined> {
  if (rows === 0) return undefined;
  const staging = stagingPath(rollupsOf(table));
  await work.makeFolder(staging);
  const file = work.path(`${staging}/${name}-${day}.parquet`);
  await writer.write(day, file);
  return file;
}

async function placeDay(
  { place, table }: RefreshContext,
  source: RollupSource,
  { day, rows, sources, file }: StagedDay,
): Promise<RollupEntry> {
  if (file === undefined) return { day, sources, rows, bytes: 0 };
  const [hash, { size: bytes }] = [await contentHash(file), await stat(file)];
  const name = `${rollupFolder(table, source)}/dt=${day}/part-${hash.slice(0, 16)}.parquet`;
  return { day, sources, rows, bytes, path: await place.put(file, name, hash) };
}

/** Days one after another, in runs of at most so many. */
function runsOf(days: readonly string[], daysAtOnce: number): readonly (readonly string[])[] {
  const runs: string[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last !== undefined && run.length < daysAtOnce && dayAfter(last, 1) === day) run.push(day);
    else runs.push([day]);
  }
  return runs;
}
