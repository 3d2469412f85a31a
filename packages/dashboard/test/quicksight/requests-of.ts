import type { AwsRequest } from '@headwater/local-aws/testing';
import type { QuickSightAssets } from '../../src/quicksight/index.ts';

/** The requests that create the assets, in their order. */
export function requestsOf(assets: QuickSightAssets): AwsRequest[] {
  const { dataSource, rowLevelDataSet, dataSets, themes, analysis, dashboard, refreshSchedules } = assets;
  const request =
    (operation: string) =>
    (input: object): AwsRequest => ({ service: 'quicksight', operation, input });
  return [
    request('CreateDataSource')(dataSource),
    ...[...(rowLevelDataSet ? [rowLevelDataSet] : []), ...dataSets].map(request('CreateDataSet')),
    ...themes.map(request('CreateTheme')),
    request('CreateAnalysis')(analysis),
    request('CreateDashboard')(dashboard),
    ...refreshSchedules.map(request('CreateRefreshSchedule')),
  ];
}
