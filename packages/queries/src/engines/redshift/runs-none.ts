import { HeadwaterError } from '@headwater/core';
import type { DatabaseConnection } from 'kysely';
import type { QueryText } from '../../session/query.ts';
import { ReadOnlyDriver } from '../../session/read-only-driver.ts';

/** Refuses to run a query. @throws HeadwaterError `QUERY_FAILED` */
export const runsNone = async ({ sql }: Pick<QueryText, 'sql'>): Promise<never> => {
  throw new HeadwaterError('QUERY_FAILED', {
    engine: 'redshift',
    sql,
    problem: 'this engine writes queries and runs none',
    advice: 'Run its text with a client of Redshift. `--explain` prints it',
  });
};

/** The driver of an engine that runs no query. */
export class RunsNoneDriver extends ReadOnlyDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    return {
      executeQuery: runsNone,
      // biome-ignore lint/correctness/useYield: it ends before a row.
      async *streamQuery(query) {
        await runsNone(query);
      },
    };
  }

  override async releaseConnection(): Promise<void> {}
}
