import { HeadwaterError } from '../errors/headwater-error.ts';
import { hasRole, tableActions } from './action-value.ts';
import type { RoleName } from './role-table.ts';
import type { TableSchema } from './table-schema.ts';

/**
 * Which product a purchase is of.
 *
 * - `own`: each purchase event names its product.
 * - `cart`: a purchase event without a product is a purchase of each product in its session's cart: those with more cart events
 *   than remove-from-cart events in the session, up to the purchase and since the session's purchase of this kind before it. Each
 *   has the time, actor, session and order of the purchase. Its category and brand are those of its cart events; its amount is
 *   what was put in less what was taken out, and the purchase's own amount is not read, because nothing says how to split it. A
 *   purchase with an empty cart stays as it is. Metrics that read products, categories, brands or amounts see these purchases;
 *   others see the one event.
 */
export type PurchaseItems = 'own' | 'cart';

/**
 * Checks `purchases`. The types reject most mistakes; a definition in plain JavaScript is checked here.
 * @throws HeadwaterError `DEFINITION_INVALID`
 */
export function assertPurchaseItems(schema: TableSchema, purchases: unknown): void {
  const fail = (problem: string, fix: string): never => {
    throw new HeadwaterError('DEFINITION_INVALID', { table: schema.name, problem, fix });
  };
  if (purchases === undefined) return;
  const { items, ...others } = Object(purchases) as { readonly items?: unknown };
  const [other] = Object.keys(others);
  if (other !== undefined) fail(`purchases has "${other}"`, 'Expected items only');
  if (items !== 'own' && items !== 'cart')
    fail(`purchases.items is "${String(items)}"`, 'Expected own or cart');
  const needs: readonly RoleName[] = items === 'cart' ? ['session', 'item'] : ['item'];
  const missing = needs.filter((role) => !hasRole(schema, role));
  if (missing.length > 0)
    fail(
      `purchases.items: '${String(items)}' needs the role ${missing.join(' and ')}`,
      `Add ${missing.map((role) => `${role}: '<column>'`).join(', ')} to roles, or remove purchases`,
    );
  const actions = tableActions(schema);
  const unknown = (items === 'cart' ? ['cart', 'purchase'] : ['purchase']).filter((one) => !actions.has(one));
  if (unknown.length > 0)
    fail(
      `purchases.items: '${String(items)}' needs the action ${unknown.join(' and ')}`,
      'Name its value in actions, or remove purchases',
    );
}

/** The rule in words. */
export const purchaseItemsText = (items: PurchaseItems): string =>
  items === 'cart'
    ? "a purchase without a product is of each product in its session's cart, with the amounts of the cart"
    : 'each purchase names its product';
