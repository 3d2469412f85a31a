import { HeadwaterError } from '../errors/headwater-error.ts';
import { type AwsTarget, tableLocation } from './aws-target.ts';
import type { LandingFormat } from './published-services.ts';
import { queryPlace } from './query-place.ts';

/**
 * Checks a folder where raw objects land. It is neither in the lake nor in the place of results: what is written there would be read
 * as raw objects.
 *
 * @returns the folder as given, with its slash at the end
 * @throws HeadwaterError `OPTION_INVALID` for a text that is not `s3://bucket/folder/`, or a folder of the lake or of results
 * @example landingFolder(target, 's3://shop-landing/clickstream/') // 's3://shop-landing/clickstream/'
 */
export function landingFolder(target: AwsTarget, given: string): string {
  checkedFolder('landing', given);
  for (const written of [target.location, queryPlace(target).results])
    if (`${written}/`.startsWith(given) || given.startsWith(`${written}/`))
      invalid(
        'landing',
        given,
        `a folder apart from ${written}: what is written there would be taken for raw objects`,
      );
  return given;
}

/**
 * Checks the form of a folder on S3 in an option.
 *
 * @param option the name of the option, for the message
 * @returns the folder as given, with its slash at the end
 * @throws HeadwaterError `OPTION_INVALID` for a text that is not `s3://bucket/folder/`
 * @example checkedFolder('output', 's3://shop-clean/clickstream/') // 's3://shop-clean/clickstream/'
 */
export function checkedFolder(option: string, given: string): string {
  if (/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[A-Za-z0-9!_.*'()=-]+)+\/$/.test(given)) return given;
  return invalid(option, given, 'a folder, s3://bucket/folder/, with a slash at the end');
}

/** Where the raw files of tables land, as the config has it. */
export interface LandingWords {
  /** A folder with a folder for each table, `s3://...`, outside the lake. Defaults to the places of the raw layer in the lake. */
  readonly landing?: string | undefined;
  /** Defaults to `csv`. */
  readonly format?: LandingFormat | undefined;
}

/**
 * The folder where the raw files of a table land, with a slash at the end.
 *
 * @throws HeadwaterError as {@link landingFolder}
 * @example tableLanding('clickstream', target, { landing: 's3://shop-landing' }) // 's3://shop-landing/clickstream/'
 * @example tableLanding('clickstream', target) // 's3://shop-lake/events/clickstream__raw_csv/'
 */
export const tableLanding = (
  table: string,
  target: AwsTarget,
  { landing, format = 'csv' }: LandingWords = {},
): string =>
  landing === undefined
    ? tableLocation(target, `${table}__raw_${format}`)
    : landingFolder(target, `${landing.replace(/\/$/, '')}/${table}/`);

function invalid(option: string, value: string, expected: string): never {
  throw new HeadwaterError('OPTION_INVALID', { option, value, expected });
}
