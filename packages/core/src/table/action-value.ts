import type { RoleName } from './role-table.ts';
import { derivesSessions } from './session-rule.ts';
import type { TableSchema } from './table-schema.ts';

/**
 * The action of every row, for a table without an action column: each line of a table of orders or of invoice lines is a
 * purchase.
 *
 * @example actions: { purchase: always }
 */
export const always = { always: true } as const;

/** The type of {@link always}. */
export type Always = typeof always;

/** What means an action: one value of the action column, one of several, or every row. */
export type ActionValue = string | readonly string[] | Always;

/** Whether every row is this action. */
export const isAlways = (value: ActionValue | undefined): value is Always =>
  typeof value === 'object' && value !== null && 'always' in value;

/** The values of the action column that mean an action; none where every row is it. */
export const valuesOfAction = (value: ActionValue): readonly string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];

/** What means an action, in words: `pv or detail`, `every row`. */
export const actionText = (value: ActionValue): string =>
  isAlways(value) ? 'every row' : [...valuesOfAction(value)].sort().join(' or ');

/** The actions that the rows of a table can have. */
type ActionsOf = Pick<TableSchema, 'columns' | 'roles' | 'actions'>;

/**
 * The actions that a table can have, by name. An action is left out when the action column is an enum without any of its
 * values.
 */
export function tableActions(schema: ActionsOf): ReadonlyMap<string, ActionValue> {
  const type = schema.columns.find(({ name }) => name === schema.roles.action)?.type;
  const isPossible = (value: string): boolean => type?.kind !== 'enum' || type.values.includes(value);
  return new Map(
    Object.entries(schema.actions).filter(
      ([, value]) => isAlways(value) || valuesOfAction(value).some(isPossible),
    ),
  );
}

/** The roles that a definition derives without a column: the action, where every row is one, and the session of an actor. */
export const derivedRoles = (
  schema: Pick<TableSchema, 'actions' | 'roles' | 'sessions'>,
): readonly RoleName[] => [
  ...(Object.values(schema.actions).some(isAlways) ? (['action'] as const) : []),
  ...(derivesSessions(schema) ? (['session'] as const) : []),
];

/** Whether metrics can read a role of this table: a column has it, or the definition derives it. */
export const hasRole = (
  schema: Pick<TableSchema, 'roles' | 'actions' | 'sessions'>,
  role: RoleName,
): boolean => schema.roles[role] !== undefined || derivedRoles(schema).includes(role);
