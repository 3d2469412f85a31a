import { randomBytes } from 'node:crypto';
import {
  DescribeDashboardCommand,
  DescribeDashboardDefinitionCommand,
  DescribeDashboardPermissionsCommand,
  ListDashboardVersionsCommand,
  ListRefreshSchedulesCommand,
  QuickSightClient,
  UpdateDashboardCommand,
  UpdateDashboardPermissionsCommand,
  UpdateDataSetCommand,
} from '@aws-sdk/client-quicksight';
import { orderThrottling } from '@headwater/local-aws/testing';
import { metrics } from '@headwater/queries';
import { afterAll, expect, inject, test } from 'vitest';
import {
  deriveQuickSight,
  planQuickSight,
  publishQuickSight,
  type QuickSightAssets,
  type QuickSightPlan,
} from '../../src/quicksight/index.ts';
import { clickstream } from '../support/clickstream.ts';
import { brokenAssets } from './broken-assets.ts';
import { quickSightConfigs, shopTarget } from './derived-configs.ts';
import { handMadeAssets, viewer } from './hand-made-assets.ts';

const AwsAccountId = '123456789012';
const client = new QuickSightClient({ maxAttempts: 5 });
afterAll(() => client.destroy());

const options = { region: 'us-east-1', client, pace: { first: 1, most: 5 } };
const ownId = (): string => `shop-${randomBytes(4).toString('hex')}`;

const done = ({ assets }: QuickSightPlan): string[] =>
  assets.map(({ action, asset }) => `${action} ${asset}`);
const changed = (plan: QuickSightPlan): string[] => done(plan).filter((one) => !one.startsWith('none '));

/** The assets of a dashboard, of which a function changes the definitions of the analysis and of the dashboard. */
const changedDefinition = (
  id: string,
  change: (definition: { Sheets: { Name: string }[] }) => void,
): QuickSightAssets =>
  brokenAssets((assets) => {
    for (const one of [assets.analysis, assets.dashboard]) {
      one.Definition = structuredClone(one.Definition);
      change(one.Definition);
    }
  }, id);

const named =
  (name: string) =>
  ({ Sheets: [sheet] }: { Sheets: { Name: string }[] }): void => {
    if (sheet) sheet.Name = name;
  };

const live = async (DashboardId: string) => {
  const { Dashboard } = await client.send(new DescribeDashboardCommand({ AwsAccountId, DashboardId }));
  const { Definition } = await client.send(
    new DescribeDashboardDefinitionCommand({ AwsAccountId, DashboardId }),
  );
  const versions = await client.send(new ListDashboardVersionsCommand({ AwsAccountId, DashboardId }));
  return {
    version: Dashboard?.Version?.VersionNumber,
    versions: versions.DashboardVersionSummaryList?.length,
    sheets: Definition?.Sheets?.map(({ Name }) => Name),
  };
};

test('publishes a dashboard in the order in which one asset needs the other, and twice without change', async () => {
  const id = ownId();
  const assets = handMadeAssets(id);
  const before = await planQuickSight(assets, options);
  expect(done(before)).toEqual([
    `create data source ${id}`,
    `create data set ${id}-rows`,
    `create data set ${id}-traffic`,
    `create theme ${id}-light`,
    `create analysis ${id}`,
    `create dashboard ${id}`,
    `create refresh schedule daily of ${id}-rows`,
    `create refresh schedule daily of ${id}-traffic`,
  ]);
  const steps: string[] = [];
  const first = await publishQuickSight(assets, {
    ...options,
    onStep: ({ asset, doing, number, of }) => steps.push(`${number}/${of} ${doing} ${asset}`),
  });
  expect(done(first)).toEqual(done(before));
  expect(steps.slice(-3)).toEqual([
    `6/7 comparing dashboard ${id}`,
    `6/7 waiting dashboard ${id}`,
    '7/7 comparing refresh schedules',
  ]);
  expect(await live(id)).toEqual({ version: 1, versions: 1, sheets: ['Overview'] });
  const { RefreshSchedules } = await client.send(
    new ListRefreshSchedulesCommand({ AwsAccountId, DataSetId: `${id}-traffic` }),
  );
  expect(RefreshSchedules).toMatchObject([assets.refreshSchedules[1]?.Schedule]);

  const second = await publishQuickSight(handMadeAssets(id), options);
  expect(second).toMatchObject({ isDone: true, needs: [], stale: [], filling: [] });
  expect(changed(second)).toEqual([]);
  expect(await live(id)).toEqual({ version: 1, versions: 1, sheets: ['Overview'] });
});

