import type {
  CreateAnalysisCommandInput,
  CreateDashboardCommandInput,
  CreateDataSetCommandInput,
  CreateDataSourceCommandInput,
  CreateRefreshScheduleCommandInput,
  CreateThemeCommandInput,
} from '@aws-sdk/client-quicksight';
import type { QuickSightAssets } from '../quicksight-assets.ts';
import { analysisMembers, ValidationStrategy } from './analysis-asset.ts';
import { contentDigest, type Members } from './asset-content.ts';
import { dashboardMembers } from './dashboard-asset.ts';
import { dataSetMembers } from './data-set-asset.ts';
import { dataSourceMembers } from './data-source-asset.ts';
import { ownerOf } from './owner-of.ts';
import { permissionsFor } from './permissions.ts';
import type { AssetKind } from './published-asset.ts';
import { ownerTag, recordTag, tagList } from './tags.ts';
import { themeMembers } from './theme-asset.ts';

/** The requests that create a dashboard, each with the permissions and the tags that publishing gives it. */
export interface CreationRequests {
  readonly dataSource: CreateDataSourceCommandInput;
  /** That of the rules of rows comes first: the others name it. */
  readonly dataSets: readonly CreateDataSetCommandInput[];
  readonly themes: readonly CreateThemeCommandInput[];
  readonly analysis: CreateAnalysisCommandInput;
  readonly dashboard: CreateDashboardCommandInput;
  readonly refreshSchedules: readonly CreateRefreshScheduleCommandInput[];
}

/**
 * The requests that publishing sends where nothing is live yet, for whoever creates the assets in another way, such as a stack of
 * CloudFormation. Publishing afterwards takes them for its own, and has nothing to do.
 *
 * @example creationRequests(deriveQuickSight(options).assets).dashboard.Tags // [{ Key: 'headwater-dashboard', ... }, { Key: 'headwater-published', ... }]
 */
export function creationRequests(assets: QuickSightAssets): CreationRequests {
  const owner = ownerOf(assets);
  const owned = (kind: AssetKind, members: Members) => ({
    Permissions: [...permissionsFor(kind, assets.principals)],
    Tags: tagList({ [ownerTag]: owner, [recordTag]: contentDigest(members) }),
  });
  const { dataSource, rowLevelDataSet, analysis, dashboard } = assets;
  return {
    dataSource: { ...dataSource, ...owned('data source', dataSourceMembers(dataSource)) },
    dataSets: [...(rowLevelDataSet ? [rowLevelDataSet] : []), ...assets.dataSets].map((one) => ({
      ...one,
      ...owned('data set', dataSetMembers(one)),
    })),
    themes: assets.themes.map((one) => ({ ...one, ...owned('theme', themeMembers(one)) })),
    analysis: { ...analysis, ValidationStrategy, ...owned('analysis', analysisMembers(analysis)) },
    dashboard: { ...dashboard, ValidationStrategy, ...owned('dashboard', dashboardMembers(dashboard)) },
    refreshSchedules: assets.refreshSchedules,
  };
}
