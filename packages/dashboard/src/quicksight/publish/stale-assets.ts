import type { QuickSightClient } from '@aws-sdk/client-quicksight';
import { type AssetKind, assetWords } from './published-asset.ts';
import { orMissing, sdk } from './quicksight-calls.ts';
import { ownerTag, readTags } from './tags.ts';

/** An asset that was published for a dashboard, and is not derived any more. */
export interface StaleAsset {
  /** In words. */
  readonly asset: string;
  remove(): Promise<void>;
}

interface Listed {
  readonly kind: AssetKind;
  readonly id: string;
  readonly arn: string;
}

/**
 * Assets that an earlier publication of this dashboard has left: their ids begin as those of the dashboard, and their tag names it.
 *
 * @param prefix how the ids of all of its assets begin
 * @param owner the dashboard
 * @param wanted the assets that are derived, in words
 * @returns what others show last: dashboards before analyses, those before data sets
 */
export async function staleAssets(
  client: QuickSightClient,
  AwsAccountId: string,
  {
    prefix,
    owner,
    wanted,
  }: { readonly prefix: string; readonly owner: string; readonly wanted: ReadonlySet<string> },
): Promise<readonly StaleAsset[]> {
  const candidates = (await listAll(client, AwsAccountId)).filter(
    (one) => one.id.startsWith(prefix) && !wanted.has(assetWords(one)),
  );
  const stale: StaleAsset[] = [];
  for (const one of candidates) {
    const tags = await orMissing(readTags(client, one.arn));
    if (tags?.[ownerTag] === owner)
      stale.push({ asset: assetWords(one), remove: () => removeAsset(client, AwsAccountId, one) });
  }
  return stale;
}

async function listAll(client: QuickSightClient, AwsAccountId: string): Promise<Listed[]> {
  const calls = await sdk();
  const all: Listed[] = [];
  const add = (kind: AssetKind, id: string | undefined, arn: string | undefined): void => {
    if (id !== undefined && arn !== undefined) all.push({ kind, id, arn });
  };
  const which = { AwsAccountId };
  for await (const { DashboardSummaryList = [] } of calls.paginateListDashboards({ client }, which))
    for (const one of DashboardSummaryList) add('dashboard', one.DashboardId, one.Arn);
  for await (const { AnalysisSummaryList = [] } of calls.paginateListAnalyses({ client }, which))
    for (const one of AnalysisSummaryList)
      if (one.Status !== 'DELETED') add('analysis', one.AnalysisId, one.Arn);
  for await (const { DataSetSummaries = [] } of calls.paginateListDataSets({ client }, which))
    for (const one of DataSetSummaries) add('data set', one.DataSetId, one.Arn);
  for await (const { ThemeSummaryList = [] } of calls.paginateListThemes(
    { client },
    { ...which, Type: 'CUSTOM' },
  ))
    for (const one of ThemeSummaryList) add('theme', one.ThemeId, one.Arn);
  for await (const { DataSources = [] } of calls.paginateListDataSources({ client }, which))
    for (const one of DataSources) add('data source', one.DataSourceId, one.Arn);
  return all;
}

async function removeAsset(
  client: QuickSightClient,
  AwsAccountId: string,
  { kind, id }: Listed,
): Promise<void> {
  const calls = await sdk();
  const removals: Readonly<Record<AssetKind, () => Promise<unknown>>> = {
    dashboard: () => client.send(new calls.DeleteDashboardCommand({ AwsAccountId, DashboardId: id })),
    // One that could be restored would keep its id, so that it could not be created again for 30 days.
    analysis: () =>
      client.send(
        new calls.DeleteAnalysisCommand({ AwsAccountId, AnalysisId: id, ForceDeleteWithoutRecovery: true }),
      ),
    'data set': () => client.send(new calls.DeleteDataSetCommand({ AwsAccountId, DataSetId: id })),
    theme: () => client.send(new calls.DeleteThemeCommand({ AwsAccountId, ThemeId: id })),
    'data source': () => client.send(new calls.DeleteDataSourceCommand({ AwsAccountId, DataSourceId: id })),
  };
  await orMissing(removals[kind]());
}
