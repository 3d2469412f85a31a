import { accountCall } from '../aws/account-call.ts';
import type { DeployClients } from '../aws/deploy-clients.ts';
import { isFailedCreation, type LiveStack, liveStack } from '../aws/live-stack.ts';
import type { SynthesizedStack } from '../stack/synthesized-stack.ts';
import { planDeployment } from './plan-deployment.ts';
import { planDigest } from './plan-digest.ts';
import type { StackPlan } from './planned-change.ts';

/** The live stack, and what a deployment would change in it. */
export interface LivePlan {
  /** Undefined where there is no such stack. */
  readonly live: LiveStack | undefined;
  readonly plan: StackPlan;
  /** By which the plan can be reviewed. `none` where there is nothing to do. */
  readonly digest: string;
}

/**
 * Plans a deployment against the live stack. A stack whose creation failed is planned as a new one.
 *
 * @throws HeadwaterError `ACCOUNT_UNREADABLE`
 */
export async function livePlan(
  { cloudFormation }: DeployClients,
  synthesized: SynthesizedStack,
): Promise<LivePlan> {
  const { stack } = synthesized;
  const live = await accountCall(synthesized, `read the stack ${stack}`, liveStack(cloudFormation, stack));
  const plan = await planDeployment(synthesized, live && !isFailedCreation(live) ? live.template : undefined);
  return { live, plan, digest: planDigest(plan) };
}
