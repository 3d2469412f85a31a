import { type ColumnShape, type EventsTable, HeadwaterError } from '@headwater/core';
import type { Threshold, ThresholdOf } from './threshold.ts';
import { thresholdProblems } from './threshold-problems.ts';

/**
 * Thresholds of one table. A threshold that needs a role or an action which the table lacks does not compile.
 *
 * @throws HeadwaterError `THRESHOLD_INVALID`, with every problem, for callers without types
 * @example
 * ```ts
 * export default defineConfig({
 *   tables: [clickstream],
 *   stream: {
 *     thresholds: defineThresholds(clickstream, [
 *       { kind: 'many-actions', of: 'actor', moreThan: 10, within: 10 },
 *       { kind: 'product-rush', of: 'product', actions: ['cart'], moreThan: 500, within: 60, every: 10 },
 *       { kind: 'few-purchases', of: 'site', actions: ['purchase'], lessThan: 5, within: 900, severity: 'critical' },
 *     ]),
 *   },
 * });
 * ```
 */
export function defineThresholds<
  Table extends Pick<EventsTable<string, ColumnShape>, 'schema' | 'roles' | 'actions'>,
>(
  table: Table,
  thresholds: readonly ThresholdOf<Table['roles'], Table['actions'][number]>[],
): readonly Threshold[] {
  assertThresholds(table, thresholds);
  return thresholds;
}

/** @throws HeadwaterError `THRESHOLD_INVALID` where `thresholds` cannot be used on the table */
export function assertThresholds(
  { schema }: Pick<EventsTable, 'schema'>,
  thresholds: readonly Threshold[],
): void {
  const problems = thresholdProblems(thresholds, schema);
  if (problems.length > 0) throw new HeadwaterError('THRESHOLD_INVALID', { table: schema.name, problems });
}
