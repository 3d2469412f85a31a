import type { RollupConfig } from '@headwater/core';
import type { CompiledQuery } from 'kysely';
import type { LakeTable } from '../../lake/create-lake.ts';
import { type Rollup, rollupsIn } from './rollup.ts';

/** The query of a rollup in the dialect of DuckDB, whose types its files have, and in that of the engine that runs it. */
export interface EngineRollupQuery extends CompiledQuery {
  readonly onEngine: CompiledQuery;
}

/** A {@link Rollup} whose rows another engine computes. */
export interface EngineRollup extends Rollup {
  query(from: string, to: string): EngineRollupQuery;
}

/**
 * The rollups of a table that a config names, with the queries by which an engine computes their rows.
 *
 * @param table of a lake that DuckDB reads
 * @param onEngine the same table of the lake that the engine reads
 * @param configs those of the table
 * @throws HeadwaterError as {@link rollupsIn} does, and `FUNCTION_UNSUPPORTED` for a metric with a function that the engine lacks
 */
export function rollupsOnEngine(
  table: LakeTable,
  onEngine: LakeTable,
  configs: readonly RollupConfig[],
): EngineRollup[] {
  const others = new Map(rollupsIn(onEngine, configs).map((one) => [one.name, one]));
  return rollupsIn(table, configs).map((rollup) => {
    const other = others.get(rollup.name) ?? rollup;
    return {
      ...rollup,
      query: (from, to) => ({ ...rollup.query(from, to), onEngine: other.query(from, to) }),
    };
  });
}
