import type { TableSchema } from '@headwater/core';
import { type BatchWindow, batchEventsSql } from './batch-events-sql.ts';
import type { BatchParameters } from './batch-parameters.ts';

/** Two actors with runs of three products that have equal gaps. A row of {@link sharedRunsSql}. */
export interface SharedRuns {
  readonly one: string;
  readonly other: string;
  /** Different runs of three products. */
  readonly runs: number;
}

/** A group of actors that do the same in step. */
export interface Ring {
  /** In the order of their ids. */
  readonly members: readonly string[];
  /** The most runs that two of them share. */
  readonly runs: number;
}

/**
 * The pairs of actors that look at the same three products in the same order with the same gaps, several times over, as {@link SharedRuns}.
 * Most of the runs that they have in common have equal gaps: people who are shown a list together have so now and then.
 * Runs that many actors have are of a list that was published, and are left out. For DuckDB.
 *
 * @param since only pairs of which one has a row at this time or later, in milliseconds: others were judged by an earlier run
 */
export function sharedRunsSql(
  schema: TableSchema,
  window: BatchWindow,
  since: number,
  { 'lockstep-ring': { runs, tolerance, shared, pause } }: BatchParameters,
): string {
  const isEqual = (gap: string): string => `abs(one.${gap} - other.${gap}) <= ${tolerance * 1000}`;
  const equal = `count(DISTINCT (one.first, one.second, one.third)) FILTER (WHERE ${isEqual('gap')} AND ${isEqual('gap_before')})`;
  return `WITH events AS (${batchEventsSql(schema, window)}),
steps AS (
  SELECT actor, time, item AS third, lag(item) OVER in_time AS second, lag(item, 2) OVER in_time AS first,
    time - lag(time) OVER in_time AS gap, lag(time) OVER in_time - lag(time, 2) OVER in_time AS gap_before
  FROM events WHERE item IS NOT NULL WINDOW in_time AS (PARTITION BY actor ORDER BY time, item)),
runs AS (
  SELECT * FROM steps
  WHERE first <> second AND second <> third AND first <> third AND gap + gap_before BETWEEN 1 AND ${pause * 1000}),
rare AS (
  SELECT first, second, third FROM runs GROUP BY ALL HAVING count(DISTINCT actor) BETWEEN 2 AND ${shared}),
candidates AS (SELECT * FROM runs SEMI JOIN rare USING (first, second, third))
SELECT one.actor AS one, other.actor AS other, ${equal}::DOUBLE AS runs
FROM candidates AS one JOIN candidates AS other USING (first, second, third)
WHERE one.actor < other.actor
GROUP BY ALL HAVING ${equal} >= greatest(${runs}, ${equalShare} * count(DISTINCT (one.first, one.second, one.third)))
  AND max(greatest(one.time, other.time)) >= ${since} ORDER BY ALL`;
}

/** The least share of equal gaps among the runs that two actors have in common: a class follows its teacher at nearly one pace. */
const equalShare = 0.8;

/** Reads a row of {@link sharedRunsSql}. */
export const sharedRunsOf = (row: Readonly<Record<string, unknown>>): SharedRuns => ({
  one: String(row['one']),
  other: String(row['other']),
  runs: Number(row['runs']),
});

/** The groups that pairs make, of those with enough members. */
export function ringsOf(pairs: readonly SharedRuns[], leastMembers: number): readonly Ring[] {
  const ringOf = new Map<string, { members: string[]; runs: number }>();
  for (const { one, other, runs } of pairs) {
    const [first, second] = [ringOf.get(one), ringOf.get(other)];
    const members =
      first && first === second
        ? first.members
        : [...(first?.members ?? [one]), ...(second?.members ?? [other])];
    const ring = { members, runs: Math.max(runs, first?.runs ?? 0, second?.runs ?? 0) };
    for (const member of members) ringOf.set(member, ring);
  }
  return [...new Set(ringOf.values())]
    .filter(({ members }) => members.length >= leastMembers)
    .map(({ members, runs }) => ({ members: members.toSorted(), runs }));
}
