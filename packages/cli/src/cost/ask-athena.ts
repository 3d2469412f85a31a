import type { QueryExecution } from '@aws-sdk/client-athena';
import type { ServiceClients } from '../aws/service-clients.ts';
import type { Month } from './month.ts';
import type { RunQuery } from './query-cost.ts';

/** Athena keeps its history for 45 days (https://docs.aws.amazon.com/athena/latest/ug/querying-viewing-history.html). */
const historyDays = 45;
/** Of a page, and of a call for their details. */
const idsPerCall = 50;
/** 20,000 queries of a workgroup. */
const mostPages = 400;
const dayOfMilliseconds = 86_400_000;

/** The queries of a month, and what of it cannot be seen. */
export interface AskedQueries {
  readonly queries: readonly RunQuery[];
  /** What is missing, in words. */
  readonly unseen: readonly string[];
}

/**
 * Reads the queries of a month in some workgroups, the latest first, as far back as the month or Athena's history goes.
 *
 * @param workgroups names; one that does not exist has no queries
 * @param onPage called with the queries that were read so far
 */
export async function askAthena(
  { athena }: Pick<ServiceClients, 'athena'>,
  workgroups: readonly string[],
  month: Month,
  {
    now,
    signal,
    onPage,
  }: { readonly now: Date; readonly signal: AbortSignal; onPage?(queries: number): void },
): Promise<AskedQueries> {
  const { BatchGetQueryExecutionCommand, ListQueryExecutionsCommand } = await import(
    '@aws-sdk/client-athena'
  );
  const queries: RunQuery[] = [];
  const unseen: string[] = [];
  const kept = new Date(now.getTime() - historyDays * dayOfMilliseconds);
  if (kept > month.from)
    unseen.push(
      `Athena keeps its history for ${historyDays} days: queries before ${kept.toISOString().slice(0, 10)} are not in the sum`,
    );
  for (const WorkGroup of workgroups) {
    let NextToken: string | undefined;
    let isReached = false;
    for (let page = 0; !isReached; page++) {
      signal.throwIfAborted();
      if (page === mostPages) {
        unseen.push(
          `${WorkGroup} has more than ${mostPages * idsPerCall} queries: the oldest of the month are not in the sum`,
        );
        break;
      }
      const listed = await athena
        .send(new ListQueryExecutionsCommand({ WorkGroup, NextToken, MaxResults: idsPerCall }))
        .catch((error: unknown) => {
          // Athena's words for a workgroup that does not exist.
          if (error instanceof Error && /is not found|WorkGroup .*not/i.test(error.message)) return undefined;
          throw error;
        });
      const ids = listed?.QueryExecutionIds ?? [];
      if (ids.length > 0) {
        const { QueryExecutions = [] } = await athena.send(
          new BatchGetQueryExecutionCommand({ QueryExecutionIds: ids }),
        );
        const times = QueryExecutions.map(({ Status }) => Status?.SubmissionDateTime ?? now);
        queries.push(
          ...QueryExecutions.filter((_, index) => isWithin(times[index] ?? now, month)).map((query) =>
            runQuery(WorkGroup, query),
          ),
        );
        onPage?.(queries.length);
        isReached = times.length > 0 && times.every((time) => time < month.from);
      }
      NextToken = listed?.NextToken;
      if (NextToken === undefined) isReached = true;
    }
  }
  return { queries, unseen };
}

const isWithin = (time: Date, { from, to }: Month): boolean => time >= from && time < to;

const runQuery = (
  workgroup: string,
  { Query = '', StatementType, Statistics }: QueryExecution,
): RunQuery => ({
  workgroup,
  statement: Query,
  bytes: Statistics?.DataScannedInBytes ?? 0,
  isReused: Statistics?.ResultReuseInformation?.ReusedPreviousResult ?? false,
  isFree: StatementType === 'DDL' || StatementType === 'UTILITY',
});
