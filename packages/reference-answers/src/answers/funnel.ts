import { ratio } from '../amounts.ts';
import { grouped } from '../grouped.ts';
import { ascending, byTime, descending, inOrder } from '../order.ts';
import type { Question } from '../question.ts';
import { sessionParts } from '../session-parts.ts';

/** How many sessions or actors have an event of each action so far. */
export function funnel(question: Question) {
  const { steps = ['view', 'cart', 'purchase'], per = 'session' } = question.parameters;
  const names = steps as readonly string[];
  const units =
    per === 'session'
      ? sessionParts(question, 'all')
      : grouped(
          question.events.filter(({ actor }) => actor !== null),
          (event) => [question.periodOf(event.time, 'all'), question.thingOf(event), event.actor] as const,
        ).map(({ key: [period, part], rows }) => ({ period, part, events: rows }));
  return grouped(units, ({ period, part }) => [period, part] as const)
    .flatMap(({ key: [period, part], rows }) => {
      const reached = (step: number) =>
        rows.filter(({ events }) =>
          names.slice(0, step).every((name) => events.some(({ action }) => action === name)),
        ).length;
      return names.map((action, index) => ({
        period,
        ...question.partColumn(part),
        step: index + 1,
        action,
        reached: reached(index + 1),
        ofPrevious: ratio(reached(index + 1), reached(index)),
        ofAll: ratio(reached(index + 1), rows.length),
        all: rows.length,
      }));
    })
    .toSorted(
      inOrder(
        byTime('period'),
        ...(question.by === undefined ? [] : [descending('all'), ascending(question.by)]),
        ascending('step'),
      ),
    )
    .map(({ all: _, ...row }) => row);
}
