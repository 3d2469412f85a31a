import { derivePostgresTable } from '@headwater/core';
import { usePostgres } from '@headwater/local-aws/testing';
import { closeLake, createLake, type Lake, namedMetricQuery, sql, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { postgresEngine } from '@headwater/queries/postgres';
import { referenceAnswer, referenceNames } from '@headwater/reference-answers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withLoadedShop } from './support/loaded-shop.ts';
import { engineQuestionsOf, questionsOf } from './support/questions.ts';
import { shopCases } from './support/shop-cases.ts';
import { shownRows } from './support/shown-rows.ts';

const postgres = usePostgres();

/** Shops that are asked every grain and every break-down: one of sessions and carts, and one of lines of orders. */
const askedAll: ReadonlySet<string> = new Set(['track-calls', 'invoice-lines']);

describe.for(shopCases)('$folder on PostgreSQL', (shop) => {
  const { table } = shop;
  const loaded = withLoadedShop(shop, { seed: 20, visits: 60 });
  const schema = shop.folder.replaceAll('-', '_');
  let lake: Lake | undefined;
  beforeAll(async () => {
    await postgres.query(derivePostgresTable(table.schema, { schema, key: false }));
    const local = createLake({ tables: [table], engine: duckdbEngine({ lake: loaded.lake }) });
    const columns = table.schema.columns.map(({ name }) => `"${name}"`).join(', ');
    const { batches } = await sql(local, `select ${columns} from "${table.name}"`);
    for await (const rows of batches()) await postgres.insert(`"${schema}"."${table.name}"`, rows);
    await closeLake(local);
    lake = createLake({ tables: [table], engine: postgresEngine({ url: postgres.url, schema }) });
  });
  afterAll(async () => {
    if (lake) await closeLake(lake);
  });

  test.for(referenceNames.filter((name) => shop.lacks[name] === undefined))(
    '%s is what its words say',
    async (name) => {
      if (!lake) throw new Error('The lake is made before the first test');
      const asked = askedAll.has(shop.folder) ? questionsOf(shop, name) : engineQuestionsOf(shop, name);
      for (const parameters of asked) {
        const answer = await namedMetricQuery(tableOf(lake, table.name), name, parameters).rows();
        const expected = shownRows(shop, name, referenceAnswer(loaded.invented.meant, name, parameters));
        expect(answer, JSON.stringify(parameters)).toEqual(expected);
      }
    },
  );
});
