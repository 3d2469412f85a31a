import { isMissing } from '../../aws/refused.ts';
import { stackNameOf } from '../../aws/stack-name.ts';
import type { Finding } from '../findings.ts';
import { type AccountCheck, type AccountFacts, bad, good, note, unasked } from './account-check.ts';

/** Where the CDK's bootstrap stack keeps its version (https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html). */
const bootstrapVersion = '/cdk-bootstrap/hnb659fds/version';

/** What deploying needs, and what is deployed. Changes made by hand are those that CloudFormation found last. */
export const stackCheck: AccountCheck = {
  name: 'stack',
  run: async (facts) => [await bootstrap(facts), ...(await stack(facts))],
};

async function bootstrap({ clients: { ssm }, target }: AccountFacts): Promise<Finding> {
  const name = 'bootstrap';
  const { GetParameterCommand } = await import('@aws-sdk/client-ssm');
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: bootstrapVersion }));
    return good(name, `the CDK's bootstrap stack has version ${Parameter?.Value}`);
  } catch (error) {
    if (isMissing(error))
      return note(
        name,
        `the CDK has no bootstrap stack in ${target.region}; headwater infra deploy --bootstrap makes it, once, with an administrator's rights`,
      );
    return unasked(name, error, 'ssm:GetParameter');
  }
}

async function stack({ clients, config, target }: AccountFacts): Promise<Finding[]> {
  const name = 'stack';
  const StackName = stackNameOf({ ...config, aws: target });
  const { DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  try {
    const { Stacks = [] } = await clients.cloudFormation.send(new DescribeStacksCommand({ StackName }));
    const [found] = Stacks;
    if (!found) return [notDeployed(StackName)];
    const status = found.StackStatus ?? '';
    const when = (found.LastUpdatedTime ?? found.CreationTime)?.toISOString().slice(0, 16).replace('T', ' ');
    const text = `${StackName} is ${status} since ${when} UTC`;
    return [
      stackState(name, text, status, found.StackStatusReason),
      drift(StackName, found.DriftInformation?.StackDriftStatus, found.DriftInformation?.LastCheckTimestamp),
    ];
  } catch (error) {
    if (isMissing(error)) return [notDeployed(StackName)];
    return [unasked(name, error, 'cloudformation:DescribeStacks')];
  }
}

const notDeployed = (stackName: string): Finding =>
  note(
    'stack',
    `${stackName} is not deployed. headwater infra deploy makes it; without it, tables are published by schema publish`,
  );

function stackState(name: string, text: string, status: string, reason: string | undefined): Finding {
  if (/IN_PROGRESS$/.test(status)) return note(name, `${text}: a deployment is on its way`);
  if (/(FAILED|ROLLBACK_COMPLETE)$/.test(status) && status !== 'UPDATE_ROLLBACK_COMPLETE')
    return bad(
      name,
      `${text}${reason ? `: ${reason}` : ''}. Run headwater infra deploy again; its message names the resource`,
    );
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    return note(
      name,
      `${text}: the last deployment was taken back${reason ? ` (${reason})` : ''}. Run headwater infra deploy again`,
    );
  return good(name, text);
}

function drift(stackName: string, status: string | undefined, checked: Date | undefined): Finding {
  const ask = `aws cloudformation detect-stack-drift --stack-name ${stackName}`;
  const at = checked?.toISOString().slice(0, 10) ?? 'an unknown day';
  if (status === 'DRIFTED')
    return note(
      'drift',
      `CloudFormation found resources that were changed by hand, on ${at}: aws cloudformation describe-stack-resource-drifts --stack-name ${stackName} lists them; headwater infra deploy does not put all of them back`,
    );
  if (status === 'IN_SYNC') return good('drift', `nothing was changed by hand, on ${at}`);
  return note('drift', `nobody has looked for resources that were changed by hand: ${ask}`);
}
