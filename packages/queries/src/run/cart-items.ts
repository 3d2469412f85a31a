import type { RoleName, TableSchema } from '@headwater/core';
import { expressionBuilder, type QueryCreator, sql } from 'kysely';
import { timestampLiteral } from '../functions/functions.ts';
import type { ColumnFilter } from '../metric/where.ts';
import { filterCondition } from './filter-events.ts';

type Rows = Record<string, Record<string, number>>;

const things: readonly RoleName[] = ['item', 'category', 'brand', 'amount', 'quantity'];
const eb = expressionBuilder<Rows, string>();
const { ref, fn, lit } = eb;
const one = sql<number>`1`;
const none = sql<number>`0`;

/** Whether a metric that reads these roles sees a purchase of each product in the cart. */
export const takesCartItems = ({ purchaseItems }: TableSchema, roles: readonly RoleName[]): boolean =>
  purchaseItems === 'cart' && roles.some((role) => things.includes(role));

/** The role of an item, category or brand that a column of the table has. */
export const thingOfColumn = ({ roles }: TableSchema, column: string): RoleName | undefined =>
  things.find((role) => roles[role] === column && role !== 'amount' && role !== 'quantity');

/** The roles that are read besides, to find the cart of a purchase. */
export const cartRoles: readonly RoleName[] = ['session', 'item', 'action'];

/** Days read beside the range, because a cart may be filled before it. */
export const cartDays = 1;

/** A filter by the column of a role. */
export type RoleFilter = ColumnFilter & { readonly column: RoleName };

/** What the relation `events` is made of. */
interface CartOptions {
  /** Its columns. `raw` has those of {@link cartRoles} too, and those of `where`. */
  readonly roles: readonly RoleName[];
  /** The values of the column `action`. */
  readonly actions: Readonly<Record<string, string>>;
  /** The first instant of the events that stay: `raw` begins {@link cartDays} days earlier. */
  readonly start: Date;
  /** Further columns of `raw` that stay as they are. */
  readonly columns: readonly string[];
  /** Filters of products. */
  readonly where: readonly RoleFilter[];
}

/**
 * Events in which a purchase without an item is a purchase of each product in its session's cart; `PurchaseItems` of the
 * definition says what that is.
 *
 * @param db a query with the relation `raw`
 * @returns the query with the relation `events`
 */
export function withCartItems(db: unknown, options: CartOptions): unknown {
  const { actions, start, where } = options;
  const roles = [...new Set([...options.roles, ...where.map(({ column }) => column)])];
  const relations = db as QueryCreator<Rows>;
  const isAction = (name: string) => eb(sql<string>`${ref('action')}`, '=', actions[name] ?? name);
  const isBare = eb.and([isAction('purchase'), eb('item', 'is', null), eb('session', 'is not', null)]);
  const net = (value: typeof one) =>
    fn.sum<number>(eb.case().when(isAction('cart')).then(value).else(sql<number>`-${value}`).end());
  const sums = (['amount', 'quantity'] as const).filter((role) => roles.includes(role));
  const words = (['category', 'brand'] as const).filter((role) => roles.includes(role));
  const taken = new Set<string>([...sums, ...words, 'item']);
  return relations
    .with('bare', (inner) =>
      inner
        .selectFrom('raw')
        .selectAll()
        .select(eb.case().when(isBare).then(one).else(none).end().as('bare')),
    )
    .with('rounds', (inner) =>
      inner
        .selectFrom('bare')
        .selectAll()
        // What was put in at the instant of a purchase is in it; a purchase is of the round that it ends.
        .select(
          sql<number>`sum(${ref('bare')}) over (partition by ${ref('session')} order by ${ref('time')}, ${ref('bare')} rows between unbounded preceding and current row) - ${ref('bare')}`.as(
            'round',
          ),
        ),
    )
    .with('carts', (inner) =>
      inner
        .selectFrom('rounds')
        .select([
          ref('session').as('cart_session'),
          ref('round').as('cart_round'),
          ref('item').as('cart_item'),
          ...words.map((role) => fn.max(role).as(`cart_${role}`)),
          ...sums.map((role) => net(sql<number>`coalesce(${ref(role)}, 0)`).as(`cart_${role}`)),
        ])
        .where(eb.or([isAction('cart'), isAction('removeFromCart')]))
        .where('session', 'is not', null)
        .where('item', 'is not', null)
        .groupBy(['session', 'round', 'item'])
        .having(net(one), '>', lit(0)),
    )
    .with('carted', (inner) =>
      inner
        .selectFrom('rounds')
        .leftJoin('carts', (join) =>
          join
            .onRef('carts.cart_session', '=', 'rounds.session')
            .onRef('carts.cart_round', '=', 'rounds.round')
            .on('rounds.bare', '=', one),
        )
        .select([
          ...[...roles, ...options.columns].map((name) =>
            taken.has(name)
              ? eb
                  .case()
                  .when('carts.cart_item', 'is', null)
                  .then(ref(`rounds.${name}`))
                  .else(ref(`carts.cart_${name}`))
                  .end()
                  .as(name)
              : ref(`rounds.${name}`).as(name),
          ),
        ])
        .where(eb(sql<Date>`${ref('rounds.time')}`, '>=', timestampLiteral(start))),
    )
    .with('events', (inner) =>
      inner
        .selectFrom('carted')
        .select([...options.roles, ...options.columns])
        .$if(where.length > 0, (query) =>
          query.where(eb.and(where.map((filter) => filterCondition('carted', filter)))),
        ),
    );
}
