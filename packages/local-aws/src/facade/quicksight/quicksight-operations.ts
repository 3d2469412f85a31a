import { at, type Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';
import {
  type AssetWords,
  assertThere,
  assetOperations,
  type Operation,
  stateOf,
  tagOperations,
} from './asset-operations.ts';
import { statusOf, versionOf } from './assets.ts';
import { dataSetColumns } from './data-set-columns.ts';
import { definitionErrors } from './definition-errors.ts';
import { filledDefinition } from './filled-definition.ts';
import type { QuickSightStore } from './quicksight-store.ts';
import { scheduleOperations } from './schedule-operations.ts';

const dataSource: AssetWords = {
  kind: 'datasource',
  word: 'DataSource',
  words: 'DataSources',
  describe: (_asset, version) => ({
    Type: version.members['Type'],
    DataSourceParameters: version.members['DataSourceParameters'],
    SslProperties: { DisableSsl: false },
    Status: statusOf(version),
  }),
};

const dataSet: AssetWords = {
  kind: 'dataset',
  word: 'DataSet',
  words: 'DataSets',
  check(store, input) {
    for (const table of Object.values(Object(input['PhysicalTableMap'])))
      for (const source of Object.values(Object(table))) assertThere(store, at(source, 'DataSourceArn'));
    assertThere(store, at(input, 'RowLevelPermissionDataSet', 'Arn'));
    const rules = at(input, 'RowLevelPermissionDataSet', 'Arn');
    if (rules !== undefined && versionOf(store.withArn(String(rules))).members['UseAs'] !== 'RLS_RULES')
      throw new AwsError('InvalidParameterValueException', `${rules} is not created for use as RLS_RULES`);
  },
  // A data set has no status: it is there, or refused.
  written(store, { id }, version) {
    version.isPending = false;
    if (version.members['ImportMode'] !== 'SPICE') return {};
    const run = store.ingest(id);
    return { IngestionId: run.id, IngestionArn: run.arn };
  },
  describe: (_asset, { members }) => ({
    ConsumedSpiceCapacityInBytes: 0,
    ...members,
    OutputColumns: dataSetColumns(members),
  }),
};

const theme: AssetWords = {
  kind: 'theme',
  word: 'Theme',
  words: 'Themes',
  hasVersions: true,
  describe(asset, version) {
    const { BaseThemeId, Configuration } = version.members;
    const Version = {
      VersionNumber: version.number,
      Arn: `${asset.arn}/version/${version.number}`,
      ...stateOf(version),
    };
    return { Type: 'CUSTOM', Version: { ...Version, BaseThemeId, Configuration } };
  },
};

const ofDefinition = {
  check: (store: QuickSightStore, { ThemeArn }: Members) => assertThere(store, ThemeArn),
  errors: (store: QuickSightStore, { Definition }: Members) => definitionErrors(store, Definition),
};

const analysis: AssetWords = {
  ...ofDefinition,
  kind: 'analysis',
  word: 'Analysis',
  words: 'Analyses',
  describe: (_asset, version) => ({ ThemeArn: version.members['ThemeArn'], ...stateOf(version) }),
};

const dashboard: AssetWords = {
  ...ofDefinition,
  kind: 'dashboard',
  word: 'Dashboard',
  words: 'Dashboards',
  hasVersions: true,
  describe: (asset, version) => ({
    LastPublishedTime: versionOf(asset).created,
    Version: {
      VersionNumber: version.number,
      Arn: `${asset.arn}/version/${version.number}`,
      ThemeArn: version.members['ThemeArn'],
      Description: version.members['VersionDescription'],
      ...stateOf(version),
    },
  }),
};

const numberOf = ({ VersionNumber }: Members): number | undefined =>
  VersionNumber === undefined ? undefined : Number(VersionNumber);

const described =
  (kind: 'analysis' | 'dashboard', word: string): Operation =>
  (store, input) => {
    const asset = store.assets[kind].get(String(input[`${word}Id`]));
    const version = versionOf(asset, numberOf(input));
    const { Status: ResourceStatus, ...errors } = stateOf(version);
    const { Name, ThemeArn, Definition, DashboardPublishOptions } = version.members;
    const options = DashboardPublishOptions === undefined ? {} : { DashboardPublishOptions };
    return {
      [`${word}Id`]: asset.id,
      Name,
      ThemeArn,
      ResourceStatus,
      ...errors,
      ...options,
      Definition: filledDefinition(Definition),
    };
  };

/**
 * The operations of QuickSight that the stand-in has.
 *
 * @see https://docs.aws.amazon.com/quicksight/latest/APIReference/API_Operations.html
 */
export const quicksightOperations: Readonly<Record<string, Operation>> = {
  ...[dataSource, dataSet, theme, analysis, dashboard].reduce(
    (all, words) => Object.assign(all, assetOperations(words)),
    {} as Record<string, Operation>,
  ),
  ...tagOperations,
  ...scheduleOperations,
  DescribeAnalysisDefinition: described('analysis', 'Analysis'),
  DescribeDashboardDefinition: described('dashboard', 'Dashboard'),
  ListDashboardVersions(store, { DashboardId }) {
    const asset = store.assets.dashboard.get(String(DashboardId));
    const versions = asset.versions.map((version) => ({
      VersionNumber: version.number,
      CreatedTime: version.created,
      Status: statusOf(version),
    }));
    return { DashboardVersionSummaryList: versions.toReversed() };
  },
  UpdateDashboardPublishedVersion(store, input) {
    const asset = store.assets.dashboard.get(String(input['DashboardId']));
    const version = versionOf(asset, numberOf(input));
    if (version.isPending || version.errors.length > 0)
      throw new AwsError(
        'ConflictException',
        `Version ${version.number} is not ready to be published`,
        {},
        409,
      );
    asset.published = version.number;
    return { DashboardId: asset.id, DashboardArn: asset.arn };
  },
};
