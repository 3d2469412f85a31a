import type { AwsTarget } from '@headwater/core';
import { readLakeState } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';

/** The days with events in a lake, in words; undefined when the lake cannot be read from here. */
export async function lakeDays(
  lake: string,
  table: string,
  aws: AwsTarget | undefined,
): Promise<string | undefined> {
  const state = await readLakeState(openLakeStore(lake, { aws }), table).catch(() => undefined);
  if (!state) return undefined;
  const days = state.files.map(({ day }) => day).toSorted();
  return days.length === 0 ? 'the lake holds no events' : `the lake has ${days[0]} to ${days.at(-1)}`;
}
