import type { AssetProblem } from '../check/asset-problem.ts';
import { checkedDefinitions } from '../check/checked-definition.ts';
import type { QuickSightAssets } from '../quicksight-assets.ts';
import type { LintRule } from './lint-rule.ts';
import { parameterRules } from './parameter-rules.ts';
import { sheetRules } from './sheet-rules.ts';
import { visualRules } from './visual-rules.ts';

/** Every rule of the lint. */
export const lintRules: readonly LintRule[] = [...visualRules, ...sheetRules, ...parameterRules];

/**
 * What the service accepts, and then shows blank, wrong or stale: each with the reason, and what to do.
 *
 * @returns nothing where nothing was found
 * @example lintAssets(assets) // [{ rule: 'sheet-names-readable', where: 'analysis shop, sheet a', problem: 'has the name "A". The tab ...', fix: '...' }]
 */
export function lintAssets(assets: QuickSightAssets): AssetProblem[] {
  const definitions = checkedDefinitions(assets);
  return lintRules.flatMap(({ rule, reason, fix, find, findInAssets }) =>
    [...definitions.flatMap((checked) => find?.(checked) ?? []), ...(findInAssets?.(assets) ?? [])].map(
      ({ where, problem }) => ({ rule, where, problem: `${problem}. ${reason}`, fix }),
    ),
  );
}
