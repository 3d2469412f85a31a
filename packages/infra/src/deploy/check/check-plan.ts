import type { StackPlan } from '../plan/planned-change.ts';
import type { DeployProblem } from './deploy-problem.ts';

/**
 * What of a plan CloudFormation cannot do, and which loss of data nobody has allowed.
 *
 * @param allowed ids that were given by `--allow`
 */
export function planProblems({ changes, needs }: StackPlan, allowed: readonly string[]): DeployProblem[] {
  const unknown = allowed.filter((id) => !needs.includes(id));
  return [
    ...changes.flatMap(({ what, data, needs: id, blocked }) => [
      ...(blocked ? [{ problem: `${what} cannot be replaced: ${blocked.problem}`, fix: blocked.fix }] : []),
      ...(id !== null && !allowed.includes(id)
        ? [
            {
              problem: `The ${data?.words ?? 'data'} of ${what} would be lost`,
              fix: `If that is meant, give --allow ${id}`,
            },
          ]
        : []),
    ]),
    ...unknown.map((id) => ({
      problem: `--allow ${id} allows nothing of this plan`,
      fix: needs.length > 0 ? `It needs ${needs.join(', ')}` : 'It needs no --allow',
    })),
  ];
}
