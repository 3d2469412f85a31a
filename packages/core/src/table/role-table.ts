import type { DataTypeKind, KindValues } from './data-type.ts';

/** One role. */
interface RoleRow {
  /** The kinds that the role's column may have. The JavaScript type of its values follows from them. */
  readonly kinds: readonly (keyof KindValues & DataTypeKind)[];
  /** Set when every table must have the role, and its column a value in every row. */
  readonly required?: true;
  /** Set when metrics use the role if a table has it, and still answer without it. Adding or removing it changes their answers. */
  readonly refines?: true;
  /** One sentence for the data dictionary. */
  readonly meaning: string;
}

/** Kinds that identify something. */
const ids = ['string', 'int32', 'int64', 'uuid'] as const;
/** Kinds that can be added up. */
const numbers = ['decimal', 'double', 'int32', 'int64'] as const;

/**
 * The roles that columns can have. Metrics read columns by role, never by name. One row defines a role everywhere: types, checks,
 * snapshots, verdicts and the data dictionary read this table.
 */
export const roleTable = {
  time: { kinds: ['timestamp'], required: true, meaning: 'When the event happened' },
  actor: { kinds: ids, meaning: 'Who acted: the id of a visitor or customer' },
  session: { kinds: ids, meaning: 'The visit that the event belongs to' },
  action: { kinds: ['enum', 'string'], meaning: 'What happened: the kind of event' },
  item: { kinds: ids, meaning: 'The product that the event is about' },
  category: { kinds: ['string', 'enum', 'int32', 'int64'], meaning: 'The category of the item' },
  brand: { kinds: ['string', 'enum'], meaning: 'The brand of the item' },
  amount: { kinds: numbers, meaning: 'The price of what the event is about' },
  quantity: { kinds: numbers, refines: true, meaning: 'How many units the event is about' },
  order: {
    kinds: ids,
    refines: true,
    meaning: 'The order that a purchase belongs to: lines with one id are one order',
  },
} as const satisfies Record<string, RoleRow>;

/** One of the roles: `time`, `actor`, `session`, `action`, `item`, `category`, `brand`, `amount`, `quantity`, `order`. */
export type RoleName = keyof typeof roleTable;

/** Every role, in the order in which lists show them. */
export const roleNames = Object.keys(roleTable) as readonly RoleName[];

/**
 * The JavaScript type of each role's values. Columns of optional roles may be undefined. A decimal of more than 15 digits is a
 * string, so a numeric role accepts strings here; the kinds are checked when the table is defined.
 */
export type RoleValues = {
  readonly [Role in RoleName]:
    | KindValues[(typeof roleTable)[Role]['kinds'][number]]
    | ((typeof roleTable)[Role] extends { readonly required: true } ? never : undefined);
};

/** Whether metrics answer both with and without the role, and differently. */
export function isRefiningRole(role: RoleName): boolean {
  const row: RoleRow = roleTable[role];
  return row.refines ?? false;
}
