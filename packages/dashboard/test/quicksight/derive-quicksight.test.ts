import {
  awsTarget,
  decimal,
  defineEvents,
  isHeadwaterError,
  lake,
  type QuickSightConfig,
  timestamp,
} from '@headwater/core';
import { dailyVisitors, metrics } from '@headwater/queries';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { darkColors, lightColors } from '../../src/index.ts';
import {
  assetProblemText,
  checkAssets,
  type DerivedQuickSight,
  deriveQuickSight,
  lintAssets,
} from '../../src/quicksight/index.ts';
import { clickstream } from '../support/clickstream.ts';

const aws = awsTarget({
  region: 'eu-central-1',
  account: '123456789012',
  database: 'shop',
  location: 's3://example-shop-lake/events',
  firstDay: '2024-02-05',
});
const arn = (name: string) => `arn:aws:quicksight:eu-central-1:123456789012:${name}`;
const owners = [arn('user/default/publisher')];
const derived = new Map<string, DerivedQuickSight>();
const derive = (config: Partial<QuickSightConfig> = {}): DerivedQuickSight => {
  const key = JSON.stringify(config);
  const found =
    derived.get(key) ?? deriveQuickSight({ table: clickstream, metrics, aws, config: { owners, ...config } });
  derived.set(key, found);
  return found;
};
const rows = {
  column: 'brand',
  roles: {
    acme: { values: ["it's acme"], principals: [arn('user/default/anna'), arn('group/default/acme')] },
    all: { principals: [arn('group/default/staff')] },
  },
} as const;

const configs: Readonly<Record<string, Partial<QuickSightConfig>>> = {
  direct: {},
  spice: { mode: 'spice' },
  'roles, direct': { rows, personalData: { pseudonymous: owners } },
  'roles, spice': { rows, mode: 'spice', theme: 'dark' },
};

describe.for(Object.entries(configs))('%s', ([, config]) => {
  test('has nothing that QuickSight refuses, or shows blank', () => {
    const { assets } = derive(config);
    expect([...checkAssets(assets), ...lintAssets(assets)].map(assetProblemText)).toEqual([]);
  });

  test('is the same however often it is derived, and has nothing of the day of the run', () => {
    const text = JSON.stringify(derive(config).assets);
    const again = deriveQuickSight({ table: clickstream, metrics, aws, config: { owners, ...config } });
    expect(JSON.stringify(again.assets)).toBe(text);
    expect(text).not.toContain(new Date().toISOString().slice(0, 10));
  });

  test('has ids that begin with its prefix, in order', () => {
    const { dataSource, dataSets, themes, analysis, dashboard } = derive(config).assets;
    const ids = dataSets.map(({ DataSetId }) => DataSetId ?? '');
    expect(ids).toEqual(ids.toSorted());
    const all = [
      ...ids,
      dataSource.DataSourceId,
      ...themes.map(({ ThemeId }) => ThemeId),
      analysis.AnalysisId,
      dashboard.DashboardId,
    ];
    for (const id of all) expect(id).toMatch(/^headwater-shop-clickstream-[a-z0-9-]+$/);
    expect(new Set(all).size).toBe(all.length);
  });
});

test('direct data sets have parameters that the analysis fills in, and no schedule; those in SPICE the other way round', () => {
  const direct = derive().assets;
  expect(direct.refreshSchedules).toEqual([]);
  for (const { ImportMode, DatasetParameters } of direct.dataSets) {
    expect(ImportMode).toBe('DIRECT_QUERY');
    expect(DatasetParameters?.length).toBeGreaterThanOrEqual(2);
  }
  const { dataSets, refreshSchedules } = derive({
    mode: 'spice',
    refresh: { at: '06:30', zone: 'Europe/Berlin' },
  }).assets;
  expect(refreshSchedules.map(({ DataSetId }) => DataSetId)).toEqual(
    dataSets.map(({ DataSetId }) => DataSetId),
  );
  expect(refreshSchedules[0]?.Schedule?.ScheduleFrequency).toEqual({
    Interval: 'DAILY',
    TimeOfTheDay: '06:30',
    Timezone: 'Europe/Berlin',
  });
  for (const { ImportMode, DatasetParameters } of dataSets) {
    expect(ImportMode).toBe('SPICE');
    expect(DatasetParameters).toBeUndefined();
  }
});

test('themes have the colours of the page', () => {
  const [dark, light] = derive().assets.themes;
  expect(dark?.Configuration?.UIColorPalette?.PrimaryBackground).toBe(darkColors.surface.toUpperCase());
  expect(light?.Configuration?.DataColorPalette?.Colors?.[0]).toBe(lightColors.accent.toUpperCase());
  expect(derive({ theme: 'dark' }).assets.dashboard.ThemeArn).toBe(
    arn('theme/headwater-shop-clickstream-dark'),
  );
});

