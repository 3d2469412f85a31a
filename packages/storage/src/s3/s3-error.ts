import { HeadwaterError } from '@headwater/core';
import { credentialsAdvice } from '../credentials-advice.ts';

interface ServiceFailure {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

const isFailure = (error: unknown): error is ServiceFailure => error instanceof Error;

/** The HTTP status that a failed call came back with; 0 when it never got one. */
export const statusOf = (error: unknown): number =>
  isFailure(error) ? (error.$metadata?.httpStatusCode ?? 0) : 0;

/** What to do about the failures that users meet, by the name that S3 or the SDK gives them. */
const advice: Readonly<Record<string, string>> = {
  ...credentialsAdvice,
  AccessDenied:
    'access denied. The role needs s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject here',
  NoSuchBucket: 'there is no such bucket. Headwater does not create one',
  PermanentRedirect: 'the bucket is in another region. Set AWS_REGION',
};

/**
 * Turns what the AWS SDK throws into what the user can act on. Only names, the message and the request's id are kept:
 * the SDK's own error also holds the signed request, so it is not passed on as the cause.
 */
export function storeErrorFrom(error: unknown, lake: string, action: string): unknown {
  if (error instanceof HeadwaterError || !isFailure(error) || error.name === 'AbortError') return error;
  const known = advice[error.name];
  const { httpStatusCode, requestId } = error.$metadata ?? {};
  const facts = [error.name, typeof error.code === 'string' ? error.code : '', httpStatusCode, requestId];
  const problem = `${known ?? error.message.split('\n')[0]} (${facts.filter(Boolean).join(', ')})`;
  return new HeadwaterError('STORE_FAILED', { lake, action, problem });
}
