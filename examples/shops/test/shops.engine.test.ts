import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { awsTarget, deriveGlueTable } from '@headwater/core';
import { syncLake } from '@headwater/etl';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { closeLake, createLake, type Lake, namedMetricQuery, tableOf } from '@headwater/queries';
import { trinoEngine } from '@headwater/queries/trino';
import { referenceAnswer, referenceNames } from '@headwater/reference-answers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withLoadedShop } from './support/loaded-shop.ts';
import { engineQuestionsOf } from './support/questions.ts';
import { shopCases } from './support/shop-cases.ts';
import { shownRows } from './support/shown-rows.ts';

const aws = useAwsSandbox('shops');

describe.for(shopCases)('$folder on Trino', (shop) => {
  const { table, ranges } = shop;
  const loaded = withLoadedShop(shop, { seed: 20, visits: 60 });
  let lake: Lake | undefined;
  beforeAll(async () => {
    await syncLake({ table, from: loaded.lake, to: aws.location });
    const target = awsTarget({
      ...{ region: 'us-east-1', account: '123456789012', database: aws.database, location: aws.location },
      // Folders are days of UTC: a shop's first day may begin in the one before it.
      firstDay: new Date(Date.parse(ranges[0].from) - 86_400_000).toISOString().slice(0, 10),
    });
    const glue = new GlueClient();
    const TableInput = deriveGlueTable(table.schema, target);
    await glue.send(new CreateTableCommand({ DatabaseName: aws.database, TableInput }));
    glue.destroy();
    const { endpoints, database } = aws;
    const engine = trinoEngine({ url: endpoints.trino, catalog: 'awsdatacatalog', schema: database });
    lake = createLake({ tables: [table], engine });
  });
  afterAll(async () => {
    if (lake) await closeLake(lake);
  });

  test.concurrent.for(referenceNames.filter((name) => shop.lacks[name] === undefined))(
    '%s is what its words say',
    async (name) => {
      if (!lake) throw new Error('The lake is made before the first test');
      for (const parameters of engineQuestionsOf(shop, name)) {
        const answer = await namedMetricQuery(tableOf(lake, table.name), name, parameters).rows();
        const expected = shownRows(shop, name, referenceAnswer(loaded.invented.meant, name, parameters));
        expect(answer, JSON.stringify(parameters)).toEqual(expected);
      }
    },
  );
});
