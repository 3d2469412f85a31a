export { type AssetProblem, assetProblemText } from './check/asset-problem.ts';
export { checkAssets } from './check/check-assets.ts';
export { lintAssets, lintRules } from './lint/lint-assets.ts';
export type { AssetAction, AssetPlan } from './publish/plan-asset.ts';
export {
  type PublishQuickSightOptions,
  type PublishQuickSightStep,
  planQuickSight,
  publishQuickSight,
  type QuickSightPlan,
} from './publish/publish-quicksight.ts';
export type { LeftOut, QuickSightAssets } from './quicksight-assets.ts';
