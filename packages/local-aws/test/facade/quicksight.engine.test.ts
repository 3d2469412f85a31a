import { randomBytes } from 'node:crypto';
import {
  CreateAnalysisCommand,
  CreateDashboardCommand,
  CreateDataSetCommand,
  type CreateDataSetCommandInput,
  CreateDataSourceCommand,
  CreateRefreshScheduleCommand,
  CreateThemeCommand,
  DeleteDashboardCommand,
  DescribeDashboardCommand,
  DescribeDashboardDefinitionCommand,
  DescribeDataSetCommand,
  DescribeDataSetPermissionsCommand,
  DescribeDataSourceCommand,
  DescribeIngestionCommand,
  type InputColumn,
  ListDashboardVersionsCommand,
  ListRefreshSchedulesCommand,
  ListTagsForResourceCommand,
  paginateListDataSets,
  QuickSightClient,
  TagResourceCommand,
  UpdateDashboardCommand,
  UpdateDashboardPublishedVersionCommand,
  UpdateDataSetPermissionsCommand,
} from '@aws-sdk/client-quicksight';
import { afterAll, expect, inject, it } from 'vitest';
import { orderThrottling } from '../../src/testing/order-faults.ts';

const AwsAccountId = '123456789012';
const own = `qs-${randomBytes(4).toString('hex')}`;
const arn = (kind: string, id: string): string =>
  `arn:aws:quicksight:us-east-1:${AwsAccountId}:${kind}/${id}`;
const client = new QuickSightClient({});
afterAll(() => client.destroy());

const DataSourceArn = arn('datasource', own);
const columns: InputColumn[] = [
  { Name: 'day', Type: 'DATETIME' },
  { Name: 'visitors', Type: 'INTEGER' },
];
const dataSet: CreateDataSetCommandInput = {
  AwsAccountId,
  DataSetId: own,
  Name: 'Visitors',
  ImportMode: 'SPICE',
  PhysicalTableMap: {
    visitors: { CustomSql: { DataSourceArn, Name: 'visitors', SqlQuery: 'SELECT 1', Columns: columns } },
  },
};

const definition = (ColumnName: string) => ({
  DataSetIdentifierDeclarations: [{ Identifier: 'visitors', DataSetArn: arn('dataset', own) }],
  Sheets: [
    {
      SheetId: 'traffic',
      Name: 'Traffic',
      Visuals: [
        {
          KPIVisual: {
            VisualId: 'visitors',
            ChartConfiguration: {
              FieldWells: {
                Values: [
                  {
                    NumericalMeasureField: {
                      FieldId: 'visitors.value',
                      Column: { DataSetIdentifier: 'visitors', ColumnName },
                      AggregationFunction: { SimpleNumericalAggregation: 'SUM' as const },
                    },
                  },
                ],
              },
            },
          },
        },
      ],
    },
  ],
});
const dashboard = { AwsAccountId, DashboardId: own, Name: 'Shop' } as const;
const statusOf = async (VersionNumber: number) =>
  (await client.send(new DescribeDashboardCommand({ AwsAccountId, DashboardId: own, VersionNumber })))
    .Dashboard?.Version;

it('keeps a data source and a data set, with its columns, its run, permissions, tags and schedules', async () => {
  await expect(client.send(new CreateDataSetCommand(dataSet))).rejects.toThrow(/does not exist/);
  const source = {
    DataSourceId: own,
    Name: 'Athena',
    Type: 'ATHENA',
    DataSourceParameters: { AthenaParameters: { WorkGroup: 'shop' } },
  } as const;
  await client.send(new CreateDataSourceCommand({ AwsAccountId, ...source }));
  await expect(client.send(new CreateDataSourceCommand({ AwsAccountId, ...source }))).rejects.toMatchObject({
    name: 'ResourceExistsException',
  });
  const described = () => client.send(new DescribeDataSourceCommand({ AwsAccountId, DataSourceId: own }));
  expect((await described()).DataSource?.Status).toBe('CREATION_IN_PROGRESS');
  expect((await described()).DataSource).toMatchObject({ ...source, Status: 'CREATION_SUCCESSFUL' });

  const owner = { Principal: arn('user', 'default/ana'), Actions: ['quicksight:DescribeDataSet'] };
  const { IngestionId = '' } = await client.send(
    new CreateDataSetCommand({ ...dataSet, Permissions: [owner], Tags: [{ Key: 'team', Value: 'shop' }] }),
  );
  const made = await client.send(new DescribeDataSetCommand({ AwsAccountId, DataSetId: own }));
  expect(made.DataSet).toMatchObject({ Name: 'Visitors', OutputColumns: columns });
  const run = async () =>
    (await client.send(new DescribeIngestionCommand({ AwsAccountId, DataSetId: own, IngestionId }))).Ingestion
      ?.IngestionStatus;
  expect([await run(), await run(), await run()]).toEqual(['QUEUED', 'RUNNING', 'COMPLETED']);

  const GrantPermissions = [{ ...owner, Actions: ['quicksight:PassDataSet'] }];
  await client.send(
    new UpdateDataSetPermissionsCommand({
      AwsAccountId,
      DataSetId: own,
      GrantPermissions,
      RevokePermissions: [owner],
    }),
  );
  const { Permissions } = await client.send(
    new DescribeDataSetPermissionsCommand({ AwsAccountId, DataSetId: own }),
  );
  expect(Permissions).toEqual(GrantPermissions);

  const ResourceArn = arn('dataset', own);
  await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'stage', Value: 'test' }] }));
  expect((await client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual([
    { Key: 'team', Value: 'shop' },
    { Key: 'stage', Value: 'test' },
  ]);

  const Schedule = {
    ScheduleId: 'daily',
    RefreshType: 'FULL_REFRESH',
    ScheduleFrequency: { Interval: 'DAILY', TimeOfTheDay: '04:30', Timezone: 'UTC' },
  } as const;
  await client.send(new CreateRefreshScheduleCommand({ AwsAccountId, DataSetId: own, Schedule }));
  const listed = await client.send(new ListRefreshSchedulesCommand({ AwsAccountId, DataSetId: own }));
  expect(listed.RefreshSchedules).toMatchObject([Schedule]);
  const incremental = { ...Schedule, ScheduleId: 'often', RefreshType: 'INCREMENTAL_REFRESH' as const };
  await expect(
    client.send(new CreateRefreshScheduleCommand({ AwsAccountId, DataSetId: own, Schedule: incremental })),
  ).rejects.toMatchObject({ name: 'PreconditionNotMetException' });

  await client.send(new CreateDataSetCommand({ ...dataSet, DataSetId: `${own}-2` }));
  const ids: unknown[] = [];
  for await (const page of paginateListDataSets({ client, pageSize: 1 }, { AwsAccountId }))
    ids.push(...(page.DataSetSummaries ?? []).map(({ DataSetId }) => DataSetId));
  expect(ids).toEqual(expect.arrayContaining([own, `${own}-2`]));
});

