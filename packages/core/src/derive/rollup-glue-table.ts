import { HeadwaterError } from '../errors/headwater-error.ts';
import { isPortableName } from '../table/portable-name.ts';
import type { DescribedColumn } from '../table/table-schema.ts';
import { type AwsTarget, tableLocation } from './aws-target.ts';
import { externalTable } from './external-table.ts';
import { glueFormats } from './glue-format.ts';
import type { GlueTableInput } from './glue-table-input.ts';
import { dayKey } from './partition-keys.ts';
import { dayProjection, projectedKeys } from './partition-projection.ts';

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
 * The table of a metric's rollup as Glue's `TableInput`: the period's first instant, the dimensions, the measures, in
 * folders by the period's day.
 *
 * @param table the name of the table of events
 * @throws HeadwaterError `DEFINITION_INVALID` for a name that Hive would fold, or that is there twice
 */
export function deriveRollupGlueTable(table: string, rollup: RollupShape, target: AwsTarget): GlueTableInput {
  const name = rollupName(table, rollup.metric);
  const columns = [periodColumn, ...rollup.dimensions, ...rollup.measures];
  const taken = new Set(['dt']);
  for (const column of columns) {
    const problem = taken.has(column.name)
      ? 'is there twice'
      : isPortableName(column.name)
        ? ''
        : 'is not a column name';
    if (problem)
      throw new HeadwaterError('DEFINITION_INVALID', {
        table: name,
        column: column.name,
        problem,
        fix: 'Use other names, in lower-case letters, digits and underscores; period and dt are taken',
      });
    taken.add(column.name);
  }
  const location = tableLocation(target, name);
  return externalTable({
    name,
    description: rollup.description,
    columns,
    keys: [dayKey("UTC day of the period's first instant, YYYY-MM-DD")],
    location,
    format: glueFormats.parquet,
    parameters: projectedKeys(location, [['dt', dayProjection(target)]]),
  });
}
