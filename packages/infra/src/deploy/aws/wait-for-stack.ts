import { setTimeout as pause } from 'node:timers/promises';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { HeadwaterError } from '@headwater/core';
import { accountCall, type Place } from './account-call.ts';
import { describeStack, isAtWork } from './live-stack.ts';
import type { DeployStep } from './stack-activities.ts';

/** Milliseconds between two looks. CloudFormation throttles those who look more often. */
const pace = 2_000;

/**
 * Waits while CloudFormation is at work on a stack, as after a deployment that was interrupted.
 *
 * @param onStep called with the status each time that it looks and goes on waiting
 * @throws HeadwaterError `INTERRUPTED`
 */
export async function waitForStack(
  client: CloudFormationClient,
  place: Place & { readonly stack: string },
  {
    onStep,
    signal,
  }: {
    readonly onStep?: ((step: DeployStep) => void) | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<void> {
  const { stack } = place;
  for (;;) {
    const found = await accountCall(place, `read the stack ${stack}`, describeStack(client, stack));
    const status = found?.StackStatus ?? '';
    if (!isAtWork(status)) return;
    onStep?.({ doing: `waiting for ${stack}: ${status}`, isComplete: false, done: 0, total: undefined });
    await pause(pace, undefined, { signal }).catch((): never => {
      throw stoppedWaiting(stack);
    });
  }
}

/** The error of a command that was stopped while CloudFormation was at work. */
export const stoppedWaiting = (stack: string): HeadwaterError =>
  new HeadwaterError('INTERRUPTED', {
    during: `the wait for ${stack}`,
    left: 'CloudFormation goes on with what it has begun',
  });
