import { numberOf, sumOf } from './amounts.ts';
import type { PlainEvent } from './plain-event.ts';

/** Views, cart adds, purchases, and the amounts of the purchases. */
export function actionMeasures(events: readonly PlainEvent[], scale: number) {
  const of = (action: string) => events.filter((event) => event.action === action);
  return {
    views: of('view').length,
    carts: of('cart').length,
    purchases: of('purchase').length,
    revenue: numberOf(sumOf(of('purchase')), scale),
  };
}
