import type { AwsTarget } from './aws-target.ts';

/** A place on S3, split into its parts. */
export interface S3Place {
  readonly bucket: string;
  /** The bucket's ARN, for actions on buckets. */
  readonly bucketArn: string;
  /** Without slashes at its ends. Empty for the whole bucket. */
  readonly prefix: string;
}

/** Splits `s3://bucket/prefix` into the parts that policies and delivery streams need. */
export function s3Place({ partition }: AwsTarget, url: string): S3Place {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(url) ?? [];
  return { bucket, bucketArn: `arn:${partition}:s3:::${bucket}`, prefix };
}
