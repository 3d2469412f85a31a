import { resolve } from 'node:path';
import {
  type Column,
  duckdbType,
  type LakeState,
  quoteName,
  quoteText,
  type TableSchema,
} from '@headwater/core';

/**
 * The view of a table: its committed files, its columns in their declared types, and the day of the folder as `dt`.
 * A column that was added after a file was written is null in that file's rows.
 */
export function deriveTableView(schema: TableSchema, state: LakeState, root: string): string {
  const name = quoteName(schema.name);
  const types = schema.columns.map((column) => [quoteName(column.name), storedType(column)] as const);
  if (state.files.length === 0) {
    const empty = [...types, ['"dt"', 'DATE'] as const];
    const columns = empty.map(([column, type]) => `CAST(NULL AS ${type}) AS ${column}`);
    return `CREATE VIEW ${name} AS SELECT ${columns.join(', ')} WHERE false`;
  }
  const stored = storedColumns(state);
  // A cast to the type that is stored already costs nothing; it makes UTC-adjusted timestamps of other writers plain.
  const columns = types.map(([column, type], index) =>
    stored.names.has(schema.columns[index]?.name ?? '')
      ? `CAST(${column} AS ${type}) AS ${column}`
      : `CAST(NULL AS ${type}) AS ${column}`,
  );
  const files = state.files.map((file) => quoteText(resolve(root, file.path)));
  const options = [
    'hive_partitioning = true',
    "hive_types = {'dt': DATE}",
    // Reading every file's schema first is only worth its time when they may differ.
    ...(stored.isUniform ? [] : ['union_by_name = true']),
  ];
  return `CREATE VIEW ${name} AS SELECT ${columns.join(', ')}, "dt" FROM read_parquet([${files.join(', ')}], ${options.join(', ')})`;
}

/** Enums and UUIDs are stored as text in Parquet and stay text: their values are checked when rows are loaded. */
const storedType = ({ type }: Column): string =>
  type.kind === 'enum' || type.kind === 'uuid' ? 'VARCHAR' : duckdbType(type);

function storedColumns({ schemas }: LakeState): { names: ReadonlySet<string>; isUniform: boolean } {
  const lists = schemas.map(({ columns }) => columns.map(({ name }) => name));
  return { names: new Set(lists.flat()), isUniform: new Set(lists.map((list) => list.join())).size <= 1 };
}
