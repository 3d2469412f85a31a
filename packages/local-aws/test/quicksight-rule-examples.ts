const definition = { DataSetIdentifierDeclarations: [] };
const rules = (more: object) => ({
  RowLevelPermissionDataSet: { Arn: 'a', PermissionPolicy: 'GRANT_ACCESS', ...more },
});
const schedule = (frequency: object, RefreshType = 'FULL_REFRESH') => ({
  Schedule: { ScheduleId: 'daily', ScheduleFrequency: frequency, RefreshType },
});
const granted = (...actions: readonly string[]) => ({
  GrantPermissions: [{ Principal: 'p', Actions: actions.map((action) => `quicksight:${action}`) }],
});

/** Requests to QuickSight that AWS takes and refuses, one entry for each rule, in their order. */
export const quicksightRuleExamples = [
  {
    service: 'quicksight',
    operation: 'CreateDashboard',
    taken: [{ Definition: definition }, { SourceEntity: {} }],
    refused: [{}, { Definition: definition, SourceEntity: {} }],
  },
  {
    service: 'quicksight',
    operation: 'CreateDataSet',
    taken: [
      {},
      rules({ FormatVersion: 'VERSION_2' }),
      rules({ FormatVersion: 'VERSION_1', Namespace: 'default' }),
    ],
    refused: [rules({ FormatVersion: 'VERSION_2', Namespace: 'default' })],
  },
  {
    service: 'quicksight',
    operation: 'CreateRefreshSchedule',
    taken: [schedule({ Interval: 'HOURLY' }), schedule({ Interval: 'MINUTE15' }, 'INCREMENTAL_REFRESH')],
    refused: [schedule({ Interval: 'MINUTE30' })],
  },
  {
    service: 'quicksight',
    operation: 'UpdateRefreshSchedule',
    taken: [
      schedule({ Interval: 'WEEKLY', RefreshOnDay: { DayOfWeek: 'MONDAY' } }),
      schedule({ Interval: 'DAILY' }),
    ],
    refused: [schedule({ Interval: 'WEEKLY' }), schedule({ Interval: 'MONTHLY' })],
  },
  {
    service: 'quicksight',
    operation: 'CreateRefreshSchedule',
    taken: [schedule({ Interval: 'DAILY', TimeOfTheDay: '04:30' })],
    refused: [
      schedule({ Interval: 'DAILY', TimeOfTheDay: '4:30' }),
      schedule({ Interval: 'DAILY', TimeOfTheDay: '24:00' }),
    ],
  },
  {
    service: 'quicksight',
    operation: 'UpdateThemePermissions',
    taken: [granted('DescribeTheme', 'DescribeThemeAlias', 'ListThemeAliases', 'ListThemeVersions'), {}],
    refused: [granted('DescribeTheme'), granted('DescribeTheme', 'UpdateTheme')],
  },
];
