import type { EpochUnit } from '../table/time-format.ts';

/** The power of ten by which a count of a unit becomes one of milliseconds. */
export const epochShifts: Readonly<Record<EpochUnit, number>> = {
  'epoch-seconds': 3,
  'epoch-milliseconds': 0,
  'epoch-microseconds': -3,
};
