import { accountCall, type Place } from '../aws/account-call.ts';
import type { DeployClients } from '../aws/deploy-clients.ts';
import type { DeployProblem } from './deploy-problem.ts';

/**
 * Compares the account of the credentials with that of the config.
 *
 * @throws HeadwaterError `ACCOUNT_UNREADABLE` without credentials that AWS takes in the region
 */
export async function checkAccount({ sts }: DeployClients, place: Place): Promise<readonly DeployProblem[]> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const call = sts.send(new GetCallerIdentityCommand({}));
  const { Account, Arn } = await accountCall(place, 'find out whose credentials these are', call);
  if (Account === place.account) return [];
  return [
    {
      problem: `The credentials are those of the account ${Account} (${Arn}), and the config says ${place.account}`,
      fix: 'Set AWS_PROFILE to a profile of that account, or correct aws.account in the config',
    },
  ];
}
