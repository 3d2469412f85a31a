import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { invalidRequest } from '../aws-error.ts';
import { parseUnload } from './parse-unload.ts';
import type { QueryRequest } from './query-execution.ts';
import { isHiveDdl, statementKind } from './statement-kind.ts';
import { substituteParameters } from './substitute-parameters.ts';
import type { WorkGroup } from './work-groups.ts';

/** The maximum length of a statement in Athena, in bytes of UTF-8. */
const longestQuery = 262_144;

/** The input of StartQueryExecution, with the limits of the service. */
export const startQueryInput = z.object({
  QueryString: z.string().min(1),
  ClientRequestToken: z.string().min(32).max(128).optional(),
  QueryExecutionContext: z
    .object({ Database: z.string().optional(), Catalog: z.string().optional() })
    .default({}),
  ResultConfiguration: z.object({ OutputLocation: z.string().optional() }).default({}),
  WorkGroup: z.string().default('primary'),
  ExecutionParameters: z.array(z.string().min(1).max(1024)).min(1).optional(),
  ResultReuseConfiguration: z
    .object({
      ResultReuseByAgeConfiguration: z
        .object({ Enabled: z.boolean(), MaxAgeInMinutes: z.int().min(0).max(10_080).default(60) })
        .optional(),
    })
    .optional(),
});

/** @see startQueryInput */
export type StartQueryInput = z.output<typeof startQueryInput>;

/**
 * Decides what a query will do: substitutes its parameters, and lets enforced settings of the workgroup override the client's.
 *
 * @throws AwsError for a request that Athena rejects before it runs anything, and for what the façade does not have
 */
export function settleQuery(input: StartQueryInput, workGroup: WorkGroup): QueryRequest {
  const { QueryString: sql, ExecutionParameters: parameters = [], QueryExecutionContext } = input;
  if (Buffer.byteLength(sql) > longestQuery)
    throw invalidRequest(`Query string is longer than ${longestQuery} bytes`);
  if (workGroup.State === 'DISABLED') throw invalidRequest(`WorkGroup ${workGroup.Name} is disabled.`);
  if (isHiveDdl(sql))
    throw invalidRequest(
      'The local Athena runs Trino, which does not have the DDL of Hive: create the table through Glue.',
      'MALFORMED_QUERY',
    );
  const { Configuration } = workGroup;
  const enforced = Configuration.EnforceWorkGroupConfiguration === true;
  const ruled = Configuration.ResultConfiguration?.OutputLocation;
  const isManaged = Configuration.ManagedQueryResultsConfiguration?.Enabled === true;
  const asked = input.ResultConfiguration.OutputLocation;
  if (isManaged && asked !== undefined)
    throw invalidRequest(
      `WorkGroup ${workGroup.Name} has managed query results: it takes no ResultConfiguration.`,
    );
  const output = isManaged ? undefined : ((enforced ? ruled : undefined) ?? asked ?? ruled);
  if (output === undefined && !isManaged)
    throw invalidRequest(
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
    );
  const reuse = input.ResultReuseConfiguration?.ResultReuseByAgeConfiguration;
  const statement = parameters.length === 0 ? sql : substituteParameters(sql, parameters);
  const kind = statementKind(sql);
  if (kind.SubstatementType === 'UNLOAD') parseUnload(statement); // a malformed one is rejected here
  return {
    id: randomUUID(),
    sql,
    statement: statement.replace(/;\s*$/, ''),
    parameters,
    database: QueryExecutionContext.Database,
    catalog: QueryExecutionContext.Catalog ?? 'AwsDataCatalog',
    workGroup: workGroup.Name,
    kind,
    output: output === undefined || output.endsWith('/') ? output : `${output}/`,
    cutoff: Configuration.BytesScannedCutoffPerQuery,
    // Managed results are not reused (https://docs.aws.amazon.com/athena/latest/ug/managed-results.html).
    reuseFor: reuse?.Enabled && !isManaged ? reuse.MaxAgeInMinutes * 60_000 : undefined,
  };
}
