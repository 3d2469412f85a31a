import type { Column, TableSchema } from '@headwater/core';
import {
  type ColumnFiles,
  columnSource,
  duckdbType,
  type LakeState,
  quoteName,
  schemaAt,
} from '@headwater/core/internal';
import { type DamagedFile, damagedFile } from './damaged-files.ts';
import { emptyView } from './empty-view.ts';
import { lakeFiles } from './lake-files.ts';

/**
 * The view of a table: its committed files, its columns in their declared types, and the partition keys of the published
 * table, `dt` and for hourly tables `hour`. A renamed column is read under whichever of its names a file has. A column that
 * was added after a file was written is its default, or null, in the rows of that file.
 *
 * @param damaged files of the state that cannot be read: queries of other days answer without them, others fail
 */
export function deriveTableView(
  schema: TableSchema,
  state: LakeState,
  root: string,
  damaged: readonly DamagedFile[] = [],
): string {
  const keys: (readonly [name: string, type: string])[] = [['dt', 'DATE']];
  if (schema.partitioning.hour) keys.push(['hour', 'INTEGER']);
  const types = schema.columns.map((column) => [column.name, storedType(column)] as const);
  if (state.files.length === 0) return emptyView(schema.name, [...types, ...keys]);
  const isDamaged = new Set(damaged.map(({ file }) => file.path));
  const files = state.files.filter(({ path }) => !isDamaged.has(path));
  const failing = damaged.map((one) => damagedFile(one, types, root, schema.partitioning.hour));
  const view = (selects: readonly string[]): string =>
    `CREATE VIEW ${quoteName(schema.name)} AS ${selects.join(' UNION ALL ')}`;
  if (files.length === 0) return view(failing);
  const addedBy = new Map([...state.addedBy].filter(([path]) => !isDamaged.has(path)));
  const stored = storedColumns({ ...state, addedBy });
  // A cast to the stored type is free. It converts UTC-adjusted timestamps of other writers to plain ones.
  const columns = schema.columns.map(
    (column) => `${columnSource(column, storedType(column), stored)} AS ${quoteName(column.name)}`,
  );
  // With it, DuckDB first reads the schema of every file, which takes time. It is needed only if they differ.
  const options = stored.isUniform ? [] : ['union_by_name = true'];
  const { from, day, hour } = lakeFiles(root, schema.name, files, stored.present, options);
  const folders = [`${day} AS dt`, ...(schema.partitioning.hour ? [`${hour} AS hour`] : [])];
  return view([`SELECT ${[...columns, ...folders].join(', ')} FROM ${from}`, ...failing]);
}

/** Enums and UUIDs are text in Parquet and stay text. Loads have checked their values. */
const storedType = ({ type }: Column): string =>
  type.kind === 'enum' || type.kind === 'uuid' ? 'VARCHAR' : duckdbType(type);

/** The columns of the files: those of the definition at the commit that added each file. */
function storedColumns(state: LakeState): ColumnFiles & { readonly isUniform: boolean } {
  const spans = new Set([...new Set(state.addedBy.values())].map((commit) => schemaAt(state, commit)));
  const lists = [...spans].flatMap((span) => (span ? [span.columns] : []));
  const layouts = new Set(lists.map((list) => list.map(({ name, type }) => `${name} ${type}`).join()));
  const required = lists.map(
    (list) => new Set(list.flatMap(({ name, nullable }) => (nullable ? [] : [name]))),
  );
  const present = new Set(lists.flat().map(({ name }) => name));
  const always = [...present].filter((name) => required.every((names) => names.has(name)));
  return { present, always: new Set(always), isUniform: layouts.size <= 1 };
}
