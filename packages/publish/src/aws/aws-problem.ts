import { credentialsAdvice } from '@headwater/storage';

/** The message of an AWS error, with advice on what to do where there is some. */
export function awsProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message } = error;
  if (/^AccessDenied/.test(name))
    return `${message}. The role needs the publisher's permissions: headwater derive iam-policy --role publisher`;
  return credentialsAdvice[name] ?? (message || name);
}
