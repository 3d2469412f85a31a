import { numberOf, ratio, sumOf } from '../amounts.ts';
import { grouped } from '../grouped.ts';
import { inPartOrder } from '../order.ts';
import type { Question } from '../question.ts';
import { sessionParts } from '../session-parts.ts';

/** Sessions with something in the cart, and how many of them bought nothing. */
export function cartAbandonment(question: Question) {
  const carts = sessionParts(question, 'day')
    .map(({ period, part, events }) => {
      const of = (action: string) => events.filter((event) => event.action === action);
      const left = sumOf(of('cart')) - sumOf(of('removeFromCart'));
      return {
        period,
        part,
        isCart: of('cart').length > 0,
        isAbandoned: of('purchase').length === 0,
        left: left > 0n ? left : 0n,
        isLoose: false,
      };
    })
    .filter(({ isCart }) => isCart);
  const loose = question.events
    .filter(({ action, session }) => action === 'cart' && session === null)
    .map((event) => ({
      period: question.periodOf(event.time, 'day'),
      part: question.partOf(event),
      isCart: false,
      isAbandoned: false,
      left: 0n,
      isLoose: true,
    }));
  const rows = grouped([...carts, ...loose], ({ period, part }) => [period, part] as const);
  return rows
    .map(({ key: [period, part], rows: own }) => {
      const abandoned = own.filter(({ isAbandoned }) => isAbandoned);
      const cartSessions = own.filter(({ isCart }) => isCart).length;
      return {
        period,
        ...question.partColumn(part),
        cartSessions,
        abandonedSessions: abandoned.length,
        abandonmentRate: ratio(abandoned.length, cartSessions),
        abandonedValue: numberOf(
          abandoned.reduce((sum, { left }) => sum + left, 0n),
          question.shop.scale,
        ),
        cartEventsWithoutSession: own.filter(({ isLoose }) => isLoose).length,
      };
    })
    .toSorted(inPartOrder(question.by, question.isByThing, 'abandonedSessions'));
}
