import { HeadwaterError } from '@headwater/core';
import { type LakeState, listingKey } from '@headwater/core/internal';
import { dayOfDigits, timeDigits } from '../input/day-folder.ts';
import type { FindObjectsOptions, ListedPlace } from '../input/find-objects.ts';
import { objectSource } from '../input/input-object.ts';
import { listingOptions } from './listing-options.ts';
import type { LoadOptions } from './load-report.ts';

/** Days after the day in its key by which an object may arrive and still be found. */
const defaultLateDays = 3;

/** @throws HeadwaterError `OPTION_INVALID` for what is neither `last` nor a day, and for days that go with nothing */
export function assertSince({ since, lateDays }: Pick<LoadOptions, 'since' | 'lateDays'>): void {
  if (since !== undefined && since !== 'last' && dayOfDigits(since.replaceAll('-', '')) !== since)
    fail('since', since, 'last, or a day such as 2026-11-27');
  if (lateDays === undefined) return;
  if (since !== 'last')
    fail(
      'lateDays',
      String(lateDays),
      "since: 'last' beside it, because it is about the days before the last run",
    );
  if (!(Number.isInteger(lateDays) && lateDays >= 0))
    fail('lateDays', String(lateDays), 'a whole number of days, 0 or more');
}

/**
 * What of each place on S3 a load with the option `since` need not list.
 *
 * Since `last`, folders of days are listed from the day of the last listing, or of the newest folder in the lake if that is earlier, less
 * `lateDays`, and one day more for clocks and time zones. Older folders are listed when no object of theirs is in the lake. No rule looks
 * at the time of an object: an upload in parts that is finished late has the time at which it began
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html).
 *
 * @param state the table before the load
 * @returns a function that throws `OPTION_INVALID` for an input that is no place on S3
 */
export function listingBounds(
  options: Pick<LoadOptions, 'since' | 'lateDays' | 'format' | 'source'>,
  state: LakeState,
): FindObjectsOptions['boundOf'] {
  const { since = 'last', lateDays = defaultLateDays, source } = options;
  return (place) => {
    if (place === undefined)
      return fail(
        'since',
        since,
        's3://bucket/prefix/, or a pattern of keys, as every input. Other inputs are found as a whole: the time of a file is that of its ' +
          'content, and it may have come to its folder later',
      );
    if (since !== 'last') return { from: since, mayOmit: () => true };
    const { location } = place;
    const listing = state.listings.get(listingKey({ location, ...listingOptions(options) }));
    if (!listing) return undefined;
    const folders = dayFoldersInLake(state, source, place);
    const listed = listing.at.slice(0, 10);
    // A folder of the future, by a wrong clock, would hide those of the present.
    const newest = [...folders.values()].reduce((last, day) => (day > last ? day : last), '');
    const day = newest !== '' && newest < listed ? newest : listed;
    return { from: daysBefore(day, lateDays + 1), mayOmit: (folder) => folders.has(folder) };
  };
}

/** The folders of days right below a place of which the lake has an object, by their prefix, and their day. */
function dayFoldersInLake(
  { inputs }: LakeState,
  source: string | undefined,
  { bucket, folder }: ListedPlace,
): ReadonlyMap<string, string> {
  const below = objectSource({ bucket, key: folder });
  const found = new Map<string, string>();
  for (const input of inputs.values()) {
    if (!input.object || input.sourceName !== source || !input.source.startsWith(below)) continue;
    let digits = '';
    let prefix = folder;
    for (const name of input.source.slice(below.length).split('/').slice(0, -1)) {
      const more = timeDigits(digits, name);
      if (more === undefined) break;
      digits = more;
      prefix += `${name}/`;
      const day = dayOfDigits(digits);
      if (day !== undefined) found.set(prefix, day);
    }
  }
  return found;
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

function fail(option: string, value: string, expected: string): never {
  throw new HeadwaterError('OPTION_INVALID', { option, value, expected });
}
