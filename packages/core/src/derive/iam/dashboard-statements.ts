import type { AwsTarget } from '../../catalog/aws-target.ts';
import { quickSightPrefix } from '../../catalog/quicksight-prefix.ts';
import type { ReasonedStatement } from './policy-document.ts';

interface AssetActions {
  /** As ARNs name it. */
  readonly kind: 'datasource' | 'dataset' | 'theme' | 'analysis' | 'dashboard';
  /** In the names of actions. */
  readonly word: string;
  /** Beside describing, updating and what concerns rights. */
  readonly more: readonly string[];
}

const assets: readonly AssetActions[] = [
  { kind: 'datasource', word: 'DataSource', more: ['PassDataSource', 'CreateDataSet'] },
  { kind: 'dataset', word: 'DataSet', more: ['PassDataSet'] },
  { kind: 'theme', word: 'Theme', more: ['CreateTheme'] },
  { kind: 'analysis', word: 'Analysis', more: ['CreateAnalysis'] },
  {
    kind: 'dashboard',
    word: 'Dashboard',
    more: ['CreateDashboard', 'ListDashboardVersions', 'UpdateDashboardPublishedVersion'],
  },
];

const named = (actions: readonly string[]): string[] => actions.map((action) => `quicksight:${action}`);

/**
 * What publishing dashboards on QuickSight needs, by the ids of their assets
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonquicksight.html). Descriptions of definitions have no action
 * of their own.
 */
export function dashboardStatements(tables: readonly string[], target: AwsTarget): ReasonedStatement[] {
  const { partition, region, account } = target;
  const arn = (kind: string, id: string): string =>
    `arn:${partition}:quicksight:${region}:${account}:${kind}/${id}`;
  const ids = tables.map((table) => `${quickSightPrefix(target, table)}-*`);
  const arns = (kind: string): string[] => ids.map((id) => arn(kind, id));
  const listed = tables.join(', ');
  return [
    {
      Sid: 'SeeQuickSight',
      Effect: 'Allow',
      Action: named(['CreateDataSource', 'ListDataSources', 'ListDataSets', 'ListRefreshSchedules']),
      Resource: ['*'],
      reason:
        'On *: QuickSight has no resource for a data source that does not exist yet, and for these lists',
    },
    {
      Sid: 'ListQuickSight',
      Effect: 'Allow',
      Action: named(['ListThemes', 'ListAnalyses', 'ListDashboards']),
      Resource: ['theme', 'analysis', 'dashboard'].map((kind) => arn(kind, '*')),
      reason: 'Names of what there is, among which publishing finds what it has left',
    },
    ...assets.map(({ kind, word, more }) => ({
      Sid: `Keep${word}s`,
      Effect: 'Allow' as const,
      Action: named([
        ...[`Describe${word}`, `Update${word}`, `Describe${word}Permissions`, `Update${word}Permissions`],
        ...more,
        ...['TagResource', 'ListTagsForResource'],
      ]),
      Resource: arns(kind),
      reason: `What dashboards of ${listed} are made of`,
    })),
    {
      Sid: 'FillDataSets',
      Effect: 'Allow',
      Action: named(['CreateIngestion', 'DescribeIngestion']),
      Resource: ids.map((id) => arn('dataset', `${id}/ingestion/*`)),
      reason: 'Runs that fill data sets in SPICE',
    },
    {
      Sid: 'RefreshDataSets',
      Effect: 'Allow',
      Action: named(['CreateRefreshSchedule', 'UpdateRefreshSchedule', 'DeleteRefreshSchedule']),
      Resource: ids.map((id) => arn('dataset', `${id}/refresh-schedule/*`)),
      reason: 'Schedules of data sets in SPICE. One is deleted by dashboard publish --prune only',
    },
    ...assets.map(({ kind, word }) => ({
      Sid: `Prune${word}s`,
      Effect: 'Allow' as const,
      Action: named([`Delete${word}`]),
      Resource: arns(kind),
      reason: 'For dashboard publish --prune alone; leave it out where nothing may be deleted',
    })),
  ];
}
