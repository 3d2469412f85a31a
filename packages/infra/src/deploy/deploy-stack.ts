import { HeadwaterError } from '@headwater/core';
import { accountCall } from './aws/account-call.ts';
import { createDeployClients, type DeployClients } from './aws/deploy-clients.ts';
import { describeStack, type LiveStack, liveResources } from './aws/live-stack.ts';
import { quietToolkit } from './aws/quiet-toolkit.ts';
import { type DeployStep, type FailedResource, StackActivities } from './aws/stack-activities.ts';
import { stoppedWaiting, waitForStack } from './aws/wait-for-stack.ts';
import { checkAccount } from './check/check-account.ts';
import { checkBootstrap } from './check/check-bootstrap.ts';
import { checkExisting } from './check/check-existing.ts';
import { planProblems } from './check/check-plan.ts';
import { checkTables } from './check/check-tables.ts';
import { type DeployProblem, refuse } from './check/deploy-problem.ts';
import { livePlan } from './plan/live-plan.ts';
import type { StackPlan } from './plan/planned-change.ts';
import type { SynthesizedStack } from './stack/synthesized-stack.ts';

/** How a stack is deployed. */
export interface DeployStackOptions {
  /** Make the bootstrap stack of the CDK, or bring it up to date, where it is missing or old. */
  readonly bootstrap?: boolean;
  /** Take buckets, streams and tables of DynamoDB that exist outside of the stack into it, as they are. */
  readonly adopt?: boolean;
  /** Ids of the plan's `needs` that are meant. */
  readonly allow?: readonly string[];
  /** Check and plan, and change nothing. */
  readonly dryRun?: boolean;
  /** Digests of the plans that were reviewed, of this stack and of others: a plan that is none of them is refused. Defaults to any plan. */
  readonly reviewed?: readonly string[] | undefined;
  /** Asked once the plan is known, where there is something to do. Without it, nobody is asked. */
  readonly approve?: () => Promise<boolean>;
  readonly onPlan?: (plan: StackPlan) => Promise<void> | void;
  readonly onStep?: (step: DeployStep) => void;
  /** Milliseconds between two looks at CloudFormation, which throttles those who look too often. Defaults to 2000. */
  readonly pace?: number;
  /** Stops waiting. CloudFormation goes on with what it has begun, and the same call again waits for it. */
  readonly signal?: AbortSignal;
}

/** How a deployment ended. `unchanged`: there was nothing to do. */
export type DeployOutcome = 'unchanged' | 'planned' | 'declined' | 'deployed';

/** What was deployed. */
export interface DeployReport {
  readonly outcome: DeployOutcome;
  readonly plan: StackPlan;
  readonly digest: string;
  /** The outputs of the stack, by name. Empty unless it exists. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Old resources that CloudFormation could not delete: they are in no stack any more, and may cost money. */
  readonly leftovers: readonly string[];
}

/**
 * Checks, plans, asks and deploys. Interrupted and called again, it waits for what CloudFormation has begun, and does the rest.
 *
 * @throws HeadwaterError `DEPLOY_REFUSED` with everything that has to be put right first, `DEPLOY_FAILED`, `PLAN_CHANGED`,
 *   `ACCOUNT_UNREADABLE`, `INTERRUPTED`
 */
export async function deployStack(
  synthesized: SynthesizedStack,
  options: DeployStackOptions = {},
): Promise<DeployReport> {
  const { stack } = synthesized;
  const { allow = [], onPlan, onStep, approve, signal } = options;
  await using clients = await createDeployClients(synthesized.region);
  refuse(stack, await checkAccount(clients, synthesized));
  await waitForStack(clients.cloudFormation, synthesized, { onStep, signal });
  const { live, plan, digest } = await livePlan(clients, synthesized);
  await onPlan?.(plan);
  if (!plan.isDone && options.reviewed !== undefined && !options.reviewed.includes(digest))
    throw new HeadwaterError('PLAN_CHANGED', { what: stack, reviewed: options.reviewed, plan: digest });
  const report = (
    outcome: DeployOutcome,
    outputs = live?.outputs ?? {},
    leftovers: readonly string[] = [],
  ) => ({
    outcome,
    plan,
    digest,
    outputs,
    leftovers,
  });
  if (plan.isDone) return report('unchanged');
  refuse(stack, await problemsOf(clients, synthesized, live, plan, { ...options, allow }));
  if (options.dryRun) return report('planned');
  if (approve && !(await approve())) return report('declined');
  const { outputs, deleteFailures } = await run(synthesized, live, clients, options);
  return report(
    'deployed',
    outputs,
    deleteFailures.map(({ resourceType, physicalResourceId = '', reason }) =>
      `${resourceType} ${physicalResourceId}: ${reason}`.trim(),
    ),
  );
}

