import type {
  ListMultipartUploadsCommandInput,
  ListMultipartUploadsCommandOutput,
  S3Client,
} from '@aws-sdk/client-s3';
import type { AwsTarget } from '@headwater/core';
import type { LakeStore } from '../lake-store.ts';
import { createS3Object } from './create-object.ts';
import { encryptionOf } from './encryption.ts';
import type { OnRequest } from './on-request.ts';
import { createS3Calls } from './s3-calls.ts';
import { statusOf, storeErrorFrom } from './s3-error.ts';
import { uploadFile } from './upload-file.ts';

/**
 * An `S3Client` of `@aws-sdk/client-s3`, described by the members that distinguish it from other clients of the AWS SDK, so that
 * programs without that package compile.
 */
export interface AnyS3Client {
  readonly config: { readonly followRegionRedirects: boolean; readonly forcePathStyle: boolean };
  destroy(): void;
}

/** Options of a lake on S3. The AWS SDK finds region, credentials and endpoint. */
export interface S3StoreOptions {
  /** Defaults to the region of the environment. */
  readonly region?: string | undefined;
  /** The ARN of a key of AWS KMS by which written files are encrypted. Defaults to the encryption of the bucket. */
  readonly kmsKey?: string | undefined;
  /** Where the lake's tables are on AWS. Its region and its key are the defaults for a lake in its bucket. */
  readonly aws?: LakeTarget | undefined;
  /** The caller's own `S3Client`. The caller closes it. Defaults to one that the store creates. */
  readonly client?: AnyS3Client | undefined;
  /** Called for each request that the store sends, with its operation. For what they cost. */
  readonly onRequest?: OnRequest | undefined;
}

/** The parts of core's `AwsTarget` that say how its bucket is reached. */
export type LakeTarget = Pick<AwsTarget, 'location' | 'region' | 'kmsKey'>;

/** A lake on S3. */
export interface S3Store extends LakeStore {
  readonly kind: 's3';
}

/** The maximum number of keys of one DeleteObjects call. */
const deletesPerCall = 1000;

