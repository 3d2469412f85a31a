export { credentialsAdvice } from './credentials-advice.ts';
export { createFolderStore, type FolderStore } from './folder/folder-store.ts';
export { isS3Location, type LakeLocation, parseLakeLocation } from './lake-location.ts';
export type { ByteRange, LakeStore, PutOptions, StoredFile, UnfinishedUpload } from './lake-store.ts';
export { openLakeStore } from './open-lake-store.ts';
export { type Pace, pause } from './pause.ts';
export { bucketRegion } from './s3/bucket-region.ts';
export type { AnyS3Client, LakeTarget, S3Store, S3StoreOptions } from './s3/s3-store.ts';
export { userCacheFolder } from './user-cache.ts';
