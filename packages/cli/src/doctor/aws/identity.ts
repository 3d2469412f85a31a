import type { AwsTarget } from '@headwater/core';
import { problemText } from '../../aws/refused.ts';
import type { ServiceClients } from '../../aws/service-clients.ts';
import { durationText } from '../../output/figures.ts';
import type { Finding } from '../findings.ts';
import { bad, good, note } from './account-check.ts';

/** Credentials that end within an hour end before a long load does. */
const soon = 3600;

/** Who asks, by its credentials, and for how long they last. */
export async function identity(
  { sts }: Pick<ServiceClients, 'sts'>,
  target: AwsTarget,
  now: Date,
): Promise<{ readonly caller: string | undefined; readonly findings: readonly Finding[] }> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  try {
    const { Account = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
    const account =
      Account === target.account
        ? good('account', `${Account}, that of the config`)
        : bad(
            'account',
            `the credentials are of ${Account}, and aws.account of the config is ${target.account}. Use a profile of that account (AWS_PROFILE), or correct the config`,
          );
    return { caller: Arn, findings: [good('credentials', Arn), account, ...(await expiry(sts, now))] };
  } catch (error) {
    const advice =
      'Sign in (aws sso login), set AWS_PROFILE, or run where a role is given; nothing else on AWS was asked';
    return { caller: undefined, findings: [bad('credentials', `${problemText(error)}. ${advice}`)] };
  }
}

async function expiry(sts: ServiceClients['sts'], now: Date): Promise<Finding[]> {
  const { expiration } = await sts.config.credentials();
  if (expiration === undefined) return [];
  const left = (expiration.getTime() - now.getTime()) / 1000;
  const found = left > 0 ? `end in ${durationText(left)}` : 'have ended';
  return [
    left > soon
      ? good('session', `the credentials ${found}`)
      : note('session', `the credentials ${found}; a long load would lose them. Sign in again before it`),
  ];
}
