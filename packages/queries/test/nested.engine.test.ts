import { describe, expect, test } from 'vitest';
import { basketRows } from './support/baskets.ts';
import { remoteEngines } from './support/remote-engines.ts';
import { withPublishedLakes } from './support/with-published-lakes.ts';

const published = withPublishedLakes('nested');

describe.for(remoteEngines(published.aws))('$name', (engine) => {
  const lake = published.open(engine);

  test('lists, structs and maps are decoded as on DuckDB, all columns at once', async () => {
    const ask = (one: typeof lake) =>
      one.baskets.between('2024-03-03', '2024-03-03').selectAll().orderBy('shopper').execute();
    const rows = await ask(lake);
    expect(rows).toEqual(await ask(published.local));
    expect(rows).toEqual(basketRows.map((row) => ({ ...row, dt: '2024-03-03' })));
  });

  test('under another name, from a part of the query, and as they are compared', async () => {
    const ask = (one: typeof lake) =>
      one.baskets
        .between('2024-03-03', '2024-03-03')
        .select(['products as bought', 'baskets.place', 'shopper'])
        .where('place', 'is not', null)
        .execute();
    expect(await ask(lake)).toEqual([
      { bought: basketRows[0]?.products, place: basketRows[0]?.place, shopper: 'a' },
    ]);
    expect(await ask(lake)).toEqual(await ask(published.local));
  });
});
