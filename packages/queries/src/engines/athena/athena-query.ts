import { randomUUID } from 'node:crypto';
import type { QueryExecution } from '@aws-sdk/client-athena';
import type { TableSchema } from '@headwater/core';
import { isPublishedWorkgroup, resultConfiguration } from '@headwater/core/internal';
import { pause } from '@headwater/storage';
import type { FinishedQuery, QueryOptions, QueryText } from '../../session/query.ts';
import type { TrinoResult } from '../trino/trino-result.ts';
import { callAthena } from './athena-call.ts';
import type { AthenaClients } from './athena-clients.ts';
import type { AthenaEngineConfig } from './athena-engine.ts';
import { executionError, isRetryable } from './athena-error.ts';
import { openAthenaResult } from './athena-result.ts';
import { athenaStatement } from './athena-statement.ts';
import { nestedAnswers } from './nested-answers.ts';

const polls = { first: 100, most: 2_000 };
const retries = { first: 1_000, most: 10_000 };
const mostRuns = 3;

/**
 * Runs a compiled query on Athena: starts it, waits for its end, opens its result.
 *
 * @throws HeadwaterError `QUERY_FAILED`, `QUERY_UNAVAILABLE`, `QUERY_TOO_LONG`, `QUERY_PARAMETER_INVALID`
 */
export async function runAthena(
  config: AthenaEngineConfig,
  clients: AthenaClients,
  tables: readonly TableSchema[],
  query: QueryText,
  { signal, onFinish }: QueryOptions = {},
): Promise<TrinoResult> {
  for (let run = 1; ; run++) {
    const execution = await execute(config, clients, query, signal);
    if (execution.Status?.State === 'SUCCEEDED') {
      onFinish?.(finished(query.sql, execution));
      return openAthenaResult(clients, query.sql, execution, nestedAnswers(query.query, tables), signal);
    }
    if (!isRetryable(execution) || run === mostRuns) throw executionError(query.sql, execution, run);
    await pause(retries, run, signal);
  }
}

async function execute(
  config: AthenaEngineConfig,
  { athena }: AthenaClients,
  query: QueryText,
  signal: AbortSignal | undefined,
): Promise<QueryExecution> {
  const { GetQueryExecutionCommand, StartQueryExecutionCommand, StopQueryExecutionCommand } = await import(
    '@aws-sdk/client-athena'
  );
  const { database, workgroup, results, reuseMinutes } = config;
  const { sql } = query;
  const start = new StartQueryExecutionCommand({
    ...athenaStatement(query),
    // The same for every retry, so that a query whose answer was lost is not run twice.
    ClientRequestToken: randomUUID(),
    QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: database },
    WorkGroup: workgroup,
    // A workgroup with managed results refuses the member. The one that publishing makes has a location of its own
    // (https://docs.aws.amazon.com/athena/latest/ug/managed-results.html).
    ...(results === undefined || isPublishedWorkgroup(workgroup, database)
      ? {}
      : { ResultConfiguration: resultConfiguration(config, results) }),
    ...(reuseMinutes === undefined
      ? {}
      : {
          ResultReuseConfiguration: {
            ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reuseMinutes },
          },
        }),
  });
  const { QueryExecutionId: queryId = '' } = await callAthena({ sql, signal }, () => athena.send(start));
  try {
    for (let poll = 1; ; poll++) {
      const { QueryExecution: execution } = await callAthena({ sql, queryId, signal }, () =>
        athena.send(new GetQueryExecutionCommand({ QueryExecutionId: queryId })),
      );
      const state = execution?.Status?.State;
      if (execution && state !== 'QUEUED' && state !== 'RUNNING') return execution;
      await pause(polls, poll, signal);
    }
  } catch (error) {
    // Nobody will read the result any more, so the query must not cost anything more.
    await athena.send(new StopQueryExecutionCommand({ QueryExecutionId: queryId })).catch(() => undefined);
    throw error;
  }
}

function finished(sql: string, { QueryExecutionId = '', Statistics = {} }: QueryExecution): FinishedQuery {
  return {
    engine: 'athena',
    queryId: QueryExecutionId,
    sql,
    milliseconds: Statistics.TotalExecutionTimeInMillis ?? 0,
    scannedBytes: Statistics.DataScannedInBytes ?? 0,
    reused: Statistics.ResultReuseInformation?.ReusedPreviousResult ?? false,
  };
}
