import type { Column, TableSchema } from '@headwater/core';
import { type DataFile, duckdbType, schemaAt } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import { actorsTable, actorValues, actorValuesThen, type EraserRun } from './actors-table.ts';
import { committedRows } from './committed-rows.ts';
import { actorColumn, readingOf } from './former-readings.ts';
import type { Rewriting } from './rewrite-folder.ts';
import { storedColumns } from './write-partition.ts';

/**
 * Counts the rows of the actors in committed files. The engine skips row groups by the statistics and bloom filters of the actor's column,
 * and reads no other column.
 */
export async function searchFiles(
  run: EraserRun,
  files: readonly DataFile[],
): Promise<ReadonlyMap<DataFile, number>> {
  const { schema, connection, localPath, actor } = run;
  const found = new Map<DataFile, number>();
  const byPath = new Map(files.map((file) => [localPath(file), file]));
  for (const [reading, some] of Map.groupBy(files, (file) => storedAs(run, file))) {
    // A file of an earlier definition may hold texts there that are no values of the type of now.
    const read = reading === 'typed' ? schema : withText(schema, actor);
    const counts = await rowsOf(
      connection,
      `SELECT file, count(*) AS rows FROM (${committedRows(read, some.map(localPath), { withFile: true })})
       WHERE ${isActor(run, reading)} GROUP BY file`,
    );
    for (const row of counts) {
      const file = byPath.get(String(row['file']));
      if (file) found.set(file, countOf(row['rows']));
    }
  }
  return found;
}

/** How a file stores the actor: in the type of now, or else the place of the earlier definition among the readings, -1 for none. */
type StoredAs = 'typed' | number;

const storedAs = (run: EraserRun, file: DataFile): StoredAs =>
  isStoredTyped(run, file) ? 'typed' : readingOf(run.readings, run.state, file);

/** SQL for whether a row, read as {@link searchFiles} reads it, is of one of the actors, by the reading of now or by that of then. */
function isActor({ schema, actor }: EraserRun, reading: StoredAs): string {
  const value = `v${actor}`;
  const isOneOf = (text: string, values: string): string =>
    `${text} IN (SELECT ${values} FROM ${actorsTable})`;
  if (reading === 'typed') return isOneOf(value, 'value');
  const read = `TRY_CAST(${value} AS ${duckdbType(actorColumn(schema).type)})`;
  const byNow = `${isOneOf(value, 'value::VARCHAR')} OR ${isOneOf(read, 'value')}`;
  return reading < 0 ? byNow : `${byNow} OR list_contains(${actorValuesThen(reading)}, ${value})`;
}

/** Whether a file stores the actor in the type of now, so that the engine can compare its statistics. */
export function isStoredTyped({ schema, state, actor }: EraserRun, { path }: DataFile): boolean {
  const column = schema.columns[actor];
  if (!column || column.type.kind === 'uuid') return false;
  const then = schemaAt(state, state.addedBy.get(path) ?? 0)?.columns;
  return then?.some(({ name, type }) => name === column.name && type === duckdbType(column.type)) ?? false;
}

const withText = (schema: TableSchema, actor: number): TableSchema => ({
  ...schema,
  columns: schema.columns.map(
    (column, index): Column => (index === actor ? { ...column, type: { kind: 'string' } } : column),
  ),
});

/** How the rows of other actors are read from committed files. */
export const dataRewriting = (run: EraserRun): Rewriting => ({
  timeColumn: run.schema.partitioning.time,
  select: (files) =>
    [...Map.groupBy(files, (file) => storedAs(run, file))]
      .map(([reading, some]) => otherRows(run, reading, some))
      .join(' UNION ALL '),
});

/** A SELECT of the rows of other actors in files that store the actor in one way. */
function otherRows(
  { schema, actor, localPath }: EraserRun,
  reading: StoredAs,
  files: readonly DataFile[],
): string {
  const value = `v${actor}`;
  const isListed = [
    `list_contains(${actorValues(schema)}, ${value})`,
    ...(reading === 'typed' || reading < 0
      ? []
      : [`list_contains(${actorValuesThen(reading)}, ${value}::VARCHAR)`]),
  ];
  return `SELECT ${storedColumns(schema)} FROM (${committedRows(schema, files.map(localPath))})
     WHERE NOT coalesce(${isListed.join(' OR ')}, false)`;
}