test('publishes what is derived, and twice without change', async () => {
  for (const config of [quickSightConfigs['personal data'], quickSightConfigs['rows by role, in SPICE']]) {
    const aws = shopTarget(`shop_${randomBytes(4).toString('hex')}`);
    const { assets } = deriveQuickSight({ table: clickstream, metrics, aws, config });
    const first = await publishQuickSight(assets, options);
    expect(first.assets.length).toBeGreaterThan(10);
    expect(new Set(first.assets.map(({ action }) => action))).toEqual(new Set(['create']));
    const second = await publishQuickSight(assets, options);
    expect(changed(second)).toEqual([]);
    expect(second).toMatchObject({ isDone: true, stale: [], needs: [] });
  }
});

test('updates what changed alone, and shows the new version', async () => {
  const id = ownId();
  await publishQuickSight(handMadeAssets(id), options);
  const assets = changedDefinition(id, named('The week'));
  const plan = await planQuickSight(assets, options);
  expect(plan.assets.filter(({ action }) => action !== 'none')).toMatchObject([
    { action: 'update', asset: `analysis ${id}`, differences: ['Definition.Sheets[0].Name'], needs: [] },
    { action: 'update', asset: `dashboard ${id}`, differences: ['Definition.Sheets[0].Name'], needs: [] },
  ]);
  await publishQuickSight(assets, options);
  expect(await live(id)).toEqual({ version: 2, versions: 2, sheets: ['The week'] });
  expect((await publishQuickSight(assets, options)).isDone).toBe(true);

  // What is taken out of a definition leaves nothing that differs: the record says so.
  const fewer = brokenAssets((all) => {
    Object.assign(all, structuredClone(assets));
    all.dashboard.Definition = structuredClone(all.dashboard.Definition);
    delete all.dashboard.Definition.Sheets[0].Visuals[0].KPIVisual.Title;
  }, id);
  expect(changed(await publishQuickSight(fewer, options))).toEqual([`update dashboard ${id}`]);
  expect((await publishQuickSight(fewer, options)).isDone).toBe(true);
});

test('keeps what others changed until that is allowed', async () => {
  const id = ownId();
  const assets = handMadeAssets(id);
  await publishQuickSight(assets, options);
  const [traffic] = assets.dataSets;
  await client.send(new UpdateDataSetCommand({ ...traffic, Name: 'By hand' } as never));
  const drift = `overwrite-drift:data-set:${id}-traffic`;
  expect(await planQuickSight(assets, options)).toMatchObject({ needs: [drift], isDone: false });
  await expect(publishQuickSight(assets, options)).rejects.toMatchObject({
    code: 'CHANGES_NOT_ALLOWED',
    payload: { ids: [drift] },
  });
  expect(changed(await publishQuickSight(assets, { ...options, allow: [drift] }))).toEqual([
    `update data set ${id}-traffic`,
  ]);
  expect((await publishQuickSight(assets, options)).isDone).toBe(true);

  // A dashboard of somebody else, with the same id.
  const foreign = ownId();
  const { Definition, ...of } = handMadeAssets(id).dashboard;
  const theirs = handMadeAssets(foreign);
  const { CreateDashboardCommand } = await import('@aws-sdk/client-quicksight');
  await client.send(new CreateDashboardCommand({ ...of, DashboardId: foreign, Definition }));
  const adopt = `adopt:dashboard:${foreign}`;
  await expect(publishQuickSight(theirs, options)).rejects.toMatchObject({ payload: { ids: [adopt] } });
  await publishQuickSight(theirs, { ...options, allow: [adopt] });
  expect((await publishQuickSight(theirs, options)).isDone).toBe(true);
});

