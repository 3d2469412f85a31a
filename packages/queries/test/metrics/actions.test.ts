import { always, type ColumnShape, defineEvents, type EventsTable, type InferRow } from '@headwater/core';
import {
  closeLake,
  createLake,
  metrics,
  namedMetricQuery,
  repeatPurchase,
  revenue,
  runMetric,
  tableOf,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeLake } from '../support/made-lake.ts';
import { market, marketRows } from '../support/market.ts';
import { history, shop } from '../support/shop.ts';
import { withLake } from '../support/with-lake.ts';

const range = { from: '2024-03-03', to: '2024-03-05' };
const { event_type: _, ...columns } = shop.shape;
const { roles } = shop;

/** The events of the small history under other names, by turns where an action has several. */
function renamed<Value extends string>(names: Readonly<Record<string, readonly Value[]>>) {
  return history.map((row, index) => {
    const own = names[row.event_type] ?? [];
    return { ...row, event_type: own[index % own.length] as Value };
  });
}

const spelled = {
  'several values of an enum': {
    table: defineEvents('shop', {
      columns: { ...columns, event_type: z.enum(['pv', 'detail', 'cart', 'wish', 'out', 'buy', 'paid']) },
      roles,
      actions: { view: ['pv', 'detail'], removeFromCart: 'out', purchase: ['paid', 'buy'] },
    }),
    rows: renamed({
      view: ['pv', 'detail'],
      cart: ['cart'],
      remove_from_cart: ['out'],
      purchase: ['buy', 'paid'],
    } as const),
  },
  'one value of a text': {
    table: defineEvents('shop', {
      columns: { ...columns, event_type: z.string() },
      roles,
      actions: { view: 'view_item', cart: 'add_to_cart', removeFromCart: 'remove', purchase: 'purchase' },
    }),
    rows: renamed({
      view: ['view_item'],
      cart: ['add_to_cart'],
      remove_from_cart: ['remove'],
      purchase: ['purchase'],
    } as const),
  },
  'a text, and an action of its own': {
    table: defineEvents('shop', {
      columns: { ...columns, event_type: z.string() },
      roles,
      actions: {
        view: 'v',
        cart: 'c',
        removeFromCart: ['r', 'rm'],
        purchase: ['p', 'begin_checkout'],
        checkout: 'k',
      },
    }),
    rows: renamed({
      view: ['v'],
      cart: ['c'],
      remove_from_cart: ['r', 'rm'],
      purchase: ['p', 'begin_checkout'],
    } as const),
  },
};

const plain = withLake(shop, history);

/** Runs with a lake of its own, which one test needs. */
async function inLake<Table extends EventsTable<string, ColumnShape>, Result>(
  table: Table,
  rows: readonly InferRow<Table>[],
  run: (lake: object) => Promise<Result>,
): Promise<Result> {
  const made = await makeLake();
  try {
    await made.commit(table, rows);
    const lake = createLake({ tables: [table], engine: duckdbEngine({ lake: made.folder }) });
    try {
      return await run(lake);
    } finally {
      await closeLake(lake);
    }
  } finally {
    await made.remove();
  }
}

describe.each(Object.entries(spelled))('actions as %s', (_name, { table, rows }) => {
  test('every metric answers as it does where each action is one value of an enum', async () => {
    await inLake(table as EventsTable, rows, async (lake) => {
      for (const metric of Object.keys(metrics)) {
        const answer = await namedMetricQuery(tableOf(lake, 'shop'), metric, range).rows();
        const expected = await namedMetricQuery(tableOf(plain.lake, 'shop'), metric, range).rows();
        expect(answer, metric).toEqual(expected);
      }
    });
  });
});

test('where every row is a purchase, a table without actions has orders and buyers', async () => {
  const { kind: __, ...lines } = market.shape;
  const { action: ___, ...rest } = market.roles;
  const sales = defineEvents('market', {
    columns: lines,
    roles: rest,
    actions: { purchase: always },
    amountPer: 'unit',
  });
  const sold = marketRows.filter(({ kind }) => kind === 'sale').map(({ kind: ____, ...row }) => row);
  const made = await makeLake();
  await made.commit(sales, sold);
  await made.commit(market, []);
  const lake = createLake({ tables: [sales], engine: duckdbEngine({ lake: made.folder }) });
  const whole = await makeLake();
  await whole.commit(market, marketRows);
  const other = createLake({ tables: [market], engine: duckdbEngine({ lake: whole.folder }) });
  try {
    for (const by of ['none', 'category', 'hour'] as const)
      expect(await runMetric(lake.market, revenue, { ...range, by })).toEqual(
        await runMetric(other.market, revenue, { ...range, by }),
      );
    expect(await runMetric(lake.market, repeatPurchase, range)).toEqual(
      await runMetric(other.market, repeatPurchase, range),
    );
  } finally {
    await closeLake(lake);
    await closeLake(other);
    await made.remove();
    await whole.remove();
  }
});
