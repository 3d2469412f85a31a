import type { ResourcePermission } from '@aws-sdk/client-quicksight';
import type { QuickSightAssets } from '../quicksight-assets.ts';
import type { AssetKind, PermissionChanges } from './published-asset.ts';

/**
 * The actions of an owner. The service takes whole groups of them alone
 * (https://docs.aws.amazon.com/quicksight/latest/APIReference/API_UpdateThemePermissions.html for themes, and what its console grants for
 * the others: https://github.com/hashicorp/terraform-provider-aws/issues/33907).
 */
const ownerActions: Readonly<Record<AssetKind, readonly string[]>> = {
  'data source': [
    ...['DescribeDataSource', 'DescribeDataSourcePermissions', 'PassDataSource'],
    ...['UpdateDataSource', 'DeleteDataSource', 'UpdateDataSourcePermissions'],
  ],
  'data set': [
    ...[
      'DescribeDataSet',
      'DescribeDataSetPermissions',
      'PassDataSet',
      'DescribeIngestion',
      'ListIngestions',
    ],
    ...['UpdateDataSet', 'DeleteDataSet', 'CreateIngestion', 'CancelIngestion', 'UpdateDataSetPermissions'],
    ...['PutDataSetRefreshProperties', 'DescribeDataSetRefreshProperties', 'DeleteDataSetRefreshProperties'],
    ...['CreateRefreshSchedule', 'DescribeRefreshSchedule', 'UpdateRefreshSchedule'],
    ...['ListRefreshSchedules', 'DeleteRefreshSchedule'],
  ],
  theme: [
    ...['DescribeTheme', 'DescribeThemeAlias', 'ListThemeAliases', 'ListThemeVersions', 'DeleteTheme'],
    ...['UpdateTheme', 'CreateThemeAlias', 'DeleteThemeAlias', 'UpdateThemeAlias'],
    ...['UpdateThemePermissions', 'DescribeThemePermissions'],
  ],
  analysis: [
    ...['RestoreAnalysis', 'UpdateAnalysisPermissions', 'DeleteAnalysis', 'DescribeAnalysisPermissions'],
    ...['QueryAnalysis', 'DescribeAnalysis', 'UpdateAnalysis'],
  ],
  dashboard: [
    ...['DescribeDashboard', 'ListDashboardVersions', 'QueryDashboard', 'UpdateDashboard', 'DeleteDashboard'],
    ...['DescribeDashboardPermissions', 'UpdateDashboardPermissions', 'UpdateDashboardPublishedVersion'],
  ],
};

/** Who looks at a dashboard needs rights on it alone: its data sets are read on its behalf, under the rules of rows of the reader. */
const viewerActions: Readonly<Partial<Record<AssetKind, readonly string[]>>> = {
  dashboard: ['DescribeDashboard', 'ListDashboardVersions', 'QueryDashboard'],
};

const named = (actions: readonly string[]): string[] => actions.map((action) => `quicksight:${action}`);

/** Who may do what with an asset of a kind. Whoever owns it needs no rights of a viewer beside. */
export function permissionsFor(
  kind: AssetKind,
  { owners, viewers }: QuickSightAssets['principals'],
): readonly ResourcePermission[] {
  const looks = viewerActions[kind];
  return [
    ...owners.map((Principal) => ({ Principal, Actions: named(ownerActions[kind]) })),
    ...(looks ? viewers.filter((one) => !owners.includes(one)) : []).map((Principal) => ({
      Principal,
      Actions: named(looks ?? []),
    })),
  ];
}

/** What has to be granted and revoked. */
export interface ComparedPermissions extends PermissionChanges {
  /** Those who have rights, and are not named: they keep them until they are told to lose them. */
  readonly others: readonly string[];
}

/**
 * Compares permissions by principal. Those that are named get exactly their actions, so that an owner who becomes a viewer loses the rest.
 *
 * @param revokesOthers whether those who are not named lose theirs
 */
export function comparePermissions(
  wanted: readonly ResourcePermission[],
  live: readonly ResourcePermission[],
  revokesOthers: boolean,
): ComparedPermissions {
  const actionsOf = (all: readonly ResourcePermission[], principal: string | undefined): readonly string[] =>
    all.find(({ Principal }) => Principal === principal)?.Actions ?? [];
  const compared = (
    from: readonly ResourcePermission[],
    to: readonly ResourcePermission[],
  ): ResourcePermission[] =>
    from.flatMap(({ Principal, Actions = [] }) => {
      const has = actionsOf(to, Principal);
      const missing = Actions.filter((action) => !has.includes(action));
      return missing.length === 0 ? [] : [{ Principal, Actions: missing }];
    });
  const isNamed = ({ Principal }: ResourcePermission): boolean =>
    wanted.some((one) => one.Principal === Principal);
  return {
    // A group is granted as a whole: the service refuses a part of one.
    grants: wanted.filter((one) => compared([one], live).length > 0),
    revokes: compared(revokesOthers ? live : live.filter(isNamed), wanted),
    others: live.filter((one) => !isNamed(one)).map(({ Principal = '' }) => Principal),
  };
}