test('keeps the rights of others, and takes from those that are named what they may no longer do', async () => {
  const id = ownId();
  const assets = handMadeAssets(id);
  await publishQuickSight(assets, options);
  const guest = `${viewer}-guest`;
  const looks = ['DescribeDashboard', 'ListDashboardVersions', 'QueryDashboard'].map(
    (one) => `quicksight:${one}`,
  );
  await client.send(
    new UpdateDashboardPermissionsCommand({
      ...{ AwsAccountId, DashboardId: id },
      GrantPermissions: [
        { Principal: guest, Actions: looks },
        { Principal: viewer, Actions: ['quicksight:DeleteDashboard'] },
      ],
    }),
  );
  const rights = async () => {
    const { Permissions = [] } = await client.send(
      new DescribeDashboardPermissionsCommand({ AwsAccountId, DashboardId: id }),
    );
    return Object.fromEntries(
      Permissions.map(({ Principal = '', Actions = [] }) => [Principal, Actions.length]),
    );
  };
  const plan = await publishQuickSight(assets, options);
  expect(changed(plan)).toEqual([`update dashboard ${id}`]);
  expect(plan.assets.flatMap(({ notes }) => notes)).toEqual([
    `${guest} has rights on it, and is not in the config`,
  ]);
  expect(await rights()).toMatchObject({ [viewer]: 3, [guest]: 3 });
  expect(await live(id)).toMatchObject({ versions: 1 }); // rights make no version
  await publishQuickSight(assets, { ...options, prune: true });
  expect(await rights()).not.toHaveProperty(guest);
});

test('deletes what is no longer derived when it is told to', async () => {
  const id = ownId();
  const assets = handMadeAssets(id);
  const [traffic] = assets.dataSets;
  const more = { ...traffic, DataSetId: `${id}-more` } as NonNullable<typeof traffic>;
  const [, schedule] = assets.refreshSchedules;
  await publishQuickSight(
    {
      ...assets,
      analysis: { ...assets.analysis, AnalysisId: `${id}-old` },
      dataSets: [...assets.dataSets, more],
      refreshSchedules: [...assets.refreshSchedules, { ...schedule, DataSetId: `${id}-more` } as never],
    },
    options,
  );
  const plan = await publishQuickSight(assets, options);
  expect(plan.stale).toEqual([`analysis ${id}-old`, `data set ${id}-more`]);
  expect(changed(plan)).toEqual([`create analysis ${id}`]);
  expect(changed(await publishQuickSight(assets, { ...options, prune: true }))).toEqual([
    `delete analysis ${id}-old`,
    `delete data set ${id}-more`,
  ]);
  expect(await planQuickSight(assets, { ...options, prune: true })).toMatchObject({
    stale: [],
    isDone: true,
  });
});

test('sends nothing that is wrong, and says what the service has against a definition', async () => {
  const id = ownId();
  const wrong = brokenAssets((assets) => {
    assets.dashboard.Definition = structuredClone(assets.dashboard.Definition);
    assets.dashboard.Definition.Sheets[0].Name = 'A';
    assets.dataSets[0].DataSetId = 'other';
  });
  expect(() => publishQuickSight(wrong, options)).toThrow(
    expect.objectContaining({
      code: 'DASHBOARD_INVALID',
      message: expect.stringContaining('sheet overview: has the name "A"'),
    }),
  );

  // The columns are those that the data set has; a hand takes one away between two steps.
  const assets = handMadeAssets(id);
  let isTaken = false;
  const failing = publishQuickSight(assets, {
    ...options,
    onStep({ asset, doing }) {
      if (asset === `theme ${id}-light` && doing === 'comparing') isTaken = true;
    },
    client: new Proxy(client, {
      get(target, name) {
        if (name !== 'send') return Reflect.get(target, name);
        return async (command: { input?: { AnalysisId?: string } }) => {
          if (isTaken && command.input?.AnalysisId !== undefined) {
            isTaken = false;
            const [traffic] = assets.dataSets;
            const { CustomSql } = traffic?.PhysicalTableMap?.['answer'] ?? {};
            const Columns = CustomSql?.Columns?.filter(({ Name }) => Name !== 'brand');
            const PhysicalTableMap = { answer: { CustomSql: { ...CustomSql, Columns } } };
            await target.send(new UpdateDataSetCommand({ ...traffic, PhysicalTableMap } as never));
          }
          return target.send(command as never);
        };
      },
    }),
  });
  await expect(failing).rejects.toMatchObject({
    code: 'PUBLISH_INCOMPLETE',
    message: expect.stringMatching(
      /stopped at analysis .*QuickSight refuses the analysis .*COLUMN_REPLACEMENT_MISSING at sheet overview, visual brands: .*has no column brand/s,
    ),
    payload: { failed: `analysis ${id}`, left: [`dashboard ${id}`, 'refresh schedules'] },
  });
  // The run after puts it right: the failed analysis is written again.
  const again = await publishQuickSight(assets, {
    ...options,
    allow: [`overwrite-drift:data-set:${id}-traffic`],
  });
  expect(changed(again)).toEqual([
    `update data set ${id}-traffic`,
    `update analysis ${id}`,
    `create dashboard ${id}`,
    `create refresh schedule daily of ${id}-rows`,
    `create refresh schedule daily of ${id}-traffic`,
  ]);
  expect((await publishQuickSight(assets, options)).isDone).toBe(true);
});

