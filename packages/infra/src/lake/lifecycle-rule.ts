import type { S3LifecycleRule } from '@headwater/core/internal';
import { Duration } from 'aws-cdk-lib';
import type { LifecycleRule } from 'aws-cdk-lib/aws-s3';

/** A derived rule of S3's API in the words of CDK. */
export const lifecycleRule = ({
  ID,
  Filter,
  Expiration,
  NoncurrentVersionExpiration,
  AbortIncompleteMultipartUpload,
}: S3LifecycleRule): LifecycleRule => ({
  id: ID,
  enabled: true,
  prefix: Filter.Prefix,
  ...(Expiration && 'Days' in Expiration ? { expiration: Duration.days(Expiration.Days) } : {}),
  ...(Expiration && 'ExpiredObjectDeleteMarker' in Expiration ? { expiredObjectDeleteMarker: true } : {}),
  ...(NoncurrentVersionExpiration
    ? { noncurrentVersionExpiration: Duration.days(NoncurrentVersionExpiration.NoncurrentDays) }
    : {}),
  ...(AbortIncompleteMultipartUpload
    ? {
        abortIncompleteMultipartUploadAfter: Duration.days(
          AbortIncompleteMultipartUpload.DaysAfterInitiation,
        ),
      }
    : {}),
});

/** In a bucket with versions: what was replaced or removed goes after some days, and then the markers of its removal. */
export const oldVersions = (days: number): LifecycleRule => ({
  id: 'headwater-old-versions',
  enabled: true,
  noncurrentVersionExpiration: Duration.days(days),
  expiredObjectDeleteMarker: true,
});

/** Everything in the bucket goes after some days. */
export const deletedAfter = (what: string, days: number): LifecycleRule => ({
  id: `headwater-${what}`,
  enabled: true,
  expiration: Duration.days(days),
  abortIncompleteMultipartUploadAfter: Duration.days(1),
});
