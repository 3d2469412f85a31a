import { closeLake, createLake, type Lake, namedMetricQuery, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { referenceAnswer, referenceNames } from '@headwater/reference-answers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withLoadedShop } from './support/loaded-shop.ts';
import { breakdownsOf, questionsOf } from './support/questions.ts';
import { shopCases } from './support/shop-cases.ts';
import { shownRows } from './support/shown-rows.ts';

/** Another seed makes other files of the same shops. */
const seed = Number(process.env['HEADWATER_SHOPS_SEED'] ?? 20);

describe.for(shopCases)(`$folder, seed ${seed}`, (shop) => {
  const { table } = shop;
  const loaded = withLoadedShop(shop, { seed, visits: 150 });
  const { invented } = loaded;
  let lake: Lake | undefined;
  beforeAll(() => {
    lake = createLake({ tables: [table], engine: duckdbEngine({ lake: loaded.lake, threads: 2 }) });
  });
  afterAll(async () => {
    if (lake) await closeLake(lake);
  });
  const ask = (metric: string, parameters: object) => {
    if (!lake) throw new Error('The lake is made before the first test');
    return namedMetricQuery(tableOf(lake, table.name), metric, parameters);
  };

  test('every row is in the lake, a duplicate, filtered, or refused at its line for its reason', async () => {
    const sum = (count: 'rowsIn' | 'rowsOut' | 'duplicates' | 'filtered' | 'quarantined') =>
      loaded.reports.reduce((total, report) => total + report[count], 0);
    expect({
      rowsIn: sum('rowsIn'),
      rowsOut: sum('rowsOut'),
      duplicates: sum('duplicates'),
      filtered: sum('filtered'),
      quarantined: sum('quarantined'),
    }).toEqual({
      rowsIn: invented.rowsIn,
      rowsOut: invented.meant.events.length,
      duplicates: invented.duplicates,
      filtered: invented.leftOut,
      quarantined: invented.refused.length,
    });
    const looked = loaded.reports.flatMap(({ lookups }) => lookups);
    expect(looked.reduce((total, { unmatched }) => total + unmatched, 0)).toBe(invented.unmatched);
    const nulled = loaded.reports.flatMap((report) => report.nulled);
    expect(nulled.reduce((total, { rows }) => total + rows, 0)).toBe(invented.nulled);
    if (table.schema.explode)
      expect(loaded.reports.reduce((total, { recordsIn = 0 }) => total + recordsIn, 0)).toBe(
        Object.values(invented.files).reduce((total, text) => total + text.split('\n').length - 1, 0),
      );
    const byPlace = (lines: typeof invented.refused) =>
      lines.toSorted((one, other) => `${one.file}${one.line}`.localeCompare(`${other.file}${other.line}`));
    expect(byPlace(await loaded.refused())).toEqual(byPlace(invented.refused));
  });

  test.for(referenceNames.filter((name) => shop.lacks[name] === undefined))(
    '%s is what its words say',
    async (name) => {
      for (const parameters of questionsOf(shop, name)) {
        const expected = shownRows(shop, name, referenceAnswer(invented.meant, name, parameters));
        expect(await ask(name, parameters).rows(), JSON.stringify(parameters)).toEqual(expected);
      }
      const [days] = shop.ranges;
      const { where, keeps } = shop.filter;
      const some = shownRows(shop, name, referenceAnswer(invented.meant, name, days, keeps));
      expect(await ask(name, { ...days, where }).rows()).toEqual(some);
      expect(await ask(name, days).rows()).not.toEqual([]);
      for (const { name: by, role } of breakdownsOf(shop, name).impossible)
        expect(() => ask(name, { ...days, by })).toThrowError(
          expect.objectContaining({
            code: 'ROLE_MISSING',
            payload: expect.objectContaining({ missing: [role] }),
          }),
        );
    },
  );

  test.for(Object.entries(shop.lacks))('%s says what it lacks', ([name, { code, payload }]) => {
    expect(() => ask(name, shop.ranges[0])).toThrowError(
      expect.objectContaining({ code, payload: expect.objectContaining(payload) }),
    );
  });
});
