/**
 * The digests that `--plan` lists; undefined when it was not given. The word `none` stands for no plan: then only a plan without a change
 * is applied. A workflow gives the same list to `schema publish` and `infra deploy`.
 */
export const reviewedPlans = (given: readonly (string | null)[] | undefined): readonly string[] | undefined =>
  given?.flatMap((digest) => (digest === null || digest === 'none' ? [] : [digest]));
