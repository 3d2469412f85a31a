import type { AwsTarget } from '../../catalog/aws-target.ts';
import { queryPlace } from '../../catalog/query-place.ts';

/** One rule of a bucket's lifecycle (https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html). */
export interface S3LifecycleRule {
  readonly ID: string;
  readonly Status: 'Enabled';
  readonly Filter: { readonly Prefix: string };
  readonly Expiration?: { readonly Days: number };
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

/** Options of {@link deriveS3Lifecycle}. */
export interface S3LifecycleOptions {
  /**
   * Days that results of queries are kept. Defaults to 7, the maximum age of a result that Athena reuses
   * (https://docs.aws.amazon.com/athena/latest/ug/reusing-query-results.html).
   */
  readonly resultDays?: number | undefined;
}

/**
 * The lifecycle of the bucket of results, as the input of S3's PutBucketLifecycleConfiguration
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html). Results of queries are copies of the rows
 * that they hold, personal data too, and Athena never removes them: they expire, and in a bucket with versions their old versions a
 * day later. Nothing of the lake expires.
 *
 * The call replaces every rule that the bucket has: add its other rules to the input first.
 *
 * @example deriveS3Lifecycle(target).LifecycleConfiguration.Rules[0]
 * // { ID: 'headwater-shop-results', Status: 'Enabled', Filter: { Prefix: '_athena/events/' }, Expiration: { Days: 7 }, ... }
 */
export function deriveS3Lifecycle(
  target: AwsTarget,
  { resultDays: Days = 7 }: S3LifecycleOptions = {},
): S3Lifecycle {
  const [, , Bucket = '', ...folders] = queryPlace(target).results.split('/');
  return {
    Bucket,
    ExpectedBucketOwner: target.bucketOwner ?? target.account,
    LifecycleConfiguration: {
      Rules: [
        {
          ID: `headwater-${target.database}-results`,
          Status: 'Enabled',
          Filter: { Prefix: folders.map((folder) => `${folder}/`).join('') },
          Expiration: { Days },
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
      ],
    },
  };
}
