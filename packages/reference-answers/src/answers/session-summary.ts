import { ratio } from '../amounts.ts';
import { grouped } from '../grouped.ts';
import { inPartOrder } from '../order.ts';
import type { PlainEvent } from '../plain-event.ts';
import type { Question } from '../question.ts';
import { sessionParts } from '../session-parts.ts';

const milliseconds = (events: readonly PlainEvent[]): number =>
  (events.at(-1)?.time.getTime() ?? 0) - (events[0]?.time.getTime() ?? 0);

/** How many sessions, with how many events, for how long. */
export function sessionSummary(question: Question) {
  const loose = grouped(
    question.events.filter(({ session }) => session === null),
    (event) => [question.periodOf(event.time, 'day'), question.partOf(event)] as const,
  );
  return grouped(sessionParts(question, 'day'), ({ period, part }) => [period, part] as const)
    .map(({ key: [period, part], rows }) => {
      const bounces = rows.filter(({ events }) => events.length === 1).length;
      const events = rows.reduce((sum, one) => sum + one.events.length, 0);
      const spent = rows.reduce((sum, one) => sum + milliseconds(one.events), 0);
      return {
        period,
        ...question.partColumn(part),
        sessions: rows.length,
        bounces,
        bounceRate: ratio(bounces, rows.length),
        purchaseSessions: rows.filter((one) => one.events.some(({ action }) => action === 'purchase')).length,
        averageEvents: ratio(events, rows.length),
        averageSeconds: ratio(spent, rows.length * 1000),
        eventsWithoutSession: loose.find(({ key }) => key[0] === period && key[1] === part)?.rows.length ?? 0,
      };
    })
    .toSorted(inPartOrder(question.by, question.isByThing, 'sessions'));
}
