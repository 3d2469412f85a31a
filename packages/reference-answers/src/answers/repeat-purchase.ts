import { ratio } from '../amounts.ts';
import { grouped } from '../grouped.ts';
import { inPartOrder } from '../order.ts';
import { orderParts } from '../order-parts.ts';
import type { Question } from '../question.ts';

/** Buyers with one order, and with more. */
export function repeatPurchase(question: Question) {
  const loose = grouped(
    question.events.filter(({ action, session }) => action === 'purchase' && session === null),
    (event) => [question.periodOf(event.time, 'all'), question.partOf(event)] as const,
  );
  const orders = orderParts(question, 'all', true).filter(({ actor }) => actor !== null);
  return grouped(orders, ({ period, part }) => [period, part] as const)
    .map(({ key: [period, part], rows }) => {
      const buyers = grouped(rows, ({ actor }) => [actor] as const);
      const repeatBuyers = buyers.filter((one) => one.rows.length >= 2).length;
      return {
        period,
        ...question.partColumn(part),
        buyers: buyers.length,
        repeatBuyers,
        repeatRate: ratio(repeatBuyers, buyers.length),
        orders: rows.length,
        ordersPerBuyer: ratio(rows.length, buyers.length),
        purchasesWithoutSession:
          loose.find(({ key }) => key[0] === period && key[1] === part)?.rows.length ?? 0,
      };
    })
    .toSorted(inPartOrder(question.by, question.isByThing, 'buyers'));
}
