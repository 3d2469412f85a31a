import { type AwsTarget, tableLocation } from '../../catalog/aws-target.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import { isDay } from '../../options/is-day.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { qualifiedName, quoteName } from '../../types/duckdb-type.ts';
import { assertRedshiftNames, redshiftDay, redshiftText } from './redshift-names.ts';
import { redshiftRole } from './redshift-role.ts';
import { type RedshiftTableOptions, redshiftColumn } from './redshift-table.ts';

/** What a load of Redshift reads. */
export interface RedshiftCopyOptions extends RedshiftTableOptions {
  /** The ARN of the role that reads the lake. Defaults to `headwater-<database>-redshift`. */
  readonly role?: string | undefined;
  /** The UTC day to load, `YYYY-MM-DD`. Defaults to every day of the lake. */
  readonly day?: string | undefined;
}

/**
 * The load of a lake's files into the table of {@link deriveRedshiftTable}: one day, or all of them. Days of the lake replace those of
 * the table in one transaction, so running it again changes nothing.
 *
 * COPY takes the columns of a Parquet file by their places and needs as many in the table
 * (https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-copy-from-columnar.html), so rows go through a staging table
 * with the columns of the files in their order. Files of an earlier definition have other columns: compact the lake first.
 * The bucket has to be in the region of the cluster.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a day that does not exist or a role that is no ARN, and like {@link deriveRedshiftTable}
 */
export function deriveRedshiftCopy(
  schema: TableSchema,
  target: AwsTarget,
  { schema: folder = 'public', role, day }: RedshiftCopyOptions = {},
): string {
  assertRedshiftNames(schema, folder);
  if (day !== undefined && !isDay(day))
    throw new HeadwaterError('OPTION_INVALID', { option: 'day', value: day, expected: 'a day, YYYY-MM-DD' });
  const table = qualifiedName(folder, schema.name);
  const staging = quoteName(`${schema.name}_staging`);
  const columns = schema.columns.map(({ name }) => quoteName(name)).join(', ');
  const [time, dt] = [quoteName(schema.partitioning.time), quoteName(redshiftDay)];
  const files = `${tableLocation(target, schema.name)}${day === undefined ? '' : `dt=${day}/`}`;
  return `BEGIN;
CREATE TEMP TABLE ${staging} (
${schema.columns.map((column) => `  ${redshiftColumn(column)}`).join(',\n')}
);
COPY ${staging} (${columns})
FROM ${redshiftText(files)}
IAM_ROLE ${redshiftText(redshiftRole(target, role))}
FORMAT AS PARQUET;
DELETE FROM ${table}${day === undefined ? '' : ` WHERE ${dt} = ${redshiftText(day)}`};
INSERT INTO ${table} (${columns}, ${dt})
SELECT ${columns}, TRUNC(${time}) FROM ${staging};
DROP TABLE ${staging};
COMMIT;
`;
}