test('a run that is stopped anywhere is continued by the next one, and ends in the same state', async () => {
  const id = ownId();
  await publishQuickSight(handMadeAssets(id), options);
  const assets = changedDefinition(id, named('The week'));
  // The first run stops at its first request that writes, the second at its second, until one ends.
  const writes = /^(Create|Update|Delete|Tag|Put)/;
  let runs = 0;
  for (let isDone = false; !isDone; runs += 1) {
    let left = runs;
    const stopping = new Proxy(client, {
      get(target, name) {
        if (name !== 'send') return Reflect.get(target, name);
        return async (command: object) => {
          if (writes.test(command.constructor.name) && left-- === 0)
            throw new Error('the connection was lost');
          return target.send(command as never);
        };
      },
    });
    await publishQuickSight(assets, { ...options, client: stopping }).then(
      () => {
        isDone = true;
      },
      (error: unknown) => expect(error).toMatchObject({ code: 'PUBLISH_INCOMPLETE' }),
    );
    expect(runs).toBeLessThan(9);
  }
  expect(runs).toBeGreaterThan(2);
  expect(await live(id)).toEqual({ version: 2, versions: 2, sheets: ['The week'] });
  expect((await publishQuickSight(assets, options)).isDone).toBe(true);
});

test('goes on where the service throttles', async () => {
  const id = ownId();
  const engines = inject('engines');
  if ('missing' in engines) throw new Error(engines.missing);
  for (const operation of ['CreateDataSet', 'DescribeDashboard'])
    await orderThrottling(engines.aws, { service: 'QuickSight', count: 2, operation });
  await publishQuickSight(handMadeAssets(id), options);
  expect(await live(id)).toMatchObject({ version: 1 });
});

test('shows a version that a run before has written', async () => {
  const id = ownId();
  await publishQuickSight(handMadeAssets(id), options);
  const assets = changedDefinition(id, named('The week'));
  await publishQuickSight(assets, options);
  // As a run that stopped before it showed its version: the newest version is a copy of the published one with another sheet.
  const { contentDigest } = await import('../../src/quicksight/publish/asset-content.ts');
  const later = changedDefinition(id, named('The month'));
  const { Name, ThemeArn, Definition, DashboardPublishOptions } = later.dashboard;
  const VersionDescription = contentDigest({ Name, ThemeArn, Definition, DashboardPublishOptions });
  await client.send(
    new UpdateDashboardCommand({
      AwsAccountId,
      DashboardId: id,
      Name,
      ThemeArn,
      Definition,
      VersionDescription,
    }),
  );
  await client.send(new DescribeDashboardCommand({ AwsAccountId, DashboardId: id, VersionNumber: 3 }));
  expect(changed(await publishQuickSight(later, options))).toEqual([
    `update analysis ${id}`,
    `show dashboard ${id}`,
  ]);
  expect(await live(id)).toEqual({ version: 3, versions: 3, sheets: ['The month'] });
});
