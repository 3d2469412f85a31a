import type { UnprojectedDays } from '@headwater/core';
import { counted } from './figures.ts';

/** Days that Athena and Trino omit, in words, with what to change. */
export function unprojectedText({ days, rows, first, last, projected, endMoves }: UnprojectedDays): string {
  const [start, end] = projected;
  const when = first === last ? first : `${first} to ${last}`;
  return [
    `queries on Athena and Trino omit ${counted(rows, 'row')} in ${counted(days, 'day')} (${when}): ` +
      `their partition projection covers ${start} to ${end}`,
    ...(first < start
      ? [`set firstDay in \`aws\` to ${first} or earlier, then run headwater schema publish`]
      : []),
    ...(last > end ? [endMoves ? laterThanTomorrow : laterThanLastDay(last)] : []),
  ].join('; ');
}

const laterThanTomorrow =
  'the projection ends one day after today: check the time of events that are later, and set lastDay in `aws` if it is right';

const laterThanLastDay = (last: string): string =>
  `set lastDay in \`aws\` to ${last} or later, or leave it out, then run headwater schema publish`;
