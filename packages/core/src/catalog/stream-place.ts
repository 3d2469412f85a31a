import type { LandedForm } from '../table/landed-schema.ts';
import { type AwsTarget, tableLocation } from './aws-target.ts';
import { landingFolder, tableLanding } from './landing-folder.ts';

/** Where a delivery stream writes the events of a table. Every folder is `s3://.../`, with the slash. */
export interface StreamPlace {
  /** The folder with the two below, which `headwater etl adopt` reads. */
  readonly landing: string;
  /** Whether a transform cleans the events on their way. */
  readonly form: LandedForm;
  /** The Parquet files, in folders by day: `dt=YYYY-MM-DD/`. */
  readonly files: string;
  /** Records that were not converted, in folders by the kind of error. */
  readonly errors: string;
}

/** The name of the table over what a delivery stream writes. */
export const streamTableName = (table: string): string => `${table}__stream`;

/** What replaces the words of the config. */
export interface StreamPlaceOptions {
  /** The folder of the table's files, `s3://bucket/folder/`. Defaults to `<landing>/<table>/` of the config, or `<lake>/<table>__stream/`. */
  readonly landing?: string | undefined;
  /** The ARN of the function that cleans records. Defaults to that of the config. */
  readonly transform?: string | undefined;
}

/**
 * Where a delivery stream writes. The folders say how the files have to be read, so that a transform can be added or removed later,
 * and neither what has landed nor what has failed is read in the wrong way.
 *
 * It is no folder of the lake's tables: the lake has the files that its manifests list, and Firehose cannot commit a manifest.
 *
 * @throws HeadwaterError `OPTION_INVALID` when `landing` is not `s3://bucket/folder/`, or overlaps the lake or the query results
 * @example streamPlace('clickstream', target)
 * // { landing: 's3://shop-lake/events/clickstream__stream/', form: 'records',
 * //   files: 's3://shop-lake/events/clickstream__stream/records/', errors: '.../clickstream__stream/errors/records/' }
 */
export function streamPlace(table: string, target: AwsTarget, options: StreamPlaceOptions = {}): StreamPlace {
  const { stream } = target;
  const form = (options.transform ?? stream?.transform) === undefined ? 'records' : 'cleaned';
  const landing = placeOf(table, target, options.landing);
  return { landing, form, files: `${landing}${form}/`, errors: `${landing}errors/${form}/` };
}

function placeOf(table: string, target: AwsTarget, given: string | undefined): string {
  if (given !== undefined) return landingFolder(target, given);
  const { stream } = target;
  return stream?.landing === undefined
    ? tableLocation(target, streamTableName(table))
    : tableLanding(table, target, { landing: stream.landing });
}
