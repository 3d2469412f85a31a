import type { Grain } from './calendar.ts';
import { grouped } from './grouped.ts';
import type { Part, Question } from './question.ts';
import { ordersOf } from './sessions.ts';

/** An order whose first purchase is in the range, or what of it is about one category, brand or product. */
export interface OrderPart {
  readonly actor: string | null;
  readonly period: string;
  readonly part: Part;
}

/**
 * The orders of the range, in the periods of their first purchases. By category, brand or product an order counts for each that it has a
 * purchase of; by hour or weekday in that of its first purchase.
 *
 * @param ofOneActor whether purchases of two actors are two orders
 */
export const orderParts = (question: Question, fallback: Grain, ofOneActor: boolean): OrderPart[] =>
  ordersOf(question.shop, ofOneActor)
    .filter(({ ordered }) => question.inRange(ordered))
    .flatMap(({ actor, ordered, purchases }) =>
      grouped(purchases, (event) => [question.thingOf(event)] as const).map(({ key: [thing] }) => ({
        actor,
        period: question.periodOf(ordered, fallback),
        part: question.isByThing ? thing : question.slotOf(ordered),
      })),
    );
