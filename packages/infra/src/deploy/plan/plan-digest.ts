import { createHash } from 'node:crypto';
import type { StackPlan } from './planned-change.ts';

/**
 * A digest of what a plan would do, for a review: the same code and the same live stack give the same one. `none` where there is nothing to do.
 */
export function planDigest({
  isDone,
  stack,
  account,
  region,
  changes,
  permissions,
  outputs,
}: StackPlan): string {
  if (isDone) return 'none';
  const meant = JSON.stringify({ stack, account, region, changes, permissions, outputs });
  return createHash('sha256').update(meant).digest('hex').slice(0, 16);
}
