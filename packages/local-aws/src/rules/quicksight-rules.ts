import { type AwsRule, at, has, type Members } from './aws-rule.ts';

const page = (name: string): string =>
  `https://docs.aws.amazon.com/quicksight/latest/APIReference/API_${name}.html`;

const writes = (...words: readonly string[]): string[] =>
  words.flatMap((word) => [`Create${word}`, `Update${word}`]);
const ofService = { service: 'quicksight' } as const;
const schedules = { ...ofService, operations: writes('RefreshSchedule') } as const;

const frequencyOf = (input: Members): unknown => at(input, 'Schedule', 'ScheduleFrequency');
const intervalOf = (input: Members): string => String(at(frequencyOf(input), 'Interval'));

/** The groups of actions that may be granted on a theme. */
const themeUser = ['DescribeTheme', 'DescribeThemeAlias', 'ListThemeAliases', 'ListThemeVersions'];
const themeOwner = [
  ...themeUser,
  ...['DeleteTheme', 'UpdateTheme', 'CreateThemeAlias', 'DeleteThemeAlias', 'UpdateThemeAlias'],
  ...['UpdateThemePermissions', 'DescribeThemePermissions'],
];

const isGroup = (actions: readonly unknown[], group: readonly string[]): boolean =>
  actions.length === group.length && group.every((action) => actions.includes(`quicksight:${action}`));

/** Rules about data sets, analyses, dashboards, themes and refresh schedules of QuickSight. */
export const quicksightRules: readonly AwsRule[] = [
  {
    ...ofService,
    operations: ['CreateAnalysis', 'CreateDashboard'],
    rule: 'an analysis and a dashboard are made from a definition, or from a source entity',
    source: page('CreateDashboard'),
    isBroken: (input) => has(input, 'Definition') === has(input, 'SourceEntity'),
  },
  {
    ...ofService,
    operations: writes('DataSet'),
    rule: 'row-level rules of VERSION_2 name users and groups by ARN, and have no namespace',
    source: page('RowLevelPermissionDataSet'),
    isBroken: (input) =>
      at(input, 'RowLevelPermissionDataSet', 'FormatVersion') === 'VERSION_2' &&
      has(input, 'RowLevelPermissionDataSet', 'Namespace'),
  },
  {
    ...schedules,
    rule: 'a refresh every 15 or 30 minutes is incremental',
    source: page('RefreshFrequency'),
    isBroken: (input) =>
      /^MINUTE/.test(intervalOf(input)) && at(input, 'Schedule', 'RefreshType') !== 'INCREMENTAL_REFRESH',
  },
  {
    ...schedules,
    rule: 'a weekly or monthly refresh names its day',
    source: page('RefreshFrequency'),
    isBroken: (input) =>
      /^(WEEKLY|MONTHLY)$/.test(intervalOf(input)) && !has(frequencyOf(input), 'RefreshOnDay'),
  },
  {
    ...schedules,
    rule: 'the time of a refresh is HH:MM',
    source: page('RefreshFrequency'),
    isBroken: (input) =>
      has(frequencyOf(input), 'TimeOfTheDay') &&
      !/^([01]\d|2[0-3]):[0-5]\d$/.test(String(at(frequencyOf(input), 'TimeOfTheDay'))),
  },
  {
    ...ofService,
    operations: ['CreateTheme', 'UpdateThemePermissions'],
    rule: 'permissions of a theme are those of a user, or those of an owner, all of them',
    source: page('UpdateThemePermissions'),
    isBroken: (input) =>
      [at(input, 'Permissions') ?? [], at(input, 'GrantPermissions') ?? []].flat().some((grant) => {
        const actions = [at(grant, 'Actions') ?? []].flat();
        return !isGroup(actions, themeUser) && !isGroup(actions, themeOwner);
      }),
  },
];
