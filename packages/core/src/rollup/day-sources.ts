import type { DataFile } from '../lake/manifest.ts';
import { fingerprintOf } from '../lake/schema-fingerprint.ts';
import type { RollupEntry, StoredRollup } from './rollup-state.ts';

const dayMilliseconds = 86_400_000;

/** A day, so many days later. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10);

/** What the answer for a day was computed from, as a short text: the files of the day and of those beside it that the metric reads. */
export interface DaySources {
  /** The first and the last UTC day with a file; undefined when there is none. */
  readonly days: readonly [first: string, last: string] | undefined;
  /**
   * Undefined when there are no such files, and so no rows.
   * @param margins UTC days before and after the day
   */
  of(day: string, margins: { readonly before: number; readonly after: number }): string | undefined;
}

/** The sources of days, of the committed files of a table. */
export function daySources(files: readonly DataFile[]): DaySources {
  const contents = new Map<string, string>();
  for (const [day, own] of Map.groupBy(files, (file) => file.day))
    contents.set(day, own.map(({ path, hash }) => `${path}:${hash}`).join());
  const known = new Map<string, string>();
  const ordered = [...contents.keys()].toSorted();
  const [first] = ordered;
  const last = ordered.at(-1);
  return {
    days: first === undefined || last === undefined ? undefined : [first, last],
    of(day, { before, after }) {
      const days = Array.from({ length: before + after + 1 }, (_, index) => dayAfter(day, index - before));
      const texts = days.flatMap((one) => contents.get(one) ?? []);
      if (texts.length === 0) return undefined;
      const key = `${day} ${before} ${after}`;
      const found = known.get(key) ?? fingerprintOf(texts.join(';'));
      known.set(key, found);
      return found;
    },
  };
}

/** The entries whose sources are those of the lake: their rows are what the metric would answer. */
export const validEntries = (rollup: StoredRollup, sources: DaySources): RollupEntry[] =>
  rollup.entries.filter(({ day, sources: own }) => sources.of(day, rollup) === own);
