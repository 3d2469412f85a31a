import type { S3Client } from '@aws-sdk/client-s3';
import { createS3Calls } from './s3-calls.ts';
import { statusOf, storeErrorFrom } from './s3-error.ts';
import type { S3StoreOptions } from './s3-store.ts';

/** An object of a bucket, as a listing has it. */
export interface S3Object {
  /** The key as it is, without any encoding. */
  readonly key: string;
  readonly bytes: number;
  /** Without its quotes. Of two contents under one key, the ETags differ. */
  readonly etag: string;
  /** In whole seconds. Of an upload in parts it is the time when the upload began. */
  readonly modifiedAt: Date;
}

/** A page of a listing, in the order of the keys' bytes. */
export interface S3Page {
  readonly objects: readonly S3Object[];
  /** Prefixes that end in a slash and stand for the objects below them. Only of listings of one level. */
  readonly folders: readonly string[];
}

/** What of an object is read, and what S3 says of all of it. */
export interface S3Body {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Undefined for an object of a bucket without versions. */
  readonly versionId: string | undefined;
  /** The MD5 of the whole content in hex, where the ETag is one. */
  readonly md5: string | undefined;
}

/** Objects of a bucket that others write. */
export interface S3Objects {
  /**
   * Lists the objects whose keys begin with a prefix.
   *
   * @param options `isOneLevel`: what is below a further slash is given as folders; `limit`: keys of the first page, with which
   *   the listing then ends
   */
  list(
    prefix: string,
    options?: { readonly isOneLevel?: boolean; readonly limit?: number },
  ): AsyncIterable<S3Page>;
  /**
   * Opens an object from the byte `first` on.
   *
   * @returns `changed` when the object under this key has another ETag by now, `missing` when there is none
   */
  read(
    object: Pick<S3Object, 'key' | 'etag'>,
    first: number,
    signal?: AbortSignal,
  ): Promise<S3Body | 'changed' | 'missing'>;
}

/** The problem of a transfer whose bytes are not those of the object: what arrived before is wrong as well. */
export const checksumProblem = 'the bytes that arrived do not have the checksum of the object';

const advice = {
  AccessDenied:
    'access denied. The role needs s3:ListBucket and s3:GetObject here, and kms:Decrypt for objects encrypted by a key of AWS KMS',
  InvalidObjectState: 'it is archived: restore it first',
};

/**
 * Opens a bucket to read objects that others write, such as a landing zone. Keys are taken as they are. It does no I/O; the first
 * call loads the AWS client.
 *
 * Errors are `STORE_FAILED`.
 *
 * @example
 * ```ts
 * for await (const { objects } of openS3Objects('shop-landing').list('clicks/')) console.log(objects);
 * ```
 */
export function openS3Objects(
  bucket: string,
  { region, aws, client, onRequest }: S3StoreOptions = {},
): S3Objects {
  const location = `s3://${bucket}`;
  const isOfTarget = aws?.location.split('/')[2] === bucket;
  const s3 = createS3Calls(
    location,
    { bucket, prefix: '' },
    {
      client: client as S3Client | undefined,
      region: region ?? (isOfTarget ? aws.region : undefined),
      onRequest,
      advice,
      purpose: 'An input on S3',
    },
  );
  return {
    async *list(prefix, { isOneLevel = false, limit } = {}) {
      let token: string | undefined;
      do {
        const input = {
          ...{ Bucket: bucket, Prefix: prefix, MaxKeys: limit, ContinuationToken: token },
          // XML cannot hold every key (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html).
          EncodingType: 'url' as const,
          ...(isOneLevel ? { Delimiter: '/' } : {}),
        };
        const page = await s3.run(`list ${prefix}`, (one, sdk) =>
          one.send(new sdk.ListObjectsV2Command(input)),
        );
        yield {
          objects: (page.Contents ?? []).map(
            ({ Key = '', Size = 0, ETag = '', LastModified = new Date(0) }) => ({
              key: decoded(Key),
              bytes: Size,
              etag: ETag.replaceAll('"', ''),
              modifiedAt: wholeSeconds(LastModified),
            }),
          ),
          folders: (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => decoded(Prefix)),
        };
        token = limit === undefined ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
    },
    read({ key, etag }, first, abortSignal) {
      const action = `read ${key}`;
      return s3.run(action, async (one, sdk) => {
        const Range = first > 0 ? `bytes=${first}-` : undefined;
        const input = { Bucket: bucket, Key: key, IfMatch: `"${etag}"`, Range };
        try {
          const found = await one.send(new sdk.GetObjectCommand(input), abortSignal ? { abortSignal } : {});
          const isEncrypted =
            /^aws:/.test(found.ServerSideEncryption ?? '') || found.SSECustomerAlgorithm !== undefined;
          return {
            bytes: streamed((found.Body ?? []) as AsyncIterable<Uint8Array>, (error) =>
              storeErrorFrom(
                // The SDK has no name for it.
                /^Checksum mismatch/.test(String(Object(error).message)) ? new Error(checksumProblem) : error,
                location,
                action,
                advice,
              ),
            ),
            // Objects from before a bucket had versions have the id `null`.
            versionId: found.VersionId === 'null' ? undefined : found.VersionId,
            // Not of uploads in parts, whose ETags have a dash, and not with keys of KMS
            // (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html).
            md5: /^[0-9a-f]{32}$/.test(etag) && !isEncrypted ? etag : undefined,
          };
        } catch (error) {
          const status = statusOf(error);
          if (status === 412) return 'changed';
          if (status === 404 && (error as Error).name !== 'NoSuchBucket') return 'missing';
          throw error;
        }
      });
    },
  };
}

async function* streamed(
  bytes: AsyncIterable<Uint8Array>,
  errorFrom: (error: unknown) => unknown,
): AsyncIterable<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw errorFrom(error);
  }
}

/** A plus is a space here, as in a form. */
const decoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

const wholeSeconds = (time: Date): Date => new Date(Math.floor(time.getTime() / 1000) * 1000);
