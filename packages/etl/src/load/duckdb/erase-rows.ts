import type { Column, TableSchema } from '@headwater/core';
import { type DataFile, duckdbType, schemaAt } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import { actorsTable, actorValues, type EraserRun } from './actors-table.ts';
import { committedRows } from './committed-rows.ts';
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
  for (const [isTyped, some] of Map.groupBy(files, (file) => isStoredTyped(run, file))) {
    // A file of an earlier definition may hold texts there that are no values of the type of now.
    const read = isTyped ? schema : withText(schema, actor);
    const values = isTyped ? 'value' : 'value::VARCHAR';
    const counts = await rowsOf(
      connection,
      `SELECT file, count(*) AS rows FROM (${committedRows(read, some.map(localPath), { withFile: true })})
       WHERE v${actor} IN (SELECT ${values} FROM ${actorsTable}) GROUP BY file`,
    );
    for (const row of counts) {
      const file = byPath.get(String(row['file']));
      if (file) found.set(file, countOf(row['rows']));
    }
  }
  return found;
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
export const dataRewriting = ({ schema, actor, localPath }: EraserRun): Rewriting => ({
  timeColumn: schema.partitioning.time,
  select: (files) =>
    `SELECT ${storedColumns(schema)} FROM (${committedRows(schema, files.map(localPath))})
     WHERE NOT coalesce(list_contains(${actorValues(schema, actor)}, v${actor}), false)`,
});
