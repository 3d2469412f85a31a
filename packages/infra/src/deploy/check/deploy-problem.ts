import { HeadwaterError } from '@headwater/core';

/** Why a deployment would fail, or do what nobody wants, and what to do about it. Both without a full stop. */
export interface DeployProblem {
  readonly problem: string;
  readonly fix: string;
}

/** @throws HeadwaterError `DEPLOY_REFUSED` where there is a problem */
export function refuse(stack: string, problems: readonly DeployProblem[]): void {
  if (problems.length > 0) throw new HeadwaterError('DEPLOY_REFUSED', { stack, problems });
}
