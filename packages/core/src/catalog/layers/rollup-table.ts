import { HeadwaterError } from '../../errors/headwater-error.ts';
import { isPortableName } from '../../table/portable-name.ts';
import type { DescribedColumn } from '../../table/table-schema.ts';
import { type AwsTarget, tableLocation } from '../aws-target.ts';
import type { ExternalTable } from '../external-table.ts';
import { dayKey } from './day-key.ts';

/** The shape of a metric's pre-aggregated rows: one row for each period and each combination of dimensions. */
export interface RollupShape {
  /** The metric's name, in kebab case. */
  readonly metric: string;
  readonly description: string;
  readonly dimensions: readonly DescribedColumn[];
  readonly measures: readonly DescribedColumn[];
}

/** The name of a metric's rollup of a table. */
export const rollupName = (table: string, metric: string): string =>
  `${table}__rollup_${metric.replaceAll('-', '_')}`;

const periodColumn: DescribedColumn = {
  name: 'period',
  type: { kind: 'timestamp' },
  nullable: false,
  description: 'First instant of the period (UTC)',
  pii: 'none',
};

/**
 * The table of a metric's rollup: the first instant of the period, the dimensions, the measures, in folders by the day of the
 * period. Pass it to `glueTableInput`, `athenaDdl` or `trinoDdl`.
 *
 * @param table the name of the table of events
 * @throws HeadwaterError `DEFINITION_INVALID` for a name that is not valid in Hive or is used twice
 */
export function rollupTable(table: string, rollup: RollupShape, target: AwsTarget): ExternalTable {
  const name = rollupName(table, rollup.metric);
  const columns = [periodColumn, ...rollup.dimensions, ...rollup.measures];
  const taken = new Set(['dt']);
  for (const { name: column } of columns) {
    const problem = taken.has(column)
      ? 'is used twice'
      : isPortableName(column)
        ? ''
        : 'is not a valid column name';
    const fix = 'Use lower-case letters, digits and underscores; the names period and dt are reserved';
    if (problem) throw new HeadwaterError('DEFINITION_INVALID', { table: name, column, problem, fix });
    taken.add(column);
  }
  return {
    name,
    description: rollup.description,
    columns,
    keys: [dayKey(target, "UTC day of the period's first instant, YYYY-MM-DD")],
    location: tableLocation(target, name),
    format: 'parquet',
    parameters: {},
  };
}

/**
 * The table of the stored answers of a metric, over the files that a lake has: the texts of periods, as answers have them. It has rows of
 * replaced answers as well, until their files go; `headwater` reads the files that the state of the rollups lists.
 *
 * @param name the name of the folder of the rollup
 * @param columns those of the files
 */
export const storedRollupTable = (
  name: string,
  columns: readonly Pick<DescribedColumn, 'name' | 'type'>[],
  target: AwsTarget,
): ExternalTable => ({
  name,
  description:
    'Stored answers of a metric by day. Ask by `headwater query`: files of replaced answers stay here for an hour',
  columns: columns.map((column) => ({ ...column, description: '', nullable: true, pii: 'none' })),
  keys: [dayKey(target, 'Day of the answer in the zone of the table, YYYY-MM-DD')],
  location: tableLocation(target, name),
  format: 'parquet',
  parameters: {},
});
