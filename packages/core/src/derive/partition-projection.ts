import { columnOf, type TableSchema } from '../table/table-schema.ts';
import { type AwsTarget, tableLocation } from './aws-target.ts';
import { partitionKeys } from './partition-keys.ts';

/**
 * How one partition key is projected (https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html).
 * The type says how paths are spelled; the type of the key itself stays what the catalog says.
 */
export type Projection =
  | {
      readonly type: 'date';
      /** Java's DateTimeFormatter, such as `yyyy-MM-dd`. */
      readonly format: string;
      /** First and last, both included: a text in `format`, or `NOW`, `NOW-3YEARS`, `NOW+1DAYS`. NOW is UTC. */
      readonly range: readonly [first: string, last: string];
      readonly interval: number;
      readonly unit: ProjectionUnit;
    }
  | {
      readonly type: 'integer';
      /** First and last, both included. */
      readonly range: readonly [first: number, last: number];
      readonly interval?: number;
      /** Width with leading zeros. */
      readonly digits?: number;
    }
  | { readonly type: 'enum'; readonly values: readonly string[] }
  /** Nothing is projected: every query has to name the values it wants. */
  | { readonly type: 'injected' };

/** Units of a date projection's interval. Trino takes days and shorter only. */
export type ProjectionUnit = 'YEARS' | 'MONTHS' | 'WEEKS' | 'DAYS' | 'HOURS' | 'MINUTES' | 'SECONDS';

type Renderers = {
  readonly [Type in Projection['type']]: (
    projection: Extract<Projection, { type: Type }>,
  ) => Record<string, string>;
};

const renderers: Renderers = {
  date: ({ format, range, interval, unit }) => ({
    type: 'date',
    format,
    range: range.join(','),
    interval: String(interval),
    'interval.unit': unit,
  }),
  integer: ({ range, interval, digits }) => ({
    type: 'integer',
    range: range.join(','),
    ...(interval === undefined ? {} : { interval: String(interval) }),
    ...(digits === undefined ? {} : { digits: String(digits) }),
  }),
  enum: ({ values }) => ({ type: 'enum', values: values.join(',') }),
  injected: () => ({ type: 'injected' }),
};

function projectionOf(schema: TableSchema, target: AwsTarget, key: string): Projection {
  // A day more than today: a file of tomorrow by a clock that is ahead is not invisible.
  if (key === 'dt')
    return {
      type: 'date',
      format: 'yyyy-MM-dd',
      range: [target.firstDay, 'NOW+1DAYS'],
      interval: 1,
      unit: 'DAYS',
    };
  if (key === 'hour') return { type: 'integer', range: [0, 23], digits: 2 };
  const { type } = columnOf(schema, key);
  if (type.kind !== 'enum') throw new Error(`${schema.name}.${key}: partitioned by ${type.kind}`);
  return { type: 'enum', values: type.values };
}

/**
 * The table parameters that let Athena and Trino compute a table's partitions instead of looking them up
 * (https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html): a day that is loaded can be queried at once.
 *
 * @returns parameters for a Glue table, or for TBLPROPERTIES
 * @example derivePartitionProjection(clickstream.schema, target)
 * // { 'projection.enabled': 'true', 'projection.dt.type': 'date', ..., 'storage.location.template': 's3://lake/clickstream/dt=${dt}/' }
 */
export function derivePartitionProjection(schema: TableSchema, target: AwsTarget): Record<string, string> {
  const keys = partitionKeys(schema).map(({ Name }) => Name);
  const render = (projection: Projection): Record<string, string> =>
    (renderers[projection.type] as (projection: Projection) => Record<string, string>)(projection);
  const parameters = keys.flatMap((key) =>
    Object.entries(render(projectionOf(schema, target, key))).map(([name, value]): [string, string] => [
      `projection.${key}.${name}`,
      value,
    ]),
  );
  const folders = keys.map((key) => `${key}=\${${key}}/`).join('');
  return {
    'projection.enabled': 'true',
    ...Object.fromEntries(parameters),
    'storage.location.template': `${tableLocation(target, schema.name)}${folders}`,
  };
}
