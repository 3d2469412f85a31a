import { sizeBytes } from '../engine/size-text.ts';

/**
 * The intended size of a data file in bytes. Files are at most half as large again, and S3 copies at most 5 GB in one request (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html).
 *
 * @throws HeadwaterError `OPTION_INVALID`
 */
export const targetFileBytes = (size = '256MiB'): number =>
  sizeBytes('targetFileSize', size, { least: '1KB', most: '3GB' });
