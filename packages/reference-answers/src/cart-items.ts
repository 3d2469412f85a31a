import { sumOf } from './amounts.ts';
import { grouped } from './grouped.ts';
import type { PlainEvent } from './plain-event.ts';

/** Whether an event is a purchase that names no product, in a session. */
const isBare = ({ action, item, session }: PlainEvent): boolean =>
  action === 'purchase' && item === null && session !== null;

/**
 * Events in which a purchase without a product is one of each product in its session's cart: those that were put in more often than taken
 * out, up to the purchase and since the one before it. What was put in at the instant of a purchase is in it.
 */
export function withCartItems(events: readonly PlainEvent[]): PlainEvent[] {
  return grouped(events, ({ session }) => [session] as const).flatMap(({ rows }) => {
    const own = rows.toSorted(
      (one, other) =>
        one.time.getTime() - other.time.getTime() || Number(isBare(one)) - Number(isBare(other)),
    );
    let cart: PlainEvent[] = [];
    return own.flatMap((event) => {
      if (event.item !== null && (event.action === 'cart' || event.action === 'removeFromCart'))
        cart.push(event);
      if (!isBare(event)) return [event];
      const bought = boughtOf(cart);
      cart = [];
      return bought.length === 0 ? [event] : bought.map((of) => ({ ...event, ...of }));
    });
  });
}

/** What each product of a cart is, and what was put in less what was taken out. */
const boughtOf = (
  cart: readonly PlainEvent[],
): Pick<PlainEvent, 'item' | 'category' | 'brand' | 'amount'>[] =>
  grouped(cart, ({ item }) => [item] as const).flatMap(({ key: [item], rows }) => {
    const put = rows.filter(({ action }) => action === 'cart');
    const taken = rows.filter(({ action }) => action !== 'cart');
    const [{ category, brand } = { category: null, brand: null }] = rows;
    return put.length > taken.length ? [{ item, category, brand, amount: sumOf(put) - sumOf(taken) }] : [];
  });
