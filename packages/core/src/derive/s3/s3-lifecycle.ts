import type { AwsTarget } from '../../catalog/aws-target.ts';
import { queryPlace } from '../../catalog/query-place.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import { manifestFolder, stagingPath } from '../../lake/manifest.ts';
import { quarantineName } from '../../lake/quarantine.ts';
import type { TableSchema } from '../../table/table-schema.ts';

/** One rule of a bucket's lifecycle (https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html). */
export interface S3LifecycleRule {
  /** Unique in the bucket, at most 255 characters. */
  readonly ID: string;
  readonly Status: 'Enabled';
  readonly Filter: { readonly Prefix: string };
  /**
   * A marker of a removed object goes when no version of it is left; S3 takes one of the two
   * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html).
   */
  readonly Expiration?: { readonly Days: number } | { readonly ExpiredObjectDeleteMarker: true };
  readonly NoncurrentVersionExpiration?: { readonly NoncurrentDays: number };
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number };
}

/** The input of S3's PutBucketLifecycleConfiguration. */
export interface S3Lifecycle {
  readonly Bucket: string;
  /** The account that must own the bucket. */
  readonly ExpectedBucketOwner: string;
  readonly LifecycleConfiguration: { readonly Rules: S3LifecycleRule[] };
}

/** The buckets of a target: that of the lake, and that of the results of queries. By default they are one. */
export const lifecycleBuckets = ['lake', 'results'] as const;

/** Options of {@link deriveS3Lifecycle}. */
export interface S3LifecycleOptions {
  /** The bucket, where the lake and the results have one each. Defaults to that of the lake. */
  readonly bucket?: (typeof lifecycleBuckets)[number] | undefined;
  /**
   * Days that results of queries are kept. Defaults to 7, the maximum age of a result that Athena reuses
   * (https://docs.aws.amazon.com/athena/latest/ug/reusing-query-results.html).
   */
  readonly resultDays?: number | undefined;
  /**
   * Days after which an upload below the lake that was not completed is aborted. Each file is an upload of its own, so this is the time
   * of the largest file and not of a load or a sync. Defaults to 7; loads themselves abort those that dead runs left after a day or less.
   */
  readonly uploadDays?: number | undefined;
}

/**
 * The lifecycle of a bucket, as the input of S3's PutBucketLifecycleConfiguration
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html). A bucket has one, so the input has the
 * rules of every table, and of the results where they are in the same bucket:
 *
 * - Results of queries are copies of the rows that they hold, personal data too, and Athena never removes them: they expire, and in a
 *   bucket with versions their old versions a day later.
 * - Uploads below the lake that were not completed are aborted: S3 charges for their parts, and shows them to nobody.
 * - In a bucket with versions, what a run removed from its staging folder stays as an old version: the old versions expire after a
 *   day, and then the markers of their removal.
 *
 * Nothing else of the lake expires, and no present object. That includes what is in a staging folder: there it is the
 * record that a file in place is not committed yet. Without the record the file would look like one whose manifest was lost, and loads
 * would be refused. The next run removes both.
 *
 * The call replaces every rule that the bucket has: add its other rules to the input first.
 *
 * @param tables the tables of the lake; each has a staging folder
 * @throws HeadwaterError `AWS_CONFIG_INVALID` for results in a folder of the lake that holds data files or manifests: those would expire
 * @example deriveS3Lifecycle([clickstream.schema], target).LifecycleConfiguration.Rules[0]
 * // { ID: 'headwater-shop-results', Status: 'Enabled', Filter: { Prefix: '_athena/events/' }, Expiration: { Days: 7 }, ... }
 */
export function deriveS3Lifecycle(
  tables: readonly TableSchema[],
  target: AwsTarget,
  { bucket = 'lake', resultDays = 7, uploadDays = 7 }: S3LifecycleOptions = {},
): S3Lifecycle {
  const lake = placeOf(target.location);
  const results = placeOf(queryPlace(target).results);
  const Bucket = { lake, results }[bucket].bucket;
  assertResultsApart(tables, target);
  const rules = [
    ...(results.bucket === Bucket ? [resultRule(target, results.prefix, resultDays)] : []),
    ...(lake.bucket === Bucket ? lakeRules(tables, target, lake.prefix, uploadDays) : []),
  ];
  return {
    Bucket,
    ExpectedBucketOwner: target.bucketOwner ?? target.account,
    LifecycleConfiguration: { Rules: rules },
  };
}

function assertResultsApart(tables: readonly TableSchema[], target: AwsTarget): void {
  const { results } = queryPlace(target);
  const folders = tables.flatMap(({ name }) => [name, quarantineName(name), manifestFolder(name)]);
  const held = folders.find((folder) => {
    const place = `${target.location}/${folder}/`;
    return `${results}/`.startsWith(place) || place.startsWith(`${results}/`);
  });
  if (held === undefined) return;
  const problem = `must be apart from ${target.location}/${held}: results expire, and what is there must not`;
  throw new HeadwaterError('AWS_CONFIG_INVALID', { problems: [{ field: 'results', problem }] });
}

/** The bucket of an address, and the prefix of its objects' keys: empty, or with a slash at the end. */
function placeOf(url: string): { readonly bucket: string; readonly prefix: string } {
  const [, , bucket = '', ...folders] = url.split('/');
  return { bucket, prefix: folders.map((folder) => `${folder}/`).join('') };
}

const resultRule = ({ database }: AwsTarget, Prefix: string, Days: number): S3LifecycleRule => ({
  ID: `headwater-${database}-results`,
  Status: 'Enabled',
  Filter: { Prefix },
  Expiration: { Days },
  NoncurrentVersionExpiration: { NoncurrentDays: 1 },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
});

const lakeRules = (
  tables: readonly TableSchema[],
  { database }: AwsTarget,
  Prefix: string,
  DaysAfterInitiation: number,
): S3LifecycleRule[] => [
  {
    ID: `headwater-${database}-uploads`,
    Status: 'Enabled',
    Filter: { Prefix },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation },
  },
  // A prefix has no wildcard (https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-filters.html).
  ...tables.map(
    ({ name }): S3LifecycleRule => ({
      // With the longest names of a database and a table these are the 255 characters that S3 allows.
      ID: `${database}-${name}-staging`,
      Status: 'Enabled',
      Filter: { Prefix: `${Prefix}${stagingPath(name)}/` },
      Expiration: { ExpiredObjectDeleteMarker: true },
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
    }),
  ),
];
