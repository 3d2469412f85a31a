import type { TableSchema } from '@headwater/core';
import { isAlways, quoteName, quoteText, tableActions, valuesOfAction } from '@headwater/core/internal';
import type { ShopAction } from '../shop-event.ts';

/** A span of time in milliseconds since 1970: from `start` until before `end`. */
export interface BatchWindow {
  readonly start: number;
  readonly end: number;
}

const shopActions: readonly ShopAction[] = ['view', 'cart', 'removeFromCart', 'purchase'];

/**
 * The rows of a window as rules read them, for DuckDB: `actor`, `session`, `item`, `action`, and `time` in milliseconds. Ids are text. A column is
 * null where the table lacks the role.
 */
export function batchEventsSql(schema: TableSchema, window: BatchWindow): string {
  const { roles } = schema;
  const actor = textOf(roles.actor);
  return (
    `SELECT ${actor} AS actor, ${textOf(roles.session)} AS session, ${textOf(roles.item)} AS item, ` +
    `${actionOf(schema)} AS action, epoch_ms(${quoteName(schema.partitioning.time)}) AS time ` +
    `FROM ${quoteName(schema.name)} WHERE ${windowCondition(schema, window)} AND ${actor} IS NOT NULL`
  );
}

/** The condition that a row is in a window, with the days of its folders, so that other files are not read. */
export function windowCondition({ partitioning }: TableSchema, { start, end }: BatchWindow): string {
  const time = quoteName(partitioning.time);
  return (
    `dt BETWEEN DATE '${isoText(start).slice(0, 10)}' AND DATE '${isoText(end - 1).slice(0, 10)}' ` +
    `AND ${time} >= TIMESTAMP '${isoText(start)}' AND ${time} < TIMESTAMP '${isoText(end)}'`
  );
}

const isoText = (time: number): string => new Date(time).toISOString().slice(0, -1).replace('T', ' ');

const textOf = (column: string | undefined): string =>
  column === undefined ? 'NULL::VARCHAR' : `${quoteName(column)}::VARCHAR`;

function actionOf(schema: TableSchema): string {
  const known = tableActions(schema);
  const column = schema.roles.action;
  const cases: string[] = [];
  for (const name of shopActions) {
    const value = known.get(name);
    if (value === undefined) continue;
    if (isAlways(value)) return quoteText(name);
    if (column === undefined) continue;
    const values = valuesOfAction(value).map((one) => quoteText(String(one)));
    cases.push(`WHEN ${quoteName(column)}::VARCHAR IN (${values.join(', ')}) THEN ${quoteText(name)}`);
  }
  return cases.length === 0 ? 'NULL::VARCHAR' : `CASE ${cases.join(' ')} END`;
}
