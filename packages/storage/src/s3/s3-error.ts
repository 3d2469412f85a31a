import { HeadwaterError } from '@headwater/core';
import { credentialsAdvice } from '../credentials-advice.ts';

interface ServiceFailure {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

const isFailure = (error: unknown): error is ServiceFailure => error instanceof Error;

/** The HTTP status of a failed call. 0 if there was no response. */
export const statusOf = (error: unknown): number =>
  isFailure(error) ? (error.$metadata?.httpStatusCode ?? 0) : 0;

/** What to do about common failures of a lake, by the name of the error of S3 or of the SDK. */
const lakeAdvice: Readonly<Record<string, string>> = {
  ...credentialsAdvice,
  AccessDenied:
    'access denied. The role needs s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject here',
  NoSuchBucket: 'the bucket does not exist. Headwater does not create buckets',
  PermanentRedirect: 'the bucket is in another region. Set AWS_REGION',
};

/**
 * Converts an error of the AWS SDK to one that the user can act on. It keeps only names, the message and the request's id. The
 * SDK's error contains the signed request, so it is not the cause.
 *
 * @param advice what to do about failures, in place of the advice for lakes
 */
export function storeErrorFrom(
  error: unknown,
  lake: string,
  action: string,
  advice: Readonly<Record<string, string>> = {},
): unknown {
  if (error instanceof HeadwaterError || !isFailure(error) || error.name === 'AbortError') return error;
  const known = advice[error.name] ?? lakeAdvice[error.name];
  const { httpStatusCode, requestId } = error.$metadata ?? {};
  const facts = [error.name, typeof error.code === 'string' ? error.code : '', httpStatusCode, requestId];
  const problem = `${known ?? error.message.split('\n')[0]} (${facts.filter(Boolean).join(', ')})`;
  return new HeadwaterError('STORE_FAILED', { lake, action, problem });
}
