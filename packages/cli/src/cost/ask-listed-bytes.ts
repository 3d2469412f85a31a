import type { ServiceClients } from '../aws/service-clients.ts';

const mostPages = 50;

/** Bytes of the objects below a prefix, in at most 50,000 of them. */
export async function askListedBytes(
  { s3 }: Pick<ServiceClients, 's3'>,
  Bucket: string,
  Prefix: string,
  signal: AbortSignal,
): Promise<{ readonly bytes: number; readonly isCut: boolean }> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  let bytes = 0;
  let ContinuationToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    signal.throwIfAborted();
    const found = await s3.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
    for (const { Size = 0 } of found.Contents ?? []) bytes += Size;
    ContinuationToken = found.NextContinuationToken;
    if (ContinuationToken === undefined) return { bytes, isCut: false };
  }
  return { bytes, isCut: true };
}
