import { schemaFingerprint } from '../../lake/schema-fingerprint.ts';
import { columnOf, type TableSchema } from '../../table/table-schema.ts';
import { type AwsTarget, tableLocation } from '../aws-target.ts';
import type { ExternalTable, PartitionKey } from '../external-table.ts';
import { projectionParameters } from '../projection/projection.ts';
import { withFormerNames } from '../read-view.ts';
import { dayKey } from './day-key.ts';
import type { LayerOptions } from './layer-table.ts';

const hourKey: PartitionKey = {
  name: 'hour',
  type: { kind: 'int32' },
  nullable: false,
  description: 'UTC hour, 0 to 23',
  pii: 'none',
  projection: { type: 'integer', range: [0, 23], digits: 2 },
};

/**
 * The partition keys of a table's clean events, in the order of its folders: `dt`, `hour`, then enum columns.
 *
 * An enum partition column is a key and not a column, because in Hive a name can be only one of the two. The files also
 * contain the column. Hive, Trino and Athena ignore it there, because they read Parquet columns by name.
 */
function curatedKeys(schema: TableSchema, target: AwsTarget): PartitionKey[] {
  const { hour, columns } = schema.partitioning;
  return [
    dayKey(target, 'UTC day, YYYY-MM-DD'),
    ...(hour ? [hourKey] : []),
    ...columns.map((name): PartitionKey => {
      const column = columnOf(schema, name);
      if (column.type.kind !== 'enum')
        throw new Error(`${schema.name} is partitioned by ${name}, which is not an enum`);
      return { ...column, projection: { type: 'enum', values: column.type.values } };
    }),
  ];
}

/**
 * The table of clean events: the Parquet files that loads write. Former names of its columns are columns too, after the others:
 * older files have them.
 */
export function curatedTable(
  schema: TableSchema,
  target: AwsTarget,
  { version, projection = {} }: LayerOptions,
): ExternalTable {
  const keys = curatedKeys(schema, target).map((key) => ({
    ...key,
    projection: projection[key.name] ?? key.projection,
  }));
  const names = new Set(keys.map(({ name }) => name));
  const strays = Object.entries(projection).filter(([name]) => !names.has(name));
  return {
    name: schema.name,
    description: schema.description,
    columns: withFormerNames(schema).columns.filter(({ name }) => !names.has(name)),
    keys,
    location: tableLocation(target, schema.name),
    format: 'parquet',
    parameters: {
      // Kept, so that the check of the table reports them.
      ...Object.assign({}, ...strays.map(([name, other]) => projectionParameters(name, other))),
      // Of the definition itself, without the columns that are added for former names.
      'headwater.fingerprint': schemaFingerprint(schema),
      ...(version === undefined ? {} : { 'headwater.version': version }),
    },
  };
}
