import { createDeployClients } from './aws/deploy-clients.ts';
import { checkAccount } from './check/check-account.ts';
import { refuse } from './check/deploy-problem.ts';
import { livePlan } from './plan/live-plan.ts';
import type { StackPlan } from './plan/planned-change.ts';
import type { SynthesizedStack } from './stack/synthesized-stack.ts';

/** What a deployment would change, with the digest by which it can be reviewed. */
export interface StackDifference {
  readonly plan: StackPlan;
  /** `none` where there is nothing to do. */
  readonly digest: string;
}

/**
 * Compares what was synthesized with the live stack. Reads alone.
 *
 * @throws HeadwaterError `DEPLOY_REFUSED` for credentials of another account, `ACCOUNT_UNREADABLE`
 */
export async function diffStack(synthesized: SynthesizedStack): Promise<StackDifference> {
  const { stack, region } = synthesized;
  await using clients = await createDeployClients(region);
  refuse(stack, await checkAccount(clients, synthesized));
  const { plan, digest } = await livePlan(clients, synthesized);
  return { plan, digest };
}
