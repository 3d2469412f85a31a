/** What to do about failed authentication, by the name of the error of a service or of the SDK. */
export const credentialsAdvice: Readonly<Record<string, string>> = {
  CredentialsProviderError:
    'no AWS credentials were found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run with a role',
  ExpiredToken: 'the AWS credentials have expired. Sign in again',
  ExpiredTokenException: 'the AWS credentials have expired. Sign in again',
  InvalidAccessKeyId: 'the access key is unknown to AWS',
  UnrecognizedClientException: 'the access key is unknown to AWS',
  SignatureDoesNotMatch: 'the secret key does not match the access key',
  InvalidSignatureException: 'the secret key does not match the access key',
};
