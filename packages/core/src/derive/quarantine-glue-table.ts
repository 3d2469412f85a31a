import { quarantineColumns, quarantineName } from '../lake/quarantine.ts';
import type { TableSchema } from '../table/table-schema.ts';
import { type AwsTarget, tableLocation } from './aws-target.ts';
import { externalTable } from './external-table.ts';
import { glueFormats } from './glue-format.ts';
import type { GlueTableInput } from './glue-table-input.ts';
import { dayKey } from './partition-keys.ts';
import { dayProjection, projectedKeys } from './partition-projection.ts';

/**
 * The table of the rows that loads refused, with their raw text and reasons, as Glue's `TableInput`. `dt` is the day of
 * the run, not of the event: a row that was refused may have none.
 */
export function deriveQuarantineGlueTable(schema: TableSchema, target: AwsTarget): GlueTableInput {
  const name = quarantineName(schema.name);
  const location = tableLocation(target, name);
  return externalTable({
    name,
    description: `Rows that loads of ${schema.name} refused`,
    columns: quarantineColumns(schema),
    keys: [dayKey('UTC day of the run, YYYY-MM-DD')],
    location,
    format: glueFormats.parquet,
    parameters: projectedKeys(location, [['dt', dayProjection(target)]]),
  });
}
