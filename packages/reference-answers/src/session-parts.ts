import type { Grain } from './calendar.ts';
import { grouped } from './grouped.ts';
import type { PlainEvent } from './plain-event.ts';
import type { Part, Question } from './question.ts';
import { sessionsOf } from './sessions.ts';

/** A session that began in the range, or what of it is about one category, brand or product. */
export interface SessionPart {
  readonly period: string;
  readonly part: Part;
  /** As time goes. */
  readonly events: readonly PlainEvent[];
}

/**
 * The sessions that began in the range, in the periods of their first events. By category, brand or product a session counts for each that
 * it has an event of, by those events alone; by hour or weekday in that of its first event.
 */
export const sessionParts = (question: Question, fallback: Grain): SessionPart[] =>
  sessionsOf(question.shop)
    .filter(({ began }) => question.inRange(began))
    .flatMap(({ began, events }) =>
      grouped(events, (event) => [question.thingOf(event)] as const).map(({ key: [thing], rows }) => ({
        period: question.periodOf(began, fallback),
        part: question.isByThing ? thing : question.slotOf(began),
        events: rows,
      })),
    );
