import { distinct, grouped } from '../grouped.ts';
import { inPartOrder } from '../order.ts';
import type { Question } from '../question.ts';
import { sessionParts } from '../session-parts.ts';

/** Visitors, sessions and events. */
export function dailyVisitors(question: Question) {
  const began = sessionParts(question, 'day').map(({ period, part }) => ({ period, part, event: undefined }));
  const happened = question.events.map((event) => ({
    period: question.periodOf(event.time, 'day'),
    part: question.partOf(event),
    event,
  }));
  return grouped([...happened, ...began], ({ period, part }) => [period, part] as const)
    .map(({ key: [period, part], rows }) => {
      const events = rows.flatMap(({ event }) => event ?? []);
      return {
        period,
        ...question.partColumn(part),
        visitors: distinct(events.map(({ actor }) => actor)),
        sessions: rows.length - events.length,
        events: events.length,
        eventsWithoutSession: events.filter(({ session }) => session === null).length,
      };
    })
    .toSorted(inPartOrder(question.by, question.isByThing, 'visitors'));
}
