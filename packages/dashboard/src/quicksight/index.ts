/**
 * A dashboard on QuickSight: derived from the same chart descriptions as the page, and checked. The types are those of
 * `@aws-sdk/client-quicksight`.
 *
 * @module
 */

export { type AssetProblem, assetProblemText } from './check/asset-problem.ts';
export { checkAssets } from './check/check-assets.ts';
export { type DerivedQuickSight, deriveQuickSight, type QuickSightOptions } from './derive-quicksight.ts';
export { lintAssets, lintRules } from './lint/lint-assets.ts';
export { type CreationRequests, creationRequests } from './publish/creation-requests.ts';
export type { AssetAction, AssetPlan } from './publish/plan-asset.ts';
export {
  type PublishQuickSightOptions,
  type PublishQuickSightStep,
  planQuickSight,
  publishQuickSight,
  type QuickSightPlan,
} from './publish/publish-quicksight.ts';
export type { LeftOut, QuickSightAssets } from './quicksight-assets.ts';
