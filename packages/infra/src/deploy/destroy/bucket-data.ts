import type { ListObjectVersionsCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { unlessMissing } from '../aws/deploy-clients.ts';
import type { DataKind, RemoveOptions } from './data-kinds.ts';

/** Pages of a thousand objects that are counted. A lake of years has more; a count costs a request for each. */
const mostPages = 50;

/** A bucket with its objects, all their versions, and the marks of deleted ones. */
export const bucketData: DataKind = {
  async size({ s3 }, name) {
    const { ListObjectVersionsCommand } = await import('@aws-sdk/client-s3');
    let [count, bytes] = [0, 0];
    let next: Pick<ListObjectVersionsCommandOutput, 'KeyMarker' | 'VersionIdMarker'> = {};
    for (let page = 1; page <= mostPages; page += 1) {
      const found: ListObjectVersionsCommandOutput | undefined = await unlessMissing(
        s3.send(new ListObjectVersionsCommand({ Bucket: name, ...next })),
      );
      if (!found) return undefined;
      const {
        Versions = [],
        IsTruncated,
        NextKeyMarker: KeyMarker,
        NextVersionIdMarker: VersionIdMarker,
      } = found;
      count += Versions.length;
      bytes += Versions.reduce((sum, { Size = 0 }) => sum + Size, 0);
      if (!IsTruncated) return { count, unit: 'object', bytes, isMore: false };
      next = { KeyMarker, VersionIdMarker };
    }
    return { count, unit: 'object', bytes, isMore: true };
  },
  async tags({ s3 }, name) {
    const { GetBucketTaggingCommand } = await import('@aws-sdk/client-s3');
    const found = await unlessMissing(
      s3.send(new GetBucketTaggingCommand({ Bucket: name })).catch((error: unknown) => {
        if (error instanceof Error && error.name === 'NoSuchTagSet') return { TagSet: [] };
        throw error;
      }),
    );
    return found && Object.fromEntries((found.TagSet ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  },
  async remove({ s3 }, name, options) {
    const { DeleteBucketCommand } = await import('@aws-sdk/client-s3');
    await emptyBucket(s3, name, options);
    await unlessMissing(s3.send(new DeleteBucketCommand({ Bucket: name })));
  },
};

async function emptyBucket(
  client: S3Client,
  Bucket: string,
  { onRemoved, signal }: RemoveOptions,
): Promise<void> {
  const { DeleteObjectsCommand, ListObjectVersionsCommand } = await import('@aws-sdk/client-s3');
  let removed = 0;
  for (;;) {
    signal?.throwIfAborted();
    // Always the first page: what was on it is gone.
    const page: ListObjectVersionsCommandOutput | undefined = await unlessMissing(
      client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 1000 })),
    );
    const Objects = [...(page?.Versions ?? []), ...(page?.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({
      Key,
      VersionId,
    }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first) throw new Error(`${first.Key}: ${first.Message ?? first.Code}`);
    removed += Objects.length;
    onRemoved?.(removed);
  }
}
