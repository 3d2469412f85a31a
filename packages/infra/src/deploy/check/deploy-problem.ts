/** Why a deployment would fail, or do what nobody wants, and what to do about it. Both without a full stop. */
export interface DeployProblem {
  readonly problem: string;
  readonly fix: string;
}
