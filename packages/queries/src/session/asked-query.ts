import { isHeadwaterError } from '@headwater/core';
import type { QueryOptions, QueryText } from './query.ts';

/** Which of its statements a question is asked by. */
export type StatementOptions = Pick<QueryOptions, 'noRollup'>;

/** A question that more than one statement answers: the one over the events, whose text it has, and others over rollups. */
export interface AskedQuery extends QueryText {
  /** Whether its answer may have estimates, so that it follows from the rollup that answers as well. */
  readonly mayEstimate?: boolean;
  /** The statement that would run now. */
  statement(options?: StatementOptions): Promise<QueryText>;
}

/** Anything that Kysely compiles, a metric query, or a statement with its parameters. */
export type AnyQuery = { compile(): QueryText } | QueryText | AskedQuery;

/** The statement over the events. */
export const eventsStatement = (query: AnyQuery): QueryText => ('compile' in query ? query.compile() : query);

/** The statement that would run now: over a rollup, where one answers. */
export const presentStatement = async (query: AnyQuery, options?: StatementOptions): Promise<QueryText> =>
  'statement' in query && query.statement ? query.statement(options) : eventsStatement(query);

/** The statement that the answer follows from: the one over the events, unless another may give estimates. */
export const keyStatement = async (query: AnyQuery): Promise<QueryText> =>
  'mayEstimate' in query && query.mayEstimate ? presentStatement(query) : eventsStatement(query);

/** Codes of a statement over a rollup that does not fit the lake any more: a commit came in between, or a file of it is gone. */
const outdated = ['QUERY_FAILED', 'LAKE_CHANGED', 'LAKE_CORRUPT'] as const;

/**
 * Runs the statement over a rollup, if there is one, and the one over the events when that fails because the lake has changed.
 *
 * @param run gets the statement over the rollup, and nothing for the one over the events
 */
export async function orFromEvents<Statement, Result>(
  stored: Statement | undefined,
  run: (chosen?: Statement) => Promise<Result>,
): Promise<Result> {
  if (!stored) return run();
  try {
    return await run(stored);
  } catch (error) {
    if (outdated.some((code) => isHeadwaterError(error, code))) return run();
    throw error;
  }
}
