import type { UnprojectedDays } from '@headwater/core';
import { counted } from './figures.ts';

/** Days that Athena and Trino omit, in words, with what to change. */
export function unprojectedText({ days, rows, first, last, projected }: UnprojectedDays): string {
  const [start, end] = projected;
  const when = first === last ? first : `${first} to ${last}`;
  return [
    `queries on Athena and Trino omit ${counted(rows, 'row')} in ${counted(days, 'day')} (${when}): ` +
      `their partition projection covers ${start} to ${end}`,
    ...(first < start
      ? [`set firstDay in \`aws\` to ${first} or earlier, then run headwater schema publish`]
      : []),
    ...(last > end
      ? ['the projection ends one day after today, so check the time of events that are later']
      : []),
  ].join('; ');
}
