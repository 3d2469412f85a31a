import type { QuickSightClient } from '@aws-sdk/client-quicksight';
import { HeadwaterError } from '@headwater/core';
import { credentialsAdvice, type Pace } from '@headwater/storage';
import { assetProblemText } from '../check/asset-problem.ts';
import { checkAssets } from '../check/check-assets.ts';
import { lintAssets } from '../lint/lint-assets.ts';
import type { QuickSightAssets } from '../quicksight-assets.ts';
import { analysisAsset } from './analysis-asset.ts';
import { dashboardAsset } from './dashboard-asset.ts';
import { dataSetAsset } from './data-set-asset.ts';
import { dataSourceAsset } from './data-source-asset.ts';
import { ownerOf } from './owner-of.ts';
import { type AssetPlan, planAsset } from './plan-asset.ts';
import { assetWords, type PublishedAsset } from './published-asset.ts';
import { withQuickSight } from './quicksight-calls.ts';
import { type PlannedSchedule, planSchedules, type WantedSchedules } from './refresh-schedules.ts';
import { type StaleAsset, staleAssets } from './stale-assets.ts';
import { themeAsset } from './theme-asset.ts';
import { usualPace } from './wait-until-written.ts';
import { writeAsset } from './write-asset.ts';

/** How a dashboard is published. */
export interface PublishQuickSightOptions {
  /** The region of QuickSight. */
  readonly region: string;
  /** Defaults to a client for the region, configured by the environment. It is not destroyed. */
  readonly client?: QuickSightClient;
  /** Ids of the plan's needs that are accepted. */
  readonly allow?: readonly string[];
  /** Whether to delete what an earlier publication has left, and rights of those who are not in the config. Defaults to false. */
  readonly prune?: boolean;
  /** Pauses between looks at what the service is at. Defaults to a quarter of a second, growing to five. */
  readonly pace?: Pace;
  readonly signal?: AbortSignal;
  /** Called as an asset is written, and as the service works on it. */
  readonly onStep?: (step: PublishQuickSightStep) => void;
}

/** A step of a publication as it begins. */
export interface PublishQuickSightStep {
  /** In words: `dashboard headwater-shop`. */
  readonly asset: string;
  readonly doing: 'comparing' | 'waiting' | 'deleting';
  /** Which of the assets it is, from 1. */
  readonly number: number;
  readonly of: number;
}

/** What a publication does, or has done. */
export interface QuickSightPlan {
  /** By asset, in the order in which they are written; deletions come last. */
  readonly assets: readonly AssetPlan[];
  /** Ids that have to be allowed before anything is written. */
  readonly needs: readonly string[];
  /** Assets that an earlier publication has left, in words. They stay without `prune`. */
  readonly stale: readonly string[];
  /** Data sets that the service is still filling. */
  readonly filling: readonly string[];
  readonly isDone: boolean;
}

/**
 * What publishing would do. It only reads.
 *
 * @throws HeadwaterError `DASHBOARD_INVALID` for assets that do not fit each other, or that would be shown blank
 */
export const planQuickSight = (
  assets: QuickSightAssets,
  options: PublishQuickSightOptions,
): Promise<QuickSightPlan> => {
  assertValid(assets);
  return withQuickSight(options.client, options.region, (client) =>
    describing(() => planAll(client, assets, options)),
  );
};

/**
 * Creates or updates everything of a dashboard, in the order in which one needs the other, and waits for the service after each. What is
 * live as it should be is left as it is, so publishing twice changes nothing, and a run after one that stopped does the rest. Only
 * what carries the dashboard's tag is changed.
 *
 * @returns what was done
 * @throws HeadwaterError `DASHBOARD_INVALID` before anything is sent; `CHANGES_NOT_ALLOWED` before anything is written; `PUBLISH_INCOMPLETE` with
 *   the service's errors when it refuses an asset
 */
export function publishQuickSight(
  assets: QuickSightAssets,
  options: PublishQuickSightOptions,
): Promise<QuickSightPlan> {
  assertValid(assets);
  return withQuickSight(options.client, options.region, (client) => publishAll(client, assets, options));
}

function assertValid(assets: QuickSightAssets): void {
  const problems = [...checkAssets(assets), ...lintAssets(assets)].map(assetProblemText);
  if (problems.length > 0)
    throw new HeadwaterError('DASHBOARD_INVALID', { dashboard: ownerOf(assets), problems });
}

/** The assets in the order in which one needs the other. */
const assetsOf = (client: QuickSightClient, assets: QuickSightAssets): readonly PublishedAsset[] => [
  dataSourceAsset(client, assets),
  ...[...(assets.rowLevelDataSet ? [assets.rowLevelDataSet] : []), ...assets.dataSets].map((one) =>
    dataSetAsset(client, one, assets.principals),
  ),
  ...assets.themes.map((one) => themeAsset(client, one, assets.principals)),
  analysisAsset(client, assets),
  dashboardAsset(client, assets),
];

const schedulesOf = ({
  dataSets,
  rowLevelDataSet,
  refreshSchedules,
  dashboard,
}: QuickSightAssets): WantedSchedules[] =>
  [...(rowLevelDataSet ? [rowLevelDataSet] : []), ...dataSets].map(({ DataSetId = '' }) => ({
    account: dashboard.AwsAccountId ?? '',
    dataSet: DataSetId,
    schedules: refreshSchedules.filter((one) => one.DataSetId === DataSetId),
  }));