/** Opens the files of a lake below a prefix of a bucket. */
export function createS3Store(
  location: string,
  target: { bucket: string; prefix: string },
  options: S3StoreOptions,
): S3Store {
  const ofTarget = options.aws?.location.split('/')[2] === target.bucket ? options.aws : undefined;
  const { region = ofTarget?.region, kmsKey = ofTarget?.kmsKey } = options;
  const client = options.client as S3Client | undefined;
  const s3 = createS3Calls(location, target, { client, region, onRequest: options.onRequest });
  const { bucket: Bucket } = s3;
  const encryption = encryptionOf(kmsKey);
  const readText = (path: string): Promise<string> =>
    s3.run(`read ${path}`, async (client, sdk) => {
      const found = await client.send(new sdk.GetObjectCommand({ Bucket, Key: s3.key(path) }));
      return (await found.Body?.transformToString()) ?? '';
    });
  return {
    kind: 's3',
    location,
    readText,
    list: (folder, after) =>
      s3.run(`list ${folder}`, async (client, sdk) => {
        const Prefix = s3.key(`${folder}/`);
        const StartAfter = after ? `${Prefix}${after}` : undefined;
        const names: string[] = [];
        const pages = sdk.paginateListObjectsV2({ client }, { Bucket, Prefix, Delimiter: '/', StartAfter });
        for await (const { Contents = [] } of pages)
          for (const { Key = '' } of Contents) names.push(Key.slice(Prefix.length));
        return names.filter((name) => name !== '');
      }),
    info: (path) =>
      s3.run(`get the size of ${path}`, async (client, sdk) => {
        try {
          const head = await client.send(new sdk.HeadObjectCommand({ Bucket, Key: s3.key(path) }));
          return { path, bytes: head.ContentLength ?? 0, modifiedAt: head.LastModified ?? new Date(0) };
        } catch (error) {
          if (statusOf(error) === 404) return undefined;
          throw error;
        }
      }),
    folders: (prefix) =>
      s3.run(`list the folders ${prefix}*`, async (client, sdk) => {
        const names: string[] = [];
        const request = { Bucket, Prefix: s3.key(prefix), Delimiter: '/' };
        for await (const { CommonPrefixes = [] } of sdk.paginateListObjectsV2({ client }, request))
          for (const { Prefix = '' } of CommonPrefixes) names.push(s3.path(Prefix).replace(/\/$/, ''));
        return names;
      }),
    async *walk(folder) {
      const Prefix = s3.key(`${folder}/`);
      let token: string | undefined;
      do {
        const ContinuationToken = token;
        const page = await s3.run(`list ${folder}`, (client, sdk) =>
          client.send(new sdk.ListObjectsV2Command({ Bucket, Prefix, ContinuationToken })),
        );
        for (const { Key = '', Size = 0, LastModified = new Date(0) } of page.Contents ?? [])
          if (!Key.endsWith('/')) yield { path: s3.path(Key), bytes: Size, modifiedAt: LastModified };
        token = page.NextContinuationToken;
      } while (token !== undefined);
    },
    async *read(path, range, abortSignal) {
      const action = `read ${path}`;
      const body = await s3.run(action, async (client, sdk) => {
        const Range = range ? `bytes=${range.first}-${range.last ?? ''}` : undefined;
        const command = new sdk.GetObjectCommand({ Bucket, Key: s3.key(path), Range });
        const { Body } = await client.send(command, abortSignal ? { abortSignal } : {});
        return (Body ?? []) as AsyncIterable<Uint8Array>;
      });
      try {
        yield* body;
      } catch (error) {
        throw storeErrorFrom(error, location, action);
      }
    },
    async createText(path, text) {
      const isNew = await createS3Object(s3, path, text, encryption);
      // A retried request may find the object of its first attempt, whose response was lost.
      return isNew || (await readText(path)) === text;
    },
    replaceText: (path, text) =>
      s3.run(`write ${path}`, async (client, sdk) => {
        await client.send(new sdk.PutObjectCommand({ Bucket, Key: s3.key(path), Body: text, ...encryption }));
      }),
    put: (path, localFile, put) => uploadFile(s3, path, localFile, put, encryption),
    copy: (from, to) =>
      s3.run(`copy ${from} to ${to}`, async (client, sdk) => {
        const CopySource = encodeURIComponent(`${Bucket}/${s3.key(from)}`).replaceAll('%2F', '/');
        await client.send(new sdk.CopyObjectCommand({ Bucket, Key: s3.key(to), CopySource, ...encryption }));
      }),
    async remove(paths) {
      for (let first = 0; first < paths.length; first += deletesPerCall) {
        const Objects = paths.slice(first, first + deletesPerCall).map((path) => ({ Key: s3.key(path) }));
        await s3.run('remove files', async (client, sdk) => {
          const command = new sdk.DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } });
          const failed = (await client.send(command)).Errors?.[0];
          if (failed) throw Object.assign(new Error(failed.Message), { name: failed.Code ?? 'Error' });
        });
      }
    },
    async *unfinishedUploads(folder) {
      const Prefix = s3.key(`${folder}/`);
      let marker: Pick<ListMultipartUploadsCommandInput, 'KeyMarker' | 'UploadIdMarker'> | undefined = {};
      while (marker) {
        const input = { Bucket, Prefix, ...marker };
        const page: ListMultipartUploadsCommandOutput = await s3.run(
          `list the uploads of ${folder}`,
          (client, sdk) => client.send(new sdk.ListMultipartUploadsCommand(input)),
        );
        for (const { Key = '', UploadId, Initiated: startedAt = new Date(0) } of page.Uploads ?? []) {
          const abort = (): Promise<void> =>
            s3.run('abort an upload', async (client, sdk) => {
              await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
            });
          yield { path: s3.path(Key), startedAt, abort };
        }
        marker = page.IsTruncated
          ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
          : undefined;
      }
    },
  };
}
