import type { ManifestListing } from '@headwater/core/internal';
import type { Listing } from '../input/find-objects.ts';
import type { LoadOptions } from './load-report.ts';

/** The options that decide which objects of a place a load takes. A listing under others is another one. */
export const listingOptions = ({
  source,
  format,
}: Pick<LoadOptions, 'source' | 'format'>): Pick<ManifestListing, 'sourceName' | 'format'> => ({
  ...(source === undefined ? {} : { sourceName: source }),
  ...(format === undefined ? {} : { format }),
});

/**
 * The listings that a commit may record: those on which a later load can build. A listing from a chosen day on is none. One since the last run
 * is none when the table had another commit in between, which may have let inputs be loaded again.
 *
 * @param isSameTable whether the table is as it was when the places were listed
 */
export function recordedListings(
  listings: readonly Listing[],
  options: Pick<LoadOptions, 'since' | 'source' | 'format'>,
  isSameTable: boolean,
): ManifestListing[] {
  return listings
    .filter(({ from }) => from === null || (options.since === 'last' && isSameTable))
    .map(({ location, at }) => ({ location, at: at.toISOString(), ...listingOptions(options) }));
}
