import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import { accountCall, type Place } from '../aws/account-call.ts';
import { createDeployClients } from '../aws/deploy-clients.ts';
import { describeStack, liveStack } from '../aws/live-stack.ts';
import { quietToolkit } from '../aws/quiet-toolkit.ts';
import { type DeployStep, StackActivities } from '../aws/stack-activities.ts';
import { stoppedWaiting, waitForStack } from '../aws/wait-for-stack.ts';
import { checkAccount } from '../check/check-account.ts';
import { refuse } from '../check/deploy-problem.ts';
import { assertPackages } from '../required-packages.ts';
import { type DestroyPlan, planDestroy } from './destroy-plan.ts';

/** How a stack is deleted. */
export interface DestroyStackOptions {
  /** The token of the plan that was shown. Without it, nothing is deleted: the plan is the answer. */
  readonly token?: string | undefined;
  readonly onPlan?: (plan: DestroyPlan) => Promise<void> | void;
  readonly onStep?: (step: DeployStep) => void;
  /** Milliseconds between two looks at CloudFormation. Defaults to 2000. */
  readonly pace?: number;
  /** Stops waiting. CloudFormation goes on with the deletion. */
  readonly signal?: AbortSignal;
}

/** What was deleted, or would be. */
export interface DestroyReport {
  readonly isDeleted: boolean;
  readonly plan: DestroyPlan;
}

/**
 * Deletes a stack in two steps: without a token it shows what goes and what stays, and gives the token by which the same plan is confirmed.
 * What has data stays.
 *
 * @throws HeadwaterError `STACK_UNKNOWN`, `PLAN_CHANGED` for the token of another plan, `DEPLOY_REFUSED` for credentials of another account,
 *   `DEPLOY_FAILED`, `ACCOUNT_UNREADABLE`, `INTERRUPTED`
 */
export async function destroyStack(
  place: Place & { readonly stack: string },
  { token, onPlan, onStep, pace = 2000, signal }: DestroyStackOptions = {},
): Promise<DestroyReport> {
  const { stack, account, region } = place;
  assertPackages('headwater infra');
  await using clients = await createDeployClients(region);
  refuse(stack, await checkAccount(clients, place));
  await waitForStack(clients.cloudFormation, place, { onStep, signal });
  const live = await accountCall(place, `read the stack ${stack}`, liveStack(clients.cloudFormation, stack));
  if (!live) throw new HeadwaterError('STACK_UNKNOWN', { stack, account, region });
  const plan = await planDestroy(clients, place, live);
  await onPlan?.(plan);
  if (token === undefined) return { isDeleted: false, plan };
  if (token !== plan.token)
    throw new HeadwaterError('PLAN_CHANGED', { what: stack, reviewed: [token], plan: plan.token });
  const activities = new StackActivities([live.template], new Map(), onStep);
  const toolkit = await quietToolkit({ onActivity: activities.add, signal });
  const folder = await mkdtemp(join(tmpdir(), 'headwater-destroy-'));
  try {
    // A deletion needs the name alone, so it works for a config that cannot be synthesized any more.
    const { App, CfnWaitConditionHandle, Stack } = await import('aws-cdk-lib');
    const app = new App({ outdir: join(folder, 'cdk.out'), analyticsReporting: false });
    const named = new Stack(app, stack, { env: { account, region } });
    // The CDK warns about a stack without resources.
    new CfnWaitConditionHandle(named, 'Nothing');
    app.synth();
    const source = await toolkit.fromAssemblyDirectory(join(folder, 'cdk.out'));
    await toolkit.destroy(source, { stackEventPollingInterval: pace });
    return { isDeleted: true, plan };
  } catch (cause) {
    if (signal?.aborted) throw stoppedWaiting(stack);
    const now = await describeStack(clients.cloudFormation, stack).catch(() => undefined);
    const status = now?.StackStatus ?? 'gone';
    throw new HeadwaterError(
      'DEPLOY_FAILED',
      {
        stack,
        status,
        problem: 'it could not be deleted',
        failed: activities.failed,
        fix: 'Put it right and run headwater infra destroy again: what is gone is not deleted twice.',
      },
      { cause },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
