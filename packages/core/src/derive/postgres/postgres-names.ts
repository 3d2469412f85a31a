import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';

/** The longest name in bytes. PostgreSQL cuts longer ones without an error (NAMEDATALEN). */
const longestName = 63;
/** Columns that every table has (https://www.postgresql.org/docs/current/ddl-system-columns.html). */
const systemColumns: ReadonlySet<string> = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid']);
/** Schemas of PostgreSQL itself, and the one in which loads keep their records. */
const ownSchemas: ReadonlySet<string> = new Set(['information_schema', '_headwater']);
/** Added to a table's name for the names of its indexes, its partitions and its staging table. */
const longestSuffix = '_2019_10'.length;

/** The column that holds the lake's day of a row. */
export const postgresDay = 'dt';

/**
 * Refuses names that PostgreSQL would cut or that it uses itself.
 *
 * @throws HeadwaterError `DEFINITION_INVALID` naming the table or the column, `OPTION_INVALID` for the schema
 */
export function assertPostgresNames({ name: table, columns }: TableSchema, schema: string): void {
  const fail = (problem: string, column?: string): never => {
    throw new HeadwaterError('DEFINITION_INVALID', {
      table,
      ...(column === undefined ? {} : { column }),
      problem: `PostgreSQL ${problem}`,
      fix: column === undefined ? 'Give the table another name' : 'Give the column another name',
    });
  };
  const isOdd = schema === '' || new TextEncoder().encode(schema).length > longestName;
  if (isOdd || schema.startsWith('pg_') || ownSchemas.has(schema))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'schema',
      value: JSON.stringify(schema),
      expected: `the name of a schema of at most ${longestName} bytes that does not begin with pg_, and is none of ${[...ownSchemas].join(', ')}`,
    });
  // Names of definitions are ASCII, so characters are bytes.
  if (table.length > longestName - longestSuffix)
    fail(`has names of at most ${longestName} bytes, and partitions add ${longestSuffix} to that of a table`);
  for (const { name } of columns) {
    if (name.length > longestName) fail(`has names of at most ${longestName} bytes`, name);
    if (systemColumns.has(name)) fail('has a column of this name in every table', name);
    if (name === postgresDay) fail("table gets a column of this name, the lake's day", name);
  }
}
