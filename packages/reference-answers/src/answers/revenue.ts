import { numberOf, sumOf } from '../amounts.ts';
import { distinct, grouped } from '../grouped.ts';
import { inPartOrder } from '../order.ts';
import { orderParts } from '../order-parts.ts';
import type { Question } from '../question.ts';

/** Orders, buyers and the amounts of purchases. */
export function revenue(question: Question) {
  const { scale, hasOrders } = question.shop;
  const ordered = orderParts(question, 'day', false).map(({ period, part }) => ({
    period,
    part,
    event: undefined,
  }));
  const sold = question.events
    .filter(({ action }) => action === 'purchase')
    .map((event) => ({
      period: question.periodOf(event.time, 'day'),
      part: question.partOf(event),
      event,
    }));
  return grouped([...sold, ...ordered], ({ period, part }) => [period, part] as const)
    .map(({ key: [period, part], rows }) => {
      const events = rows.flatMap(({ event }) => event ?? []);
      const orders = rows.length - events.length;
      const loose = events.filter(({ session }) => session === null);
      const inOrders = events.filter(({ order, session }) => (hasOrders ? order : session) !== null);
      return {
        period,
        ...question.partColumn(part),
        orders,
        buyers: distinct(events.map(({ actor }) => actor)),
        revenue: numberOf(sumOf(events), scale),
        averageOrderValue: orders === 0 ? null : numberOf(sumOf(inOrders), scale) / orders,
        purchasesWithoutSession: loose.length,
        revenueWithoutSession: numberOf(sumOf(loose), scale),
      };
    })
    .toSorted(inPartOrder(question.by, question.isByThing, 'revenue'));
}
