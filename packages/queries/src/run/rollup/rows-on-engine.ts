import { HeadwaterError } from '@headwater/core';
import { type DataFile, type LakeState, readName } from '@headwater/core/internal';
import type { CompiledQuery } from 'kysely';
import { partitionDay } from '../../functions/functions.ts';
import { planScans } from '../../guard/cost/scan-plan.ts';
import { reportFinish } from '../../guard/finish-report.ts';
import { internals, type LakeTable } from '../../lake/create-lake.ts';
import type { DayRange } from '../../session/day-range.ts';
import type { QueryText } from '../../session/query.ts';

type Row = Record<string, unknown>;

/** Rows of one batch. */
const batchRows = 1000;

/**
 * Runs the query of a rollup on an engine that reads the folders of a lake on S3, and gives its rows as they come. They are those of one
 * commit: before the query and after it, the folders hold the files of the commit and nothing else, and the engine counts as many events of
 * each day as the commit does. Files that are put in place have names of their own, so that none comes and goes unseen.
 *
 * @param table of the lake that the engine reads
 * @param state the commit
 * @param query one of `rollupsOnEngine`
 * @returns batches of rows by column name. The last batch is not the end: only when the iteration ends, the rows are those of the commit
 * @throws HeadwaterError `LAKE_CHANGED` when another commit was made meanwhile, `LAKE_BUSY` when there are files that no commit lists,
 *   `OPTION_INVALID` for an engine that cannot write rollups, and what queries throw
 */
export async function* rowsOnEngine(
  table: LakeTable,
  state: LakeState,
  query: QueryText & { readonly onEngine?: QueryText | undefined },
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): AsyncIterableIterator<Row[]> {
  const { db, session } = table[internals];
  const { onEngine } = query;
  if (!isCompiled(onEngine)) throw new TypeError('This query is not one of rollupsOnEngine.');
  assertWritesRollups(table);
  const days = daysRead(table, onEngine);
  await assertSettled(table, state, days);
  await assertAllCounted(table, state, days, signal);
  let isReused = false;
  reportFinish(onEngine.query, ({ reused }) => {
    isReused = reused;
  });
  for await (const { rows } of db
    .getExecutor()
    .stream<Row>(onEngine, batchRows, signal ? { signal } : undefined)) {
    if (isReused)
      throw new HeadwaterError('OPTION_INVALID', {
        option: 'reuseMinutes',
        value: 'the result of an earlier run',
        expected: `absent, so that ${session.engine} computes a rollup from the present files`,
      });
    if (rows.length > 0) yield rows;
  }
  await assertSettled(table, state, days);
}

const isCompiled = (query: QueryText | undefined): query is CompiledQuery =>
  query?.query !== undefined && 'queryId' in query;

/** Rollups are for readers of every column, and the files that an engine reads have to be known. */
function assertWritesRollups(table: LakeTable): void {
  const { session } = table[internals];
  const { engine, permissionClass, lake = '' } = session;
  const refuse = (option: string, value: string, expected: string): HeadwaterError =>
    new HeadwaterError('OPTION_INVALID', { option, value, expected });
  if (permissionClass !== undefined)
    throw refuse('permissionClass', permissionClass, 'absent: a rollup is of all columns');
  if (!session.isSettled || !session.files || !lake.startsWith('s3://'))
    throw refuse('engine', engine, 'one that reads the folders of a lake on S3, with its address in `lake`');
}

/** The UTC days that a query reads of its table. */
function daysRead({ definition }: LakeTable, { query }: CompiledQuery): DayRange {
  const scans = planScans(query, [definition.schema]);
  const [first = ''] = scans.map(({ days }) => days.first ?? '').toSorted();
  const last = scans.map(({ days }) => days.last ?? '9999-12-31').toSorted();
  return { first, last: last.at(-1) ?? '9999-12-31' };
}

/** The days that an engine was found to have of a commit. Several rollups are of the same days. */
const counted = new WeakMap<LakeState, Set<string>>();

const isWithin = (day: string, { first = '', last = '9999-12-31' }: DayRange): boolean =>
  day >= first && day <= last;

/** Throws unless the folders of the days hold the files of the commit, and nothing else. */
async function assertSettled(table: LakeTable, state: LakeState, days: DayRange): Promise<void> {
  const { session } = table[internals];
  const { lake = '' } = session;
  const { name } = table.definition;
  const isSettled = await session.isSettled?.(name, days);
  const present = (await session.files?.(name)) ?? [];
  const [was, is] = [filesOf(state.files, days), filesOf(present, days)];
  const changed = [...was].find((path) => !is.has(path)) ?? [...is].find((path) => !was.has(path));
  if (changed !== undefined) throw new HeadwaterError('LAKE_CHANGED', { lake, file: changed });
  if (!isSettled)
    throw new HeadwaterError('LAKE_BUSY', {
      ...{ lake, table: name, waitedSeconds: 0 },
      holder: 'its folders hold files that no commit lists: of a load that runs, or of one that died',
    });
}

const filesOf = (files: readonly DataFile[], days: DayRange): Set<string> =>
  new Set(files.flatMap(({ day, path, hash }) => (isWithin(day, days) ? [`${path} ${hash}`] : [])));

/** Throws unless the engine finds as many events of each day as the commit has: days that its catalog lacks would be days without answers. */
async function assertAllCounted(
  table: LakeTable,
  state: LakeState,
  days: DayRange,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { db, session } = table[internals];
  const listed = new Map<string, number>();
  for (const { day, rows: events } of state.files)
    if (isWithin(day, days)) listed.set(day, (listed.get(day) ?? 0) + events);
  const known = counted.get(state) ?? new Set();
  counted.set(state, known);
  const open = [...listed.keys()].filter((day) => !known.has(day)).toSorted();
  const [first, last] = [open[0], open.at(-1)];
  if (first === undefined || last === undefined) return;
  const query = db
    .selectFrom(readName(table.definition.schema))
    .select(['dt', ({ fn }) => fn.countAll().as('events')])
    .where('dt', '>=', partitionDay(first))
    .where('dt', '<=', partitionDay(last))
    .groupBy('dt')
    .compile();
  const { rows } = await db.executeQuery(query, signal ? { signal } : undefined);
  const found = new Map(rows.map(({ dt, events }) => [String(dt), Number(events)]));
  for (const day of open) {
    const [seen, events] = [found.get(day) ?? 0, listed.get(day) ?? 0];
    if (seen !== events)
      throw new HeadwaterError('QUERY_FAILED', {
        engine: session.engine,
        sql: query.sql,
        problem: `it finds ${seen} events in the folder of ${day}, where the lake has ${events}`,
        advice:
          'Its table in the catalog lacks that day, or is of another place. See `headwater doctor`, and extend the days of the table: aws.firstDay, aws.lastDay, or `headwater lake register-partitions`',
      });
    known.add(day);
  }
}
