import { accountCall } from '../aws/account-call.ts';
import { type DeployClients, unlessMissing } from '../aws/deploy-clients.ts';
import type { SynthesizedStack } from '../stack/synthesized-stack.ts';
import type { DeployProblem } from './deploy-problem.ts';

/** Where the bootstrap stack keeps its version, by the qualifier of the CDK that nobody changes. */
const versionParameter = '/cdk-bootstrap/hnb659fds/version';

/**
 * Looks whether the account has the bucket and the roles by which the CDK deploys
 * (https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html).
 *
 * @returns nothing where it is as the stack needs it
 */
export async function checkBootstrap(
  { ssm }: DeployClients,
  synthesized: SynthesizedStack,
): Promise<readonly DeployProblem[]> {
  const { bootstrapVersion: needed, account, region } = synthesized;
  if (needed === undefined) return [];
  const { GetParameterCommand } = await import('@aws-sdk/client-ssm');
  const read = unlessMissing(ssm.send(new GetParameterCommand({ Name: versionParameter })));
  const found = await accountCall(synthesized, 'read the version of the bootstrap stack', read);
  const version = found && Number(found.Parameter?.Value);
  if (version !== undefined && version >= needed) return [];
  const state =
    version === undefined
      ? `The account ${account} has no bootstrap stack of the CDK in ${region}`
      : `The bootstrap stack in ${region} has version ${version}, and ${needed} is needed`;
  return [
    {
      problem: state,
      fix: 'Give --bootstrap to make it: a bucket for files, and the roles that deploy. It needs the rights of an administrator, once',
    },
  ];
}