describe('who sees what', () => {
  test('one roster, by ARNs, serves every data set', () => {
    const { rowLevelDataSet, dataSets } = derive({ rows }).assets;
    const [table] = Object.values(rowLevelDataSet?.PhysicalTableMap ?? {});
    expect(table?.CustomSql?.SqlQuery).toBe(`select * from (values
(cast(null as varchar), cast('${arn('group/default/acme')}' as varchar), 'acme'),
(cast(null as varchar), cast('${arn('group/default/staff')}' as varchar), 'all'),
(cast('${arn('user/default/anna')}' as varchar), cast(null as varchar), 'acme')
) as roster (user_arn, group_arn, row_role)`);
    expect(rowLevelDataSet?.UseAs).toBe('RLS_RULES');
    for (const { RowLevelPermissionDataSet } of dataSets)
      expect(RowLevelPermissionDataSet).toEqual({
        Arn: arn('dataset/headwater-shop-clickstream-who-sees-what'),
        PermissionPolicy: 'GRANT_ACCESS',
        FormatVersion: 'VERSION_2',
        Status: 'ENABLED',
      });
    expect(derive().assets.rowLevelDataSet).toBeUndefined();
  });

  test('values of a role are texts of the statement, whatever is in them', () => {
    const { dataSets } = derive({ rows }).assets;
    expect(JSON.stringify(dataSets)).toContain(`"clickstream\\".\\"brand\\" in ('it''s acme')`);
  });

  test('a column that is none, personal data, or of another type is refused', () => {
    for (const column of ['nothing', 'user_session', 'price'])
      expect(() => derive({ rows: { ...rows, column } })).toThrow(
        expect.toSatisfy((error) => isHeadwaterError(error, 'OPTION_INVALID')),
      );
  });

  test('the class of a thing and of a visitor is that of its column in the table', () => {
    const people = defineEvents('people', {
      columns: {
        at: timestamp(),
        what: z.enum(['view', 'purchase']),
        seller: z.string().register(lake, { pii: 'direct' }),
        mail: z.string().register(lake, { pii: 'direct' }),
        price: decimal(8, 2),
      },
      roles: { time: 'at', action: 'what', brand: 'seller', item: 'seller', actor: 'mail', amount: 'price' },
    });
    const derivePeople = (personalData: NonNullable<QuickSightConfig['personalData']>) =>
      deriveQuickSight({ table: people, metrics, aws, config: { owners, personalData } });
    const reason = (column: string) =>
      `its column ${column} is personal data (direct), and quicksight.personalData names nobody who may see it`;
    const { assets, leftOut } = derivePeople({ pseudonymous: owners });
    expect(leftOut).toMatchObject({
      brands: reason('brand'),
      items: reason('product'),
      'metric-frequent-visitors': reason('visitor'),
    });
    const names = assets.dataSets.flatMap(({ PhysicalTableMap = {} }) =>
      Object.values(PhysicalTableMap).flatMap(({ CustomSql }) =>
        (CustomSql?.Columns ?? []).map(({ Name }) => Name),
      ),
    );
    for (const name of ['brand', 'product', 'visitor']) expect(names).not.toContain(name);
    const top = derivePeople({ direct: owners }).assets.dataSets.find(({ DataSetId }) =>
      DataSetId?.includes('top-brands'),
    );
    expect(top?.ColumnLevelPermissionRules).toEqual([{ Principals: owners, ColumnNames: ['brand'] }]);
  });

  test('personal data is for those who are named, and left out where nobody is', () => {
    expect(derive().leftOut).toEqual({
      'metric-frequent-visitors':
        'its column visitor is personal data (pseudonymous), and quicksight.personalData names nobody who may see it',
    });
    const analyst = arn('user/default/analyst');
    const { assets, leftOut } = derive({ personalData: { pseudonymous: [analyst] } });
    expect(leftOut).toEqual({});
    const own = assets.dataSets.find(({ DataSetId }) => DataSetId?.endsWith('frequent-visitors'));
    expect(own?.ColumnLevelPermissionRules).toEqual([{ Principals: [analyst], ColumnNames: ['visitor'] }]);
  });

  test('roles whose statements are too long are refused', () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `role-${index}`,
        { values: [String(index)], principals: [arn(`user/default/u${index}`)] },
      ]),
    );
    const own = { table: clickstream, metrics: { 'daily-visitors': dailyVisitors }, aws };
    expect(() =>
      deriveQuickSight({ ...own, config: { owners, rows: { column: 'brand', roles: many } } }),
    ).toThrow(/without a chart .* QuickSight takes 168000: each role adds a statement/s);
  });
});

test('a table that lacks columns has the charts that it can answer', () => {
  const visits = defineEvents('visits', {
    columns: { at: timestamp(), user_id: z.string() },
    roles: { time: 'at', actor: 'user_id' },
  });
  const { assets, leftOut } = deriveQuickSight({ table: visits, metrics, aws, config: { owners } });
  expect([...checkAssets(assets), ...lintAssets(assets)]).toEqual([]);
  const visuals = assets.analysis.Definition?.Sheets?.flatMap(({ Visuals = [] }) => Visuals);
  expect(visuals?.length).toBeGreaterThanOrEqual(4);
  expect(leftOut['figure-revenue']).toMatch(/role/);
  expect(JSON.stringify(assets.analysis)).not.toContain('"Brand"');
});

test('in a zone with summer time, a direct dashboard is refused, and SPICE stores days of the zone', () => {
  const local = defineEvents('local', {
    columns: { at: timestamp(), user_id: z.string() },
    roles: { time: 'at', actor: 'user_id' },
    zone: 'Europe/London',
  });
  const of = (mode: 'direct' | 'spice') =>
    deriveQuickSight({
      table: local,
      metrics,
      aws: { ...aws, lastDay: '2026-12-31' },
      config: { owners, mode },
    });
  expect(() => of('direct')).toThrow(/in Europe\/London, when a day begins depends on the day/);
  expect(of('spice').leftOut['visitors-by']).toBeUndefined();
});
