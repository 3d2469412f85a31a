import { createReadStream } from 'node:fs';
import { packageMissing } from '@headwater/core/internal';
import type { PutOptions } from '../lake-store.ts';
import type { S3Calls } from './s3-calls.ts';

/** Bytes of a part, and parts under way at the same time: what one upload holds in memory is their product. */
const partBytes = 8 * 1024 * 1024;
const parallelParts = 2;

/**
 * Uploads a file, in parts when it is large. Every part carries its CRC-32, which S3 checks before it takes the part; that
 * of the whole is kept with the file, and checked whenever it is read
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html). The content hash goes along as
 * metadata. An upload that is stopped is given up before this returns, so that no parts stay behind.
 */
export function uploadFile(
  s3: S3Calls,
  path: string,
  localFile: string,
  { hash, signal, onBytes }: PutOptions,
): Promise<void> {
  return s3.run(`upload ${path}`, async (client) => {
    const { Upload } = await import('@aws-sdk/lib-storage').catch(
      packageMissing('@aws-sdk/lib-storage', 'A load to S3'),
    );
    signal?.throwIfAborted();
    // Stopping the stream ends the upload as a failure, and a failed upload is given up before `done` settles; its own
    // `abort` settles at once, and a process that ends then leaves the parts.
    const Body = createReadStream(localFile, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) });
    const upload = new Upload({
      client,
      params: {
        Bucket: s3.bucket,
        Key: s3.key(path),
        Body,
        ChecksumAlgorithm: 'CRC32',
        ChecksumType: 'FULL_OBJECT',
        ContentType: 'application/vnd.apache.parquet',
        Metadata: { 'headwater-xxh3-128': hash },
      },
      partSize: partBytes,
      queueSize: parallelParts,
    });
    let sent = 0;
    upload.on('httpUploadProgress', ({ loaded = 0 }) => {
      onBytes?.(loaded - sent);
      sent = loaded;
    });
    await upload.done();
  });
}
