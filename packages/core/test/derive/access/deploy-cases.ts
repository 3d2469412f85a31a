import { deriveIamPolicy, type PolicyRole } from '../../../src/index.ts';
import { shopEvents } from '../shop-events.ts';
import { arn, bucket, fullTarget, iamRole, on, passing, type RoleCase } from './access-kit.ts';
import { noRows, publisherCases } from './publisher-cases.ts';

const tables = [shopEvents.schema];
const stack = (name: string): string => arn('cloudformation', `stack/${name}/3f1c9a0b-72d4`);
const bootstrap = (role: string): string => iamRole(`cdk-hnb659fds-${role}-role-123456789012-eu-central-1`);

const seen = ['DescribeStacks', 'GetTemplate', 'ListStackResources'].map((call) => `cloudformation:${call}`);

const isRead = ({ action }: { readonly action: string }): boolean =>
  /:(?:Get|List|Describe|Check)[A-Z]/.test(action);
const published = publisherCases.publisher.calls;

/** Those of workflows: for a pull request, and for main. */
export const deployCases = {
  // A pull request runs with it, so whatever publishing or deploying writes is refused.
  planner: {
    policy: () => deriveIamPolicy(tables, fullTarget, 'planner'),
    code: ['packages/infra/src/deploy/aws/live-stack.ts'],
    calls: [...published.filter(isRead), ...on(stack('headwater-shop'), seen)],
    refused: [
      ...noRows,
      ...published.filter((call) => !isRead(call)),
      ...['deploy', 'file-publishing', 'image-publishing', 'lookup', 'cfn-exec'].flatMap((role) =>
        on(bootstrap(role), ['sts:AssumeRole']),
      ),
      passing('headwater-shop-spark', 'glue'),
      ...on(stack('headwater-shop'), [
        'cloudformation:CreateChangeSet',
        'cloudformation:ExecuteChangeSet',
        'cloudformation:UpdateStack',
        'cloudformation:DeleteStack',
      ]),
      ...on(stack('payroll'), ['cloudformation:GetTemplate']),
      ...on(arn('glue', 'job/headwater-shop-shop_events'), ['glue:StartJobRun', 'glue:UpdateJob']),
    ],
  },
  // The stack is changed by the roles of the bootstrap alone. Publishing and submitting are policies of their own beside this one.
  deployer: {
    policy: () => deriveIamPolicy(tables, fullTarget, 'deployer'),
    code: [
      'packages/infra/src/deploy/aws/live-stack.ts',
      'packages/infra/src/deploy/check/check-bootstrap.ts',
    ],
    calls: [
      ...on(stack('headwater-shop'), seen),
      ...['deploy', 'file-publishing'].flatMap((role) => on(bootstrap(role), ['sts:AssumeRole'])),
      ...on(arn('ssm', 'parameter/cdk-bootstrap/hnb659fds/version'), ['ssm:GetParameter']),
      ...['shop-lake', 'shop-lake-logs'].flatMap((name) => on(bucket(name), ['s3:ListBucket'])),
    ],
    refused: [
      ...noRows,
      ...published.filter((call) => !isRead(call)),
      ...on(bootstrap('cfn-exec'), ['sts:AssumeRole']),
      passing('cdk-hnb659fds-cfn-exec-role-123456789012-eu-central-1', 'cloudformation'),
      ...on(stack('headwater-shop'), [
        'cloudformation:CreateChangeSet',
        'cloudformation:UpdateStack',
        'cloudformation:DeleteStack',
      ]),
      ...on(stack('payroll'), ['cloudformation:GetTemplate']),
      ...on(arn('ssm', 'parameter/secrets/database'), ['ssm:GetParameter']),
      ...on(bucket('other-bucket'), ['s3:ListBucket']),
    ],
  },
} satisfies Partial<Record<PolicyRole, RoleCase>>;
