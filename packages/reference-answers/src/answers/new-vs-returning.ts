import { ratio } from '../amounts.ts';
import { daysBetween, plusDays } from '../calendar.ts';
import { grouped } from '../grouped.ts';
import { inPartOrder } from '../order.ts';
import type { Question } from '../question.ts';

/** Who comes to the shop, or to a part of it, after as many days without. */
export function newVsReturning(question: Question) {
  const lookback = question.number('lookbackDays', 30);
  const { from, to } = question.parameters;
  const dayOf = (time: Date) => question.calendar.at(time).day;
  const known = question.shop.events.filter(({ actor }) => actor !== null);
  const visits = grouped(known, (event) => [question.thingOf(event), event.actor] as const).flatMap(
    ({ key: [part, actor], rows }) => {
      const days = new Set(rows.map(({ time }) => dayOf(time)));
      const isNew = (day: string) =>
        !Array.from({ length: lookback }, (_, index) => plusDays(day, -1 - index)).some((one) =>
          days.has(one),
        );
      return [...days]
        .filter((day) => daysBetween(from, day) >= 0 && daysBetween(day, to) >= 0)
        .map((day) => ({
          part,
          actor,
          isNew: isNew(day),
          period: question.periodOf(question.calendar.startOf(day), 'day'),
        }));
    },
  );
  return grouped(visits, ({ period, part }) => [period, part] as const)
    .map(({ key: [period, part], rows }) => {
      const visitors = grouped(rows, ({ actor }) => [actor] as const);
      const newVisitors = visitors.filter(({ rows: days }) => days.some(({ isNew }) => isNew)).length;
      return {
        period,
        ...question.partColumn(part),
        visitors: visitors.length,
        newVisitors,
        returningVisitors: visitors.length - newVisitors,
        newRate: ratio(newVisitors, visitors.length),
      };
    })
    .toSorted(inPartOrder(question.by, question.isByThing, 'visitors'));
}
