import { quarantineColumns, quarantineName } from '../../lake/quarantine.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { type AwsTarget, tableLocation } from '../aws-target.ts';
import type { ExternalTable } from '../external-table.ts';
import { dayKey } from './day-key.ts';

/**
 * The table of the rows that loads rejected, with their raw text and reasons. `dt` is the day of the run, because a rejected
 * row may have no day of its own. Its days end tomorrow whatever `lastDay` is: runs go on after the last event.
 */
export function quarantineTable(schema: TableSchema, target: AwsTarget): ExternalTable {
  const { firstDay } = target;
  const name = quarantineName(schema.name);
  return {
    name,
    description: `Rows that loads of ${schema.name} rejected`,
    columns: quarantineColumns(schema),
    keys: [dayKey({ firstDay }, 'UTC day of the run, YYYY-MM-DD')],
    location: tableLocation(target, name),
    format: 'parquet',
    parameters: {},
  };
}
