import type { TableSchema } from '@headwater/core';
import { stagedName } from '../staged-name.ts';
import { stagedValues } from './staging-table.ts';

/** The duplicate key in the staging tables' names. */
export const stagedKey = (schema: TableSchema): string =>
  schema.duplicateKey.map((name) => stagedName(schema, name)).join(', ');

/** SQL that compares two relations in the duplicate key; two nulls are equal. */
export const sameKey = (schema: TableSchema, left: string, right: string): string =>
  schema.duplicateKey
    .map((name) => stagedName(schema, name))
    .map((column) => `${left}.${column} IS NOT DISTINCT FROM ${right}.${column}`)
    .join(' AND ');

/** The column that orders the rows of one event; undefined when the order of loads does. */
export function orderColumn(schema: TableSchema): string | undefined {
  const by = schema.duplicateRule?.by;
  return by === undefined ? undefined : stagedName(schema, by);
}

const isLast = ({ duplicateRule: rule }: TableSchema): boolean => rule?.keep === 'last';

/**
 * ORDER BY expressions that put the row of an event that stays first, by the rule of `DuplicatesConfig`.
 *
 * @param place SQL for a row's place in the order of loads
 */
export function stagedOrder(schema: TableSchema, place: string): string {
  const by = orderColumn(schema);
  const direction = isLast(schema) ? 'DESC' : 'ASC';
  return [...(by ? [`${by} ${direction} NULLS LAST`] : []), `${place} ${direction}`].join(', ');
}

/** The same for rows that are in the lake. Their order of loads is not known, so the order of all columns decides. */
export function committedOrder(schema: TableSchema, tie: string = stagedValues(schema)): string {
  const by = orderColumn(schema);
  return [...(by ? [`${by} ${isLast(schema) ? 'DESC' : 'ASC'} NULLS LAST`] : []), tie].join(', ');
}

/** SQL for whether a new row replaces the row of the same key that is in the lake. A null loses to every value. */
export function replacesSql(schema: TableSchema, fresh: string, committed: string): string {
  const by = orderColumn(schema);
  if (by === undefined) return isLast(schema) ? 'true' : 'false';
  const [ours, theirs] = [`${fresh}.${by}`, `${committed}.${by}`];
  // Of equal values the order of loads decides: the new row is the later one.
  return isLast(schema)
    ? `CASE WHEN ${theirs} IS NULL THEN true ELSE coalesce(${ours} >= ${theirs}, false) END`
    : `CASE WHEN ${ours} IS NULL THEN false ELSE coalesce(${ours} < ${theirs}, true) END`;
}
