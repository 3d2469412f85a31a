import type { TableSchema } from '@headwater/core';
import { isAlways, tableActions, valuesOfAction } from '@headwater/core/internal';
import type { EventRow } from '../record/event-identity.ts';
import type { TakenEvent } from '../windows/event-intake.ts';

/** The actions that detectors tell apart. */
export type ShopAction = 'view' | 'cart' | 'removeFromCart' | 'purchase';

/** A clean row as detectors read it. A field is undefined where the table has no column for it, or the value is null. */
export interface ShopEvent {
  readonly row: EventRow;
  /** Tells the row from others of its time; empty where nothing does. */
  readonly id: string;
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly actor: string | undefined;
  readonly session: string | undefined;
  readonly item: string | undefined;
  /** Undefined for the actions that a shop has beside these. */
  readonly action: ShopAction | undefined;
  /** In the unit of the column. */
  readonly price: number | undefined;
}

const shopActions: readonly ShopAction[] = ['view', 'cart', 'removeFromCart', 'purchase'];

/** Reads the rows of a table as {@link ShopEvent}s. */
export function shopEventReader(schema: TableSchema): (taken: TakenEvent) => ShopEvent {
  const { actor, session, item, action, amount } = schema.roles;
  const actionOf = actionReader(schema);
  return ({ event, id, time }) => ({
    row: event,
    id,
    time,
    actor: textOf(event, actor),
    session: textOf(event, session),
    item: textOf(event, item),
    action: actionOf(action === undefined ? undefined : event[action]),
    price: numberOf(event, amount),
  });
}

function actionReader(schema: TableSchema): (value: unknown) => ShopAction | undefined {
  const byValue = new Map<unknown, ShopAction>();
  const known = tableActions(schema);
  for (const name of shopActions) {
    const value = known.get(name);
    if (value === undefined) continue;
    if (isAlways(value)) return () => name;
    for (const one of valuesOfAction(value)) byValue.set(one, name);
  }
  return (value) => byValue.get(value);
}

function textOf(event: EventRow, column: string | undefined): string | undefined {
  const value = column === undefined ? undefined : event[column];
  return value === null || value === undefined ? undefined : String(value);
}

function numberOf(event: EventRow, column: string | undefined): number | undefined {
  const value = column === undefined ? undefined : event[column];
  return value === null || value === undefined ? undefined : Number(value);
}
