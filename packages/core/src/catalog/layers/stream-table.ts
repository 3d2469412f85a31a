import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { DataType } from '../../table/data-type.ts';
import { type FileColumn, isReadFromFile } from '../../table/file-schema.ts';
import { type LandedForm, landedSchema } from '../../table/landed-schema.ts';
import type { DescribedColumn, TableSchema } from '../../table/table-schema.ts';
import type { AwsTarget } from '../aws-target.ts';
import type { ExternalTable } from '../external-table.ts';
import { streamPlace, streamTableName } from '../stream-place.ts';
import { dayKey } from './day-key.ts';
import type { LayerOptions } from './layer-table.ts';

/** More digits than a double holds, which is what Firehose's deserializer may read a JSON number as. */
const mostDigits = 15;

const text = { kind: 'string' } as const;

/**
 * The type of a column in what a delivery stream writes. Clean events keep their types where Firehose's deserializer reads them
 * exactly: dates, and decimals of more than 15 digits, are text. Records are text altogether, because a value of another spelling
 * would be changed in silence (`1.7` in a column of integers), or fail its record.
 */
function landedType(column: FileColumn, form: LandedForm): DataType {
  const { type } = column;
  if (type.kind === 'list' || type.kind === 'struct' || type.kind === 'map')
    throw new HeadwaterError('TYPE_UNSUPPORTED', {
      target: 'Firehose',
      kind: type.kind,
      column: column.name,
      fix: 'Rows of a lake are flat: read its members by paths, or leave it out',
    });
  if (form === 'records' || type.kind === 'date') return text;
  return type.kind === 'decimal' && type.precision > mostDigits ? text : type;
}

/** The columns of what a delivery stream writes. Those of lookups are joined when the files are adopted. */
export const landedColumns = (schema: TableSchema, form: LandedForm): DescribedColumn[] =>
  landedSchema(schema, form)
    .columns.filter(isReadFromFile)
    .map((column) => ({
      ...column,
      type: landedType(column, form),
      nullable: form === 'records' || column.nullable,
    }));

/**
 * The table over what a delivery stream writes, and the schema by which Firehose converts. It is a table of its own, beside that of
 * clean events: its files are in no manifest, may have an event twice, and have it until they are removed. `headwater etl adopt` brings
 * them into the lake.
 *
 * @throws HeadwaterError `TYPE_UNSUPPORTED` for a column that Firehose cannot carry
 */
export function streamTable(
  schema: TableSchema,
  target: AwsTarget,
  { landing }: LayerOptions,
): ExternalTable {
  const { form, files } = streamPlace(schema.name, target, { landing });
  return {
    name: streamTableName(schema.name),
    description: `Events of ${schema.name} as a delivery stream writes them, before they are in the lake`,
    columns: landedColumns(schema, form),
    keys: [
      dayKey(
        { firstDay: target.firstDay },
        form === 'cleaned' ? 'UTC day, YYYY-MM-DD' : 'The day in the time of the record, YYYY-MM-DD',
      ),
    ],
    location: files,
    format: 'parquet',
    // Firehose compresses by Snappy.
    parameters: { 'parquet.compression': 'SNAPPY' },
  };
}
