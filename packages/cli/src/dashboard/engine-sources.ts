import { UsageError } from '../command-line/usage-error.ts';
import type { OpenedLake } from '../config/open-lake.ts';

/** Names of engines for people who read a report or a page. */
export const sources = {
  duckdb: 'DuckDB on this computer',
  trino: 'Trino',
  athena: 'Athena',
  postgres: 'PostgreSQL',
  redshift: 'Redshift',
} as const;

/** @throws UsageError for an engine that answers nothing */
export function assertRuns({ engine }: Pick<OpenedLake, 'engine'>): void {
  if (!engine.runsQueries) throw new UsageError(`--engine ${engine.name} writes queries and runs none.`);
}
