/** The members by which a request to S3 asks for encryption. */
export interface Encryption {
  readonly ServerSideEncryption?: 'aws:kms';
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: boolean;
}

/**
 * The encryption that every request which writes an object asks for: puts, copies and the beginning of multipart uploads. A copy does
 * not inherit it (https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html). A bucket key saves most of
 * the calls to KMS, which cost (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html).
 *
 * @param kmsKey the key's ARN. Without it, the bucket decides
 */
export const encryptionOf = (kmsKey: string | undefined): Encryption =>
  kmsKey === undefined
    ? {}
    : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey, BucketKeyEnabled: true };
