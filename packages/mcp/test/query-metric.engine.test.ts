// The tools over Trino, which reports what it reads: the same rows as DuckDB, and a charge that is exact.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { awsTarget, deriveGlueTable } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { ScanBudget } from '@headwater/mcp';
import { closeLake } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { trinoEngine } from '@headwater/queries/trino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, connected, failure } from './support/call.ts';
import { market, marketLines, openMarket } from './support/market.ts';

const { location, database, endpoints } = useAwsSandbox('mcp');
const days = ['2024-03-03', '2024-03-04'];
const parameters = { from: '2024-03-03', to: '2024-03-04' };
const trino = openMarket(
  trinoEngine({ url: endpoints.trino, catalog: 'awsdatacatalog', schema: database, lake: location }),
);
let folder: string;
let local: ReturnType<typeof openMarket>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-mcp-'));
  const raw = join(folder, 'raw.jsonl');
  await writeFile(raw, marketLines(days, 40));
  await loadEvents({ table: market, lake: location, inputs: [raw], workFolder: join(folder, 'work') });
  await loadEvents({ table: market, lake: join(folder, 'lake'), inputs: [raw] });
  local = openMarket(duckdbEngine({ lake: join(folder, 'lake') }));
  const place = { region: 'us-east-1', account: '123456789012', firstDay: '2024-01-01' };
  const TableInput = deriveGlueTable(market.schema, awsTarget({ ...place, database, location }));
  const glue = new GlueClient();
  await glue.send(new CreateTableCommand({ DatabaseName: database, TableInput }));
  glue.destroy();
});
afterAll(async () => {
  await closeLake(trino);
  await closeLake(local);
  await rm(folder, { recursive: true });
});

const clientOf = (lake: typeof trino, budget: ScanBudget) =>
  connected({ lake, table: 'market', budget, where: { shop: "o'brien" } });

it('a tenant gets the rows of its own, and its budget is charged what Trino has read', async () => {
  const budget = new ScanBudget({ perCall: '10 MB', perSession: '20 MB' });
  const asking = await clientOf(trino, budget);
  const reference = await clientOf(local, new ScanBudget({ perCall: '10 MB', perSession: '20 MB' }));
  const question = { metric: 'revenue', parameters: { ...parameters, by: 'brand' } };
  const answer = await ask(asking, 'query_metric', question);
  expect(answer['rows']).toEqual((await ask(reference, 'query_metric', question))['rows']);
  expect(answer['rows']).toHaveLength(3);
  const { estimate, charged } = answer['scan'] as Record<string, { bytes: number; label: string }>;
  expect([estimate?.label, charged?.label]).toEqual(['upper bound', 'exact']);
  expect(charged?.bytes).toBeGreaterThan(0);
  expect(charged?.bytes).toBeLessThanOrEqual(estimate?.bytes ?? 0);
  expect(budget.state()).toMatchObject({ reserved: 0, used: charged });
  await asking.close();
  await reference.close();
});

it('a question over the budget is refused before Trino hears of it', async () => {
  const budget = new ScanBudget({ perCall: 1, perSession: '20 MB' });
  const asking = await clientOf(trino, budget);
  const told = await failure(asking, 'query_metric', { metric: 'revenue', parameters });
  expect(told.code).toBe('SCAN_BUDGET_EXCEEDED');
  expect(budget.state()).toMatchObject({ reserved: 0, used: { bytes: 0, label: 'exact' } });
  await asking.close();
});
