import { actionMeasures } from '../action-measures.ts';
import { distinct, grouped } from '../grouped.ts';
import { ascending, inOrder } from '../order.ts';
import type { Question } from '../question.ts';

/** What happens in each hour of the day. */
export function peakHours(question: Question) {
  const { by } = question;
  return grouped(
    question.events,
    (event) => [question.partOf(event), question.calendar.at(event.time).hour] as const,
  )
    .map(({ key: [part, hour], rows }) => ({
      ...question.partColumn(part),
      hour,
      events: rows.length,
      visitors: distinct(rows.map(({ actor }) => actor)),
      ...actionMeasures(rows, question.shop.scale),
    }))
    .toSorted(inOrder(...(by === undefined ? [] : [ascending(by)]), ascending('hour')));
}
