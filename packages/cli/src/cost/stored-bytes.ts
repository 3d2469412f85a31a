import type { Manifest } from '@headwater/core/internal';
import type { Month } from './month.ts';

/** Bytes that a table kept over a month: the mean, as S3 bills it by the hour. */
export interface StoredBytes {
  readonly lake: number;
  readonly quarantine: number;
}

type Files = readonly { readonly path: string; readonly bytes: number }[];

/**
 * The mean bytes of a table's files over a month, from its manifests: each file counts from the commit that added it to the commit that removed
 * it. A month that goes on is counted to the present, over the whole month.
 *
 * @param history every manifest of the table, the first one first
 */
export function storedBytes(history: readonly Manifest[], month: Month): StoredBytes {
  const sum = (added: (manifest: Manifest) => Files, removed: (manifest: Manifest) => readonly string[]) => {
    const since = new Map<string, { readonly from: number; readonly bytes: number }>();
    let byteHours = 0;
    const take = (path: string, until: number): void => {
      const file = since.get(path);
      if (!file) return;
      byteHours += file.bytes * hoursIn(file.from, until, month);
      since.delete(path);
    };
    for (const manifest of history) {
      const at = Date.parse(manifest.startedAt) + manifest.seconds * 1000;
      for (const path of removed(manifest)) take(path, at);
      for (const { path, bytes } of added(manifest)) since.set(path, { from: at, bytes });
    }
    for (const path of [...since.keys()]) take(path, Number.POSITIVE_INFINITY);
    return byteHours / month.hours;
  };
  return {
    lake: sum(
      (manifest) => manifest.added,
      (manifest) => manifest.removed,
    ),
    quarantine: sum(
      (manifest) => manifest.quarantineAdded,
      (manifest) => manifest.quarantineRemoved,
    ),
  };
}

/** Hours of an interval that are in the month. */
const hoursIn = (from: number, until: number, month: Month): number =>
  Math.max(0, Math.min(until, month.to.getTime()) - Math.max(from, month.from.getTime())) / 3_600_000;
