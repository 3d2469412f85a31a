import type { StackGaps } from '../facade/cloudformation/stacks/describe-stack.ts';

/**
 * What the stand-in did not make of a stack's template.
 *
 * @param url of the stand-in
 * @throws Error when there is no such stack
 */
export async function stackGaps(url: string, stack: string, region = 'us-east-1'): Promise<StackGaps> {
  const answer = await fetch(`${url}/_local/stack-gaps?${new URLSearchParams({ stack, region })}`);
  if (!answer.ok) throw new Error(await answer.text());
  return Object(await answer.json());
}
