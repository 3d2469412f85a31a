import { HeadwaterError } from '@headwater/core';

/** The location of a lake: a local folder, or a prefix of a bucket. */
export type LakeLocation =
  | { readonly kind: 'folder'; readonly folder: string }
  /** `prefix` has no slashes at its ends. It is empty for the bucket's root. */
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string };

// Two letters or more: `C:/lake` is a folder on Windows. One slash is enough, since `s3:/bucket` is a typing error and no folder.
const scheme = /^([a-z][a-z0-9+.-]+):\//i;
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Whether a lake's address is on S3. */
export const isS3Location = (location: string): boolean => /^s3:\/\//i.test(location);

/**
 * Parses a lake's address: a folder, or `s3://bucket/prefix`.
 *
 * @throws HeadwaterError `OPTION_INVALID` for another scheme, or a bucket or prefix that is not valid on S3
 * @example parseLakeLocation('s3://shop-events/lake/') // { kind: 's3', bucket: 'shop-events', prefix: 'lake' }
 */
export function parseLakeLocation(location: string): LakeLocation {
  const name = scheme.exec(location)?.[1]?.toLowerCase();
  if (name === undefined) return { kind: 'folder', folder: location };
  const isWhole = location.slice(name.length, name.length + 3) === '://';
  const [bucket = '', ...segments] = location
    .slice(name.length + 3)
    .replace(/\/+$/, '')
    .split('/');
  const isPrefix = segments.every((segment) => /^[^\p{Cc}]+$/u.test(segment) && !/^\.\.?$/.test(segment));
  // They list in no order, and reading manifests begins after a name
  // (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html).
  if (name === 's3' && bucket.endsWith('--x-s3')) {
    const expected = 'a general purpose bucket, not a directory bucket';
    throw new HeadwaterError('OPTION_INVALID', { option: 'lake', value: location, expected });
  }
  if (name !== 's3' || !isWhole || !bucketName.test(bucket) || !isPrefix) {
    const expected = 'a folder, or s3://bucket/prefix; write ./ before a folder whose name begins so';
    throw new HeadwaterError('OPTION_INVALID', { option: 'lake', value: location, expected });
  }
  return { kind: 's3', bucket, prefix: segments.join('/') };
}
