/** What to do when AWS does not know who is asking, by the name that a service or the SDK gives the failure. */
export const credentialsAdvice: Readonly<Record<string, string>> = {
  CredentialsProviderError:
    'no AWS credentials were found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where a role is given',
  ExpiredToken: 'the AWS credentials have expired. Sign in again',
  ExpiredTokenException: 'the AWS credentials have expired. Sign in again',
  InvalidAccessKeyId: 'AWS does not know the access key',
  UnrecognizedClientException: 'AWS does not know the access key',
  SignatureDoesNotMatch: 'the secret key does not belong to the access key',
  InvalidSignatureException: 'the secret key does not belong to the access key',
};
