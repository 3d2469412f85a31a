import { HeadwaterError } from '@headwater/core';
import { type OperationNode, SelectQueryNode } from 'kysely';
import type { TableScan } from './scan-plan.ts';

// Kysely keeps a source's node as it is, whatever a query gets besides.
const declared = new WeakSet<OperationNode>();

/** Declares that a query may read every day of what it selects from, and of nothing that it joins. */
export function declareUnbounded(query: OperationNode): void {
  if (SelectQueryNode.is(query)) for (const source of query.from?.froms ?? []) declared.add(source);
}

/** Whether a source was declared so. */
export const isDeclaredUnbounded = (source: OperationNode): boolean => declared.has(source);

/**
 * Refuses a query that reads every day of a table by accident: of one that it joins, or in a query inside it.
 * @throws HeadwaterError `SCAN_UNBOUNDED`
 */
export function assertBounded(scans: readonly TableScan[]): void {
  const found = scans.find(
    ({ days, mayBeUnbounded }) => !mayBeUnbounded && (days.first === undefined || days.last === undefined),
  );
  if (found) throw new HeadwaterError('SCAN_UNBOUNDED', { table: found.table });
}
