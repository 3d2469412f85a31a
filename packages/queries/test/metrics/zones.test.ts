import { isHeadwaterError } from '@headwater/core';
import {
  createLake,
  dailyVisitors,
  describeAnswer,
  describeMetric,
  foldersOfRange,
  metricQuery,
  peakHours,
  resultCache,
  runMetric,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { describe, expect, test } from 'vitest';
import { assertHours, assertPeriods, assertReturns, zoneCases } from '../support/assert-zones.ts';
import { pulseRows, pulses, pulsesFrom } from '../support/pulses.ts';
import { withLake } from '../support/with-lake.ts';

const made = withLake(pulses, pulseRows);

describe.for(zoneCases)('%s, %s to %s', (zoneCase) => {
  test('periods', () => assertPeriods(made.lake, zoneCase));
  test('hours and weekdays', () => assertHours(made.lake, zoneCase));
  test('retention and new visitors', () => assertReturns(made.lake, zoneCase));
});

describe("a clock that is turned back over midnight, as St. John's was until 2011", () => {
  const begin = Date.parse('2010-11-06T12:00:00Z');
  const rows = pulsesFrom(begin, 500, 397_000);
  const old = withLake(pulses, rows);
  test.for(['2010-11-06', '2010-11-07', '2010-11-08'])('%s by itself', async (day) => {
    await assertPeriods(old.lake, ['America/St_Johns', day, day], rows);
    await assertHours(old.lake, ['America/St_Johns', day, day], rows);
  });
  test('all days together', async () => {
    await assertPeriods(old.lake, ['America/St_Johns', '2010-11-06', '2010-11-08'], rows);
    const from = '2010-11-07';
    const one = await runMetric(old.lake.pulses, dailyVisitors, { from, to: from, zone: 'America/St_Johns' });
    expect(one).toHaveLength(1);
  });
});

test('the two hours of an overlap are two, with their offsets', async () => {
  const range = { from: '2024-10-27', to: '2024-10-27', zone: 'Europe/London', grain: 'hour' } as const;
  const rows = await runMetric(made.lake.pulses, dailyVisitors, range);
  expect(rows.map(({ period }) => period).slice(0, 4)).toEqual([
    '2024-10-27T00:00:00+01:00',
    '2024-10-27T01:00:00+01:00',
    '2024-10-27T01:00:00+00:00',
    '2024-10-27T02:00:00+00:00',
  ]);
  expect(rows).toHaveLength(25);
});

test('days are those of the table, unless the question has another zone', async () => {
  const day = { from: '2024-04-01', to: '2024-04-01' };
  const ask = (zone?: string) => metricQuery(made.lake.pulses, dailyVisitors, { ...day, zone }).sql;
  expect(ask()).toContain("'2024-03-31 16:00:00.000'");
  expect(ask()).toContain("'2024-04-01 16:00:00.000'");
  expect(ask()).toBe(ask('Asia/Shanghai'));
  expect(ask('UTC')).toBe(ask('+00:00'));
  expect(ask('UTC')).not.toContain('to_seconds');
  expect(ask('UTC')).toContain("'2024-04-02 00:00:00.000'");
});

test('a range of days is read in the folders that its local days touch', async () => {
  const { sql } = made.lake.pulses.between('2024-04-01', '2024-04-01').select('at').compile();
  expect(sql).toContain(`"dt" >= date '2024-03-31'`);
  expect(sql).toContain(`"dt" <= date '2024-04-01'`);
  const rows = await made.lake.pulses.between('2024-04-01', '2024-04-01').select('at').execute();
  expect(rows).toHaveLength(72);
  expect(new Date(Math.min(...rows.map(({ at }) => at.getTime())))).toEqual(new Date('2024-03-31T16:00:00Z'));
});

test.for([
  ['2024-03-30', 'Europe/Londn', '"Europe/Londn" is not a time zone. Did you mean Europe/London?'],
  ['2024-03-30', 'EST', '"EST" is not a time zone'],
  ['2011-12-30', 'Pacific/Apia', 'a day that Pacific/Apia has'],
] as const)('%s in %s is refused', async ([day, zone, message]) => {
  const error = await runMetric(made.lake.pulses, dailyVisitors, { from: day, to: day, zone }).catch(
    (thrown: unknown) => thrown,
  );
  expect(isHeadwaterError(error) && error.message).toContain(message);
});

test('the columns of an answer say their zone', () => {
  const of = (parameters: object, schema = pulses.schema) =>
    describeAnswer(dailyVisitors, { by: 'hour', ...parameters }, { schema }).columns.slice(0, 2);
  expect(of({})).toMatchObject([
    { name: 'period', zone: 'Asia/Shanghai' },
    { name: 'hour', zone: 'Asia/Shanghai', description: 'Hour of the day (Asia/Shanghai)' },
  ]);
  expect(of({ zone: 'UTC' })[1]).not.toHaveProperty('zone');
  expect(of({ zone: 'UTC' })[1]?.description).toBe('Hour of the day (UTC)');
  expect(describeMetric(peakHours, { schema: pulses.schema }).definition).toContain(
    'each Asia/Shanghai hour',
  );
});

test('folders of a range are those of the UTC days that it touches', () => {
  const day = { from: '2024-04-01', to: '2024-04-01' };
  expect(foldersOfRange(pulses.schema, day)).toEqual(['2024-03-31', '2024-04-01']);
  expect(foldersOfRange(pulses.schema, { ...day, zone: 'America/New_York' })).toEqual([
    '2024-04-01',
    '2024-04-02',
  ]);
});

test('answers of two zones are cached apart', async () => {
  const cache = resultCache({ maxBytes: '1 MB' });
  const engine = duckdbEngine({ lake: made.folder, threads: 2 });
  await using lake = createLake({ tables: [pulses], engine, cache });
  const ask = (zone?: string) =>
    runMetric(lake.pulses, dailyVisitors, { from: '2024-04-01', to: '2024-04-01', grain: 'hour', zone });
  const labels = async (zone?: string) => (await ask(zone)).map(({ period }) => period)[0];
  expect(await labels()).toBe('2024-04-01T00:00:00+08:00');
  expect(await labels('UTC')).toBe('2024-04-01T00:00:00Z');
  expect(await labels()).toBe('2024-04-01T00:00:00+08:00');
});
