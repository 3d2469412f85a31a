import type { PiiClass } from '../table/column-metadata.ts';
import type { DescribedColumn, TableSchema } from '../table/table-schema.ts';

// No table of events has a double underscore in its name.
const suffix = '__quarantine';

/** The name of the table that holds a table's refused rows. */
export const quarantineName = (table: string): string => `${table}${suffix}`;

/** The table whose refused rows a table of this name holds; undefined for the name of any other. */
export const quarantinedTable = (name: string): string | undefined =>
  name.endsWith(suffix) ? name.slice(0, -suffix.length) : undefined;

const classes: readonly PiiClass[] = ['none', 'pseudonymous', 'direct'];

/**
 * The columns of a quarantine's files, in their order. The raw text of a row holds whatever the row was about, so it is
 * as sensitive as the table's most sensitive column.
 */
export function quarantineColumns(schema: TableSchema): DescribedColumn[] {
  const text = { kind: 'string' } as const;
  const raw = classes.findLast((one) => schema.columns.some(({ pii }) => pii === one)) ?? 'none';
  const column = (
    name: string,
    type: DescribedColumn['type'],
    description: string,
    pii: PiiClass = 'none',
  ) => ({
    name,
    type,
    nullable: true,
    description,
    pii,
  });
  return [
    column('source', text, 'The input that the row came from'),
    column('line', { kind: 'int64' }, 'Its line there; null where there are no lines'),
    column('raw', text, 'The row as it was', raw),
    column(
      'record',
      { kind: 'map', value: text },
      'The texts by column; null for a line that could not be split',
      raw,
    ),
    column(
      'reasons',
      {
        kind: 'list',
        element: {
          kind: 'struct',
          fields: [
            { name: 'column', type: text, nullable: true },
            { name: 'code', type: text, nullable: false },
          ],
        },
      },
      'Why it was refused; no column where the line as a whole is broken',
    ),
    column('schema_version', text, 'Fingerprint of the definition that refused it'),
    column('run_id', text, 'The run that refused it'),
  ];
}
