export { credentialsAdvice } from './credentials-advice.ts';
export { createFolderStore, type FolderStore } from './folder/folder-store.ts';
export { makeFolder } from './folder/make-folder.ts';
export { isS3Location, type LakeLocation, parseLakeLocation } from './lake-location.ts';
export type { ByteRange, LakeStore, PutOptions, StoredFile, UnfinishedUpload } from './lake-store.ts';
export { type ObjectVersions, objectVersions } from './object-versions.ts';
export { openLakeStore } from './open-lake-store.ts';
export { type Pace, pause } from './pause.ts';
export { bucketRegion } from './s3/bucket-region.ts';
export { type RequestClasses, requestClass, requestPrices, requestsPrice } from './s3/request-prices.ts';
export {
  checksumProblem,
  openS3Objects,
  type S3Body,
  type S3Object,
  type S3Objects,
  type S3Page,
} from './s3/s3-objects.ts';
export type { AnyS3Client, LakeTarget, S3Store, S3StoreOptions } from './s3/s3-store.ts';
export { answersFolder, userCacheFolder } from './user-cache.ts';
