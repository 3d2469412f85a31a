import {
  assessSchemas,
  type CompatibilityMode,
  type SchemaChange,
  type SchemaDiff,
  type TableSchema,
} from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';
import { settleQueries } from './settle-queries.ts';
import { type QueryCheck, type QueryFiles, typeCheckQueries } from './type-check-queries.ts';

/** Two definitions of a table, and what else is compared with them. */
export interface CompareOptions<Impact> {
  /** The earlier version; undefined when there is none. */
  readonly before: SchemaSnapshot | undefined;
  readonly now: TableSchema;
  /** Defaults to `BACKWARD`. */
  readonly mode?: CompatibilityMode | undefined;
  /**
   * The query files of the project. They are type-checked when `now` is what the project's code imports.
   */
  readonly queries?: QueryFiles | undefined;
  /** Whether the project's code imports `now`. Defaults to true. */
  readonly isWorking?: boolean | undefined;
  /** Finds the metrics that the changes concern: `metricImpacts` of `@headwater/queries`. Defaults to none. */
  readonly metricImpacts?: MetricImpacts<Impact> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Finds the metrics that stop or change their meaning under a new definition. */
export type MetricImpacts<Impact> = (
  before: TableSchema | undefined,
  now: TableSchema,
  changes: readonly SchemaChange[],
) => readonly Impact[];

/** The changes between two definitions of a table, and what they do to metrics and to the project's queries. */
export interface SchemaComparison<Impact> {
  readonly diff: SchemaDiff;
  readonly metrics: readonly Impact[];
  readonly queries: QueryCheck;
}

/**
 * Compares a definition with an earlier version. Type-checks the project's queries, and counts what no longer compiles as a
 * verdict of the change that broke it.
 *
 * @example
 * ```ts
 * const history = await readSnapshots('./schema', 'clickstream');
 * const { diff } = await compareSchema({ before: history.at(-1), now: clickstream.schema });
 * ```
 */
export async function compareSchema<Impact = never>(
  options: CompareOptions<Impact>,
): Promise<SchemaComparison<Impact>> {
  const { before, now, mode, isWorking = true, signal } = options;
  const diff = assessSchemas(before, now, mode);
  const metrics = options.metricImpacts?.(before?.schema, now, diff.changes) ?? [];
  if (diff.changes.length === 0) return { diff, metrics, queries: { status: 'none' } };
  const queries: QueryCheck = isWorking
    ? await typeCheckQueries(options.queries, signal)
    : { status: 'not-checked', reason: 'the code imports the working definition, not this version' };
  return { diff: settleQueries(diff, queries), metrics, queries };
}
