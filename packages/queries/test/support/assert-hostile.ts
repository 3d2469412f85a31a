import { isHeadwaterError } from '@headwater/core';
import { describeMetric, type Lake, metricOf, metrics, namedMetricQuery, tableOf } from '@headwater/queries';
import { expect } from 'vitest';
import { brokenText, hostileDay, hostileTexts, hugeText } from './hostile-texts.ts';
import type { shop } from './shop.ts';

type ShopLake = Pick<Lake<readonly [typeof shop]>, 'shop'>;

/**
 * Every text is a value to a query that a program wrote: it finds its own row and no other.
 *
 * @param texts those that the engine can hold; all of them by default
 */
export async function assertTextsAreValues(
  { shop: table }: ShopLake,
  texts: readonly string[] = hostileTexts,
): Promise<void> {
  const base = () => table.between(hostileDay, hostileDay);
  const all = await base().select('brand').orderBy('product_id').execute();
  expect(all.map(({ brand }) => brand)).toEqual(texts);
  await inTurn(texts, async (text) => {
    const [first, ...others] = await base()
      .select(({ fn, val }) => [
        'brand',
        'product_id',
        fn.countAll<number>().filterWhere('brand', '=', text).as('same'),
        fn.countAll<number>().filterWhere('brand', '<>', val(text)).as('others'),
      ])
      .where('brand', '=', text)
      .where('brand', 'in', [text, `${text}x`])
      .where('brand', 'not in', [`${text}x`])
      .groupBy(['brand', 'product_id'])
      .limit(10)
      .execute();
    const id = BigInt(hostileTexts.indexOf(text) + 100);
    expect([first, others], JSON.stringify(text)).toEqual([
      { brand: text, product_id: id, same: 1, others: 0 },
      [],
    ]);
  });
  expect(await base().select('brand').execute()).toHaveLength(texts.length);
}

/** A text of a megabyte is a value or rejected. A text that is not well-formed is rejected. */
export async function assertExtremes({ shop: table }: ShopLake): Promise<void> {
  const find = (text: string) =>
    table.between(hostileDay, hostileDay).select('brand').where('brand', '=', text).execute();
  const found: unknown = await find(hugeText).catch((error: unknown) => error);
  if (isHeadwaterError(found)) expect(['QUERY_TOO_LONG', 'QUERY_FAILED']).toContain(found.code);
  else expect(found).toEqual([]);
  await expect(find(brokenText)).rejects.toMatchObject({ code: 'QUERY_PARAMETER_INVALID' });
  expect(await find("'")).toEqual([{ brand: "'" }]);
}

/** Every parameter of every metric accepts its declared values and rejects these texts before the query runs. */
export async function assertMetricsRefuse(lake: ShopLake): Promise<void> {
  const range = { from: hostileDay, to: hostileDay };
  for (const name of Object.keys(metrics)) {
    const metric = metricOf(name);
    for (const parameter of describeMetric(metric).parameters) {
      for (const text of [...hostileTexts, hugeText, brokenText]) {
        // Both take a day, and this text is one.
        if (/^(from|to)$/.test(parameter.name) && text === '2024-03-03') continue;
        const ask = () =>
          namedMetricQuery(tableOf(lake, 'shop'), metric, { ...range, [parameter.name]: text });
        const code = 'METRIC_PARAMETERS_INVALID';
        expect(ask, `${name}.${parameter.name}: ${JSON.stringify(text).slice(0, 40)}`).toThrow(
          expect.objectContaining({ code }),
        );
      }
    }
  }
}

/** Runs a few at a time, because a server limits concurrent queries. */
async function inTurn<Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}
