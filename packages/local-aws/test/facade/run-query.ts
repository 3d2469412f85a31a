import {
  type AthenaClient,
  GetQueryExecutionCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';

/** Starts a query and waits for its end, whichever that is. */
export async function runQuery(
  client: AthenaClient,
  sql: string,
  input: Omit<StartQueryExecutionCommandInput, 'QueryString'> = {},
): Promise<QueryExecution & { readonly id: string }> {
  const { QueryExecutionId: id = '' } = await client.send(
    new StartQueryExecutionCommand({ QueryString: sql, ...input }),
  );
  return { ...(await endOf(client, id)), id };
}

/** Waits for the end of a query. */
export async function endOf(client: AthenaClient, id: string): Promise<QueryExecution> {
  for (;;) {
    const { QueryExecution = {} } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
    const state = QueryExecution.Status?.State;
    if (state !== 'QUEUED' && state !== 'RUNNING') return QueryExecution;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
