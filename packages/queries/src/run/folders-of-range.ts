import type { TableSchema } from '@headwater/core';
import { answerZone } from '../metric/answer-zone.ts';
import type { RangeParameters } from '../metric/parameters.ts';
import { daysOf, timeRangeBetween } from '../range/time-range.ts';

/**
 * The first and the last UTC day that a range of local days touches: its folders.
 * @example foldersOfRange(schema, { from: '2024-04-01', to: '2024-04-01', zone: 'Asia/Shanghai' }) // ['2024-03-31', '2024-04-01']
 */
export const foldersOfRange = (
  schema: Pick<TableSchema, 'zone'>,
  { from, to, zone }: RangeParameters,
): readonly [first: string, last: string] => daysOf(timeRangeBetween(from, to, answerZone({ schema, zone })));
