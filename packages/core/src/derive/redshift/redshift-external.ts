import type { AwsTarget } from '../../catalog/aws-target.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { qualifiedName, quoteName } from '../../types/duckdb-type.ts';
import { assertRedshiftNames, redshiftText } from './redshift-names.ts';
import { redshiftRole } from './redshift-role.ts';

/** The name of the role, where it is not the default. */
export interface RedshiftRoleOptions {
  /** The ARN of the role. Defaults to `headwater-<database>-redshift`. */
  readonly role?: string | undefined;
}

/**
 * The tables of the Glue database as a schema of Redshift: Spectrum reads the lake's files where they are. It does not know
 * Athena's partition projection, so register the partitions: `headwater lake register-partitions`.
 *
 * @returns one statement (https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_EXTERNAL_SCHEMA.html)
 * @throws HeadwaterError `OPTION_INVALID` for a role that is no ARN
 * @example deriveRedshiftExternalSchema(target) // CREATE EXTERNAL SCHEMA IF NOT EXISTS "shop_lake" FROM DATA CATALOG DATABASE 'shop' ...
 */
export function deriveRedshiftExternalSchema(target: AwsTarget, { role }: RedshiftRoleOptions = {}): string {
  return `CREATE EXTERNAL SCHEMA IF NOT EXISTS ${quoteName(`${target.database}_lake`)}
FROM DATA CATALOG
DATABASE ${redshiftText(target.database)}
REGION ${redshiftText(target.region)}
IAM_ROLE ${redshiftText(redshiftRole(target, role))};
`;
}

/** The stream of raw events. */
export interface RedshiftStreamOptions extends RedshiftRoleOptions {
  /** The name of the Kinesis data stream. Defaults to the table's. */
  readonly stream?: string | undefined;
  /** The schema that the view is in. Defaults to `public`. */
  readonly schema?: string | undefined;
}

/**
 * A materialised view over a stream of Kinesis, which Redshift refreshes within seconds (streaming ingestion,
 * https://docs.aws.amazon.com/redshift/latest/dg/materialized-view-streaming-ingestion-getting-started.html). It holds records as they
 * were sent, of which no rule of the definition was checked: its `payload` is for a look at the present; the clean rows are
 * those of the lake. A record that is no JSON is left out.
 *
 * @returns two statements
 * @throws HeadwaterError `OPTION_INVALID` for a role that is no ARN or a name that no stream has
 */
export function deriveRedshiftStream(
  schema: TableSchema,
  target: AwsTarget,
  { stream = schema.name, schema: folder = 'public', role }: RedshiftStreamOptions = {},
): string {
  assertRedshiftNames(schema, folder);
  // https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html
  if (!/^[a-zA-Z0-9_.-]{1,128}$/.test(stream))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'stream',
      value: stream,
      expected: 'the name of a stream: letters, digits and . _ -',
    });
  const source = quoteName(`${target.database}_streams`);
  return `CREATE EXTERNAL SCHEMA IF NOT EXISTS ${source}
FROM KINESIS
IAM_ROLE ${redshiftText(redshiftRole(target, role))};
CREATE MATERIALIZED VIEW ${qualifiedName(folder, `${schema.name}_stream`)}
AUTO REFRESH YES
AS SELECT
  approximate_arrival_timestamp,
  partition_key,
  shard_id,
  sequence_number,
  JSON_PARSE(kinesis_data) AS payload
FROM ${source}.${quoteName(stream)}
WHERE CAN_JSON_PARSE(kinesis_data);
`;
}
