import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';

/** The longest name in bytes (https://docs.aws.amazon.com/redshift/latest/dg/r_names.html). */
const longestName = 127;
/** Columns that Redshift has itself: `CREATE TABLE` with one of them fails. */
const systemColumns: ReadonlySet<string> = new Set([
  ...['oid', 'tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid'],
  ...['deletexid', 'insertxid'],
]);

/** The column that holds the lake's day of a row. */
export const redshiftDay = 'dt';

/**
 * Refuses names that Redshift would cut or that it uses itself.
 *
 * @throws HeadwaterError `DEFINITION_INVALID` naming the table or the column, `OPTION_INVALID` for the schema
 */
export function assertRedshiftNames({ name: table, columns }: TableSchema, schema: string): void {
  if (schema === '' || new TextEncoder().encode(schema).length > longestName)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'schema',
      value: JSON.stringify(schema),
      expected: `the name of a schema of at most ${longestName} bytes`,
    });
  const fix = 'Give it another name';
  // The staging table has eight characters more than the table's name, and the view of the stream has seven.
  if (table.length > longestName - 8)
    throw new HeadwaterError('DEFINITION_INVALID', {
      table,
      problem: `Redshift has names of at most ${longestName} bytes, and that of the staging table is 8 longer`,
      fix,
    });
  for (const { name } of columns) {
    const problem =
      name.length > longestName
        ? `Redshift has names of at most ${longestName} bytes`
        : systemColumns.has(name)
          ? 'Redshift has a column of this name in every table'
          : name === redshiftDay
            ? "Redshift's table gets a column of this name, the lake's day"
            : undefined;
    if (problem !== undefined)
      throw new HeadwaterError('DEFINITION_INVALID', { table, column: name, problem, fix });
  }
}

/** A text as a literal of Redshift, in which a backslash begins an escape, as in PostgreSQL 8. */
export const redshiftText = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
