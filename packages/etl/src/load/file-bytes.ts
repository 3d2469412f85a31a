import { sizeBytes } from '../engine/size-text.ts';

/**
 * What a data file should measure, in bytes. Files come out half as large again at most, and S3 copies no more than 5 GB
 * into place at once (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html).
 *
 * @throws HeadwaterError `OPTION_INVALID`
 */
export const targetFileBytes = (size = '256MiB'): number =>
  sizeBytes('targetFileSize', size, { least: '1KB', most: '3GB' });
