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
 * The listings that a commit records, so that a later load can build on them. A listing from a chosen day on is not recorded. A listing with
 * `since: 'last'` is not recorded when another run committed to the table in between, because that commit may have let inputs be loaded again.
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