/** How all ids begin, up to a hyphen. */
function prefixOf(ids: readonly string[]): string {
  const [first = '', ...others] = ids;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  const common = first.slice(0, length);
  return common === first ? common : common.slice(0, common.lastIndexOf('-') + 1);
}

async function staleOf(
  client: QuickSightClient,
  assets: QuickSightAssets,
  wanted: readonly PublishedAsset[],
): Promise<readonly StaleAsset[]> {
  const prefix = prefixOf(wanted.map(({ id }) => id));
  return staleAssets(client, assets.dashboard.AwsAccountId ?? '', {
    prefix,
    owner: ownerOf(assets),
    wanted: new Set(wanted.map(assetWords)),
  });
}

async function planAll(
  client: QuickSightClient,
  assets: QuickSightAssets,
  { prune = false }: PublishQuickSightOptions,
): Promise<QuickSightPlan> {
  const wanted = assetsOf(client, assets);
  const plans: AssetPlan[] = [];
  for (const asset of wanted) plans.push((await planAsset(client, asset, ownerOf(assets), prune)).plan);
  for (const one of schedulesOf(assets))
    plans.push(...(await planSchedules(client, one, prune)).map(({ plan }) => plan));
  const stale = await staleOf(client, assets, wanted);
  return outcomeOf([...plans, ...(prune ? stale.map(deletion) : [])], stale, []);
}

const deletion = ({ asset }: StaleAsset): AssetPlan => ({
  asset,
  action: 'delete',
  differences: [],
  needs: [],
  notes: [],
});

const outcomeOf = (
  plans: readonly AssetPlan[],
  stale: readonly StaleAsset[],
  filling: readonly string[],
): QuickSightPlan => ({
  assets: plans,
  needs: plans.flatMap(({ needs }) => needs),
  stale: stale.map(({ asset }) => asset),
  filling,
  isDone: plans.every(({ action }) => action === 'none'),
});

async function publishAll(
  client: QuickSightClient,
  assets: QuickSightAssets,
  options: PublishQuickSightOptions,
): Promise<QuickSightPlan> {
  const { allow = [], prune = false, pace = usualPace, signal, onStep } = options;
  const before = await describing(() => planAll(client, assets, options));
  const refused = before.needs.filter((id) => !allow.includes(id));
  if (refused.length > 0)
    throw new HeadwaterError('CHANGES_NOT_ALLOWED', { table: ownerOf(assets), ids: refused });
  const wanted = assetsOf(client, assets);
  const names = [...wanted.map(assetWords), 'refresh schedules', ...(prune ? ['what is stale'] : [])];
  const plans: AssetPlan[] = [];
  const filling: string[] = [];
  let at = 0;
  const step = (asset: string, doing: PublishQuickSightStep['doing']): void =>
    onStep?.({ asset, doing, number: at + 1, of: names.length });
  try {
    for (const asset of wanted) {
      signal?.throwIfAborted();
      const known = before.assets.find((one) => one.asset === assetWords(asset));
      if (known?.action === 'none') {
        plans.push(known);
        at += 1;
        continue;
      }
      step(assetWords(asset), 'comparing');
      const done = await writeAsset(client, asset, {
        ...{ owner: ownerOf(assets), prune, allowed: new Set(allow), pace, signal },
        onWait: (one) => step(assetWords(one), 'waiting'),
      });
      plans.push(done.plan);
      if (done.isFilling) filling.push(assetWords(asset));
      at += 1;
    }
    step('refresh schedules', 'comparing');
    for (const one of schedulesOf(assets))
      plans.push(...(await applied(await planSchedules(client, one, prune))));
    at += 1;
    const stale = await staleOf(client, assets, wanted);
    for (const one of prune ? stale : []) {
      step(one.asset, 'deleting');
      await one.remove();
      plans.push(deletion(one));
    }
    return outcomeOf(plans, prune ? [] : stale, filling);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new HeadwaterError(
      'PUBLISH_INCOMPLETE',
      {
        table: ownerOf(assets),
        done: names.slice(0, at),
        failed: names[at] ?? '',
        left: names.slice(at + 1),
        problem: serviceProblem(error),
      },
      { cause: error },
    );
  }
}

async function applied(schedules: readonly PlannedSchedule[]): Promise<AssetPlan[]> {
  for (const one of schedules) await one.apply();
  return schedules.map(({ plan }) => plan);
}

/** Gives errors of the service, which only reading met, their advice. */
async function describing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HeadwaterError || !(error instanceof Error)) throw error;
    throw new HeadwaterError('QUICKSIGHT_UNREACHABLE', { problem: serviceProblem(error) }, { cause: error });
  }
}

/** The message of an error of the service, with advice where there is some. */
function serviceProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message } = error;
  if (error instanceof HeadwaterError) return message;
  if (/^AccessDenied/.test(name))
    return `${message}. The role needs the publisher's permissions: headwater derive iam-policy --role publisher`;
  if (name === 'UnsupportedUserEditionException')
    return `${message}. Analyses and dashboards from definitions need the Enterprise edition of QuickSight`;
  return credentialsAdvice[name] ?? `${name}: ${message}`;
}
