import type { S3Client } from '@aws-sdk/client-s3';
import type { AnyS3Client } from './s3-store.ts';

/** Seconds are enough for an answer; without one, the region stays unknown. */
const patience = { connectionTimeout: 5_000, requestTimeout: 10_000 };

/**
 * The AWS region of a bucket. S3 sends it with every response to HeadBucket, whichever region is asked, and also when it
 * redirects or denies the request (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html). So this needs no
 * permission.
 *
 * @param options the region to ask, or the caller's own client
 * @returns undefined for a bucket that does not exist, and where S3 cannot be asked
 * @example await bucketRegion('shop-events', { region: 'us-east-1' }) // 'eu-central-1'
 */
export async function bucketRegion(
  bucket: string,
  options: { readonly region: string; readonly client?: AnyS3Client | undefined },
): Promise<string | undefined> {
  const sdk = await import('@aws-sdk/client-s3').catch(() => undefined);
  if (!sdk) return undefined;
  const client =
    (options.client as S3Client | undefined) ??
    new sdk.S3Client({ region: options.region, maxAttempts: 2, requestHandler: patience });
  try {
    const found = await client.send(new sdk.HeadBucketCommand({ Bucket: bucket }));
    return found.BucketRegion;
  } catch (error) {
    return regionOf(error);
  } finally {
    if (!options.client) client.destroy();
  }
}

/** The region in the response that an error of the SDK holds. */
function regionOf(error: unknown): string | undefined {
  const { $response } = Object(error) as { $response?: { headers?: Record<string, string> } };
  return $response?.headers?.['x-amz-bucket-region'];
}
