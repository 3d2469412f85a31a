import { createFolderStore, type FolderStore } from './folder/folder-store.ts';
import { parseLakeLocation } from './lake-location.ts';
import { createS3Store, type S3Store, type S3StoreOptions } from './s3/s3-store.ts';

/**
 * Opens the files of a lake in a folder or on S3. Nothing is read, made or asked for yet, and the AWS client is not
 * loaded before its first use.
 *
 * @param location a folder, or `s3://bucket/prefix`; credentials and region are found by the AWS SDK
 * @throws HeadwaterError `OPTION_INVALID` for an address that is neither
 * @example
 * ```ts
 * const state = await readLakeState(openLakeStore('s3://shop-events/lake'), 'clickstream');
 * ```
 */
export function openLakeStore(location: string, options: S3StoreOptions = {}): FolderStore | S3Store {
  const parsed = parseLakeLocation(location);
  return parsed.kind === 'folder'
    ? createFolderStore(parsed.folder)
    : createS3Store(location, parsed, options);
}
