import { hash } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import { parseLakeLocation, userCacheFolder } from '@headwater/storage';

/** What a landing folder belongs to. Two runs that differ in any of it have two folders. */
export interface LandingOf {
  readonly lake: string;
  readonly table: string;
  /** The input with everything that decides about its records, as plain data. */
  readonly input: unknown;
  /** The stream, with everything that decides where its records are. */
  readonly stream: unknown;
}

/**
 * The landing folder of a run: beside a lake in a folder, in the user's cache folder for a lake on S3. The same run has the same one.
 *
 * @param given the parent of such folders, where the user names one
 */
export function landingFolder({ lake, table, input, stream }: LandingOf, given: string | undefined): string {
  const place = parseLakeLocation(lake);
  const parent =
    given === undefined
      ? place.kind === 'folder'
        ? besideLake(place.folder)
        : join(userCacheFolder(), 'landing', place.bucket, ...place.prefix.split('/'))
      : given;
  const digest = hash('sha256', JSON.stringify([resolve(lake), input, stream])).slice(0, 12);
  return join(resolve(parent), `${table}-${digest}`);
}

/** The lake may not contain it: a load of the lake's folder would read it, and leftovers of the lake are removed. */
function besideLake(folder: string): string {
  const lake = resolve(folder);
  return join(dirname(lake), `${basename(lake)}-landing`);
}
