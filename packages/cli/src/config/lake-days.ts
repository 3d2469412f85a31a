import type { AwsTarget } from '@headwater/core';
import { readLakeState } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';

/** The first and the last day of UTC with events of a lake's table, as of a commit; undefined when it holds none, or cannot be read from here. */
export async function lakeRange(
  lake: string,
  table: string,
  aws: AwsTarget | undefined,
): Promise<{ readonly from: string; readonly to: string; readonly commit: number } | undefined> {
  const state = await readLakeState(openLakeStore(lake, { aws }), table).catch(() => undefined);
  const range = state && rangeOf(state.files);
  return range && { ...range, commit: state.sequence };
}

/** The days with events in a lake, in words; undefined when the lake cannot be read from here. */
export async function lakeDays(
  lake: string,
  table: string,
  aws: AwsTarget | undefined,
): Promise<string | undefined> {
  const state = await readLakeState(openLakeStore(lake, { aws }), table).catch(() => undefined);
  if (!state) return undefined;
  const range = rangeOf(state.files);
  return range ? `the lake has ${range.from} to ${range.to}` : 'the lake holds no events';
}

function rangeOf(files: readonly { readonly day: string }[]) {
  const days = files.map(({ day }) => day).toSorted();
  const [from, to] = [days[0], days.at(-1)];
  return from === undefined || to === undefined ? undefined : { from, to };
}
