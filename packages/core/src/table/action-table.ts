import { type ActionValue, valuesOfAction } from './action-value.ts';

/** One action. */
interface ActionRow {
  /** The default value of the action column for it. */
  readonly value: string;
  /** One sentence for the data dictionary. */
  readonly meaning: string;
}

/** The actions that metrics distinguish. One row defines an action everywhere. */
export const actionTable = {
  view: { value: 'view', meaning: 'The product was looked at' },
  cart: { value: 'cart', meaning: 'The product was put into the cart' },
  removeFromCart: { value: 'remove_from_cart', meaning: 'The product was taken out of the cart' },
  purchase: { value: 'purchase', meaning: 'The product was bought' },
} as const satisfies Record<string, ActionRow>;

/** One of the actions: `view`, `cart`, `removeFromCart`, `purchase`. */
export type ActionName = keyof typeof actionTable;

/** Every action, in the order in which shoppers take them. */
export const actionNames = Object.keys(actionTable) as readonly ActionName[];

/** The default value of each action. */
export const defaultActions = Object.fromEntries(
  actionNames.map((action) => [action, actionTable[action].value]),
) as Readonly<Record<ActionName, string>>;

type DefaultActions = { readonly [Name in ActionName]: (typeof actionTable)[Name]['value'] };

/** The actions whose default value is one of `Value`; none where any text is. */
export type DefaultActionOf<Value extends string> = string extends Value
  ? never
  : { [Name in ActionName]: DefaultActions[Name] extends Value ? Name : never }[ActionName];

/**
 * The actions of a definition with an action column of an enum: those that it names, and the defaults whose values no
 * other action has.
 */
export function withDefaultActions(
  named: Readonly<Record<string, ActionValue>>,
): Readonly<Record<string, ActionValue>> {
  const taken = new Set(Object.values(named).flatMap(valuesOfAction));
  const free = Object.entries(defaultActions).filter(([name, value]) => name in named || !taken.has(value));
  return { ...Object.fromEntries(free), ...named };
}
