import type { DataTypeKind, KindValues } from './data-type.ts';

/** What Headwater knows of a role, in one row. Checks, types, snapshots, verdicts and the data dictionary read it. */
interface RoleRow {
  /** The kinds that the role's column may have. The JavaScript type of its values follows from them. */
  readonly kinds: readonly (keyof KindValues & DataTypeKind)[];
  /** Whether every table needs the role, and its column a value in every row. */
  readonly required?: true;
  /** Whether metrics use the role where a table has it and answer without it elsewhere: to gain or lose it changes their answers. */
  readonly refines?: true;
  /** What the column holds, in words for people. */
  readonly meaning: string;
}

/** Kinds that identify something. */
const ids = ['string', 'int32', 'int64', 'uuid'] as const;
/** Kinds that can be added up. */
const numbers = ['decimal', 'double', 'int32', 'int64'] as const;

/** The parts that a column can play in a metric. A metric names the roles it needs, never a column. */
export const roleTable = {
  time: { kinds: ['timestamp'], required: true, meaning: 'When the event happened' },
  actor: { kinds: ids, meaning: 'Who acted: the id of a visitor or customer' },
  session: { kinds: ids, meaning: 'The visit that the event belongs to' },
  action: { kinds: ['enum'], meaning: 'What happened: the kind of event' },
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

/** Every role, in the order in which they are listed to people. */
export const roleNames = Object.keys(roleTable) as readonly RoleName[];

/**
 * The value of a role's column in a row, as far as JavaScript types tell: a wide decimal is a text, as a name is.
 * Only the required roles have a value in every row.
 */
export type RoleValues = {
  readonly [Role in RoleName]:
    | KindValues[(typeof roleTable)[Role]['kinds'][number]]
    | ((typeof roleTable)[Role] extends { readonly required: true } ? never : undefined);
};

/** Whether metrics answer with and without the role, and answer differently. */
export function isRefiningRole(role: RoleName): boolean {
  const row: RoleRow = roleTable[role];
  return row.refines ?? false;
}
