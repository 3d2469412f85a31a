import { numberOf, sumOf } from '../amounts.ts';
import { distinct, grouped } from '../grouped.ts';
import { ascending, descending, inOrder, ranked } from '../order.ts';
import type { Question } from '../question.ts';

/** Actors by their days, sessions and events. */
export function frequentVisitors(question: Question) {
  const known = question.events.filter(({ actor }) => actor !== null);
  const rows = grouped(known, (event) => [question.thingOf(event), event.actor] as const).map(
    ({ key: [part, visitor], rows: events }) => {
      const purchases = events.filter(({ action }) => action === 'purchase');
      return {
        ...question.partColumn(part),
        visitor,
        activeDays: distinct(events.map(({ time }) => question.calendar.at(time).day)),
        sessions: distinct(events.map(({ session }) => session)),
        events: events.length,
        purchases: purchases.length,
        revenue: numberOf(sumOf(purchases), question.shop.scale),
        eventsWithoutSession: events.filter(({ session }) => session === null).length,
      };
    },
  );
  const order = inOrder(
    descending('activeDays'),
    descending('sessions'),
    descending('events'),
    ascending('visitor'),
  );
  return ranked(rows, question.by, question.number('limit', 10), order);
}
