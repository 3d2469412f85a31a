import { credentialsAdvice } from '@headwater/storage';

/** A failure of an AWS service in words that the user can act on. */
export function awsProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message } = error;
  if (/^AccessDenied/.test(name))
    return `${message}. The role needs the publisher's permissions: headwater derive iam-policy --role publisher`;
  return credentialsAdvice[name] ?? (message || name);
}