async function problemsOf(
  clients: DeployClients,
  synthesized: SynthesizedStack,
  live: LiveStack | undefined,
  plan: StackPlan,
  { allow = [], bootstrap = false, adopt = false }: DeployStackOptions,
): Promise<DeployProblem[]> {
  const { stack } = synthesized;
  const resources = live
    ? await accountCall(
        synthesized,
        `read the resources of ${stack}`,
        liveResources(clients.cloudFormation, stack),
      )
    : [];
  const owned = new Set(resources.map(({ id }) => id));
  return [
    ...planProblems(plan, allow),
    ...(bootstrap ? [] : await checkBootstrap(clients, synthesized)),
    ...(await checkTables(clients, synthesized, owned)),
    ...(await checkExisting(clients, synthesized, { owned, adopt })),
  ];
}

/** The bootstrap stack of the CDK, by the name that nobody changes. */
const toolkitStack = 'CDKToolkit';

async function run(
  synthesized: SynthesizedStack,
  live: LiveStack | undefined,
  { cloudFormation }: DeployClients,
  { bootstrap, adopt = false, onStep, pace = 2000, signal }: DeployStackOptions,
) {
  const { stack, account, region, template, folder, paths } = synthesized;
  const activities = new StackActivities([template, live?.template], paths, onStep);
  const toolkit = await quietToolkit({ onActivity: activities.add, signal });
  /** Runs what the toolkit does to a stack, whose failure becomes ours. */
  const doing = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (cause) {
      if (signal?.aborted) throw stoppedWaiting(name);
      const now = await describeStack(cloudFormation, name).catch(() => undefined);
      const status = now?.StackStatus ?? 'not there';
      const { failed } = activities;
      const fix = fixOf(status, name);
      throw new HeadwaterError(
        'DEPLOY_FAILED',
        { stack: name, status, problem: problemOf(cause, failed), failed, fix },
        { cause },
      );
    }
  };
  if (bootstrap) {
    const { BootstrapEnvironments } = await import('@aws-cdk/toolkit-lib');
    onStep?.({ doing: `making the stack ${toolkitStack}`, isComplete: false, done: 0, total: undefined });
    const place = BootstrapEnvironments.fromList([`aws://${account}/${region}`]);
    await doing(toolkitStack, () => toolkit.bootstrap(place));
  }
  return doing(stack, async () => {
    const source = await toolkit.fromAssemblyDirectory(folder);
    const { stacks } = await toolkit.deploy(source, {
      deploymentMethod: { method: 'change-set', importExistingResources: adopt },
      stackEventPollingInterval: pace,
    });
    const [deployed] = stacks;
    if (!deployed) throw new Error(`The toolkit did not deploy ${stack}.`);
    return deployed;
  });
}

/** What went wrong, in one line. The toolkit draws a cross before it, and lists the resources below, which are listed here already. */
function problemOf(cause: unknown, failed: readonly FailedResource[]): string {
  if (failed.length > 0) return 'CloudFormation failed:';
  const [first = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1);
  return first.replace(/^[^\w]+/, '');
}

/** What to do about a failed deployment, by the status that the stack was left in. */
function fixOf(status: string, stack: string): string {
  if (status === 'UPDATE_ROLLBACK_FAILED')
    return `CloudFormation could not take the change back. Open ${stack} in the console of CloudFormation, choose "Continue update rollback", and deploy again.`;
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    return 'CloudFormation took the change back: the stack is as it was before. Put it right and deploy again.';
  if (status.startsWith('ROLLBACK') || status === 'CREATE_FAILED')
    return 'Put it right and deploy again: the stack is then made from nothing. headwater infra destroy removes what is left.';
  return 'Put it right and deploy again: what is done is not done twice.';
}
