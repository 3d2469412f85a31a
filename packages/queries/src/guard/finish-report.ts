import type { OperationNode } from 'kysely';
import type { FinishedQuery } from '../session/query.ts';

type OnFinish = (query: FinishedQuery) => void;

const reports = new WeakMap<OperationNode, OnFinish>();

/** Sets or removes who is told when one query has run. Kysely passes a query's tree to its driver unchanged, so the tree is the key. */
export function reportFinish(query: OperationNode, onFinish: OnFinish | undefined): void {
  if (onFinish === undefined) reports.delete(query);
  else reports.set(query, onFinish);
}

/** Who is told when this query has run. */
export const finishReportOf = (query: OperationNode | undefined): OnFinish | undefined =>
  query === undefined ? undefined : reports.get(query);
