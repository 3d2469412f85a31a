import { type PiiClass, piiClasses } from '../table/column-metadata.ts';
import type { DescribedColumn, TableSchema } from '../table/table-schema.ts';

// Names of tables of events cannot contain a double underscore.
const suffix = '__quarantine';

/** The name of the table with a table's rejected rows. */
export const quarantineName = (table: string): string => `${table}${suffix}`;

/** The table whose rejected rows the quarantine with this name holds. Undefined when the name is not that of a quarantine. */
export const quarantinedTable = (name: string): string | undefined =>
  name.endsWith(suffix) ? name.slice(0, -suffix.length) : undefined;

/**
 * The columns of a quarantine's files, in their order. The raw text of a row may contain any of its values, so its PII class
 * is that of the table's most sensitive column.
 */
export function quarantineColumns(schema: TableSchema): DescribedColumn[] {
  const text = { kind: 'string' } as const;
  const raw = piiClasses.findLast((one) => schema.columns.some(({ pii }) => pii === one)) ?? 'none';
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
    column('source', text, 'The input file of the row'),
    column('line', { kind: 'int64' }, 'The line in the input; null for formats without lines'),
    column('raw', text, 'The raw text of the row', raw),
    column(
      'record',
      { kind: 'map', value: text },
      'The raw texts by column; null for a line that could not be split',
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
      'Why the row was rejected; the column is null when the line itself is broken',
    ),
    column('schema_version', text, 'Fingerprint of the definition that rejected the row'),
    column('run_id', text, 'The run that rejected the row'),
    ...(schema.sources
      ? [column('source_name', text, 'The source of the table that the input was read as')]
      : []),
  ];
}
