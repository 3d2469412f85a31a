import type { Column, TableSchema } from '@headwater/core';
import {
  type ColumnFiles,
  columnSource,
  duckdbType,
  type LakeState,
  quoteName,
  schemaAt,
} from '@headwater/core/internal';
import { emptyView } from './empty-view.ts';
import { lakeFiles } from './lake-files.ts';

/**
 * The view of a table: its committed files, its columns in their declared types, and of the folder the day as `dt` and,
 * where there is one, the hour as `hour`, as the published table has them.
 * A column that was renamed is read under whichever of its names a file has; one that was added after a file was written
 * is its default in that file's rows, or null.
 */
export function deriveTableView(schema: TableSchema, state: LakeState, root: string): string {
  const keys: (readonly [name: string, type: string])[] = [['dt', 'DATE']];
  if (schema.partitioning.hour) keys.push(['hour', 'INTEGER']);
  if (state.files.length === 0) {
    const types = schema.columns.map((column) => [column.name, storedType(column)] as const);
    return emptyView(schema.name, [...types, ...keys]);
  }
  const stored = storedColumns(state);
  // A cast to the type that is stored already costs nothing; it makes UTC-adjusted timestamps of other writers plain.
  const columns = schema.columns.map(
    (column) => `${columnSource(column, storedType(column), stored)} AS ${quoteName(column.name)}`,
  );
  // Reading every file's schema first is only worth its time when they may differ.
  const options = stored.isUniform ? [] : ['union_by_name = true'];
  const { from, day, hour } = lakeFiles(root, schema.name, state.files, stored.present, options);
  const folders = [`${day} AS dt`, ...(schema.partitioning.hour ? [`${hour} AS hour`] : [])];
  return `CREATE VIEW ${quoteName(schema.name)} AS SELECT ${[...columns, ...folders].join(', ')} FROM ${from}`;
}

/** Enums and UUIDs are stored as text in Parquet and stay text: their values are checked when rows are loaded. */
const storedType = ({ type }: Column): string =>
  type.kind === 'enum' || type.kind === 'uuid' ? 'VARCHAR' : duckdbType(type);

/** What the files' columns are: those of the definition under which the commit that added a file was made. */
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
