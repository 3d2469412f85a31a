import { HeadwaterError, isHeadwaterError } from '@headwater/core';
import type { ManifestInput } from '@headwater/core/internal';
import { type LakeTarget, openS3Objects, type S3Object, type S3Objects } from '@headwater/storage';

/** An object on S3 that is an input. */
export interface InputObject extends S3Object {
  readonly bucket: string;
  /** Known when it was read, if its bucket has versions. */
  readonly versionId?: string | undefined;
}

/** A key of a bucket, or the beginning of keys. */
export interface ObjectPlace {
  readonly bucket: string;
  /** As it is, without any encoding. Empty for the whole bucket. */
  readonly key: string;
}

/** The address of an object, which is its name in reports and in the quarantine. */
export const objectSource = ({ bucket, key }: ObjectPlace): string => `s3://${bucket}/${key}`;

/**
 * Splits `s3://bucket/key`. What follows the bucket is the key as it is: `%20` is three characters.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 */
export function parseObjectPlace(word: string): ObjectPlace {
  const [, bucket = '', key = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/is.exec(word) ?? [];
  // Directory buckets list in no order (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html).
  if (bucket !== '' && bucket === bucket.toLowerCase() && !bucket.endsWith('--x-s3')) return { bucket, key };
  const expected = 's3://bucket/key, s3://bucket/prefix/ or a pattern of keys, in a general purpose bucket';
  throw new HeadwaterError('OPTION_INVALID', { option: 'input', value: word, expected });
}

/** What a manifest keeps of an object. */
export const manifestObject = ({
  etag,
  modifiedAt,
  versionId,
}: InputObject): NonNullable<ManifestInput['object']> => ({
  etag,
  lastModified: modifiedAt.toISOString().replace('.000Z', 'Z'),
  ...(versionId === undefined ? {} : { versionId }),
});

/** The error for an input on S3, in place of that for a lake. */
export function objectError(source: string, error: unknown): unknown {
  if (!isHeadwaterError(error, 'STORE_FAILED')) return error;
  return new HeadwaterError('INPUT_UNREADABLE', { file: source, problem: error.payload.problem });
}

/**
 * Opens buckets, each once: every one has a client with connections of its own.
 *
 * @param aws where the lake's tables are on AWS: its region, for objects in the lake's bucket
 */
export function openBuckets(aws: LakeTarget | undefined): (bucket: string) => S3Objects {
  const buckets = new Map<string, S3Objects>();
  return (bucket) => {
    const objects = buckets.get(bucket) ?? openS3Objects(bucket, { aws });
    buckets.set(bucket, objects);
    return objects;
  };
}
