import type { LifecycleRule, S3Client } from '@aws-sdk/client-s3';
import { parseLakeLocation } from './lake-location.ts';
import { createS3Calls } from './s3/s3-calls.ts';
import type { S3StoreOptions } from './s3/s3-store.ts';

/** What a bucket keeps of deleted and replaced objects. */
export interface ObjectVersions {
  /** `off`: nothing. `on`: every old version. `suspended`: the versions from the time before. `unknown`: the bucket does not tell. */
  readonly versioning: 'off' | 'on' | 'suspended' | 'unknown';
  /**
   * Days after which rules of the bucket's lifecycle remove old versions. Null when some stay for good, when there are none, and when the
   * bucket does not tell.
   */
  readonly days: number | null;
}

/**
 * Asks a bucket whether it keeps old versions of objects, and for how long
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html). It needs `s3:GetBucketVersioning` and
 * `s3:GetLifecycleConfiguration`; without them the answer is `unknown`, or has no days.
 *
 * @param location the lake, `s3://bucket/prefix`
 * @param folders folders of the lake; the days are those of the folder whose versions stay longest
 * @example await objectVersions('s3://shop-events/lake', ['clickstream'], {}) // { versioning: 'on', days: 30 }
 */
export async function objectVersions(
  location: string,
  folders: readonly string[],
  options: S3StoreOptions = {},
): Promise<ObjectVersions> {
  const parsed = parseLakeLocation(location);
  if (parsed.kind === 'folder') return { versioning: 'off', days: null };
  const ofBucket = options.aws?.location.split('/')[2] === parsed.bucket ? options.aws : undefined;
  const region = options.region ?? ofBucket?.region;
  const client = options.client as S3Client | undefined;
  const s3 = createS3Calls(location, parsed, { client, region, onRequest: options.onRequest });
  const { bucket: Bucket } = s3;
  const status = await s3
    .run('get the versioning of the bucket', (client, sdk) =>
      client.send(new sdk.GetBucketVersioningCommand({ Bucket })),
    )
    .then(
      (found) => found.Status ?? 'Off',
      () => undefined,
    );
  if (status === undefined) return { versioning: 'unknown', days: null };
  if (status === 'Off') return { versioning: 'off', days: null };
  const rules = await s3
    .run('get the lifecycle of the bucket', (client, sdk) =>
      client.send(new sdk.GetBucketLifecycleConfigurationCommand({ Bucket })),
    )
    .then(
      ({ Rules = [] }) => Rules,
      // A bucket without a lifecycle has an error in its place.
      () => [],
    );
  const days = folders.map((folder) => daysOf(rules, s3.key(`${folder}/`)));
  return {
    versioning: status === 'Enabled' ? 'on' : 'suspended',
    days: days.includes(null) ? null : Math.max(...days.map(Number)),
  };
}

/** The days after which old versions below a prefix are removed; null when some stay. */
function daysOf(rules: readonly LifecycleRule[], prefix: string): number | null {
  const days = rules.flatMap(({ Status, Prefix, Filter, NoncurrentVersionExpiration: expiration }) => {
    if (Status !== 'Enabled' || expiration?.NoncurrentDays === undefined) return [];
    // A rule for objects of some tag or size, or one that keeps the latest versions, does not remove all of them.
    if (expiration.NewerNoncurrentVersions !== undefined) return [];
    const { Prefix: own, ...others } = Filter?.And ?? Filter ?? {};
    if (Object.values(others).some((value) => value !== undefined)) return [];
    return prefix.startsWith(own ?? Prefix ?? '') ? [expiration.NoncurrentDays] : [];
  });
  return days.length === 0 ? null : Math.min(...days);
}
