import { z } from 'zod';
import { invalidRequest } from '../aws-error.ts';
import type { QueryExecution } from './query-execution.ts';

/** The input of GetQueryResults. */
export const queryResultsInput = z.object({
  QueryExecutionId: z.string(),
  NextToken: z.string().max(1024).optional(),
  MaxResults: z.int().min(1).max(1000).default(1000),
});

/**
 * A page of a result. As in Athena, the first row of the first page is the names of the columns, and a null has no
 * VarCharValue.
 *
 * @throws AwsError while the query has no result, or for a token that is not valid
 */
export async function queryResults(
  execution: QueryExecution,
  { NextToken, MaxResults }: Pick<z.output<typeof queryResultsInput>, 'NextToken' | 'MaxResults'>,
): Promise<object> {
  const { state, request } = execution;
  if (!execution.isOver) throw invalidRequest(`Query has not yet finished. Current state: ${state}`);
  if (state !== 'SUCCEEDED')
    throw invalidRequest(`Query did not finish successfully. Final query state: ${state}`);
  const from = NextToken === undefined ? 0 : Number(/^row-(\d+)$/.exec(NextToken)?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) throw invalidRequest('NextToken is not valid');
  const { file } = execution.reusedFrom ?? execution;
  if (file === undefined) throw new Error(`Query ${request.id} has no result file`);
  const rows = await file.read(from, MaxResults);
  const next = from + rows.length;
  return {
    UpdateCount: execution.updateCount ?? 0,
    ResultSet: {
      Rows: rows.map((values) => ({
        Data: values.map((value) => (value === null ? {} : { VarCharValue: value })),
      })),
      ResultSetMetadata: { ColumnInfo: execution.columns },
    },
    ...(next < file.rows ? { NextToken: `row-${next}` } : {}),
  };
}
