import { HeadwaterError } from '@headwater/core';
import { credentialsAdvice } from '@headwater/storage';

/** Where a deployment goes. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * The answer of AWS to a question about an account.
 *
 * @param action completes "cannot ...": `read the stack shop`
 * @throws HeadwaterError `ACCOUNT_UNREADABLE` with what to do, where there is something
 */
export async function accountCall<Answer>(
  { account, region }: Place,
  action: string,
  call: Promise<Answer>,
): Promise<Answer> {
  try {
    return await call;
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name === 'HeadwaterError') throw cause;
    const problem = credentialsAdvice[cause.name] ?? (cause.message || cause.name);
    throw new HeadwaterError('ACCOUNT_UNREADABLE', { account, region, action, problem }, { cause });
  }
}