it('checks a dashboard after the request, and publishes the versions that are told to be', async () => {
  await client.send(new CreateDashboardCommand({ ...dashboard, Definition: definition('visitors') }));
  expect(await statusOf(1)).toMatchObject({ Status: 'CREATION_IN_PROGRESS' });
  expect(await statusOf(1)).toMatchObject({ Status: 'CREATION_SUCCESSFUL' });

  await client.send(new UpdateDashboardCommand({ ...dashboard, Definition: definition('vistors') }));
  await expect(
    client.send(new UpdateDashboardCommand({ ...dashboard, Definition: definition('visitors') })),
  ).rejects.toMatchObject({ name: 'ConflictException' });
  await statusOf(2);
  expect(await statusOf(2)).toMatchObject({
    Status: 'CREATION_FAILED',
    Errors: [
      {
        Type: 'COLUMN_REPLACEMENT_MISSING',
        Message: 'The data set visitors has no column vistors',
        ViolatedEntities: [{ Path: expect.stringContaining('/sheet/traffic/visual/visitors') }],
      },
    ],
  });
  const publish = (VersionNumber: number) =>
    client.send(
      new UpdateDashboardPublishedVersionCommand({ AwsAccountId, DashboardId: own, VersionNumber }),
    );
  await expect(publish(2)).rejects.toMatchObject({ name: 'ConflictException' });
  await client.send(
    new UpdateDashboardCommand({ ...dashboard, Name: 'Store', Definition: definition('day') }),
  );
  const describe = () => client.send(new DescribeDashboardCommand({ AwsAccountId, DashboardId: own }));
  expect((await describe()).Dashboard).toMatchObject({ Name: 'Shop', Version: { VersionNumber: 1 } });
  await statusOf(3);
  await publish(3);
  expect((await describe()).Dashboard).toMatchObject({ Name: 'Store', Version: { VersionNumber: 3 } });
  const { DashboardVersionSummaryList } = await client.send(
    new ListDashboardVersionsCommand({ AwsAccountId, DashboardId: own }),
  );
  expect(DashboardVersionSummaryList?.map(({ VersionNumber }) => VersionNumber)).toEqual([3, 2, 1]);

  const read = await client.send(new DescribeDashboardDefinitionCommand({ AwsAccountId, DashboardId: own }));
  expect(read.Definition).toMatchObject(definition('day'));
  expect(read.Definition?.Sheets?.[0]?.ContentType).toBe('INTERACTIVE'); // the service fills in defaults
});

it('refuses what the service refuses', async () => {
  const Definition = definition('visitors');
  await expect(
    client.send(new CreateDashboardCommand({ ...dashboard, DashboardId: 'a b', Definition })),
  ).rejects.toThrow(/DashboardId is "a b"/);
  await expect(
    client.send(new CreateAnalysisCommand({ AwsAccountId, AnalysisId: own, Name: 'Shop' })),
  ).rejects.toThrow(/made from a definition/);
  const [visual] = Definition.Sheets[0]?.Visuals ?? [];
  const twice = { ...visual, TableVisual: { VisualId: 'table' } };
  await expect(
    client.send(
      new CreateAnalysisCommand({
        ...{ AwsAccountId, AnalysisId: own, Name: 'Shop' },
        Definition: { ...Definition, Sheets: [{ SheetId: 'one', Visuals: [twice] }] },
      }),
    ),
  ).rejects.toThrow(/Visuals\[0\] has TableVisual and KPIVisual, and only one/);
  const theme = { AwsAccountId, ThemeId: own, Name: 'Light', BaseThemeId: 'CLASSIC', Configuration: {} };
  await expect(
    client.send(
      new CreateThemeCommand({
        ...theme,
        Permissions: [{ Principal: arn('user', 'default/ana'), Actions: ['quicksight:DescribeTheme'] }],
      }),
    ),
  ).rejects.toThrow(/those of a user, or those of an owner/);
});

it('throttles when a test orders it, and the client retries', async () => {
  const engines = inject('engines');
  if ('missing' in engines) throw new Error(engines.missing);
  await orderThrottling(engines.aws, { service: 'QuickSight', count: 2, operation: 'DeleteDashboard' });
  await client.send(new DeleteDashboardCommand({ AwsAccountId, DashboardId: own }));
  await expect(
    client.send(new DescribeDashboardCommand({ AwsAccountId, DashboardId: own })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
