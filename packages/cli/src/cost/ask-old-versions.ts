import type { ServiceClients } from '../aws/service-clients.ts';

const mostPages = 50;

/** Old versions of a bucket's objects below a prefix, as far as they were counted. */
export interface OldVersions {
  readonly bytes: number;
  readonly versions: number;
  /** Whether there are more than were counted. */
  readonly isCut: boolean;
}

/** Counts the versions that are no longer the latest, in at most 50,000 objects. */
export async function askOldVersions(
  { s3 }: Pick<ServiceClients, 's3'>,
  Bucket: string,
  Prefix: string,
  signal: AbortSignal,
): Promise<OldVersions> {
  const { ListObjectVersionsCommand } = await import('@aws-sdk/client-s3');
  let [bytes, versions] = [0, 0];
  let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (let page = 0; page < mostPages; page++) {
    signal.throwIfAborted();
    const found = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix, ...marker }));
    for (const { IsLatest, Size = 0 } of found.Versions ?? [])
      if (IsLatest === false) {
        bytes += Size;
        versions += 1;
      }
    if (!found.IsTruncated) return { bytes, versions, isCut: false };
    marker = { KeyMarker: found.NextKeyMarker, VersionIdMarker: found.NextVersionIdMarker };
  }
  return { bytes, versions, isCut: true };
}
