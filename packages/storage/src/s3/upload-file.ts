import { createReadStream } from 'node:fs';
import { packageMissing } from '@headwater/core/internal';
import type { PutOptions } from '../lake-store.ts';
import type { Encryption } from './encryption.ts';
import type { S3Calls } from './s3-calls.ts';

/** Bytes of a part, and the number of concurrent parts. Their product is the memory of one upload. */
const partBytes = 8 * 1024 * 1024;
const parallelParts = 2;

/**
 * Uploads a file, in parts if it is large. S3 checks the CRC-32 of every part. It stores that of the whole file, and clients
 * check it with every read
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html). The content hash is
 * stored as metadata. A stopped upload is aborted before the function returns, so that no parts are left over.
 */
export function uploadFile(
  s3: S3Calls,
  path: string,
  localFile: string,
  { hash, signal, onBytes }: PutOptions,
  encryption: Encryption,
): Promise<void> {
  return s3.run(`upload ${path}`, async (client) => {
    const { Upload } = await import('@aws-sdk/lib-storage').catch(
      packageMissing('@aws-sdk/lib-storage', 'A load to S3'),
    );
    signal?.throwIfAborted();
    // Destroying the stream fails the upload, and a failed upload is aborted before `done` settles. The upload's own `abort`
    // settles at once, so a process that ends then would leave the parts.
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
        ...encryption,
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
