import {
  type ColumnShape,
  type EventsTable,
  HeadwaterError,
  type RoleName,
  type TableSchema,
} from '@headwater/core';
import { derivedRoles, hasRole, tableActions } from '@headwater/core/internal';

/** What a table must have. Actions are those of its definition. */
interface CapabilityNeeds {
  readonly roles: readonly RoleName[];
  readonly actions: readonly string[];
}

/**
 * What live stores can say of a table, and what the table needs for it. The needs are those of the metrics: `sessions` of
 * session-summary, `carts` of cart-abandonment, `revenue` of revenue, `sales` of top-products.
 */
const capabilityTable = {
  sessions: { roles: ['session'], actions: [] },
  carts: { roles: ['session', 'action'], actions: ['cart', 'purchase'] },
  sales: { roles: ['action', 'item'], actions: ['purchase'] },
  revenue: { roles: ['action', 'amount'], actions: ['purchase'] },
} as const satisfies Record<string, CapabilityNeeds>;

/** One of `sessions`, `carts`, `sales`, `revenue`. */
export type Capability = keyof typeof capabilityTable;

const capabilities = Object.keys(capabilityTable) as readonly Capability[];

/** Any table of events, whatever its columns are. */
export type AnyEventsTable = Pick<
  EventsTable<string, ColumnShape, never, string, RoleName>,
  'name' | 'schema'
> & {
  readonly shape: ColumnShape;
  readonly roles: object;
  readonly actions: readonly string[];
  readonly derivedRoles: readonly RoleName[];
};

type HasAll<Needed, Has> = [Exclude<Needed, Has>] extends [never] ? true : false;

type CanSay<Table extends AnyEventsTable, Name extends Capability> = [
  HasAll<
    (typeof capabilityTable)[Name]['roles'][number],
    keyof Table['roles'] | Table['derivedRoles'][number]
  >,
  HasAll<(typeof capabilityTable)[Name]['actions'][number], Table['actions'][number]>,
] extends [true, true]
  ? true
  : false;

/** What live stores can say of a table, by its type. */
export type CapabilityOf<Table extends AnyEventsTable> = {
  [Name in Capability]: CanSay<Table, Name> extends true ? Name : never;
}[Capability];

/** The same by the definition's values. */
export function capabilitiesOf(schema: TableSchema): ReadonlySet<Capability> {
  return new Set(capabilities.filter((name) => lacksOf(schema, name) === undefined));
}

/**
 * Checks that live stores can say something of a table. The types reject this too; plain JavaScript is checked here.
 *
 * @throws HeadwaterError `ROLE_MISSING` or `ACTION_MISSING`
 */
export function assertCapable(schema: TableSchema, name: Capability): void {
  const lacks = lacksOf(schema, name);
  if (!lacks) return;
  const { roles } = capabilityTable[name];
  if (lacks.roles.length > 0)
    throw new HeadwaterError('ROLE_MISSING', { table: schema.name, needs: roles, missing: lacks.roles });
  const known = [...tableActions(schema).keys()];
  throw new HeadwaterError('ACTION_MISSING', {
    table: schema.name,
    metric: `live ${name}`,
    missing: lacks.actions,
    known,
  });
}

function lacksOf(schema: TableSchema, name: Capability): CapabilityNeeds | undefined {
  const { roles, actions }: CapabilityNeeds = capabilityTable[name];
  const known = tableActions(schema);
  const lacks = {
    roles: roles.filter((role) => !hasRole(schema, role)),
    actions: actions.filter((action) => !known.has(action)),
  };
  return lacks.roles.length + lacks.actions.length === 0 ? undefined : lacks;
}

/** Whether the sessions of a table are those of its actors, so that one state sees all that an actor does. */
export const sessionsAreOfActors = (schema: TableSchema): boolean => derivedRoles(schema).includes('session');
