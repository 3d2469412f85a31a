import { ratio } from '../amounts.ts';
import { firstDayOf, periodsBetween, plusDays } from '../calendar.ts';
import { distinct, grouped } from '../grouped.ts';
import { ascending, byTime, inOrder } from '../order.ts';
import type { Question } from '../question.ts';

/** Who of a period comes again in later ones. */
export function retention(question: Question) {
  const { grain } = question.parameters;
  const unit = grain === 'week' || grain === 'month' ? grain : 'day';
  const periods = question.number('periods', 7);
  const periodOf = (time: Date) => firstDayOf(unit, question.calendar.at(time).day);
  const { cohort: kind = 'active', from } = question.parameters;
  const earliest = question.calendar.startOf(plusDays(from, -question.number('lookbackDays', 90))).getTime();
  const visits = question.shop.events
    .filter(({ actor }) => actor !== null)
    .map((event) => ({
      actor: event.actor,
      part: question.thingOf(event),
      period: periodOf(event.time),
      time: event.time.getTime(),
      isInRange: question.inRange(event.time),
      isFirst: kind === 'first-seen' || event.action === 'purchase',
    }));
  const { by } = question;
  return grouped(visits, ({ part }) => [part] as const)
    .flatMap(({ key: [part], rows: inPart }) =>
      grouped(
        (kind === 'active' ? inPart : firstsOf(inPart, earliest)).filter(({ isInRange }) => isInRange),
        ({ period }) => [period] as const,
      ).flatMap(({ key: [cohort], rows }) => {
        const members = new Set(rows.map(({ actor }) => actor));
        const later = inPart
          .filter(({ actor }) => members.has(actor))
          .map(({ actor, period }) => ({ actor, offset: periodsBetween(unit, cohort, period) }))
          .filter(({ offset }) => offset >= 0 && offset <= periods);
        return grouped(later, ({ offset }) => [offset] as const).map(({ key: [offset], rows: own }) => {
          const retained = distinct(own.map(({ actor }) => actor));
          return {
            cohort,
            ...question.partColumn(part),
            offset,
            visitors: members.size,
            retained,
            retentionRate: ratio(retained, members.size),
          };
        });
      }),
    )
    .toSorted(inOrder(byTime('cohort'), ...(by === undefined ? [] : [ascending(by)]), ascending('offset')));
}

/** The first visit of each actor that makes it one of a cohort, from an instant on. */
function firstsOf<Visit extends { actor: string | null; time: number; isFirst: boolean }>(
  visits: readonly Visit[],
  earliest: number,
): Visit[] {
  const own = visits.filter(({ isFirst, time }) => isFirst && time >= earliest);
  return grouped(own, ({ actor }) => [actor] as const).flatMap(
    ({ rows }) => rows.toSorted((one, other) => one.time - other.time)[0] ?? [],
  );
}
