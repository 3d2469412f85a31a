/** What Headwater knows of an action, in one row. */
interface ActionRow {
  /** The value of the action column that means it, unless the definition says another. */
  readonly value: string;
  /** What the shopper did, in words for people. */
  readonly meaning: string;
}

/** The actions that metrics tell apart. */
export const actionTable = {
  view: { value: 'view', meaning: 'The product was looked at' },
  cart: { value: 'cart', meaning: 'The product was put into the cart' },
  removeFromCart: { value: 'remove_from_cart', meaning: 'The product was taken out of the cart' },
  purchase: { value: 'purchase', meaning: 'The product was bought' },
} as const satisfies Record<string, ActionRow>;

/** One of the actions: `view`, `cart`, `removeFromCart`, `purchase`. */
export type ActionName = keyof typeof actionTable;

/** Every action, in the order of a purchase. */
export const actionNames = Object.keys(actionTable) as readonly ActionName[];

/** The value of each action where the definition names no other. */
export const defaultActions = Object.fromEntries(
  actionNames.map((action) => [action, actionTable[action].value]),
) as Readonly<Record<ActionName, string>>;
