import type { QuickSightAssets } from '../quicksight-assets.ts';
import type { AssetProblem } from './asset-problem.ts';
import { checkedDefinitions, idOfArn } from './checked-definition.ts';
import { columnProblems } from './column-rules.ts';
import { dataSetProblems } from './data-set-rules.ts';
import { idProblems } from './id-rules.ts';
import { layoutProblems } from './layout-rules.ts';
import { assetLimitProblems, limitProblems } from './limit-rules.ts';
import { parameterProblems } from './parameter-rules.ts';

/**
 * What is wrong between the assets of a dashboard: names that refer to nothing, fields that do not fit their columns, ids that are there
 * twice, and limits. The service finds some of it after it has taken a request, and some of it never.
 *
 * @returns nothing where all is right
 * @example checkAssets(assets) // [{ rule: 'columns-exist', where: 'analysis shop, sheet traffic, visual visitors', problem: 'names the column ...', fix: '...' }]
 */
export function checkAssets(assets: QuickSightAssets): AssetProblem[] {
  return [
    ...assetLimitProblems(assets),
    ...dataSetProblems(assets),
    ...themeProblems(assets),
    ...checkedDefinitions(assets).flatMap((checked) => [
      ...columnProblems(checked),
      ...idProblems(checked),
      ...layoutProblems(checked),
      ...parameterProblems(checked),
      ...limitProblems(checked),
    ]),
  ];
}

function themeProblems({ themes, analysis, dashboard }: QuickSightAssets): AssetProblem[] {
  const known = themes.map(({ ThemeId }) => ThemeId);
  const named = {
    [`analysis ${analysis.AnalysisId}`]: analysis,
    [`dashboard ${dashboard.DashboardId}`]: dashboard,
  };
  return Object.entries(named).flatMap(([where, { ThemeArn }]) =>
    // QuickSight's own themes are of no account: arn:aws:quicksight::aws:theme/CLASSIC.
    ThemeArn === undefined || ThemeArn.includes('::aws:') || known.includes(idOfArn(ThemeArn))
      ? []
      : [
          {
            rule: 'themes-exist',
            where,
            problem: `has the theme ${ThemeArn}, which is not published with it`,
            fix: `Themes are: ${known.join(', ')}`,
          },
        ],
  );
}
