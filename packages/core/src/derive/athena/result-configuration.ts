/** Where and how Athena writes results (https://docs.aws.amazon.com/athena/latest/APIReference/API_ResultConfiguration.html). */
export interface AthenaResultConfiguration {
  readonly OutputLocation: string;
  readonly EncryptionConfiguration:
    | { readonly EncryptionOption: 'SSE_S3' }
    | { readonly EncryptionOption: 'SSE_KMS'; readonly KmsKey: string };
  /** The account that must own the bucket, so that results never go to somebody else's. */
  readonly ExpectedBucketOwner?: string;
}

/** Whose results are written, and by which key they are encrypted: members of `AwsTarget`. */
interface ResultOwner {
  readonly kmsKey?: string | undefined;
  readonly account?: string | undefined;
  readonly bucketOwner?: string | undefined;
}

/**
 * The place of results as a workgroup or a query takes it.
 *
 * @param results `s3://...`, without a slash at the end
 * @example resultConfiguration(target, 's3://results') // { OutputLocation: 's3://results/', ... }
 */
export function resultConfiguration(
  { kmsKey, account, bucketOwner = account }: ResultOwner,
  results: string,
): AthenaResultConfiguration {
  return {
    OutputLocation: `${results}/`,
    EncryptionConfiguration:
      kmsKey === undefined ? { EncryptionOption: 'SSE_S3' } : { EncryptionOption: 'SSE_KMS', KmsKey: kmsKey },
    ...(bucketOwner === undefined ? {} : { ExpectedBucketOwner: bucketOwner }),
  };
}
