import { createFolderStore, type FolderStore } from './folder/folder-store.ts';
import { parseLakeLocation } from './lake-location.ts';
import { createS3Store, type S3Store, type S3StoreOptions } from './s3/s3-store.ts';

/**
 * Opens the files of a lake in a folder or on S3. It does no I/O; the first call loads the AWS client.
 *
 * @param location a folder, or `s3://bucket/prefix`. The AWS SDK finds credentials and region
 * @throws HeadwaterError `OPTION_INVALID` for an address that is neither
 * @example
 * ```ts
 * for await (const { path } of openLakeStore('s3://shop-events/lake').walk('clickstream')) console.log(path);
 * ```
 */
export function openLakeStore(location: string, options: S3StoreOptions = {}): FolderStore | S3Store {
  const parsed = parseLakeLocation(location);
  return parsed.kind === 'folder'
    ? createFolderStore(parsed.folder)
    : createS3Store(location, parsed, options);
}
