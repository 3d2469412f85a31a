import { ratio } from '../amounts.ts';
import { grouped } from '../grouped.ts';
import { inPartOrder } from '../order.ts';
import type { Question } from '../question.ts';
import { sessionParts } from '../session-parts.ts';

/** How many sessions have a view, a cart event, a purchase, and two of them. */
export function conversionFunnel(question: Question) {
  return grouped(sessionParts(question, 'all'), ({ period, part }) => [period, part] as const)
    .map(({ key: [period, part], rows }) => {
      const having = (...actions: readonly string[]) =>
        rows.filter(({ events }) => actions.every((one) => events.some(({ action }) => action === one)))
          .length;
      const [views, carts, purchases] = [having('view'), having('cart'), having('purchase')];
      const [viewedAndCarted, cartedAndPurchased] = [having('view', 'cart'), having('cart', 'purchase')];
      return {
        period,
        ...question.partColumn(part),
        sessions: rows.length,
        viewSessions: views,
        cartSessions: carts,
        purchaseSessions: purchases,
        viewedAndCarted,
        cartedAndPurchased,
        purchasedWithoutCart: purchases - cartedAndPurchased,
        viewToCart: ratio(viewedAndCarted, views),
        cartToPurchase: ratio(cartedAndPurchased, carts),
        conversionRate: ratio(purchases, rows.length),
      };
    })
    .toSorted(inPartOrder(question.by, question.isByThing, 'sessions'));
}
